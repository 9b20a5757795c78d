"""Labels that share their cell with the value: 项目名称：道路养护, 二、自有资金：12万元, 一般公共预算安排77300万元."""

import re
from collections.abc import Callable
from typing import Final

from xl_perf.core.cells.characters import folded, simplified
from xl_perf.core.cells.labels import BEFORE_LABELS, bare
from xl_perf.core.cells.values import to_amount
from xl_perf.core.forms.kind import FormKind, Holds, Shape, Stands, Value

IN_TEXT: Final = "in_text:"
"""Begins the key of such a label: ``in_text:fiscal``."""
_LONGEST: Final = 160
_COLON: Final = re.compile(r"\s*[:：]\s*")
_NUMBER: Final = r"\A\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）]|[\d一二三四五六七八九十]{1,2}[、.．])"
_OF_WHICH: Final = "其中"
_IS_OF_WHAT_FOLLOWS: Final = re.compile(
    rf"[^:：]*\d[\d,，.]*[_＿\s]*[百千十亿万]*元?[_＿\s]*[,，;；。、(（]?\s*{_OF_WHICH}\s*[:：]"
).match
"""An amount stands before the first colon, which is that of 其中."""
_IS_OF_ANOTHER: Final = re.compile(rf"(?:{_NUMBER})?[^\d,，;；。、]*[,，;；。、]\D*\d").match
"""The first amount is not that of the first label: 资金总额一百万元，财政拨款80万元."""
_AMOUNT: Final = r"(?s)[¥￥]?\s*(\d[\d,，.]*\s*[百千十亿万]*元?)\s*(?:(?:[(（;；。，,\n]|\s{2}).*)?"
_PARTS: Final = r"([(（])|[\n)）;；。、]|\s{2,}|\s+(?=[^\s\d:：]{2,14}[:：])|[,，](?!\d{3})"
_CLOSED: Final = re.compile(r"[)）]")
_LABELLED: Final = r"\s*(\D*?)[:：为]?\s*([¥￥]?\d[\d,，.]*\s*[百千十亿万]*元?)\s*"
_DIGIT: Final = re.compile(r"\d")
_LINE: Final = "_＿ \t\u3000"
_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９．", "0123456789.")
_MAY_DIFFER: Final = re.compile(r"[_＿０-９]").search
_DRAWN: Final = re.compile(
    r"(?<=\d)\s*[_＿][_＿\s]*(?=[百千十亿万元(（)）;；。，,]|\Z)|(?<!\d)[ \t\u3000]*[_＿][_＿ \t\u3000]*(?=[¥￥]?\d)"
)
"""A line to write on, behind an amount up to its unit, and before it."""
_LONGEST_AMOUNT: Final = 24
_MEANT: Final = re.compile(
    r"[^。；;:：]{0,4}[¥￥]?[-+(（]?[\d一二三四五六七八九十零〇壹贰叁肆伍陆柒捌玖拾两]"
    r"[\d.,，_＿\s~～—至到-]*[一二三四五六七八九十百千万亿零〇壹贰叁肆伍陆柒捌玖拾佰仟两]*[_＿\s]*[元圆](?:[整左右上下以内)）]*)"
)
_STATES_AMOUNT: Final = re.compile(r"\d\s*[百千十亿万]*[元圆]").search
_LONGEST_STATED: Final = 60
_HAS_CLUE: Final = re.compile("[:：元]").search
_VALUES: Final = frozenset({Value.TEXT, Value.CODE, Value.AMOUNT})


class InText:
    """Finds such labels of some kinds of form."""

    def __init__(self, kinds: tuple[FormKind, ...]) -> None:
        self._with_colon: Final[dict[str, tuple[str, Value]]] = {}
        self._alone: Final[dict[str, str]] = {}
        lists = (kind for kind in kinds if kind.is_read and kind.learned is not None and kind.shape is Shape.LIST)
        for field in (field for kind in lists for field in kind.fields if field.value is Value.TEXT):
            for wording in field.in_text:  # 部门名称：某局 above the list
                self._with_colon.setdefault(bare(wording).text, (field.key, field.value))
        for field in (field for kind in kinds if kind.is_read for field in kind.fields):
            if field.stands is Stands.RIGHT and field.value in _VALUES:
                for wording in (field.label, *field.aliases, *field.in_text):
                    self._with_colon.setdefault(bare(wording).text, (field.key, field.value))
                self._alone.update(dict.fromkeys(field.in_text, field.key))
        for part in (part for kind in kinds if kind.is_read for part in kind.parts if part.holds is Holds.GOALS):
            for wording in (part.label, *part.aliases):
                self._with_colon.setdefault(bare(wording).text, (part.key, Value.LONG_TEXT))
        self._firsts: Final = frozenset(wording.lstrip(BEFORE_LABELS)[:1] for wording in self._with_colon)

    def key(self, text: str) -> str | None:
        """The key of a label that shares its cell with the value; None for every other text."""
        if not _HAS_CLUE(text) or len(text) > _LONGEST or text.lstrip(BEFORE_LABELS)[:1] not in self._firsts:
            return None
        label, behind = _parted(text)
        if behind:
            key, value = self._with_colon.get(bare(label).text, ("", Value.TEXT))
            return f"{IN_TEXT}{key}" if key and value_in_text(text, value) else None
        seen = simplified(folded(re.sub(_NUMBER, "", text)))
        found = (key for wording, key in self._alone.items() if seen.startswith(wording))
        key = "" if _IS_OF_ANOTHER(text) else next(found, "")
        return f"{IN_TEXT}{key}" if key and value_in_text(text, Value.AMOUNT) else None


def amounts_in_text(text: str, key_of: Callable[[str], str | None]) -> list[tuple[str | None, str, str]]:
    """Every amount of a cell that holds several: 年度资金总额：100万元（其中：财政拨款90万元，其他资金10万元）.

    Each with its label and the key of that, None for a label that is unknown; without amounts for a cell with one. In
    brackets behind the amount of a source stands what that is made of: 自有资金：30（事业收入：20）.
    """
    found: list[tuple[str | None, str, str]] = []
    text, at = _plain(text), 0
    while at < len(text):
        end = re.compile(_PARTS).search(text, at)
        match = re.compile(_LABELLED).fullmatch(text, at, end.start() if end else len(text))
        if match is not None:
            label = match[1].removeprefix(_OF_WHICH).lstrip(":： ") or match[1]
            found.append((key_of(label), label, match[2]))
        at = end.end() if end else len(text)
        if end is not None and end[1] and found and found[-1][0] not in {"budget", None}:
            closed = _CLOSED.search(text, at)
            at = closed.end() if closed else len(text)
    return found if len(found) > 1 else []


def value_in_text(text: str, value: Value) -> str:
    """What stands behind the label in a cell that holds both; empty where an amount is none."""
    _, behind = _parted(text)
    if value is not Value.AMOUNT:
        return behind.strip(_LINE)
    text, behind = _plain(text), _plain(behind)
    if not behind:
        text = re.sub(_NUMBER, "", text)
        digit = _DIGIT.search(text)
        behind = text[digit.start() :] if digit else ""
    # In brackets behind an amount may stand what it is made of.
    match = re.fullmatch(_AMOUNT, behind)
    if match and to_amount(match[1]) is not None:
        return match[1].strip()
    return behind if _is_like_amount(behind) and _COLON.search(text) else ""


def _plain(text: str) -> str:
    """With half-width digits, and without the line on which an amount was written: __350.25__万元."""
    return _DRAWN.sub("", text.translate(_HALF_WIDTH)) if _MAY_DIFFER(text) else text


def _is_like_amount(behind: str) -> bool:
    """It was meant for an amount, and is none that can be read: 约300万元, 三百万元, 捐赠15万元、贷款5万元."""
    if len(behind) <= _LONGEST_STATED and _STATES_AMOUNT(behind):
        return True
    return len(behind) <= _LONGEST_AMOUNT and _MEANT.fullmatch(behind) is not None


def _parted(text: str) -> tuple[str, str]:
    """What stands before the first colon and behind it; nothing behind where there is none.

    In one sentence with several amounts the colon is not the first one's: 资金总额100万元，其中：财政拨款80万元.
    """
    match = _COLON.search(text)
    if match is None or _IS_OF_WHAT_FOLLOWS(text, 0, match.end()):
        return text, ""
    return text[: match.start()], text[match.end() :].strip()

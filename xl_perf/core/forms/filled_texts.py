"""Cells of a filled form in which what somebody wrote stands behind a label: 项目名称：困难群众补贴, 填表人：李四."""

import re
from typing import Final

from xl_perf.core.cells.units import UNITS
from xl_perf.core.forms.footers import is_signing, is_unfilled
from xl_perf.core.forms.titles import is_title, is_year_line

_LABEL: Final = r"[^:：\s\d_＿“”\"，。；、]{1,12}(?:[(（][^()（）:：]*[)）])?\s*[:：]"
_FIRST: Final = re.compile(rf"\s*(?:\S{{1,4}}[、.．]\s*)?{_LABEL}")
FIRST_LABEL: Final = _FIRST.match
"""What reads as a label at the beginning of a text, with its colon."""
_NEXT: Final = re.compile(rf"(?<=[\s_＿]){_LABEL}")
_OF_WHICH: Final = re.compile(r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,2}[)）.、．])?\s*其中\s*[:：]\s*(?=\S)")
"""Before the label of what is part of an amount; it is none itself: 1.其中：中央直达资金."""
_UNIT: Final = "|".join(sorted((unit for unit in UNITS if unit), key=len, reverse=True))
_AMOUNT: Final = re.compile(rf"[\s_＿]*[¥￥]?[\d.,．，]+[\s_＿]*(?P<unit>{_UNIT})(?P<more>[(（][^()（）]*[)）])?\s*")
_PRINTED: Final = re.compile(
    rf"(?:[\s_＿/)）；;，,。、]|{_UNIT}|[年月日%％]|[(（【\[][^()（）\]】]*[)）】\]])*|(?:[^□☐☑√]*[□☐☑√][^□☐☑√]*)+"
)
"""Behind a label: room, a unit, a hint in brackets, boxes to tick."""
_BETWEEN: Final = re.compile(
    rf"(?<![\d.,，．])(?<=[:：为\u4e00-\u9fff_＿\s])[¥￥]?\d(?:[\d.,，．]*\d)?(?=[_＿\s]*(?:{_UNIT})|\s*(?:[，,；;。（(）)]|\Z))"
)
"""An amount behind a label within a text: its unit behind it, or the end of what is said of that label."""
_CONTENT: Final = re.compile(
    rf"\d[\d.,，．]*[_＿\s]*(?:{_UNIT})|(?<!\d)1[3-9]\d[\dXx*＊]{{8}}(?!\d)|(?<!\d)0\d{{2,3}}[-—\s]?\d{{7,8}}(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?(?!\d)"
)
"""350.25万元, a telephone number, 2021年2月3日."""
_TELEPHONE: Final = re.compile(r"\s*(?:联系|办公)?(?:电话|手机|方式)(?:号码)?\s+(?P<number>[\d*＊Xx\-—]{7,})\s*")
"""A label without a colon, and the number behind it: 联系电话 13912345678."""
_NOTES: Final = re.compile(r"\s*(?:附?注(?:\d*[:：.、]|$)|(?:填[表报写])?(?:说明|须知)|备注|※|\*)").match
_LABELS: Final = re.compile(
    rf"[\s_＿]*(?:{_UNIT})?[\s，,；;、(（]*(?:其中[:：]?)?(?:{_LABEL}|[^:：。]{{2,12}})?\s*(?:{_UNIT})?[)）]*"
)
_NUMBERS_ALONE: Final = re.compile(
    r"(?:\s*[(（]?[\d一二三四五六七八九十]{1,2}[)）.、．]\s*[_＿…]*[;；。]?)+\s*"
).fullmatch
"""The numbers of what is to be written: 1.\n2."""
_NOTHING: Final = re.compile(rf"(?<=[:：])[\s_＿]*(?:暂?无|没有|[/／\\—―–－-]+)[\s_＿]*(?:{_UNIT})?[\s。；;]*\Z")
TICKED: Final = frozenset("☑☒√✓✔")
"""In a box among printed ones: the choice is what somebody filled in."""
_LONGEST_LINE: Final = 120
"""Of a line with several labels; a longer text is one label's."""


def is_note(text: str) -> bool:
    """What a form says to those who fill it in: 注：…, 填表说明：…."""
    return _NOTES(text) is not None


def is_printed(text: str) -> bool:
    """What may stand behind a label or a mark without anybody having filled it in: a unit, a hint, boxes to tick."""
    return _PRINTED.fullmatch(text) is not None


def is_hint(text: str) -> bool:
    """What a blank form has in the place of a value: （填写全称）, 指标1：……, 1. 2., boxes of which none is ticked."""
    return TICKED.isdisjoint(text) and (is_printed(text) or is_unfilled(text) or _NUMBERS_ALONE(text) is not None)


def label_behind(text: str) -> str:
    """A label without 其中： before it."""
    before = _OF_WHICH.match(text)
    return text if before is None else text[before.end() :]


def is_blank_label(text: str) -> bool:
    """A label with a colon, and nothing behind it but what the form prints."""
    return _FIRST.match(text) is not None and emptied(text) is None


def is_blank_line_to_sign(text: str) -> bool:
    """A line below a form that nobody signed: 填表人：    联系电话：    填报日期：  年  月  日."""
    return is_signing(text) and is_blank_label(text)


def labels_in(text: str) -> list[str]:
    """The labels of a line with their colons: 填报单位（盖章）：, 金额单位：."""
    first = _FIRST.match(text)
    return [] if first is None else [first[0], *(found[0] for found in _NEXT.finditer(text, first.end()))]


def is_like_label(text: str) -> bool:
    """Before a further mark of a cell: a unit or a bracket, and the label of that mark."""
    return _LABELS.fullmatch(text) is not None


def without_amounts(text: str) -> str:
    """A text with several labels and amounts, a line in the place of each: （其中：上级：____万元；本级：____万元）."""
    return _BETWEEN.sub("____", text)


def without_nothing(text: str) -> str:
    """A label without what says that there is nothing behind it: 三、其他： for 三、其他：无, 自有资金：/万元."""
    return _NOTHING.sub("", text)


def amounts_within(text: str) -> int:
    """How many amounts stand behind labels in a text: 3 in 财政拨款：69万元（其中：上级：60万元；本级：9万元）."""
    return len(_BETWEEN.findall(text))


def holds_content(text: str) -> bool:
    """Somebody filled it in, whatever stands around it: an amount of money, a telephone number, a whole date."""
    return _CONTENT.search(text) is not None


def emptied(text: str) -> str | None:
    """The labels of a cell without what stands behind them; None where nothing does, or there is no label.

    Of an amount the unit stays: 自筹：____万元 for 自筹：12万元.
    """
    if (before := _OF_WHICH.match(text)) is not None:
        behind = emptied(text[before.end() :])
        return None if behind is None else before[0] + behind
    if (called := _TELEPHONE.fullmatch(text)) is not None:
        return text[: called.start("number")].rstrip() + "    "
    first = _FIRST.match(text)
    if first is None or is_note(text) or is_title(text) or is_year_line(text):
        return None
    starts = [(first.start(), first.end())]
    if len(text) <= _LONGEST_LINE and "\n" not in text.strip() and "。" not in text:
        starts += [found.span() for found in _NEXT.finditer(text, first.end())]
    ends = [*(start for start, _ in starts[1:]), len(text)]
    made = [text[start:end] + _room(text[end:stop]) for (start, end), stop in zip(starts, ends, strict=True)]
    found = "".join(made)
    return found if found.rstrip() != text.rstrip() else None


def _room(said: str) -> str:
    """What stays of what stands behind a label: all that the form prints, else blanks before the next label."""
    if is_printed(said):
        return said
    amount = _AMOUNT.fullmatch(said)
    if amount is not None:
        return f"____{amount['unit']}{amount['more'] or ''}"
    return "    "

"""Labels among the cells of a sheet: how they are compared, and how they are found.

A label counts without decoration: white space, invisible characters, marks such as * and ★, leading numbers, 【】, a
bracket behind it, a colon; in traditional characters, full-width forms and radicals.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from xl_perf.core.cells.characters import OTHER_FORMS, folded, simplified
from xl_perf.core.cells.grid import CellLine, Scalar
from xl_perf.core.cells.units import FOREIGN, OF_FORMS, unit_in_brackets
from xl_perf.core.cells.year_words import EARLIER_YEARS

LONGEST_LABEL: Final = 40
"""Longer texts are not looked at as labels; a title may be longer."""
_MARKS: Final = "*★☆※▲△▼●○◆◇■□▪◎✱✲#·•-—_、,;。"
_NUMBER: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,2}[.、)]|[(]\d{1,2}[)]|第?[一二三四五六七八九十]{1,3}[、.)]|[(][一二三四五六七八九十]{1,3}[)])"
    r"(?![\d%])"
)
_CIRCLED: Final = re.compile(r"^\s*[①-⓿❶-➓㈠-㈩]\s*")
_TAIL: Final = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]$")
_WRAPPED: Final = re.compile(r"[【\[《“\"](.+)[】\]》”\"]")
_OF_ANOTHER_TIME: Final = re.compile(
    rf"{EARLIER_YEARS}|以前年|历史|中期|实施期|调整|执行|决算|完成|结转|扣除|累计|减少|(?<!自行)增加|追加|[一二三四五两\d]年合计"
)
"""A bracket with one of these makes another thing of a label: 预算数（上年） is not 预算数."""
_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{1,12})[)\]]")
_UNIT_BEHIND: Final = re.compile(rf"(?:金额|货币|计量|资金)*单位[:为]?(?:人民币)?({'|'.join(OF_FORMS)})$")
MORE: Final = "@"
"""Parts what a label is from what else it says: ``budget@元``."""


class Worded(Protocol):
    """Something with a label: a field of a form or of another sheet."""

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def aliases(self) -> tuple[str, ...]: ...


class Label(NamedTuple):
    """A label of a sheet: its key, and where it stands (row and column from 0).

    ``more`` is what else it says: the unit behind a label of money, the kind and unit that a title names.
    """

    key: str
    row: int
    column: int
    more: str = ""


class Bare(NamedTuple):
    """A text without decoration, and the unit of money that a bracket behind it names (empty for none)."""

    text: str
    unit: str


@lru_cache(maxsize=16384)
def bare(text: str) -> Bare:
    """A text as it is compared with labels."""
    seen = simplified(folded(_CIRCLED.sub("", text)))
    unit = ""
    while True:
        before = seen
        seen = seen.strip(_MARKS).rstrip(":")
        if (wrapped := _WRAPPED.fullmatch(seen)) is not None:
            seen = wrapped[1]
        if (number := _NUMBER.match(seen)) is not None and number.end() < len(seen):
            seen = seen[number.end() :]
        if (tail := _TAIL.search(seen)) is not None and tail.start():
            named = unit_in_brackets(tail[1])
            if named is None and (_OF_ANOTHER_TIME.search(tail[1]) or FOREIGN.search(tail[1])):
                return Bare(seen, unit)
            seen, unit = seen[: tail.start()], unit or named or ""
        if (behind := _UNIT_BEHIND.search(seen)) is not None and behind.start():
            seen, unit = seen[: behind.start()], unit or behind[1]
        if seen == before:
            return Bare(*_without_inner_unit(seen, unit))


def _without_inner_unit(seen: str, unit: str) -> tuple[str, str]:
    """A bracket with a unit may stand inside: 预算规模（元）及资金用途."""
    if "(" in seen or "[" in seen:
        for bracket in _BRACKET.finditer(seen):
            named = unit_in_brackets(bracket[1])
            if named is not None:
                return seen[: bracket.start()] + seen[bracket.end() :], unit or named
    return seen, unit


def normal_label(text: str) -> str:
    """A text as it is compared with labels, without the unit behind it."""
    return bare(text).text


def unit_of_label(text: str) -> str:
    """The unit of money that stands in brackets behind a label: ``元`` for 预算数（元）; empty for none."""
    return bare(text).unit


_STARTS: Final = (
    frozenset(_MARKS)
    | frozenset('0123456789０１２３４５６７８９一二三四五六七八九十第【[《“"(（')
    | {*map(chr, (*range(0x2460, 0x2500), *range(0x2776, 0x2794), *range(0x3220, 0x322A)))}
)
BEFORE_LABELS: Final = "".join(_STARTS) + " \t\r\n\u3000\u00a0(（)）.．,，、:："
"""All that may stand before a label in its cell."""
_ENDS: Final = frozenset(_MARKS) | frozenset(':：】]》”")）')


HAS_BLANK_OR_OTHER_FORM: Final = re.compile(f"[ {OTHER_FORMS}]").search


def may_be_decorated(text: str) -> bool:
    """A quick look: whether `bare` may make something else of a text than itself."""
    if text[0] in _STARTS or text[-1] in _ENDS or not text.isprintable():
        return True
    return HAS_BLANK_OR_OTHER_FORM(text) is not None


class Labels:
    """Finds labels by ``key_of``, which is asked only once for each label: they stand in sheet after sheet.

    Other texts are asked about as well, and are soon forgotten: few are remembered, for they may be long.
    """

    def __init__(self, key_of: Callable[[Scalar], str | None]) -> None:
        self.key: Final = lru_cache(maxsize=2048)(key_of)
        """The key of the label that a cell holds; None if it holds none."""

    def texts(self, cells: CellLine) -> tuple[Scalar, ...]:
        """What the labels of the sheet read, in reading order; what is falsy, 0 as well, is none."""
        return tuple(filter(self.key, filter(None, cells.line)))

    def by_row(self, cells: CellLine) -> dict[int, dict[str, int]]:
        """The rows that have labels, top to bottom; for every key the first column that holds it."""
        found: dict[int, dict[str, int]] = {}
        for key, row, column, _ in self.places(cells):
            found.setdefault(row, {}).setdefault(key, column)
        return found

    def places(self, cells: CellLine, texts: Iterable[Scalar] | None = None) -> list[Label]:
        """Every label of the sheet, in reading order; ``texts`` is what `texts` gives."""
        texts = self.texts(cells) if texts is None else texts
        found = zip(map(self.key, texts), cells.places(texts), strict=True)
        return [Label(key, *place, more) for said, place in found if said for key, _, more in (said.partition(MORE),)]


class Vocabulary(Labels):
    """Labels and their aliases, compared as `bare` texts."""

    def __init__(self, fields: Iterable[Worded]) -> None:
        super().__init__(self._key)
        wordings = [(wording, field.key) for field in fields for wording in (field.label, *field.aliases)]
        self._keys: Final = {normal_label(wording): key for wording, key in wordings}

    def _key(self, typed: Scalar) -> str | None:
        if not isinstance(typed, str) or not 0 < len(typed) <= LONGEST_LABEL:
            return None
        key = self._keys.get(typed)
        return self._keys.get(normal_label(typed)) if key is None and may_be_decorated(typed) else key

    def in_row(self, cells: Iterable[Scalar]) -> dict[str, int]:
        """Keys of the labels of a row, each with the first column that holds it."""
        found: dict[str, int] = {}
        for column, typed in enumerate(cells):
            if typed and (key := self.key(typed)) is not None and key not in found:
                found[key] = column
        return found

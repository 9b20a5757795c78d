"""Columns and rows of amounts that somebody put beside a form's own: 上年数 beside 本年数, which it does not know.

Last year's amount is none of this year's. Where the year's column or row is plain it is read; else nobody can know.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area, CellLine, Scalar
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, to_amount
from xl_perf.core.forms.amount_columns import HEADS_AMOUNTS, of_the_year, year_in
from xl_perf.core.forms.frame import Frame, Slot
from xl_perf.core.forms.learned import lasting
from xl_perf.core.forms.money_labels import is_no_money
from xl_perf.core.forms.slots import slot
from xl_perf.core.forms.stated import year_of_form

OTHER_YEAR_SAID: Final = "它的栏名是别的年度的"
"""Of an amount that the heading of another year is for, where none is plainly this year's."""
_WORDS: Final = r"(?:预算|执行|决算|实际|安排|资金|金额|投资|支出|收入|计划|下达|批复|到位|完成|实绩)*[数额]?"
_OTHER: Final = re.compile(rf"(?:上|去|前|上一|往|历|下|明|次|后|下一)年度?的?{_WORDS}").fullmatch
_DATED: Final = re.compile(rf"(?:19|20)\d\d年度?的?{_WORDS}").fullmatch
_SEVERAL: Final = 2
_ROWS_ABOVE: Final = 2
"""How far above the first amount the headings may stand."""


class _Heading(NamedTuple):
    """A text over some columns, or left of some rows."""

    text: str
    cells: range
    is_other: bool


def is_of_other_year(typed: Scalar, year: int | None) -> bool:
    """A heading, as it was typed, of another year than the form's ``year``; what is carried over is this year's."""
    if not isinstance(typed, str) or "年" not in typed:
        return False
    text = bare(typed).text
    if _OTHER(text) is not None:
        return True
    return year is not None and _DATED(text) is not None and year_in(text) != year


def with_year_alone(frame: Frame, cells: CellLine, merges: Iterable[Area]) -> Frame:
    """The form without the amounts that headings of other years are for, which it does not know."""
    if frame.money_side is not None or not frame.money_rows:
        return frame
    look = _Look(frame, cells, merges)
    if frame.money_heads is not None and frame.kind.learned is None:
        heads = look.of_several_years(look.heads_in(frame.money_heads))
        if not look.says_year and any(one.is_other for one in heads):
            return look.in_column(heads)
    for row in look.rows_above() if frame.money_heads is None else ():
        heads = look.of_several_years(look.heads_in(row))
        if any(one.is_other for one in heads):
            return look.in_column(heads)._replace(money_heads=row)
        if dated := look.dated_over(row, heads):
            return frame._replace(amount_labels=(*frame.amount_labels, *dated))
    for column in look.columns_beside():
        heads = list(look.heads_down(column))
        if any(one.is_other for one in heads):
            return look.in_row(heads)._replace(money_side=column)
    return frame


class _Look:
    """Looks at what stands around the amounts of one form."""

    def __init__(self, frame: Frame, cells: CellLine, merges: Iterable[Area]) -> None:
        self._frame, self._cells, self._merges = frame, cells, merges
        self._labels = {*frame.amount_labels}
        known = ((at, frame.slots[at]) for _, at in frame.kind.amount_places)
        self._slots = [(at, own) for at, own in known if own and own.columns and own.first not in frame.in_text]
        self._below = [(at, own) for at, own in self._slots if self._is_below_label(own)]

    @cached_property
    def _printed(self) -> frozenset[str]:
        """What a 样表 prints itself: of these it says which is the year's."""
        learned = self._frame.kind.learned
        words = () if learned is None else (*learned.printed, *(word.label for word in learned.words))
        return frozenset(map(lasting, words))

    @cached_property
    def _year(self) -> int | None:
        """The year that the form says."""
        title = self._frame.area[0] if self._frame.title is None else self._frame.title[0]
        said = year_of_form(self._cells, title, "")
        return None if said is None else said.value

    @property
    def says_year(self) -> bool:
        """The form says its year."""
        return self._year is not None

    def rows_above(self) -> Iterable[int]:
        """The rows above the first amount that may hold headings."""
        first = self._frame.money_rows.start
        rows = range(first - 1, max(first - _ROWS_ABOVE, self._frame.area[0]) - 1, -1) if self._slots else ()
        return (row for row in rows if any(self._may_head(self._typed(row, at)) for at in range(self._cells.width)))

    def columns_beside(self) -> Iterable[int]:
        """The columns left of amounts that stand below their labels."""
        first = min((own.first[1] for _, own in self._below), default=0)
        columns = range(first - 1, self._frame.area[1] - 1, -1)
        return (at for at in columns if any(self._may_head(self._typed(row, at)) for row in self._rows))

    def of_several_years(self, heads: Iterable[_Heading]) -> list[_Heading]:
        """Of a form that does not say its year nobody knows which of 2024年 | 2025年 it means."""
        own = [one for one in heads if lasting(one.text) not in self._printed]
        years = {year_in(one.text) for one in own if _DATED(one.text) and not is_no_money(one.text)}
        if self._year is not None or len(years) < _SEVERAL:
            return own
        return [one._replace(is_other=one.is_other or _DATED(one.text) is not None) for one in own]

    def dated_over(self, row: int, heads: Iterable[_Heading]) -> list[tuple[int, int]]:
        """The headings over amounts that name a year: it may be another one than the book's."""
        filled = {self._filled(own) for _, own in self._slots}
        return [(row, one.cells.start) for one in heads if _DATED(one.text) and filled & {*one.cells}]

    def heads_in(self, row: int) -> Iterator[_Heading]:
        """The texts of a row right of the labels of the amounts, left to right."""
        last = {(top, left): right for top, left, _, right in self._merges}
        for column in range(min(own.first[1] for _, own in self._slots), self._cells.width):
            if _is_text(typed := self._typed(row, column)):
                yield self._heading(typed, range(column, last.get((row, column), column) + 1))

    def heads_down(self, column: int) -> Iterator[_Heading]:
        """The texts of a column left of the amounts, top to bottom."""
        last = {(top, left): bottom for top, left, bottom, _ in self._merges}
        for row in self._rows:
            if _is_text(typed := self._typed(row, column)):
                yield self._heading(typed, range(row, last.get((row, column), row) + 1))

    def in_column(self, heads: Sequence[_Heading]) -> Frame:
        """The form with each amount in the year's column, or contradicted."""
        others = {column for one in heads if one.is_other for column in one.cells}
        own, places, lost = _of_year(heads), {}, []
        for at, its in self._slots:
            row, column = its.first[0], self._filled(its)
            if column not in others:
                continue
            if own is not None and not _is_text(self._typed(row, own.cells.start)):
                places[at] = slot(its.rows, own.cells, (row, own.cells.start), self._cells.width)
            else:
                lost.append((at, column))
        return self._with(places, lost, heads)

    def _filled(self, its: Slot) -> int:
        """The column of the first cell that is not blank; of a blank slot the one in which its value belongs."""
        row = its.first[0]
        return next((at for at in its.columns if not is_blank(self._typed(row, at))), its.blank[1])

    def in_row(self, heads: Sequence[_Heading]) -> Frame:
        """The form with each amount in the year's row, or contradicted."""
        others = {row for one in heads if one.is_other for row in one.cells}
        own, places = _of_year(heads), {}
        for at, its in self._below:
            if its.first[0] not in others:
                places[at] = its
            elif own is not None:
                row, column = own.cells.start, its.columns.start
                places[at] = slot((row,), its.columns, (row, column), self._cells.width)
        lost = [(at, its.first[0]) for at, its in self._below if at not in places]
        return self._with(places, lost, heads)

    def _with(self, places: Mapping[int, Slot], lost: Iterable[tuple[int, int]], heads: Sequence[_Heading]) -> Frame:
        slots, units = list(self._frame.slots), dict(self._frame.units)
        for at, own in places.items():
            slots[at] = own
        for at, place in lost:
            over = next(one.text for one in heads if place in one.cells)
            key = self._frame.kind.fields[at].key
            units[key] = units[key]._replace(contradiction=f"{OTHER_YEAR_SAID}：{over}")
        return self._frame._replace(slots=tuple(slots), units=units)

    @property
    def _rows(self) -> range:
        """From the first amount below a label to above what is below the amounts."""
        return range(min((own.first[0] for _, own in self._below), default=0), self._frame.money_rows.stop)

    def _is_below_label(self, own: Slot) -> bool:
        row, column = own.first
        return any(at == column and above < row for above, at in self._labels) and (row, column) not in self._labels

    def _heading(self, typed: Scalar, cells: range) -> _Heading:
        return _Heading(bare(str(typed)).text, cells, is_of_other_year(typed, self._year))

    def _typed(self, row: int, column: int) -> Scalar:
        return self._cells.line[row * self._cells.width + column] if column < self._cells.width else None

    @staticmethod
    def _may_head(typed: Scalar) -> bool:
        return isinstance(typed, str) and "年" in typed


def _of_year(heads: Sequence[_Heading]) -> _Heading | None:
    """The heading that is plainly the year's; None where there is none."""
    named = (one for one in heads if HEADS_AMOUNTS(one.text) and not is_no_money(one.text))
    left = [one for one in named if not one.is_other]
    at, is_plain = of_the_year([one.text for one in left], None) if left else (0, False)
    return left[at] if is_plain or len(left) == 1 else None


def _is_text(typed: Scalar) -> bool:
    return isinstance(typed, str) and not is_blank(typed) and to_amount(typed) is None

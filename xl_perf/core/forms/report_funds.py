"""Reads the money of a monitoring or self-evaluation table: a line for each source, in 万元."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.characters import numeric
from xl_perf.core.cells.entries import amount_entry, named_unit, rate_entry, text_entry, weight_entry
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.grid import Grid
from xl_perf.core.cells.labels import Label, unit_of_label
from xl_perf.core.cells.number_formats import PERCENT, unit_of_format
from xl_perf.core.cells.units import WAN
from xl_perf.core.cells.values import EXACT, is_blank, text_of
from xl_perf.core.forms.amounts_beside import is_meant_for_amount
from xl_perf.core.forms.kind import Column, Value
from xl_perf.core.forms.report_fields import ASIDE_OF_FUNDS
from xl_perf.core.forms.report_frame import Cell, Heading, ReportFrame
from xl_perf.core.forms.titles import unit_of_title
from xl_perf.core.forms.unit_of_amount import (
    as_it_looks,
    with_format,
    with_sign,
    with_surroundings,
    without_declaration,
)
from xl_perf.core.forms.units import LABEL, LINE, OWN, PART, TITLE, AmountUnit, Statement, unit_of_ranks
from xl_perf.core.model.progress import FundLine
from xl_perf.core.model.project import UnitConflict, UnitNote

_HUNDRED: Final = Decimal(100)
_COMPUTED: Final = frozenset(column.label for column in ASIDE_OF_FUNDS)
"""Headings of what our own tables show beside the money: nobody typed it."""


class Funds(NamedTuple):
    """The lines of the money, and what is to be said of them; ``heads`` are the keys of the columns that were found."""

    lines: tuple[FundLine, ...]
    unread: tuple[tuple[str, Entry[Decimal]], ...]
    conflicts: tuple[UnitConflict, ...]
    unit: UnitNote | None
    says_unit: bool
    heads: frozenset[str]
    rows: frozenset[int]


class _Said(NamedTuple):
    """An amount as it stands: its cell, and the texts that label it."""

    column: Column
    cell: Cell
    labels: tuple[Cell, ...]


class FundReader:
    """Reads the money in one frame; ``units`` state what amounts around the table count in."""

    def __init__(self, grid: Grid, frame: ReportFrame, units: Sequence[Statement], title: Cell | None) -> None:
        self.grid, self.frame, self.sheet, self.words = grid, frame, frame.sheet, frame.words
        self.columns: Final[Mapping[str, Column]] = {one.key: one for one in frame.kind.fund_columns}
        self.near = [one for one in units if not self._is_of_indicators(one)]
        self.title = title
        self.unread: list[tuple[str, Entry[Decimal]]] = []
        self.conflicts: list[UnitConflict] = []
        self.note: UnitNote | None = None
        self.says_unit = False
        self.texts: list[Cell] = []

    def read(self) -> Funds:
        """The lines in the order of the table."""
        frame = self.frame
        headings = frame.fund_headings()
        rows = frame.fund_rows() if headings else []
        said = [line for row in rows for line in self._line(row, headings)] if headings else self._beside_labels()
        self.texts = [cell for _, _, amounts in said for one in amounts for cell in one.labels]
        lines = tuple(self._made(key, label, amounts) for key, label, amounts in said)
        heads = {key for one in headings for key in one.keys} or {one.column.key for _, _, of in said for one in of}
        used = frozenset(one.cell[0] for _, _, amounts in said for one in amounts)
        own = frozenset(rows) | used | (frozenset() if frame.funds is None else frozenset({frame.funds}))
        return Funds(lines, tuple(self.unread), tuple(self.conflicts), self.note, self.says_unit, frozenset(heads), own)

    # --- which amounts ---

    def _line(self, row: int, headings: Sequence[Heading]) -> Iterable[tuple[str, Cell, list[_Said]]]:
        """The line of a row; none for a row without a source of money and without amounts."""
        first = headings[0].columns.start
        label = self._label(row, first)
        key = self.words.source(str(label[2])) if label[2] is not None else None
        said: list[_Said] = []
        taken: set[int] = set()
        for head in headings:
            if head.keys and head.keys[0] in self.columns:
                cell = self.frame.first_in(row, head.columns)
                said.append(_Said(self.columns[head.keys[0]], cell, (label, (head.row, head.columns.start, head.text))))
                # Its copies are those of a lost merge that was filled in.
                taken.update(at for _, at, typed in self.frame.rows[row] if at in head.columns and typed == cell[2])
        others = [cell for cell in self.frame.rows[row] if cell[1] >= first and cell[1] not in taken]
        for cell in others:
            above = next((one for one in reversed(headings) if one.columns.start <= cell[1]), headings[0])
            if above.text.strip() not in _COMPUTED:
                self._leave(above.text, cell)
        amounts = [one for one in said if one.column.value is Value.AMOUNT and not is_blank(one.cell[2])]
        if key is None and label[2] is not None:
            for one in amounts:
                self._leave(text_of(label[2]), one.cell)
        if key is None and not amounts:
            return
        if key is None and label[2] is None:
            key = "budget"
        yield key or "", label, said

    def _label(self, row: int, first: int) -> Cell:
        """The name of the source: the last known text left of the amounts, else the last one."""
        texts = [(row, column, text) for column, text in self.frame.texts(row) if column < first]
        own = {text for _, text in self.frame.texts(self.frame.funds or 0)}
        known: list[Cell] = [one for one in texts if self.words.source(one[2])]
        others: list[Cell] = [one for one in texts if one[2] not in own]
        return next(reversed(known or others), (row, max(first - 1, 0), None))

    def _beside_labels(self) -> list[tuple[str, Cell, list[_Said]]]:
        """The amounts right of their labels, or below them, where the money has no header."""
        lines: dict[str, tuple[Cell, dict[str, _Said]]] = {}
        first = next((one.key for one in self.columns.values() if one.value is Value.AMOUNT), "")
        for row in self.frame.above_header():
            line = "budget"
            for column, text in self.frame.texts(row):
                source = self.words.source(text)
                line = source or line
                key = first if source else self.words.fund_column(text)
                if not key:
                    continue
                cell = self.frame.right_of(row, column)
                label = (row, column, text)
                if cell[2] is not None and (source is None or is_meant_for_amount(cell[2])):
                    _, own = lines.setdefault(line, ((row, column, text if source else None), {}))
                    own.setdefault(key, _Said(self.columns[key], cell, (label,)))
                elif source:
                    lines.setdefault(line, (label, {}))
        return [(key, label, list(own.values())) for key, (label, own) in lines.items()]

    def _leave(self, label: str, cell: Cell) -> None:
        """An amount that belongs to nothing that is known; 0 is no money."""
        row, column, typed = cell
        if is_meant_for_amount(typed):
            amount = amount_entry(typed, self.sheet, row, column)
            if amount.value != 0 and (label, amount) not in self.unread:
                self.unread.append((label, amount))

    # --- what they are ---

    def _made(self, key: str, label: Cell, said: Sequence[_Said]) -> FundLine:
        row, column, text = label
        entries: dict[str, Entry[Any]] = {one.column.key: self._entry(one) for one in said}
        missing = {one: absent(self.sheet) for one in self.columns if one not in entries}
        line = FundLine(key, text_entry(text, self.sheet, row, column), **entries, **missing)
        rate = next((one for one in said if one.column.value is Value.RATE), None)
        return line if rate is None else line._replace(outturn_rate=self._rate(rate, line))

    def _entry(self, one: _Said) -> Entry[Any]:
        row, column, typed = one.cell
        if one.column.value is Value.AMOUNT:
            return self._amount(one)
        if one.column.value in {Value.WEIGHT, Value.SCORE}:
            return weight_entry(typed, self.sheet, row, column)
        if one.column.value is Value.RATE:
            return rate_entry(typed, self.sheet, row, column)
        return text_entry(typed, self.sheet, row, column)

    def _amount(self, one: _Said) -> Entry[Decimal]:
        """An amount in 万元; without a value where its unit is stated in two ways."""
        row, column, typed = one.cell
        unit = self._unit(one)
        code = self.grid.formats.get((row, column)) if self.grid.formats else None
        if code is not None:
            typed = as_it_looks(code, typed)
            unit = with_format(unit, code, typed)
        if isinstance(typed, str):
            unit = with_sign(unit, typed)
        amount = amount_entry(typed, self.sheet, row, column, unit.factor)
        self.says_unit = self.says_unit or unit.where != OWN
        if not amount.value or (isinstance(typed, str) and named_unit(typed)):
            return amount
        contradiction = unit.contradiction or self._differing(unit)
        if contradiction:
            self.conflicts.append(UnitConflict(one.column.label, amount, contradiction))
            return amount._replace(value=None, status=Status.CONTRADICTED)
        if (unit.factor is not WAN or unit.where == OWN) and self.note is None:
            self.note = UnitNote(unit.unit, unit.where, unit.row, unit.column, unit.against)
        return amount

    def _differing(self, unit: AmountUnit) -> str:
        """Two statements on all the money name different units; of the own label's 元 the further 万元 is just printed.

        Tables print 万元 twice, and people who fill in 元 change one of the two.
        """
        is_meant = unit.where == LABEL and unit.unit != self.frame.kind.unit
        return f"{unit.where}写的是“{unit.unit}”，{unit.against}" if unit.against and not is_meant else ""

    def _unit(self, one: _Said) -> AmountUnit:
        """What a bare number counts in, by what is nearest: its labels, its part's, others', a line, the title."""
        title = [] if self.title is None else _stated(self.title, unit_of_title(str(self.title[2])))
        ranks = (
            (LABEL, [said for cell in one.labels for said in _stated(cell)]),
            (PART, [said for cell in self._headings_of_part() for said in _stated(cell)]),
            (LABEL, [said for cell in self.texts for said in _stated(cell)]),
            (LINE, self.near),
            (TITLE, title),
        )
        label = Label(one.column.key, *one.labels[-1][:2])
        unit = unit_of_ranks(ranks, self.frame.kind.unit, label)
        unit = with_surroundings({"": unit}, self.grid, self.frame.area)[""]
        return without_declaration(unit, [one.cell[2]], self.frame.kind) if unit.where == OWN else unit

    def _headings_of_part(self) -> list[Cell]:
        """What stands left of the amounts in their header, or in the rows of the money: 项目资金（万元）."""
        funds, headings = self.frame.funds, self.frame.fund_headings()
        if funds is not None and headings:
            first = headings[0].columns.start
            return [(funds, column, text) for column, text in self.frame.texts(funds) if column < first]
        return [
            (row, column, text)
            for row in self.frame.above_header()
            for column, text in self.frame.texts(row)
            if self.words.part(text)
        ]

    def _is_of_indicators(self, one: Statement) -> bool:
        """A unit among the indicators is that of a target."""
        return (
            self.frame.header is not None
            and one.row >= self.frame.header
            and one.row <= self.frame.bottom
            and (one.is_alone and self._has_neighbours(one.row))
        )

    def _has_neighbours(self, row: int) -> bool:
        return len(self.frame.rows.get(row, ())) > 1

    def _rate(self, said: _Said, line: FundLine) -> Entry[Decimal]:
        """The rate in %: a bare 0.515 is 51.5 where the cell is shown so, or where that is what was spent."""
        rate = line.outturn_rate
        row, column, typed = said.cell
        if rate.value is None or (isinstance(typed, str) and "%" in numeric(typed)):
            return rate
        code = self.grid.formats.get((row, column)) if self.grid.formats else None
        told = None if code is None else unit_of_format(code)
        if told is not None and told.unit == PERCENT:
            return rate._replace(value=EXACT.multiply(rate.value, _HUNDRED))
        if "%" in text_of(said.labels[-1][2]) or "％" in text_of(said.labels[-1][2]):
            return rate
        return rate._replace(value=EXACT.multiply(rate.value, _HUNDRED)) if _is_share(rate.value, line) else rate


def _is_share(rate: Decimal, line: FundLine) -> bool:
    """A bare number is a share of 1: it is nearer to what was spent as one; else if it is at most 1."""
    budget, outturn = line.budget.value, line.outturn.value
    if budget and outturn is not None:
        # Compared without dividing: what was spent is rate × budget, or a hundredth of that.
        as_share, as_percent = abs(rate * budget - outturn), abs(rate * budget / _HUNDRED - outturn)
        return as_share < as_percent
    return 0 < rate <= 1


def _stated(cell: Cell, unit: str | None = None) -> list[Statement]:
    row, column, typed = cell
    named = unit if unit is not None else unit_of_label(typed) if isinstance(typed, str) else ""
    return [Statement(named, row, column)] if named else []

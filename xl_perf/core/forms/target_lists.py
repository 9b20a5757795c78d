"""Reads lists of targets: one header, a row per indicator, the rows of a project below each other."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.entries import amount_entry, code_entry, target_entry, text_entry, weight_entry
from xl_perf.core.cells.entry import Entry, PartOfCell, Status, absent
from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.units import WAN
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.dated_labels import dated_labels
from xl_perf.core.forms.footers import is_unfilled
from xl_perf.core.forms.frame import INDICATOR_TEXTS
from xl_perf.core.forms.in_text import value_in_text
from xl_perf.core.forms.indicators import NO_WEIGHT, first_level, level_entry
from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.list_frame import GOALS, ListFrame
from xl_perf.core.forms.list_rows import ListRows, amounts_in_added_columns, rows_of
from xl_perf.core.forms.own_columns import COUNTING, own_columns
from xl_perf.core.forms.split_targets import Split
from xl_perf.core.forms.unit_of_amount import (
    as_it_looks,
    is_undeclared,
    undeclared_note,
    with_attached,
    with_format,
    with_printed_doubt,
    without_declaration,
)
from xl_perf.core.forms.units import AmountUnit
from xl_perf.core.model.project import Indicator, Levels, Project, UnitConflict, UnitNote

CODED: Final = r"(?s)([0-9A-Z]{8,})[-—_]\s*(.*[^\d\s].*)"
"""A project's name behind its code, as budget systems export it."""
SEVERAL_AMOUNTS: Final = "同一个项目的几行写了不同的金额"


def read_list(grid: Grid, cells: CellLine, frame: ListFrame) -> list[Project]:
    """The projects of a list, top to bottom."""
    return list(_ListReader(grid, cells, frame).projects())


class _Rows(NamedTuple):
    """The rows of one project, and the unit under whose name they stand."""

    rows: list[int]
    unit: Entry[str]


class _ListReader:
    def __init__(self, grid: Grid, cells: CellLine, frame: ListFrame) -> None:
        self.grid, self.frame, self.kind, self.sheet = grid, frame, frame.kind, grid.sheet
        self.cells, self.line, self.width = cells, cells.line, cells.width
        self.conflicts: list[UnitConflict] = []
        self.converted: AmountUnit | None = None

    def projects(self) -> Iterator[Project]:
        """Every project, with what its rows say."""
        for group in self._groups():
            yield self._project(group)

    def _units(self, rows: Sequence[int]) -> Mapping[str, AmountUnit]:
        """What the amounts of a project count in, by field."""
        units = self.frame.units
        is_silent = self.kind.states_unit and is_undeclared(units.values())
        if not is_silent and self.kind.learned is None:
            return units
        typed = [self._at(key, row)[0] for key in units for row in rows]
        if not is_silent:
            return with_printed_doubt(units, typed)
        return {key: without_declaration(unit, typed, self.kind) for key, unit in units.items()}

    # --- rows that belong together ------------------------------------------------------------------------------

    def _groups(self) -> Iterator[_Rows]:
        unit = self._unit_above()
        group: _Rows | None = None
        units = {one.row: one.name for one in self._sorted.units}
        rows = sorted([*self._rows, *units])
        for at, row in enumerate(rows):
            name, _ = self._at("name", row)
            if row in units or (is_blank(name) and self._is_unit_row(row)):
                if group is not None:
                    yield group
                said = text_entry(*self._cell("unit_name", row))
                group, unit = None, text_entry(units[row], self.sheet, row, 0) if row in units else said
                continue
            if is_blank(name):
                if group is not None and self._begins_unnamed(group.rows[0], row):
                    yield group
                    group = None
                if group is None:
                    group = _Rows([], unit)
                group.rows.append(row)
                continue
            if not self._has_content(row) and self._is_unit(rows, at):
                if group is not None:
                    yield group
                group, unit = None, text_entry(name, self.sheet, row, self.frame.columns["name"].start)
                continue
            if group is None or self._is_other_project(group.rows[0], row):
                if group is not None:
                    yield group
                group = _Rows([], unit)
            group.rows.append(row)
        if group is not None:
            yield group

    @cached_property
    def _rows(self) -> tuple[int, ...]:
        """The rows of projects: no column numbers, no totals, nothing below the list."""
        return self._sorted.own

    @cached_property
    def _sorted(self) -> ListRows:
        return rows_of(self.frame.rows, self.frame.columns, self.line, self.width)

    def _unit_above(self) -> Entry[str]:
        """The unit that a line above the list names; absent where there is none."""
        return self._said_above(self.frame.unit_name)

    def _said_above(self, place: tuple[int, int] | None) -> Entry[str]:
        """What stands behind the label of a line above the list; absent without such a line."""
        if place is None:
            return absent(self.sheet)
        row, column = place
        text = value_in_text(text_of(self.line[row * self.width + column]), Value.TEXT)
        return text_entry(PartOfCell(text), self.sheet, row, column)

    def _has_content(self, row: int) -> bool:
        """It says more of a project than its name."""
        keys = (*(key for key in self.frame.columns if key not in {"name", "unit_name"}),)
        return any(not is_blank(self._at(key, row)[0]) for key in keys)

    def _is_unit(self, rows: Sequence[int], at: int) -> bool:
        """A name alone is that of the unit whose projects follow, if they follow at once."""
        return at + 1 < len(rows) and not is_blank(self._at("name", rows[at + 1])[0])

    def _is_unit_row(self, row: int) -> bool:
        """The name of a unit alone in its column, perhaps with the sum of its projects."""
        said = any(not is_blank(self._at(key, row)[0]) for key in (*INDICATOR_TEXTS, "level1", "level2", GOALS))
        return not said and not is_blank(self._at("unit_name", row)[0])

    def _cell(self, key: str, row: int) -> tuple[Scalar, str, int, int]:
        typed, column = self._at(key, row)
        return typed, self.sheet, row, column

    def _is_other_project(self, first: int, row: int) -> bool:
        """The row names another project than the one that begins in the row ``first``, or one that is called so too."""
        is_named_so = not any(
            text_of(self._at(key, row)[0]).strip() not in {"", text_of(self._at(key, first)[0]).strip()}
            for key in ("unit_name", "code", "name")
        )
        return not is_named_so or self._is_namesake(first, row)

    def _is_namesake(self, first: int, row: int) -> bool:
        """It has another number in the column that counts projects; where that counts rows, another amount as well.

        Where projects are filled down over numbered rows, another amount is a contradiction within one.
        """
        number, its = (self._serial(at) for at in (row, first))
        if not (number and its) or number == its:
            return False
        amount, other = (text_of(self._at("budget", at)[0]).strip() for at in (row, first))
        return not self._counts_rows or (bool(amount and other) and amount != other and not self._is_filled_down)

    @cached_property
    def _is_filled_down(self) -> bool:
        """Rows one below the other say the same name and the same amount."""
        said = [tuple(text_of(self._at(key, row)[0]).strip() for key in ("name", "budget")) for row in self._rows]
        return any(all(one) and one == below for one, below in pairwise(said))

    @cached_property
    def _counts_rows(self) -> bool:
        """The column that counts has a number of its own in every row."""
        numbers = [self._serial(row) for row in self._rows]
        return all(numbers) and len({*numbers}) == len(numbers)

    def _begins_unnamed(self, first: int, row: int) -> bool:
        """A row without a name begins another project than the one of the row ``first``: its code is another.

        So does one with another number in the column that counts, and an amount of its own.
        """
        code, own = (text_of(self._at("code", at)[0]).strip() for at in (row, first))
        if code and own:
            return code != own
        number, its = (self._serial(at) for at in (row, first))
        return bool(number and its) and number != its and not is_blank(self._at("budget", row)[0])

    @cached_property
    def _counts(self) -> int | None:
        """The column that numbers projects."""
        for header in self.frame.headers:
            for row in (header, header - 1):
                cells = self.line[row * self.width : (row + 1) * self.width] if row >= 0 else ()
                found = (
                    at for at, typed in enumerate(cells) if isinstance(typed, str) and bare(typed).text in COUNTING
                )
                if (column := next(found, None)) is not None:
                    return column
        return None

    def _serial(self, row: int) -> str:
        return "" if self._counts is None else text_of(self.line[row * self.width + self._counts]).strip()

    # --- one project ------------------------------------------------------------------------------------------------

    def _project(self, group: _Rows) -> Project:
        self.conflicts, self.converted = [], None
        self.units = self._units(group.rows)
        values = tuple(self._value(field.key, field.value, field.name, group) for field in self.kind.fields)
        unfilled: list[Levels] = []
        indicators = tuple(self._indicators(group.rows, unfilled))
        note = self._note(values)
        _, left, _, right = self.frame.area
        return Project(
            self.kind,
            self.sheet,
            (group.rows[0], left, group.rows[-1], right),
            absent(self.sheet),
            values,
            (),
            self._goals(group.rows),
            indicators,
            (group.rows[0], self.frame.columns["level1"].start),
            (),
            self.frame.missing,
            (),
            self.grid.hidden,
            unit=note,
            says_unit=not is_undeclared(self.frame.units.values()),
            conflicts=tuple(self.conflicts),
            beside=tuple(self._beside(group.rows)),
            unfilled=tuple(unfilled),
            own_columns=tuple(own_columns(self.kind, self.frame.columns, indicators, self.line, self.width)),
            dated=dated_labels(self.frame.amount_labels, self.cells, self.sheet),
        )

    def _beside(self, rows: Sequence[int]) -> Iterator[tuple[str, Entry[Decimal]]]:
        """Amounts in columns that an office's own list does not have."""
        frame, unit = self.frame, self.units.get(self.kind.money[0].key)
        if unit is None:
            return iter(())
        return amounts_in_added_columns(
            self.kind,
            frame.headers,
            frame.columns,
            rows,
            self.cells,
            lambda typed, row, column: amount_entry(typed, self.sheet, row, column, unit.factor),
        )

    def _note(self, values: Sequence[Entry[Any]]) -> UnitNote | None:
        if (unit := self.converted) is not None:
            return UnitNote(unit.unit, unit.where, unit.row, unit.column, unit.against)
        is_silent = not is_undeclared(self.frame.units.values()) or self.conflicts
        found = None if is_silent else undeclared_note(self.kind, values)
        return None if found is None or (found.row, found.column) in (self.grid.formats or {}) else found

    def _value(self, key: str, value: Value, name: str, group: _Rows) -> Entry[Any]:
        """What the rows of a project say of a field: the first that says something."""
        if not self.frame.columns.get(key):
            if key == "department_code":
                return self._said_above(self.frame.department)
            return group.unit if key == "unit_name" else self._code(group) if key == "code" else absent(self.sheet)
        row = next((row for row in group.rows if not is_blank(self._at(key, row)[0])), group.rows[0])
        typed, column = self._at(key, row)
        if key == "name" and (coded := re.fullmatch(CODED, text_of(typed).strip())) is not None:
            typed = PartOfCell(coded[2])
        if value is Value.AMOUNT:
            others = {text_of(self._at(key, row)[0]) for row in group.rows if not is_blank(self._at(key, row)[0])}
            doubt = SEVERAL_AMOUNTS if len(others) > 1 else self._sorted.doubtful.get(row, "")
            return self._amount(key, name, typed, row, column, doubt)
        return (code_entry if value is Value.CODE else text_entry)(typed, self.sheet, row, column)

    def _code(self, group: _Rows) -> Entry[str]:
        """The code before the project's name; absent where there is none."""
        typed, column = self._at("name", group.rows[0])
        coded = re.fullmatch(CODED, text_of(typed).strip())
        if coded is None:
            return absent(self.sheet)
        return code_entry(PartOfCell(coded[1]), self.sheet, group.rows[0], column)

    def _amount(self, key: str, name: str, typed: Scalar, row: int, column: int, doubt: str) -> Entry[Decimal]:
        """An amount in 万元; without a value where its unit is stated in two ways, or ``doubt`` says why in Chinese."""
        unit = self.units[key]
        if self.grid.attached:
            unit = with_attached(unit, self.grid, row, column)
        code = self.grid.formats.get((row, column)) if self.grid.formats else None
        if code is not None:
            typed = as_it_looks(code, typed)
            unit = with_format(unit, code, typed)
        amount = amount_entry(typed, self.sheet, row, column, unit.factor)
        if not amount.value:
            return amount
        if doubt:
            unit = unit._replace(contradiction=doubt)
        if unit.contradiction:
            self.conflicts.append(UnitConflict(name, amount, unit.contradiction))
            return amount._replace(value=None, status=Status.CONTRADICTED)
        if (unit.factor is not WAN or unit.against) and self.converted is None:
            self.converted = unit
        return amount

    def _goals(self, rows: Sequence[int]) -> tuple[Entry[str], ...]:
        """The goals, each once; a blank one where there is none."""
        if not self.frame.columns.get(GOALS):
            return ()
        found: dict[str, Entry[str]] = {}
        for row in rows:
            typed, column = self._at(GOALS, row)
            goal = text_entry(typed, self.sheet, row, column)
            if goal.status is not Status.BLANK:
                found.setdefault(goal.text, goal)
        return tuple(found.values()) or (text_entry(None, self.sheet, rows[0], self.frame.columns[GOALS].start),)

    def _indicators(self, rows: Sequence[int], unfilled: list[Levels]) -> Iterator[Indicator]:
        level1, level2 = (self._no_level(key, rows[0]) for key in ("level1", "level2"))
        split = Split(self.frame.columns.get("operator"), self.frame.columns.get("measure"))
        for row in rows:
            first, second = self._at("level1", row), self._at("level2", row)
            if not is_blank(first[0]):
                level1 = first_level(first[0], self.sheet, row, first[1])
                level2 = Entry(None, Status.BLANK, None, self.sheet, row, second[1])
            if not is_blank(second[0]):
                level2 = level_entry(second[0], self.sheet, row, second[1])
            own = {key: self._at(key, row) for key in INDICATOR_TEXTS}
            if split.is_split:
                cells = self.line[row * self.width : (row + 1) * self.width]
                own["target"] = split.joined(cells, *own["target"])
            filled = [typed for typed, _ in own.values() if not is_blank(typed)]
            if not filled or all(isinstance(typed, str) and is_unfilled(typed) for typed in filled):
                unfilled.append((level1, level2))
                continue
            level3, described, based = (self._text(key, *own[key], row) for key in ("level3", "description", "basis"))
            typed, column = own["target"]
            weight = self._at("weight", row)
            yield Indicator(
                level1,
                level2,
                level3,
                described,
                target_entry(typed, self.sheet, row, column),
                based,
                weight_entry(weight[0], self.sheet, row, weight[1]) if self.frame.columns.get("weight") else NO_WEIGHT,
            )

    def _no_level(self, key: str, row: int) -> Entry[str]:
        """The level of a project's first row, before it says one."""
        columns = self.frame.columns.get(key)
        return Entry(None, Status.BLANK, None, self.sheet, row, columns.start) if columns else absent(self.sheet)

    def _text(self, key: str, typed: Scalar, column: int, row: int) -> Entry[str]:
        if not self.frame.columns.get(key):
            return absent(self.sheet)
        return text_entry(typed, self.sheet, row, column)

    def _at(self, key: str, row: int) -> tuple[Scalar, int]:
        """What stands in a row in a column of the list, and where; the first cell that is not blank of merged ones."""
        columns = self.frame.columns.get(key) or range(0)
        cells = self.line[row * self.width + columns.start : row * self.width + min(columns.stop, self.width)]
        for column, typed in zip(columns, cells, strict=False):
            if not is_blank(typed):
                return typed, column
        return None, columns.start

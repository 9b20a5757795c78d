"""Amounts of listed projects that stand on another sheet, by their names: 部门项目支出预算表 (预算05-1表).

Only what adds up is taken: where the sheet has a row of totals, its rows must make it; a name that stands in several
rows counts with their sum.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entries import amount_entry, code_entry
from xl_perf.core.cells.entry import Entry, PartOfCell, Status
from xl_perf.core.cells.grid import CellLine, Grid, Scalar, a1
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.units import DOUBTFUL, UNITS
from xl_perf.core.cells.values import EXACT, is_blank, plain, text_of
from xl_perf.core.forms.footers import is_total_row
from xl_perf.core.forms.indicators import counts_columns
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.labels import FormLabels
from xl_perf.core.forms.units import statements_in
from xl_perf.core.model.project import Project, UnitNote

_BUDGET: Final = ("budget", "row_total", "annual_column")
"""Labels of the column with the whole amount, the likeliest first."""
_KEPT: Final[tuple[str, ...]] = ("name", "code", "fiscal", "other")
_NAMES: Final = {"budget": "预算数", "fiscal": "财政资金", "other": "其他资金"}
HEADER_ROWS: Final = 3
AMOUNT_COLUMNS: Final = frozenset({*_KEPT, *_BUDGET})
"""Keys of the headings that are read of such a list."""
_NO_UNIT: Final = "没有写单位"
_NO_SUM: Final = "各行加起来不等于合计"


class Amounts(NamedTuple):
    """What a sheet says of each project's money, in 万元, by the project's name as it is compared.

    ``reason`` says in Chinese why nothing is taken from it; empty where it is sound.
    """

    sheet: str
    unit: UnitNote | None
    rows: Mapping[str, Mapping[str, Entry[Any]]]
    reason: str = ""


def amounts_on(grid: Grid, cells: CellLine, labels: FormLabels) -> Amounts | None:
    """The amounts that a sheet lists by the names of projects; None for a sheet that is no such list."""
    places = labels.places(cells)
    header = next((label.row for label in places if label.key == "name"), None)
    if header is None:
        return None
    found = _columns([label for label in places if header <= label.row < header + HEADER_ROWS])
    if found is None:
        return None
    units = {one.unit: one for one in statements_in(label for label in places if label.row <= header)}
    if len(units) != 1 or next(iter(units)) in DOUBTFUL:
        return Amounts(grid.sheet, None, {}, _NO_UNIT)
    unit = next(iter(units.values()))
    return _Reader(grid, cells, found, header, UNITS[unit.unit]).amounts(
        None if unit.unit == "万元" else UnitNote(unit.unit, "表旁的说明", unit.row, unit.column)
    )


def said_of_list(grid: Grid, labels: FormLabels) -> str:
    """Which columns of a sheet a list's amounts are read from, in Chinese without full stop; empty for no such sheet.

    Without a unit nothing is read from it, which is said as well.
    """
    cells = CellLine(grid.rows)
    places = labels.places(cells)
    header = next((label.row for label in places if label.key == "name"), None)
    own = [] if header is None else [label for label in places if header <= label.row < header + HEADER_ROWS]
    columns = _columns(own) if own else None
    if columns is None:
        return ""
    heads = {label.column: label for label in reversed(own)}
    name = next(label for label in own if label.key == "name")
    said = [
        f"{_NAMES[key]}读 {a1(heads[column].row, column)}“{_text(cells, heads[column])}”"
        for key, column in columns.items()
        if key in _NAMES
    ]
    where = f"项目的金额读工作表“{grid.sheet}”，按 {a1(name.row, name.column)}“{_text(cells, name)}”一栏对上"
    units = {one.unit for one in statements_in(label for label in places if label.row <= name.row)}
    if len(units) == 1 and not units & DOUBTFUL:
        return f"{where}：{'，'.join(said)}，单位{next(iter(units))}"
    return f"{where}，但它没有写单位，一个金额也读不进来：请在那张表的表头上面写上“单位：元”或“单位：万元”"


def _text(cells: CellLine, label: Label) -> str:
    return "".join(text_of(cells.line[label.row * cells.width + label.column]).split())


def targets_listed(grid: Grid, labels: FormLabels) -> dict[str, str]:
    """The projects that a sheet lists with amount and targets, a row each, by their names as they are compared.

    Empty for every other sheet, one that speaks of money alone as well.
    """
    cells = CellLine(grid.rows)
    places = labels.places(cells)
    header = next((label.row for label in places if label.key == "name"), None)
    found = None if header is None else _columns([label for label in places if label.row == header])
    if header is None or found is None:
        return {}
    above = cells.line[: (header + 1) * cells.width]
    if not any(isinstance(typed, str) and "绩效" in typed for typed in above):
        return {}
    reader = _Reader(grid, cells, found, header, UNITS["万元"])
    return {folded(name): name for name in reader.names()}


def _columns(labels: Sequence[Label]) -> dict[str, int] | None:
    """The columns of name, code, and amounts; None without name or amount."""
    first: dict[str, int] = {}
    for label in labels:
        first.setdefault(label.key, label.column)
    budget = next((first[key] for key in _BUDGET if key in first), None)
    if budget is None or first["name"] == budget:
        return None
    return {"budget": budget} | {key: first[key] for key in _KEPT if key in first}


class _Reader:
    """Reads the rows below the header of one sheet."""

    def __init__(self, grid: Grid, cells: CellLine, columns: Mapping[str, int], header: int, factor: Decimal) -> None:
        self.sheet, self.columns, self.factor = grid.sheet, columns, factor
        self.rows = range(header + 1, len(grid.rows))
        self.line, self.width = cells.line, cells.width

    def amounts(self, unit: UnitNote | None) -> Amounts:
        """What the rows say, if they make the total that the sheet shows."""
        by_name: dict[str, list[int]] = {}
        total: Decimal | None = None
        added = Decimal(0)
        name = ""
        for row in self.rows:
            cells = self.line[row * self.width : (row + 1) * self.width]
            filled = [typed for typed in cells if not is_blank(typed)]
            if not filled or counts_columns(cells):
                continue
            budget = self._amount("budget", row).value
            if is_total_row(text_of(filled[0])):
                total = budget if total is None else total
                continue
            if budget is None:
                continue
            # A merged name stands in the first of its rows.
            name = text_of(self._at("name", row)).strip() or (name if is_blank(filled[0]) or not cells[0] else "")
            if name:
                by_name.setdefault(folded(name), []).append(row)
                added = EXACT.add(added, budget)
        is_unique = all(len(rows) == 1 for rows in by_name.values())
        if total != added and not (total is None and is_unique):
            return Amounts(self.sheet, unit, {}, _NO_SUM)
        return Amounts(self.sheet, unit, {name: self._entries(rows) for name, rows in by_name.items()})

    def names(self) -> Iterator[str]:
        """The names of the rows with an amount."""
        for row in self.rows:
            name = text_of(self._at("name", row)).strip()
            if name and not is_total_row(name) and self._amount("budget", row).value is not None:
                yield name

    def _entries(self, rows: Sequence[int]) -> dict[str, Entry[Any]]:
        found: dict[str, Entry[Any]] = {}
        other = self._other(rows)
        if other is not None:
            found["other"] = other
        for key in self.columns:
            if key == "code":
                found[key] = code_entry(self._at(key, rows[0]), self.sheet, rows[0], self.columns[key])
            elif key != "name":
                found[key] = self._sum(key, rows)
        return found

    def _other(self, rows: Sequence[int]) -> Entry[Decimal] | None:
        """What further columns behind the treasury's money hold, if that is all of the rest; None where they do not."""
        if "fiscal" not in self.columns or self.columns.get("other"):
            return None
        budget, fiscal = self._sum("budget", rows).value, self._sum("fiscal", rows).value or Decimal(0)
        behind = [
            (row, column, self.line[row * self.width + column])
            for row in rows
            for column in range(self.columns["fiscal"] + 1, self.width)
        ]
        amounts = [amount_entry(typed, self.sheet, row, column, self.factor) for row, column, typed in behind]
        filled = [one for one in amounts if one.value]
        total = reduce(EXACT.add, (one.value for one in filled if one.value is not None), Decimal(0))
        if budget is None or not filled or EXACT.subtract(budget, fiscal) != total:
            return None
        return filled[0]._replace(value=total, typed=PartOfCell(f"{plain(total)}万元"))

    def _sum(self, key: str, rows: Sequence[int]) -> Entry[Decimal]:
        """The amount of a project, from one row or from several."""
        entries = [self._amount(key, row) for row in rows]
        filled = [one for one in entries if one.value is not None]
        if len(rows) == 1 or len(filled) < 2 or any(one.status is Status.UNREADABLE for one in entries):
            return next((one for one in entries if not one.is_empty), entries[0])
        value = reduce(EXACT.add, (one.value for one in filled if one.value is not None))
        return filled[0]._replace(value=value, typed=PartOfCell(f"{plain(value)}万元"))

    def _amount(self, key: str, row: int) -> Entry[Decimal]:
        return amount_entry(self._at(key, row), self.sheet, row, self.columns[key], self.factor)

    def _at(self, key: str, row: int) -> Scalar:
        column = self.columns[key]
        return self.line[row * self.width + column] if column < self.width else None


def with_amounts(project: Project, found: Iterable[Amounts]) -> Project:
    """The project with the amounts that another sheet lists under its name; itself where none or several do."""
    kind = project.kind
    if kind.shape is not Shape.LIST or project.budget.status is not Status.ABSENT or not project.name.value:
        return project
    keys = names_of(project)
    fitting = [(one, one.rows[key]) for one in found for key in keys if key in one.rows]
    if len({one.sheet for one, _ in fitting}) != 1:
        return project
    sheet, entries = fitting[0]
    values = tuple(
        entries[field.key] if value.status is Status.ABSENT and field.key in entries else value
        for field, value in zip(kind.fields, project.values, strict=True)
    )
    return replace(project, values=values, unit=sheet.unit)


def names_of(project: Project) -> list[str]:
    """The project's name as it is compared, alone and behind its code: 530421-设备运维."""
    name = folded(project.name.text)
    code = folded(project.code.value or "")
    return [name, *(f"{code}{between}{name}" for between in "-_—" if code)]

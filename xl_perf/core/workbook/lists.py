"""Reads lists of projects with a row 合计: the one on 首页, and 部门汇总."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Final, NamedTuple

from xl_perf.core.cells.entries import amount_entry, text_entry
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.cells.labels import Vocabulary, normal_label, unit_of_label
from xl_perf.core.cells.units import UNITS, stated_units
from xl_perf.core.cells.values import is_blank
from xl_perf.core.model.department import Listed, StoredTotal
from xl_perf.core.workbook.sheets import MONEY_LABELS, SUMMARY_FIELDS, TOTAL_LABEL, planned_column

_LABELS: Final = Vocabulary(SUMMARY_FIELDS)
_LONGEST_TOTAL: Final = 20
_MAY_BE_TOTAL: Final = re.compile("[计計]").search
"""A quick look, which nearly all other texts of a list fail."""


class _Header(NamedTuple):
    """A list: the row below its header, its columns by their keys, and its row 合计.

    Where there is no list, or no row 合计, that is the row below the sheet's last.
    """

    first: int
    columns: Mapping[str, int]
    total: int


def read_list(grid: Grid) -> tuple[list[Listed], list[StoredTotal]]:
    """The list whose header names 项目名称 and 预算数: its rows, and what the rows 合计 above and below it say."""
    headers = _headers(grid)
    listed = list(_rows(grid, headers[-1], _units(grid, headers[-1]))) if headers else []
    return listed, list(_all_totals(grid, headers))


def read_totals(grid: Grid) -> list[StoredTotal]:
    """Only what the rows 合计 of such a list say."""
    return list(_all_totals(grid, _headers(grid)))


def _headers(grid: Grid) -> list[_Header]:
    """The list, and before it headings without any: 部门汇总 shows its total above the list too."""
    found: list[_Header] = []
    for row, cells in enumerate(grid.rows):
        columns = _LABELS.in_row(cells)
        if "name" in columns and "budget" in columns:
            found.append(_Header(row + 1, columns | _planned(cells), _total_row(grid, row + 1, columns["budget"])))
            if _has_names(grid, found[-1]):
                break
    return found


def _has_names(grid: Grid, header: _Header) -> bool:
    at = header.columns["name"]
    return any(not is_blank(typed) for cells in grid.rows[header.first : header.total] for typed in cells[at : at + 1])


def _total_row(grid: Grid, first: int, before: int) -> int:
    """The first row 合计, which says so left of a column; the row below the sheet's last where there is none."""
    for row in range(first, len(grid.rows)):
        for typed in grid.rows[row][:before]:
            if isinstance(typed, str) and _MAY_BE_TOTAL(typed[:_LONGEST_TOTAL]) and normal_label(typed) == TOTAL_LABEL:
                return row
    return len(grid.rows)


def _planned(cells: Sequence[Scalar]) -> dict[str, int]:
    """Columns of planned spending in 万元, such as 6月底（万元）, by the key of their total."""
    found: dict[str, int] = {}
    for column, typed in enumerate(cells):
        if isinstance(typed, str) and "月" in typed:
            month, unit = planned_column(typed) or (0, "")
            if unit == "万元":
                found.setdefault(f"planned:{month}", column)
    return found


def _rows(grid: Grid, header: _Header, units: Mapping[str, Decimal]) -> Iterator[Listed]:
    cells, sheet, columns, rows = CellLine(grid.rows), grid.sheet, header.columns, range(header.first, header.total)
    at_name, at_amounts = columns["name"], {key: columns.get(key) for key in MONEY_LABELS}
    table = zip(rows, cells.column(at_name, rows), *(cells.column(at, rows) for at in at_amounts.values()), strict=True)
    for row, typed, *amounts in table:
        name = text_entry(typed, sheet, row, at_name)
        if name.status is not Status.BLANK and not _is_unstored(name):
            entries = {
                key: absent(sheet) if column is None else amount_entry(amount, sheet, row, column, units[key])
                for amount, (key, column) in zip(amounts, at_amounts.items(), strict=True)
            }
            yield Listed(name, entries)


def _units(grid: Grid, header: _Header) -> dict[str, Decimal]:
    """What a bare number of each column counts in: the unit in its heading, else that of a line above, else 万元."""
    money = {key: at for key, at in header.columns.items() if key in MONEY_LABELS or key.startswith("planned:")}
    named = {key: unit_of_label(str(grid.rows[header.first - 1][at])) for key, at in money.items()}
    above = "" if all(named.values()) else _unit_above(grid, header.first - 1)
    return {key: UNITS[unit or above] for key, unit in named.items()}


def _unit_above(grid: Grid, header: int) -> str:
    """The first unit that is stated above the header; empty for none."""
    above = filter(None, chain.from_iterable(grid.rows[:header]))
    return next((unit for one in above if isinstance(one, str) for unit in stated_units(one)), "")


def _is_unstored(name: Entry[str]) -> bool:
    """The name's formula has no stored result; LibreOffice stores 0 for a text when it writes .xls."""
    return name.status is Status.NO_VALUE or (not name.typed and isinstance(name.typed, int | float))


def _all_totals(grid: Grid, headers: Sequence[_Header]) -> Iterator[StoredTotal]:
    for header in headers:
        if header.total < len(grid.rows):
            yield from _totals(grid, header, _units(grid, header))


def _totals(grid: Grid, header: _Header, units: Mapping[str, Decimal]) -> Iterator[StoredTotal]:
    for key, column in header.columns.items():
        if key.startswith("planned:"):
            label = f"{key.removeprefix('planned:')}月底计划支出合计"
        elif key in MONEY_LABELS:
            label = f"{MONEY_LABELS[key]}合计"
        else:
            continue
        yield StoredTotal(key, label, amount_entry(*_cell(grid, header.total, column), units[key]))


def _cell(grid: Grid, row: int, column: int) -> tuple[Scalar, str, int, int]:
    cells = grid.rows[row]
    return (cells[column] if column < len(cells) else None), grid.sheet, row, column

"""Reads lists of projects with a row 合计: the one on 首页, and 部门汇总."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Final

from xl_perf.core.cells.entries import amount_entry, text_entry
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.cells.labels import Vocabulary, normal_label, unit_of_label
from xl_perf.core.cells.units import UNITS, stated_units
from xl_perf.core.model.department import Listed, StoredTotal
from xl_perf.core.workbook.sheets import MONEY_LABELS, SUMMARY_FIELDS, TOTAL_LABEL, planned_column

_LABELS: Final = Vocabulary(SUMMARY_FIELDS)
_LONGEST_TOTAL: Final = 20
_MAY_BE_TOTAL: Final = re.compile("[计計]").search
"""A quick look, which nearly all other texts of a list fail."""


def read_list(grid: Grid) -> tuple[list[Listed], list[StoredTotal]]:
    """The list whose header names 项目名称 and 预算数: its rows, and what its row 合计 says."""
    first, columns = _header(grid)
    end = _total_row(grid, first, columns)
    listed = list(_rows(grid, range(first, end), columns)) if columns else []
    return listed, list(_totals(grid, end, first - 1, columns))


def read_totals(grid: Grid) -> list[StoredTotal]:
    """Only what the row 合计 of such a list says."""
    first, columns = _header(grid)
    return list(_totals(grid, _total_row(grid, first, columns), first - 1, columns))


def _header(grid: Grid) -> tuple[int, Mapping[str, int]]:
    """The row below the header, and the columns by their keys; none where there is no such list."""
    for row, cells in enumerate(grid.rows):
        columns = _LABELS.in_row(cells)
        if "name" in columns and "budget" in columns:
            return row + 1, columns | _planned(cells)
    return len(grid.rows), {}


def _total_row(grid: Grid, first: int, columns: Mapping[str, int]) -> int:
    """The first row 合计; the row below the sheet's last where there is none."""
    for row in range(first, len(grid.rows)):
        for typed in grid.rows[row][: columns["budget"]]:
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


def _rows(grid: Grid, rows: range, columns: Mapping[str, int]) -> Iterator[Listed]:
    cells, sheet, units = CellLine(grid.rows), grid.sheet, _units(grid, rows.start - 1, columns)
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


def _units(grid: Grid, header: int, columns: Mapping[str, int]) -> dict[str, Decimal]:
    """What a bare number of each column counts in: the unit in its heading, else that of a line above, else 万元."""
    above = filter(None, chain.from_iterable(grid.rows[: max(header, 0)]))
    lines = [unit for one in above if isinstance(one, str) for unit in stated_units(one)]
    money = {key: at for key, at in columns.items() if key in MONEY_LABELS or key.startswith("planned:")}
    named = {key: unit_of_label(str(grid.rows[header][at])) for key, at in money.items()}
    return {key: UNITS[named.get(key) or (lines[0] if lines else "")] for key in (*money, *MONEY_LABELS)}


def _is_unstored(name: Entry[str]) -> bool:
    """The name's formula has no stored result; LibreOffice stores 0 for a text when it writes .xls."""
    return name.status is Status.NO_VALUE or (not name.typed and isinstance(name.typed, int | float))


def _totals(grid: Grid, row: int, header: int, columns: Mapping[str, int]) -> Iterator[StoredTotal]:
    if row == len(grid.rows):
        return
    units = _units(grid, header, columns)
    for key, column in columns.items():
        if key.startswith("planned:"):
            label = f"{key.removeprefix('planned:')}月底计划支出合计"
        elif key in MONEY_LABELS:
            label = f"{MONEY_LABELS[key]}合计"
        else:
            continue
        yield StoredTotal(key, label, amount_entry(*_cell(grid, row, column), units[key]))


def _cell(grid: Grid, row: int, column: int) -> tuple[Scalar, str, int, int]:
    cells = grid.rows[row]
    return (cells[column] if column < len(cells) else None), grid.sheet, row, column

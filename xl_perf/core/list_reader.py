"""Reads lists of projects with a row 合计: the one on 首页, and 部门汇总."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xl_perf.core import form
from xl_perf.core.entries import Place, amount_entry, text_entry
from xl_perf.core.grid import Grid, Scalar
from xl_perf.core.model import Entry, Listed, Status, StoredTotal, absent
from xl_perf.core.values import folded
from xl_perf.core.vocabulary import Vocabulary

_LABELS: Final = Vocabulary(form.SUMMARY_FIELDS)
_AMOUNTS: Final = {"budget": "预算数", "fiscal": "财政资金", "other": "其他资金"}


def read_list(grid: Grid) -> tuple[list[Listed], list[StoredTotal]]:
    """The list whose header names 项目名称 and 预算数: its rows, and what its row 合计 says."""
    for row, cells in enumerate(grid.rows):
        columns = _LABELS.in_row(cells)
        if "name" in columns and "budget" in columns:
            return _rows(grid, row + 1, columns | _planned(cells))
    return [], []


def _planned(cells: Sequence[Scalar]) -> dict[str, int]:
    """Columns of planned spending in 万元, such as 6月底（万元）, by the key of their total."""
    found: dict[str, int] = {}
    for column, typed in enumerate(cells):
        if isinstance(typed, str) and "月" in typed:
            month, unit = form.planned_column(typed) or (0, "")
            if unit == "万元":
                found.setdefault(f"planned:{month}", column)
    return found


def _rows(grid: Grid, first: int, columns: Mapping[str, int]) -> tuple[list[Listed], list[StoredTotal]]:
    listed: list[Listed] = []
    for row in range(first, len(grid.rows)):
        if _is_total(grid.rows[row][: columns["budget"]]):
            return listed, list(_totals(grid, row, columns))
        name = text_entry(*_cell(grid, row, columns["name"]))
        if name.status is not Status.BLANK and not _is_unstored(name):
            budget, fiscal, other = (
                amount_entry(*_cell(grid, row, columns[key])) if key in columns else absent(grid.sheet)
                for key in _AMOUNTS
            )
            listed.append(Listed(name, budget, fiscal, other))
    return listed, []


def _is_unstored(name: Entry[str]) -> bool:
    """The name's formula has no stored result; LibreOffice stores 0 for a text when it writes .xls."""
    return name.status is Status.NO_VALUE or (isinstance(name.typed, int | float) and not name.typed)


def _is_total(cells: Sequence[Scalar]) -> bool:
    return any(isinstance(one, str) and one[:1] in "合 　" and folded(one) == form.TOTAL_LABEL for one in cells)


def _totals(grid: Grid, row: int, columns: Mapping[str, int]) -> Iterator[StoredTotal]:
    for key, column in columns.items():
        if key.startswith("planned:"):
            label = f"{key.removeprefix('planned:')}月底计划支出合计"
        elif key in _AMOUNTS:
            label = f"{_AMOUNTS[key]}合计"
        else:
            continue
        yield StoredTotal(key, label, amount_entry(*_cell(grid, row, column)))


def _cell(grid: Grid, row: int, column: int) -> tuple[Scalar, Place]:
    cells = grid.rows[row]
    return (cells[column] if column < len(cells) else None), (grid.sheet, row, column)

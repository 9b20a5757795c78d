"""Where the list of 部门汇总 stands: by its headings and its row 合计, or by what somebody has left of them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Grid, a1
from xl_perf.core.cells.values import text_of
from xl_perf.core.workbook.sheets import TOTAL_LABEL
from xl_perf.sheets.lists import HEADER_ROW, Column
from xl_perf.sheets.summary_columns import OTHER_BRANCH, branch_labels, summary_columns

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.core.profile import Profile

_SUM: Final = re.compile(r"=SUM\(([A-Z]+)(\d+):\1(\d+)\)")
_FEWEST: Final = 3
"""Headings that make a row of headings; sums that make a row of sums."""


class ProjectsList(NamedTuple):
    """Where the list stands on the sheet, from 0: header row, first and last row, row 合计; columns by key."""

    header: int
    last: int
    columns: Mapping[str, int]

    @property
    def first(self) -> int:
        """The first project's row."""
        return self.header + 1

    @property
    def width(self) -> int:
        """Number of columns, up to the last that is known."""
        return max(self.columns.values()) + 1

    @property
    def has_top(self) -> bool:
        """Headings and 合计 stand on top of the sheet, too."""
        return self.header > HEADER_ROW + 1

    @property
    def months(self) -> list[int]:
        """The months of the spending plan."""
        return sorted(int(key.partition(":")[2]) for key in self.columns if key.startswith("planned:"))


def keys_of(profile: "Profile") -> dict[str, str]:
    """The columns' keys by their headings, in every wording that was ever written."""
    headings = branch_labels(profile) | {OTHER_BRANCH: OTHER_BRANCH}
    keys = {folded(name): f"branch:{name}" for name in headings}  # as older books head them
    return keys | {folded(column.label): column.key for column in summary_columns(range(1, 13), headings)}


def list_in(grid: Grid, profile: "Profile") -> ProjectsList | None:
    """The list by its headings, the last ones on the sheet, and the row 合计 below them; None where one is missing."""
    found = [
        (row, columns) for row, columns in _headings(grid, keys_of(profile)) if {"name", "budget"} <= columns.keys()
    ]
    if not found:
        return None
    row, columns = found[-1]
    below = range(row + 1, len(grid.rows))
    total = next((at for at in below if folded(text_of(grid.rows[at][0])) == TOTAL_LABEL), None)
    return None if total is None else ProjectsList(row, total - 1, columns)


def located(sheet: "Sheet", grid: Grid, profile: "Profile") -> ProjectsList | None:
    """The list, also where somebody wrote over headings, 合计 or sums; None where too little is left of them."""
    found = list_in(grid, profile)
    rows = _rows_of_sums(sheet, grid)
    if rows is not None and (found is None or found.header != rows[0] - 1):
        found = ProjectsList(rows[0] - 1, rows[1], {})
    if found is None:
        return None
    columns = _completed(dict(found.columns), [own for _, own in _headings(grid, keys_of(profile))], profile)
    return found._replace(columns=columns) if {"number", "name", "budget"} <= columns.keys() else None


def columns_like(columns: Mapping[str, int], profile: "Profile") -> Sequence[Column]:
    """The columns that were written where these stand; empty where people have moved them."""
    months = {int(key.partition(":")[2]) for key in columns if key.startswith(("percent:", "planned:"))}
    plans = dict.fromkeys((tuple(sorted({*profile.checkpoints, *months})), tuple(sorted(months))))
    for plan, more in product(plans, ({}, {OTHER_BRANCH: OTHER_BRANCH})):
        made = summary_columns(plan, branch_labels(profile) | more)
        at = {column.key: number for number, column in enumerate(made)}
        if all(at.get(key) == number for key, number in columns.items()):
            return made
    return ()


def _headings(grid: Grid, keys: Mapping[str, str]) -> Iterator[tuple[int, dict[str, int]]]:
    """The rows of headings, and the columns that they name."""
    for row, cells in enumerate(grid.rows):
        columns = {keys[label]: at for at, cell in enumerate(cells) if (label := folded(text_of(cell))) in keys}
        if len(columns) >= _FEWEST:
            yield row, columns


def _completed(columns: dict[str, int], headings: Sequence[dict[str, int]], profile: "Profile") -> dict[str, int]:
    """The columns with those that only the other headings name, and those that none names any more."""
    taken = set(columns.values())
    for other in headings:
        for key, at in other.items():
            if key not in columns and at not in taken:
                columns[key] = at
                taken.add(at)
    return columns | {column.key: at for at, column in enumerate(columns_like(columns, profile)) if at not in taken}


def _rows_of_sums(sheet: "Sheet", grid: Grid) -> tuple[int, int] | None:
    """The first and the last row that most of the sums add up, below each other; None without sums."""
    width = max(map(len, grid.rows))
    formulas: Any = sheet.range((1, 1), (max(len(grid.rows), 2), max(width, 2))).formula
    found: Counter[tuple[int, int]] = Counter()
    for cells in formulas:
        for at, cell in enumerate(cells):
            match = _SUM.fullmatch(str(cell))
            if match and a1(0, at) == f"{match[1]}1":
                found[int(match[2]) - 1, int(match[3]) - 1] += 1
    (rows, number) = found.most_common(1)[0] if found else ((0, 0), 0)
    return rows if number >= _FEWEST and rows[0] > HEADER_ROW else None

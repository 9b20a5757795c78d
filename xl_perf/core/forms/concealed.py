"""What of a form stands in hidden rows or columns of a sheet that is visible itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Grid, Lines, column_letters
from xl_perf.core.model.project import Project

_LEVELS: Final = ("一级", "二级")
"""Labels of entries that stand beside several rows, in the first of them."""


def with_concealed(projects: Iterable[Project], grid: Grid) -> list[Project]:
    """The projects, each with what people do not see of it."""
    if not (grid.hidden_rows or grid.hidden_columns):
        return list(projects)
    spans = {(top, left): (bottom, right) for top, left, bottom, right in grid.merges}

    def is_hidden(entry: Entry[object]) -> bool:
        # A merged cell is seen as long as a row and a column of it are.
        bottom, right = spans.get((entry.row, entry.column), (entry.row, entry.column))
        return _covers(grid.hidden_rows, entry.row, bottom) or _covers(grid.hidden_columns, entry.column, right)

    made = []
    for project in projects:
        own = [
            (label, entry) for label, entry in project.entries() if _is_filled(entry, grid) and label[:2] not in _LEVELS
        ]
        hidden = tuple(one for one in own if is_hidden(one[1]))
        if hidden:
            lines = tuple(_lines(grid, [entry for _, entry in hidden]))
            project = replace(project, concealed=hidden, is_concealed=len(hidden) == len(own), hidden_lines=lines)
        made.append(project)
    return made


def _lines(grid: Grid, entries: Sequence[Entry[object]]) -> Iterator[str]:
    """The hidden rows and columns in which entries stand, as people call them."""
    for row in sorted({entry.row for entry in entries}):
        if _covers(grid.hidden_rows, row, row):
            yield f"第 {row + 1} 行"
    for column in sorted({entry.column for entry in entries}):
        if _covers(grid.hidden_columns, column, column):
            yield f"{column_letters(column)} 列"


def _is_filled(entry: Entry[object], grid: Grid) -> bool:
    return not entry.is_empty and entry.typed is not None and entry.sheet == grid.sheet


def _covers(lines: Lines, first: int, last: int) -> bool:
    return any(low <= first and last <= high for low, high in lines)

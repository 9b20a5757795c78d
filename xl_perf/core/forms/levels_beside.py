"""Levels that a form says once more beside the indicators that are read, as 实施期 left of 年度 does.

Books print there the levels of the indicators that are read. Where somebody wrote another one, it finds no place.
"""

from collections.abc import Iterable, Iterator

from xl_perf.core.cells.grid import CellLine
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.branches import branch_key, is_branch
from xl_perf.core.model.project import Project

Cell = tuple[int, int]


def other_levels(projects: Iterable[Project], cells: CellLine) -> Iterator[Cell]:
    """The cells with levels that are not those of an indicator in whose row texts of an office's own columns stand.

    A level goes for the blank cells below it.
    """
    for project in projects:
        carried = [entries for _, entries in project.own_columns]
        above: dict[int, Cell] = {}
        for item, one in enumerate(project.indicators):
            row = one.level3.row
            own = {one.level1.column, one.level2.column}
            levels = {branch_key(entry.text) for entry in (one.level1, one.level2)}
            is_carried = any(entries[item].text.strip() for entries in carried)
            for column, typed in enumerate(cells.line[row * cells.width : (row + 1) * cells.width]):
                if column in own:
                    continue
                if isinstance(typed, str) and is_branch(typed):
                    above[column] = row, column
                elif not is_blank(typed):
                    above.pop(column, None)
                if is_carried and column in above and branch_key(_text(above[column], cells)) not in levels:
                    yield above[column]


def _text(cell: Cell, cells: CellLine) -> str:
    return str(cells.line[cell[0] * cells.width + cell[1]])

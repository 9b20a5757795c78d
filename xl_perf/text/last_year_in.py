"""Last year's figures beside the forms of a workbook of ours, read back as `written.form_sheet` puts them there."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from xl_perf.core.cells.entries import amount_entry, target_entry
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import LastYear, Project
from xl_perf.sheets.form_content import LAST_TARGET, LAST_YEAR
from xl_perf.sheets.form_names import HOME_LINK

_NO_TARGET: Final[Entry[Any]] = draft.indicator({}).target


def with_last_year(book: Book, department: Department) -> Department:
    """The department, with what stands beside its forms for comparison."""
    columns = {grid.sheet: (grid, column) for grid in book.grids if (column := _panel_of(grid)) is not None}
    if not columns:
        return department
    projects = tuple(
        _with_last_year(project, *columns[project.sheet]) if project.sheet in columns else project
        for project in department.projects
    )
    return replace(department, projects=projects)


def _panel_of(grid: Grid) -> int | None:
    """The column of what the form says beside itself: it begins with the way back to 首页."""
    return next((list(cells).index(HOME_LINK) for cells in grid.rows if HOME_LINK in cells), None)


def _with_last_year(project: Project, grid: Grid, column: int) -> Project:
    beside = {row: typed for row, cells in enumerate(grid.rows) if isinstance(typed := _at(cells, column), str)}
    top = project.budget.row
    amounts = _amounts(project, beside.get(top + 1, ""), top + 1, column)
    targets = tuple(_target(project, beside, one.target.row, column) for one in project.indicators)
    if not amounts and all(one is _NO_TARGET for one in targets):
        return project
    return replace(project, last_year=LastYear(amounts, targets))


def _at(cells: Any, column: int) -> object:
    return cells[column] if column < len(cells) else None


def _amounts(project: Project, text: str, row: int, column: int) -> tuple[tuple[str, Entry[Any]], ...]:
    """Of lines such as ``预算数 100万元``; a name may hold blanks itself."""
    if not text.startswith(LAST_YEAR):
        return ()
    names = sorted((name for name, _ in project.kind.amount_places), key=len, reverse=True)
    found = []
    for line in text.split("\n")[1:]:
        name = next((one for one in names if line.startswith(f"{one} ")), None)
        if name is not None:
            found.append((name, amount_entry(line[len(name) + 1 :].strip(), project.sheet, row, column)))
    return tuple(found)


def _target(project: Project, beside: Mapping[int, str], row: int, column: int) -> Entry[Any]:
    text = beside.get(row, "")
    if not text.startswith(LAST_TARGET):
        return _NO_TARGET
    return target_entry(text.removeprefix(LAST_TARGET), project.sheet, row, column)

"""Filled forms that differ from the 样表 of their office: every change is named, no total changes quietly.

Each layout is learned from its blank form and lies beside the filled one, as an office would have it.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.guides import blank_form
from tests.test_forms_of_offices import LAYOUTS
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.cells.labels import bare
from xl_perf.core.checking.check import check
from xl_perf.core.figures.missing import missing_from
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.forms.goals_on_form import with_goals_in_places
from xl_perf.core.forms.kinds import Kinds
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting
from xl_perf.saved.guides import kinds_beside
from xl_perf.saved.workbook import read_book
from xl_perf.service.guides import learn_form

_LAYOUTS = ["l01", "l06", "l10", "l22", "l24", "l49", "l55", "l57", "l58", "l66", "l77", "l79"]


class Office:
    """A layout, its filled form, and the kind of its 样表."""

    def __init__(self, name: str, folder: Path) -> None:
        path = next(LAYOUTS.glob(f"{name}-*.xlsx"))
        blank = blank_form(path, folder / "空白表.xlsx")
        guide = learn_form(str(blank), str(folder / "样表.xlsx")).written.path
        self.kinds: Kinds = kinds_beside(Path(guide))
        self.book = read_book(path, path.name)
        (self.project, *_) = read_department(self.book, self.kinds).projects
        self.grid = next(grid for grid in self.book.grids if grid.sheet == self.project.sheet)

    def said(self, grid: Grid) -> tuple[dict[str, str], set[tuple[str, str | None, str]]]:
        """The totals of the book with another sheet in place of the form's, and what is said of it, hints apart."""
        others = [grid if one.sheet == grid.sheet else one for one in self.book.grids]
        department = read_department(Book(self.book.path, others), self.kinds)
        found = {
            (one.code, one.cell, one.message)
            for one in check(department, fitting(department))
            if one.severity is not None and one.severity.name != "HINT"
        }
        lacks = {("合计", one.sheet, one.reason) for one in missing_from(department)}
        amounts = totals_of_department(department).amounts
        return {key: str(amount.normalize()) for key, amount in amounts.items()}, found | lacks


def with_row(grid: Grid, at: int, cells: dict[int, Scalar]) -> Grid:
    """A row more, in which labels merged over the rows around it go on."""
    rows = [list(one) for one in grid.rows]
    rows.insert(at, [cells.get(column) for column in range(max(cells) + 1)])
    merges = []
    for top, left, bottom, right in grid.merges:
        grows = top < at <= bottom or (left == 0 and top < at == bottom + 1 and bottom > top)
        merges.append((top + (top >= at), left, bottom + (top >= at or grows), right))
    return grid._replace(rows=rows, merges=tuple(merges))


def with_cells(grid: Grid, cells: dict[tuple[int, int], Scalar]) -> Grid:
    rows = [list(one) for one in grid.rows]
    for (row, column), typed in cells.items():
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = typed
    return grid._replace(rows=rows)


def changes(office: Office) -> dict[str, Grid]:
    """What people do to a form: each way with the sheet that comes of it."""
    grid, project = office.grid, office.project
    places = [project.values[at] for _, at in project.kind.amount_places]
    last = max((one.row, one.column) for one in places if one.cell)
    edge = max(len(cells) for cells in grid.rows)
    header = project.table[0] if project.table else 0
    made = {
        "一行金额": with_row(grid, last[0] + 1, {max(last[1] - 1, 0): "企业捐助", last[1]: 7.0}),
        "万元的金额": with_cells(grid, {(project.budget.row, edge): "30万元"}),
        "表下面的数": with_row(grid, len(grid.rows), {project.area[1] + 2: 73.5}),
        "一栏": with_cells(
            grid,
            {(header, edge): "上年完成", **{(one.target.row, edge): "76个" for one in project.indicators}},
        ),
    }
    for key, text in labels_of(project):
        for row, cells in enumerate(grid.rows):
            for column, typed in enumerate(cells):
                if isinstance(typed, str) and bare(typed).text == text and row < header:
                    made.setdefault(f"标签 {key}", with_cells(grid, {(row, column): "甲乙丙丁"}))
    return made


def labels_of(project: Project) -> Sequence[tuple[str, str]]:
    """The labels of fields behind which something stands: their keys, and how they are compared."""
    filled = {field.key for field in project.kind.fields if project.value(field.key).text}
    return [(key, bare(text).text) for text, key in project.kind.own_words if key in filled and key != "name"]


@pytest.mark.parametrize("name", _LAYOUTS)
def test_what_differs_from_the_guide_is_named(name: str, tmp_path: Path) -> None:
    """A row of money more, an amount in another unit, a column more, a label called otherwise."""
    office = Office(name, tmp_path)
    assert office.project.kind.learned is not None, "an office's own form goes before a shipped one that fits as well"
    amounts, said = office.said(office.grid)
    assert not [one for one in said if one[0] == "S116"]
    for what, grid in changes(office).items():
        now, more = office.said(grid)
        assert more - said, f"{what}: {amounts} {now}"


def test_a_goal_without_a_place_is_printed_behind_the_last_one_of_its_time(tmp_path: Path) -> None:
    """Somebody put in a row for one more: the text of all projects was refused."""
    project = Office("l01", tmp_path).project
    number, last = len(project.goals), project.goals[-1]
    more = replace(
        project,
        goals=(*project.goals, last._replace(value="另一个目标", typed="另一个目标")),
        goal_periods=(*project.goal_periods, project.goal_periods[-1]),
    )
    joined = with_goals_in_places(more)
    assert [len(joined.goals), joined.goals[-1].text] == [number, f"{last.text}\n另一个目标"]
    assert joined.goal_periods == project.goal_periods
    assert with_goals_in_places(project) is project

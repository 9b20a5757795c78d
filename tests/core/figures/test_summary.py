"""A line per project: what the check found in its form is counted for its state, and nothing else is."""

from dataclasses import replace

from tests import builders
from xl_perf.core.cells.grid import Book, Grid, Scalar, cell_place
from xl_perf.core.figures.summary import line_of, lines_of
from xl_perf.core.making import draft
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.reading import read_department


def found(sheet: str | None, row: int | None, severity: Severity) -> Finding:
    return Finding("X", "说明", "改法", sheet, row, 0 if row is not None else None, severity=severity)


def test_findings_are_counted_in_the_form_in_which_they_stand() -> None:
    """Two forms below each other on 01, one on 02; what is said of a whole book or sheet counts nowhere."""
    blank: list[list[Scalar]] = [[""] * 7]
    two = [list(row) for row in (*builders.form(), *blank, *builders.form())]
    department = read_department(Book("本", [Grid("01", two), Grid("02", builders.form())]))
    below = len(builders.form()) + 1
    findings = [
        found(None, None, Severity.ERROR),
        found("01", None, Severity.ERROR),
        found("首页", 3, Severity.ERROR),
        found("01", 3, Severity.WARNING),
        found("01", below + 3, Severity.ERROR),
        found("01", below + 4, Severity.ERROR),
        found("02", 3, Severity.HINT),
    ]
    lines = lines_of(department, findings)
    assert [(line.sheet, line.errors, line.warnings, line.hints) for line in lines] == [
        ("01", 0, 1, 0),
        ("01", 2, 0, 0),
        ("02", 0, 0, 1),
    ]
    assert lines == tuple(line_of(department, project, findings) for project in department.projects)


def test_without_findings_nobody_has_looked() -> None:
    department = read_department(Book("本", [Grid("01", builders.form())]))
    assert [line.state for line in lines_of(department)] == ["未校验"]
    assert [line.state for line in lines_of(department, [])] == ["通过"]


def test_every_form_has_its_own_cells() -> None:
    """Forms of one layout share the names; a form further down, or one that lacks a label, does not."""
    shorter = [[cell if cell != "项目编码" else "" for cell in row] for row in builders.form()]
    below: list[list[Scalar]] = [[""] * 7, *builders.form()]
    department = read_department(
        Book("本", [Grid("01", builders.form()), Grid("02", builders.form()), Grid("03", below)])
    )
    first, second, third = lines_of(department)
    assert first.cells is second.cells
    assert {key: cell_place(cell) for key, cell in third.cells if cell} == {
        key: (row + 1, column) for key, (row, column) in ((key, cell_place(cell)) for key, cell in first.cells if cell)
    }
    (lacking,) = lines_of(read_department(Book("本", [Grid("01", shorter)])))
    assert (lacking.cell("code"), lacking.cell("name")) == (None, first.cell("name"))
    assert first.cell("percent:13") is None


def test_nothing_planned_is_no_blank() -> None:
    plan = [None, "0%", "50%", "100%"]
    department = replace(draft.department(projects=[draft.project(budget="10", percents=plan)]), path="本")
    (line,) = lines_of(department)
    assert [amount for _, amount in line.planned] == [None, 0, 5, 10]
    assert [amount for _, amount in line.totals.planned] == [0, 0, 5, 10]


def test_what_stands_beside_a_form_is_of_its_project() -> None:
    """调整后预算数 right of a form, beyond its last column: the form is not right as it stands."""
    rows = [list(row) for row in builders.form()]
    at = next(row for row, cells in enumerate(rows) if "预算数" in cells)
    rows = [[*row, *([None] * 3)] for row in rows]
    rows[at][8:10] = ["调整后预算数", 150]
    department = read_department(Book("本", [Grid("01", rows), Grid("02", builders.form())]))
    (project, other) = department.projects
    ((_, amount),) = project.beside
    assert amount.column > project.area[3]
    finding = Finding("B310", "说明", "改法", "01", amount.row, amount.column, severity=Severity.WARNING)
    assert [line.state for line in lines_of(department, [finding])] == ["1个警告", "通过"]
    assert other.area == project.area

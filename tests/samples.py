"""Departments and findings for the tests of what is written: plain values with cells, and how to look at a result."""

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from tests.builders import form, project_in
from xl_perf.core.figures.summary import ProjectLine, line_of
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.project import Project

# The eight projects of the reference text (万元, % at the four checkpoints).
REFERENCE = (
    ("村干部工资、保险和聘用人员工资", "161.93", (25, 50, 75, 100)),
    ("村干部考核奖和离任村干部补贴", "71.75", (0, 50, 50, 100)),
    ("征地拆迁补偿款", "50", (0, 0, 0, 100)),
    ("自来水二期用地绿化项目", "78.32", (25, 50, 75, 100)),
    ("自来水二期用地土建项目", "78.83", (25, 50, 75, 100)),
    ("站前广场物业管理费", "100", (25, 50, 75, 100)),
    ("敬老院人员经费", "94.93", (25, 50, 75, 100)),
    ("电代煤工程款及前期费", "500", (25, 50, 75, 100)),
)
PLANNED = {3: Decimal("253.5025"), 6: Decimal("542.88"), 10: Decimal("796.3825"), 12: Decimal("1135.76")}
BUDGET = Decimal("1135.76")


def project(
    sheet: str = "01",
    name: str | None = "项目",
    budget: str | None = "100",
    percents: Sequence[object] = (25, 50, 75, 100),
    months: Sequence[int] = (3, 6, 10, 12),
    code: str | None = None,
    other: str | None = None,
    level1: Sequence[str] = ("产出指标", "产出指标", "效果指标", "满意度指标"),
) -> Project:
    """A form as it is read from its sheet, with these first levels."""
    shares = [None if one is None else f"{one}%" for one in percents]
    amounts = {"budget": budget, "fiscal": budget, "other": other}
    rows = form(name=name, heading=name or "", code=code, percents=shares, months=months, **amounts)
    indicators = tuple(draft.indicator({"level1": one, "level3": "名称", "target": "=1"}) for one in level1)
    return replace(project_in(rows, sheet=sheet), indicators=indicators)


def reference_projects() -> list[Project]:
    return [
        project(f"{number:02}", name, budget, percents) for number, (name, budget, percents) in enumerate(REFERENCE, 1)
    ]


def department(
    name: str | None = "某某街道办事处",
    projects: Sequence[Project] | None = None,
    path: str = "in/街道.xlsx",
    year: int | None = 2023,
) -> Department:
    forms = reference_projects() if projects is None else projects
    return replace(draft.department(name=name, year=year, projects=forms), path=path)


def lines_of(book: Department, findings: Sequence[Finding] = ()) -> list[ProjectLine]:
    return [line_of(book, form, findings) for form in book.projects]


def finding(severity: Severity = Severity.ERROR, sheet: str | None = "01", row: int | None = 2, **more: Any) -> Finding:
    """A finding in column C."""
    column = None if row is None else 2
    plain = Finding(
        "B303", "预算数不等于财政资金与其他资金之和", "请核对三个金额", sheet, row, column, "预算数", severity=severity
    )
    return plain._replace(**more)


def shown_sheets(path: Path) -> list[str]:
    """The names of the sheets that people see."""
    return [sheet.title for sheet in openpyxl.load_workbook(path) if sheet.sheet_state == "visible"]


def values(path: Path, sheet: str) -> list[list[Any]]:
    """The stored values of a sheet, row by row."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


def column_of(rows: list[list[Any]], heading: str) -> tuple[int, int]:
    """Row and column (from 0) of a heading, line breaks aside."""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and value.replace("\n", "") == heading:
                return at, column
    raise AssertionError(heading)


def below(path: Path, sheet: str, heading: str) -> list[Any]:
    """What stands below a heading of the list at the end of a sheet, blanks left out."""
    rows = values(path, sheet)
    at = max(number for number, row in enumerate(rows) if heading in row)
    column = rows[at].index(heading)
    return [row[column] for row in rows[at + 1 :] if row[column] is not None]


def shown(value: Any) -> Decimal:
    """A stored double as people see it: 15 digits."""
    assert isinstance(value, int | float), value
    return Decimal(format(float(value), ".15g"))


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode("utf-8")

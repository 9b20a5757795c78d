"""Number formats of conditional formatting: nobody but the spreadsheet program knows whether they are shown."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from tests.builders import form
from xl_perf.core.cells.entry import Status
from xl_perf.core.figures.missing import missing_from
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.saved.workbook import read_book


def project_with(code: str, area: str, path: Path, first: str = "") -> Project:
    """The project of a workbook whose amounts have this format while they are larger than 0."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in form():
        sheet.append([None if typed == "" else typed for typed in cells])
    if first:
        sheet["A1"] = first
    style = DifferentialStyle(numFmt=NumberFormat(164, code))
    rule = Rule(type="cellIs", operator="greaterThan", formula=["0"], dxf=style)
    sheet.conditional_formatting.add(area, rule)
    book.save(path / "a.xlsx")
    (project,) = read_department(read_book(path / "a.xlsx")).projects
    return project


@pytest.mark.parametrize("area", ["C3", "A1:G3 H9", "H9 $C$3:$C$4", "A1:XFD1048576"])
@pytest.mark.parametrize("code", ['0"元"', "0,", '0"美元"', '"1"0'])
def test_another_unit_is_a_doubt(code: str, area: str, tmp_path: Path) -> None:
    project = project_with(code, area, tmp_path)
    assert project.budget.status is Status.CONTRADICTED
    assert "条件格式" in project.conflicts[0][2]


@pytest.mark.parametrize(("code", "area"), [('0"万元"', "C3"), ("0.00", "C3"), ("0%", "C3"), ('0"元"', "B9:C12")])
def test_what_says_the_same_or_is_no_amount(code: str, area: str, tmp_path: Path) -> None:
    project = project_with(code, area, tmp_path)
    assert project.budget.status is Status.FILLED
    assert project.conflicts == ()


def test_the_unit_that_the_title_states(tmp_path: Path) -> None:
    project = project_with('0"元"', "C3:E3", tmp_path, "项目绩效目标表（单位：元）")
    assert project.budget.status is Status.FILLED


@pytest.mark.parametrize(("code", "cause"), [('0"元"', "条件格式显示的是另一种单位"), ("0%", "")])
def test_the_totals_say_why_they_lack_it(code: str, cause: str, tmp_path: Path) -> None:
    project_with(code, "C3", tmp_path)
    missing = missing_from(read_department(read_book(tmp_path / "a.xlsx")))
    assert [cause in one.reason and "矛盾" not in one.reason for one in missing] == [True] * bool(cause)

"""Comments and input prompts that state a unit: they are named where they say another one than the form."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from tests.builders import Rows, form
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Book
from xl_perf.core.checking.check import check
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.profiles import load
from xl_perf.saved.workbook import read_book


def saved(path: Path, first: str, *, comments: dict[str, str], prompts: dict[str, str], header: str = "") -> Path:
    """A workbook with one form whose title is `first`, with comments and input prompts by their cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in form():
        sheet.append([None if typed == "" else typed for typed in cells])
    sheet["A1"] = first or sheet["A1"].value
    for cell, said in comments.items():
        sheet[cell].comment = Comment(said, "某人")
    for area, said in prompts.items():
        rule = DataValidation(prompt=said, showInputMessage=True)
        rule.add(area)
        sheet.add_data_validation(rule)
    if header:
        page = sheet.oddHeader
        assert page is not None
        page.center.text = header
    book.save(path)
    return path


def project_of(path: Path) -> Project:
    (project,) = read_department(read_book(path)).projects
    return project


@pytest.mark.parametrize("said", ["单位：元", "某人:\n单位：元", "本格请按元填写", "单位：美元", "单位：K元"])
@pytest.mark.parametrize("title", ["", "项目绩效目标表（单位：万元）"])
@pytest.mark.parametrize("where", ["comments", "prompts"])
@pytest.mark.parametrize("cell", ["C3", "B3"])
def test_on_the_amount_or_its_label(cell: str, where: str, title: str, said: str, tmp_path: Path) -> None:
    on_cell, none = {cell: said}, dict[str, str]()
    comments, prompts = (on_cell, none) if where == "comments" else (none, on_cell)
    project = project_of(saved(tmp_path / "a.xlsx", title, comments=comments, prompts=prompts))
    understood = not title and "美" not in said and "K" not in said
    assert (project.budget.status is Status.FILLED) == understood
    if understood:
        assert project.unit is not None
        assert project.unit.unit == "元"
    else:
        assert f"{cell} 的{'批注' if where == 'comments' else '输入提示'}" in project.conflicts[0][2]


@pytest.mark.parametrize("said", ["单位：元", "单位：美元", "单位：K元"])
@pytest.mark.parametrize("cell", ["A1", "A3"])
def test_on_another_text_of_the_form(cell: str, said: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", "项目绩效目标表（单位：万元）", comments={cell: said}, prompts={})
    found = check(read_department(read_book(path)), load())
    (of_unit,) = [one for one in found if one.code == "B307"]
    assert f"{cell} 的批注" in of_unit.message


def test_on_another_form_of_the_sheet(tmp_path: Path) -> None:
    """It is about that form alone."""
    path = saved(tmp_path / "a.xlsx", "项目绩效目标表（单位：万元）", comments={"A3": "单位：元"}, prompts={})
    (grid,) = read_book(path).grids
    second: Rows = [["项目绩效目标表（单位：万元）"], *form(name="路灯维修", code="13020123450002")[1:]]
    both = grid._replace(rows=[*grid.rows, [None], *second])
    one, other = read_department(Book("本", (both,))).projects
    assert one.unit is not None
    assert "批注" in one.unit.against
    assert other.unit is None


@pytest.mark.parametrize("said", ["单位：万元", "请填准确", "161.93 万元由县级承担", "【错误 B308】预算数的单位：元"])
def test_what_says_the_same_or_nothing(said: str, tmp_path: Path) -> None:
    title = "项目绩效目标表（单位：万元）"
    project = project_of(saved(tmp_path / "a.xlsx", title, comments={"C3": said}, prompts={"A1:G3": said}))
    assert project.budget.status is Status.FILLED
    assert project.unit is None


def test_prompts_that_stand_in_an_extension(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", "项目绩效目标表（单位：万元）", comments={}, prompts={})
    more = (
        '<extLst><ext xmlns:x14="urn:x14" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1">'
        '<x14:dataValidation showInputMessage="1" prompt="单位：元"><xm:sqref xmlns:xm="urn:xm">C3 H9</xm:sqref>'
        "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", more.encode())
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    assert "C3 的输入提示" in project_of(path).conflicts[0][2]


@pytest.mark.parametrize("said", ["单位：元", "单位：美元", "单位：USD", "单位：元/万元"])
def test_page_header_beside_a_stated_unit(said: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", "项目绩效目标表（单位：万元）", comments={}, prompts={}, header=said)
    project = project_of(path)
    assert project.budget.status is Status.FILLED
    assert project.unit is not None
    assert "页眉" in project.unit.against


@pytest.mark.parametrize("said", ["单位：美元", "单位：USD", "单位：K元", "单位：元/万元"])
def test_page_header_that_is_not_understood(said: str, tmp_path: Path) -> None:
    project = project_of(saved(tmp_path / "a.xlsx", "", comments={}, prompts={}, header=said))
    assert project.budget.status is Status.CONTRADICTED
    assert "页眉" in project.conflicts[0][2]


@pytest.mark.parametrize("name", ["单位：美元", "美元", "USD", "K元", "单位：K元", "（K元）"])
def test_sheet_name_that_is_not_understood(name: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", "", comments={}, prompts={})
    book = read_book(path)
    (grid,) = book.grids
    for title, status in (("项目绩效目标表", Status.CONTRADICTED), ("项目绩效目标表（单位：万元）", Status.FILLED)):
        rows = [[title], *grid.rows[1:]]
        (project,) = read_department(replace(book, grids=(grid._replace(sheet=name, rows=rows),))).projects
        assert project.budget.status is status
        if status is Status.CONTRADICTED:
            assert "工作表名" in project.conflicts[0][2]
        else:
            assert project.unit is not None
            assert "工作表名" in project.unit.against

"""Marks of a 样表 that somebody leaves in a filled copy: they are blanks, and people are told."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests import own_lists
from tests.command_line import Runner, run
from tests.own_sources import filled, guide
from xl_perf.core.checking.check import check
from xl_perf.core.forms.marks import choices, known_mark, without_known_marks
from xl_perf.core.model.department import Department
from xl_perf.profiles import fitting
from xl_perf.service.checking import read

__all__ = ["run"]


def said_of(department: Department) -> list[tuple[str, str]]:
    found = check(department, fitting(department))
    return [(f"{one.sheet}!{one.cell}", one.message) for one in found if one.code == "F209"]


def marks_of(folder: Path) -> dict[str, str]:
    """Every mark of the 样表 in a folder, by its cell."""
    sheet = load_workbook(guide(folder)).worksheets[0]
    return {
        one.coordinate: one.value for row in sheet for one in row if isinstance(one.value, str) and "{" in one.value
    }


def test_every_mark_that_is_left_is_a_blank(tmp_path: Path) -> None:
    marks = marks_of(tmp_path)
    assert len(marks) > 9
    for cell, mark in marks.items():
        with_mark = filled(tmp_path, {cell: mark})
        assert said_of(with_mark) == [(f"目标表!{cell}", f"样表的标记“{mark}”没有填，当作空格")]
        assert known_mark(repr(with_mark.projects)) == ""
        with_blank = filled(tmp_path, {cell: None})
        assert [entry for _, entry in with_mark.projects[0].entries()] == [
            entry for _, entry in with_blank.projects[0].entries()
        ]


def test_marks_in_the_cell_of_their_label(tmp_path: Path) -> None:
    """What stands before a mark stays; braces that are no mark stay as well."""
    (project,) = filled(tmp_path, {"A2": "项目名称：{项目名称}", "B2": None}).projects
    assert project.name.value is None
    assert without_known_marks("项目名称：{项目名称}") == "项目名称："
    assert without_known_marks("概况：{文字}万元，见{甲方}") == "概况：万元，见{甲方}"
    assert known_mark("见{甲方}") == ""
    assert all(known_mark(f"{{{name}}}") for name in choices())
    assert known_mark("{？}")
    assert known_mark("｛其中项？｝")


@pytest.mark.parametrize("cell", ["D6", "B9", "B2"])
def test_no_mark_is_written(cell: str, tmp_path: Path, run: Runner) -> None:
    """Neither into a new workbook nor onto a page, nor among the projects of the JSON."""
    mark = marks_of(tmp_path)[cell]
    filled(tmp_path, {cell: mark})
    source = tmp_path / "局.xlsx"
    _, said, _ = run("new", tmp_path / "新.xlsx", "--from", source)
    assert f"{cell} 还留着样表的标记“{mark}”，当作空格" in said
    sheets = load_workbook(tmp_path / "新.xlsx")
    assert not [one for sheet in sheets for row in sheet for one in row if one.value == mark]
    run("publish", source, "-o", tmp_path / "文.docx")
    assert known_mark(ZipFile(tmp_path / "文.docx").read("word/document.xml").decode()) == ""
    (book,) = json.loads(run("check", source, "--json")[1])["books"]
    assert known_mark(json.dumps(book["projects"], ensure_ascii=False)) == ""


def test_what_tells_of_marks_is_none(tmp_path: Path, run: Runner) -> None:
    """校验结果 of the workbook that is packed names them."""
    filled(tmp_path, {"B9": "{目标1}"})
    _put_unit(tmp_path / "局.xlsx")
    run("pack", tmp_path / "局.xlsx", "-o", tmp_path / "包", "--force", "--reason", "试")
    (packed,) = (tmp_path / "包").glob("*.xlsx")
    told = [row for row in load_workbook(packed)["校验结果"].iter_rows(values_only=True) if "{目标1}" in row]
    assert told
    assert said_of(read(packed)) == []


def _put_unit(path: Path) -> None:
    book = load_workbook(path)
    book.worksheets[0]["D2"].value = "路局"
    book.save(path)


def test_a_sheet_on_which_all_marks_are_left_is_blank(tmp_path: Path) -> None:
    """It is nobody's project, and nothing is to be filled in on it."""
    filled(tmp_path, {})
    book = load_workbook(tmp_path / "局.xlsx")
    marked = book.copy_worksheet(book.worksheets[0])
    for cell, mark in marks_of(tmp_path).items():
        marked[cell].value = mark
    for cell in ("C12", "D12"):
        marked[cell].value = None
    book.save(tmp_path / "局.xlsx")
    department = read(tmp_path / "局.xlsx")
    assert len(department.projects) == 1
    assert said_of(department) == []


@pytest.mark.parametrize(("column", "mark"), [(6, "{目标1}"), (4, "{财政资金}"), (7, "{一级指标}"), (10, "{指标值}")])
def test_marks_in_a_list(column: int, mark: str, tmp_path: Path) -> None:
    first = list(own_lists.FIRST)
    first[column] = mark
    department = own_lists.filled(tmp_path, [first, own_lists.SECOND])
    assert len(department.projects) == 2
    assert [message for _, message in said_of(department)] == [f"样表的标记“{mark}”没有填，当作空格"]
    assert known_mark(repr(department.projects)) == ""

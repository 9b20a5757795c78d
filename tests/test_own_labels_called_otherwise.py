"""A label that shipped kinds call so stands before an office's own of the same field, and sources without a label."""

from pathlib import Path

from openpyxl import load_workbook

from tests import own_sources
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.profiles import fitting
from xl_perf.service.checking import read


def test_the_label_that_the_form_prints_counts(tmp_path: Path) -> None:
    """申报单位： above 实施单位, without a value behind it."""
    own_sources.guide(tmp_path)
    path = own_sources.write(tmp_path / "局.xlsx", {"D2": "文化馆", own_sources.BUDGET: 130})
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.insert_rows(2)
    sheet["A2"].value = "申报单位："
    book.save(path)
    (project,) = read(path).projects
    assert project.value("unit_name").text == "文化馆"


def test_the_total_says_what_a_source_without_its_label_takes_from_it(tmp_path: Path) -> None:
    own_sources.guide(tmp_path)
    path = own_sources.write(tmp_path / "局.xlsx", {own_sources.BUDGET: 130})
    book = load_workbook(path)
    book.worksheets[0]["C7"].value = None
    book.worksheets[0]["D7"].value = None
    book.save(path)
    department = read(path)
    assert any(one.code == "S102" for one in check(department, fitting(department)))
    assert [one.reason for one in totals_of_department(department).incomplete] == ["没有标签“国有资本经营预算拨款”"]

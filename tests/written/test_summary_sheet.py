"""部门汇总: exact totals with live formulas, in the consolidated workbook and over live forms."""

import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.office import Office, poppler
from tests.samples import BUDGET, PLANNED, column_of, department, lines_of, part, project, shown, values
from xl_perf.core.cells.entry import Status
from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.figures.totals import add_up
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.profiles import load
from xl_perf.saved.workbook import read_book
from xl_perf.sheets.cells import Formula
from xl_perf.sheets.lists import CHARTS_ROW, LIST_HEADER_ROW, LIST_ROW
from xl_perf.written.styles import Styles
from xl_perf.written.summary_sheet import Head, write_summary_sheet

SHEET = "部门汇总"
ANCHOR = re.compile(r"<xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>", re.DOTALL)


def write(path: Path, lines: Sequence[ProjectLine], forms: Sequence[Project] = (), **more: Any) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        for form in forms:
            write_form(workbook, form)
        write_summary_sheet(workbook, sheet, Styles(workbook), lines, load(), Head("某某街道办事处", 2023), **more)
    return path


def write_form(workbook: xlsxwriter.Workbook, form: Project) -> None:
    """The cells of a form to which a live summary refers."""
    sheet = workbook.add_worksheet(form.sheet)
    for text in (form.name, form.code):
        sheet.write_string(text.row, text.column, text.value or "")
    for _, amount in form.amounts:
        if amount.value is not None:
            sheet.write_number(amount.row, amount.column, float(amount.value))
    for point in form.plan:
        if point.percent.value is not None:
            sheet.write_number(point.percent.row, point.percent.column, float(point.percent.value) / 100)


def total_row(path: Path) -> tuple[list[list[Any]], list[Any]]:
    """All rows, and 合计, which stands on top and below the list alike."""
    rows = values(path, SHEET)
    top, bottom = (row for row in rows if row[0] == "合计")
    assert top == bottom
    return rows, bottom


def check_totals(path: Path) -> None:
    rows, total = total_row(path)
    for heading, amount in (("预算数", BUDGET), ("财政资金", BUDGET), ("其他资金", Decimal(0))):
        assert shown(total[column_of(rows, heading)[1]]) == amount
    for month, amount in PLANNED.items():
        assert shown(total[column_of(rows, f"{month}月底（万元）")[1]]) == amount


def test_stored_totals_are_exact(tmp_path: Path) -> None:
    check_totals(write(tmp_path / "a.xlsx", lines_of(department())))


@pytest.mark.parametrize("live", [False, True])
def test_libreoffice_calculates_the_same(tmp_path: Path, soffice: Office, live: bool) -> None:
    book = department()
    path = write(tmp_path / "a.xlsx", lines_of(book), book.projects, live=live)
    converted = soffice.convert(path, "xlsx", tmp_path / "lo")
    check_totals(converted)
    written, calculated = values(path, SHEET), values(converted, SHEET)
    for row, again in zip(written, calculated, strict=False):
        for value, now in zip(row, again, strict=False):
            assert now == (pytest.approx(value, rel=1e-14) if isinstance(value, int | float) else value or None)


def test_the_sheet_reads_back(tmp_path: Path) -> None:
    book = department()
    again = read_department(read_book(write(tmp_path / "a.xlsx", lines_of(book)), "a.xlsx"))
    assert [one.name.value for one in again.listed] == [one.name.value for one in book.projects]
    assert [one.amounts["budget"].value for one in again.listed] == [one.budget.value for one in book.projects]
    assert all(one.amounts["other"].status is Status.BLANK for one in again.listed)
    totals = add_up(line.totals for line in lines_of(book))
    assert {one.what: one.amount.value for one in again.stored_totals} == totals.figures
    assert again.year == 2023


def test_live_cells_refer_to_the_forms(tmp_path: Path, soffice: Office) -> None:
    forms = [project("O'Neil 表", "=1+1", "12.5", (10, None, 33.5, 100)), project("02", None, None, (None,) * 4)]
    states = [Formula('="填"&"完"', "填完"), Formula('=""', "")]
    path = write(tmp_path / "a.xlsx", lines_of(department(projects=forms)), forms, live=True, states=states)
    sheet = openpyxl.load_workbook(path)[SHEET]
    assert sheet["D17"].value == "=IF(ISREF('O''Neil 表'!$A:$B),IF('O''Neil 表'!C3=\"\",\"\",'O''Neil 表'!C3),\"\")"
    for checked in (path, soffice.convert(path, "xlsx", tmp_path / "lo")):
        rows = values(checked, SHEET)
        _, planned = column_of(rows, "3月底（万元）")
        assert rows[LIST_ROW][2:4] == ["=1+1", 12.5]
        assert [shown(one) for one in (rows[LIST_ROW][planned], rows[LIST_ROW][planned + 3])] == [
            Decimal("1.25"),
            Decimal("12.5"),
        ]
        assert not rows[LIST_ROW][planned + 1]
        assert not any(rows[LIST_ROW + 1][1:14])
        assert rows[LIST_ROW][-1] == "填完"


def test_an_empty_result_is_stored_as_one(tmp_path: Path) -> None:
    """Without t="str" a reader takes the cell for a formula that nobody has calculated."""
    form = project("01", None, None, (None,) * 4)
    book = read_book(write(tmp_path / "a.xlsx", lines_of(department(projects=[form])), [form], live=True), "a.xlsx")
    listed = next(grid for grid in book.grids if grid.sheet == SHEET).rows[LIST_ROW]
    assert all(value in {"", None} for value in listed[1:14])


def test_without_a_check_the_state_says_so(tmp_path: Path) -> None:
    forms = [project("01"), project("02", None, None, (None,) * 4)]
    rows = values(
        write(tmp_path / "a.xlsx", lines_of(department(projects=forms)), forms, live=True, checked=False), SHEET
    )
    assert [rows[LIST_ROW][-1], rows[LIST_ROW + 1][-1]] == ["未校验", "未填报"]


def test_indicators_are_counted_by_first_level(tmp_path: Path) -> None:
    form = project(level1=("产出指标", "效果指标", "效果指标", "自定指标", ""))
    path = write(tmp_path / "a.xlsx", lines_of(department(projects=[form])))
    rows = values(path, SHEET)
    row, first = column_of(rows, "产出")
    assert rows[row][first : first + 5] == ["产出", "效果", "满意度", "其他", "指标数"]
    assert rows[LIST_ROW][first : first + 5] == rows[LIST_ROW + 1][first : first + 5] == [1, 2, 0, 2, 5]


def test_months_of_the_forms(tmp_path: Path) -> None:
    """Not those that only the profile has: nobody planned for 10月, so that no 0 stands there."""
    form = project(percents=(20, 40, 90, 100), months=(3, 6, 9, 12), budget="200")
    rows = values(write(tmp_path / "a.xlsx", lines_of(department(projects=[form]))), SHEET)
    _, nine = column_of(rows, "9月底（万元）")
    assert not any("10月底" in str(cell) for row in rows for cell in row)
    assert [rows[LIST_ROW + at][nine] for at in range(3)] == [180, 180, None]  # the profile's pace names no September


def test_texts_stay_texts(tmp_path: Path) -> None:
    names = ["=SUM(1,2)", "*", "'引号", "长" * 300, "<r><t>红</t></r>", "a\x01b\ufffe_x0041_", "@x", "{=1}", "1e5"]
    forms = [project(f"{at}", name, code="=2+3") for at, name in enumerate(names)]
    path = write(tmp_path / "a.xlsx", lines_of(department(projects=forms)))
    sheet = openpyxl.load_workbook(path)[SHEET]
    read = [sheet.cell(LIST_ROW + 1 + at, 3) for at in range(len(names))]
    assert {cell.data_type for cell in read} == {"s"}
    assert [str(cell.value).strip() for cell in read] == [
        name.replace("\x01", "").replace("\ufffe", "") for name in names
    ]
    assert sheet.row_dimensions[LIST_ROW + 4].height > 300  # the long name is not cut off


def test_a_list_without_projects(tmp_path: Path, soffice: Office) -> None:
    path = write(tmp_path / "a.xlsx", [])
    for one in (path, soffice.convert(path, "xlsx", tmp_path / "lo")):
        rows, total = total_row(one)
        assert total[column_of(rows, "预算数")[1]] == 0


def test_the_reference_pace_follows_the_profile(tmp_path: Path) -> None:
    rows = values(write(tmp_path / "a.xlsx", lines_of(department())), SHEET)
    _, first = column_of(rows, "3月底（万元）")
    reference = next(row for row in rows if row[0] == "参考进度")
    assert [shown(one) for one in reference[first : first + 4]] == [BUDGET * share / 4 for share in (1, 2, 3, 4)]


def test_two_charts_over_cells_with_titles_in_chinese(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", lines_of(department()))
    with zipfile.ZipFile(path) as package:
        assert [name for name in package.namelist() if name.startswith("xl/charts/chart")].__len__() == 2
    spending, budgets = part(path, "xl/charts/chart1.xml"), part(path, "xl/charts/chart2.xml")
    for text in ("累计计划支出与参考进度（万元）", "'部门汇总'!$K$25:$N$25", "'部门汇总'!$K$26:$N$26"):
        assert text in spending
    for text in ("各项目预算数（万元）", "'部门汇总'!$F$5:$F$12", "'部门汇总'!$G$5:$G$12"):
        assert text in budgets


def test_it_prints_on_one_landscape_page(tmp_path: Path, soffice: Office) -> None:
    path = write(tmp_path / "a.xlsx", lines_of(department()))
    assert soffice.pages(soffice.convert(path, "pdf", tmp_path)) == 1
    sheet = openpyxl.load_workbook(path)[SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "D5"
    assert "第 &amp;P 页，共 &amp;N 页" in part(path, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("number", [1, 8, 60])
def test_total_and_charts_stay_on_the_first_screen(tmp_path: Path, live: bool, number: int) -> None:
    """However many projects there are: above the list, which can be filtered without its total."""
    forms = [project(str(at)) for at in range(number)]
    path = write(tmp_path / "a.xlsx", lines_of(department(projects=forms)), forms, live=live)
    sheet = openpyxl.load_workbook(path)[SHEET]
    anchors = [(int(row), int(column)) for column, row in ANCHOR.findall(part(path, "xl/drawings/drawing1.xml"))]
    assert len(anchors) == 4
    assert all(3 < row < LIST_HEADER_ROW for row, _ in anchors)
    under = [sheet.row_dimensions[row + 1] for row in range(CHARTS_ROW, LIST_HEADER_ROW)]
    assert all(row.customHeight for row in under), "or LibreOffice fits them, and the charts hang over the list"
    heights = [sheet.row_dimensions[row].height or 15 for row in range(1, LIST_ROW + 3)]
    assert sum(heights) * (sheet.sheet_view.zoomScale or 100) / 100 < 360, "points of cells in a window of 768 pixels"
    assert not sheet.row_breaks.brk
    assert sheet.auto_filter.ref == (None if live else f"A{LIST_ROW}:S{LIST_ROW + number}")


@pytest.mark.parametrize("live", [True, False])
def test_it_prints_without_colours(tmp_path: Path, live: bool) -> None:
    """Those of states are for whoever fills in, not for whom it is handed to."""
    forms = [project("01")]
    path = write(tmp_path / "a.xlsx", lines_of(department(projects=forms)), forms, live=live)
    assert openpyxl.load_workbook(path)[SHEET].page_setup.blackAndWhite is True


def test_a_planned_amount_shows_whole(tmp_path: Path, soffice: Office) -> None:
    """As many decimals as the published text has, where a share is finer than 1 分."""
    forms = [project("01", "甲", "100.123457", (33.33, 50, 75, 100)), project("02", "乙", "50")]
    path = write(tmp_path / "a.xlsx", lines_of(department(projects=forms)), checked=False)
    text = poppler("pdftotext", "-layout", str(soffice.convert(path, "pdf", tmp_path)), "-")
    totals = add_up(line.totals for line in lines_of(department(projects=forms)))
    assert str(totals.planned_at(3)) == "45.8711482181"
    assert text.count("45.8711482181") == 2
    assert "33.3711482181" in text
    assert " 12.50 " in text

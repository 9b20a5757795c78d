"""The consolidated workbook of one department: links to the cells, findings in order, texts as they are."""

import html
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from tests.office import Office
from tests.samples import (
    BUDGET,
    column_of,
    department,
    finding,
    lines_of,
    part,
    project,
    reference_projects,
    shown,
    shown_sheets,
    values,
)
from xl_perf.core.figures.missing import Incomplete
from xl_perf.core.figures.totals import add_up
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.reading import read_department
from xl_perf.files.inputs import own_kind
from xl_perf.profiles import load
from xl_perf.saved.workbook import read_book
from xl_perf.sheets.findings_columns import COLUMNS
from xl_perf.written import findings_sheet
from xl_perf.written.summary import write_summary

MIXED = (
    finding(Severity.HINT, "02", 5, code="P405", message="支出慢于参考进度", found="0%"),
    finding(Severity.WARNING, "01", 1, code="F202", field="项目编码", found="————"),
    finding(Severity.ERROR, "02", 2, found="=78人", expected="71.75", difference="-0.5"),
    finding(Severity.ERROR, None, None, code="S101", field=None),
    finding(Severity.ERROR, "03", None, code="S102"),
)


def write(tmp_path: Path, book: Department, findings: Sequence[Finding] = (), path: str | None = None) -> Path:
    target = tmp_path / "汇总.xlsx"
    source = path or str(tmp_path / "in" / "街道.xlsx")
    write_summary(target, source, book.name, book.year, lines_of(book, findings), findings, load())
    return target


def findings_of(path: Path) -> Worksheet:
    sheet = openpyxl.load_workbook(path)["校验结果"]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_it_says_what_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, department())
    assert own_kind(path) == "summary"
    assert shown_sheets(path) == ["部门汇总", "校验结果"]


def test_findings_stand_in_the_order_of_their_severity(tmp_path: Path) -> None:
    sheet = findings_of(write(tmp_path, department(), MIXED))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[:4] for row in rows] == [
        ["错误", "B303", "02", "C3"],
        ["错误", "S101", "整本", None],
        ["错误", "S102", "03", "表"],
        ["警告", "F202", "01", "C2"],
        ["提示", "P405", "02", "C6"],
    ]
    assert rows[0][4:9] == ["村干部考核奖和离任村干部补贴", "预算数", "=78人", "71.75", -0.5]
    assert str(sheet["A2"].value).startswith("填报单位：某某街道办事处    文件：街道.xlsx    错误 3，警告 1，提示 1")


def test_hints_are_filtered_out_at_first(tmp_path: Path) -> None:
    sheet = findings_of(write(tmp_path, department(), MIXED))
    assert sheet.auto_filter.ref == "A3:N8"
    assert [row for row in range(1, 9) if sheet.row_dimensions[row].hidden] == [8]
    column = sheet.auto_filter.filterColumn[0]
    assert (column.colId, set(column.filters.filter)) == (0, {"错误", "警告"})
    assert "筛选" in sheet["A2"].value


def test_without_hints_nothing_is_filtered(tmp_path: Path) -> None:
    sheet = findings_of(write(tmp_path, department(), MIXED[1:2]))
    assert not sheet.auto_filter.filterColumn
    assert "筛选" not in sheet["A2"].value


def test_without_findings_the_sheet_says_so(tmp_path: Path, soffice: Office) -> None:
    path = write(tmp_path, department())
    assert "没有发现问题" in findings_of(path)["A2"].value
    soffice.convert(path, "pdf", tmp_path)


@pytest.mark.parametrize("name", ["街道.xlsx", "100% #1 [终稿].xlsx", "a b'c.xlsx", "%41.xlsx"])
def test_links_lead_to_the_cells_of_the_source(tmp_path: Path, soffice: Office, name: str) -> None:
    source = tmp_path / "in" / name
    path = write(tmp_path, department(projects=[project("O'Neil")]), [finding(sheet="O'Neil")], str(source))
    book = openpyxl.load_workbook(path)
    for cell, place in (
        (book["部门汇总"]["C17"], "E2"),
        (book["部门汇总"]["D17"], "C3"),
        (book["校验结果"]["D4"], "C3"),
    ):
        assert cell.hyperlink is not None
        assert cell.hyperlink.location == f"'O''Neil'!{place}"
    flat = soffice.convert(path, "fods", tmp_path / "lo").read_text("utf-8")
    # LibreOffice tells the links of numbers whole and those of texts as seen from where it writes.
    addresses = [urlsplit(html.unescape(one)) for one in re.findall(r'xlink:href="([^"]*#[^"]*)"', flat)]
    assert {(Path(unquote(one.path)).name, unquote(one.fragment)) for one in addresses} == {
        (name, "'O''Neil'!E2"),
        (name, "'O''Neil'!C3"),
    }
    assert str(source) in {unquote(one.path) for one in addresses}


def test_beyond_excels_number_of_links_the_cell_is_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings_sheet, "MOST_LINKS", 2)
    sheet = findings_of(write(tmp_path, department(), [finding(row=row) for row in range(4)]))
    assert [sheet.cell(row, 4).hyperlink is not None for row in range(4, 8)] == [True, True, False, False]
    assert sheet["D7"].value == "C4"


def test_a_path_too_long_for_a_link_is_no_link(tmp_path: Path) -> None:
    sheet = findings_of(
        write(tmp_path, department(), [finding()], str(tmp_path / ("长" * 200 + "/") / ("x/" * 950) / "a.xlsx"))
    )
    assert sheet["D4"].hyperlink is None
    assert sheet["D4"].value == "C3"


HOSTILE = {
    "control": ("a\x00\x0bb\x1f", "ab"),
    "formula": ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    "xml": ("<r><t>&amp;</t></r>", "<r><t>&amp;</t></r>"),
    "escape": ("_x0041_ _x000D_", "_x0041_ _x000D_"),
    "spaces": (" 前后 ", " 前后 "),
    "lines": ("一\n二", "一\n二"),
    "return": ("一\r\n二\r三", "一\n二\n三"),
    "surrogate": ("a\ud800b", "ab"),
    "emoji": ("😀", "😀"),
    "pattern": ("%s %d {0} \\1", "%s %d {0} \\1"),
}


@pytest.mark.parametrize(("typed", "kept"), HOSTILE.values(), ids=HOSTILE)
def test_texts_come_through_as_they_are(tmp_path: Path, typed: str, kept: str) -> None:
    book = department(name=typed, projects=[project(name=typed, code=typed)])
    path = write(tmp_path, book, [finding(found=typed, message=typed)])
    cells = [cell for cell in findings_of(path)[4] if cell.column in {7, 10}]
    assert {cell.data_type for cell in cells} == {"s"}
    # openpyxl reads _x005F_ as it stands; Excel and calamine show the underscore.
    assert {str(cell.value).replace("_x005F_", "_") for cell in cells} == {kept}
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("校验结果").to_python()
    assert rows[3][6] in {kept, kept.replace("_x", "_x005F_x")}


def test_a_text_longer_than_a_cell_is_cut(tmp_path: Path) -> None:
    path = write(tmp_path, department(), [finding(found="长" * 40_000, expected="😀" * 20_000)])
    row = [cell.value for cell in findings_of(path)[4]]
    assert row[6] == "长" * 32_766 + "…"
    assert row[7] == "😀" * 16_383 + "…"


def test_rows_are_high_enough_for_their_texts(tmp_path: Path) -> None:
    sheet = findings_of(
        write(tmp_path, department(), [finding(message="长" * 100), finding(message="短", remedy="短")])
    )
    assert sheet.row_dimensions[4].height >= 6 * 14
    assert sheet.row_dimensions[5].height <= 50
    assert sheet.column_dimensions["J"].width > 25
    assert sheet["J4"].alignment.wrap_text


def test_it_prints_on_a4_landscape_with_its_header(tmp_path: Path) -> None:
    sheet = findings_of(write(tmp_path, department(), MIXED))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$3", "A4")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write(tmp_path, department(), MIXED).read_bytes()
    assert write(tmp_path, department(), MIXED).read_bytes() == first


def test_libreoffice_reads_and_calculates_it(tmp_path: Path, soffice: Office) -> None:
    path = write(tmp_path, department(), MIXED)
    converted = soffice.convert(path, "xlsx", tmp_path / "lo")
    rows = values(converted, "部门汇总")
    total = next(row for row in rows if row[0] == "合计")
    assert shown(total[column_of(rows, "预算数")[1]]) == BUDGET
    again = [row[: len(COLUMNS) - 1] for row in values(converted, "校验结果")[:8]]
    assert again == [row[: len(COLUMNS) - 1] for row in values(path, "校验结果")]
    assert soffice.pages(soffice.convert(path, "pdf", tmp_path)) == 2


def test_two_forms_on_one_sheet_name_no_project(tmp_path: Path) -> None:
    forms = [project("一张表", "甲"), project("一张表", "乙")]
    sheet = findings_of(write(tmp_path, department(projects=forms), [finding(sheet="一张表")]))
    assert sheet["E4"].value is None


def test_states_follow_the_findings(tmp_path: Path) -> None:
    rows = values(write(tmp_path, department(projects=reference_projects()[:3]), MIXED), "部门汇总")
    assert [row[-1] for row in rows[16:19]] == ["1个警告", "1个错误", "通过"]


def test_other_amounts_are_added_up(tmp_path: Path) -> None:
    forms = [project(budget="10", other="2.5"), project(budget="0.1", other="0.2")]
    rows = values(write(tmp_path, department(projects=forms)), "部门汇总")
    assert [shown(one) for one in rows[18][3:6]] == [Decimal("10.1"), Decimal("10.1"), Decimal("2.7")]


def test_the_document_has_a_fixed_date(tmp_path: Path) -> None:
    assert "2023-01-01T00:00:00Z" in part(write(tmp_path, department()), "docProps/core.xml")


def test_what_is_missing_is_said_below_the_total(tmp_path: Path, soffice: Office) -> None:
    """With the sheets and why; the list reads back as ever."""
    book = department()
    missing = [Incomplete("", f"{number:02}", "预算数读不出") for number in range(9, 21)]
    totals = add_up(line.totals for line in lines_of(book))._replace(incomplete=tuple(missing))
    path = tmp_path / "汇总.xlsx"
    write_summary(path, "甲.xlsx", book.name, book.year, lines_of(book), (), load(), "", totals)
    for one in (path, soffice.convert(path, "xlsx", tmp_path / "lo")):
        rows = values(one, "部门汇总")
        assert [row[0] for row in rows[24:26]] == ["合计", "参考进度"]
        assert rows[26][0].startswith("合计不含 12 张表里读不出的金额：09（预算数读不出）、10（预算数读不出）、")
        assert rows[26][0].endswith("18（预算数读不出），另有 2 张。")
        assert rows[27][0].startswith("注：")
    again = read_department(read_book(path, "a.xlsx"))
    assert {one.what: one.amount.value for one in again.stored_totals} == totals.figures
    assert len(again.listed) == len(book.projects)


def test_a_state_of_two_lines_is_not_cut(tmp_path: Path) -> None:
    found = [finding(severity, "01") for severity in (Severity.ERROR, Severity.WARNING)]
    book = department(projects=[project("01", "短"), project("02", "短")])
    sheet = openpyxl.load_workbook(write(tmp_path, book, found))["部门汇总"]
    assert [sheet.row_dimensions[row].height for row in (17, 18)] == [36, 24]

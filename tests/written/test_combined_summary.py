"""The combined summary: exact subtotals per department, whatever departments are called, in flat memory."""

import os
import re
import tempfile
import tracemalloc
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter.exceptions import FileSizeError

from tests.office import Office
from tests.samples import (
    BUDGET,
    PLANNED,
    column_of,
    department,
    finding,
    lines_of,
    part,
    project,
    shown,
    shown_sheets,
    values,
)
from xl_perf.core.errors import BookError
from xl_perf.core.figures.missing import Incomplete
from xl_perf.core.figures.summary import Summary, summarise
from xl_perf.core.figures.totals import add_up
from xl_perf.core.model.department import Department, OtherTable, UnreadSheet
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.files.inputs import own_kind
from xl_perf.profiles import load
from xl_perf.sheets import texts
from xl_perf.sheets.lists import LIST_HEADER_ROW, LIST_ROW
from xl_perf.written import stream
from xl_perf.written.combined_summary import CombinedSummary

NAMES = ("*", ">5", "=1+1", "?", 'a"b', "长" * 300, "民政局", "民政*")


def books_named(names: Sequence[str | None]) -> list[Department]:
    return [
        department(
            name,
            [
                project(f"{at + 1}", f"项目{at}", str(Decimal("1.01") * (number + 1) + at), (10, 30, "66.6", 100))
                for at in range(3)
            ],
            f"in/{number}.xlsx",
        )
        for number, name in enumerate(names)
    ]


def write(
    target: Path, books: Sequence[Department], findings: Sequence[Finding] = (), errors: Sequence[BookError] = ()
) -> Path:
    with CombinedSummary(target, load()) as summary:
        for book in books:
            path = str(target.parent / book.path)
            summary.add(path, book.name, book.year, lines_of(book, findings), findings)
        for error in errors:
            summary.add_error(error, [Incomplete(error.path, None, error.message)])
    return target


def totals_by_name(rows: list[list[Any]]) -> dict[str, dict[str, Decimal]]:
    """What 汇总 shows, by department."""
    row, name = column_of(rows, "部门")
    assert rows[row] == rows[LIST_HEADER_ROW]
    headings = {heading.replace("\n", ""): at for at, heading in enumerate(rows[row]) if heading}
    wanted = {key: at for key, at in headings.items() if key in {"预算数", "财政资金", "其他资金"} or "万元" in key}
    listed = [one for one in (rows[row + 1], *rows[LIST_ROW:]) if one[name]]
    return {str(one[name]): {key: shown(one[at]) for key, at in wanted.items()} for one in listed}


def expected(summary: Summary) -> dict[str, dict[str, Decimal]]:
    parts = {"合计": summary.totals, **summary.by_department}
    return {
        name: dict(zip(("预算数", "财政资金", "其他资金"), one.amounts.values(), strict=True))
        | {f"{month}月底（万元）": amount for month, amount in one.planned}
        for name, one in parts.items()
    }


def test_subtotals_are_exact_whatever_departments_are_called(tmp_path: Path, soffice: Office) -> None:
    books = books_named([*NAMES, "民政局"])
    path = write(tmp_path / "汇总.xlsx", books)
    wanted = expected(summarise(books))
    assert totals_by_name(values(path, "汇总")) == wanted
    assert list(totals_by_name(values(path, "汇总"))) == ["合计", *NAMES]
    assert totals_by_name(values(soffice.convert(path, "xlsx", tmp_path / "lo"), "汇总")) == wanted


def test_subtotals_are_live(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(tmp_path / "汇总.xlsx", books_named(["*", "甲"])))["汇总"]
    assert sheet["F4"].value == "=SUM(F17:F18)"
    assert sheet["F17"].value == "=SUMIF('明细'!$A$4:$A$9,A17,'明细'!$H$4:$H$9)"
    assert sheet["E18"].value == "=COUNTIF('明细'!$A$4:$A$9,A18)"


def test_the_reference_totals(tmp_path: Path, soffice: Office) -> None:
    path = write(tmp_path / "汇总.xlsx", [department()])
    for one in (path, soffice.convert(path, "xlsx", tmp_path / "lo")):
        found = totals_by_name(values(one, "汇总"))["某某街道办事处"]
        assert found["预算数"] == BUDGET
        assert [found[f"{month}月底（万元）"] for month in PLANNED] == list(PLANNED.values())


def test_every_project_stands_in_the_details(tmp_path: Path) -> None:
    forms = [
        project("O'Neil", "=SUM(1,2)", "161.93", code="00012345678901"),
        project("02", None, None, (None, "33.3", None, 100)),
    ]
    path = write(tmp_path / "汇总.xlsx", [department(projects=forms)], [finding(sheet="O'Neil")])
    for rows in (values(path, "明细"), CalamineWorkbook.from_path(path).get_sheet_by_name("明细").to_python()):
        first, second = rows[3], rows[4]
        assert first[:9] == [
            1,
            "某某街道办事处",
            2023,
            "in/街道.xlsx",
            "O'Neil",
            "00012345678901",
            "=SUM(1,2)",
            161.93,
            161.93,
        ]
        assert first[10:20] == [0.25, 0.5, 0.75, 1, 40.4825, 80.965, 121.4475, 161.93, 4, "1个错误"]
        assert not any(second[5:11])
        assert (second[11], second[-1]) == (0.333, "通过")
    formula = openpyxl.load_workbook(path)["明细"]["E4"].value
    assert formula == "=HYPERLINK(D4&\"#'O''Neil'!E2\",\"O'Neil\")"


def test_books_of_one_department_come_together(tmp_path: Path) -> None:
    first, other, second = books_named(["甲", "乙", "甲"])
    path = write(tmp_path / "汇总.xlsx", [first, other, department("甲", second.projects, "c.xlsx", 2024)])
    rows = values(path, "汇总")
    assert [row[:5] for row in (rows[3], *rows[LIST_ROW:])] == [
        [None, "合计", None, 3, 9],
        [1, "甲", "2023、2024", 2, 6],
        [2, "乙", 2023, 1, 3],
    ]
    assert rows[1][0] == "2 个部门，3 本工作簿，9 个项目"


def test_a_book_without_a_name_goes_by_its_path(tmp_path: Path) -> None:
    path = write(tmp_path / "汇总.xlsx", books_named([None, None]))
    assert [row[1] for row in values(path, "汇总")[LIST_ROW:]] == ["in/0.xlsx", "in/1.xlsx"]


def test_months_that_the_profile_does_not_name(tmp_path: Path, soffice: Office) -> None:
    other = department("乙", [project(percents=(50, 100), months=(6, 9), budget="10")], "b.xlsx")
    books = [department("甲"), other, department("丙")]
    path = write(tmp_path / "汇总.xlsx", books)
    wanted = expected(summarise(books))
    for one in (path, soffice.convert(path, "xlsx", tmp_path / "lo")):
        found = totals_by_name(values(one, "汇总"))
        assert found["合计"] == wanted["合计"]
        assert found["乙"]["9月底（万元）"] == 10
    rows = values(path, "明细")
    assert rows[2][-2:] == ["9月底\n（%）", "9月底\n（万元）"]
    assert [row[-2:] for row in rows[10:13]] == [[None, None], [1, 10], [None, None]]


def test_findings_stand_by_severity_then_book_by_book(tmp_path: Path) -> None:
    found = [finding(Severity.HINT), finding(Severity.ERROR, message="=1+1"), finding(Severity.WARNING, None, None)]
    path = write(tmp_path / "汇总.xlsx", books_named(["甲", "乙"]), found)
    sheet = openpyxl.load_workbook(path)["校验结果"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[0], row[2]) for row in rows] == [
        (severity, file) for severity in ("错误", "警告", "提示") for file in ("in/0.xlsx", "in/1.xlsx")
    ]
    assert rows[0][4] == '=HYPERLINK(C4&"#\'01\'!C3","C3")'
    assert (rows[0][10], sheet["K4"].data_type) == ("=1+1", "s")
    assert [row for row in range(1, 10) if sheet.row_dimensions[row].hidden] == [8, 9]
    assert values(path, "校验结果")[3][4] == "C3"
    assert values(path, "汇总")[3][-4:] == [2, 2, 2, None]


@pytest.mark.parametrize("name", ["a#1.xlsx", "a%20b.xlsx", "长" * 250 + ".xlsx"])
def test_where_the_function_would_not_find_the_file_there_is_no_link(tmp_path: Path, name: str) -> None:
    book = department(projects=[project()], path=name)
    path = write(tmp_path / "汇总.xlsx", [book], [finding()])
    cells = openpyxl.load_workbook(path)["校验结果"]
    assert (cells["C4"].value, cells["E4"].value) == (name, "C3")
    assert openpyxl.load_workbook(path)["明细"]["E4"].value == "01"


def test_a_sheets_name_cannot_pass_for_the_row_in_a_link(tmp_path: Path) -> None:
    """The rows' numbers are put in where the marker stands; what people typed never is one."""
    sheet = f'a"{stream.ROW}%s'
    book = department(projects=[project(sheet, f"甲{stream.ROW}乙")])
    path = write(tmp_path / "汇总.xlsx", [book], [finding(sheet=sheet)])
    cells = openpyxl.load_workbook(path)["明细"]
    assert (cells["E4"].value, cells["G4"].value) == ('=HYPERLINK(D4&"#\'a""%s\'!E2","a""%s")', "甲乙")
    assert openpyxl.load_workbook(path)["校验结果"]["D4"].value == 'a"%s'


def test_what_was_not_read_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named like the books that were read: as seen from the summary."""
    monkeypatch.chdir(tmp_path)
    error = BookError("encrypted", "收件/=a.xlsx", "设有打开密码", "请先取消密码")
    (tmp_path / "out").mkdir()
    path = write(tmp_path / "out" / "汇总.xlsx", books_named(["甲"]), errors=[error])
    assert shown_sheets(path) == ["汇总", "明细", "校验结果", "未读入"]
    assert values(path, "未读入")[3][:5] == [f"..{os.sep}收件/=a.xlsx", None, "设有打开密码", "不含", "请先取消密码"]
    assert values(path, "未读入")[1][0] == "1 个文件没有读入，不在汇总数内。"
    assert "1 个文件没有读入，见“未读入”\n合计不含 1 个没有读入的文件，" in values(path, "汇总")[1][0]


def test_what_is_missing_is_said_where_the_totals_stand(tmp_path: Path, soffice: Office) -> None:
    """Above the list, beside 合计, on the department's own row; each sheet is listed with its reason, and so is every
    table that is no project."""
    whole, lacking = books_named(["甲", "乙"])
    missing = (
        Incomplete("in/1.xlsx", "03", "预算数读不出"),
        Incomplete("in/1.xlsx", "03", "财政资金读不出"),
        Incomplete("in/1.xlsx", "目录", "像项目绩效目标表，但读不出来"),
    )
    tables = [OtherTable("自评", "evaluation", "evaluation", "自评表", 9, 0, 0, holds_projects=False)]
    unread = [
        UnreadSheet("目录", "像项目绩效目标表，但读不出来", 5, looks_like_form=True),
        UnreadSheet("名单", "不是项目绩效目标表", 4, looks_like_form=False),
    ]
    path = tmp_path / "汇总.xlsx"
    with CombinedSummary(path, load()) as summary:
        for book, own in ((whole, ()), (lacking, missing)):
            lines = lines_of(book)
            totals = add_up(line.totals for line in lines)._replace(incomplete=own)
            more = (tables, unread) if own else ((), ())
            summary.add(str(tmp_path / book.path), book.name, 2023, lines, [], totals, *more)
    said = "2 个部门，2 本工作簿，6 个项目\n合计不含 2 张表里读不出的金额，见“未读入”；预算数为黄底的部门不全。"
    for one in (path, soffice.convert(path, "xlsx", tmp_path / "lo")):
        rows = values(one, "汇总")
        assert rows[1][0] == said
        assert [row[1:3] for row in (rows[3], *rows[LIST_ROW:])] == [["合计", "不全"], ["甲", 2023], ["乙", 2023]]
    sheet = openpyxl.load_workbook(path)["汇总"]
    assert sheet.row_dimensions[2].height >= 30, "two lines"
    assert [sheet[cell].fill.fgColor.rgb[2:] for cell in ("C4", "F18")] == ["FFE699"] * 2
    assert sheet["F17"].fill.fill_type is None
    listed = values(path, "未读入")
    assert listed[1][0] == "2 张表读不出金额，不在汇总数内；另有 2 张工作表不是项目。"
    assert listed[2][5:] == ["处理情况"]
    assert [row[:5] for row in listed[3:]] == [
        ["in/1.xlsx", "03", "预算数读不出，财政资金读不出", "不含", "请在表里改好后重新汇总"],
        ["in/1.xlsx", "目录", "像项目绩效目标表，但读不出来", "不含", "请在表里改好后重新汇总"],
        ["in/1.xlsx", "自评", "“自评表”不算项目", None, "不用处理；若应算作项目，请改用项目绩效目标表"],
        ["in/1.xlsx", "名单", "不是项目绩效目标表", None, "其中若有项目，请改成官方表样，或做一份样表"],
    ]


def test_tables_that_are_no_projects_make_no_total_incomplete(tmp_path: Path) -> None:
    """They are listed, and nothing is red."""
    (book,) = books_named(["甲"])
    path = tmp_path / "汇总.xlsx"
    with CombinedSummary(path, load()) as summary:
        unread = [UnreadSheet("名单", "不是项目绩效目标表", 4, looks_like_form=False)]
        summary.add(book.path, "甲", 2023, lines_of(book), [], None, (), unread)
    written = openpyxl.load_workbook(path)
    assert written["汇总"]["A2"].value == "1 个部门，1 本工作簿，3 个项目"
    assert written["汇总"]["C4"].value is None
    assert written["未读入"]["A2"].value == "1 张工作表不是项目。"
    assert written["未读入"].sheet_properties.tabColor is None


def test_without_bad_files_there_is_no_such_sheet(tmp_path: Path) -> None:
    path = write(tmp_path / "汇总.xlsx", books_named(["甲"]))
    assert shown_sheets(path) == ["汇总", "明细", "校验结果"]
    assert own_kind(path) == "summary"


def test_books_without_projects(tmp_path: Path, soffice: Office) -> None:
    path = write(tmp_path / "汇总.xlsx", [department("甲", [])], [finding(Severity.ERROR, None, None)])
    for one in (path, soffice.convert(path, "xlsx", tmp_path / "lo")):
        assert values(one, "汇总")[LIST_ROW][:6] == [1, "甲", 2023, 1, 0, 0]


def test_the_same_books_give_the_same_bytes(tmp_path: Path) -> None:
    first = write(tmp_path / "汇总.xlsx", books_named(NAMES), [finding()]).read_bytes()
    assert write(tmp_path / "汇总.xlsx", books_named(NAMES), [finding()]).read_bytes() == first


def test_the_extent_of_each_sheet_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "汇总.xlsx", books_named(["甲", "乙"]), [finding()])
    extents = [
        re.findall(r'<dimension ref="([^"]*)"', part(path, f"xl/worksheets/sheet{at}.xml"))[0] for at in (1, 2, 3)
    ]
    assert extents == ["A1:P18", "A1:T9", "A1:O5"]


def test_after_an_exception_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def interrupted() -> None:
        with CombinedSummary(tmp_path / "汇总.xlsx", load()) as summary:
            summary.add("a.xlsx", "甲", 2023, lines_of(department()), [finding()])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert not list(tmp_path.iterdir())
    write(tmp_path / "汇总.xlsx", books_named(["甲"]))
    assert [path.name for path in tmp_path.iterdir()] == ["汇总.xlsx"]


def test_more_rows_than_a_sheet_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LAST_ROW", 8)
    path = write(tmp_path / "汇总.xlsx", books_named(["甲"]), [finding(row=row) for row in range(9)])
    rows = values(path, "校验结果")
    assert len(rows) == 8
    assert rows[7][0] == "另有 5 行超出工作表的行数，没有列出"


def test_a_list_that_the_archive_cannot_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above 2 GiB a part needs ZIP64, which not every program reads; the rows of the list count."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 60_000)
    write(tmp_path / "汇总.xlsx", books_named(["甲"]), [finding()])
    with pytest.raises(FileSizeError):
        write(tmp_path / "汇总.xlsx", books_named(["甲"]), [finding()] * 100)


def test_texts_are_remembered_but_only_so_many_and_no_long_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_MOST", 3)
    lines = texts.lines_in(11)
    assert [lines[text] for text in (None, "", "一二三四五", "一二三四五六", "a\nb", "长" * 300)] == [1, 1, 1, 2, 2, 60]
    assert dict(lines) == {"一二三四五六": 2, "a\nb": 2}


def test_memory_does_not_grow_with_the_number_of_books(tmp_path: Path) -> None:
    lines = lines_of(department())
    found = [finding(severity) for severity in Severity for _ in range(3)]

    def peak(books: int) -> int:
        tracemalloc.start()
        with CombinedSummary(tmp_path / "汇总.xlsx", load()) as summary:
            for number in range(books):
                own = [line._replace(name=f"{books} {number} {line.name}", path=f"{number}.xlsx") for line in lines]
                said = [one._replace(message=f"{books} {number} {one.message}") for one in found]
                summary.add(f"{number}.xlsx", "甲", 2023, own, said)
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    # Texts seen often are kept, but only so many: 300 books fill that store. Three times as many are far from three
    # times as much; what the collector has not yet taken makes it vary.
    few, many = peak(300), peak(900)
    assert many < few * 1.5


def test_it_prints_on_a4_landscape(tmp_path: Path, soffice: Office) -> None:
    path = write(tmp_path / "汇总.xlsx", books_named(["甲", "乙"]), [finding()])
    book = openpyxl.load_workbook(path)
    for sheet in (book[name] for name in shown_sheets(path)):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
            "landscape",
            9,
            0,
        )
        assert sheet.print_title_rows == "$1:$3"
    assert soffice.pages(soffice.convert(path, "pdf", tmp_path)) == 3


def test_rows_are_high_enough_for_whatever_is_long(tmp_path: Path) -> None:
    """The state of a project with errors and warnings takes two lines; a whole code and a sheet's name take one."""
    forms = [project("01", code="13028265479012001P00X"), project("一个很长的工作表名"), project("03")]
    found = [finding(Severity.ERROR, "03"), finding(Severity.WARNING, "03"), finding(Severity.WARNING, "03")]
    sheet = openpyxl.load_workbook(write(tmp_path / "汇总.xlsx", [department(projects=forms)], found))["明细"]
    assert sheet["T6"].value == "1个错误，2个警告"
    heights = [sheet.row_dimensions[row].height for row in (4, 5, 6)]
    assert heights[0] < 30 <= heights[1] == heights[2]

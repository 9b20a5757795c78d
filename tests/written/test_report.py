"""check --report: 总览 per book, the worst first, 项目 per project, 明细 per finding, errors first."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl

from tests.office import Office
from tests.samples import department, finding, lines_of, project, shown_sheets, values
from xl_perf.core.checking.counting import Left
from xl_perf.core.errors import BookError
from xl_perf.core.figures.missing import Incomplete
from xl_perf.core.figures.totals import Totals
from xl_perf.core.model.findings import Acceptance, Finding, Severity
from xl_perf.files.inputs import own_kind
from xl_perf.written.report import Report

FOUND = (
    finding(Severity.HINT, "02", 5),
    finding(Severity.WARNING, "02", 5),
    finding(Severity.ERROR, "01", 2, found="=78人", expected="100", difference="-1"),
    finding(Severity.ERROR, None, None, code="T701"),
)


def write(tmp_path: Path, findings: Sequence[Finding] = FOUND, errors: Sequence[BookError] = ()) -> Path:
    target = tmp_path / "报告.xlsx"
    book = department("=局", [project("01", "*"), project("02", "乙"), project("O'Neil", "丙")])
    with Report(target) as report:
        report.add(str(tmp_path / "in" / "甲.xlsx"), book.name, book.year, lines_of(book, findings), findings)
        for error in errors:
            report.add_error(error)
        report.add(str(tmp_path / "乙.xlsx"), None, None, [], [])
    return target


def test_a_row_for_each_book_and_for_each_project(tmp_path: Path) -> None:
    path = write(tmp_path)
    rows = values(path, "总览")
    assert rows[3:] == [
        ["in/甲.xlsx", "=局", 2023, 3, 300, 2, 1, 1, None, "有错误，请改正后再报", None],
        ["乙.xlsx", None, None, 0, 0, 0, 0, 0, None, "通过", None],
    ]
    assert values(path, "项目")[3:] == [
        ["in/甲.xlsx", "=局", 2023, "01", "*", 1, 0, 0, None, "1个错误"],
        ["in/甲.xlsx", "=局", 2023, "02", "乙", 0, 1, 1, None, "1个警告"],
        ["in/甲.xlsx", "=局", 2023, "O'Neil", "丙", 0, 0, 0, None, "通过"],
    ]
    assert rows[1][0].splitlines() == [
        "2 本工作簿    错误 2，警告 1，提示 1",
        "预算数 / 财政资金 / 其他资金合计：300 / 300 / 0 万元",
    ]
    assert own_kind(path) == "report"


def test_the_worst_book_comes_first_and_errors_of_all_books(tmp_path: Path) -> None:
    """What could not be read stands above; what does not count below; books alike as they came."""
    warned, wrong = [finding(Severity.WARNING, "01", 2)], [finding(Severity.ERROR, "01", 2)]
    book = department("局", [project("01", "甲")])
    given = (
        ("通过", (), None),
        ("警告", warned, None),
        ("别的年度", wrong, Left("是 2022 年的", None, "请用 --year 2022")),
        ("错误", wrong, None),
    )
    path = tmp_path / "报告.xlsx"
    with Report(path) as report:
        for name, findings, left in given:
            file = str(tmp_path / f"{name}.xlsx")
            report.add(file, "局", 2023, lines_of(book, findings), findings, None, left)
        report.add_error(BookError("damaged", str(tmp_path / "坏.xlsx"), "文件已损坏", "请重新保存后再报"))
    rows = values(path, "总览")[3:]
    assert [row[0] for row in rows] == ["坏.xlsx", "错误.xlsx", "警告.xlsx", "通过.xlsx", "别的年度.xlsx"]
    assert rows[-1][-2] == "没有计入合计：是 2022 年的"
    head = values(path, "总览")[1][0].splitlines()
    assert head[1:] == ["预算数 / 财政资金 / 其他资金合计：300 / 300 / 0 万元", "没有计入合计 1 本，共 100 万元。"]
    assert [row[-1] for row in values(path, "项目")[3:] if row[0] == "别的年度.xlsx"] == ["没有计入合计，1个错误"]
    assert [row[0] for row in values(path, "项目")[3:]] == [f"{name}.xlsx" for name, *_ in given]
    assert [row[0] for row in values(path, "明细")[3:]] == ["错误", "错误", "警告"]
    head = values(path, "总览")[2]
    assert openpyxl.load_workbook(path)["总览"].auto_filter.ref == f"A3:{'ABCDEFGHIJKL'[len(head) - 1]}8"


def test_the_projects_lead_to_the_forms(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(tmp_path))["项目"]
    assert sheet["D6"].value == "=HYPERLINK(A6&\"#'O''Neil'!E2\",\"O'Neil\")"
    assert sheet["B4"].data_type == "s"


def test_the_details_say_everything(tmp_path: Path) -> None:
    path = write(tmp_path)
    rows = values(path, "明细")
    assert [row[:2] for row in rows[3:]] == [["错误", "B303"], ["错误", "T701"], ["警告", "B303"], ["提示", "B303"]]
    assert rows[3][2:] == [
        "in/甲.xlsx",
        "01",
        "C3",
        "*",
        "预算数",
        "=78人",
        "100",
        -1,
        "预算数不等于财政资金与其他资金之和",
        "请核对三个金额",
        *(None, None, None),
    ]
    assert openpyxl.load_workbook(path)["明细"].row_dimensions[7].hidden


def test_accepted_warnings_are_counted_apart(tmp_path: Path) -> None:
    accepted = FOUND[1]._replace(accepted=Acceptance("上级文件如此", "李四"))
    path = write(tmp_path, [accepted])
    rows = values(path, "总览")
    assert rows[1][0].splitlines()[0] == "2 本工作簿    错误 0，警告 0，提示 0，已接受 1"
    assert rows[3][5:10] == [0, 0, 0, 1, "通过，接受1个警告"]
    assert values(path, "项目")[4][5:] == [0, 0, 0, 1, "通过，接受1个警告"]
    assert values(path, "明细")[3][-3:] == ["上级文件如此", "李四", None]


def test_a_book_with_warnings_only(tmp_path: Path) -> None:
    assert values(write(tmp_path, FOUND[1:2]), "总览")[3][-2] == "有警告，请改正或说明理由"


def test_what_was_not_read_says_why_and_what_next(tmp_path: Path) -> None:
    error = BookError("damaged", str(tmp_path / "坏.xlsx"), "文件已损坏", "请重新保存后再报")
    rows = values(write(tmp_path, (), [error]), "总览")
    assert rows[3] == ["坏.xlsx", *[None] * 8, "未读入：文件已损坏。请重新保存后再报。", None]
    assert "1 个文件没有读入" in rows[1][0]


def test_it_prints_on_a4_landscape(tmp_path: Path, soffice: Office) -> None:
    path = write(tmp_path)
    book = openpyxl.load_workbook(path)
    for sheet in (book[name] for name in shown_sheets(path)):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
            "landscape",
            9,
            0,
        )
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$1:$3")
        assert sheet.auto_filter.ref, sheet.title
    assert soffice.pages(soffice.convert(path, "pdf", tmp_path)) == 3


def test_without_any_book(tmp_path: Path) -> None:
    with Report(tmp_path / "报告.xlsx") as report:
        report.add_error(BookError("missing", "没有.xlsx", "找不到文件", "请检查路径"))
    assert shown_sheets(tmp_path / "报告.xlsx") == ["总览", "项目", "明细"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path).read_bytes() == write(tmp_path).read_bytes()


def test_the_head_says_what_the_totals_lack(tmp_path: Path) -> None:
    path = tmp_path / "报告.xlsx"
    with Report(path) as report:
        report.add("甲.xlsx", "甲", 2023, [], [], Totals().lacking(Incomplete("甲.xlsx", "03", "预算数读不出")))
        error = BookError("damaged", "坏.xlsx", "文件已损坏，无法读取", "请重新发送")
        report.add_error(error, [Incomplete("坏.xlsx", None, "文件已损坏，无法读取")])
    said = values(path, "总览")[1][0]
    assert said.startswith("1 本工作簿，1 个文件没有读入")
    assert said.endswith("\n合计不含 1 张表里读不出的金额、1 个没有读入的文件。")

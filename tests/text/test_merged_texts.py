"""Lists whose projects stand in cells merged over their rows: every goal is printed in full, every amount once."""

import itertools
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from openpyxl import Workbook
from openpyxl.styles import Alignment

from tests.office import Office, poppler
from tests.own_guides import learned
from tests.written.test_own_forms import profile_of, said
from tests.written.test_own_lists import department_in
from xl_perf.core.making.merging import merge
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.text.merged_texts import level_of, parted
from xl_perf.text.pages import broken, lines_of
from xl_perf.text.pdf import write_pdf
from xl_perf.text.reader import read_text
from xl_perf.text.widths import most
from xl_perf.text.word_out import write_text

HEADS = ["序号", "单位名称", "项目名称", "预算数", "财政拨款", "其他资金", "年度绩效目标"]
LEVELS = ["一级指标", "二级指标", "三级指标", "指标值"]
OWN = len(HEADS)
LINE = ["部门名称：某市卫生健康局", *[None] * 9, "单位：元"]
AMOUNTS = (("10012500", "8010500", "2002000"), ("3005000", "3004000", "1000"))


def written(path: Path, goals: int, indicators: int, length: int = 0) -> tuple[Department, Profile]:
    """A department with a list: a long project, and one with three indicators below it."""
    book = Workbook()
    sheet = book.worksheets[0]
    for cells in (["2025年部门项目支出绩效目标清单"], LINE, [*HEADS, *LEVELS]):
        sheet.append(cells)
    sheet.merge_cells("A1:K1")
    sheet["K2"].alignment = Alignment(horizontal="right")
    texts = [
        "\n".join(f"目标{at}：完成第{at}项任务。{'修好道路' * (length // 4)}" for at in range(1, goals + 1)),
        "建好。",
    ]
    for number, rows in enumerate((indicators, 3)):
        first = sheet.max_row + 1
        own = [number + 1, "甲局", f"项目{number}", *map(int, AMOUNTS[number]), texts[number]]
        for at in range(rows):
            sheet.append([*(own if at == 0 else [None] * OWN), "产出指标", "数量指标", f"P{number}n{at}x", "≥3个"])
        for column in range(1, OWN + 1) if rows > 1 else ():
            sheet.merge_cells(start_row=first, end_row=first + rows - 1, start_column=column, end_column=column)
    for letter, width in zip("ABCDEFGHIJK", (4, 12, 16, 12, 12, 12, 24, 10, 10, 20, 6), strict=True):
        sheet.column_dimensions[letter].width = width
    book.save(path)
    kind = learned(path, str(path))
    return merge([department_in(path, kind)]), profile_of(kind)


def rows_of(path: Path) -> list[list[tuple[int, int, str]]]:
    """The cells of all rows of tables: column, how many columns, text."""
    rows = [row for table in docx.Document(str(path)).tables for row in table._tbl.tr_lst]
    return [[(cell.grid_offset, cell.grid_span, text_of(cell)) for cell in row.tc_lst] for row in rows]


def text_of(element: BaseOxmlElement) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


SHAPES = [(12, 30, 0), (1, 3, 0), (1, 1, 600), (3, 2, 600), (1, 6, 600)]


@pytest.mark.parametrize(("goals", "indicators", "length"), SHAPES)
def test_goals_are_whole_and_amounts_stand_once(goals: int, indicators: int, length: int, tmp_path: Path) -> None:
    """On however many pages a project stands; read again it says the same."""
    before, profile = written(tmp_path / "局.xlsx", goals, indicators, length)
    out = tmp_path / "文本.docx"
    write_text(out, before, profile)
    rows = rows_of(out)
    cells = [text for row in rows for _, _, text in row]
    for amount in itertools.chain(*AMOUNTS):
        assert cells.count(amount) == 1, amount
    whole = "".join(text for row in rows for column, _, text in row if column == HEADS.index("年度绩效目标"))
    for at in range(1, goals + 1):
        assert whole.count(f"目标{at}：完成第{at}项任务") == 1
    assert whole.count("修好道路") == goals * (length // 4)
    read = read_text(out, out.name, (before.projects[0].kind,))
    assert [said(one) for one in read.department.projects] == [said(one) for one in before.projects]


@pytest.mark.slow
@pytest.mark.parametrize(("goals", "indicators", "length"), SHAPES)
def test_printed_pages_hold_all_of_a_goal(
    goals: int, indicators: int, length: int, soffice: Office, tmp_path: Path
) -> None:
    """As LibreOffice lays them out; the header of the list stands on every page with indicators."""
    before, profile = written(tmp_path / "局.xlsx", goals, indicators, length)
    out = tmp_path / "文本.pdf"
    assert write_pdf(out, before, profile) == ""
    pages = ["".join(page.split()) for page in poppler("pdftotext", "-raw", str(out), "-").split("\f")]
    whole = "".join(pages)
    for amount in itertools.chain(*AMOUNTS):
        assert whole.count(amount) == 1, amount
    characters = sum(whole.count(one) for one in "道路")
    assert characters == 2 * goals * (length // 4)
    for number, rows in enumerate((indicators, 3)):
        assert [whole.count(f"P{number}n{at}x") for at in range(rows)] == [1] * rows
    assert all("三级指标" in page for page in pages if "P0n" in page)


@pytest.mark.slow
@pytest.mark.parametrize("length", [60, 600, 2000, 2400])
def test_a_goal_merged_over_rows_of_a_form_is_printed_in_full(length: int, soffice: Office, tmp_path: Path) -> None:
    """On two pages as on one, and where three rows of half a page do not hold it."""
    book = Workbook()
    sheet = book.worksheets[0]
    for cells in (
        ["项目支出绩效目标申报表"],
        ["单位：万元"],
        ["项目名称", "食堂", None, "主管部门", "教育局"],
        ["资金总额", 100, None, "其中：财政拨款", 100],
        [None, None, None, "其他资金", 0],
        ["年度目标", "修好道路" * (length // 4)],
        [None],
        [None],
        ["绩效指标", *LEVELS],
        [None, "产出指标", "数量指标", "里程", "≥3公里"],
        [None, "满意度指标", "服务对象满意度指标", "满意率", "≥95%"],
    ):
        sheet.append(cells)
    for area in ("A1:E1", "A2:E2", "B3:C3", "B4:C5", "A4:A5", "A6:A8", "B6:E8", "A9:A11"):
        sheet.merge_cells(area)
    book.save(tmp_path / "局.xlsx")
    kind = learned(tmp_path / "局.xlsx", str(tmp_path / "局.xlsx"))
    before = merge([department_in(tmp_path / "局.xlsx", kind)])
    out = tmp_path / "文本.pdf"
    assert write_pdf(out, before, profile_of(kind)) == ""
    assert "".join(poppler("pdftotext", "-raw", str(out), "-").split()).count("道") == length // 4
    write_text(tmp_path / "文本.docx", before, profile_of(kind))
    read = read_text(tmp_path / "文本.docx", "文本.docx", (kind,))
    assert [said(one) for one in read.department.projects] == [said(one) for one in before.projects]


def test_a_paragraph_is_parted_only_where_there_is_no_room_for_it() -> None:
    """Lines that would stay free are given up as long as all others have room."""
    lines = ["a", "b\n", "c", "d", "e\n", "f"]
    assert [part.text for part in parted(lines, [4, 4])] == ["ab", "cde\nf"]
    assert [part.text for part in parted(lines, [4, 2])] == ["ab\ncd", "e\nf"]
    assert [part.is_within_line for part in parted(lines, [4, 4])] == [True, False]
    assert [part.is_within_line for part in parted(lines, [4, 2])] == [True, True]
    assert [part.text for part in parted(["a"], [3, 3])] == ["a", ""]
    assert parted(["a"], [3, 3])[1].is_within_line


@pytest.mark.parametrize(
    "text", ["修好道路12345公里，（含桥梁）。\n建好。\n", "1" * 90, "", "字" * 50 + "1234567890" * 9]
)
def test_lines_of_a_text_are_all_of_it(text: str) -> None:
    """And as many as are counted."""
    for width in (20, 60, 100):
        lines = list(broken(text, 10.5, width, em=most))
        assert "".join(lines) == text
        assert len(lines) == lines_of(text, 10.5, width, em=most)


def test_lower_rows_are_raised_first() -> None:
    """So that all of them have the height that is needed."""
    assert level_of([30, 30], 100) == 50
    assert level_of([30, 90, 30], 190) == 50
    assert level_of([30, 90, 30], 300) == 100


def test_a_line_above_the_list_has_the_room_of_the_empty_cells_beside_it(tmp_path: Path) -> None:
    """As Excel shows it: 部门名称：… goes on to the right of its narrow column, 单位：元 to the left."""
    before, profile = written(tmp_path / "局.xlsx", 1, 3)
    out = tmp_path / "文本.docx"
    write_text(out, before, profile)
    line = next(row for row in rows_of(out) if row[0][2].startswith("部门名称"))
    assert (line[0], line[-1]) == ((0, 4, "部门名称：某市卫生健康局"), (9, 2, "单位：元"))


def test_the_number_of_a_project_is_merged_as_the_form_has_it(tmp_path: Path) -> None:
    """On every page over which it goes."""
    before, profile = written(tmp_path / "局.xlsx", 12, 30)
    out = tmp_path / "文本.docx"
    write_text(out, before, profile)
    rows = [row for table in docx.Document(str(out)).tables for row in table._tbl.tr_lst]
    first = [row.tc_lst[0] for row in rows if "P0n" in text_of(row)]
    assert {merge for one in first if (merge := one.vMerge) is not None} == {"restart", "continue"}
    assert len(first) == 30
    begins = [one.vMerge for one in first].count("restart")
    assert [text for one in first if (text := text_of(one))] == ["1"] * begins
    assert begins > 1

"""Lists of an office whose amounts alone are parted in a second row of the header, below 资金来源."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.command_line import Runner, run
from tests.guides import correct, learned_from
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import check, read

__all__ = ["run"]

_HEADINGS = (
    *("序号", "项目名称", "资金来源", "", "", "", "年度绩效目标"),
    *("一级指标", "二级指标", "三级指标", "指标值", "备注"),
)
_PARTS = ("资金总额", "一般公共预算", "上年结转", "自筹")
_MONEY = {"道路养护": (100.25, 80.25, 9, 11), "桥梁检测": (50, 50, None, None)}
_INDICATORS = (("产出指标", "数量指标", "处数", "≥5处"), ("满意度指标", "服务对象满意度指标", "满意度", "≥90%"))


def listed(path: Path, *, filled: bool, added: float | None = None) -> Path:
    """The list; with ``added`` a column 一般债券 was put in right of 自筹, with so much in the second project."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.append(["某市2026年部门项目支出绩效目标表"])
    sheet.append(["部门名称：", *[""] * 9, "单位：万元"])
    sheet.append(list(_HEADINGS))
    sheet.append(["", "", *_PARTS])
    for number, (name, amounts) in enumerate(_MONEY.items() if filled else (), 1):
        sheet.append([number, name, *amounts, "完成任务。", *_INDICATORS[0], "按季"])
        sheet.append([*[""] * 7, *_INDICATORS[1]])
    for column in (*"ABGHIJKL",):
        sheet.merge_cells(f"{column}3:{column}4")
    sheet.merge_cells("C3:F3")
    if added is not None:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_cols(7)
        sheet["G4"], sheet["G7"] = "一般债券", added
    book.save(path)
    return path


@pytest.fixture(name="guide")
def _guide(tmp_path: Path) -> Path:
    return learned_from(listed(tmp_path / "空白.xlsx", filled=False), tmp_path)


def test_every_part_of_the_money_is_learned_or_asked(guide: Path) -> None:
    """自筹, which is like 单位自筹, is asked: it stood in no row of 对照 before."""
    assert any("“自筹”还没有核对" in fault.said for fault in guide_at(guide, guide.name).faults)
    correct(guide, {"自筹": "单位资金"})
    assert guide_at(guide, guide.name).faults == ()


def test_the_second_row_of_the_header_is_no_project(run: Runner, guide: Path, tmp_path: Path) -> None:
    correct(guide, {"自筹": "单位资金"})
    book = listed(tmp_path / "部门.xlsx", filled=True)
    department = read(book)
    assert [project.name.text for project in department.projects] == list(_MONEY)
    assert [finding.code for finding in check(department) if finding.code.startswith(("B", "S", "F201"))] == []
    (tmp_path / "新").mkdir()
    out = tmp_path / "新" / "新.xlsx"
    _, said, _ = run("new", out, "--form", guide, "--from", book)
    assert "预算数 / 财政资金 / 其他资金合计：150.25 / 130.25 / 20 万元" in said
    _, said, _ = run("check", out)
    assert "150.25 / 130.25 / 20 万元" in said
    assert load_workbook(out)["项目清单"]["F5"].value == 11


def test_a_column_that_somebody_puts_in_is_named(guide: Path, tmp_path: Path) -> None:
    """Its money was counted as 自筹, the column left of it."""
    correct(guide, {"自筹": "单位资金"})
    department = read(listed(tmp_path / "部门.xlsx", filled=True, added=33.3))
    assert department.projects[1].value("unit_money").value is None
    assert any(one.code == "B310" and "“一般债券”33.3" in one.message for one in check(department))


def headed(path: Path, said: str) -> Path:
    """The list with what somebody wrote behind 部门名称：."""
    book = load_workbook(listed(path, filled=True))
    book.worksheets[0]["A2"] = said
    book.save(path)
    return path


def test_the_line_above_the_list_is_marked_and_carried(run: Runner, guide: Path, tmp_path: Path) -> None:
    """It was sure of 部门名称：, marked nothing, and lost what stood there."""
    correct(guide, {"自筹": "单位资金"})
    assert load_workbook(guide).worksheets[0]["A2"].value == "部门名称：{主管部门及代码}"
    assert guide_at(guide, guide.name).faults == ()
    book = headed(tmp_path / "部门.xlsx", "部门名称：某市交通局")
    assert read(book).projects[0].value("department_code").text == "某市交通局"
    (tmp_path / "新").mkdir()
    out = tmp_path / "新" / "新.xlsx"
    _, said, notes = run("new", out, "--form", guide, "--from", book)
    assert "没有收进来" not in said + notes
    assert load_workbook(out)["项目清单"]["A2"].value == "部门名称：某市交通局"
    run("publish", out, "-o", tmp_path / "文本.docx")
    text = Document(str(tmp_path / "文本.docx"))
    firsts = [table.cell(0, 0).text for table in text.tables]
    assert firsts.count("部门名称：某市交通局") == len(_MONEY)
    numbers = [[row.cells[0].text for row in table.rows] for table in text.tables if table.cell(0, 0).text == "序号"]
    assert numbers[-2:] == [["序号", "序号", "1", ""], ["序号", "序号", "2", ""]]


@pytest.mark.parametrize("marked", ["A2", "B2"])
def test_a_mark_beside_the_line_is_told_where_it_belongs(marked: str, run: Runner, guide: Path) -> None:
    """A 样表 that was made before has no mark there: it reads the same."""
    correct(guide, {"自筹": "单位资金"})
    book = load_workbook(guide)
    sheet, table = book.worksheets[0], book["对照"]
    sheet["A2"] = "部门名称："
    row = next(row for row in table.iter_rows(min_row=11) if row[0].value == "部门名称")
    row[2].value = None
    if marked == "B2":
        sheet["B2"] = "{主管部门及代码}"
    book.save(guide)
    _, out, err = run("form", "check", guide)
    assert ("请把标记写在 A2 的冒号后面" in out + err) is (marked == "B2")
    assert ("还不能用" in out + err) is (marked == "B2")
    if marked == "A2":
        department = read(headed(guide.parent / "部门.xlsx", "部门名称：某市交通局"))
        assert department.projects[0].value("department_code").text == "某市交通局"


def test_a_line_that_no_list_reads_is_not_promised(run: Runner, tmp_path: Path) -> None:
    """编制单位： was marked as a text beside it, which nothing reads."""
    blank = listed(tmp_path / "空白.xlsx", filled=False)
    book = load_workbook(blank)
    book.worksheets[0]["A2"] = "填报日期："
    book.save(blank)
    _, out, _ = run("form", "learn", blank, "-o", tmp_path / "样表.xlsx")
    assert "不读 2 栏：填报日期、序号" in out
    book = load_workbook(tmp_path / "样表.xlsx")
    assert book.worksheets[0]["B2"].value is None
    book.worksheets[0]["B2"] = "{文字}"
    book.save(tmp_path / "样表.xlsx")
    correct(tmp_path / "样表.xlsx", {"自筹": "单位资金"})
    _, out, err = run("form", "check", tmp_path / "样表.xlsx")
    assert "清单上面的“填报日期”照样印着，填的内容不读：B2 的标记请删去" in out + err


@pytest.mark.parametrize("heading", ["2024年合计", "金额", None])
def test_without_the_heading_of_the_whole_amounts_it_is_an_error(
    run: Runner, guide: Path, tmp_path: Path, heading: str | None
) -> None:
    """资金来源 above it is none; the total says that it lacks the projects."""
    path = listed(tmp_path / "局.xlsx", filled=True)
    book = load_workbook(path)
    book.worksheets[0]["C4"].value = heading
    book.save(path)
    correct(guide, {"自筹": "单位资金"})
    status, out, _ = run("check", path)
    assert status == 1
    assert "S102" in out
    assert "合计不含" in out

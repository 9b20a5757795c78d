"""A list with a line for the department above it, a column 序号, and a column for the units."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.command_line import Runner, run
from tests.departments import read
from xl_perf.service.guides import learn_form

__all__ = ["run"]
HEAD = [
    "序号",
    "预算单位",
    "项目编码",
    "项目名称",
    "预算数",
    "年度绩效目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
]
FILLED: list[list[Any]] = [
    [
        1,
        "区第一中学",
        "51010425T000000011",
        "食堂改造",
        1500000.5,
        "改造食堂。",
        "产出指标",
        "数量指标",
        "改造面积",
        "2400平方米",
    ],
    ["", "", "", "", "", "", "产出指标", "质量指标", "合格率", "100%"],
    [
        2,
        "区实验小学",
        "51010425T000000012",
        "校园安防",
        230000,
        "更新监控。",
        "产出指标",
        "数量指标",
        "更新监控",
        "120路",
    ],
]
BLANK: list[list[Any]] = [[""], [""], [""]]


def listed(path: Path, rows: list[list[Any]], department: str = "", *, is_landscape: bool = False) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = "区级部门预算项目绩效目标情况表"
    sheet["A2"], sheet["H2"] = f"部门名称：{department}", "单位：元"
    for number, row in enumerate([HEAD, *rows], 3):
        for column, typed in enumerate(row, 1):
            if typed != "":
                sheet.cell(number, column).value = typed
    sheet.merge_cells("A1:J1")
    sheet.merge_cells("A2:G2")
    if is_landscape:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
    book.save(path)
    return path


def test_the_department_the_numbers_and_the_units_have_their_places(tmp_path: Path, run: Runner) -> None:
    learn_form(str(listed(tmp_path / "空白.xlsx", BLANK)), str(tmp_path / "样表.xlsx"))
    filled = listed(tmp_path / "填好.xlsx", FILLED, "某区教育局")
    out = tmp_path / "部门.xlsx"
    status, said, more = run("new", out, "--from", filled)
    assert status == 0
    assert "没有收进来：部门名称" not in said + more
    sheet, stored = load_workbook(out)["项目清单"], load_workbook(out, data_only=True)["项目清单"]
    assert sheet["A2"].value == "部门名称：某区教育局"
    assert [stored[cell].value for cell in ("A4", "B4", "A6", "B6")] == [1, "区第一中学", 2, "区实验小学"]
    assert str(sheet["A4"].value).startswith("="), "the column counts the projects"
    projects = read(out).projects
    assert [one.value("department_code").text for one in projects] == ["某区教育局"] * 2
    assert [one.value("unit_name").text for one in projects] == ["区第一中学", "区实验小学"]


def test_the_text_has_the_page_of_the_list_and_each_amount_once(tmp_path: Path, run: Runner) -> None:
    """A list that the office prints across is printed across; what stands in a project's first row stands there."""
    learn_form(str(listed(tmp_path / "空白.xlsx", BLANK, is_landscape=True)), str(tmp_path / "样表.xlsx"))
    out, text = tmp_path / "部门.xlsx", tmp_path / "文本.docx"
    assert run("new", out, "--from", listed(tmp_path / "填好.xlsx", FILLED, "某区教育局"))[0] == 0
    assert run("publish", out, "-o", text)[0] == 0
    document = Document(str(text))
    assert [one.orientation for one in document.sections][-2:] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    cells = [cell.text for table in document.tables for cell in table._cells]
    assert sum(cell.startswith("1500000.5") for cell in cells) == 1
    assert cells.count("改造食堂。") == 1


def test_a_form_that_is_printed_upright_stays_so(tmp_path: Path, run: Runner) -> None:
    learn_form(str(listed(tmp_path / "空白.xlsx", BLANK)), str(tmp_path / "样表.xlsx"))
    out, text = tmp_path / "部门.xlsx", tmp_path / "文本.docx"
    run("new", out, "--from", listed(tmp_path / "填好.xlsx", FILLED, "某区教育局"))
    assert run("publish", out, "-o", text)[0] == 0
    assert {one.orientation for one in Document(str(text)).sections} == {WD_ORIENT.PORTRAIT}


def test_a_drop_down_that_is_not_taken_over_is_named(tmp_path: Path, run: Runner) -> None:
    """Its choices stand on a sheet that the 样表 does not have."""
    guide = tmp_path / "样表.xlsx"
    learn_form(str(listed(tmp_path / "空白.xlsx", BLANK)), str(guide))
    book = load_workbook(guide)
    rule = DataValidation(type="list", formula1="=字典!$A$2:$A$4")
    rule.add("B4")
    book.worksheets[0].add_data_validation(rule)
    book.save(guide)
    status, said, more = run("new", tmp_path / "部门.xlsx")
    assert status == 0
    assert "下拉（B4）" in said + more

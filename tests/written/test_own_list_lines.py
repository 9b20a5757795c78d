"""A list with a line for the department above it, a column 序号, and a column for the units."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
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

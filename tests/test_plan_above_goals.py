"""A plan of spending whose figures stand in a row of their own, right above the goals: those are not taken for it."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.guides import correct
from xl_perf.saved.guides import guide_at
from xl_perf.service.checking import read
from xl_perf.service.guides import learn_form

HINT = "1.\n2."


def write(path: Path, project: str | None = None, goal: str | None = HINT, plan: str = "资金支出计划（万元）") -> Path:
    """A blank form, or one of a project whose plan is blank."""
    amounts = (100, 80, 20) if project else (None, None, None)
    book = Workbook()
    sheet = book.worksheets[0]
    for cells in (
        ("项目绩效目标表",),
        ("部门名称：", None, None, None, None, None, "金额单位：万元"),
        ("项目名称", None, project, None, None, "项目编码", "440126" if project else None),
        ("预算规模及资金用途", None, "预算数", amounts[0], "其中：财政资金", amounts[1], "其他资金", amounts[2]),
        ("资金用途", None, "用于修路" if project else None),
        (plan, None, "3月底", None, "6月底", "10月底", "12月底"),
        (),
        ("绩效目标", None, goal),
        ("一级指标", "二级指标", "三级指标", None, "绩效指标描述", None, "指标值", "指标值确定依据"),
        ("产出指标", "数量指标", "里程" if project else None, None, None, None, "≥5公里" if project else None),
        ("满意度指标", "服务对象满意度指标"),
    ):
        sheet.append(cells)
    for area in ("A1:H1", "A3:B3", "C3:E3", "G3:H3", "A4:B4", "A5:B5", "C5:H5", "A6:B7", "C6:D6", "G6:H6", "C7:D7"):
        sheet.merge_cells(area)
    for area in ("G7:H7", "A8:B8", "C8:H8", *(f"{at}" for row in (9, 10, 11) for at in (f"C{row}:D{row}",))):
        sheet.merge_cells(area)
    book.save(path)
    return path


def test_the_cell_of_the_goals_is_marked_for_them_and_not_for_the_plan(tmp_path: Path) -> None:
    guide = tmp_path / "样表.xlsx"
    learn_form(str(write(tmp_path / "空白.xlsx")), out=str(guide))
    sheet = load_workbook(guide).worksheets[0]
    assert (sheet["C7"].value, sheet["C8"].value) == ("{？}", "{目标1}")
    correct(guide, {"3月底": "不读"})
    correct(guide, dict.fromkeys(("6月底", "10月底", "12月底"), "不读"))
    assert [fault.said for fault in guide_at(guide, "样表").faults] == []


@pytest.mark.parametrize("goal", ["3", "1.修好村道。"])
def test_a_goal_below_a_blank_plan_is_no_figure_of_it(tmp_path: Path, goal: str) -> None:
    project = read(write(tmp_path / "修路.xlsx", "修路", goal, "资金支出计划（%）")).projects[0]
    assert [point.percent.typed for point in project.plan] == [None] * 4

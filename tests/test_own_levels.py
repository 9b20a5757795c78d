"""An office's own form whose levels official texts do not have, and whose budget is parted without sources."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.model.findings import Finding
from xl_perf.profiles import fitting
from xl_perf.service.checking import read
from xl_perf.service.guides import check_form, learn_form

_PARTS = ("其中：本级支出", "补助区县")


def write(path: Path, levels: Sequence[str], amounts: Sequence[Scalar] = ()) -> Path:
    """The form; filled in where there are ``amounts``: the budget, and what it is made of."""
    book = Workbook()
    sheet = book.worksheets[0]
    lines: list[list[str | None]] = [
        ["2026年度项目绩效目标表"],
        ["单位：万元"],
        ["项目名称", "公路" if amounts else None],
        ["当年预算", None, _PARTS[0], None, _PARTS[1], None],
        ["年度目标", "修好公路" if amounts else None],
        ["一级指标", "二级指标", "三级指标", "指标值", "备注", "填表说明"],
        *([level, "数量", *(("里程", "≥5公里") if amounts else ())] for level in levels),
        ["满意度指标", "服务对象满意度", *(("满意度", "≥90%") if amounts else ())],
    ]
    for line in lines:
        sheet.append([*line])
    for column, amount in zip((2, 4, 6), amounts, strict=False):
        sheet.cell(4, column, float(str(amount)))
    book.save(path)
    return path


def found(folder: Path, printed: Sequence[str], levels: Sequence[str], amounts: Sequence[Scalar]) -> list[Finding]:
    """What is said of a filled form beside the 样表 of an office: the parts of its budget are called so."""
    blank = write(folder / "空白表.xlsx", printed)
    guide = Path(learn_form(str(blank), str(folder / "样表.xlsx")).written.path)
    blank.unlink()
    book = load_workbook(guide)
    for row in book["对照"].iter_rows(min_row=11):
        if row[0].value in {one.replace("：", ":") for one in _PARTS}:
            row[4].value = "其中项"
    book.save(guide)
    department = read(write(folder / "局.xlsx", levels, amounts))
    assert department.projects[0].kind.learned is not None
    return list(check(department, fitting(department)))


def test_printed_levels_are_right(tmp_path: Path) -> None:
    """决策 and 过程 stand on the form; 管理 was written by somebody in the place of one."""
    said = found(tmp_path, ["决策", "过程", "产出指标"], ["决策", "管理", "产出指标"], (10,))
    assert [one.message for one in said if one.code == "I503"] == ["没有“管理”这种一级指标"]


@pytest.mark.parametrize(("parts", "number"), [((70, 30), 0), ((70, 0), 0), ((70, 50), 1)])
def test_parts_of_a_budget_without_sources(parts: Sequence[int], number: int, tmp_path: Path) -> None:
    """Only what is more than the budget is looked at."""
    said = found(tmp_path, ["产出指标"], ["产出指标"], (100, *parts))
    assert len([one for one in said if one.code == "B311"]) == number
    assert not [one for one in said if one.code == "B310"]


@pytest.mark.parametrize(
    "room",
    [
        "      年   月至      年   月",
        "    年  月  日至    年  月  日",
        "自    年  月起至    年  月止",
        "  年  月 —   年  月",
    ],
)
def test_room_for_dates_is_filled_in(room: str, tmp_path: Path) -> None:
    """项目起止时间 with 年 月至 年 月 printed beside it is a text like others: its mark stands before the room."""
    blank = load_workbook(write(tmp_path / "空白表.xlsx", ["产出指标"]))
    blank.worksheets[0]["C3"], blank.worksheets[0]["D3"] = "项目起止时间", room
    blank.save(tmp_path / "空白表.xlsx")
    learn_form(str(tmp_path / "空白表.xlsx"), str(tmp_path / "样表.xlsx"))
    marked = str(load_workbook(tmp_path / "样表.xlsx").worksheets[0]["D3"].value)
    assert marked.replace(" ", "") == f"{{文字}}{room}".replace(" ", "")
    assert not [note for note in check_form(str(tmp_path / "样表.xlsx")).guide.notes if "会印进" in note]


def test_a_heading_over_labels_of_goals_is_no_label(tmp_path: Path) -> None:
    """三、绩效目标 is as broad as the form: below it stand the labels 中长期目标 and 本年度目标, and no goals."""
    for name, year, whole in (("空白表.xlsx", None, None), ("局.xlsx", "修好公路", "全部修好")):
        book = load_workbook(write(tmp_path / name, ["产出指标"], (10,) if year else ()))
        sheet = book.worksheets[0]
        sheet.insert_rows(5, 2)
        below = (("三、绩效目标", None), ("中长期目标", whole), ("本年度目标", year))
        for number, (label, typed) in enumerate(below, 5):
            sheet.cell(number, 1, label)
            sheet.cell(number, 2, typed)
        sheet.merge_cells("A5:F5")
        book.save(tmp_path / name)
    guide = tmp_path / "样表.xlsx"
    learn_form(str(tmp_path / "空白表.xlsx"), str(guide))
    (tmp_path / "空白表.xlsx").unlink()
    marked = load_workbook(guide)
    for row in marked["对照"].iter_rows(min_row=11):
        if row[7].value == "请核对":
            row[4].value = "其中项"
    marked.save(guide)
    assert marked.worksheets[0]["B7"].value == "{目标1}"
    (project,) = read(tmp_path / "局.xlsx").projects
    assert [goal.text for goal in project.goals] == ["修好公路"]

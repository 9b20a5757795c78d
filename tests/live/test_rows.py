"""Rows of a form come and go: merged labels, styles, lists and ranges of formulas keep up."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.live.conftest import Open
from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.live import heights, marks, rows, undoing, validation
from xl_perf.live.forms import LiveBranch, form_of
from xl_perf.live.host import NotHere


def names(desk: Desk, last: int = 18) -> list[str]:
    """三级指标 of the first form, blank rows as empty texts."""
    return [value or "" for value in desk.column("01", f"C10:C{last}")]


OWN = ["享受资金人数", "资金发放完成率", "项目完成时限", "项目总金额"]


def branches_of(desk: Desk) -> list[LiveBranch]:
    live = form_of(desk.host, desk.book.sheets["01"])
    assert live is not None
    return live.branches()


@office
def test_branches(three: Desk) -> None:
    assert branches_of(three) == [
        LiveBranch("产出指标", 9, 13),
        LiveBranch("效果指标", 14, 15),
        LiveBranch("满意度指标", 16, 17),
    ]


@office
def test_a_row_in_the_middle(three: Desk) -> None:
    state = three["01", "I2"].formula
    assert "$C$10:$C$18" in state
    three.go("01", "D11")
    rows.add_indicator_row(three.host)
    assert names(three, 15) == [*OWN[:2], "", *OWN[2:], ""]
    assert three["01", "A10"].merge_area.address == "$A$10:$A$15"
    assert three["01", "D12"].merge_area.address == "$D$12:$E$12"
    assert three["01", "F12"].number_format == "@"
    assert "$C$10:$C$19" in three["01", "I2"].formula
    assert three["01", "I2"].value == "已填写"
    three["01", "C12:F12"].value = ["新指标", "说明", None, "=5个"]  # unlocked, and text stays text
    assert three["01", "F12"].value == "=5个"
    assert three.book.sheets["01"].api.ProtectContents
    assert three.program.choices(three["01", "B12"]) == three.program.choices(three["01", "B11"]) != ""
    assert three.cursor == "$C$12"


@office
def test_below_the_last_row_of_a_group(three: Desk) -> None:
    """What stands in the last row stays above the new one."""
    three["01", "C14"].value = "最后一个"
    three["01", "F14"].value = "=78人"
    three.go("01", "C14")
    rows.add_indicator_row(three.host)
    assert names(three, 17)[4:] == ["最后一个", "", "对农村经济社会发展的贡献", ""]
    assert three["01", "F14"].value == "=78人"
    assert branches_of(three)[:2] == [LiveBranch("产出指标", 9, 14), LiveBranch("效果指标", 15, 16)]
    assert three["01", "D15"].merge_area.address == "$D$15:$E$15"
    levels = [three.program.choices(three["01", f"B{row}"]) for row in (10, 14, 15)]
    assert len(set(levels)) == 1


def test_below_the_last_row_of_the_table(three: Desk) -> None:
    three["01", "C18"].value = "群众满意度"
    three.go("01", "C18")
    rows.add_indicator_row(three.host)
    assert names(three, 19)[-2:] == ["群众满意度", ""]
    assert "$C$10:$C$19" in three["01", "I2"].formula
    assert three["01", "A17"].merge_area.address == "$A$17:$A$19"


def test_a_group_of_one_row(three: Desk) -> None:
    three.go("01", "C16")
    rows.delete_indicator_row(three.host)
    assert branches_of(three)[1] == LiveBranch("效果指标", 14, 14)
    three.go("01", "C15")
    with pytest.raises(NotHere, match="“效果指标”下只有一行，不能删除"):
        rows.delete_indicator_row(three.host)
    rows.add_indicator_row(three.host)
    assert branches_of(three)[1] == LiveBranch("效果指标", 14, 15)
    assert names(three)[5:7] == ["对农村经济社会发展的贡献", ""]
    assert three["01", "A15"].merge_area.address == "$A$15:$A$16"


@office
@pytest.mark.slow
def test_deleted_row_comes_back(three: Desk) -> None:
    """Also the first of a group, whose merged label must not go with it."""
    before = three.read().projects[0]
    for row in (10, 12, 15, 17):
        three.go("01", f"C{row}")
        assert rows.delete_indicator_row(three.host) == "已删除一行指标。要恢复请按“撤销上次操作”。"
        assert [branch.label for branch in branches_of(three)] == ["产出指标", "效果指标", "满意度指标"]
        assert len(three.read().projects[0].indicators) == 5
        assert [three["01", f"A{one.first + 1}"].merge_area.shape[0] for one in branches_of(three)] == [
            one.last - one.first + 1 for one in branches_of(three)
        ]
        assert undoing.undo(three.host).startswith("已撤销“删除指标行”")
        assert three.read().projects[0] == before
    assert branches_of(three) == [
        LiveBranch("产出指标", 9, 13),
        LiveBranch("效果指标", 14, 15),
        LiveBranch("满意度指标", 16, 17),
    ]


def test_second_level_stays_said(three: Desk) -> None:
    """A blank second level means the one above: deleting that row must not change the rows below."""
    three["01", "B11"].value = None
    three.go("01", "C10")
    rows.delete_indicator_row(three.host)
    assert three["01", "B10"].value == "数量指标"


@office
def test_added_row_is_taken_back_while_blank(three: Desk) -> None:
    before = names(three)
    three.go("01", "C11")
    rows.add_indicator_row(three.host)
    undoing.undo(three.host)
    assert names(three) == before
    rows.add_indicator_row(three.host)
    three["01", three.cursor].value = "已经填了"
    assert undoing.undo(three.host) == "工作表“01”增加的那一行已经填写或移动，没有删除。"
    assert "已经填了" in names(three, 19)


@office
def test_goals(three: Desk) -> None:
    three.go("01", "C8")
    rows.add_goal_row(three.host)
    assert three.column("01", "B7:B9") == ["目标1", "目标2", "目标3"]
    assert three.column("01", "C7:C9") == ["按时发放村级人员报酬。", "按政策规定执行和支付资金。", None]
    assert three["01", "A7"].merge_area.address == "$A$7:$A$9"
    assert three["01", "C9"].merge_area.address == "$C$9:$G$9"
    assert "$C$7:$C$9" in three["01", "I2"].formula
    three["01", "C9"].value = "第三个目标"
    assert [goal.text for goal in three.read().projects[0].goals][2] == "第三个目标"
    assert "没有删除" in undoing.undo(three.host)
    three["01", "C9"].value = None
    rows.add_goal_row(three.host)
    assert three.column("01", "B7:B10") == ["目标1", "目标2", "目标3", "目标4"]
    undoing.undo(three.host)
    assert three.column("01", "B7:B10") == ["目标1", "目标2", "目标3", "二级指标"]


@office
def test_marks_do_not_stay_behind(three: Desk) -> None:
    three["01", "C18"].value = "群众满意度"
    validation.validate(three.host)
    assert three["01", "F18"].note is not None or three["01", "C18"].note is not None
    three.go("01", "C18")
    rows.add_indicator_row(three.host)
    assert [three["01", f"{column}{row}"].note for column in "BCFG" for row in (18, 19)] == [None] * 8
    assert three["01", "C19"].color == (0xFF, 0xFD, 0xF0)


@office
def test_marks_of_other_rows_stay(three: Desk) -> None:
    """Only the rows whose content changes lose their marks; others move with their cells, and so does what is known of
    them. A new row has no colour.
    """
    plain = three["01", "F12"].color
    three["01", "C3"].value = 100
    for cell in ("F10", "F12", "F17"):
        three["01", cell].value = None
    validation.validate(three.host)
    error = three["01", "F12"].color
    assert error != plain
    three.go("01", "C12")
    rows.add_indicator_row(three.host)
    assert [three["01", cell].color for cell in ("C3", "F10", "F12", "F13", "F18")] == [
        error, error, error, plain, error
    ]  # fmt: skip
    told = str(three["01", "H1"].value)
    assert ["|F18=|" in told, "|F17|" in told] == [True, False]
    rows.add_goal_row(three.host)
    assert [three["01", cell].color for cell in ("C3", "F11", "F13", "F19")] == [error] * 4
    three.go("01", "C13")
    rows.delete_indicator_row(three.host)
    assert [three["01", cell].color for cell in ("C3", "F11", "F13", "F18")] == [error, error, plain, error]
    three.answer("1")
    undoing.undo(three.host)
    assert [three["01", cell].color for cell in ("C3", "F11", "F13", "F19")] == [error, error, plain, error]
    marks.clear_marks(three.host)
    assert [three["01", cell].color for cell in ("F11", "F19")] == [plain] * 2
    assert three["01", "F19"].note is None


def test_where_it_cannot_be_done(three: Desk) -> None:
    three.go("01", "C3")
    with pytest.raises(NotHere, match="光标不在指标表里。请先点一个指标所在的行"):
        rows.add_indicator_row(three.host)
    three.go("首页")
    with pytest.raises(NotHere, match="没有项目绩效目标表"):
        rows.add_goal_row(three.host)


@office
def test_rows_fit_their_texts(three: Desk) -> None:
    short = three.height("01", "A4")
    three["01", "B4"].value = "资金主要用于" + "道路养护" * 60
    three["01", "C7"].value = "目标" * 100
    three["01", "F10"].value = "=78人"
    three.go("01")
    heights.fit_rows(three.host)
    assert three.height("01", "A4") > 3 * short / 2
    assert three.height("01", "A7") > 60
    assert three.height("01", "A10") == 31
    assert three.height("01", "A1") == 54
    assert three.book.sheets["01"].api.ProtectContents


@pytest.fixture
def wide(opened: Open, tmp_path: Path) -> Desk:
    """A form of somebody else, whose first level and goals' labels take two columns each."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    for typed in (
        ["桥梁维修项目绩效目标表"],
        ["项目编码", None, "001", "项目名称", "桥梁维修"],
        ["预算规模及资金用途", None, "预算数", 10, "财政资金", 10, "其他资金", None],
        [None, None, "资金主要用于维修。"],
        ["绩效目标", "目标1", None, "修好桥梁。"],
        ["一级指标", None, "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
        ["产出指标", None, "数量指标", "座数", "维修的座数", "3座", "计划"],
        [None, None, "质量指标", "合格率", "验收合格的比率", "100%", "标准"],
        ["效果指标", None, "社会效益指标", "出行", "出行是否方便", "是", "计划"],
    ):
        sheet.append(typed)
    for area in ("A3:B4", "B5:C5", "A6:B6", "A7:B8", "A9:B9"):
        sheet.merge_cells(area)
    book.save(tmp_path / "来件.xlsx")
    desk = opened(tmp_path / "来件.xlsx")
    desk.go("表")
    return desk


@office
def test_a_first_level_over_two_columns(wide: Desk) -> None:
    before = wide.read().projects[0]
    assert len(before.indicators) == 3
    wide.go("表", "D7")
    rows.add_indicator_row(wide.host)
    assert wide["表", "A7"].merge_area.address == "$A$7:$B$9"
    assert wide.cursor == "$D$8"
    undoing.undo(wide.host)
    wide.go("表", "D7")
    rows.delete_indicator_row(wide.host)
    assert wide["表", "A7"].merge_area.address == "$A$7:$B$7"
    undoing.undo(wide.host)
    assert wide["表", "A7"].merge_area.address == "$A$7:$B$8"
    assert wide.read().projects[0] == before


def test_a_goals_label_over_two_columns(wide: Desk) -> None:
    wide.go("表", "D5")
    rows.add_goal_row(wide.host)
    assert wide.column("表", "B5:B6") == ["目标1", "目标2"]
    assert wide.cursor == "$D$6"
    wide["表", "D6"].value = "桥上好走。"
    assert [goal.text for goal in wide.read().projects[0].goals] == ["修好桥梁。", "桥上好走。"]

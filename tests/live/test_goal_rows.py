"""删除目标行: the goals close up and are numbered on, and 撤销上次操作 brings the one that was deleted back."""

import pytest

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.live import goal_rows, rows, undoing
from xl_perf.live.host import NotHere
from xl_perf.live.protection import unlocked

OWN = ["按时发放村级人员报酬。", "按政策规定执行和支付资金。"]


def goals(desk: Desk) -> list[str]:
    return [goal.text or "" for goal in desk.read().projects[0].goals]


@pytest.fixture
def three(example: Desk) -> Desk:
    example.go("01", "C8")
    rows.add_goal_row(example.host)
    example["01", "C9"].value = "第三个目标"
    return example


@pytest.mark.parametrize("at", [0, pytest.param(1, marks=office), 2])
def test_a_goal_goes_and_comes_back(three: Desk, at: int) -> None:
    before = three.read().projects[0]
    three.go("01", f"C{7 + at}")
    assert goal_rows.delete(three.host) == f"已删除目标{at + 1}。要恢复请按“撤销上次操作”。"
    assert (three.host.active.name, three.cursor.partition(":")[0]) == ("01", f"$C${7 + min(at, 1)}")  # in a goal
    kept = [*OWN, "第三个目标"]
    kept.pop(at)
    assert goals(three) == kept
    assert three.column("01", "B7:B9") == ["目标1", "目标2", "二级指标"]
    assert three["01", "A7"].merge_area.address == "$A$7:$A$8"
    assert three["01", "C7"].merge_area.address == "$C$7:$G$7"
    assert "$C$7:$C$8" in three["01", "I2"].formula
    assert three.book.sheets["01"].api.ProtectContents
    three.answer("1")
    assert undoing.undo(three.host).startswith("已撤销“删除目标行”")
    assert three.read().projects[0] == before
    assert three.column("01", "B7:B10") == ["目标1", "目标2", "目标3", "二级指标"]
    assert three["01", "A7"].merge_area.address == "$A$7:$A$9"
    assert three["01", "C9"].merge_area.address == "$C$9:$G$9"


@office
def test_one_goal_stays(example: Desk) -> None:
    example["01", "C8"].value = "=78人"
    example.go("01", "C7")
    assert "已删除目标1" in example.press("delete_goal_row", "01")
    assert (goals(example), example["01", "A7"].value) == (["=78人"], "绩效目标")
    assert example["01", "A7"].merge_area.address == "$A$7"
    with pytest.raises(NotHere, match="只有一个目标，不能删除。至少留一个目标"):
        goal_rows.delete(example.host)
    undoing.undo(example.host)
    assert goals(example) == [OWN[0], "=78人"]
    example.go("01", "C12")
    with pytest.raises(NotHere, match="光标不在绩效目标那几行"):
        goal_rows.delete(example.host)


def test_changed_meanwhile(three: Desk) -> None:
    """Rows went in above by hand: nothing is put in the wrong place."""
    three.go("01", "C8")
    goal_rows.delete(three.host)
    with unlocked(three.book.sheets["01"]):
        three["01", "4:4"].insert("down")
    three.answer("1")
    assert "绩效目标已经变了，删除的那一个没有恢复" in undoing.undo(three.host)
    assert goals(three) == [OWN[0], "第三个目标"]

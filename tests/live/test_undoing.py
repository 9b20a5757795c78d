"""撤销上次操作: any step is picked from a list; what rests on it goes with it; every deleted form comes back."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.core.model.findings import Edit
from xl_perf.live import choosing, edits, log_sheet, projects, undoing
from xl_perf.live.log_sheet import ADDED, DELETED, EDIT, MARK, Record
from xl_perf.live.protection import is_visible

pytestmark = office


def names(example: Desk) -> list[str]:
    return [sheet.name for sheet in example.book.sheets if sheet.name.isdecimal() and is_visible(sheet)]


def delete(example: Desk, name: str) -> None:
    example.go(name)
    example.answer("yes")
    projects.delete(example.host)


def test_every_deleted_form_comes_back(example: Desk) -> None:
    before = example.read().projects
    for name in ("03", "05", "08"):
        delete(example, name)
    projects.add(example.host)  # takes the name of the last one
    assert names(example) == ["01", "02", "04", "06", "07", "08"]
    example.answer("4")
    assert undoing.undo(example.host).startswith("已撤销“删除项目”")
    asked = example.said[-1]
    assert f"删除项目：08 {before[-1].name.text}" in asked
    assert asked.index("新增项目：08") < asked.index("删除项目：08") < asked.index("删除项目：03")
    assert names(example) == ["01", "02", "03", "04", "06", "07", "08"]
    example.answer("2")
    assert undoing.undo(example.host) == "已恢复删除的项目表“08”；现在另有一张“08”，所以它改叫“09”。"
    example.answer("2")
    undoing.undo(example.host)
    found = [project for project in example.read().projects if project.sheet in names(example)]
    assert [one.sheet for one in found] == ["01", "02", "03", "04", "05", "06", "07", "09"]
    assert [one.name.text for one in found] == [one.name.text for one in before]
    assert example.column("首页", "B10:B18") == ["01", "02", "03", "04", "05", "06", "07", "09", "08"]


def test_the_same_name_is_deleted_twice(example: Desk) -> None:
    delete(example, "08")
    projects.add(example.host)
    delete(example, "08")
    hidden = [sheet.name for sheet in example.book.sheets if sheet.name.startswith("已删除")]
    assert hidden == ["已删除08", "已删除08~2"]


def test_what_rests_on_a_step_goes_with_it(example: Desk) -> None:
    edits.apply(example.host, [Edit("03", 2, 2, example["03", "C3"].value, 7.0)])
    projects.add(example.host)
    delete(example, "03")
    example.answer("3", "no")
    assert undoing.undo(example.host) == "没有改动。"
    assert "还有改动了同样工作表的操作" in example.said[-1]
    assert "03" not in example.book.sheet_names
    example.answer("3", "yes")
    assert [line.partition("（")[0] for line in undoing.undo(example.host).splitlines()] == [
        "已撤销“删除项目”",
        "已撤销“规范化”",
    ]
    assert example["03", "C3"].value != 7.0
    assert [step.first.action for step in undoing.steps(log_sheet.read(example.host))] == ["新增项目"]


def test_nothing_is_picked(example: Desk) -> None:
    projects.add(example.host)
    projects.add(example.host)
    example.answer("cancel")
    assert undoing.undo(example.host) == "没有改动。"
    assert names(example)[-2:] == ["09", "10"]


def step(number: int, kind: str, *sheets: str, before: str = "") -> undoing.Step:
    records = [Record(number, "2023-05-06 07:08:09", "操作", kind, sheet, before=before) for sheet in sheets]
    return undoing.Step(number, records)


def test_steps_that_rest_on_others() -> None:
    found = [
        step(9, EDIT, "05"),
        step(8, DELETED, "已删除04", before="s04"),
        step(7, EDIT, "03", "04"),
        step(6, EDIT, "02"),
        step(5, ADDED, "03"),
    ]
    assert [one.number for one in undoing.with_later(found, 4)] == [8, 7, 5]
    assert [one.number for one in undoing.with_later(found, 1)] == [8]
    assert [one.number for one in undoing.with_later(found, 3)] == [6]
    assert undoing.steps([Record(1, "", "校验", MARK, "01")]) == []


def test_lines_of_the_list() -> None:
    assert step(1, EDIT, "01", "02", "03", "04").line == "05-06 07:08 操作：01、02、03 等 4 张，4 处"
    assert step(1, DELETED, "已删除04", before="s04").line == "05-06 07:08 操作：04"


class Excel:
    """Answers to Application.InputBox and to message boxes."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.app = SimpleNamespace(api=SimpleNamespace(InputBox=self.input_box), alert=self.alert)

    def input_box(self, prompt: str, *_: Any, Type: int) -> Any:  # noqa: N803
        assert Type == 1
        assert len(prompt) <= 255
        self.asked.append(prompt)
        return self.answers.pop(0)

    def alert(self, prompt: str, *_: Any) -> Any:
        self.asked.append(prompt)
        return self.answers.pop(0)


@pytest.mark.parametrize(
    ("answers", "picked"), [((3.0,), 2), ((0.0, 7.0), 6), ((0.0, 0.0, 0.0, 1.0), 0), ((99.0, 2.0), 1), ((False,), None)]
)
def test_by_number(answers: tuple[Any, ...], picked: int | None) -> None:
    excel: Any = Excel(*answers)
    assert choosing.by_number(excel, "预算绩效", [f"{'长' * 60}{number}" for number in range(12)]) == picked
    assert excel.answers == []


@pytest.mark.parametrize(
    ("answers", "picked"), [(("yes",), 0), (("no", "no", "yes"), 2), (("cancel",), None), (("no",) * 3, None)]
)
def test_one_by_one(answers: tuple[str, ...], picked: int | None) -> None:
    excel: Any = Excel(*answers)
    assert choosing.one_by_one(excel, "要撤销哪一步？", ["一", "二", "三"]) == picked
    assert "看下一项" in excel.asked[0]

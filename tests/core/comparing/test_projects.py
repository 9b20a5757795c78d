"""Which projects of two versions are the same, and what is said of those that differ."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import xl_perf
from tests import builders
from tests.builders import department, facts, indicator, project
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.comparing.diff import diff
from xl_perf.core.comparing.records import Change, Difference, MatchedBy, Nature, ProjectChange, ProjectDifference
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department


def compared(old: list[Project], new: list[Project]) -> tuple[ProjectDifference, ...]:
    found = diff(department(*old), department(*new))
    (one,) = found.departments
    return one.projects


def changed(**changes: Any) -> tuple[Change, ...]:
    """What is said of the good project with these changes."""
    (one,) = compared([project(), project(name="另一个项目")], [project(**changes), project(name="另一个项目")])
    return one.changes


def said(change: Change) -> tuple[str, str | None, str | None, Decimal | None]:
    return change.label, change.old and change.old.text, change.new and change.new.text, change.difference


def test_by_code() -> None:
    """The code tells, whatever the name; the name has changed."""
    (one,) = compared([project(name="甲", code="1001")], [project(name="乙丙丁", code="1001", goals=["别的"])])
    assert (one.change, one.matched_by) == (ProjectChange.RENAMED, MatchedBy.CODE)
    assert one.title == "甲 → 乙丙丁"
    assert "项目名称" in [change.label for change in one.changes]


def test_by_name() -> None:
    """Codes of another year are other codes."""
    old, new = project(code="23001", name="道路养护"), project(code="24001", name="道路 养护", budget=120)
    (one,) = compared([old], [new])
    assert (one.change, one.matched_by) == (ProjectChange.CHANGED, MatchedBy.NAME)
    assert said(one.changes[0]) == ("项目编码", "23001", "24001", None)


def test_numbered_anew() -> None:
    """A project was put in front, and all codes moved on: names tell more than such codes."""
    names = ["道路养护", "绿化工程", "敬老院运行"]
    old = [project(name=name, code=f"{at}") for at, name in enumerate(names, 1)]
    new = [project(name=name, code=f"{at}") for at, name in enumerate(["新的事", *names], 1)]
    found = compared(old, new)
    assert [(one.change, one.title) for one in found] == [
        (ProjectChange.ADDED, "新的事"),
        *((ProjectChange.CHANGED, name) for name in names),
    ]
    assert all([change.field for change in one.changes] == ["code"] for one in found[1:])


def own(name: str, what: str, **more: Any) -> Project:
    """A project whose goals and indicators are its own."""
    rows = [indicator(level3=f"{what}{number}", target=f"={number}个") for number in range(3)]
    return project(**({"name": name, "code": "", "goals": [f"做好{what}"], "indicators": rows} | more))


def test_by_content() -> None:
    old = [own("河道整治", "河道"), own("公园建设", "公园")]
    found = compared(old, [own("水系治理", "河道"), own("公园建设", "公园")])
    assert [(one.change, one.matched_by, one.title) for one in found] == [
        (ProjectChange.RENAMED, MatchedBy.CONTENT, "河道整治 → 水系治理")
    ]


def test_what_every_project_says_tells_nothing() -> None:
    """Indicators that all forms of a department have make no two projects one."""
    stays = [project(name="道路养护"), project(name="绿化工程")]
    found = compared([*stays, project(name="老项目", budget=3)], [*stays, project(name="新项目", budget=4)])
    assert [one.change for one in found] == [ProjectChange.ADDED, ProjectChange.REMOVED]


def test_other_codes_need_more_of_the_same_content() -> None:
    """A form that was copied for another project is not the old one under a new name."""
    stays = own("公园建设", "公园")
    old = own("河道整治", "河道", code="1001")
    copy = own("水系治理", "河道", code="1002", goals=["别的目标"], budget=7, purpose="别的用途")
    assert [one.change for one in compared([stays, old], [stays, copy])] == [ProjectChange.ADDED, ProjectChange.REMOVED]
    same = own("水系治理", "河道", code="1002", budget=100, purpose=old.purpose.text)
    assert [one.change for one in compared([stays, old], [stays, same])] == [ProjectChange.RENAMED]


def test_equal_names() -> None:
    """Two of a name: each is compared with the one that says the same."""
    first, second = own("设备购置", "电脑"), own("设备购置", "车辆")
    assert compared([first, second], [second, first]) == ()
    (gone,) = compared([first, second], [second])
    assert gone.change is ProjectChange.REMOVED


def test_the_order_of_sheets_is_no_difference() -> None:
    old = [project(name=name) for name in ("甲甲", "乙乙", "丙丙")]
    assert compared(old, [old[2], old[0], old[1]]) == ()


# --- fields --------------------------------------------------------------------------------------------------------


def test_amounts_are_exact() -> None:
    found = changed(budget="100.1", fiscal="99.7", other="0.4", indicators=facts()["indicators"])
    assert [said(change) for change in found] == [
        ("预算数", "100", "100.1", Decimal("0.1")),
        ("财政资金", "100", "99.7", Decimal("-0.3")),
        ("其他资金", None, "0.4", Decimal("0.4")),
    ]


@pytest.mark.parametrize(("old", "new"), [("", "0"), ("0", "————"), ("————", "")])
def test_blank_zero_and_placeholder_are_three_things(old: str, new: str) -> None:
    (one,) = compared([project(other=old)], [project(other=new)])
    assert [said(change) for change in one.changes] == [("其他资金", old or None, new or None, Decimal(0))]


def test_an_amount_that_cannot_be_read_is_said() -> None:
    (one,) = changed(fiscal="八十万")
    assert said(one) == ("财政资金", "100", "八十万", Decimal(-100))
    assert one.note == "现值读不出，差额里按 0 计"


def test_other_characters_are_no_other_content() -> None:
    """They are told apart from changes."""
    found = changed(
        budget="100万元",
        fiscal=100.0,
        indicators=facts()["indicators"],
        goals=["养护村级道路,方便群众出行。", "减少道路 病害。"],
    )
    assert [(change.label, change.nature) for change in found] == [
        ("预算数", Nature.WORDING),
        ("目标", Nature.WORDING),
        ("目标", Nature.WORDING),
    ]


def test_the_plan_has_the_difference_of_the_planned_amounts() -> None:
    (one,) = changed(percents=[0.25, 0.6, 0.75, 1])
    assert (one.field, said(one)) == ("plan:6", ("6月底计划（%）", "50", "60", Decimal(10)))
    assert changed(percents=["30%", "50%", "75%", "100%"])[0].difference == 5


def test_goals() -> None:
    """One that was taken out is one that was taken out, whatever number the next one has now."""
    (one,) = changed(goals=["减少道路病害。"])
    assert (one.nature, one.old and one.old.item) == (Nature.REMOVED, "目标1")
    (one,) = changed(goals=["养护村级道路，方便群众出行。", "减少道路和桥梁病害。"])
    assert (one.nature, one.item) == (Nature.CHANGED, "目标2")
    assert compared([project()], [project(goals=list(reversed(facts()["goals"])))]) == ()


def with_indicator(at: int, **changes: Any) -> list[dict[str, Any]]:
    return [row | changes if at == number else row for number, row in enumerate(facts()["indicators"])]


@pytest.mark.parametrize(
    ("part", "text", "label"),
    [
        ("level2", "质量指标", "二级指标"),
        ("level3", "养护公里数", "三级指标"),
        ("description", "另一种描述", "绩效指标描述"),
        ("target", "≥80公里", "指标值"),
        ("basis", "行业标准", "指标值确定依据"),
    ],
)
def test_parts_of_an_indicator(part: str, text: str, label: str) -> None:
    (one,) = changed(indicators=with_indicator(0, **{part: text}))
    assert (one.label, one.field) == (label, f"indicator.{part}")
    assert one.new is not None
    assert one.new.text == text
    assert one.old is not None
    assert one.old.item == "数量指标 · 养护里程"


def test_a_cost_has_its_difference_in_money() -> None:
    (one,) = changed(indicators=with_indicator(3, target="=120.5万元"))
    assert said(one) == ("指标值", "=100万元", "=120.5万元", Decimal("20.5"))


def test_indicators_that_came_and_went() -> None:
    found = changed(indicators=[*facts()["indicators"][1:], indicator(level3="新人数", target="=5人")])
    assert [(change.nature, change.item) for change in found] == [
        (Nature.ADDED, "数量指标 · 新人数"),
        (Nature.REMOVED, "数量指标 · 养护里程"),
    ]
    assert found[0].new is not None
    assert found[0].new.text == "=5人；指标描述：领取的人数；依据：上级政策"
    assert compared([project()], [project(indicators=list(reversed(facts()["indicators"])))]) == ()


# --- the whole department ------------------------------------------------------------------------------------------


def test_texts_of_the_department() -> None:
    goals = [draft.sub_goal("道路", "养护道路", [("里程", "≥7公里"), ("人数", "=2人")], ["道路养护"])]
    old = department(project(), ceiling="100", overall_goal="总目标", sub_goals=goals, safeguards=[("领导", "加强")])
    goals = [
        draft.sub_goal("道路", "养护好道路", [("里程", "≥8公里")], ["道路养护", "绿化"]),
        draft.sub_goal("绿化", "种树", [("棵数", "≥9棵")], ["绿化"]),
    ]
    new = department(project(), ceiling="90", contact="李四", overall_goal="新的总目标", sub_goals=goals)
    (one,) = diff(old, new).departments
    assert one.projects == ()
    assert [(change.field, change.item, change.nature.value) for change in one.changes] == [
        ("cover.contact", "", "changed"),
        ("cover.ceiling", "", "changed"),
        ("goals.overall", "", "changed"),
        ("goals.sub_goal", "道路", "changed"),
        ("goals.sub_projects", "道路", "changed"),
        ("goals.sub_indicator", "道路 · 里程", "changed"),
        ("goals.sub_indicator", "道路 · 人数", "removed"),
        ("goals.sub", "绿化", "added"),
        ("goals.safeguard", "领导", "removed"),
    ]
    assert one.changes[1].difference == -10
    added = one.changes[7].new
    assert added is not None
    assert added.text == "种树；棵数：≥9棵；对应项目：绿化"


def read(*rows: builders.Rows) -> Department:
    return read_department(Book("本", [Grid(f"{at:02}", one) for at, one in enumerate(rows, 1)]))


def test_two_kinds_of_form() -> None:
    """What both have is compared; what only one has is told apart."""
    old, new = read(builders.form()), read(builders.national_form())
    found = diff(old, new)
    (one,) = found.departments[0].projects
    assert "两边的表样不同" in found.notes[0]
    assert one.changes[0].field == "form"
    plain = {change.field: change for change in one.changes if change.nature is Nature.CHANGED}
    assert plain["fiscal"].difference == -20
    assert plain["other"].difference == 20
    only = {change.field for change in one.changes if change.nature is Nature.NO_FIELD}
    assert {"code", "purpose", "plan:6", "indicator.description", "indicator.basis", "indicator.weight"} <= only
    assert "budget" not in {*plain, *only}


def test_the_departments_own_table_is_in_no_total() -> None:
    old = xl_perf.read(Path(__file__).parents[2] / "fixtures" / "layouts" / "l41-with-department-form.xlsx")
    (table,) = old.own_targets
    more = table.budget._replace(value=Decimal("2300.5"), typed=2300.5)
    values = tuple(more if entry is table.budget else entry for entry in table.values)
    found = diff(old, replace(old, own_targets=(replace(table, values=values),)))
    (own_one,) = found.departments[0].own
    assert [said(change) for change in own_one.changes] == [("预算数", "2286", "2300.5", Decimal("14.5"))]
    assert own_one.amounts["budget"].difference == Decimal("14.5")
    assert found.amounts["budget"].difference == 0
    (gone,) = diff(old, replace(old, own_targets=())).departments[0].own
    assert gone.change is ProjectChange.REMOVED


def places(found: Difference) -> list[tuple[str | None, str | None]]:
    return [
        (change.old and change.old.cell, change.new and change.new.cell)
        for one in found.departments
        for _, change in one.every()
    ]


def test_cells_of_both_sides() -> None:
    moved = [["", *row] for row in builders.form(purpose="资金主要用于别的。")]
    found = diff(read(builders.form()), read([[""] * 8, *moved]))
    assert places(found) == [("B4", "C5")]
    assert [book.path for book in found.departments[0].new] == ["本"]


def test_a_title_that_is_not_the_name() -> None:
    (one,) = compared([project(heading="旧标题")], [project(heading="新标题")])
    assert [change.field for change in one.changes] == ["heading"]
    renamed = replace(project(name="甲甲", code="1"), heading=draft.text("甲甲"))
    (one,) = compared([renamed], [project(name="乙乙", code="1", goals=["完成甲甲。"], purpose=renamed.purpose.text)])
    assert [change.field for change in one.changes] == ["name"], "the title follows the name"


def test_a_title_by_formula_without_a_result() -> None:
    """Programs that calculate nothing save none: it shows the name, so that nothing has changed."""
    old, bare = (replace(project(name="甲甲", code="1"), heading=draft.text(one)) for one in ("甲甲", None))
    assert not compared([old], [bare])
    (one,) = compared([replace(old, heading=draft.text("旧标题"))], [bare])
    assert [change.field for change in one.changes] == ["heading"]

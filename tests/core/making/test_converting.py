"""Projects of a kind that is only read become forms of one that is written."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests import departments
from tests.national import whole
from tests.own_guides import learned
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.forms.target_list import TARGET_LIST
from xl_perf.core.making import draft
from xl_perf.core.making.converting import fitted, left_behind, writable

FORMS = Path(__file__).parents[2] / "fixtures" / "forms"

LISTED = draft.project(
    kind=TARGET_LIST,
    code="53001",
    name="宣传",
    budget="12",
    goals=["办好。"],
    indicators=[{"level1": "产出指标", "level2": "数量指标", "level3": "报道数", "target": "≥300篇", "basis": "计划"}],
)


def test_a_project_of_a_list_becomes_a_form() -> None:
    (made,) = writable(draft.department(projects=[LISTED]), NATIONAL_TARGETS).projects
    assert (made.kind, made.name.value, made.budget.value) == (NATIONAL_TARGETS, "宣传", Decimal(12))
    assert made.value("unit_money").is_empty
    assert (made.goals, made.indicators) == (LISTED.goals, LISTED.indicators)


def test_what_is_written_stays() -> None:
    department = draft.department(projects=[whole(), departments.whole()])
    assert writable(department, NATIONAL_TARGETS) is department


def test_what_a_form_does_not_print_is_said() -> None:
    department = draft.department(projects=[whole(), departments.whole(), LISTED])
    assert list(left_behind(department, NATIONAL_TARGETS)) == [
        "“宣传”有内容在表样上没有填写处，没有收进来：项目编码 53001、指标值确定依据 1 处"
    ]


def test_goals_without_a_place_on_an_office_s_own_form_are_said() -> None:
    """长期目标 beside 年度目标: of goals that are for the year one has room; none goes under the other heading."""
    kind = learned(FORMS / "c07-hunan-old-2021.xlsx")
    three = replace(LISTED, goals=draft.project(goals=["甲。", "乙。", "丙。"]).goals)
    department = draft.department(projects=[three])
    (made,) = fitted(department, kind).projects
    assert [goal.text for goal in made.goals] == ["甲。"]
    assert list(left_behind(department, kind)) == [
        "“宣传”有内容在表样上没有填写处，没有收进来：项目编码 53001、指标值确定依据 1 处、目标2 乙。、目标3 丙。"
    ]

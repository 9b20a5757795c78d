"""Views of a whole workbook say what walking through its forms would say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.checking.rules import BY_CODE
from xl_perf.core.checking.seen import Indicators, Seen, plan_of
from xl_perf.core.making import draft
from xl_perf.profiles import load

MONTHS = (3, 6, 10, 12)
ROWS: list[dict[str, Scalar]] = [
    {"level1": "产出指标", "level2": "数量指标", "level3": "里 程", "target": "≥78公里", "basis": "工作计划"},
    {"level1": "产出指标", "level2": "成本指标", "level3": "总成本", "target": "=100万元", "basis": "合同约定"},
    {"level1": "产出指标", "level2": "质量指标", "level3": "合格率", "target": "≥95%", "basis": "工作计划"},
    {"level1": "产出指标", "level2": "质量指标", "level3": "", "target": "90%-95%", "basis": ""},
    {"level1": "满意度指标", "level2": "服务对象满意度指标", "level3": "满意度", "target": "……", "basis": "历史数据"},
    {"level1": "满意度指标", "level2": "服务对象满意度指标", "level3": "投诉", "target": "无", "basis": "历史数据"},
    {"level1": "", "level2": "数量指标", "level3": "２次", "target": 2.0, "basis": "工作计划"},
]


def department(*forms: list[dict[str, Scalar]]) -> Seen:
    return Seen(draft.department(projects=[draft.project(name="村级道路养护", indicators=rows) for rows in forms]))


def test_indicators_are_found_by_what_they_have_in_common() -> None:
    """By second level, kind and unit; what was not understood has no kind."""
    book = department(ROWS[:4], ROWS[4:])
    found = book.indicators
    assert found.names == ["里程", "总成本", "合格率", "", "满意度", "投诉", "2次"]
    rows = dict(zip(found.names, found.rows, strict=True))
    assert [(project is book.projects[1], row) for project, row in found.by_level2["数量"]] == [
        (False, rows["里程"]),
        (True, rows["2次"]),
    ]
    assert found.by_kind == {
        "number": [rows["里程"], rows["总成本"], rows["合格率"], rows["2次"]],
        "range": [rows[""]],
        "yes-no": [rows["投诉"]],
        None: [rows["满意度"]],
    }
    assert found.by_unit == {"公里": [rows["里程"]], "万元": [rows["总成本"]], "%": found.rates, "": [rows["2次"]]}
    assert found.rates == [rows["合格率"], rows[""]]
    assert found.by_kind["deadline"] == []


def test_under_keeps_the_order_of_the_rows() -> None:
    """Also where the second levels are named in another order; every project is there, and nobody counts twice."""
    book = department(ROWS[:4], [])
    first, second = book.projects
    wanted = [(first, [row for row in first.indicators if row.level2.value in {"质量", "数量"}]), (second, [])]
    assert book.indicators.under(("质量", "数量")) == wanted
    assert [row.level3.text for row in book.indicators.under(("成本",))[0][1]] == ["总成本"]
    assert book.indicators.under(("质量", "数量")) == wanted


def test_a_book_without_indicators() -> None:
    found = Indicators(())
    assert (found.rows, found.names, found.rates, found.by_kind[None], found.under(("成本",))) == ([], [], [], [], [])


def test_projects_that_name_the_same_levels_stand_together() -> None:
    """Whatever the order and the number of their rows."""
    book = department(ROWS[:3], ROWS[4:6], [*ROWS[2::-1], ROWS[0]], [])
    one, two, three, four = book.projects
    assert book.levels == [
        ({"产出": {"数量", "成本", "质量"}}, [one, three]),
        ({"满意度": {"服务对象满意度"}}, [two]),
        ({}, [four]),
    ]


@pytest.mark.parametrize(
    ("percents", "is_sound"),
    [
        ([0.25, 0.5, 0.75, 1], True),
        ([0, 0, 0, 1], True),
        ([25, 50, 50, 100], True),
        ([25, 50, 75, 90], False),
        ([25, 75, 50, 100], False),
        ([-5, 50, 75, 100], False),
        ([25, 50, 120, 100], False),
        ([25, None, 75, 100], False),
        ([25, "过半", 75, 100], False),
    ],
)
def test_sound_plans(percents: list[float | str | None], is_sound: bool) -> None:
    plan = plan_of(draft.project(percents=percents), MONTHS)
    assert plan.is_sound is is_sound
    assert [point.month for point in plan.points] == list(MONTHS)


def test_a_plan_at_other_months() -> None:
    """Months that the form has not are absent, months that the profile has not are left out."""
    project = draft.project(percents=[25, 50, 75, 100])
    plan = plan_of(project, (3, 9, 12))
    assert [(point.month, point.percent.value) for point in plan.points] == [(3, Decimal(25)), (9, None), (12, 100)]
    assert plan.points[1].percent.status is Status.ABSENT
    assert (plan.percents, plan.is_sound) == ([Decimal(25), Decimal(100)], False)
    assert plan_of(project, (6, 12)).is_sound
    assert not plan_of(project, (9, 11)).is_sound


@given(st.lists(st.none() | st.integers(-20, 120) | st.just("x"), min_size=4, max_size=4))
def test_a_plan_is_sound_where_the_rules_find_nothing(percents: list[int | str | None]) -> None:
    """P401 to P404 look at the other plans only."""
    book = Seen(draft.department(projects=[draft.project(percents=percents)]))
    findings = [one for code in ("P401", "P402", "P403", "P404") for one in BY_CODE[code].check(book, load())]
    assert plan_of(book.projects[0], MONTHS).is_sound is not bool(findings)


def test_what_a_book_mentions() -> None:
    """In any of its texts, within one text; a word's first and last character alone are not enough."""
    project = draft.project(name="道路养护", goals=["调查", "价差"], purpose="用于X")
    book = Seen(draft.department(overall_goal="服务群众", projects=[project]))
    assert book.mentions(["没有", "养护"])
    assert book.mentions(["X"])
    assert book.mentions(["服务群众"])
    assert not book.mentions(["调差", "护养", "群众道路", "查价"])
    assert not book.mentions([])

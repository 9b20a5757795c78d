"""Scores to the hundredth: the worked examples, whole projects, published tables, boundaries, and what always holds."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.year_reports import evaluation, row
from xl_perf.core.cells.entries import target_entry, weight_entry
from xl_perf.core.cells.entry import PartOfCell
from xl_perf.core.figures.reached import Problem
from xl_perf.core.figures.rounding import rounded, share, total_of
from xl_perf.core.figures.scoring import (
    EvaluationResult,
    Scale,
    Scored,
    department_score,
    evaluate,
    execution_explained,
    execution_score,
    gap_of,
    grade_of,
    points_of,
    scored,
    shares_of,
    spread,
)
from xl_perf.core.report_settings import EvaluateSettings, Satisfaction

USUAL = EvaluateSettings()
HUBEI = EvaluateSettings(execution=Decimal(20))
JIANGXI = EvaluateSettings(
    tiers=((Decimal(100), Decimal(10)), (Decimal(80), Decimal(7)), (Decimal(60), Decimal(5)), (Decimal(0), Decimal(0)))
)


def score_of(
    target: str, actual: str, points: str = "12.5", settings: EvaluateSettings = USUAL, **scale: Any
) -> Scored:
    """What is typed on the sheet, scored for 2023."""
    typed = target_entry(target, "自评", 0, 0), target_entry(actual, "自评", 0, 1)
    return scored(*typed, Scale(Decimal(points), **scale), 2023, settings)


def settings(**changes: Any) -> EvaluateSettings:
    return replace(USUAL, **changes)


@pytest.mark.parametrize(
    ("target", "actual", "points", "scale", "changes", "expected"),
    [
        pytest.param("=78人", "76人", "12.5", {}, {}, "12.18", id="1"),
        pytest.param("=100%", "97.82%", "12.5", {}, {}, "12.23", id="2"),
        pytest.param("12月底前", "2023-12-28", "12.5", {}, {}, "12.50", id="3"),
        pytest.param("=161.93", "158.40", "12.5", {"is_cost": True}, {}, "12.50", id="4"),
        pytest.param("=161.93", "158.40", "12.5", {"is_cost": True}, {"cost_equal": "at-least"}, "12.23", id="4b"),
        pytest.param("≥90%", "87.5%", "10", {"is_satisfaction": True}, {}, "9.72", id="5"),
        pytest.param("＝4个", "3个", "12.5", {}, {}, "9.38", id="6"),
        pytest.param("≥95%", "91.2%", "12.5", {}, {}, "12.00", id="7"),
        pytest.param("是", "否", "12.5", {}, {}, "0.00", id="8"),
        pytest.param("≤1400", "386.15", "12.5", {"is_cost": True}, {}, "12.50", id="9"),
        pytest.param("=100%", "120%", "12.5", {}, {}, "12.50", id="10"),
        pytest.param("=100%", "120%", "12.5", {}, {"equal": "exact"}, "10.00", id="10-linear"),
        pytest.param("=100%", "120%", "12.5", {}, {"equal": "exact", "reverse": "ratio"}, "10.42", id="10-ratio"),
        pytest.param("≤100", "108.6", "12.5", {"is_cost": True}, {}, "11.43", id="11"),
        pytest.param("≤100", "108.6", "12.5", {"is_cost": True}, {"reverse": "ratio"}, "11.51", id="11-ratio"),
        pytest.param("≤100", "200", "12.5", {"is_cost": True}, {}, "0.00", id="11-double"),
        pytest.param("≤100", "200", "12.5", {"is_cost": True}, {"reverse": "ratio"}, "6.25", id="11-double-ratio"),
        pytest.param("12月底前", "2024-01-15", "12.5", {}, {}, "11.25", id="12"),
        pytest.param("12月底前", "2024-02-10", "12.5", {}, {}, "10.00", id="12b"),
        pytest.param("≥90%", "85%", "12.5", {}, {}, "11.81", id="14"),
        pytest.param("≥90%", "78%", "10", {"is_satisfaction": True}, {}, "8.67", id="15"),
        pytest.param(
            "≥90%",
            "78%",
            "10",
            {"is_satisfaction": True},
            {"satisfaction": Satisfaction("steps")},
            "7.00",
            id="15-steps",
        ),
    ],
)
def test_worked_examples(
    target: str, actual: str, points: str, scale: dict[str, Any], changes: dict[str, Any], expected: str
) -> None:
    """Every row of the table that computes a score."""
    assert f"{score_of(target, actual, points, settings(**changes), **scale).computed:.2f}" == expected


@pytest.mark.parametrize(
    ("budget", "outturn", "own", "rate", "expected"),
    [
        pytest.param("78.83", "67.99", USUAL, "86.25", "8.62", id="13"),
        pytest.param("78.83", "67.99", settings(execution_from="printed-rate"), "86.25", "8.63", id="13-printed"),
        pytest.param("71.75", "70.00", USUAL, "97.56", "9.76", id="18"),
        pytest.param("71.75", "70.00", JIANGXI, "97.56", "7.00", id="18-tiers"),
        pytest.param("161.93", "158.40", HUBEI, "97.82", "19.56", id="19"),
        pytest.param("161.93", "158.40", USUAL, "97.82", "9.78", id="project 1"),
        pytest.param("500", "386.15", USUAL, "77.23", "7.72", id="project 8"),
        pytest.param("43.2", "37.24", USUAL, "86.20", "8.62", id="published 2019"),
        pytest.param("90", "89.974", USUAL, "99.97", "10.00", id="published 2022"),
        pytest.param("100", "120", USUAL, "120.00", "10.00", id="no more than all"),
        pytest.param("100", "-1", USUAL, "-1.00", "0.00", id="no less than nothing"),
    ],
)
def test_execution(budget: str, outturn: str, own: EvaluateSettings, rate: str, expected: str) -> None:
    money = Decimal(budget), Decimal(outturn)
    found = share(money[1], money[0])
    assert found is not None
    assert f"{rounded(found)}" == rate
    assert f"{execution_score(*money, own):.2f}" == expected
    assert expected in execution_explained(*money, own)


def test_no_budget_has_no_execution_score() -> None:
    assert execution_score(Decimal(0), Decimal(5), USUAL) is None


def test_calculations_in_words() -> None:
    """A person can follow each score with a pocket calculator."""
    assert score_of("=78人", "76人").explained == "12.5×76÷78＝12.18"
    assert score_of("≤100", "108.6").explained == "12.5×[1－(108.6－100)÷100]＝11.43"
    assert execution_explained(Decimal("161.93"), Decimal("158.40"), USUAL) == "10×158.4÷161.93＝9.78"
    assert execution_explained(Decimal("78.83"), Decimal("67.99"), USUAL) == "10×67.99÷78.83＝8.62"


def test_far_over_completion_is_marked() -> None:
    """120 % of the target is, a hundredth less is not; less than ≤ is a saving."""
    assert score_of("=100%", "120%").is_over
    assert not score_of("=100%", "119.99%").is_over
    assert not score_of("≤1400", "386.15", is_cost=True).is_over


def test_bands() -> None:
    """Targets in words: the first band counts whole, of the others the person says how much."""
    first = score_of("成效明显", "达成预期指标", "30")
    assert first.band is not None
    assert first.computed == 30
    assert first.band.said == "24.00 ≤ 得分 ≤ 30.00"
    second = score_of("是", "部分达成预期指标并具有一定效果", "30")
    assert second.band is not None
    assert second.computed is None
    assert second.band.said == "18.00 ≤ 得分 < 24.00"
    third = score_of("成效明显", "未达成预期指标且效果较差", "30").band
    assert third is not None
    assert [first.band.holds(Decimal(one)) for one in ("27", "24.00", "23.99", "30.01")] == [True, True, False, False]
    assert [second.band.holds(Decimal(one)) for one in ("20", "18", "24", "23.99")] == [True, True, False, True]
    assert [third.holds(Decimal(one)) for one in ("0", "17.99", "18")] == [True, True, False]


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥0", "0", "12.50"),
        ("=0起", "0", "12.50"),
        ("=0起", "1", "0.00"),
        ("≤0起", "1", "0.00"),
        ("70-80公里", "75", "12.50"),
        ("70-80公里", "35", "6.25"),
        ("70-80公里", "88", "11.25"),
        ("≥90%", "90", "12.50"),
        ("≥90%", "-5%", "0.00"),
        ("≤800000元", "40万元", "12.50"),
        ("≤80万元", "800000元", "12.50"),
        ("≤1400", "1400.00", "12.50"),
        ("≥2100", "2023.12", "12.04"),
        ("12月底前", "未完成", "0.00"),
        ("2023年6月底前", "2023-07-01", "11.25"),
        ("2023年6月底前", "2023-07-31", "11.25"),
        ("2023年6月底前", "2023-08-01", "10.00"),
        ("12月底前", "2025-12-31", "0.00"),
        ("无", "无", "12.50"),
        ("有", "无", "0.00"),
    ],
)
def test_zero_ranges_units_and_deadlines(target: str, actual: str, expected: str) -> None:
    assert f"{score_of(target, actual).computed:.2f}" == expected


@pytest.mark.parametrize(
    ("target", "actual", "problem"),
    [
        ("≥90%", "", Problem.BLANK),
        ("≥90%", "————", Problem.BLANK),
        ("≥90%", "很好", Problem.UNREADABLE),
        ("≥90%", "0.9", Problem.UNCLEAR_RATE),
        ("=100%", "1.2", Problem.UNCLEAR_RATE),
        ("≥95%", PartOfCell("0.95%"), Problem.UNCLEAR_RATE),
        ("3月底前", "2023-02-30", Problem.UNREADABLE),
        ("3月底前", "2023年2月29日", Problem.UNREADABLE),
        ("=78人", "76户", Problem.UNIT),
        ("≥90%", "90人", Problem.UNIT),
        ("成效明显", "还可以吧", Problem.UNREADABLE),
        ("≥0", "-1", Problem.TARGET),
    ],
)
def test_what_cannot_be_scored_is_no_zero(target: str, actual: str, problem: Problem) -> None:
    """Nothing is guessed: the person is asked."""
    found = score_of(target, actual)
    assert (found.computed, found.problem) == (None, problem)


# --- whole projects ---------------------------------------------------------------------------------------------------

_BRANCHES = (*[("产出指标", second) for second in ("数量指标", "质量指标", "时效指标", "成本指标")],)
_EFFECT = ("效果指标", "社会效益指标")
_SATISFIED = ("满意度指标", "服务对象满意度指标")
PROJECT_1 = evaluation(
    "161.93",
    "158.40",
    row(*_BRANCHES[0], "享受资金人数", "=78人", "76人"),
    row(*_BRANCHES[1], "资金发放完成率", "=100%", "97.82%"),
    row(*_BRANCHES[2], "项目完成时限", "12月底前", "2023-12-28"),
    row(*_BRANCHES[3], "项目总金额", "=161.93", "158.40"),
    row(*_EFFECT, "对农村经济社会发展的贡献", "成效明显", "达成预期指标", score="27"),
    row(*_SATISFIED, "满意度", "≥90%", "87.5%"),
)
PROJECT_8 = evaluation(
    "500",
    "386.15",
    row(*_BRANCHES[0], "改造村数", "＝4个", "3个"),
    row(*_BRANCHES[1], "验收合格率", "≥95%", "91.2%"),
    row(*_BRANCHES[2], "资金是否及时支出", "是", "否"),
    row(*_BRANCHES[3], "资金成本", "≤1400", "386.15"),
    row(*_EFFECT, "环境是否得到改善", "是", "部分达成预期指标并具有一定效果", score="20"),
    row(*_SATISFIED, "满意度", "≥90%", "92%"),
)
PROJECT_5 = evaluation(
    "78.83",
    "67.99",
    row(*_BRANCHES[0], "比率", "≥90%", "86%"),
    row(*_BRANCHES[1], "合格率", "≥90%", "100%"),
    row(*_BRANCHES[2], "及时率", "≥90%", "81%"),
    row(*_BRANCHES[3], "总成本", "=78.83", "67.99"),
    row(*_EFFECT, "是否改善", "是", "是"),
    row(*_SATISFIED, "满意度", "≥90%", "93%"),
)


def result_of(one: Any, own: EvaluateSettings = USUAL) -> EvaluationResult:
    return evaluate(one, 2023, own, lambda second: second == "成本")


@pytest.mark.parametrize(
    ("one", "execution", "scores", "total", "grade"),
    [
        (PROJECT_1, "9.78", ["12.18", "12.23", "12.50", "12.50", "27.00", "9.72"], "95.91", "优"),
        (PROJECT_8, "7.72", ["9.38", "12.00", "0.00", "12.50", "20.00", "10.00"], "71.60", "中"),
        (PROJECT_5, "8.62", ["11.94", "12.50", "11.25", "12.50", "30.00", "10.00"], "96.81", "优"),
    ],
    ids=["1", "8", "5"],
)
def test_whole_projects(one: Any, execution: str, scores: list[str], total: str, grade: str) -> None:
    found = result_of(one)
    assert f"{found.execution:.2f}" == execution
    assert [f"{score:.2f}" for score in found.scores if score is not None] == scores
    assert (f"{found.total:.2f}", found.grade) == (total, grade)


def test_gap_between_scores_and_money() -> None:
    """By how many % the indicators are better than the spending."""
    said = [gap_of(result_of(one), USUAL) for one in (PROJECT_1, PROJECT_8)]
    assert [f"{rounded(one)}" for one in said if one is not None] == ["-2.22", "-8.81"]
    better = result_of(PROJECT_1)._replace(rate=share(Decimal(60), Decimal(100)), execution=Decimal(6))
    found = gap_of(better._replace(total=Decimal(91)), USUAL)
    assert found is not None
    assert f"{rounded(found)}" == "36.47"


def test_department_score() -> None:
    found = [(Decimal("95.91"), Decimal("161.93")), (Decimal("71.60"), Decimal(500))]
    assert f"{department_score(found, USUAL)}" == "77.55"
    assert f"{department_score(found, settings(department='mean'))}" == "83.76"
    assert department_score([], USUAL) is None


def test_grades_at_their_bounds() -> None:
    said = [grade_of(Decimal(one), USUAL) for one in ("90.00", "89.99", "80", "79.99", "60", "59.99", "0")]
    assert said == ["优", "良", "良", "中", "中", "差", "差"]
    assert grade_of(None, USUAL) == ""


def test_points_of_branches() -> None:
    """Hundredths that are left over go to the first; a branch without indicators leaves its points to another."""
    assert [f"{one}" for one in spread(Decimal(50), 3)] == ["16.67", "16.67", "16.66"]
    levels = ["产出指标"] * 3 + ["效果指标", "满意度指标"]
    assert [f"{one}" for one in points_of(levels, USUAL)] == ["16.67", "16.67", "16.66", "30.00", "10.00"]
    assert shares_of(["产出", "效果"], USUAL) == {"产出": 50, "效果": 40}
    assert shares_of(["产出", "满意度"], USUAL) == {"产出": 80, "满意度": 10}
    assert points_of([], USUAL) == []


def test_an_unknown_score_leaves_the_total_unknown() -> None:
    """No total is told without what nobody has reported."""
    blank = replace(PROJECT_1, indicators=(*PROJECT_1.indicators[:-1], row(*_SATISFIED, "满意度", "≥90%", "")))
    assert (result_of(blank).total, result_of(blank).grade) == (None, "")


# --- what always holds ------------------------------------------------------------------------------------------------

NUMBERS = st.decimals(min_value=0, max_value=10000, places=2).filter(lambda number: not 1950 <= number < 2100)
"""Without those that may be a month: 2023.06."""
POINTS = st.decimals(min_value=0, max_value=100, places=2)
OWN = st.builds(
    EvaluateSettings,
    equal=st.sampled_from(["at-least", "exact", "at-most"]),
    reverse=st.sampled_from(["linear", "ratio"]),
    satisfaction=st.sampled_from([Satisfaction(), Satisfaction("steps")]),
)


@given(st.sampled_from(["=", "≥", "≤", ">", "<", ""]), NUMBERS, NUMBERS, POINTS, OWN, st.booleans())
def test_scores_stay_between_zero_and_the_points(
    operator: str, aim: Decimal, actual: Decimal, points: Decimal, own: EvaluateSettings, satisfied: bool
) -> None:
    found = score_of(f"{operator}{aim}", f"{actual}", f"{points}", own, is_satisfaction=satisfied).computed
    assert found is None or 0 <= found <= points


@given(NUMBERS, NUMBERS, NUMBERS, POINTS, OWN, st.booleans())
def test_scores_rise_with_what_is_reached(
    aim: Decimal, one: Decimal, other: Decimal, points: Decimal, own: EvaluateSettings, satisfied: bool
) -> None:
    """More is never worse for ≥, and never better for ≤."""
    less, more = sorted((one, other))
    for operator, sign in (("≥", 1), ("≤", -1)):
        found = [
            score_of(f"{operator}{aim}", f"{value}", f"{points}", own, is_satisfaction=satisfied).computed
            for value in (less, more)
        ]
        assert found[0] is not None
        assert found[1] is not None
        assert (found[1] - found[0]) * sign >= 0


@given(POINTS, st.integers(1, 40))
def test_spread_points_add_up(points: Decimal, number: int) -> None:
    parts = spread(points, number)
    assert total_of(parts) == points
    assert max(parts) - min(parts) <= Decimal("0.01")


@given(
    st.sets(st.sampled_from(["产出", "效果", "满意度"]), min_size=1),
    st.sampled_from([{}, {"满意度": "效果"}, {"满意度": "产出", "产出": "效果"}]),
)
def test_shares_add_up_to_what_execution_leaves(branches: set[str], redistribute: dict[str, str]) -> None:
    own = settings(redistribute=redistribute)
    assert total_of(shares_of(branches, own).values()) == own.indicators


@given(st.permutations(PROJECT_8.indicators))
def test_the_order_of_rows_does_not_matter(rows: list[Any]) -> None:
    """Each indicator keeps its score, and the total stays."""
    usual, found = result_of(PROJECT_8), result_of(replace(PROJECT_8, indicators=tuple(rows)))
    before = {one.key: score for one, score in zip(PROJECT_8.indicators, usual.scores, strict=True)}
    assert {one.key: score for one, score in zip(rows, found.scores, strict=True)} == before
    assert (found.total, found.execution) == (usual.total, usual.execution)


@given(st.lists(st.decimals(min_value=0, max_value=120, places=2), min_size=1, max_size=9), NUMBERS, NUMBERS)
def test_a_printed_column_adds_up_to_its_total(values: list[Decimal], budget: Decimal, outturn: Decimal) -> None:
    rows = [row("产出指标", "数量指标", f"第{at}项", "≥90%", f"{value}%") for at, value in enumerate(values)]
    found = result_of(evaluation(f"{budget}", f"{outturn}", *rows))
    assert (found.total is None) == (budget == 0)
    if found.total is not None and found.execution is not None:
        printed = [found.execution, *(score for score in found.scores if score is not None)]
        assert total_of(Decimal(f"{one:.2f}") for one in printed) == found.total
        assert 0 <= found.total <= 100


@pytest.mark.parametrize(
    ("actual", "given", "counts"), [("", "12.5", None), ("76人", "12", "12"), ("76人", "20", None)]
)
def test_a_score_of_nothing_or_above_its_points_does_not_count(actual: str, given: str, counts: str | None) -> None:
    """Nothing was reached as far as anybody says, or there are no such points: there is no total either."""
    own = row("产出指标", "数量指标", "享受资金人数", "=78人", actual, score=given)
    one = evaluation("100", "100", own._replace(weight=weight_entry("12.5", "自评", 10, 6)))
    result = evaluate(one, 2023, USUAL, lambda _: False)
    assert result.scores == ((None if counts is None else Decimal(counts)),)
    assert (result.total is None) == (counts is None)

"""Rates, planned against actual, and lights: the worked figures, and what holds for all."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_perf.core.cells.entries import target_entry, text_entry
from xl_perf.core.figures.monitoring import (
    Light,
    Progress,
    Spending,
    is_overshot,
    planned_share,
    progress,
    spending,
    spending_of_all,
    worst,
)
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.model.progress import MonitoredIndicator
from xl_perf.core.report_settings import MonitorSettings

USUAL = MonitorSettings()
HALF = Decimal(50)
PROJECTS = (
    ("161.93", "73.70", "50", "45.51", "91.03", Light.GREEN, "-4.49"),
    ("71.75", "30.14", "50", "42.01", "84.01", Light.GREEN, "-7.99"),
    ("50", "0", "0", "0.00", None, Light.GREEN, "0.00"),
    ("78.32", "39.16", "50", "50.00", "100.00", Light.GREEN, "0.00"),
    ("78.83", "20.50", "50", "26.01", "52.01", Light.RED, "-23.99"),
    ("100", "33.00", "50", "33.00", "66.00", Light.YELLOW, "-17.00"),
    ("94.93", "47.00", "50", "49.51", "99.02", Light.GREEN, "-0.49"),
    ("500", "140", "50", "28.00", "56.00", Light.RED, "-22.00"),
)
"""The eight projects at the end of June: budget, outturn, plan in %, rate, ratio, light, gap."""


def spent(budget: str, outturn: str, plan: str, month: int = 6, settings: MonitorSettings = USUAL) -> Spending:
    planned = Decimal(budget) * Decimal(plan) / 100
    return spending(Decimal(budget), Decimal(outturn), planned, month, settings)


def to_cents(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(value)


@pytest.mark.parametrize(("budget", "outturn", "plan", "rate", "ratio", "light", "gap"), PROJECTS)
def test_money_of_a_project(
    budget: str, outturn: str, plan: str, rate: str, ratio: str | None, light: Light, gap: str
) -> None:
    one = spent(budget, outturn, plan)
    assert str(to_cents(one.rate)) == rate
    assert to_cents(one.ratio) == (None if ratio is None else Decimal(ratio))
    assert one.light is light
    assert to_cents(one.gap) == Decimal(gap)


def test_money_of_the_department() -> None:
    total = spending_of_all([spent(*row[:3]) for row in PROJECTS], 6, USUAL)
    assert (total.budget, total.outturn, total.planned) == (Decimal("1135.76"), Decimal("383.50"), Decimal("542.88"))
    assert [to_cents(one) for one in (total.rate, total.plan, total.ratio, total.gap)] == [
        Decimal("33.77"),
        Decimal("47.80"),
        Decimal("70.64"),
        Decimal("-14.03"),
    ]
    assert total.light is Light.YELLOW
    assert total.gap_amount == Decimal("-159.38")


def test_money_against_the_time() -> None:
    one = spent("50", "0", "0", settings=replace(USUAL, against="time"))
    assert (to_cents(one.ratio), one.light, to_cents(one.reference)) == (Decimal(0), Light.RED, Decimal(50))


def test_money_in_march() -> None:
    one = spent("100", "16.50", "25", 3)
    assert (to_cents(one.rate), to_cents(one.ratio), one.light) == (Decimal("16.50"), Decimal("66.00"), Light.YELLOW)


def test_the_gap_is_that_of_the_printed_rates() -> None:
    """45.614 and 46.066 are printed as 45.61 and 46.07: −0.46, not −0.45."""
    found = spending(Decimal(100_000), Decimal(45_614), Decimal(46_066), 6, MonitorSettings())
    assert found.gap == Fraction("-0.46")


def test_nothing_to_spend_has_no_rate() -> None:
    one = spent("0", "0", "0")
    assert (one.rate, one.ratio, one.light) == (None, None, Light.GREY)


@pytest.mark.parametrize(("between", "percent"), [("last", "50"), ("linear", "68.75")])
def test_planned_between_two_checkpoints(between: str, percent: str) -> None:
    plan = [(3, Decimal(25)), (6, HALF), (10, Decimal(75)), (12, Decimal(100))]
    assert planned_share(plan, 9, between) == Fraction(percent)
    assert planned_share(plan[::-1], 9, between) == Fraction(percent)
    assert planned_share(plan, 12, between) == 100


# --- indicators


def row(target: str, reached: str, level2: str = "数量指标") -> MonitoredIndicator:
    level1, second, name = (text_entry(one, "监控", 0, 0) for one in ("产出指标", level2, "指标"))
    return MonitoredIndicator(
        level1, second, name, target_entry(target, "监控", 0, 3), target_entry(reached, "监控", 0, 4)
    )


def told(target: str, reached: str, month: int, scaling: str = "nature", level2: str = "数量指标") -> Progress:
    return progress(row(target, reached, level2), month, 2023, replace(USUAL, scaling=scaling))


@pytest.mark.parametrize(
    ("reached", "month", "to_date", "light"),
    [("1个", 6, "50.00", Light.RED), ("3个", 9, "100.00", Light.GREEN), ("5个", 12, "125.00", Light.BLUE)],
)
def test_villages_rebuilt(reached: str, month: int, to_date: str, light: Light) -> None:
    found = told("=4个", reached, month)
    assert to_cents(found.to_date) == Decimal(to_date)
    assert found.light is light


def test_all_people_paid_in_march() -> None:
    found = told("=78人", "78人", 3)
    assert [to_cents(found.to_date), to_cents(found.share)] == [Decimal("400.00"), Decimal(100)]
    assert found.light is Light.GREEN
    assert told("=78人", "78人", 3, "vendor").light is Light.BLUE


def test_satisfaction_as_it_stands() -> None:
    found = told("≥90%", "85%", 6, level2="服务对象满意度指标")
    assert (to_cents(found.share), found.light) == (Decimal("94.44"), Light.YELLOW)


@pytest.mark.parametrize(
    ("level2", "light"), [("质量指标", Light.RED), ("数量指标", Light.BLUE), ("成本指标", Light.RED)]
)
def test_shanxi_scales_some_levels_only(level2: str, light: Light) -> None:
    assert told("≥90%", "85%", 6, "shanxi", level2).light is light


@pytest.mark.parametrize(
    ("target", "reached", "month", "light"),
    [
        ("≤100万元", "99万元", 6, Light.GREEN),
        ("≤100万元", "1000100元", 6, Light.RED),
        ("2023年6月底前", "2023-06-20", 6, Light.GREEN),
        ("2023年6月底前", "2023-07-02", 9, Light.RED),
        ("2023年6月底前", "未完成", 6, Light.RED),
        ("12月底前", "未完成", 6, Light.GREY),
        ("是", "是", 6, Light.GREEN),
        ("是", "否", 6, Light.RED),
        ("成效明显", "部分达成", 6, Light.YELLOW),
        ("≥90%", "", 6, Light.GREY),
        ("=4个", "0", 6, Light.RED),
    ],
)
def test_lights(target: str, reached: str, month: int, light: Light) -> None:
    assert told(target, reached, month).light is light


@pytest.mark.parametrize(
    ("target", "reached", "is_over"),
    [("≥100人", "115人", False), ("≥100人", "116人", True), ("=100人", "101人", True), ("≤100人", "200人", False)],
)
def test_overshot(target: str, reached: str, is_over: bool) -> None:
    one = row(target, reached)
    assert one.target.value is not None
    assert is_overshot(one.target.value, one.reached, USUAL.over) is is_over


# --- what holds for all

AMOUNTS = st.decimals(0, 1000, places=2)
MONEY = st.tuples(AMOUNTS, AMOUNTS, st.integers(0, 100)).map(
    lambda it: spending(it[0], it[1], it[0] * it[2] / 100, 6, USUAL)
)
ORDER = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE)


@given(st.lists(MONEY, max_size=6).flatmap(lambda all_: st.tuples(st.just(all_), st.permutations(all_))))
def test_order_does_not_matter(both: tuple[list[Spending], list[Spending]]) -> None:
    one, other = (spending_of_all(found, 6, USUAL) for found in both)
    assert one == other
    assert one.outturn == sum(each.outturn for each in both[0])


@given(st.decimals("0.01", 1000, places=2), AMOUNTS, AMOUNTS, st.integers(0, 100))
def test_more_spent_is_never_a_worse_light(budget: Decimal, one: Decimal, other: Decimal, plan: int) -> None:
    less, more = (spending(budget, it, budget * plan / 100, 6, USUAL).light for it in sorted((one, other)))
    assert ORDER.index(less) <= ORDER.index(more)


@given(
    st.integers(1, 500),
    st.integers(0, 900),
    st.integers(0, 900),
    st.integers(1, 12),
    st.sampled_from(["nature", "vendor", "shanxi"]),
)
def test_more_reached_is_never_a_worse_light(target: int, one: int, other: int, month: int, scaling: str) -> None:
    less, more = (told(f"≥{target}个", f"{it}个", month, scaling).light for it in sorted((one, other)))
    assert ORDER.index(less) <= ORDER.index(more)


@given(st.lists(st.sampled_from(list(Light))))
def test_the_worst_light_is_the_project_s(lights: list[Light]) -> None:
    found = worst(lights)
    assert found is Light.GREY if set(lights) <= {Light.GREY} else found in lights
    assert all(ORDER.index(found) <= ORDER.index(one) for one in lights if one is not Light.GREY)


@pytest.mark.parametrize(("reached", "light"), [("0万元", Light.GREEN), ("50万元", Light.GREEN), ("51万元", Light.RED)])
def test_costs_are_not_to_be_reached(reached: str, light: Light) -> None:
    """Nothing spent of a project whose plan begins later is a saving so far; how fast it is spent the money says."""
    assert told("=50万元", reached, 6, level2="成本指标").light is light


@pytest.mark.parametrize("reached", ["2022-12-28", "2023-07-01", "2023年12月"])
def test_a_day_that_cannot_be_lights_nothing(reached: str) -> None:
    assert told("2023年12月底前", reached, 6, level2="时效指标").light is Light.GREY

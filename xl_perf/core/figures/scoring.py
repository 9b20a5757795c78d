"""The scores of a self-evaluation: points, calculation in words, bands, execution, total, grade.

Every score is an exact fraction that is rounded once, half away from zero, to 0.01; totals add the printed scores. A
score is never made from a rounded rate (but for ``execution_from = "printed-rate"``).
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import plain
from xl_perf.core.figures.reached import (
    BANDS,
    Problem,
    answer,
    band_of,
    day_problem,
    done,
    last_day,
    measured,
    months_late,
    said_nothing,
)
from xl_perf.core.figures.rounding import HUNDRED, rounded, share, total_of
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.model.progress import EvaluatedIndicator, Evaluation
from xl_perf.core.report_settings import EvaluateSettings

METHODS: Final[Mapping[str, str]] = {
    "越大越好": "at-least",
    "越小越好": "at-most",
    "等于": "exact",
    "分档": "bands",
    "直接赋分": "direct",
}
"""What a person may choose under 计分方法 instead of what the target says."""
_OUTPUT: Final = "产出"
_SATISFACTION: Final = frozenset({"满意度", "服务对象满意度"})
_AT_LEAST: Final = frozenset({"≥", ">"})
_AT_MOST: Final = frozenset({"≤", "<"})


class Band(NamedTuple):
    """Scores that may be given: from ``low`` up to ``high``, which counts only where ``is_closed``."""

    low: Decimal
    high: Decimal
    is_closed: bool

    def holds(self, score: Decimal) -> bool:
        """The score is one of them."""
        return self.low <= score and (score <= self.high if self.is_closed else score < self.high)

    @property
    def said(self) -> str:
        """18.00 ≤ 得分 < 24.00."""
        return f"{self.low:.2f} ≤ 得分 {'≤' if self.is_closed else '<'} {self.high:.2f}"


class Scored(NamedTuple):
    """What an indicator comes to.

    ``computed`` is None where the person gives the score (``band`` says between what), and where a problem stands in
    the way. ``explained`` is one clause in Chinese. ``is_over``: passed by so much that the target may have been low.
    """

    computed: Decimal | None
    explained: str
    band: Band | None = None
    problem: Problem | None = None
    is_over: bool = False


class Scale(NamedTuple):
    """What an indicator is scored by: its points, and what kind of indicator it is."""

    points: Decimal
    is_cost: bool = False
    is_satisfaction: bool = False
    method: str = ""
    """A key of `METHODS`; empty for the usual one."""


# --- points -------------------------------------------------------------------------------------------------------


def spread(points: Decimal, number: int) -> list[Decimal]:
    """Points in equal parts of whole hundredths; the left-over hundredths go to the first: 16.67, 16.67, 16.66."""
    cents = int(points.scaleb(2))
    each, left = divmod(cents, number)
    return [Decimal(each + (at < left)).scaleb(-2) for at in range(number)]


def shares_of(branches: Iterable[str], settings: EvaluateSettings) -> dict[str, Decimal]:
    """The points of the first levels that have indicators: those of the others go where the profile says."""
    there = set(branches)
    shares = {name: points for name, points in settings.shares.items() if name in there}
    for name, points in settings.shares.items():
        if name not in there and shares:
            to = settings.redistribute.get(name, _OUTPUT)
            to = to if to in shares else _OUTPUT if _OUTPUT in shares else next(iter(shares))
            shares[to] += points
    return shares


def points_of(levels: Sequence[str], settings: EvaluateSettings) -> list[Decimal]:
    """The points of each indicator, by its first level as it is printed; all together 100 less those of execution.

    A first level that the profile does not know counts with the outputs.
    """
    names = [branch_key(level) for level in levels]
    names = [name if name in settings.shares else _OUTPUT for name in names]
    made: dict[str, list[Decimal]] = {}
    for name, points in shares_of(names, settings).items():
        made[name] = spread(points, names.count(name))
    return [made[name].pop(0) for name in names] if made else [Decimal(0)] * len(names)


# --- execution ----------------------------------------------------------------------------------------------------


def execution_score(budget: Decimal, outturn: Decimal, settings: EvaluateSettings) -> Decimal | None:
    """The points for spending the budget; None where there is none (E916)."""
    rate = share(outturn, budget)
    if rate is None:
        return None
    if settings.execution_from == "printed-rate":
        rate = Fraction(rounded(rate))
    if settings.tiers:
        return next((points for least, points in settings.tiers if rate >= least), Decimal(0))
    return rounded(Fraction(settings.execution) * max(Fraction(0), min(rate, HUNDRED)) / HUNDRED)


def execution_explained(budget: Decimal, outturn: Decimal, settings: EvaluateSettings) -> str:
    """The same in words: 10×158.4÷161.93＝9.78."""
    score, rate = execution_score(budget, outturn, settings), share(outturn, budget)
    if score is None or rate is None:
        return "没有预算，不计算执行得分"
    if settings.tiers:
        return f"执行率 {rounded(rate)}%，按档得 {score:.2f}"
    if settings.execution_from == "printed-rate" and rate < HUNDRED:
        return f"{plain(settings.execution)}×{rounded(rate)}%＝{score:.2f}"
    if rate >= HUNDRED:
        return f"执行率 {rounded(rate)}%，得满分 {score:.2f}"
    return f"{plain(settings.execution)}×{plain(outturn)}÷{plain(budget)}＝{score:.2f}"


# --- indicators ---------------------------------------------------------------------------------------------------


def scored(
    target: Entry[Target], actual: Entry[Target], scale: Scale, year: int | None, settings: EvaluateSettings
) -> Scored:
    """What an indicator comes to; ``year`` is that of the targets, for deadlines that name none."""
    aim = target.value
    if aim is None:
        return Scored(None, "", problem=Problem.TARGET)
    if said_nothing(actual) and not (aim.kind == "yes-no" and actual.text == "无"):
        return Scored(None, "", problem=Problem.BLANK)
    method = METHODS.get(scale.method, "")
    if method == "direct":
        return Scored(None, "直接赋分", Band(Decimal(0), scale.points, is_closed=True))
    if method == "bands" or (aim.kind == "words" and not method):
        return _in_bands(actual, scale, settings)
    if aim.kind == "deadline":
        return _in_time(aim, actual, scale, year, settings)
    if aim.kind == "yes-no":
        return _yes_or_no(target, actual, scale, settings)
    if aim.kind == "words":
        return Scored(None, "", problem=Problem.TARGET)
    return _of_number(aim, actual, scale, method, settings)


def _in_bands(actual: Entry[Target], scale: Scale, settings: EvaluateSettings) -> Scored:
    number = band_of(actual.text)
    if number is None:
        return Scored(None, "", problem=Problem.UNREADABLE)
    band = _band(scale.points, number, settings)
    if number == 0:
        return Scored(scale.points, f"{BANDS[0]}，{band.said}", band)
    return Scored(None, f"{BANDS[number]}，{band.said}", band)


def _band(points: Decimal, number: int, settings: EvaluateSettings) -> Band:
    """The scores of one of the three bands."""
    upper, lower = (rounded(Fraction(points) * Fraction(bound) / HUNDRED) for bound in settings.bands)
    bounds = (points, upper, lower, Decimal(0))
    return Band(bounds[number + 1], bounds[number], is_closed=number == 0)


def _in_time(aim: Target, actual: Entry[Target], scale: Scale, year: int | None, settings: EvaluateSettings) -> Scored:
    said = done(actual)
    due = None if aim.deadline is None else last_day(aim.deadline, year)
    if said is None:
        number = band_of(actual.text)
        return Scored(None, "", problem=Problem.UNREADABLE) if number is None else _in_bands(actual, scale, settings)
    if not said.is_done:
        return Scored(Decimal("0.00"), "没有完成，得 0")
    if said.date is None:
        return Scored(scale.points, f"按时完成，得满分 {scale.points:.2f}")
    if due is None:
        return Scored(None, "", problem=Problem.TARGET)
    if day_problem(aim, actual, year) is not None:
        return Scored(None, "", problem=Problem.TOO_EARLY)
    late = months_late(due, said.date)
    if not late:
        return Scored(scale.points, f"{_day(said.date)}完成，没有超过{_day(due)}，得满分 {scale.points:.2f}")
    left = max(Fraction(0), 1 - late * Fraction(settings.late_step) / HUNDRED)
    score = rounded(Fraction(scale.points) * left)
    step = plain(settings.late_step)
    return Scored(score, f"晚了 {late} 个月（不足一个月按一个月），每月扣 {step}%：得 {score:.2f}")


def _day(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


def _yes_or_no(target: Entry[Target], actual: Entry[Target], scale: Scale, settings: EvaluateSettings) -> Scored:
    said = answer(actual.text)
    if said is None:
        number = band_of(actual.text)
        return Scored(None, "", problem=Problem.UNREADABLE) if number is None else _in_bands(actual, scale, settings)
    if said is answer(target.text):
        return Scored(scale.points, f"与目标一致，得满分 {scale.points:.2f}")
    return Scored(Decimal("0.00"), "与目标不一致，得 0")


def _of_number(aim: Target, actual: Entry[Target], scale: Scale, method: str, settings: EvaluateSettings) -> Scored:
    found = measured(aim, actual)
    if found.value is None:
        return Scored(None, "", problem=found.problem)
    value, text = found.value, _number(found.value)
    if aim.low is None:
        return Scored(None, "", problem=Problem.TARGET)
    low, points = Fraction(aim.low), Fraction(scale.points)
    full = Scored(scale.points, f"实际 {text}，达到目标，得满分 {scale.points:.2f}")
    if aim.kind == "range" and aim.high is not None:
        if low <= value <= aim.high:
            return full
        how = "at-most" if value > aim.high else "at-least"
        low = Fraction(aim.high) if value > aim.high else low
    else:
        how = method or _usual(aim, scale, settings)
    if how == "exact":
        if value == low:
            return full
        how = "at-most" if value > low else "at-least"
    if how == "at-most":
        return full if value <= low else _above(value, low, points, settings)
    over = 1 + Fraction(settings.over) / HUNDRED
    if value >= low:
        is_over = aim.kind == "number" and low > 0 and value >= low * over
        return full._replace(is_over=is_over)
    if low <= 0:
        return Scored(None, "", problem=Problem.TARGET)
    if scale.is_satisfaction and settings.satisfaction.method == "steps":
        return _by_steps(value, low, points, settings)
    score = rounded(points * max(Fraction(0), value) / low)
    return Scored(score, f"{plain(scale.points)}×{text}÷{_number(low)}＝{score:.2f}")


def _usual(aim: Target, scale: Scale, settings: EvaluateSettings) -> str:
    """How a number is scored where nobody chose: by its operator."""
    if aim.operator in _AT_MOST:
        return "at-most"
    if aim.operator in _AT_LEAST:
        return "at-least"
    if aim.low == 0:
        return "at-most"
    return settings.cost_equal if scale.is_cost else settings.equal


def _above(value: Fraction, most: Fraction, points: Fraction, settings: EvaluateSettings) -> Scored:
    """More than there may be."""
    shown, said, bound = _number(points), _number(value), _number(most)
    if most <= 0:
        return Scored(Decimal("0.00"), f"实际 {said}，超过 {bound}，得 0")
    if settings.reverse == "ratio":
        score = rounded(points * most / value)
        return Scored(score, f"{shown}×{bound}÷{said}＝{score:.2f}")
    score = rounded(points * max(Fraction(0), 1 - (value - most) / most))
    return Scored(score, f"{shown}×[1－({said}－{bound})÷{bound}]＝{score:.2f}")


def _by_steps(value: Fraction, low: Fraction, points: Fraction, settings: EvaluateSettings) -> Scored:
    """满意度 by steps: 江西 takes 1 point for each begun 5 %."""
    per, deduct = Fraction(settings.satisfaction.per), Fraction(settings.satisfaction.deduct)
    steps = -((value - low) / per).__floor__()
    score = rounded(max(Fraction(0), points - steps * deduct))
    below = _number(low - value)
    return Scored(score, f"低 {below}，每 {_number(per)} 扣 {_number(deduct)} 分（不足的按一次）：得 {score:.2f}")


def _number(value: Fraction) -> str:
    """A number as people write it; of endless ones four decimals."""
    below = value.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    if below == 1:
        return plain(Decimal(value.numerator) / Decimal(value.denominator))
    return f"{plain(rounded(value * 100) / 100)}"


# --- the whole table ----------------------------------------------------------------------------------------------


class EvaluationResult(NamedTuple):
    """What a project's self-evaluation comes to.

    ``scores`` are what counts of each row, ``execution`` of the money: what was given, else what was computed; None
    where neither is known, nothing was reached as far as is said, or more was given than there are points.
    ``total`` is None where it would be above 100, and while one of them, or the execution's, is not known.
    """

    points: tuple[Decimal, ...]
    rows: tuple[Scored, ...]
    scores: tuple[Decimal | None, ...]
    rate: Fraction | None
    execution: Decimal | None
    total: Decimal | None
    grade: str


def evaluate(
    one: Evaluation, year: int | None, settings: EvaluateSettings, is_cost: Callable[[str], bool]
) -> EvaluationResult:
    """What a self-evaluation comes to. Points that are printed win; the others are spread by the shares."""
    spread_points = points_of([row.level1.value or "" for row in one.indicators], settings)
    points = tuple(
        spread_points[at] if row.weight.value is None else row.weight.value for at, row in enumerate(one.indicators)
    )
    rows = tuple(
        scored(row.target, row.actual, scale_of(row, its, is_cost), year, settings)
        for row, its in zip(one.indicators, points, strict=True)
    )
    scores = tuple(map(score_of, one.indicators, rows))
    budget, outturn = one.whole.budget.value, one.whole.outturn.value
    computed = None if budget is None or outturn is None else execution_score(budget, outturn, settings)
    given = one.whole.score.value
    execution = computed if given is None else given if is_within(given, one.whole.weight.value) else None
    rate = None if budget is None or outturn is None else share(outturn, budget)
    known = [score for score in (execution, *scores) if score is not None]
    total = total_of(known) if len(known) == len(scores) + 1 else None
    if total is not None and total > HUNDRED:
        total = None
    return EvaluationResult(points, rows, scores, rate, execution, total, grade_of(total, settings))


def scale_of(row: EvaluatedIndicator, points: Decimal, is_cost: Callable[[str], bool]) -> Scale:
    """What a row is scored by."""
    first, second = branch_key(row.level1.value or ""), branch_key(row.level2.value or "")
    is_satisfaction = not _SATISFACTION.isdisjoint({first, second})
    return Scale(points, is_cost(second) or is_cost(first), is_satisfaction, row.method.value or "")


def score_of(row: EvaluatedIndicator, its: Scored) -> Decimal | None:
    """What counts: the score that was given, else the computed one; None of a blank 实际完成值."""
    given = row.score.value
    if its.problem is Problem.BLANK and row.actual.status is not Status.ABSENT:
        return None
    if given is None:
        return its.computed
    return given if is_within(given, row.weight.value) else None


def is_within(score: Decimal, points: Decimal | None) -> bool:
    """A score that may be: not below 0, nor above the points that are printed for it (E906)."""
    return score >= 0 and (points is None or score <= points)


def grade_of(total: Decimal | None, settings: EvaluateSettings) -> str:
    """优, 良, 中, 差; empty for no total. A bound belongs to the better grade."""
    if total is None:
        return ""
    return next((name for name, least in settings.grades if total >= least), settings.lowest_grade)


def grade_name(typed: str) -> str:
    """优 of 优秀, 良 of 良好, 中 of 中等."""
    return folded(typed).removesuffix("秀").removesuffix("好").removesuffix("等")


def gap_of(result: EvaluationResult, settings: EvaluateSettings) -> Fraction | None:
    """By how many % the indicators' score is better than the spending (below 0: worse); None where it is not known."""
    if result.rate is None or result.total is None or result.execution is None or not settings.indicators:
        return None
    scores = Fraction(result.total - result.execution) / Fraction(settings.indicators)
    spent = max(Fraction(0), min(result.rate, HUNDRED)) / HUNDRED
    return None if scores == 0 else (scores - spent) / scores * HUNDRED


def department_score(found: Sequence[tuple[Decimal, Decimal]], settings: EvaluateSettings) -> Decimal | None:
    """Of totals and budgets (万元): the mean weighted with the budgets, or the plain one; None of nothing."""
    if settings.department == "mean":
        return rounded(Fraction(total_of(total for total, _ in found)) / len(found)) if found else None
    money = total_of(budget for _, budget in found)
    if money == 0:
        return None
    return rounded(sum((Fraction(total) * Fraction(budget) for total, budget in found), Fraction(0)) / Fraction(money))

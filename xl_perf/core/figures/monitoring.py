"""What a monitoring table comes to: rates, planned against actual, lights. Amounts in 万元, rates in %.

Rates are exact fractions; they are rounded where they are printed. Nothing depends on the clock: the period is what the
table says.
"""

import calendar
import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import EXACT
from xl_perf.core.figures.reached import answer, band_of, day_problem, done, last_day, measured, said_nothing
from xl_perf.core.figures.rounding import HUNDRED, difference_of, share
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.model.progress import MonitoredIndicator, Monitoring
from xl_perf.core.model.project import Project
from xl_perf.core.report_settings import MonitorSettings

_YEAR: Final = 12
CUMULATIVE: Final = "累计"
AS_IT_STANDS: Final = "时点"
NATURES: Final = (CUMULATIVE, AS_IT_STANDS)
_AT_MOST: Final = frozenset({"≤", "<"})
_SCALED_IN_SHANXI: Final = frozenset(
    {"数量", "经济效益", "社会效益", "生态效益", "可持续影响", "满意度", "服务对象满意度"}
)


class Light(StrEnum):
    """The light of an amount or indicator, worst first; grey where it cannot be known yet."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"

    @property
    def label(self) -> str:
        """红, 黄, 绿, 蓝, 灰."""
        return _LABELS[self]


_LABELS: Final = {Light.RED: "红", Light.YELLOW: "黄", Light.GREEN: "绿", Light.BLUE: "蓝", Light.GREY: "灰"}


class Spending(NamedTuple):
    """Money spent by a month against what was planned.

    ``rate``, ``plan`` and ``time`` in % of the budget; ``ratio`` is the rate in % of the ``reference`` (None where that
    is 0); ``planned`` in 万元, of a form without a plan 0. ``rate`` is None where the budget is 0.
    """

    budget: Decimal
    outturn: Decimal
    planned: Decimal
    plan: Fraction | None
    time: Fraction
    rate: Fraction | None
    ratio: Fraction | None
    light: Light
    reference: Fraction = Fraction(0)
    """What the rate is judged by: the plan or the time, in %."""

    @property
    def gap(self) -> Fraction | None:
        """The rate less what was planned, in percentage points: of both as printed, so that the columns add up."""
        return None if self.rate is None or self.plan is None else difference_of(self.rate, self.plan)

    @property
    def gap_amount(self) -> Decimal:
        """What was spent less what was planned, in 万元."""
        return EXACT.subtract(self.outturn, self.planned)


def planned_share(plan: Sequence[tuple[int, Decimal]], month: int, between: str) -> Fraction:
    """How many % are to be spent by the end of a month; ``plan`` are months and cumulative %, in order.

    ``between`` two checkpoints ``last`` takes the one before, ``linear`` the part of the way to the next.
    """
    before_month, before = 0, Fraction(0)
    for its_month, percent in sorted(plan):
        if its_month > month:
            if between == "linear":
                way = Fraction(month - before_month, its_month - before_month)
                return before + (Fraction(percent) - before) * way
            break
        before_month, before = its_month, Fraction(percent)
    return before


def stand_in_of(project: Project | None, month: int, settings: MonitorSettings) -> int | None:
    """The month of the plan that stands in for one that is none of its points; 0 before the first of them.

    None where the plan has the month, where there is no plan, and where the way between two points is taken.
    """
    plan = None if project is None else plan_of(project)
    if plan is None or settings.plan_between != "last" or any(its == month for its, _ in plan):
        return None
    return max((its for its, _ in plan if its < month), default=0)


def plan_of(project: Project) -> tuple[tuple[int, Decimal], ...] | None:
    """The readable plan of spending of a form; None where it has none, or a percentage could not be read."""
    found = [(point.month, point.percent.value) for point in project.plan]
    known = [(month, percent) for month, percent in found if percent is not None]
    return tuple(known) if known and len(known) == len(found) else None


def spending(
    budget: Decimal, outturn: Decimal, planned: Decimal | None, month: int, settings: MonitorSettings
) -> Spending:
    """Money spent against the plan. ``planned`` (万元) is None where there is no plan: then against the time."""
    time = Fraction(month, _YEAR) * HUNDRED
    plan = None if planned is None else share(planned, budget)
    rate = share(outturn, budget)
    reference = time if settings.against == "time" or plan is None else plan
    ratio = None if rate is None or reference == 0 else rate / reference * HUNDRED
    light = _of_money(rate, ratio, settings)
    return Spending(budget, outturn, planned or Decimal(0), plan, time, rate, ratio, light, reference)


def _of_money(rate: Fraction | None, ratio: Fraction | None, settings: MonitorSettings) -> Light:
    if rate is None:
        return Light.GREY
    if ratio is None or ratio >= settings.yellow:
        return Light.GREEN
    return Light.YELLOW if ratio >= settings.red else Light.RED


def spending_of(one: Monitoring, project: Project | None, settings: MonitorSettings) -> Spending | None:
    """Of a project; None where its budget, its outturn or the month is not known. A blank outturn is not known."""
    budget, outturn, month = one.whole.budget.value, one.whole.outturn.value, one.month.value
    if budget is None or outturn is None or month is None:
        return None
    plan = None if project is None else plan_of(project)
    planned = None if plan is None else part_of(budget, planned_share(plan, month, settings.plan_between))
    return spending(budget, outturn, planned, month, settings)


def part_of(budget: Decimal, percent: Fraction) -> Decimal:
    """So many % of an amount, to 1 分 where that does not come out even."""
    exact = Fraction(budget) * percent / HUNDRED
    cents = round(exact * 1_000_000)
    return Decimal(cents).scaleb(-6)


def planned_by(project: Project, month: int, settings: MonitorSettings) -> Decimal | None:
    """What a form plans to have spent of its budget by the end of a month, in 万元; without a plan by the time.

    None where its budget is not known.
    """
    budget, plan = project.budget.value, plan_of(project)
    if budget is None:
        return None
    percent = Fraction(month, _YEAR) * HUNDRED
    return part_of(budget, percent if plan is None else planned_share(plan, month, settings.plan_between))


def spending_of_all(found: Iterable[Spending], month: int, settings: MonitorSettings) -> Spending:
    """Of a department: all money spent against all money planned."""
    budget = outturn = planned = Decimal(0)
    has_plan = False
    for one in found:
        budget, outturn = EXACT.add(budget, one.budget), EXACT.add(outturn, one.outturn)
        # Where a form has no plan, the time that has passed is its plan.
        own = one.planned if one.plan is not None else part_of(one.budget, one.time)
        planned, has_plan = EXACT.add(planned, own), has_plan or one.plan is not None
    return spending(budget, outturn, planned if has_plan else None, month, settings)


# --- indicators ---------------------------------------------------------------------------------------------------


class Progress(NamedTuple):
    """How far an indicator is: ``share`` in % of its target (None where no share can be taken), and its light.

    ``to_date`` is the same in % of what the target comes to by then, where the light goes by the time.
    """

    share: Fraction | None
    light: Light
    to_date: Fraction | None = None


def nature_of(row: MonitoredIndicator) -> str:
    """累计 or 时点: as typed, else a rate stands as it is and everything else counts up through the year."""
    typed = row.nature.value
    if typed in NATURES:
        return typed
    return AS_IT_STANDS if row.target.value is not None and row.target.value.is_rate else CUMULATIVE


def progress(row: MonitoredIndicator, month: int, year: int | None, settings: MonitorSettings) -> Progress:
    """How far an indicator is at the end of a month."""
    target, actual = row.target.value, row.reached
    if target is None or said_nothing(actual) or actual.status is not Status.FILLED:
        return Progress(None, Light.GREY)
    if target.kind in {"number", "range"}:
        return _of_number(row, target, month, settings)
    if target.kind == "deadline":
        return Progress(None, _of_deadline(target, actual, month, year))
    return Progress(None, _of_words(row.target, actual))


def _of_number(row: MonitoredIndicator, target: Target, month: int, settings: MonitorSettings) -> Progress:
    value = measured(target, row.reached).value
    if value is None or target.low is None:
        return Progress(None, Light.GREY)
    low = Fraction(target.low)
    of_target = None if low == 0 else value / low * HUNDRED
    high = target.high if target.kind == "range" else target.low
    if (
        target.operator in _AT_MOST
        or _is_most(row, target, settings)
        or (target.kind == "range" and high is not None and value > high)
    ):
        return Progress(of_target, Light.GREEN if high is not None and value <= high else Light.RED)
    if low <= 0:
        return Progress(of_target, Light.GREEN if value >= low else Light.RED)
    return _of_share(value / low * HUNDRED, row, month, settings)


def _is_most(row: MonitoredIndicator, target: Target, settings: MonitorSettings) -> bool:
    """A cost: less of it is a saving, and how fast it is spent the light of the money says."""
    if settings.scaling != "nature" or target.kind != "number" or target.operator in {"≥", ">"}:
        return False
    return branch_key(row.level2.value or "").endswith("成本") or branch_key(row.level1.value or "").endswith("成本")


def _of_share(of_target: Fraction, row: MonitoredIndicator, month: int, settings: MonitorSettings) -> Progress:
    """What was reached in % of a target that is to be reached at least."""
    if settings.scaling == "shanxi" and branch_key(row.level2.value or "") not in _SCALED_IN_SHANXI:
        return Progress(of_target, Light.GREEN if of_target >= HUNDRED else Light.RED)
    if settings.scaling == "nature" and nature_of(row) == AS_IT_STANDS:
        if of_target >= HUNDRED:
            return Progress(of_target, Light.GREEN)
        return Progress(of_target, Light.YELLOW if of_target >= settings.yellow else Light.RED)
    to_date = of_target * _YEAR / month
    ahead = to_date if settings.scaling != "nature" else of_target
    if to_date < settings.red:
        light = Light.RED
    elif to_date < settings.yellow:
        light = Light.YELLOW
    else:
        light = Light.BLUE if ahead >= settings.blue else Light.GREEN
    return Progress(of_target, light, to_date)


def _of_deadline(target: Target, actual: Entry[Target], month: int, year: int | None) -> Light:
    """Done in time green, late red; not done red once the deadline has passed, grey before."""
    due = None if target.deadline is None else last_day(target.deadline, year)
    said = done(actual)
    if day_problem(target, actual, year, month_end(year, month) if year else None) is not None:
        return Light.GREY
    if said is not None and said.is_done:
        is_late = said.date is not None and due is not None and said.date > due
        return Light.RED if is_late else Light.GREEN
    if due is None or year is None:
        return Light.GREY
    return Light.RED if due <= month_end(year, month) else Light.GREY


def month_end(year: int, month: int) -> datetime.date:
    """The last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _of_words(target: Entry[Target], actual: Entry[Target]) -> Light:
    expected, said = answer(target.text), answer(actual.text)
    if expected is not None and said is not None:
        return Light.GREEN if expected is said else Light.RED
    band = band_of(actual.text)
    return Light.GREY if band is None else (Light.GREEN, Light.YELLOW, Light.RED)[band]


def worst(lights: Iterable[Light]) -> Light:
    """The light of a project: the worst of its indicators; grey where none is known."""
    found = set(lights)
    return next((light for light in Light if light in found), Light.GREY)


def deviation(target: Target, actual: Entry[Target]) -> Fraction | None:
    """By how many % a number is above (or below) its target; None where that cannot be said."""
    value = measured(target, actual).value
    if value is None or target.kind != "number" or not target.low:
        return None
    low = Fraction(target.low)
    return (value - low) / low * HUNDRED


def is_overshot(target: Target, actual: Entry[Target], over: Decimal) -> bool:
    """≥ passed by more than ``over`` %, or = passed at all: a reason is wanted."""
    by = deviation(target, actual)
    if by is None or target.operator in _AT_MOST:
        return False
    return by > over if target.operator in {"≥", ">"} else by > 0

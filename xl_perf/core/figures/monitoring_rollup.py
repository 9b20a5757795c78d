"""The roll-up of monitoring: a row per project at the end of a month. Amounts in 万元.

A total is that of the rows that count, and of those alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.figures.monitoring import (
    Light,
    Spending,
    part_of,
    planned_by,
    progress,
    spending_of,
    spending_of_all,
    stand_in_of,
)
from xl_perf.core.figures.report_lines import (
    GroupBy,
    NotWhole,
    Place,
    doubt_of,
    incomplete_of,
    parted,
    place_of,
    unread_of_money,
    why_aside,
)
from xl_perf.core.figures.report_pairs import monitoring_of, months_of, paired
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import Monitoring
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile
from xl_perf.core.report_settings import MonitorSettings


class MonitoringLine(NamedTuple):
    """A project at the end of a month. ``spent`` is None where its money is not known: the row is in no total.

    ``possibilities`` are the numbers of ticks: 确定能, 有可能, 完全不可能. ``rectify``: 整改要求 is written;
    ``lacks_rectify``: it is not, though something cannot be reached any more.
    """

    place: Place
    initial: Decimal | None
    budget: Decimal | None
    outturn: Decimal | None
    spent: Spending | None
    lights: Mapping[Light, int]
    possibilities: tuple[int, int, int]
    rectify: bool
    lacks_rectify: bool
    missing: str = ""
    """Why it is in no total; empty where it is."""
    doubt: str = ""
    """What of its money was not read; empty where all was."""
    stand_in: int | None = None
    """The month of the plan that stands in for this one, 0 for its beginning; None where the plan has the month."""
    has_table: bool = True
    unconfirmed: str = ""


class Period(NamedTuple):
    """Cumulative spending by the end of a month, in 万元; ``outturn`` is None of a month without tables.

    ``planned`` is that of all projects, so that it never falls. ``outturn`` is that of the rows that count, without
    ``left_out`` projects.
    """

    month: int
    planned: Decimal
    outturn: Decimal | None
    left_out: int = 0


class MonitoringPart(NamedTuple):
    """The rows of one of several departments (or folders). ``total`` is that of those that count."""

    name: str
    lines: tuple[MonitoringLine, ...]
    total: Spending | None

    @property
    def left_out(self) -> int:
        """How many rows are in no total."""
        return sum(bool(line.missing) for line in self.lines)


class MonitoringRollup(NamedTuple):
    """All rows of a month. ``total`` is that of the rows that count; None where there is none.

    ``parts`` are the same by departments, or by folders, where there are several.
    """

    month: int
    lines: tuple[MonitoringLine, ...]
    total: Spending | None
    periods: tuple[Period, ...]
    incomplete: tuple[NotWhole, ...]
    by: GroupBy = GroupBy.DEPARTMENT
    parts: tuple[MonitoringPart, ...] = ()

    @property
    def counted(self) -> tuple[MonitoringLine, ...]:
        """The rows that are in the total."""
        return tuple(line for line in self.lines if _counts(line))


def monitoring_lines(department: Department, month: int, profile: Profile) -> list[MonitoringLine]:
    """A row for every project of a book, and for tables of projects that it does not have."""
    return [
        _monitoring_line(department, project, one, month, profile)
        for project, one in paired(department, monitoring_of(department, month))
    ]


def _monitoring_line(
    department: Department,
    project: Project | None,
    one: Monitoring | None,
    month: int,
    profile: Profile,
) -> MonitoringLine:
    place = place_of(department, project, one)
    if one is None:
        budget = None if project is None else project.budget.value
        missing = f"没有 {month} 月的监控表"
        return MonitoringLine(place, budget, budget, None, None, {}, (0, 0, 0), False, False, missing, has_table=False)
    settings = profile.monitor
    spent = spending_of(one, project, settings)
    found = [progress(row, month, department.year, settings).light for row in one.indicators]
    ticks = [sum(row.possibilities[at].value is True for row in one.indicators) for at in range(3)]
    rectify = bool(one.value("rectify").text)
    missing = why_aside(department, project, one) or ("、".join(unread_of_money(one.whole)) if spent is None else "")
    return MonitoringLine(
        place,
        one.whole.initial_budget.value,
        one.whole.budget.value,
        one.whole.outturn.value,
        spent,
        Counter(found),
        (ticks[0], ticks[1], ticks[2]),
        rectify,
        ticks[2] > 0 and not rectify,
        missing,
        doubt_of(one),
        stand_in_of(project, month, settings),
    )


def monitoring_rollup(
    departments: Sequence[tuple[Department, Profile]], month: int, by: GroupBy = GroupBy.DEPARTMENT
) -> MonitoringRollup:
    """The roll-up of one book or of many, each with its profile; the first one's settings judge the total."""
    lines = [line for department, profile in departments for line in monitoring_lines(department, month, profile)]
    settings = departments[0][1].monitor if departments else MonitorSettings()
    total = _total(lines, month, settings)
    every = sorted({month, *settings.months, *(one for department, _ in departments for one in months_of(department))})
    periods = tuple(_period(departments, its, settings) for its in every)
    incomplete = tuple(incomplete_of(lines))
    parts = tuple(
        MonitoringPart(name, tuple(own), _total(own, month, settings)) for name, own in parted(lines, by).items()
    )
    return MonitoringRollup(month, tuple(lines), total, periods, incomplete, by, parts)


def _total(lines: Iterable[MonitoringLine], month: int, settings: MonitorSettings) -> Spending | None:
    counted = [line.spent for line in lines if line.spent is not None and _counts(line)]
    return spending_of_all(counted, month, settings) if counted else None


def _period(departments: Sequence[tuple[Department, Profile]], month: int, settings: MonitorSettings) -> Period:
    """What was planned and spent by then. A project whose row does not count is planned as its form says."""
    planned, left_out = Decimal(0), 0
    spent: list[MonitoringLine] = []
    for department, profile in departments:
        lines = monitoring_lines(department, month, profile)
        spent += lines
        # A row for every project comes first.
        for project, line in zip(department.projects, lines, strict=False):
            if not _counts(line):
                planned = EXACT.add(planned, planned_by(project, month, profile.monitor) or Decimal(0))
                left_out += 1
    total = _total(spent, month, settings)
    if total is None:
        return Period(month, planned, None)
    own = total.planned if total.plan is not None else part_of(total.budget, total.time)
    return Period(month, EXACT.add(planned, own), total.outturn, left_out)


def _counts(line: MonitoringLine) -> bool:
    return line.spent is not None and not line.missing


def said_total(rollup: MonitoringRollup) -> str:
    """执行数 383.5 万元，… of the rows that count; empty where none does."""
    total = rollup.total
    if total is None:
        return ""
    rate = "" if total.rate is None else f"，执行率 {rounded(total.rate)}%"
    plan = (
        f"，时间进度 {rounded(total.time)}%"
        if total.plan is None or total.gap is None
        else (f"，计划 {rounded(total.plan)}%，差 {rounded(total.gap)} 个百分点、{plain(total.gap_amount)} 万元")
    )
    stand_in = said_stand_in(rollup)
    light = f"{total.light.label}灯" + (f"（{stand_in}）" if stand_in else "")
    return f"预算 {plain(total.budget)} 万元，执行 {plain(total.outturn)} 万元{rate}{plan}，{light}"


def said_stand_in(rollup: MonitoringRollup) -> str:
    """That the plan has no such month, and which one stands in for it; empty where it has."""
    months = Counter(line.stand_in for line in rollup.counted if line.stand_in is not None)
    if not months:
        return ""
    used = [f"{month} 月的" if month else "0（还没有到第一个时点）" for month in sorted(months)]
    who = "" if months.total() == len(rollup.counted) else f"有 {months.total()} 个项目的"
    month = rollup.month
    return f"{who}计划没有 {month} 月的时点，用的是 {'、'.join(used)}；要按月折算，可改口径文件"

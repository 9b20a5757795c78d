"""The roll-ups of the year after the text: a row per project of monitoring and of self-evaluation. Amounts in 万元.

What is in no total is named (`Incomplete`): a project without a table, an outturn that is blank or cannot be read, a
second table of the same project. A total is that of the rows that count, and of those alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry, Status
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
from xl_perf.core.figures.report_money import unknown_sources, unread_money
from xl_perf.core.figures.report_pairs import evaluations_of, is_of_other_year, monitoring_of, months_of, paired
from xl_perf.core.figures.rounding import HUNDRED, rounded, total_of
from xl_perf.core.figures.scoring import EvaluationResult, department_score, evaluate
from xl_perf.core.figures.unconfirmed import is_accepted, unconfirmed
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import Evaluation, FundLine, Monitoring, Report
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile
from xl_perf.core.report_settings import EvaluateSettings, MonitorSettings

_MOST_LOSSES: Final = 3
"""Losses of points that a row tells."""
OTHER_BRANCH: Final = "其他"
"""First levels that the profile does not know."""


class NotWhole(NamedTuple):
    """A project that a total lacks, or (``is_counted``) of which something is in doubt; why, in Chinese."""

    path: str
    sheet: str
    reason: str
    is_counted: bool = False
    is_unconfirmed: bool = False
    """It counts, with figures of the last monitoring that nobody confirmed as those of the year."""


class Place(NamedTuple):
    """Whose row it is: ``sheet`` has the report, or where there is none the project's form."""

    path: str
    department: str | None
    year: int | None
    sheet: str
    code: str
    name: str


def _place(department: Department, project: Project | None, report: Report | None) -> Place:
    found = report if report is not None else project
    assert found is not None
    own = project if project is not None else found
    return Place(
        department.path,
        department.name,
        department.year,
        found.sheet,
        own.code.value or found.code.value or "",
        own.name.value or found.name.value or found.title,
    )


def _why_unread(name: str, entry: Entry[Decimal]) -> str:
    if entry.status is Status.CONTRADICTED:
        return f"{name}的单位不能确定"
    if entry.status is Status.ABSENT:
        return f"没有找到{name}"
    return f"没有填{name}" if entry.is_empty else f"{name}读不出"


def _unread_money(line: FundLine) -> list[str]:
    """Which of budget and outturn are not known."""
    found = (("预算数", line.budget), ("执行数", line.outturn))
    return [_why_unread(name, entry) for name, entry in found if entry.value is None]


def _doubt(one: Report) -> str:
    """What of its money was not read, though the table may count; empty where all was."""
    unread = [f"{its.said}没有读" for its in unread_money(one)]
    return "、".join([*unread, *unknown_sources(one)])


def _why_aside(department: Department, project: Project | None, one: Report) -> str:
    """Why a table that belongs to no project of the book does not count; empty where it does."""
    if project is not None:
        return ""
    if is_of_other_year(department, one):
        return f"的表是 {one.year.value if one.year else ''} 年的"
    if any(map(one.is_of, department.projects)):
        return "又有一张表，只计第一张"
    return "：表上的项目不在目标表里" if department.projects else ""


# --- monitoring ---------------------------------------------------------------------------------------------------


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


class Period(NamedTuple):
    """Cumulative spending by the end of a month, in 万元; ``outturn`` is None of a month without tables."""

    month: int
    planned: Decimal
    outturn: Decimal | None


class MonitoringRollup(NamedTuple):
    """All rows of a month. ``total`` is that of the rows that count; None where there is none."""

    month: int
    lines: tuple[MonitoringLine, ...]
    total: Spending | None
    periods: tuple[Period, ...]
    incomplete: tuple[NotWhole, ...]

    @property
    def counted(self) -> tuple[MonitoringLine, ...]:
        """The rows that are in the total."""
        return tuple(line for line in self.lines if line.spent is not None and not line.missing)


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
    place = _place(department, project, one)
    if one is None:
        budget = None if project is None else project.budget.value
        missing = f"没有 {month} 月的监控表"
        return MonitoringLine(place, budget, budget, None, None, {}, (0, 0, 0), False, False, missing, has_table=False)
    settings = profile.monitor
    spent = spending_of(one, project, settings)
    found = [progress(row, month, department.year, settings).light for row in one.indicators]
    ticks = [sum(row.possibilities[at].value is True for row in one.indicators) for at in range(3)]
    rectify = bool(one.value("rectify").text)
    missing = _why_aside(department, project, one) or ("、".join(_unread_money(one.whole)) if spent is None else "")
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
        _doubt(one),
        stand_in_of(project, month, settings),
    )


def monitoring_rollup(departments: Sequence[tuple[Department, Profile]], month: int) -> MonitoringRollup:
    """The roll-up of one book or of many, each with its profile; the first one's settings judge the total."""
    lines = [line for department, profile in departments for line in monitoring_lines(department, month, profile)]
    settings = departments[0][1].monitor if departments else MonitorSettings()
    total = _total(lines, month, settings)
    every = sorted({month, *settings.months, *(one for department, _ in departments for one in months_of(department))})
    periods = tuple(_period(departments, its, settings) for its in every)
    incomplete = tuple(_incomplete(lines))
    return MonitoringRollup(month, tuple(lines), total, periods, incomplete)


def _incomplete(lines: "Iterable[MonitoringLine | EvaluationLine]") -> Iterator[NotWhole]:
    for line in lines:
        said = "、".join(filter(None, (line.missing, line.doubt)))
        if said:
            place = line.place
            yield NotWhole(place.path, place.sheet, f"“{place.name}”{said}", is_counted=not line.missing)
        elif isinstance(line, EvaluationLine) and line.unconfirmed:
            place, said = line.place, line.unconfirmed
            yield NotWhole(place.path, place.sheet, f"“{place.name}”{said}", is_counted=True, is_unconfirmed=True)


def _total(lines: Iterable[MonitoringLine], month: int, settings: MonitorSettings) -> Spending | None:
    counted = [line.spent for line in lines if line.spent is not None and not line.missing]
    return spending_of_all(counted, month, settings) if counted else None


def _period(departments: Sequence[tuple[Department, Profile]], month: int, settings: MonitorSettings) -> Period:
    """What was planned and spent by then: of a book with tables of the month its rows that count, else all projects."""
    planned, has_tables = Decimal(0), False
    spent: list[MonitoringLine] = []
    for department, profile in departments:
        has_tables = has_tables or bool(monitoring_of(department, month))
        lines = monitoring_lines(department, month, profile) if month in months_of(department) else []
        spent += lines
        counted = [line for line in lines if line.spent is not None and not line.missing]
        if counted:
            continue
        for project in department.projects:
            planned = EXACT.add(planned, planned_by(project, month, profile.monitor) or Decimal(0))
    total = _total(spent, month, settings) if has_tables else None
    if total is None:
        return Period(month, planned, None)
    own = total.planned if total.plan is not None else part_of(total.budget, total.time)
    return Period(month, EXACT.add(planned, own), total.outturn)


# --- self-evaluation ----------------------------------------------------------------------------------------------


class Loss(NamedTuple):
    """Points that were not given, with the reason as it was typed (may be empty)."""

    name: str
    points: Decimal
    reason: str

    @property
    def said(self) -> str:
        """改造村数扣 3.12 分：资金未到位."""
        return f"{self.name}扣 {self.points:.2f} 分" + (f"：{self.reason}" if self.reason else "（没有写原因）")


class EvaluationLine(NamedTuple):
    """A project's self-evaluation. ``result`` is None where there is no table.

    ``scores`` are by 执行 and the first levels, as they add up; ``audit`` is the total with the reviewer's scores
    where he gave some. ``missing`` says why it has no total, ``doubt`` what of its money was not read.
    """

    place: Place
    budget: Decimal | None
    outturn: Decimal | None
    result: EvaluationResult | None
    scores: Mapping[str, Decimal]
    losses: tuple[Loss, ...]
    audit: Decimal | None
    missing: str = ""
    doubt: str = ""
    unconfirmed: str = ""
    """How many values are still those of the last monitoring; empty where none is, or a person answers for them."""

    @property
    def has_table(self) -> bool:
        """There is a self-evaluation."""
        return self.result is not None

    @property
    def total(self) -> Decimal | None:
        """Of 100 points; None where a score is not known, or the row does not count."""
        return None if self.result is None or self.missing else self.result.total

    @property
    def reasons(self) -> str:
        """扣分主要原因: the largest losses, one a line."""
        more = len(self.losses) - _MOST_LOSSES
        said = [loss.said for loss in self.losses[:_MOST_LOSSES]] + ([f"另有 {more} 处扣分"] if more > 0 else [])
        return "\n".join(said)


EXECUTION: Final = "执行"


class EvaluationRollup(NamedTuple):
    """All rows. ``score`` is the department's, ``label`` how it was made; ``rate`` is that of the rows that count."""

    lines: tuple[EvaluationLine, ...]
    branches: tuple[str, ...]
    budget: Decimal
    outturn: Decimal
    rate: Decimal | None
    score: Decimal | None
    label: str
    grades: Mapping[str, int]
    incomplete: tuple[NotWhole, ...]


def result_of(one: Evaluation, year: int | None, profile: Profile) -> EvaluationResult:
    """What a self-evaluation comes to."""
    costs = {branch_key(name) for name in profile.cost_second} | {"成本"}
    return evaluate(one, year, profile.evaluate, costs.__contains__)


def evaluation_lines(department: Department, profile: Profile) -> list[EvaluationLine]:
    """A row for every project of a book, and for tables of projects that it does not have."""
    lines = []
    for project, one in paired(department, evaluations_of(department)):
        place = _place(department, project, one)
        if one is None:
            budget = None if project is None else project.budget.value
            lines.append(EvaluationLine(place, budget, None, None, {}, (), None, "没有自评表"))
            continue
        result = result_of(one, department.year, profile)
        missing = _why_aside(department, project, one) or _why_no_total(one, result)
        money = one.whole.budget.value, one.whole.outturn.value
        scores = _by_branch(one, result, profile.evaluate)
        losses = tuple(_losses(one, result, profile.evaluate))
        taken = unconfirmed(department, one)
        unsaid = "" if taken is None or is_accepted(department, taken) else taken.doubt
        audit = _audited(one, result)
        lines.append(EvaluationLine(place, *money, result, scores, losses, audit, missing, _doubt(one), unsaid))
    return lines


def _why_no_total(one: Evaluation, result: EvaluationResult) -> str:
    said = _unread_money(one.whole)
    if result.total is not None:
        return "、".join(said)
    if not said and result.execution is None:
        said = ["预算数是 0，执行没有得分"]
    blank = sum(score is None for score in result.scores)
    return "、".join([*said, *([f"{blank} 个指标还没有得分"] if blank else [])])


def _branch(level: str, settings: EvaluateSettings) -> str:
    name = branch_key(level)
    return name if name in settings.shares else OTHER_BRANCH


def _by_branch(one: Evaluation, result: EvaluationResult, settings: EvaluateSettings) -> dict[str, Decimal]:
    """Scores by 执行 and first level, of those that are known."""
    found: dict[str, Decimal] = {} if result.execution is None else {EXECUTION: result.execution}
    for row, score in zip(one.indicators, result.scores, strict=True):
        name = _branch(row.level1.value or "", settings)
        if score is not None:
            found[name] = EXACT.add(found.get(name, Decimal(0)), score)
    return found


def _losses(one: Evaluation, result: EvaluationResult, settings: EvaluateSettings) -> Iterator[Loss]:
    """What was lost, the largest first; equal ones in the order of the table."""
    found = []
    if result.execution is not None and result.execution < settings.execution:
        lost = EXACT.subtract(settings.execution, result.execution)
        found.append(Loss("预算执行", lost, one.whole.reason.text.strip()))
    for row, points, score in zip(one.indicators, result.points, result.scores, strict=True):
        if score is not None and score < points:
            name = row.level3.text or row.level2.text or "没有名称的指标"
            found.append(Loss(name, EXACT.subtract(points, score), row.reason.text.strip()))
    yield from sorted(found, key=lambda loss: -loss.points)


def _audited(one: Evaluation, result: EvaluationResult) -> Decimal | None:
    """The total with the reviewer's scores in place of those that he changed; None where he gave none."""
    if all(row.audit_score.value is None for row in one.indicators) or result.execution is None:
        return None
    scores = [
        own if row.audit_score.value is None else row.audit_score.value
        for row, own in zip(one.indicators, result.scores, strict=True)
    ]
    known = [score for score in scores if score is not None]
    return total_of([result.execution, *known]) if len(known) == len(scores) else None


def evaluation_rollup(departments: Sequence[tuple[Department, Profile]]) -> EvaluationRollup:
    """The roll-up of one book or of many, each with its profile; the first one's settings make the whole score."""
    lines = [line for department, profile in departments for line in evaluation_lines(department, profile)]
    settings = departments[0][1].evaluate if departments else EvaluateSettings()
    counted = [line for line in lines if line.total is not None]
    money = [(line.total, line.budget) for line in counted if line.total is not None and line.budget is not None]
    budget = total_of(line.budget for line in counted if line.budget is not None)
    outturn = total_of(line.outturn for line in counted if line.outturn is not None)
    rate = None if not budget else rounded(Fraction(outturn) / Fraction(budget) * HUNDRED)
    met = {name for line in lines for name in line.scores}
    branches = (EXECUTION, *settings.shares, *((OTHER_BRANCH,) if OTHER_BRANCH in met else ()))
    return EvaluationRollup(
        tuple(lines),
        branches,
        budget,
        outturn,
        rate,
        department_score(money, settings),
        "算术平均" if settings.department == "mean" else "加权平均",
        Counter(line.result.grade for line in counted if line.result is not None),
        tuple(_incomplete(lines)),
    )


def said_incomplete(incomplete: Sequence[NotWhole], most: int = 10) -> str:
    """What is missing from the totals, in a Chinese sentence without full stop; empty where nothing is."""
    left_out = [one.reason for one in incomplete if not one.is_counted]
    doubtful = [one.reason for one in incomplete if one.is_counted and not one.is_unconfirmed]
    taken = [one.reason for one in incomplete if one.is_unconfirmed]
    heads = (
        ("合计不含 {} 个项目", left_out),
        ("计入合计而有数没有读的 {} 个项目", doubtful),
        ("得分按年中监控的数计算、没有确认是全年数的 {} 个项目", taken),
    )
    return "；".join(_listed(head.format(len(reasons)), reasons, most) for head, reasons in heads if reasons)


def _listed(head: str, reasons: Sequence[str], most: int) -> str:
    more = f" 等 {len(reasons)} 个" if len(reasons) > most else ""
    return f"{head}：{'；'.join(reasons[:most])}{more}"


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
    return f"{who}计划没有 {month} 月的时点，用的是 {'、'.join(used)}；口径文件的 plan_between 可改为按月折算（linear）"


def said_projects(lines: Sequence[MonitoringLine] | Sequence[EvaluationLine], what: str) -> str:
    """8 个项目（另有 32 个没有自评表）: those with a table of their own, and those without."""
    without = sum(not line.has_table for line in lines)
    own = len(lines) - without
    return f"{own} 个项目" + (f"（另有 {without} 个没有{what}）" if without else "")

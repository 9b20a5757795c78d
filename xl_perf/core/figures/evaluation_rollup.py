"""The roll-up of self-evaluation: a row per project. Amounts in 万元, points of 100.

A total is that of the rows that count, and of those alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from xl_perf.core.cells.values import EXACT
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
from xl_perf.core.figures.report_pairs import evaluations_of, paired
from xl_perf.core.figures.rounding import HUNDRED, rounded, total_of
from xl_perf.core.figures.scoring import EvaluationResult, department_score, evaluate, is_within
from xl_perf.core.figures.unconfirmed import is_accepted, unconfirmed
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import EvaluatedIndicator, Evaluation, FundLine
from xl_perf.core.profile import Profile
from xl_perf.core.report_settings import EvaluateSettings

_MOST_LOSSES: Final = 3
"""Losses of points that a row tells."""
OTHER_BRANCH: Final = "其他"
"""First levels that the profile does not know."""


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


class EvaluationPart(NamedTuple):
    """Rows, and what those of them that count come to: ``score`` is that of one of several departments, or of all."""

    name: str
    lines: tuple[EvaluationLine, ...]
    budget: Decimal
    outturn: Decimal
    rate: Decimal | None
    score: Decimal | None
    grades: Mapping[str, int]

    @property
    def left_out(self) -> int:
        """How many rows are in no total."""
        return sum(line.total is None for line in self.lines)


class EvaluationRollup(NamedTuple):
    """All rows. ``score`` is the department's, ``label`` how it was made; ``rate`` is that of the rows that count.

    ``parts`` are the same by departments, or by folders, where there are several.
    """

    lines: tuple[EvaluationLine, ...]
    branches: tuple[str, ...]
    budget: Decimal
    outturn: Decimal
    rate: Decimal | None
    score: Decimal | None
    label: str
    grades: Mapping[str, int]
    incomplete: tuple[NotWhole, ...]
    by: GroupBy = GroupBy.DEPARTMENT
    parts: tuple[EvaluationPart, ...] = ()


def result_of(one: Evaluation, year: int | None, profile: Profile) -> EvaluationResult:
    """What a self-evaluation comes to."""
    costs = {branch_key(name) for name in profile.cost_second} | {"成本"}
    return evaluate(one, year, profile.evaluate, costs.__contains__)


def evaluation_lines(department: Department, profile: Profile) -> list[EvaluationLine]:
    """A row for every project of a book, and for tables of projects that it does not have."""
    lines = []
    for project, one in paired(department, evaluations_of(department)):
        place = place_of(department, project, one)
        if one is None:
            budget = None if project is None else project.budget.value
            lines.append(EvaluationLine(place, budget, None, None, {}, (), None, "没有自评表"))
            continue
        result = result_of(one, department.year, profile)
        missing = why_aside(department, project, one) or _why_no_total(one, result)
        money = one.whole.budget.value, one.whole.outturn.value
        scores = _by_branch(one, result, profile.evaluate)
        losses = tuple(_losses(one, result, profile.evaluate))
        taken = unconfirmed(department, one)
        unsaid = "" if taken is None or is_accepted(department, taken) else taken.doubt
        audit = _audited(one, result)
        lines.append(EvaluationLine(place, *money, result, scores, losses, audit, missing, doubt_of(one), unsaid))
    return lines


def _why_no_total(one: Evaluation, result: EvaluationResult) -> str:
    said = unread_of_money(one.whole)
    if result.total is not None:
        return "、".join(said)
    if not said and result.execution is None and one.whole.score.value is None:
        said = ["预算数是 0，执行没有得分"]
    beyond = _is_beyond(one.whole) + sum(_is_beyond(row) for row in one.indicators)
    blank = sum(score is None and not _is_beyond(row) for row, score in zip(one.indicators, result.scores, strict=True))
    if beyond:
        said.append(f"{beyond} 处得分小于 0 或大于分值")
    if blank:
        said.append(f"{blank} 个指标还没有得分")
    return "、".join(said) or "总分超过 100"


def _is_beyond(row: FundLine | EvaluatedIndicator) -> bool:
    return row.score.value is not None and not is_within(row.score.value, row.weight.value)


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


def evaluation_rollup(
    departments: Sequence[tuple[Department, Profile]], by: GroupBy = GroupBy.DEPARTMENT
) -> EvaluationRollup:
    """The roll-up of one book or of many, each with its profile; the first one's settings make the whole score."""
    lines = [line for department, profile in departments for line in evaluation_lines(department, profile)]
    settings = departments[0][1].evaluate if departments else EvaluateSettings()
    whole = _part("", lines, settings)
    met = {name for line in lines for name in line.scores}
    branches = (EXECUTION, *settings.shares, *((OTHER_BRANCH,) if OTHER_BRANCH in met else ()))
    return EvaluationRollup(
        whole.lines,
        branches,
        whole.budget,
        whole.outturn,
        whole.rate,
        whole.score,
        "算术平均" if settings.department == "mean" else "加权平均",
        whole.grades,
        tuple(incomplete_of(lines)),
        by,
        tuple(_part(name, own, settings) for name, own in parted(lines, by).items()),
    )


def _part(name: str, lines: Sequence[EvaluationLine], settings: EvaluateSettings) -> EvaluationPart:
    counted = [line for line in lines if line.total is not None]
    money = [(line.total, line.budget) for line in counted if line.total is not None and line.budget is not None]
    budget = total_of(line.budget for line in counted if line.budget is not None)
    outturn = total_of(line.outturn for line in counted if line.outturn is not None)
    rate = None if not budget else rounded(Fraction(outturn) / Fraction(budget) * HUNDRED)
    grades = Counter(line.result.grade for line in counted if line.result is not None)
    return EvaluationPart(name, tuple(lines), budget, outturn, rate, department_score(money, settings), grades)

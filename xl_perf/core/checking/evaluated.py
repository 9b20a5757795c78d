"""What the rules on self-evaluations look at: each table scored once, beside the form whose targets it reports on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import EMPTY, Entry, Status
from xl_perf.core.cells.values import EXACT
from xl_perf.core.checking.judged import Judged, name_of
from xl_perf.core.figures.reached import Problem
from xl_perf.core.figures.report_money import sum_of
from xl_perf.core.figures.report_pairs import project_of
from xl_perf.core.figures.rounding import share
from xl_perf.core.figures.scoring import EvaluationResult, Scored, evaluate, execution_score
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.evaluation import EVALUATION
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import UNKNOWN, EvaluatedIndicator, Evaluation, FundLine
from xl_perf.core.profile import Profile
from xl_perf.core.report_settings import EvaluateSettings

COLUMNS: Final = (
    ("initial_budget", "年初预算数"),
    ("adjusted_budget", "全年预算数"),
    ("outturn", "全年执行数"),
)
"""The amounts of each source."""
_PRINTED_SHARE: Final = re.compile(r"[(](\d+(?:\.\d+)?)分[)]$")


class EvaluatedRow(NamedTuple):
    """A row of the indicators, and what it comes to."""

    row: EvaluatedIndicator
    points: Decimal
    scored: Scored
    counts: Decimal | None
    """The score that counts: the one given, else the computed one."""

    @property
    def name(self) -> str:
        """What to call the indicator."""
        return name_of(self.row)

    @property
    def is_sound(self) -> bool:
        """What was reached and what was given were read: E903, E904 and E906 are silent."""
        score = self.row.score.value
        given = self.row.score.status not in UNKNOWN and (score is None or 0 <= score <= self.points)
        return given and self.scored.problem in {None, Problem.TARGET}


class Money(NamedTuple):
    """Budget and outturn of a project in 万元; of the sources where all of the money is said to be nothing."""

    budget: Decimal | None
    outturn: Decimal | None

    @property
    def rate(self) -> Fraction | None:
        """The outturn in % of the budget."""
        return None if self.budget is None or self.outturn is None else share(self.outturn, self.budget)


@dataclass(frozen=True)
class EvaluatedTable(Judged):
    """A self-evaluation with what it comes to.

    ``is_ours``: a project's, and somebody chose the profile by which it is scored, or it is a workbook of ours.
    Of others only what is wrong by every province's rules is wrong.
    """

    table: Evaluation
    result: EvaluationResult
    rows: tuple[EvaluatedRow, ...]
    money: Money
    settings: EvaluateSettings
    is_ours: bool

    @property
    def whole(self) -> FundLine:
        """All of the money."""
        return self.table.whole

    @property
    def execution(self) -> Decimal | None:
        """The points for spending, computed from what stands in the table."""
        if self.money.budget is None or self.money.outturn is None:
            return None
        return execution_score(self.money.budget, self.money.outturn, self.settings)


def evaluated(department: Department, profile: Profile) -> list[EvaluatedTable]:
    """The self-evaluations of a book by a profile."""
    is_ours = profile.is_asked_for or bool(department.kind)
    return [
        _one(table, profile, department, is_ours=is_ours and is_of_project(table)) for table in department.evaluations
    ]


def _one(table: Evaluation, profile: Profile, department: Department, *, is_ours: bool) -> EvaluatedTable:
    settings = profile.evaluate
    if not is_ours:
        printed = table.whole.weight.value
        settings = replace(
            settings, execution=settings.execution if printed is None else printed, tiers=(), execution_from="exact"
        )
    its_year = table.year.value if table.year is not None and table.year.value else department.year
    project = project_of(table, department.projects) if is_of_project(table) else None
    result = evaluate(table, its_year, settings, lambda level: level in profile.cost_second or level.endswith("成本"))
    rows = tuple(map(EvaluatedRow, table.indicators, result.points, result.rows, result.scores))
    return EvaluatedTable(table, project, result, rows, _money(table), settings, is_ours)


def is_of_project(table: Evaluation) -> bool:
    """Else it is the department's own."""
    return table.kind.name == EVALUATION.name


def _money(table: Evaluation) -> Money:
    whole = table.whole
    budget, outturn = whole.budget.value, whole.outturn.value
    if not budget and not outturn:
        initial, adjusted, spent = (sum_of(table, column) for column, _ in COLUMNS)
        parts = initial if adjusted is None else adjusted
        if parts:
            return Money(parts, spent)
    return Money(budget, outturn)


def printed_share(row: EvaluatedIndicator) -> Decimal | None:
    """The points that a first level prints behind its name: 产出指标（50分）."""
    match = _PRINTED_SHARE.search(folded(row.level1.text))
    return None if match is None else Decimal(match[1])


def branches(one: EvaluatedTable) -> Iterator[tuple[str, list[EvaluatedRow]]]:
    """The rows under each first level, by its plain name."""
    found: dict[str, list[EvaluatedRow]] = {}
    for row in one.rows:
        found.setdefault(branch_key(row.row.level1.value or ""), []).append(row)
    yield from found.items()


def said(entry: Entry[Any]) -> bool:
    """A person wrote something there: a placeholder is none."""
    return entry.status is Status.FILLED or entry.status is Status.UNREADABLE


def is_left_blank(entry: Entry[Any]) -> bool:
    """There is a cell for it, and nothing in it."""
    return entry.status in EMPTY


def minus(one: Decimal, other: Decimal) -> Decimal:
    """The exact difference."""
    return EXACT.subtract(one, other)

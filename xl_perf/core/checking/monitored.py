"""What the rules on monitoring look at: each table judged once, beside the form whose targets it reports on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.entry import EMPTY, FLAWED, Entry, Status
from xl_perf.core.cells.grid import a1
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.checking.judged import Judged, name_of
from xl_perf.core.figures.monitoring import Light, Progress, Spending, month_end, part_of, progress, spending_of
from xl_perf.core.figures.reached import (
    Problem,
    answer,
    band_of,
    day_problem,
    done,
    foreseen,
    is_no_day,
    last_day,
    measured,
    said_nothing,
)
from xl_perf.core.figures.report_pairs import project_of
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding
from xl_perf.core.model.progress import MonitoredIndicator, Monitoring
from xl_perf.core.profile import Profile
from xl_perf.core.report_settings import MonitorSettings

COLUMNS: Final = (
    ("initial_budget", "年初预算数"),
    ("adjusted_budget", "调整后预算数"),
    ("outturn", "执行数"),
    ("expected_outturn", "全年预计执行数"),
)
"""The amounts of each source."""
_YEAR: Final = 12
_HAS_DIGIT: Final = re.compile(r"[\d一二三四五六七八九十百千万]").search
"""Words alone (未调查, 尚未开展) say of what is not due yet that it is still to come."""


class MonitoredRow(NamedTuple):
    """A row of the indicators: how far it is, why that cannot be said, and whether something must be said by now."""

    row: MonitoredIndicator
    progress: Progress
    problem: Problem | None
    is_due: bool

    @property
    def name(self) -> str:
        """What to call the indicator."""
        return name_of(self.row)

    @property
    def is_assumed(self) -> bool:
        """What is reported is read as a rate, and nobody typed that it is one."""
        aim = self.row.target.value
        return aim is not None and aim.kind in {"number", "range"} and measured(aim, self.row.reached).is_assumed

    @property
    def light(self) -> Light:
        """The light of the row."""
        return self.progress.light

    @property
    def lacks_report(self) -> bool:
        """Nothing is reported, and it is due: M810 says so."""
        return self.problem is Problem.BLANK and self.is_due


@dataclass(frozen=True)
class MonitoredTable(Judged):
    """A monitoring table and what it comes to. ``spent`` is None where the money or the month is not known.

    ``before`` is the table of the same project of the last month before, if there is one.
    """

    table: Monitoring
    spent: Spending | None
    rows: tuple[MonitoredRow, ...]
    before: "MonitoredTable | None" = None

    @property
    def period(self) -> str:
        """The period in words: 1—6月."""
        return f"1—{self.table.month.value}月"


def monitored(department: Department, profile: Profile) -> list[MonitoredTable]:
    """The monitoring tables of a book as they stand, judged by a profile."""
    made = [_one(table, department, profile.monitor) for table in department.monitoring]
    return [replace(one, before=_before(one, made)) for one in made]


def _one(table: Monitoring, department: Department, settings: MonitorSettings) -> MonitoredTable:
    project = project_of(table, department.projects)
    year = table.year.value if table.year is not None and table.year.value else department.year
    rows = tuple(_row(row, table.month.value, year, settings) for row in table.indicators)
    return MonitoredTable(table, project, spending_of(table, project, settings), rows)


def _before(one: MonitoredTable, made: Iterable[MonitoredTable]) -> MonitoredTable | None:
    month = one.table.month.value
    if month is None:
        return None
    earlier = [
        (its, other)
        for other in made
        if (its := other.table.month.value) is not None and its < month and one.table.is_of(other.table)
        if _year_of(one) in {None, _year_of(other)} or _year_of(other) is None
    ]
    return max(earlier, key=lambda pair: pair[0])[1] if earlier else None


def _year_of(one: MonitoredTable) -> int | None:
    return None if one.table.year is None else one.table.year.value


def _row(row: MonitoredIndicator, month: int | None, year: int | None, settings: MonitorSettings) -> MonitoredRow:
    if month is None:
        return MonitoredRow(row, Progress(None, Light.GREY), None, is_due=False)
    is_due, problem = _is_due(row, month, year, settings), problem_of(row.target, row.reached)
    aim = row.target.value
    if problem is None and aim is not None and aim.kind == "deadline":
        problem = day_problem(aim, row.reached, year, month_end(year, month) if year else None)
    if problem is Problem.UNREADABLE and not is_due and not _HAS_DIGIT(row.reached.text):
        problem = None
    return MonitoredRow(row, progress(row, month, year, settings), problem, is_due)


def _is_due(row: MonitoredIndicator, month: int, year: int | None, settings: MonitorSettings) -> bool:
    if not (row.level3.text or row.target.text):
        return False
    target = row.target.value
    if target is not None and target.deadline is not None:
        due = last_day(target.deadline, year)
        return due is not None and year is not None and due <= month_end(year, month)
    return month >= _YEAR or branch_key(row.level2.value or "") not in settings.may_be_blank


def problem_of(target: Entry[Target], actual: Entry[Target]) -> Problem | None:
    """Why nobody can say how much was reached; None where that can be said, or the target itself tells nothing."""
    if said_nothing(actual):
        return Problem.BLANK
    if target.value is None or actual.status in FLAWED:
        return None  # I505 or S105 say so
    if target.value.kind in {"number", "range"}:
        return measured(target.value, actual).problem
    return Problem.UNREADABLE if target.value.kind == "deadline" and is_no_day(actual) else None


def reaches(target: Entry[Target], actual: Entry[Target], year: int | None) -> bool | None:
    """What is said reaches the target; None where that cannot be said."""
    wanted = target.value
    if wanted is None or said_nothing(actual):
        return None
    if wanted.kind == "deadline":
        said = done(actual)
        due = None if wanted.deadline is None else last_day(wanted.deadline, year)
        if said is None or not said.is_done or said.date is None or due is None:
            return None if said is None else said.is_done
        return said.date <= due
    if wanted.kind in {"number", "range"}:
        return _reaches_number(wanted, actual)
    expected, said_so = answer(target.text), answer(actual.text)
    if expected is not None and said_so is not None:
        return expected is said_so
    band = band_of(actual.text)
    return None if band is None else band == 0


def _reaches_number(wanted: Target, actual: Entry[Target]) -> bool | None:
    value = foreseen(wanted, actual).value
    if value is None or wanted.low is None:
        return None
    if wanted.operator in {"≤", "<"}:
        return value <= wanted.low
    return value >= wanted.low and (wanted.high is None or value <= wanted.high)


# --- money ----------------------------------------------------------------------------------------------------


def minus(one: Decimal, other: Decimal) -> str:
    """The exact difference as people read it."""
    return plain(EXACT.subtract(one, other))


# --- ticks ----------------------------------------------------------------------------------------------------


def has_column(entries: Iterable[Entry[Any]]) -> bool:
    """The table has at least one of these columns."""
    return any(entry.status is not Status.ABSENT for entry in entries)


def ticked(entries: Iterable[Entry[bool]]) -> set[str]:
    """The cells with a tick: one cell may stand for two words."""
    return {a1(entry.row, entry.column) for entry in entries if entry.value}


def is_said(entry: Entry[Any]) -> bool:
    """A person wrote something there; a placeholder is nothing."""
    return entry.status is not Status.ABSENT and entry.status not in EMPTY


def reason_given(row: MonitoredIndicator) -> bool:
    """Why it deviates is written somewhere: a tick, a text, a remark."""
    return bool(row.reason_names) or is_said(row.explanation) or is_said(row.remark)


def is_doubtful(row: MonitoredIndicator) -> bool:
    """有可能 or 完全不可能 is ticked, and not 确定能."""
    return bool(row.possible.value or row.impossible.value) and not row.certain.value


def lit(tables: Iterable[MonitoredTable], lights: Iterable[Light]) -> Iterator[tuple[MonitoredTable, Spending]]:
    """The tables whose money has one of these lights. Tables that M802 or M805 reports have none."""
    wanted = set(lights)
    for one in tables:
        spent = one.spent
        if spent is not None and 0 <= spent.outturn <= spent.budget and spent.light in wanted:
            yield one, spent


def behind(one: MonitoredTable, spent: Spending, settings: MonitorSettings, code: str, remedy: str) -> Finding:
    """What is said of money that is spent too slowly: rate, reference, and by how much in 万元."""
    rate, reference = (plain(rounded(value or Fraction(0))) for value in (spent.rate, spent.reference))
    by_time = settings.against == "time" or spent.plan is None
    wanted = part_of(spent.budget, spent.time) if by_time else spent.planned
    short = minus(spent.outturn, wanted)
    ratio = plain(rounded(spent.ratio or Fraction(0)))
    message = (
        f"{one.period}执行率 {rate}%，{'时间进度' if by_time else '计划'} {reference}%，是它的 {ratio}%，"
        f"差 {short} 万元（{spent.light.label}灯）"
    )
    return one.find(
        one.table.whole.outturn,
        code,
        "执行数",
        message,
        remedy,
        expected=f"{plain(wanted)}（{reference}%）",
        difference=short,
    )

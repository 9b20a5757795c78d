"""The rows of `core.figures.tables`, book by book: what frames and exported files hold."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any, Final

from xl_perf.core.cells.entry import Status, said, typed
from xl_perf.core.cells.organisations import Names
from xl_perf.core.checking.check import FAILED, FAILED_PAGE
from xl_perf.core.checking.rules import BY_CODE
from xl_perf.core.figures import tables
from xl_perf.core.figures.missing import by_place
from xl_perf.core.figures.summary import ProjectLine, is_in
from xl_perf.core.figures.totals import EXACT, MONEY, ZERO, Totals
from xl_perf.core.forms.kind import Money
from xl_perf.core.model.findings import Finding, Severity, count, count_accepted
from xl_perf.core.model.project import Indicator, Project
from xl_perf.files.inputs import Skipped
from xl_perf.service.results import BookResult

Row = Sequence[Any]
"""What stands in the columns of a table: str, int, Decimal or None."""
RowsOf = Mapping[str, Sequence[Row]]
"""Rows by the keys of their tables."""

_UNFIT: Final = re.compile("[\0\ud800-\udfff]")
"""Half characters, which a damaged file may hold: no format takes them."""
_FAILED_TITLE: Final = FAILED_PAGE.partition("。")[0]


class Rows:
    """Makes the rows of books one after the other, and numbers their projects from 1.

    Only what counts in the totals has rows but in 问题 and 工作簿, so that the sums of columns are the totals.
    """

    def __init__(self) -> None:
        self.projects = 0
        self._departments: dict[tuple[str | None, int | None], _Sum] = {}
        self._names = Names()

    def of(self, result: BookResult) -> RowsOf:
        """The rows of one book, whose whole projects were asked for; those of 部门 come at the end."""
        if result.error is not None:
            return {tables.WORKBOOKS.key: [_unread(result)]}
        rows: dict[str, list[Row]] = {table.key: [] for table in tables.TABLES}
        first = self.projects + 1
        if result.left is None:
            self._sum_up(result)
            on_sheet = Counter(line.sheet for line in result.lines)
            lacking = {sheet: why for (_, sheet), why in by_place(result.totals.incomplete).items()}
            for line, project in zip(result.lines, result.projects, strict=True):
                self.projects += 1
                missing = _missing(line, result, on_sheet[line.sheet]) if line.sheet in lacking else None
                rows[tables.PROJECTS.key].append(_project(self.projects, line, project, missing))
                for key, more in _details(self.projects, line, project).items():
                    rows[key] += more
        rows[tables.FINDINGS.key] = [_finding(result, one, first) for one in result.findings]
        rows[tables.WORKBOOKS.key] = [_workbook(result)]
        return {key: [_clean(row) for row in own] for key, own in rows.items()}

    def of_skipped(self, skipped: Iterable[Skipped]) -> RowsOf:
        """The rows of files that were passed over."""
        rows = [_with_state(tables.WORKBOOKS, one.path, tables.SKIPPED, one.reason) for one in skipped]
        return {tables.WORKBOOKS.key: list(map(_clean, rows))}

    def of_departments(self) -> RowsOf:
        """The rows of 部门, when all books have come."""
        rows = [one.row(name, year) for (name, year), one in self._departments.items()]
        return {tables.DEPARTMENTS.key: list(map(_clean, rows))}

    def _sum_up(self, result: BookResult) -> None:
        own = self._departments.setdefault((self._names.first(result.department), result.year), _Sum())
        own.books += 1
        own.totals = own.totals.plus(result.totals)
        own.indicators += sum(line.indicators for line in result.lines)
        own.counts = [a + b for a, b in zip(own.counts, _counts(result.findings), strict=True)]


def _clean(row: Row) -> Row:
    return [_UNFIT.sub("?", one) if isinstance(one, str) and not one.isprintable() else one for one in row]


# --- 部门 and 工作簿 ------------------------------------------------------------------------------------------------


_NOTHING: Final = Totals()


@dataclass
class _Sum:
    """What the books of one department and year are together."""

    books: int = 0
    totals: Totals = _NOTHING
    indicators: int = 0
    counts: Sequence[int] = (0, 0, 0, 0)

    def row(self, name: str | None, year: int | None) -> Row:
        totals = self.totals
        lacking = sum(sheet is not None for _, sheet in by_place(totals.incomplete))
        head = (name, year, self.books, totals.projects)
        return (*head, *_money(totals), totals.undivided, self.indicators, *self.counts, lacking)


def _money(totals: Totals) -> tuple[Decimal, ...]:
    return tuple(totals.amounts[key] for key in MONEY)


def _counts(findings: Iterable[Finding]) -> tuple[int, ...]:
    """Errors, warnings, hints, accepted warnings."""
    found = list(findings)
    return *(count(found)[severity] for severity in Severity), count_accepted(found)


def _workbook(result: BookResult) -> Row:
    left = result.left
    whole = [one.budget.value for one in result.own_targets if one.budget.value is not None]
    return (
        *(result.path, result.department, result.year, tables.COUNTED if left is None else tables.LEFT),
        *((None, None, None) if left is None else (left.reason, left.instead, left.remedy)),
        result.totals.projects,
        *_money(result.totals),
        reduce(EXACT.add, whole, ZERO) if whole else None,
        *_counts(result.findings),
        "；".join(f"{sheet}：{why}" for (_, sheet), why in by_place(result.totals.incomplete).items()) or None,
        result.profile,
        result.sha256,
    )


def _unread(result: BookResult) -> Row:
    error = result.error
    assert error is not None
    reason = error.message.removeprefix(f"{error.path}：")
    return _clean(_with_state(tables.WORKBOOKS, result.path, tables.UNREAD, reason, error.remedy))


def _with_state(table: tables.Table, path: str, state: str, reason: str, remedy: str | None = None) -> Row:
    known = {"文件": path, "状态": state, "原因": reason, "怎样处理": remedy}
    return [known.get(column.name) for column in table.columns]


# --- of a project -----------------------------------------------------------------------------------------------------


def _project(number: int, line: ProjectLine, project: Project, missing: str | None) -> Row:
    return (
        *(number, line.path, line.department, line.year, line.sheet, line.code, line.name),
        line.kind.title,
        *(line.amounts[key] for key in MONEY),
        said(project.purpose),
        *(line.indicators, line.errors, line.warnings, line.hints, line.accepted),
        missing,
    )


def _missing(line: ProjectLine, result: BookResult, on_sheet: int) -> str | None:
    """What the totals lack of a project; of several on one sheet each reason begins with a name."""
    reasons = [one.reason for one in result.totals.incomplete if one.sheet == line.sheet]
    if on_sheet > 1:
        start = f"“{line.name or '没有名称的项目'}”"
        reasons = [one.removeprefix(start) for one in reasons if one.startswith(start)]
    return "，".join(reasons) or None


def _details(number: int, line: ProjectLine, project: Project) -> dict[str, list[Row]]:
    own = (number, line.department, line.year, line.name)
    fields = zip(project.kind.sources, project.sources, strict=True)
    there = [(field, entry) for field, entry in fields if entry.status is not Status.ABSENT]
    planned = dict(line.planned)
    goals = [(at, typed(goal)) for at, goal in enumerate(project.goals, 1)]
    return {
        tables.SOURCES.key: [
            (*own, at, field.name, "财政资金" if field.money is Money.FISCAL else "其他资金", entry.value)
            for at, (field, entry) in enumerate(there, 1)
        ],
        tables.PLAN.key: [(*own, month, percent, planned.get(month)) for month, percent in line.percents],
        tables.GOALS.key: [(*own, at, text) for at, text in goals if text],
        tables.INDICATORS.key: [(*own, at, *_indicator(one)) for at, one in enumerate(project.indicators, 1)],
    }


def _indicator(one: Indicator) -> Iterator[Any]:
    target = one.target.value
    yield from map(said, (one.level1, one.level2, one.level3, one.description))
    yield typed(one.target)
    yield from (target.operator or None, target.low, target.high, target.unit or None) if target else (None,) * 4
    yield from (one.weight.value, said(one.basis), one.level3.cell)


# --- findings ---------------------------------------------------------------------------------------------------------


def _finding(result: BookResult, one: Finding, first: int) -> Row:
    """``first`` is the number of the book's first project."""
    counts = result.left is None
    places = (at for at, project in enumerate(result.projects, first) if counts and is_in(one, project))
    by = one.accepted
    rule = BY_CODE.get(one.code)
    title = rule.title if rule else _FAILED_TITLE if one.code == FAILED else one.code
    return (
        *(result.path, result.department, result.year, tables.YES if counts else tables.NO, next(places, None)),
        *(one.code, title, one.severity and one.severity.label),
        *(one.sheet, one.cell, one.field, one.found, one.expected, one.difference),
        *(one.message, one.remedy, by and by.reason, by and by.by),
    )

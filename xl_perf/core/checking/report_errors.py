"""Errors in the tables of a year: how many `monitor` or `evaluate` finds in a book, and in which project's table."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from xl_perf.core.checking.check import check_seen
from xl_perf.core.checking.rules import RULES
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.report_pairs import evaluations_of, monitoring_of, paired
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.progress import Report
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

MONITORING_CODES: Final = ("M80", "M81")
EVALUATION_CODES: Final = ("E9",)


class Errors(NamedTuple):
    """``lines`` are in the order of the roll-up's rows; ``total`` also counts errors that belong to none of them."""

    total: int
    lines: tuple[int, ...]

    @property
    def said(self) -> str:
        """A Chinese sentence without full stop; empty where there is none."""
        return f"表里还有 {self.total} 处错误，改正以前得数可能不对" if self.total else ""


def findings_of(
    department: Department, profile: Profile, codes: tuple[str, ...], apart: Collection[str] = ()
) -> list[Finding]:
    """What the rules of these codes find, but on sheets ``apart``."""
    rules = [rule for rule in RULES if rule.code.startswith(codes)]
    found = check_seen(Seen(department), profile, rules)
    return [one for one in found if one.code.startswith(codes) and one.sheet not in apart]


def other_months(department: Department, month: int) -> set[str]:
    """The sheets with tables of other months alone."""
    own = {one.sheet for one in monitoring_of(department, month)}
    return {one.sheet for one in department.monitoring} - own


def monitoring_errors(department: Department, month: int, profile: Profile) -> Errors:
    """Of the tables of a month; none where the book has no such table."""
    tables = monitoring_of(department, month)
    found = findings_of(department, profile, MONITORING_CODES, other_months(department, month)) if tables else []
    return _errors(found, paired(department, tables))


def evaluation_errors(department: Department, profile: Profile) -> Errors:
    """Of the self-evaluations; none where the book has none."""
    tables = evaluations_of(department)
    return _errors(findings_of(department, profile, EVALUATION_CODES) if tables else [], paired(department, tables))


def _errors(found: Iterable[Finding], pairs: Sequence[tuple[Project | None, Report | None]]) -> Errors:
    errors = [one for one in found if one.severity is Severity.ERROR]
    lines = [0] * len(pairs)
    for one in errors:
        of_table = (at for at, (_, report) in enumerate(pairs) if report is not None and _is_on(one, report))
        of_form = (at for at, (project, _) in enumerate(pairs) if project is not None and project.sheet == one.sheet)
        at = next(of_table, next(of_form, None))
        if at is not None:
            lines[at] += 1
    return Errors(len(errors), tuple(lines))


def _is_on(finding: Finding, report: Report) -> bool:
    top, _, bottom, _ = report.area
    return finding.sheet == report.sheet and finding.row is not None and top <= finding.row <= bottom


def together(errors: Iterable[Errors]) -> Errors:
    """Of several departments, in their order."""
    found = list(errors)
    return Errors(sum(one.total for one in found), tuple(its for one in found for its in one.lines))

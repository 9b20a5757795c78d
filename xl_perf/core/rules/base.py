"""What a rule is, and what several rules ask of a project."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from xl_perf.core.findings import Finding, Severity
from xl_perf.core.model import Department, Entry, Indicator, Project, Status
from xl_perf.core.profile import Profile
from xl_perf.core.totals import EXACT, ZERO

Check = Callable[[Department, Profile], Iterator[Finding]]


class Rule(NamedTuple):
    """One rule. ``page`` is its documentation in Chinese: the first line says what is reported."""

    code: str
    severity: Severity
    check: Check
    page: str | None

    @property
    def title(self) -> str:
        """The first line of the page, without the full stop."""
        return (self.page or self.code).strip().splitlines()[0].rstrip("。")


def in_form(project: Project, code: str, field: str, message: str, remedy: str) -> Finding:
    """A finding on the form as a whole: on its top-left cell."""
    top, left, _, _ = project.area
    return Finding(code, message, remedy, project.sheet, top, left, field)


def in_table(project: Project, code: str, message: str, remedy: str) -> Finding:
    """A finding on the indicator table as a whole: on the first cell of its header."""
    row, column = project.table or project.area[:2]
    return Finding(code, message, remedy, project.sheet, row, column, "绩效指标")


def costs(project: Project, profile: Profile) -> list[Indicator]:
    """The indicators of the profile's cost branch."""
    return [indicator for indicator in project.indicators if indicator.level2.value in profile.cost_second]


def is_strange(indicator: Indicator, profile: Profile) -> bool:
    """The first level is written but not in the profile's tree: I503 reports it, so no branch is called missing."""
    level1 = indicator.level1
    return level1.status is Status.FILLED and level1.value not in profile.second_of


def budget_adds_up(project: Project) -> bool:
    """The budget is known and is the sum of its sources (blank counts as 0): otherwise B301 or B303 spoke."""
    total, fiscal, other = project.budget.total, project.budget.fiscal, project.budget.other
    if total.value is None or any(_is_broken(source) for source in (fiscal, other)):
        return False
    return total.value >= 0 and total.value == EXACT.add(fiscal.value or ZERO, other.value or ZERO)


def _is_broken(source: Entry[object]) -> bool:
    return source.value is None and not source.is_empty and source.status is not Status.ABSENT

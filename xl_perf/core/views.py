"""What many rules look at, laid out once for a whole workbook: its indicators, and the plans of its projects.

Rules that have something to say about a few indicators ask for these, instead of each walking through all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from xl_perf.core.project import Checkpoint, Indicator, Project
from xl_perf.core.targets import is_rate
from xl_perf.core.values import folded


class Indicators:
    """The indicators of a workbook in the order of their rows, and those that have something in common."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self.rows = [indicator for project in projects for indicator in project.indicators]
        self.by_level1: Mapping[str | None, list[Indicator]] = defaultdict(list)
        self.by_level2: Mapping[str | None, list[tuple[Project, Indicator]]] = defaultdict(list)
        self.by_kind: Mapping[str | None, list[Indicator]] = defaultdict(list)
        """By the kind of the target value; None where it was not understood."""
        self.by_unit: Mapping[str, list[Indicator]] = defaultdict(list)
        """Those whose target value is a number or a range, by its unit."""
        self.by_basis: Mapping[str | None, list[Indicator]] = defaultdict(list)
        self.unnamed: list[Indicator] = []
        """Those without a 三级指标 that was understood."""
        self._under: dict[Collection[str], list[tuple[Project, list[Indicator]]]] = {}
        self._projects = projects
        for project in projects:
            for row in project.indicators:
                level1, level2, name, _, target, basis, _ = row
                self.by_level1[level1.value].append(row)
                self.by_level2[level2.value].append((project, row))
                self.by_basis[basis.value].append(row)
                if name.value is None:
                    self.unnamed.append(row)
                if target.value is None:
                    self.by_kind[None].append(row)
                    continue
                self.by_kind[target.value.kind].append(row)
                if target.value.low is not None:
                    self.by_unit[target.value.unit].append(row)

    @cached_property
    def names(self) -> list[str]:
        """The rows' 三级指标 as they are compared: without white space, in half-width forms."""
        return [folded(row.level3.value or "") for row in self.rows]

    @cached_property
    def rates(self) -> list[Indicator]:
        """Those whose target value is in per cent or per mille."""
        return [one for unit, those in self.by_unit.items() if is_rate(unit) for one in those]

    def under(self, seconds: Collection[str]) -> list[tuple[Project, list[Indicator]]]:
        """Every project with its indicators under some second levels, in the order of their rows."""
        if seconds not in self._under:
            self._under[seconds] = [
                (project, [row for row in project.indicators if row.level2.value in seconds])
                for project in self._projects
            ]
        return self._under[seconds]


class Plan(NamedTuple):
    """A project's 资金支出计划 at the months of a profile.

    ``points`` are the months with their entries (absent where the form has no such month), ``percents`` what was
    understood there. A sound plan is one in which P401 to P404 find nothing: complete, rising from 0 or more to 100 %.
    """

    points: Sequence[Checkpoint]
    percents: list[Decimal]
    is_sound: bool


def plan_of(project: Project, months: Sequence[int]) -> Plan:
    """The project's plan at some months, in calendar order."""
    points: Sequence[Checkpoint] = project.plan
    if [point.month for point in points] != list(months):
        points = [Checkpoint(month, project.percent(month)) for month in months]
    percents = [value for point in points if (value := point.percent.value) is not None]
    is_whole = len(percents) == len(points) > 0
    is_sound = is_whole and percents[0] >= 0 and percents[-1] == 100 and percents == sorted(percents)
    return Plan(points, percents, is_sound)

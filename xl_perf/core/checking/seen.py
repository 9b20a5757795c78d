"""What many rules look at, laid out once for a whole workbook: its indicators, and the plans of its projects.

Rules that have something to say about a few indicators ask for these, instead of each walking through all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from xl_perf.core.cells.targets import is_rate
from xl_perf.core.cells.values import folded
from xl_perf.core.model.project import Checkpoint, Indicator, Project


class Indicators:
    """The indicators of a workbook in the order of their rows, and those that have something in common.

    ``by_kind`` goes by the kind of the target value (None where it was not understood), ``by_unit`` by its unit (only
    numbers and ranges have one).
    """

    def __init__(self, projects: Sequence[Project]) -> None:
        level2: dict[str | None, list[tuple[Project, Indicator]]] = defaultdict(list)
        kind: dict[str | None, list[Indicator]] = defaultdict(list)
        unit: dict[str, list[Indicator]] = defaultdict(list)
        for project in projects:
            for row in project.indicators:
                level2[row.level2.value].append((project, row))
                target = row.target.value
                kind[None if target is None else target.kind].append(row)
                if target is not None and target.low is not None:
                    unit[target.unit].append(row)
        self.rows = [row for project in projects for row in project.indicators]
        self.by_level2, self.by_kind, self.by_unit = level2, kind, unit
        self._projects = projects
        self._under: dict[Collection[str], list[tuple[Project, list[Indicator]]]] = {}

    @cached_property
    def names(self) -> list[str]:
        """The rows' 三级指标 as they are compared: without white space, in half-width forms."""
        return list(map(folded, [row.level3.value or "" for row in self.rows]))

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

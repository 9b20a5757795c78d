"""Which goal stands in which place of an office's own form: 实施期目标 and 年度目标 each under its own heading."""

from dataclasses import replace

from xl_perf.core.cells.entry import Status
from xl_perf.core.forms.goal_places import WHOLE, YEAR
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.own_layout import most_goals
from xl_perf.core.forms.own_sheet import OwnSheet
from xl_perf.core.model.project import Project


def goals_in_places(sheet: OwnSheet, project: Project) -> tuple[list[int], list[int]]:
    """The number of the goal of each place, top to bottom; and the numbers of the goals that have no place.

    Places without a goal have numbers beyond those of the goals. A goal for the whole time stands in a place for that;
    one of a form that does not part them is for the year. A sheet that does not part them has them in their order.
    """
    number, most = len(project.goals), most_goals(sheet)
    if {WHOLE, YEAR} - {*sheet.goal_periods}:
        kept = number if most is None else min(number, most)
        return list(range(max(kept, len(sheet.goals)))), list(range(kept, number))
    periods = [*project.goal_periods, *[""] * number][:number]
    places = [*sheet.goal_periods]
    found: dict[int, int] = {}
    left: list[int] = []
    for goal, period in enumerate(periods):
        wanted = period or YEAR
        free = (at for at, one in enumerate(places) if one == wanted and at not in found)
        at = next(free, None)
        if at is None and most is None and places[-1] == wanted:
            at = len(places)
            places.append(wanted)
        if at is None:
            left.append(goal)
        else:
            found[at] = goal
    blank = iter(range(number, number + len(places)))
    return [found[at] if at in found else next(blank) for at in range(len(places))], left


def with_goals_in_places(project: Project) -> Project:
    """The project with goals that have no place on an office's own form behind the last one of their time, in its cell.

    Of goals of a time that has no place at all nothing can be made: they stay where they are.
    """
    sheet = project.kind.own_sheet
    left = [] if sheet is None or project.kind.shape is Shape.LIST else goals_in_places(sheet, project)[1]
    if not left:
        return project
    goals = list(project.goals)
    periods = [*project.goal_periods, *[""] * len(goals)][: len(goals)]
    kept = [at for at in range(len(goals)) if at not in left]
    for at in left:
        before = [one for one in kept if (periods[one] or YEAR) == (periods[at] or YEAR)]
        if not before:
            return project
        text = "\n".join(filter(None, (goals[before[-1]].text, goals[at].text)))
        goals[before[-1]] = goals[before[-1]]._replace(value=text, typed=text, status=Status.FILLED)
    parted = tuple(periods[at] for at in kept) if project.goal_periods else ()
    return replace(project, goals=tuple(goals[at] for at in kept), goal_periods=parted)

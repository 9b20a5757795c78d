"""Which goal stands in which place of an office's own form: 实施期目标 and 年度目标 each under its own heading."""

from xl_perf.core.forms.goal_places import WHOLE, YEAR
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

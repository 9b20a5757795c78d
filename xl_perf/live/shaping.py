"""Gives a blank form as many goals and indicator rows as a layout has."""

from xl_perf.core.forms.box import BranchRows
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.layout import Layout
from xl_perf.live.forms import LiveBranch, LiveForm
from xl_perf.live.rows import add_goals


def shape(live: LiveForm, layout: Layout) -> None:
    """Rows are put in and taken out inside each branch, from the bottom up, so that the rows above keep their places.

    The sheet must be unlocked. Contents of the form may move: it is filled afterwards.
    """
    _shape_table(live, layout.branches)
    goals = len(live.goals)
    if layout.goals > goals:
        add_goals(live, layout.goals - goals)
    elif layout.goals < goals:
        # Not the first and not the last: ranges over the goals shrink, and stay.
        first = live.goals[0].rows[0] + 1
        live.sheet.range(f"{first + 1}:{first + goals - layout.goals}").delete("up")


def _shape_table(live: LiveForm, wanted: tuple[BranchRows, ...]) -> None:
    """Pairs the branches that the form has with those that it shall have, and resizes each."""
    for branch, group in reversed(paired(live.branches(), wanted)):
        _resize(live, branch, [rows.last - rows.first + 1 for rows in group])


def paired(branches: list[LiveBranch], wanted: tuple[BranchRows, ...]) -> list[tuple[LiveBranch, list[BranchRows]]]:
    """Each branch of the blank form with those that come out of it: its own, and what stands before the next."""
    found: list[tuple[LiveBranch, list[BranchRows]]] = [(branch, []) for branch in branches]
    at = 0
    for rows in wanted:
        later = [number for number in range(at, len(branches)) if branch_key(branches[number].label) == rows.branch]
        if later and (not found[later[0]][1]):
            at = later[0]
        found[at][1].append(rows)
    return found


def _resize(live: LiveForm, branch: LiveBranch, sizes: list[int]) -> None:
    """Makes the branch's rows as many as its groups need together, and merges the first level of each."""
    sheet, wanted, own = live.sheet, sum(sizes), branch.last - branch.first + 1
    if wanted == 0:
        return
    if wanted > own:
        # Above the last row: merged labels, lists and ranges of formulas grow.
        last = branch.last
        sheet.range(f"{last + 1}:{last + wanted - own}").insert("down")
        for columns in live.table:
            if len(columns) > 1:
                sheet.range((last + 1, columns.start + 1), (last + wanted - own, columns.stop)).merge(across=True)
    elif wanted < own:
        sheet.range(f"{branch.first + 2}:{branch.first + 1 + own - wanted}").delete("up")
    if live.has_first_levels and (own == 1 or len(sizes) > 1 or wanted == 1):
        live.labels(branch.first, branch.first + wanted - 1).unmerge()
        row = branch.first
        for size in sizes:
            live.merge_labels(row, row + size - 1)
            row += size

"""Gives a blank form as many goals and indicator rows as a layout has."""

from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.layout import BranchRows, Layout
from xl_perf.live.forms import LiveBranch, LiveForm
from xl_perf.live.rows import add_goals


def shape(live: LiveForm, layout: Layout) -> None:
    """Rows are put in and taken out inside each group, from the bottom up, so that the rows above keep their places.

    The sheet must be unlocked. Contents of the form may move: it is filled afterwards.
    """
    _shape_table(live, layout.branches)
    goals = len(live.frame.goals)
    if layout.goals > goals:
        add_goals(live, layout.goals - goals)
    elif layout.goals < goals:
        # Not the first and not the last: ranges that span the goals shrink, and stay.
        first = live.frame.goals[0].rows[0] + 1
        live.sheet.range(f"{first + 1}:{first + goals - layout.goals}").delete("up")


def _shape_table(live: LiveForm, spans: tuple[BranchRows, ...]) -> None:
    """Pairs the groups that the form has with those that it shall have, and resizes each."""
    for block, group in reversed(paired(live.branches(), spans)):
        _resize(live, block, [span.last - span.first + 1 for span in group])


def paired(blocks: list[LiveBranch], spans: tuple[BranchRows, ...]) -> list[tuple[LiveBranch, list[BranchRows]]]:
    """Each block of the blank form with the groups that come out of it: its own, and what stands before the next."""
    found: list[tuple[LiveBranch, list[BranchRows]]] = [(block, []) for block in blocks]
    at = 0
    for span in spans:
        later = [number for number in range(at, len(blocks)) if branch_key(blocks[number].label) == span.branch]
        if later and (not found[later[0]][1]):
            at = later[0]
        found[at][1].append(span)
    return found


def _resize(live: LiveForm, block: LiveBranch, sizes: list[int]) -> None:
    """Makes the block's rows as many as its groups need together, and merges the first level of each."""
    sheet, wanted, own = live.sheet, sum(sizes), block.last - block.first + 1
    label = live.left + 1
    if wanted == 0:
        return
    if wanted > own:
        # Above the last row: merged labels, lists and ranges of formulas grow.
        last = block.last
        sheet.range(f"{last + 1}:{last + wanted - own}").insert("down")
        for span in live.table:
            if len(span) > 1:
                sheet.range((last + 1, span.start + 1), (last + wanted - own, span.stop)).merge(across=True)
    elif wanted < own:
        sheet.range(f"{block.first + 2}:{block.first + 1 + own - wanted}").delete("up")
    if own == 1 or len(sizes) > 1 or wanted == 1:
        sheet.range((block.first + 1, label), (block.first + wanted, label)).unmerge()
        row = block.first + 1
        for size in sizes:
            if size > 1:
                sheet.range((row, label), (row + size - 1, label)).merge()
            row += size

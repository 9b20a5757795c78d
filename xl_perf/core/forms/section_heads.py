"""Headings of sections, as broad as the form: 三、绩效目标 over 中长期目标 and 本年度目标. They hold nothing."""

from collections.abc import Callable, Collection, Sequence

from xl_perf.core.cells.labels import Label
from xl_perf.core.forms.kind import FormKind, Holds


def section_heads(
    kind: FormKind, labels: Sequence[Label], header: int | None, last_column: Callable[[Label], int]
) -> list[Label]:
    """The labels of the goals' part that only head further such labels, in rows of their own above the table."""
    part = kind.part_of(Holds.GOALS)
    if part is None:
        return []
    above = [one for one in labels if header is None or one.row < header]
    return [
        one for one in above if one.key == part.key and _heads_others(one, above, {part.key, part.instead}, last_column)
    ]


def _heads_others(
    label: Label, labels: Sequence[Label], goals: Collection[str], last_column: Callable[[Label], int]
) -> bool:
    """Narrower labels stand in the rows right below it, in its first column, one of goals among them."""
    row = label.row
    for one in sorted(labels, key=lambda one: one.row):
        if one.column != label.column or one.row != row + 1 or last_column(one) >= last_column(label):
            continue
        if one.key in goals:
            return True
        row += 1
    return False

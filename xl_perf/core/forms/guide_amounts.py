"""Which amounts of a 样表 are part of which: what is counted with another, and what would count twice."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from xl_perf.core.cells.grid import CellLine, Grid, a1
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.guide_faults import GuideRow
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.forms.learned import FIELDS, PART_OF, LearnedForm, source_of
from xl_perf.core.forms.marks import OF_SOURCE
from xl_perf.core.forms.sub_amounts import Cell, Named, is_plainly_part, parts_of

_BUDGET = "budget"


def counted_twice(rows: Sequence[GuideRow], grid: Grid) -> Iterator[tuple[GuideRow, str, bool]]:
    """Labels that are part of a source, and that are marked as sources beside it: sentences without full stop, and
    whether it is plain.
    """
    labelled = _amounts(rows)
    for part, whole in parts_of(_named(labelled, grid), of_any_kind=True):
        own, other = labelled[part.cell], labelled[whole.cell]
        if own.key.startswith(PART_OF) or other.key.startswith(PART_OF):
            continue
        if source_of(own.key) != source_of(other.key) or is_plainly_part(part, whole):
            said = (
                f"{a1(*part.cell)} 的“{own.label}”像是 {a1(*whole.cell)} 的“{other.label}”的其中一项，"
                f"两处都标成了资金来源，会重复计：请把“{own.label}”标成 {{{OF_SOURCE}}}"
            )
            yield own, said, is_plainly_part(part, whole)


def wholes_of(form: LearnedForm, rows: Sequence[GuideRow], grid: Grid) -> Iterator[tuple[str, str]]:
    """The key of each part, and the key of what it is part of, as its label tells; empty where that does not tell.

    In a list headings stand side by side: what stands right of one, or below one that is merged over it.
    """
    labelled = _amounts(rows)
    named = _named(labelled, grid)
    if BY_NAME[form.base].shape is Shape.FORM:
        found = {cell: left for cell in labelled if (left := _left_of(cell, labelled)) is not None}
        found |= {part.cell: whole.cell for part, whole in parts_of(named, of_any_kind=True)}
    else:
        ordered = sorted(named, key=lambda one: (one.cell[1], one.cell[0]))
        line = [one._replace(cell=(at, 0)) for at, one in enumerate(ordered)]
        pairs = parts_of(line, of_any_kind=True)
        found = {ordered[part.cell[0]].cell: ordered[whole.cell[0]].cell for part, whole in pairs}
        found |= {cell: over for cell in labelled if (over := _merged_over(cell, labelled, grid)) is not None}
    for cell, row in labelled.items():
        if row.key.startswith(PART_OF):
            yield row.key, labelled[found[cell]].key if cell in found else ""


def _left_of(cell: Cell, labelled: dict[Cell, GuideRow]) -> Cell | None:
    """The nearest source left of a part in its row: 财政拨款 of 其中：上级转移支付."""
    row, column = cell
    left = [at for at in labelled if at[0] == row and at[1] < column and not labelled[at].key.startswith(PART_OF)]
    nearest = max(left, default=None)
    return None if nearest is None or labelled[nearest].key == "budget" else nearest


def _merged_over(cell: Cell, labelled: dict[Cell, GuideRow], grid: Grid) -> Cell | None:
    """The heading of an amount that is merged over several columns, this one among them."""
    row, column = cell
    over = [(top, left) for top, left, _, right in grid.merges if top < row and left <= column <= right > left]
    return next((one for one in sorted(over, reverse=True) if one in labelled), None)


def _amounts(rows: Sequence[GuideRow]) -> dict[Cell, GuideRow]:
    """The rows of amounts by the cells of their labels, in reading order."""
    own = [
        (row.label_at, row)
        for row in rows
        if row.label_at is not None and (row.key.startswith(PART_OF) or _is_money(row.key))
    ]
    return {cell: next(group)[1] for cell, group in groupby(sorted(own, key=lambda one: one[0]), lambda one: one[0])}


def _is_money(key: str) -> bool:
    return source_of(key) in FIELDS and FIELDS[source_of(key)].money is not None


def _named(labelled: dict[Cell, GuideRow], grid: Grid) -> list[Named]:
    cells = CellLine(grid.rows)
    return [
        Named(
            cell,
            text_of(cells.line[cell[0] * cells.width + cell[1]]),
            None if row.key.startswith(PART_OF) else source_of(row.key) != _BUDGET,
            "" if row.key.startswith(PART_OF) else source_of(row.key),
        )
        for cell, row in labelled.items()
    ]

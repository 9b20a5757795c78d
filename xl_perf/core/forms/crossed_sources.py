"""Sources of the money in rows and in columns of one 样表: what stands where they cross is of both, and of neither."""

from collections.abc import Iterator, Sequence
from typing import Final

from xl_perf.core.cells.grid import a1
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.guide_columns import is_amount
from xl_perf.core.forms.guide_faults import Cell, GuideRow
from xl_perf.core.forms.sheet_cells import SheetCells

_SAID: Final = (
    "{head} 的“{over}”和 {side} 的“{beside}”横竖都是资金来源，交叉的 {cell} 不知道算哪一种：请在“核对”里把横着的几项"
    "（或竖着的几项）选“不读”"
)


def crossed_sources(sheet: SheetCells, rows: Sequence[GuideRow]) -> Iterator[tuple[str, Cell]]:
    """The first crossing that is free to be filled in: what to do, in Chinese, and the cell of the label above it."""
    own = [row for row in rows if is_amount(row.key) and row.key != "budget" and row.label_at and row.cell]
    taken = {row.cell for row in rows}
    for head in own:
        for side in own:
            if head.label_at is None or side.label_at is None or head.cell is None or side.cell is None:
                continue
            is_above = head.cell[1] == head.label_at[1] and head.label_at[0] < side.label_at[0]
            at = side.label_at[0], head.label_at[1]
            is_beside = side.cell[0] == side.label_at[0] and side.label_at[1] < at[1]
            is_free = is_blank(sheet.typed(at)) and not sheet.is_covered(at) and at not in taken
            if is_above and is_beside and is_free and head.label_at[0] < head.cell[0]:
                yield (
                    _SAID.format(
                        head=a1(*head.label_at),
                        over=head.label,
                        side=a1(*side.label_at),
                        beside=side.label,
                        cell=a1(*at),
                    ),
                    head.label_at,
                )
                return

"""Which of several columns or rows of amounts a 样表 means: that of its marks, or the one that was chosen in 对照."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Grid, a1
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.amount_blocks import AmountBlocks, blocks_of_amounts
from xl_perf.core.forms.amount_columns import (
    AMOUNT_COLUMN,
    CARRIED_OVER,
    AmountColumns,
    columns_of_amounts,
    of_the_year,
    rows_of_amounts,
    year_in,
)
from xl_perf.core.forms.guide_faults import Cell, GuideRow
from xl_perf.core.forms.learned import COLUMNS, MONEY, PART_OF, source_of
from xl_perf.core.forms.marks import name_of
from xl_perf.core.forms.sheet_cells import SheetCells
from xl_perf.core.forms.stated import year_in_titles

_TWO_COLUMNS: Final = "{one} 和 {other} 都选成了本年金额的一栏，只能有一栏：另一栏请选“不读”"
_MOVED: Final = "本年金额是“{said}”，{cells} 的标记写在“{over}”{side}：请移到 {to}"
_OR_CHOOSE: Final = "；要读“{over}”的，在“核对”里把它选为“{name}”，“{said}”选“不读”"


_HEADING_KEYS: Final = frozenset({AMOUNT_COLUMN, "budget", "money_part", "budget_part"})
"""What an officer may choose for the heading that is meant."""


def is_amount(key: str) -> bool:
    """The key of an amount: of the budget, a source, one more amount of it, or a part of one."""
    return source_of(key) in MONEY or key.startswith(PART_OF)


class GuideColumns:
    """Takes the rows of a 样表, its form without marks, which rows of 对照 an officer chose, and what takes faults.

    ``rows`` are the rows with the column's heading as ``annual_column``, the amounts below it; ``unread`` are the
    headings of the other columns.
    """

    def __init__(
        self, rows: Sequence[GuideRow], plain: Grid, chosen: Collection[int], fault: Callable[[str, Cell], None]
    ) -> None:
        self.sheet, self.chosen, self._fault = SheetCells(plain), chosen, fault
        self.rows, self.unread = list(rows), tuple[str, ...]()
        # Of a list the headings of the amounts are their labels: nothing stands right of them in their row.
        amounts = [row for row in rows if is_amount(row.key)]
        labels = {at for row in amounts for at in (row.label_at, self._label_of(row)) if at is not None}
        own = [at for at in labels if not self._heads_others(at, labels)]
        found = columns_of_amounts(self.sheet, own) or self._in_further_column(own)
        found = found or rows_of_amounts(self.sheet, {row.label_at for row in amounts if row.label_at is not None})
        if found is None:
            blocks = blocks_of_amounts(self.sheet.typed, list(self._labels_in_all_places(amounts)), self.sheet.end_of)
            if blocks is None or (head := self._head_of_blocks(blocks)) is None:
                return
            heads, self.rows = blocks.heads, list(self._in_block(blocks, head))
        else:
            self.rows = [self._with_own_label(row, found) for row in rows]
            if (head := self._head_of_columns(found)) is None:
                return
            heads, self.rows = found.heads, list(self._placed(found, head))
        others = [at for at in heads if at != head]
        words = {row.label for row in self.rows if row.key}
        self.unread = tuple(dict.fromkeys(text for at in others if (text := self._text(at)) not in words))

    def _in_further_column(self, labels: Sequence[Cell]) -> AmountColumns | None:
        """Columns whatever they are called, where the marks stand in another than the first: that is meant."""
        found = columns_of_amounts(self.sheet, labels, fewest=0)
        return None if found is None or self._over_marks(found) in [{None}, {found.heads[0]}] else found

    def _over_marks(self, found: AmountColumns) -> set[Cell | None]:
        """The headings over the amounts, or left of them; None among them for an amount at none."""
        amounts = [row for row in self.rows if is_amount(row.key) and row.label_at in found.labels]
        return {found.head_over(self.sheet, row.cell) for row in amounts if row.cell is not None}

    def _text(self, at: Cell) -> str:
        return bare(text_of(self.sheet.typed(at))).text

    def _label_of(self, row: GuideRow) -> Cell | None:
        """The first label of a row whose amount was called by its heading."""
        if row.cell is None or row.cell == row.label_at:
            return None
        columns = (at for at in range(row.cell[1]) if not self.sheet.is_covered((row.cell[0], at)))
        texts = [
            at
            for at in columns
            if isinstance(self.sheet.typed((row.cell[0], at)), str) and self._text((row.cell[0], at))
        ]
        return (row.cell[0], texts[-1]) if texts else None

    def _heads_others(self, at: Cell, labels: Collection[Cell]) -> bool:
        """It stands above and right of another label of an amount."""
        return any(one[0] > at[0] and one[1] < at[1] for one in labels)

    def _with_own_label(self, row: GuideRow, found: AmountColumns) -> GuideRow:
        """An amount that was called by the heading of its column is called by the label of its row; so of rows."""
        if not is_amount(row.key) or row.label_at not in found.heads or row.cell is None or row.key == CARRIED_OVER:
            return row
        label = next((at for at in found.labels if found.place(row.label_at, at) == row.cell), None)
        known = any(one.label_at == label and one.key == row.key for one in self.rows)
        if label is None or known:
            return row
        return row._replace(label=self._text(label), label_at=label, row=None)

    def _head_of_columns(self, found: AmountColumns) -> Cell | None:
        """The heading of the year's amounts: the one chosen in 对照, else the one over the marks."""
        amounts = [row for row in self.rows if is_amount(row.key) and row.cell is not None and row.label_at]
        own = [(row.cell, row.label_at) for row in amounts if row.label_at in found.labels]
        over = {cell: found.head_over(self.sheet, cell) for cell, _ in own if cell is not None}
        marks = [_Marked(cell, head, label) for cell, label in own if cell is not None and (head := over[cell])]
        return self._head(found.heads, marks, found.place, "旁边" if found.are_rows else "下面")

    def _head_of_blocks(self, found: AmountBlocks) -> Cell | None:
        """The heading of the block with the year's amounts."""
        amounts = [row for row in self.rows if is_amount(row.key) and row.cell is not None and row.label_at]
        own = [(row.cell, row.label_at) for row in amounts if row.label_at in found.labels]
        marks = [_Marked(cell, found.head_of(cell), label) for cell, label in own if cell and label]

        def place(head: Cell, label: Cell) -> Cell:
            cell = next(one.cell for one in marks if one.label == label)
            return _moved(cell, label, found.of(head).get(found.labels[label], label))

        return self._head(found.heads, marks, place, "这一块")

    def _head(
        self,
        heads: Sequence[Cell],
        marks: "Sequence[_Marked]",
        place: Callable[[Cell, Cell], Cell],
        side: str,
    ) -> Cell | None:
        """``place`` tells where the mark of a label belongs in the column, row or block of a heading."""
        named = [row for row in self.rows if row.label_at in heads and row.key in _HEADING_KEYS]
        decided = [row for row in named if row.row in self.chosen]
        if len({row.label_at for row in decided}) > 1:
            one, other, *_ = [a1(*row.label_at) for row in decided if row.label_at is not None]
            self._fault(_TWO_COLUMNS.format(one=one, other=other), decided[1].label_at or (0, 0))
            return None
        marked = {one.head for one in marks}
        said = decided or [row for row in named if row.row is not None and row.key == AMOUNT_COLUMN]
        head = said[0].label_at if said else next(iter(marked)) if len(marked) == 1 else None
        if head is None:
            return None
        if not any(row.key == AMOUNT_COLUMN for row in said) and (plain := self._plain(heads)) not in {None, head}:
            head = plain  # nobody chose another one
        proposed = {row.label_at for row in self.rows if decided and row.proposed == AMOUNT_COLUMN}
        if away := marked - {head, *proposed}:
            over = min(away)
            own = sorted((one.cell, place(head, one.label)) for one in marks if one.head == over)
            self._say_moved(head, over, own, side)
        return head

    def _plain(self, heads: Sequence[Cell]) -> Cell | None:
        """The heading that is plainly the one of the year's amounts."""
        above = self.sheet.grid._replace(rows=self.sheet.grid.rows[: heads[0][0]])
        at, is_plain = of_the_year([self._text(one) for one in heads], year_in_titles([above]))
        return heads[at] if is_plain else None

    def _say_moved(self, head: Cell, over: Cell, own: Sequence[tuple[Cell, Cell]], side: str) -> None:
        """The marks stand below, or beside, another heading than the year's."""
        texts = {"said": self._text(head), "over": self._text(over), "side": side}
        cells, to = ("、".join(a1(*pair[at]) for pair in own) for at in (0, 1))
        said = _MOVED.format(**texts, cells=cells, to=to)
        if not all(map(year_in, (texts["said"], texts["over"]))):  # of years the form's own counts
            said += _OR_CHOOSE.format(**texts, name=name_of(AMOUNT_COLUMN))
        self._fault(said, own[0][0])

    def _labels_in_all_places(self, amounts: Sequence[GuideRow]) -> Iterator[Cell]:
        """The cells above the table of indicators that read as labels of amounts do."""
        texts = {row.label for row in amounts if row.label and row.label_at != row.cell}
        end = min((row.label_at[0] for row in self.rows if row.key in COLUMNS and row.label_at), default=0)
        for at in ((row, column) for row in range(end) for column in range(self.sheet.cells.width)):
            if isinstance(self.sheet.typed(at), str) and self._text(at) in texts and not self.sheet.is_covered(at):
                yield at

    def _in_block(self, found: AmountBlocks, head: Cell) -> Iterator[GuideRow]:
        """The rows with the amounts in the block of a heading, and only that as the heading of the year's amounts."""
        own = found.of(head)
        for row in self._named_alone(found.heads, head):
            to = own.get(row.label) if is_amount(row.key) and row.label_at in found.labels else None
            if to is None or row.label_at is None:
                yield row
            else:
                yield row._replace(label_at=to, cell=None if row.cell is None else _moved(row.cell, row.label_at, to))

    def _named_alone(self, heads: Sequence[Cell], head: Cell) -> Iterator[GuideRow]:
        is_named = False
        for row in self.rows:
            if row.label_at == head:
                if not is_named:
                    yield row._replace(key=AMOUNT_COLUMN, label=self._text(head), cell=None)
                is_named = True
            elif row.label_at in heads:
                yield row._replace(key="", cell=None)
            else:
                yield row
        if not is_named:
            yield GuideRow(AMOUNT_COLUMN, self._text(head), head, None)

    def _placed(self, found: AmountColumns, head: Cell) -> Iterator[GuideRow]:
        """The rows with the amounts below the heading, and only that as the heading of the year's amounts."""
        for row in self._named_alone(found.heads, head):
            if is_amount(row.key) and row.label_at in found.labels and row.label_at is not None:
                yield row._replace(cell=found.place(head, row.label_at))
            else:
                yield row


class _Marked(NamedTuple):
    """The mark of an amount, the heading over or beside it, and its label."""

    cell: Cell
    head: Cell
    label: Cell


def _moved(cell: Cell, start: Cell, end: Cell) -> Cell:
    """As far from one cell as before from another."""
    return cell[0] + end[0] - start[0], cell[1] + end[1] - start[1]

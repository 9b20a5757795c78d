"""Which of several columns of amounts a 样表 means: the one that its marks stand in, or that was chosen in 对照."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from xl_perf.core.cells.grid import Grid, a1
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN, AmountColumns, columns_of_amounts
from xl_perf.core.forms.guide_faults import Cell, GuideRow
from xl_perf.core.forms.learned import MONEY, PART_OF, source_of
from xl_perf.core.forms.sheet_cells import SheetCells

_TWO_COLUMNS: Final = "{one} 和 {other} 都选成了本年金额的一栏，只能有一栏：另一栏请选“不读”"

_MOVED: Final = "“对照”里选的是“{said}”这一栏，标记写在“{over}”下面：请改成一样"


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
        if found is None:
            return
        self.rows = [self._with_own_label(row, found) for row in rows]
        head = self._head(found)
        if head is None:
            return
        others = [at for at in found.heads if at != head]
        self.rows = list(self._placed(found, head))
        words = {row.label for row in self.rows if row.key}
        self.unread = tuple(dict.fromkeys(text for at in others if (text := self._text(at)) not in words))

    def _in_further_column(self, labels: Sequence[Cell]) -> AmountColumns | None:
        """Columns whatever they are called, where the marks stand in another than the first: that is meant."""
        found = columns_of_amounts(self.sheet, labels, fewest=0)
        return None if found is None or self._over_marks(found) in [{None}, {found.heads[0]}] else found

    def _over_marks(self, found: AmountColumns) -> set[Cell | None]:
        """The headings over the amounts; None among them for an amount below none."""
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
        """An amount that was called by the heading of its column is called by the label of its row."""
        if not is_amount(row.key) or row.label_at not in found.heads or row.cell is None:
            return row
        label = next((at for at in found.labels if at[0] == row.cell[0]), None)
        known = any(one.label_at == label and one.key == row.key for one in self.rows)
        if label is None or known:
            return row
        return row._replace(label=self._text(label), label_at=label, row=None)

    def _head(self, found: AmountColumns) -> Cell | None:
        """The heading of the year's amounts: the one chosen in 对照, else the one over the marks."""
        named = [row for row in self.rows if row.label_at in found.heads and row.key in {AMOUNT_COLUMN, "budget"}]
        decided = [row for row in named if row.row in self.chosen]
        if len({row.label_at for row in decided}) > 1:
            one, other, *_ = [a1(*row.label_at) for row in decided if row.label_at is not None]
            self._fault(_TWO_COLUMNS.format(one=one, other=other), decided[1].label_at or (0, 0))
            return None
        marked = self._over_marks(found) - {None}
        if not decided:
            return next(iter(marked)) if len(marked) == 1 else None
        head = decided[0].label_at
        proposed = {row.label_at for row in self.rows if row.proposed == AMOUNT_COLUMN}
        if head is not None and len(marked) == 1 and not marked <= {head, *proposed}:
            self._fault(_MOVED.format(said=self._text(head), over=self._text(next(iter(marked)) or head)), head)
        return head

    def _placed(self, found: AmountColumns, head: Cell) -> Iterator[GuideRow]:
        """The rows with the amounts below the heading, and only that as the heading of the year's amounts."""
        is_named = False
        for row in self.rows:
            if row.label_at == head:
                if not is_named:
                    yield row._replace(key=AMOUNT_COLUMN, label=self._text(head), cell=None)
                is_named = True
            elif row.label_at in found.heads:
                yield row._replace(key="", cell=None)
            elif is_amount(row.key) and row.label_at in found.labels and row.label_at is not None:
                yield row._replace(cell=(row.label_at[0], head[1]))
            else:
                yield row
        if not is_named:
            yield GuideRow(AMOUNT_COLUMN, self._text(head), head, None)

"""Tables of details that an office's own form prints among its amounts and does not read.

经济科目 | 金额 | 其中：财政拨款 | 其他资金, rows to fill in below. Their labels are those of amounts, and mean nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from xl_perf.core.cells.grid import CellLine
from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN
from xl_perf.core.forms.kind import PRINTED, FormKind
from xl_perf.core.forms.learned import MONEY, PART_OF, lasting, source_of
from xl_perf.core.forms.sheet_cells import Cell, SheetCells

Read = tuple[str, Cell | None, Cell | None]
"""The key of something that is read, the cell of its label, and its own."""
_FEWEST: Final = 2
_BETWEEN: Final = "\n"
"""Between the texts of a header."""


def headers_of_details(sheet: SheetCells, read_at: Collection[Read]) -> Iterator[str]:
    """What the headers of such tables of a 样表 read: below its amounts, with nothing that is read below them."""
    amounts = [cell[0] for key, label_at, cell in read_at if cell is not None and _is_amount(key) and cell != label_at]
    named = [one for one in read_at if one[0] and one[0] != AMOUNT_COLUMN and not (_is_amount(one[0]) and not one[2])]
    read = {at[0] for _, *places in named for at in places if at is not None}
    last = max(amounts, default=len(sheet.grid.rows))
    below = min((row for row in read if row > last), default=0)
    for row in range(last + 1, below - 1):
        texts = [_text(typed) for typed in sheet.row(row) if isinstance(typed, str) and _text(typed)]
        if len({*texts}) > _FEWEST:
            yield _BETWEEN.join(dict.fromkeys(texts))
            return


def rows_of_details(kind: FormKind, labels: Sequence[Label], cells: CellLine, end: int) -> range:
    """The rows of such a table of a form, from its header to above the next label; ``end`` is the row below all."""
    own = kind.learned
    money = [label.row for label in labels if _is_amount(label.key)]
    if own is None or not own.details or not money:
        return range(0)
    headers = [{*map(lasting, header.split(_BETWEEN))} for header in own.details]
    for row in range(min(money) + 1, end):
        line = cells.line[row * cells.width : (row + 1) * cells.width]
        texts = {lasting(_text(typed)) for typed in line if isinstance(typed, str)}
        if any(header <= texts for header in headers):
            below = [one.row for one in labels if one.row > row and not _is_of_amounts(one.key)]
            return range(row, min([*below, end]))
    return range(0)


def _is_amount(key: str) -> bool:
    return source_of(key) in MONEY or key.startswith(PART_OF)


def _is_of_amounts(key: str) -> bool:
    """What a table of details may name as well as the amounts do."""
    return (
        _is_amount(key) or key.startswith(PRINTED) or key in {AMOUNT_COLUMN, "row_total", "whole_column", "cost_item"}
    )


def _text(typed: object) -> str:
    return bare(typed).text if isinstance(typed, str) else ""

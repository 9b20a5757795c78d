"""Cell addresses in Excel's A1 style, as texts and as (row, column, rows, columns), counted from 1."""

import re
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import LAST_COLUMN, LAST_ROW, column_letters, column_number

_CORNER: Final = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]{1,7})?")


class Block(NamedTuple):
    """A block of cells: first row and column counted from 1, and how many of each."""

    row: int
    column: int
    rows: int
    columns: int

    @property
    def last_row(self) -> int:
        """The last row, counted from 1."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """The last column, counted from 1."""
        return self.column + self.columns - 1


def parse(address: str) -> Block | None:
    """The block of ``A1``, ``$A$1:B2``, ``3:5`` (whole rows) or ``B:C`` (whole columns); None for anything else."""
    first, colon, second = address.partition(":")
    start, end = _corner(first), _corner(second if colon else first)
    if start is None or end is None or (not colon and None in start):
        return None
    if [part is None for part in start] != [part is None for part in end]:
        return None
    if 0 in (start[0], end[0]):
        return None
    rows = sorted((start[0] or 1, end[0] or LAST_ROW))
    columns = sorted((start[1] or 1, end[1] or LAST_COLUMN))
    if rows[1] > LAST_ROW or columns[1] > LAST_COLUMN:
        return None
    return Block(rows[0], columns[0], rows[1] - rows[0] + 1, columns[1] - columns[0] + 1)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    match = _CORNER.fullmatch(text)
    if not text or match is None or match.group(0) == "$":
        return None
    letters, digits = match.groups()
    return (int(digits) if digits else None), (column_number(letters.upper()) + 1 if letters else None)


def text(block: Block, *, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """The block as Excel writes it: ``$A$1``, ``$A$1:$B$2``, ``$3:$5``, ``$B:$C``."""
    row_mark, column_mark = "$" * row_absolute, "$" * column_absolute
    if block.columns == LAST_COLUMN:
        return f"{row_mark}{block.row}:{row_mark}{block.last_row}"
    first, last = column_letters(block.column - 1), column_letters(block.last_column - 1)
    if block.rows == LAST_ROW:
        return f"{column_mark}{first}:{column_mark}{last}"
    start = f"{column_mark}{first}{row_mark}{block.row}"
    if block.rows == block.columns == 1:
        return start
    return f"{start}:{column_mark}{last}{row_mark}{block.last_row}"

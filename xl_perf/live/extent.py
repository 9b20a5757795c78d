"""How far from A1 cells of the open book are read: a sheet of sane size whole, of a larger one the same window as of a
saved one.

What is formatted counts as used, so a sheet may claim to be a million rows long and hold nothing there.
"""

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_perf.core.cells.grid import Far, column_letters
from xl_perf.saved.extent import SANE_AREA, WINDOW_COLUMNS, WINDOW_ROWS

if TYPE_CHECKING:
    from xlwings import Range, Sheet

_ANYTHING: Final = 1 | 2 | 4 | 16
"""Values, dates, texts and formulas (com.sun.star.sheet.CellFlags)."""
_NUMBERS_AND_TEXTS: Final = 1 | 2 | 4


class _Block(NamedTuple):
    """Cells by their rows and columns, from 1; both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def on(self, sheet: "Sheet") -> "Range":
        return sheet.range((self.top, self.left), (self.bottom, self.right))


class _NotAnswered(Exception):
    """The host does not say how many cells are filled."""


def read_area(used: "Range") -> "Range":
    """The cells from A1 on that are read of a sheet whose used range is given."""
    rows, columns = _last(used)
    if rows * columns > SANE_AREA:
        rows, columns = min(rows, WINDOW_ROWS), min(columns, WINDOW_COLUMNS)
    return used.sheet.range((1, 1), (rows, columns))


def far_cells(sheet: "Sheet") -> tuple[Far | None, str]:
    """What stands beyond the cells that are read. A Chinese sentence, where the host does not answer: there may be
    something.
    """
    used = sheet.used_range
    last_row, last_column = _last(used)
    rows, columns = read_area(used).shape
    blocks = []
    if last_column > columns:
        blocks.append(_Block(1, columns + 1, rows, last_column))
    if last_row > rows:
        blocks.append(_Block(rows + 1, 1, last_row, last_column))
    try:
        numbers = [_number(block.on(sheet)) for block in blocks]
        found = [block for block, number in zip(blocks, numbers, strict=True) if number]
        if not found:
            return None, ""
        filled = sum(_number(block.on(sheet), only_filled=True) for block in found)
        return Far(sum(numbers), filled, *_first(sheet, found[0])), ""
    except _NotAnswered:
        where = [f"第 {rows} 行以下"] if last_row > rows else []
        where += [f"{column_letters(columns - 1)} 列以右"] if last_column > columns else []
        return None, f"工作表“{sheet.name}”{'、'.join(where)}远离表格的内容没有读取"


def _first(sheet: "Sheet", block: _Block) -> tuple[int, int]:
    """Row and column (from 0) of the first cell of a block that is filled, row by row."""
    while block.top < block.bottom:
        middle = (block.top + block.bottom) // 2
        above = block._replace(bottom=middle)
        block = above if _number(above.on(sheet)) else block._replace(top=middle + 1)
    while block.left < block.right:
        middle = (block.left + block.right) // 2
        before = block._replace(right=middle)
        block = before if _number(before.on(sheet)) else block._replace(left=middle + 1)
    return block.top - 1, block.left - 1


def _last(used: "Range") -> tuple[int, int]:
    rows, columns = used.shape
    return max(used.row + rows - 1, 1), max(used.column + columns - 1, 1)


def _number(cells: "Range", *, only_filled: bool = False) -> int:
    """How many of many cells hold something, without fetching them; ``only_filled`` counts those alone that surely show
    a number or a text. Raises `_NotAnswered`.
    """
    sheet, address = cells.sheet, cells.address
    if sheet.book.app.engine.name == "libreoffice":
        found = cells.api.queryContentCells(_NUMBERS_AND_TEXTS if only_filled else _ANYTHING)
        areas = found.getRangeAddresses()
        return sum((one.EndRow - one.StartRow + 1) * (one.EndColumn - one.StartColumn + 1) for one in areas)
    asked = f'COUNT({address})+COUNTIF({address},"?*")' if only_filled else f"COUNTA({address})"
    try:
        number: Any = sheet.api.Evaluate(asked)
    except Exception as error:  # each host has its own; Excel on macOS has no such call
        raise _NotAnswered from error
    if not isinstance(number, float) or number < 0:
        raise _NotAnswered
    return int(number)

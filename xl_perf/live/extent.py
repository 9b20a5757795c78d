"""How far from A1 cells of the open book are read: a sheet of sane size whole, of a larger one as many cells.

What is formatted counts as used, so a sheet may claim to be a million rows long and hold nothing there.
"""

from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.grid import column_letters
from xl_perf.saved.extent import SANE_AREA, WINDOW_COLUMNS

if TYPE_CHECKING:
    from xlwings import Range, Sheet

_ANYTHING: Final = 1 | 2 | 4 | 16
"""Values, dates, texts and formulas (com.sun.star.sheet.CellFlags)."""


def read_area(used: "Range") -> "Range":
    """The cells from A1 on that are read of a sheet whose used range is given."""
    rows, columns = _last(used)
    if rows * columns > SANE_AREA:
        columns = min(columns, WINDOW_COLUMNS)
        rows = min(rows, SANE_AREA // columns)
    return used.sheet.range((1, 1), (rows, columns))


def left_out(sheet: "Sheet") -> str:
    """A Chinese sentence where something stands beyond the cells that are read; else empty."""
    used = sheet.used_range
    last_row, last_column = _last(used)
    rows, columns = read_area(used).shape
    where = []
    if last_row > rows and _holds_something(sheet.range((rows + 1, 1), (last_row, last_column))):
        where.append(f"第 {rows} 行以下")
    if last_column > columns and _holds_something(sheet.range((1, columns + 1), (rows, last_column))):
        where.append(f"{column_letters(columns - 1)} 列以右")
    return f"工作表“{sheet.name}”{'、'.join(where)}远离表格的内容没有读取" if where else ""


def _last(used: "Range") -> tuple[int, int]:
    rows, columns = used.shape
    return max(used.row + rows - 1, 1), max(used.column + columns - 1, 1)


def _holds_something(cells: "Range") -> bool:
    """Whether one of many cells is filled, without fetching them. What the host does not answer counts as yes."""
    sheet = cells.sheet
    if sheet.book.app.engine.name == "libreoffice":
        return bool(cells.api.queryContentCells(_ANYTHING).getCount())
    try:
        number: Any = sheet.api.Evaluate(f"COUNTA({cells.address})")
    except Exception:  # each host has its own; Excel on macOS has no such call
        return True
    return not (isinstance(number, float) and number == 0)

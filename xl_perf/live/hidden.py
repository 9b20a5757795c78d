"""Hidden rows and columns of the open book: what people do not see of a form, by hand or by a filter."""

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any

from xl_perf.core.cells.grid import Area, CellLine, Lines, in_runs
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.frame import Frame
from xl_perf.live.merged import area_at

if TYPE_CHECKING:
    from xlwings import Sheet


def hidden_lines(sheet: "Sheet", rows: int, columns: int) -> tuple[Lines, Lines]:
    """The hidden ones among the first rows and columns, counted from 0.

    Two calls where nothing is hidden (one in LibreOffice); else the halves in which something is are asked again.
    """
    if sheet.book.app.engine.name == "libreoffice":
        return _not_visible(sheet, rows, columns)
    is_mac = sys.platform == "darwin"
    found_rows = _search(partial(_rows_hidden, sheet, is_mac=is_mac), 1, rows)
    found_columns = _search(partial(_columns_hidden, sheet, is_mac=is_mac), 1, columns)
    return in_runs(found_rows), in_runs(found_columns)


def areas_in_hidden(
    sheet: "Sheet", cells: CellLine, frames: Iterable[Frame], rows: Lines, columns: Lines
) -> list[Area]:
    """The merged areas of what is filled in there: people see them as long as a row and a column of them is visible.

    A call for each filled cell.
    """

    def is_hidden(row: int, column: int) -> bool:
        return any(first <= row <= last for first, last in rows) or any(low <= column <= high for low, high in columns)

    found: dict[Area, None] = {}
    for top, left, bottom, right in (frame.area for frame in frames):
        for row, column in product(range(top, bottom + 1), range(left, min(right + 1, cells.width))):
            if is_hidden(row, column) and not is_blank(cells.line[row * cells.width + column]):
                found[area_at(sheet, row, column)] = None
    return [area for area in found if area[:2] != area[2:]]


def _not_visible(sheet: "Sheet", rows: int, columns: int) -> tuple[Lines, Lines]:
    seen = sheet.range((1, 1), (rows, columns)).api.queryVisibleCells().getRangeAddresses()
    seen_rows = {row for area in seen for row in range(area.StartRow, area.EndRow + 1)}
    seen_columns = {column for area in seen for column in range(area.StartColumn, area.EndColumn + 1)}
    hidden_rows = in_runs(row for row in range(rows) if row not in seen_rows)
    hidden_columns = in_runs(column for column in range(columns) if column not in seen_columns)
    return hidden_rows, hidden_columns


def _search(is_hidden: Callable[[int, int], bool | None], first: int, last: int) -> Iterator[int]:
    """The hidden ones among lines that are counted from 1, in order, counted from 0."""
    answer = is_hidden(first, last)
    if answer:
        yield from range(first - 1, last)
    elif answer is None and first < last:
        middle = (first + last) // 2
        yield from _search(is_hidden, first, middle)
        yield from _search(is_hidden, middle + 1, last)


def _rows_hidden(sheet: "Sheet", first: int, last: int, *, is_mac: bool) -> bool | None:
    """Whether these rows are hidden; None where some are, or may be."""
    cells = sheet.range((first, 1), (last, 1))
    return _without_size(cells.row_height) if is_mac else _answer(cells.api.EntireRow.Hidden)


def _columns_hidden(sheet: "Sheet", first: int, last: int, *, is_mac: bool) -> bool | None:
    cells = sheet.range((1, first), (1, last))
    return _without_size(cells.column_width) if is_mac else _answer(cells.api.EntireColumn.Hidden)


def _answer(hidden: Any) -> bool | None:
    """Excel answers Null where some are hidden."""
    return None if hidden is None else bool(hidden)


def _without_size(size: float | None) -> bool | None:
    """Excel on macOS has no `EntireRow`. A hidden line has no height or width; sizes that differ may hide one."""
    return None if size is None else size == 0

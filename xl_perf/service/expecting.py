"""``--expect LIST.xlsx``: the departments on a list."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Grid
from xl_perf.core.cells.values import is_blank
from xl_perf.core.errors import BookError
from xl_perf.core.figures.delivery import Delivery
from xl_perf.saved.workbook import read_book
from xl_perf.service.results import BookResult

_HEADERS: Final = frozenset({"部门", "单位", "部门名称", "单位名称", "预算部门", "预算单位"})
_AS_LIST: Final = "第一张工作表的表头写“部门”，下面每行一个部门"


def read_expected(path: str) -> tuple[str, ...]:
    """The departments on a list: the first sheet, below a header 部门 or 单位, each once, in their order.

    Raises `BookError` for what cannot be read, or has no such column, or nothing in it.
    """
    from xl_perf.saved.guarded import guarded

    names = guarded(_names_in, path, path)
    if not names:
        what = "第一张工作表里没有“部门”或“单位”一栏，或栏下没有名称"
        raise BookError("expected", path, what, f"请在{_AS_LIST}")
    return names


def _names_in(path: str) -> tuple[str, ...]:
    book = read_book(Path(path), path)
    if book.kind:
        raise BookError("expected", path, "是部门工作簿，不是名单", f"请给出名单：{_AS_LIST}")
    return tuple(dict.fromkeys(_below_header(book.grids[0]))) if book.grids else ()


def _below_header(grid: Grid) -> Iterator[str]:
    places = ((row, column) for row, cells in enumerate(grid.rows) for column, typed in enumerate(cells))
    for row, column in places:
        typed = grid.rows[row][column]
        if isinstance(typed, str) and folded(typed) in _HEADERS:
            for cells in grid.rows[row + 1 :]:
                if column < len(cells) and not is_blank(cells[column]):
                    yield str(cells[column]).strip()
            return


def watched(results: Iterable[BookResult], delivery: Delivery) -> Iterator[BookResult]:
    """The results; which department sent each book is noted down."""
    for result in results:
        if result.error is None:
            delivery.add(result.department, result.path, result.left.year if result.left else None)
        elif result.totals.incomplete:
            delivery.unread += 1
        yield result

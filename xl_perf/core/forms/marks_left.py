"""Marks that somebody left in a filled copy of a 样表: they are blanks, and people are told of them."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.forms.marks import known_mark, without_known_marks
from xl_perf.core.model.department import StrangeCells


def without_marks_left(book: Book, forms: Collection[str]) -> Book:
    """The book without marks in the cells of its sheets ``forms``, itself where there are none.

    Elsewhere 校验结果 tells of them.
    """
    grids = tuple(_without(grid) if grid.sheet in forms and _has_braces(grid) else grid for grid in book.grids)
    return book if all(map(_is_same, grids, book.grids)) else replace(book, grids=grids)


def marks_left(before: Book, after: Book) -> Iterator[StrangeCells]:
    """For each sheet its first mark and how many cells have one; ``after`` is the book without them."""
    for was, grid in zip(before.grids, after.grids, strict=True):
        if was is grid:
            continue
        found = [
            (row, column, mark)
            for row, cells in enumerate(was.rows)
            for column, typed in enumerate(cells)
            if isinstance(typed, str) and (mark := known_mark(typed))
        ]
        if found:
            row, column, mark = found[0]
            yield StrangeCells(mark, len(found), grid.sheet, row, column)


def _is_same(one: Grid, other: Grid) -> bool:
    return one is other


def _has_braces(grid: Grid) -> bool:
    return any(isinstance(typed, str) and ("{" in typed or "｛" in typed) for cells in grid.rows for typed in cells)


def _without(grid: Grid) -> Grid:
    rows = [[_blank(typed) for typed in cells] for cells in grid.rows]
    return grid if rows == [list(cells) for cells in grid.rows] else grid._replace(rows=rows)


def _blank(typed: Scalar) -> Scalar:
    return without_known_marks(typed) if isinstance(typed, str) and known_mark(typed) else typed

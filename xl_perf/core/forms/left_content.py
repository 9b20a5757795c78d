"""What a 样表 still holds of a form that somebody had filled in: it would be printed for every project."""

from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.grid import Grid, a1
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.filled_texts import TICKED, holds_content, is_note
from xl_perf.core.forms.indicators import counts_columns
from xl_perf.core.forms.marks import marks_in

_LONGEST_SHOWN: Final = 16
_MOST_SHOWN: Final = 8
_LEAST: Final = 100
"""Smaller whole numbers may be printed: of rows, of points."""


def left_in(grid: Grid) -> Iterator[str]:
    """One sentence on the cells without marks that hold an amount, a telephone number, a date or a ticked box.

    None where there are none. Notes on how the form is filled in may hold such.
    """
    found: list[str] = []
    for row, cells in enumerate(grid.rows):
        first = next((text_of(typed) for typed in cells if not is_blank(typed)), "")
        if is_note(first):
            break
        if counts_columns(cells):
            continue
        for column, typed in enumerate(cells):
            if isinstance(typed, str) and not any(mark.name or mark.is_unanswered for mark in marks_in(typed)):
                is_content = holds_content(typed) or not TICKED.isdisjoint(typed)
            elif isinstance(typed, int | float) and not isinstance(typed, bool):
                is_content = typed >= _LEAST or not float(typed).is_integer()
            else:
                is_content = False
            if is_content:
                found.append(f"{a1(row, column)}“{' '.join(text_of(typed).split())[:_LONGEST_SHOWN]}”")
    if found:
        more = f"等 {len(found)} 格" if len(found) > _MOST_SHOWN else ""
        yield f"{'、'.join(found[:_MOST_SHOWN])}{more}像是填的内容，会印进每一个项目：是的请清空"

"""Percentages that LibreOffice made texts of: whoever types 45% into a cell of percentages has 45%% there.

It puts a sign of its own behind what is typed. What is meant is clear, so it is written as the number that it means.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.characters import numeric
from xl_perf.core.cells.grid import Book, a1
from xl_perf.core.cells.values import NUMBER, decimal_of, plain
from xl_perf.core.forms.finding import frames_in
from xl_perf.core.model.findings import Edit
from xl_perf.live import edits
from xl_perf.live.reading import book_of

if TYPE_CHECKING:
    from xl_perf.live.host import Host

ACTION: Final = "改百分数"
_TWICE: Final = re.compile(rf"({NUMBER})%%")
_NAMED: Final = 5


def read_corrected(host: "Host") -> tuple[Book, str]:
    """The book after such cells were corrected, as one operation that `undo` takes back; and what the person is told.

    Cells that are no percentages to the program, sheets with somebody's own password and books that cannot be saved
    are left as they are.
    """
    book = book_of(host)
    found = [] if host.is_read_only else [edit for edit in _found(host, book) if _is_percent(host, edit)]
    if not found:
        return book, ""
    written = edits.correct(host, found, ACTION)
    if not written:
        return book, ""
    cells = [f"{one.sheet}!{one.cell}" for one in written]
    shown = "、".join(cells[:_NAMED]) + (f" 等 {len(cells)} 格" if len(cells) > _NAMED else "")
    old = next(edit.old for edit in found if f"{edit.sheet}!{a1(edit.row, edit.column)}" == cells[0])
    said = f"支出计划有 {len(cells)} 格多了一个百分号（如“{old}”），成了文本，已改成百分数：{shown}。"
    return book_of(host), f"{said}要恢复请按“撤销上次操作”。以后只填数，不用打 %。"


def _found(host: "Host", book: Book) -> Iterator[Edit]:
    for grid in book.grids:
        if not any(isinstance(typed, str) and _share(typed) is not None for cells in grid.rows for typed in cells):
            continue
        for frame in frames_in(grid, host.kinds):
            for _, slot in frame.months:
                for row in slot.rows:
                    cells = grid.rows[row] if row < len(grid.rows) else ()
                    for column in slot.columns:
                        typed = cells[column] if column < len(cells) else None
                        share = _share(typed) if isinstance(typed, str) else None
                        if share is not None:
                            yield Edit(grid.sheet, row, column, typed, share)


def _share(text: str) -> float | None:
    """0.45 for 45%%; None for any other text."""
    match = _TWICE.fullmatch(numeric(text)) if text[-1:] in {"%", "％"} else None
    number = decimal_of(match[1]) if match else None
    return None if number is None else float(plain(number.scaleb(-2)))


def _is_percent(host: "Host", edit: Edit) -> bool:
    cell = host.book.sheets[edit.sheet].range((edit.row + 1, edit.column + 1))
    return "%" in (cell.number_format or "") and not str(cell.formula).startswith("=")

"""Marks of a 样表 that are gone from its form, or no marks any more: 对照 still says where is filled in, unless it does
not, and an officer who took a mark away may have meant something.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xl_perf.core.cells.grid import Grid, Scalar, a1
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.guide_faults import Cell, Fault, GuideRow
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.guide_rows import cell_in
from xl_perf.core.forms.marks import NOT_READ, UNANSWERED, key_of, like, name_of, without_marks

_BRACE: Final = re.compile("[{}｛｝]")
_BRACKETS: Final = "()（）[]［］【】<>《》〈〉 "
_MOST: Final = 6


def broken_marks(grid: Grid, rows: Sequence[GuideRow]) -> Iterator[Fault]:
    """Cells with one brace of a mark, and those to fill in with the name of a field in no braces; ``grid`` has the
    marks.
    """
    filled_in = {row.cell: row for row in rows if row.cell is not None and row.key}
    for at, text in _texts(grid):
        left = without_marks(text)
        name = _BRACE.sub("", left).strip().rstrip(f"{UNANSWERED}?")
        if _BRACE.search(left):
            if at in filled_in or key_of(name) or like(name):
                wanted = name if key_of(name) else like(name) or (name_of(filled_in[at].key) if at in filled_in else "")
                said = f"{a1(*at)} 的标记“{' '.join(left.split())}”括号没有写全：请写成 {{{wanted}}}"
                yield Fault(said, grid.sheet, a1(*at))
        elif (own := filled_in.get(at)) is not None and _is_bare_name(name, own):
            said = f"{a1(*at)} 写着“{name}”，不是标记，会印进每一个项目：请写成 {{{name_of(own.key)}}}"
            yield Fault(said, grid.sheet, a1(*at))


def _is_bare_name(name: str, row: GuideRow) -> bool:
    """A text is what the mark of a row is called, in other brackets or none."""
    return row.cell != row.label_at and key_of(name.strip(_BRACKETS), row.label) == row.key


def taken_away(grid: Grid, rows: Sequence[GuideRow]) -> Iterator[str]:
    """A sentence without full stop on cells that 对照 says are filled in, and that have no mark; nothing for none."""
    lost = [
        row
        for row in rows
        if row.key and row.cell is not None and row.row is not None and is_blank(_typed(grid, row.cell))
    ]
    if lost:
        named = "、".join(f"{a1(*row.cell)}（{name_of(row.key)}）" for row in lost[:_MOST] if row.cell is not None)
        more = f"等 {len(lost)} 格" if len(lost) > _MOST else ""
        yield f"{named}{more}表上没有标记，照“{GUIDE_SHEET}”的填写处读、写；不要的请在“核对”里选“{NOT_READ}”"


def _texts(grid: Grid) -> Iterator[tuple[Cell, str]]:
    for row, cells in enumerate(grid.rows):
        for column, typed in enumerate(cells):
            if isinstance(typed, str) and typed.strip():
                yield (row, column), text_of(typed)


def _typed(grid: Grid, cell: Cell) -> Scalar:
    return cell_in(grid.rows[cell[0]], cell[1]) if cell[0] < len(grid.rows) else None

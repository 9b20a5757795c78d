"""The line of a form that names who fills it in, label and value in one cell: 填报单位：某局."""

import re
from typing import Final

from xl_perf.core.cells.grid import Grid

Cell = tuple[int, int]
_LINE: Final = re.compile(
    r"\s*(?:填报|编制|申报|报送|预算|主管)(?:单位|部门|科室|处室)(?:名称)?(?:[(（](?:盖章|公章)[)）])?\s*[:：](?P<behind>[^:：]*)"
)
_STAMP: Final = re.compile(r"\s*[(（].*[)）]\s*")
_HEAD_ROWS: Final = 6
"""Rows below the title in which it stands."""


def department_line(grid: Grid, first: int) -> Cell | None:
    """The cell of the first such line from a row on; None where the value has a cell of its own, or there is none.

    Blank behind the colon it is one if its cell is merged to the right: then nobody fills in the cells beside it.
    """
    broad = {(top, left) for top, left, _, right in grid.merges if right > left}
    for row, cells in enumerate(grid.rows[first : first + _HEAD_ROWS], first):
        for column, typed in enumerate(cells):
            found = _LINE.fullmatch(typed) if isinstance(typed, str) else None
            if found is None or _STAMP.fullmatch(found["behind"]):
                continue
            if found["behind"].strip() or (row, column) in broad:
                return row, column
    return None

"""Notes on a form that say that it is not to count: 注：本项目作废."""

import re
from collections.abc import Sequence
from typing import Final

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.grid import Area, CellLine

VOID_WORDS: Final = r"作\s*废|废\s*止|取\s*消|停\s*止|撤\s*销|不再申报|不再实施"
_LONGEST: Final = 60
"""Characters of a note; a goal or a purpose that speaks of it is longer, or does not begin so."""
_SAYS: Final = (
    r"\s*(?:注|备注|说明|附注)?\s*[:：]?\s*"
    rf"(?:(?:本|该|此)(?:项目|申报表|表|项)[^。；;]{{0,8}}?(?:{VOID_WORDS})|(?:已|拟)?作\s*废)"
)
"""Few forms have a text that may be one: it is compiled when one does."""
_SIGNS: Final = ("废", "取", "停", "撤", "再")
"""Every such note has one of these characters."""


def void_note(cells: CellLine, sheet: str, area: Area, others: Sequence[Area]) -> Entry[str] | None:
    """The first note in a form or below it, down to the next form, that says that the form is void; else None.

    ``others`` are the areas of the sheet's other forms and tables. A quick look spares most forms the close one.
    """
    top, left, bottom, right = area
    beside = [one for one in others if one[1] > right and one[0] <= bottom and top <= one[2]]
    below = [one[0] for one in others if one[0] > bottom and one[1] <= right and left <= one[3]]
    start, end = top * cells.width, min(below, default=len(cells.line)) * cells.width
    shown = "".join(map(str, filter(None, cells.line[start:end])))
    if not any(sign in shown for sign in _SIGNS):
        return None
    for at, typed in enumerate(cells.line[start:end], start):
        if isinstance(typed, str) and len(typed) <= _LONGEST and re.match(_SAYS, typed):
            row, column = divmod(at, cells.width)
            if left <= column and (column <= right or not beside):
                return Entry(typed.strip(), Status.FILLED, typed, sheet, row, column)
    return None

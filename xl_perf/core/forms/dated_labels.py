"""Labels of a form's amounts that name a year, 2024年预算数: it may be another than the budget year."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.grid import CellLine

_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|-(?=\D))")
_CARRIED_OVER: Final = re.compile(r"结[转余存]").search
"""What is left of another year is this year's money."""

Cell = tuple[int, int]
"""Row and column, from 0."""


def dated_labels(places: Iterable[Cell], cells: CellLine, sheet: str) -> tuple[Entry[int], ...]:
    """The years that labels of amounts name, each at its label."""
    found = ((cells.line[row * cells.width + column], row, column) for row, column in places)
    return tuple(
        Entry(year, Status.FILLED, typed, sheet, row, column)
        for typed, row, column in found
        if isinstance(typed, str) and (year := year_in_label(typed))
    )


@lru_cache(maxsize=1024)
def year_in_label(text: str) -> int | None:
    """The year that stands before a label's colon; None for none, for several, and of what was carried over."""
    if "年" not in text and "-" not in text:
        return None
    label = re.split("[:：]", folded(text), maxsplit=1)[0]
    years = {*_YEAR.findall(label)}
    return int(years.pop()) if len(years) == 1 and not _CARRIED_OVER(label) else None

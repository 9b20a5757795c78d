"""Lists on sheets: where they begin, and what a column is."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

TITLE_ROW, HEAD_ROW, HEADER_ROW, FIRST_ROW = range(4)
"""Of every list: title, a line of text, header, the first entry."""

# Of summaries. What stays in sight while the list is scrolled: title, headings, total. Below it the charts, then the
# list with headings of its own, which people filter by: charts above a list stay on the first page however it grows.
TOP_TOTAL_ROW: Final = FIRST_ROW
CHARTS_ROW: Final = TOP_TOTAL_ROW + 1
CHART_ROWS: Final = 11
CHART_ROW_HEIGHT: Final = 15.75
"""Points. Excel's own 15 would not be written down, and LibreOffice would fit the rows to the small texts in them."""
LIST_HEADER_ROW: Final = CHARTS_ROW + CHART_ROWS
LIST_ROW: Final = LIST_HEADER_ROW + 1
SUMMARY_ZOOM: Final = 90
"""Per cent: title, total, charts and the first rows on a screen of 1366 by 768 pixels."""
_SCREEN: Final = 900
"""Pixels of a sheet at 100 % that are seen at once on a screen of 1366 by 768 pixels.

LibreOffice has its sidebar there, and columns turn out up to 1.4 times as broad for want of a font.
"""

PEOPLE: Final = "people"
"""Key of columns that people fill in."""


class Column(NamedTuple):
    """A column of a list: its heading, its width, the key of what stands in it."""

    label: str
    width: float
    key: str = ""


def pixels_of(width: float) -> int:
    """A column's width, in characters, as pixels at 100 %."""
    return int(width * 7 + 5)


def columns_in_sight(widths: Sequence[float]) -> int:
    """How many columns are seen at once on a small screen, from the left, at least one."""
    return max(1, sum(room <= _SCREEN for room in accumulate(map(pixels_of, widths))))

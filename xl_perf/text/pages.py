"""On which page what begins, worked out from the sizes of type: the contents show it before any program lays it out.

Body lines are exactly 28 pt high and a Chinese character is as wide as its type is high, so this is near to what Word
and LibreOffice do; they put in their own numbers as soon as somebody updates the field.
"""

import math
import unicodedata
from collections.abc import Iterable
from typing import Final

from xl_perf.text.typography import CELL_MARGIN, TEXT_HEIGHT, TEXT_WIDTH, Style

_NATURAL_LINE = 1.3
"""Height of a line of Chinese type that is set as high as the font needs, in parts of its size."""
TALL_ROW: Final = TEXT_HEIGHT / 2
"""Points from which a row of a table may be split over two pages."""


def lines_of(text: str, size: float, width: float, first: int = 0) -> int:
    """The number of lines that a text takes in a column of that width (points); ``first`` is its indent in characters.

    A Chinese character is as wide as its size, any other half of it.
    """
    per_line = max(2 * (width // size), 2)
    lines = 0
    for number, line in enumerate(text.split("\n")):
        used = sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in line)
        lines += max(math.ceil((used + (0 if number else 2 * first)) / per_line), 1)
    return lines


def cell_height(text: str, size: float, width: float) -> float:
    """The height in points of a table cell with that text, without the cell's own margins."""
    return lines_of(text, size, width - 2 * CELL_MARGIN) * size * _NATURAL_LINE


class Pages:
    """Counts pages while the text goes by from top to bottom; ``number`` is the page that was reached."""

    def __init__(self) -> None:
        self.number = 0
        self._left = 0.0

    def paragraph(self, style: Style, text: str) -> int:
        """The page on which the paragraph begins."""
        lines = lines_of(text, style.size, TEXT_WIDTH, style.first)
        line = style.line or style.size * _NATURAL_LINE
        if style.new_page or self.number == 0:
            self._turn()
        # A heading does not stand alone at the foot of a page.
        if self._left < line * (lines + 1 if style.keep else 1):
            self._turn()
        begins = self.number
        self._left -= style.before + style.after
        for _ in range(lines):
            if self._left < line:
                self._turn()
            self._left -= line
        return begins

    def rows(self, heights: Iterable[float], repeated: float = 0) -> None:
        """Rows of a table; ``repeated`` is what stands above them on every further page.

        Only a tall row is split.
        """
        # What would leave no room is not repeated, neither by Word nor by LibreOffice.
        page = TEXT_HEIGHT - repeated if repeated < TALL_ROW else TEXT_HEIGHT
        for height in heights:
            while self._left < height:
                if height > min(page, TALL_ROW):
                    height -= max(self._left, 0)
                self._turn()
                self._left = page
            self._left -= height

    def _turn(self) -> None:
        self.number += 1
        self._left = TEXT_HEIGHT

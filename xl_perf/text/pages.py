"""On which page what begins, worked out from the sizes of type: for contents that no program has laid out.

Body lines are exactly 28 pt high and a Chinese character is as wide as its type is high, so this is near to what Word
and LibreOffice do; they put in their own numbers as soon as somebody updates the field.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from xl_perf.text.typography import CELL_LINE, CELL_MARGIN, TEXT_HEIGHT, TEXT_WIDTH, Style
from xl_perf.text.widths import most, usual

_NATURAL_LINE = 1.3
"""Height of a line of Chinese type that is set as high as the font needs, in parts of its size."""
AROUND: Final = 4.5
"""Points above and below a cell's text: its margins and a line."""
_LAST_LINE: Final = 0.5
"""Points of the line below the last row of a page."""
TALL_PART: Final = 0.5
"""Part of a page from which a row of a table may be split over two pages."""


def lines_of(text: str, size: float, width: float, first: int = 0, em: Callable[[str], float] = usual) -> int:
    """The number of lines that a text takes in a column of that width (points); ``first`` is its indent in characters.

    ``em`` is the width of a character in parts of its size.
    """
    return sum(1 for _ in broken(text, size, width, first, em))


def broken(text: str, size: float, width: float, first: int = 0, em: Callable[[str], float] = usual) -> Iterator[str]:
    """The same lines one by one; the last one of a paragraph ends with its break. Together they are the text."""
    room = max(width / size, 1)
    paragraphs = text.split("\n")
    for number, paragraph in enumerate(paragraphs):
        begins = used = 0.0 if number else first
        line = ""
        for word in _UNBROKEN.findall(paragraph):
            needed = sum(map(em, word))
            needed += 0.5 if used > begins and word[0].isascii() else 0  # the room around figures among characters
            if used + needed > room and used:
                yield line
                line, used = "", 0
            if needed > room:
                more = math.ceil(needed / room) - 1
                each = math.ceil(len(word) / (more + 1))
                for at in range(more):
                    yield line + word[at * each : (at + 1) * each]
                    line = ""
                word, needed = word[more * each :], needed - more * room
            line += word
            used += needed
        yield line if number == len(paragraphs) - 1 else f"{line}\n"


_UNBROKEN: Final = re.compile(r"[（《“‘【〔(]*(?:[0-9A-Za-z.%]+|.)[，。、；：？！）》”’】〕…—,.;:?!)%]*")
"""What stands on one line: a figure, or a character, with the marks that no line ends or begins with."""


def cell_height(text: str, style: Style, width: float, around: float = AROUND) -> float:
    """The height in points that a table cell with that text needs at most, ``around`` of them above and below it.

    It is given to the row: so pages end where they are said to, whatever font is there.
    """
    return lines_of(text, style.size, width - 2 * CELL_MARGIN, em=most) * style.line + around


class Pages:
    """Counts pages while the text goes by from top to bottom; ``number`` is the page that was reached.

    ``width`` and ``height`` are what a page has for the text, in points.
    """

    def __init__(self, width: float = TEXT_WIDTH, height: float = TEXT_HEIGHT) -> None:
        self.number = 0
        self.width, self.height = width, height
        self._left = 0.0

    def paragraph(self, style: Style, text: str) -> int:
        """The page on which the paragraph begins."""
        lines = lines_of(text, style.size, self.width, style.first)
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

    def rows(self, heights: Sequence[float], header: int = 0) -> list[int]:
        """Rows of a table; the first ``header`` of them stand on every page, never alone. Gives those that begin one.

        Only a tall row is split.
        """
        repeated, tall = sum(heights[:header]), self.height * TALL_PART
        # What would leave no room is not repeated, neither by Word nor by LibreOffice.
        page = self.height - repeated if repeated < tall else self.height
        breaks: list[int] = []
        if heights and self._left < sum(heights[: header + 1]) <= self.height:
            self._turn()
        for row, height in enumerate(heights):
            while self._left < height + _LAST_LINE:
                if height > min(page, tall):
                    height -= max((self._left - AROUND) // CELL_LINE * CELL_LINE, 0)
                elif row >= header:
                    breaks.append(row)
                self._turn()
                self._left = page
            self._left -= height
        return breaks

    @property
    def left(self) -> float:
        """Points that are left on the page that was reached; they hold a little less than that."""
        return self._left - 2 * _LAST_LINE

    def height_of(self, style: Style, text: str) -> float:
        """Points that a paragraph needs."""
        line = style.line or style.size * _NATURAL_LINE
        return lines_of(text, style.size, self.width, style.first) * line + style.before + style.after

    def has_room(self, height: float) -> bool:
        """So much fits on the page that was reached."""
        return self._left >= height

    def _turn(self) -> None:
        self.number += 1
        self._left = self.height

"""Texts of cells merged over rows that go over pages: room for all of their lines, and what of them stands where.

Neither Word nor LibreOffice can be relied on to carry the text of such a cell over to the next page: it is cut off at
the foot. So each page has the lines that its rows have room for.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from xl_perf.text.pages import AROUND

_SPARE_LINES: Final = 2
"""Lines that may stay free at the foot of a page, so that a paragraph is not parted."""


class Part(NamedTuple):
    """What of a text stands on a page; ``is_within_line``: it goes on in the line with which the part above ends."""

    text: str
    is_within_line: bool


def parted(lines: Sequence[str], rooms: Sequence[int]) -> list[Part]:
    """The lines of a text over pages with room for so many; those at the end of a paragraph keep their break.

    A paragraph goes on over a page only where the pages below have no room for the lines that would stay free.
    """
    made: list[Part] = []
    spare = sum(rooms) - len(lines)
    begin, is_within_line = 0, True
    for room in rooms[:-1]:
        end = min(begin + room, len(lines))
        whole = max((at for at in range(begin + 1, end + 1) if lines[at - 1].endswith("\n")), default=begin)
        if begin < whole < end < len(lines) and end - whole <= spare:
            end, spare = whole, spare - (end - whole)
        text = "".join(lines[begin:end])
        made.append(Part(text.removesuffix("\n"), is_within_line))
        is_within_line = end == len(lines) or not text.endswith("\n")
        begin = end
    return [*made, Part("".join(lines[begin:]), is_within_line)]


def needed_height(lines: int, line: float, rows: float, page: float, around: float = AROUND) -> float:
    """Points that rows of such a height take with so many lines beside them; ``page`` is what a page has for rows."""
    needed = lines * line + around + line
    pages = math.ceil(max(rows, needed) / page)
    return needed + (pages - 1) * (around + (_SPARE_LINES + 1) * line)


def level_of(heights: Sequence[float], needed: float) -> float:
    """The height that the lower ones of some rows are to have, so that all of them have what is needed together."""
    ordered = sorted(heights)
    for number in range(1, len(ordered) + 1):
        level = (needed - sum(ordered[number:])) / number
        if number == len(ordered) or level <= ordered[number]:
            return level
    return 0


def lines_in_rows(heights: Iterable[float], line: float, around: float = AROUND) -> int:
    """How many lines of text some rows have room for."""
    return max(int((sum(heights) - around) // line), 0)

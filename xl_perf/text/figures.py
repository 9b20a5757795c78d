"""Figures in tables: never broken over two lines, one number of decimals in a column, decimal points below each other.

Word and LibreOffice break a number only where a cell is too narrow for it: there it is set smaller, so that it fits.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.cells.values import plain
from xl_perf.core.figures.totals import ZERO
from xl_perf.text.typography import CELL_MARGIN
from xl_perf.text.widths import chinese, most

LEAST_DECIMALS: Final = 2
"""Of a column of amounts."""
SMALLEST: Final = 5.0
"""Points. What does not fit in this size is set narrower as well."""
_LEGIBLE: Final = 9.0
"""Points down to which a figure is set smaller to keep its unit on the same line."""
STEP: Final = 0.5
_LONGEST_FIGURE: Final = 60
_NUMBER: Final = re.compile(r"[=＝≥≤<>＜＞±+\-−－]{0,2}[0-9A-Za-z.,]+[%‰％]?")
_FIGURE: Final = re.compile(_NUMBER.pattern + r"[^\W\d_]{0,4}")
"""A number with its unit, and nothing else."""


_BESIDE: Final = 2 * CELL_MARGIN + 1.5
"""Points of a cell's width that its text does not have: margins, a line, and what programs round away."""


class Type(NamedTuple):
    """How characters are set: their height in points, their width in per cent of the usual."""

    size: float
    scale: int = 100


def decimals_of(numbers: Iterable[Decimal]) -> int:
    """The decimals that a column of these amounts has: the most that one of them needs, two at least."""
    return max(LEAST_DECIMALS, *(len(plain(one).partition(".")[2]) for one in (ZERO, *numbers)))


def with_decimals(number: Decimal, decimals: int) -> str:
    """A number with that many decimals, at least as many as it needs: ``50`` -> ``50.00``."""
    whole, _, part = plain(number).partition(".")
    return f"{whole}.{part.ljust(decimals, '0')}"


def width_of(text: str, size: float, em: Callable[[str], float] = most) -> float:
    """Points that a line of text takes at most, in any font that may stand in."""
    return size * sum(map(em, text))


def longest_number(text: str) -> str:
    """The widest number of a text, with its signs; empty where there is none."""
    numbers = (one for one in _NUMBER.findall(text) if any(map(str.isdigit, one)))
    return max(numbers, key=lambda number: width_of(number, 1), default="")


def needed_width(texts: Iterable[str], size: float) -> float:
    """The width of a column (points) in which no number of these texts is broken."""
    return max(width_of(longest_number(text), size) for text in texts) + _BESIDE


def narrowed(texts: Iterable[str], size: float, width: float) -> int:
    """The width of characters, in per cent of the usual, in which no number of these is broken; see `needed_width`."""
    widest = max(width_of(longest_number(text), size) for text in texts)
    room = width - _BESIDE
    return 100 if widest <= room else max(int(100 * room / widest), 1)


def fitted(text: str, size: float, width: float) -> Type:
    """How a cell's text is set so that no number in it is broken; ``width`` is that of the cell (points).

    A cell that holds one figure alone keeps the unit beside it, in Chinese fonts and as long as that can be read.
    """
    room = width - _BESIDE
    number, alone = longest_number(text), text.strip()
    fitting = _size(number, size, room, most)
    if len(alone) <= _LONGEST_FIGURE and _FIGURE.fullmatch(alone) and width_of(alone, _LEGIBLE, chinese) <= room:
        fitting = min(fitting, _size(alone, size, room, chinese))
    needed = width_of(number, fitting)
    return Type(fitting) if needed <= room else Type(fitting, max(int(100 * room / needed), 1))


def _size(text: str, size: float, room: float, em: Callable[[str], float]) -> float:
    """The largest size, in half points, in which a text fits; not below the smallest."""
    while size > SMALLEST and width_of(text, size, em) > room:
        size -= STEP
    return size

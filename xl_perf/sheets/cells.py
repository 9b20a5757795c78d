"""What goes into a cell of a sheet that we make: text stays text, formulas carry their result."""

from decimal import Decimal
from typing import Any, NamedTuple

from xl_perf.core.cells.entry import TO_BE_CHECKED, Entry, Status
from xl_perf.core.cells.grid import Area, a1
from xl_perf.core.cells.values import plain


class Formula(NamedTuple):
    """A formula, and the result that is stored with it for programs that do not calculate."""

    text: str
    result: str | float


Content = str | float | Formula | None


def unix_lines(text: str) -> str:
    """Line breaks as cells hold them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def text_content(entry: Entry[object] | None) -> str | None:
    """What was typed, as text; None for a blank."""
    return (entry.text or None) if entry is not None else None


def amount_content(entry: Entry[Decimal] | None) -> str | float | None:
    """An amount in 万元 as a number, if the cell's double gives back its every digit; else its digits as a text.

    What is no amount stays as it was typed; one that is not certain says so, lest it be read in 万元.
    """
    if entry is None or entry.value is None:
        return None if entry is None else text_or_doubt(entry) or None
    return float(entry.value) if is_exact(entry.value) else plain(entry.value)


def text_or_doubt(entry: Entry[Any]) -> str:
    """What was typed; of an amount that is not certain (its unit, its column, which of several), that too."""
    return f"{entry.text}{TO_BE_CHECKED}" if entry.status is Status.CONTRADICTED else entry.text


def is_exact(amount: Decimal) -> bool:
    """The double next to the number shows the same 15 digits."""
    return Decimal(format(float(amount), ".15g")) == amount


def number(value: Decimal) -> float:
    """The double next to an exact amount. Used at the moment of writing and nowhere else."""
    return float(value)


def fraction(percent: Decimal) -> float:
    """A percentage as a cell with a % format stores it: 25 -> 0.25."""
    return float(percent.scaleb(-2))


def absolute(area: Area) -> str:
    """The first cell of an area as formulas name it: ``$C$3``."""
    name = a1(area[0], area[1])
    letters = name.rstrip("0123456789")
    return f"${letters}${name[len(letters) :]}"


def absolute_span(area: Area) -> str:
    """An area as formulas name it: ``$B$4:$G$4``; one cell without the colon."""
    first, last = absolute(area), absolute((area[2], area[3], area[2], area[3]))
    return first if first == last else f"{first}:{last}"

"""Exact quotients: rates and scores are fractions until they are rounded, once."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xl_perf.core.cells.values import EXACT

_CENTS: Final = 100
HUNDRED: Final = Fraction(100)


def rounded(value: Fraction) -> Decimal:
    """To 0.01, halves away from zero, as people and Excel's ROUND do."""
    cents = (abs(value) * _CENTS + Fraction(1, 2)).__floor__()
    whole = Decimal(cents).scaleb(-2)
    return whole.copy_negate() if value < 0 and cents else whole


def total_of(values: Iterable[Decimal]) -> Decimal:
    """The sum of printed values: a printed column adds up to its printed total."""
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total


def share(part: Decimal, whole: Decimal) -> Fraction | None:
    """How many % the part is of the whole; None of nothing."""
    return None if whole == 0 else Fraction(part) / Fraction(whole) * HUNDRED

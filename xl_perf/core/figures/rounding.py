"""Exact quotients: rates and scores are fractions until they are rounded, once."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xl_perf.core.cells.values import EXACT

_CENTS: Final = 100
HUNDRED: Final = Fraction(100)
_STORED: Final = Fraction(1, 10**9)
"""A rate that a formula stores has 15 digits."""


def rounded(value: Fraction) -> Decimal:
    """To 0.01, halves away from zero, as people and Excel's ROUND do."""
    cents = (abs(value) * _CENTS + Fraction(1, 2)).__floor__()
    whole = Decimal(cents).scaleb(-2)
    return whole.copy_negate() if value < 0 and cents else whole


def difference_of(one: Fraction, other: Fraction) -> Fraction:
    """The difference of two printed values: 45.61 − 46.07 is −0.46, whatever they were before they were rounded."""
    return Fraction(rounded(one)) - Fraction(rounded(other))


def total_of(values: Iterable[Decimal]) -> Decimal:
    """The sum of printed values: a printed column adds up to its printed total."""
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total


def share(part: Decimal, whole: Decimal) -> Fraction | None:
    """How many % the part is of the whole; None of nothing."""
    return None if whole == 0 else Fraction(part) / Fraction(whole) * HUNDRED


def tolerance_of(printed: Decimal) -> Fraction:
    """By how much a printed number may differ from the exact one: half of its last digit; 97.5600 has two decimals."""
    exponent = printed.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Fraction(1, 2 * int(f"1{'0' * places}")) + _STORED

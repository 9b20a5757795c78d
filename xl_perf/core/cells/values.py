"""What people type, understood: blanks, amounts, percentages (target values and deadlines: `targets`).

With `targets` the only place where typed text becomes a number. Nothing here passes through float arithmetic: a number
that a cell stores becomes the 15 significant digits that Excel, WPS and LibreOffice show
(``Decimal(format(x, '.15g'))``).
"""

import datetime
import re
from collections.abc import Sequence
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import BLANKS, INVISIBLE, STRUCK, may_be_two, numeric
from xl_perf.core.cells.grid import ErrorValue, NoValue, Scalar
from xl_perf.core.cells.units import FOREIGN, UNITS

PLACEHOLDERS: Final = frozenset({"-", "/", "\\", "无", "—", "－", "／"})
_DASH: Final = "-—–―－─_＿"
PLACEHOLDER_STARTS: Final = PLACEHOLDERS | frozenset(_DASH)
"""Only texts that begin with one of these characters can be placeholders."""
RARE_STARTS: Final = PLACEHOLDER_STARTS | INVISIBLE
"""Texts that begin otherwise are what they seem: the short way of `entries`."""
_UNSEEN: Final = "".join(INVISIBLE) + BLANKS
_MAYBE_UNSEEN: Final = INVISIBLE | frozenset(BLANKS)
"""A text that begins otherwise is not blank."""
MAX_DIGITS: Final = 30
"""Longer figures are no amounts: nobody's budget, and bounded digits keep every sum exact."""
EXACT: Final = Context(prec=120, traps=[Inexact])
"""Wide enough for amounts and their sums; rounding would raise. Python's own context silently keeps 28 digits."""


def is_blank(typed: Scalar) -> bool:
    """Nothing typed that anybody sees. 0 is not blank, and ``————`` is not either."""
    if isinstance(typed, str):
        return not typed or (typed[0] in _MAYBE_UNSEEN and not trimmed(typed))
    return typed is None


def trimmed(text: str) -> str:
    """The text without white space at its ends, and without invisible characters there."""
    text = text.strip()
    if text and (text[0] in INVISIBLE or text[-1] in INVISIBLE):
        return text.strip(_UNSEEN)
    return text


def is_placeholder(typed: Scalar) -> bool:
    """``————``, ``-``, ``/`` or 无: a person says that there is nothing to say."""
    if not isinstance(typed, str):
        return False
    text = trimmed(typed)
    return text in PLACEHOLDERS or (text != "" and not text.strip(_DASH))


def stored_number(number: float) -> Decimal | None:
    """A stored double as people see it; None for infinities and not-a-number."""
    decimal = Decimal(f"{number:.15g}")
    return decimal if decimal.is_finite() else None


def plain(number: Decimal) -> str:
    """A number without exponent or superfluous zeros: ``1135.760`` -> ``1135.76``, ``-0`` -> ``0``."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def text_of(typed: Scalar) -> str:
    """A cell's content as people see it, white space at the ends removed; a number without ``.0``."""
    if typed is None:
        return ""
    if isinstance(typed, str):
        return trimmed(typed)
    if isinstance(typed, bool):
        return "是" if typed else "否"
    if isinstance(typed, float):
        number = stored_number(typed)
        return str(typed) if number is None else plain(number)
    if isinstance(typed, datetime.date):
        return f"{typed.year}年{typed.month}月{typed.day}日"
    if isinstance(typed, ErrorValue):
        return typed.code
    if isinstance(typed, NoValue):
        return typed.formula
    return str(typed)


# --- Amounts -------------------------------------------------------------------------------------------------

NUMBER: Final = r"[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+"
"""Thousands may be parted by commas; ``0,500`` is none of them, for it may be 0.500."""
_UNIT: Final = "|".join(sorted(UNITS, key=len, reverse=True))
_AMOUNT: Final = re.compile(rf"(?:人民币|¥)?({NUMBER})(?:({_UNIT})|[(]({_UNIT})[)])")
_NAMED: Final = "|".join(unit for unit in sorted(UNITS, key=len, reverse=True) if unit)
_IN_WORDS: Final = rf"(?<![\d.,])({NUMBER})({_NAMED})(?![元圆圓十百千万亿拾佰仟萬億兆人])"
_IN_BRACKETS: Final = rf"[-+]?[(](?:人民币|¥)?(?:{NUMBER})"
"""How a negative amount is written in accounting begins: (161.93万元)."""
_VAGUE: Final = (
    r"[约近余多几至到~-]|左右|大概|上下|以[上下内]|不[超少低高]|至[少多]|超过|每|/"
    r"|[人户亩日月年]均|单价|标准"
)
"""Words by which an amount among words is none: about 50, 50 to 60, 50 for each, 50 a head."""


class Amount(NamedTuple):
    """A number in the unit of its field, or in 万元 where a unit was written with it (empty for a bare number)."""

    value: Decimal
    unit: str


def decimal_of(digits: str) -> Decimal | None:
    """The number that the digits give, thousands parted by commas or not; None if they are too many."""
    bare = digits.replace(",", "")
    return Decimal(bare) if len(bare) <= MAX_DIGITS else None


@lru_cache(maxsize=8192)
def _amount_of_text(text: str) -> Amount | None:
    match = None if may_be_two(text) else _AMOUNT.fullmatch(numeric(text))
    if match is None:
        return None
    number, unit = decimal_of(match[1]), match[2] or match[3] or ""
    return None if number is None else Amount(EXACT.multiply(number, UNITS[unit]), unit)


@lru_cache(maxsize=1024)
def amount_in_words(text: str) -> Amount | None:
    """The one number with a unit of money inside words: 需要资金 773 万元. None for none, several, or vague ones."""
    seen = numeric(text)
    found = re.findall(_IN_WORDS, seen)
    if (
        len(found) != 1
        or STRUCK in seen
        or may_be_two(text)
        or FOREIGN.search(text)
        or re.match(_IN_BRACKETS, seen)
        or re.search(_VAGUE, seen)
        or sum(map(str.isdecimal, seen)) > sum(map(str.isdecimal, found[0][0]))
    ):
        return None
    number = decimal_of(found[0][0])
    return None if number is None else Amount(EXACT.multiply(number, UNITS[found[0][1]]), found[0][1])


_LEAST, _MOST = 1e-15, 1e30
"""Stored numbers of 15 digits between these have at most `MAX_DIGITS` on either side of the point."""


def stored_amount(number: float) -> Decimal | None:
    """A stored double as an amount; None where no budget can be so large or so small."""
    # Not-a-number fails both comparisons.
    return Decimal(f"{number:.15g}") if not number or _LEAST <= abs(number) < _MOST else None


def to_amount(typed: Scalar) -> Amount | None:
    """An amount in 万元 from a number or from text with a unit, converted exactly; None if it is none.

    ``161.93``, ``161.93 万元``, ``１６１.９３万元``, ``1,619,300元`` and ``0.0161亿元`` are amounts. Blanks and
    placeholders are not: ask `is_blank` and `is_placeholder` first. ``80 100`` is none: it may be two.
    """
    if isinstance(typed, str):
        return _amount_of_text(typed)
    if isinstance(typed, float):
        number = stored_amount(typed)
        return None if number is None else Amount(number, "")
    if isinstance(typed, int) and not isinstance(typed, bool):
        return Amount(Decimal(typed), "") if abs(typed) < 10**MAX_DIGITS else None
    return None


# --- Percentages ---------------------------------------------------------------------------------------------

_PERCENT: Final = re.compile(rf"({NUMBER})(%{{0,2}})")
"""LibreOffice puts a % behind what is typed into a cell of percentages: whoever types 25% has 25%%, a text."""
_HUNDRED: Final = Decimal(100)


def _percent_parts(typed: Scalar) -> tuple[Decimal, bool] | None:
    """The number, and whether it says itself that it is per cent."""
    if isinstance(typed, str):
        match = _PERCENT.fullmatch(numeric(typed))
        number = decimal_of(match[1]) if match else None
        return None if match is None or number is None else (number, bool(match[2]))
    amount = to_amount(typed)
    return None if amount is None else (amount.value, False)


@lru_cache(maxsize=4096, typed=True)  # by types too: True is 1, and no percentage
def _plan_of(*typed: Scalar) -> tuple[Decimal | None, ...]:
    parts = [_percent_parts(one) for one in typed]
    bare = [part[0] for part in parts if part and not part[1]]
    all_shares = bool(bare) and max(bare) <= 1
    read: list[Decimal | None] = []
    highest = Decimal(0)
    for part in parts:
        if part is None:
            read.append(None)
            continue
        number, says_percent = part
        is_share = not says_percent and (all_shares or 0 < number < 1 or number == 1 < highest)
        percent = EXACT.multiply(number, _HUNDRED) if is_share else number
        highest = max(highest, percent)
        read.append(percent)
    return tuple(read)


def to_plan(typed: Sequence[Scalar]) -> tuple[Decimal | None, ...]:
    """The cumulative percentages of a spending plan, read together; None for what is no percentage.

    A cell formatted ``0%`` stores 0.25 for 25 %, others store 25 or the text ``25%``; a reader without formats sees
    only the numbers. Bare numbers that all are at most 1 are shares: 0, 0, 0, 1 means that everything is planned
    for the end. Among larger ones a number between 0 and 1 is a share, and so is a 1 behind a larger one: plans
    are cumulative, and nobody plans fractions of a per cent.
    """
    return _plan_of(*typed)

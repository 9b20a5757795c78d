"""One cell and what it is read as: `Entry` of a text, an amount, a code, a target value.

All of them take what was typed, and the sheet, row and column where it stands.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final, TypeVar

from xl_perf.core.cells.characters import INVISIBLE, numeric
from xl_perf.core.cells.entry import Entry, PartOfCell, Status
from xl_perf.core.cells.grid import ErrorValue, NoValue, Scalar
from xl_perf.core.cells.targets import Target, target_of_text, to_target
from xl_perf.core.cells.units import WAN
from xl_perf.core.cells.values import (
    EXACT,
    RARE_STARTS,
    amount_in_words,
    is_blank,
    is_placeholder,
    plain,
    stored_amount,
    text_of,
    to_amount,
)

T = TypeVar("T")
CellPlace = tuple[str, int, int]
"""Sheet, row and column of a cell."""

_new: Final = tuple.__new__
"""Makes an `Entry` in half the time that its own constructor takes: a workbook has hundreds."""
_FILLED: Final = Status.FILLED
_YEAR: Final = re.compile(r"(?:19|20|21)\d{2}")


def entry(typed: Scalar, sheet: str, row: int, column: int, understand: Callable[[Scalar], T | None]) -> Entry[T]:
    """What was typed, understood by `understand`; blanks, placeholders and error values have a status of their own."""
    status = empty_status(typed)
    if status is not None:
        return _new(Entry, (None, status, typed, sheet, row, column))
    value = understand(typed)
    return _new(Entry, (value, Status.UNREADABLE if value is None else Status.FILLED, typed, sheet, row, column))


def empty_status(typed: Scalar) -> Status | None:
    """The status of what says nothing: blank, placeholder, error value, formula without result; None for all else."""
    if typed is None or typed == "":
        return Status.BLANK
    if isinstance(typed, str):
        if is_blank(typed):
            return Status.BLANK
        return Status.PLACEHOLDER if is_placeholder(typed) else None
    if isinstance(typed, ErrorValue):
        return Status.ERROR
    return Status.NO_VALUE if isinstance(typed, NoValue) else None


def text_entry(typed: Scalar, sheet: str, row: int, column: int) -> Entry[str]:
    """A text as people see it. The common case, a string, takes the short way: a form has dozens."""
    if typed.__class__ is str and (text := typed.strip()) and text[0] not in RARE_STARTS and text[-1] not in INVISIBLE:
        return _new(Entry, (text, _FILLED, typed, sheet, row, column))
    return entry(typed, sheet, row, column, text_of)


def together(one: Entry[Decimal], more: Entry[Decimal]) -> Entry[Decimal]:
    """Two amounts of one source in 万元, in the cell of the first that is filled; one that cannot be read stays so.

    An amount whose label is missing adds nothing, and takes nothing away.
    """
    if more.status is Status.ABSENT:
        return one
    if one.status is Status.ABSENT:
        return more
    if any(entry.value is None and not entry.is_empty for entry in (one, more)):
        return one if one.value is None and not one.is_empty else more
    if not one.value or not more.value:
        return more if more.value or (one.is_empty and not more.is_empty) else one
    value = EXACT.add(one.value, more.value)
    return one._replace(value=value, typed=PartOfCell(f"{plain(value)}万元"))


def amount_entry(typed: Scalar, sheet: str, row: int, column: int, unit: Decimal = WAN) -> Entry[Decimal]:
    """An amount in 万元; ``unit`` is what a bare number counts in, in 万元 (0.0001 for 元).

    The common case, a number, takes the short way.
    """
    if typed.__class__ is float and (number := stored_amount(typed)) is not None:
        value = number if unit is WAN else EXACT.multiply(number, unit)
        return _new(Entry, (value, _FILLED, typed, sheet, row, column))
    status = empty_status(typed)
    if status is not None:
        return _new(Entry, (None, status, typed, sheet, row, column))
    amount = to_amount(typed) or (amount_in_words(typed) if isinstance(typed, str) else None)
    if amount is None:
        return _new(Entry, (None, Status.UNREADABLE, typed, sheet, row, column))
    value = amount.value if amount.unit else EXACT.multiply(amount.value, unit)
    return _new(Entry, (value, _FILLED, typed, sheet, row, column))


def named_unit(typed: str) -> str:
    """The unit of money that an amount's own text names; empty for none."""
    amount = to_amount(typed) or amount_in_words(typed)
    return amount.unit if amount else ""


def code_entry(typed: Scalar, sheet: str, row: int, column: int) -> Entry[str]:
    """A code: a numeric one without ``.0``. Beyond 15 digits Excel has cut it, which F203 reports."""
    return text_entry(typed, sheet, row, column)


def target_entry(typed: Scalar, sheet: str, row: int, column: int) -> Entry[Target]:
    """A 指标值. 无 is a value here (事故：无), a dash is none."""
    if typed.__class__ is str and typed:
        target = target_of_text(typed)
        if target is not None:
            return _new(Entry, (target, _FILLED, typed, sheet, row, column))
    return entry(typed, sheet, row, column, to_target)


def weight_entry(typed: Scalar, sheet: str, row: int, column: int) -> Entry[Decimal]:
    """A weight as it stands: 20, ``20%``, ``20分``; 0.2 stays 0.2, for only all weights together tell."""
    return entry(typed, sheet, row, column, _weight_value)


def _weight_value(typed: Scalar) -> Decimal | None:
    bare = numeric(typed).rstrip("%分") if isinstance(typed, str) else typed
    amount = to_amount(bare)
    return None if amount is None or amount.unit else amount.value


def rate_entry(typed: Scalar, sheet: str, row: int, column: int) -> Entry[Decimal]:
    """A rate in % as it stands: ``97.82%`` and 97.82 are 97.82; whether 0.9782 is the same depends on its cell."""
    return entry(typed, sheet, row, column, _weight_value)


_TICKS: Final = frozenset("√✓✔☑🗹VvYy是对1")
_NO_TICKS: Final = frozenset("□☐○×✗xX否0")


def tick_entry(typed: Scalar, sheet: str, row: int, column: int) -> Entry[bool]:
    """A tick: √ ✓ ☑ v 是 1; an empty box or × says that there is none."""
    return entry(typed, sheet, row, column, _tick_value)


def _tick_value(typed: Scalar) -> bool | None:
    if isinstance(typed, bool):
        return typed
    text = text_of(typed)
    return True if text in _TICKS else False if text in _NO_TICKS else None


def year_entry(typed: Scalar, sheet: str, row: int, column: int) -> Entry[int]:
    """A year: 2023, ``2023年``, ``2023年度``."""
    return entry(typed, sheet, row, column, year_in)


def year_in(typed: Scalar) -> int | None:
    """The first year that a text names; None if there is none."""
    match = _YEAR.search(text_of(typed))
    return int(match[0]) if match else None

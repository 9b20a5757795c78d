"""One value: what was understood, what was typed, and where."""

from enum import IntEnum
from typing import Any, Final, Generic, NamedTuple, TypeVar

from xl_perf.core.cells.grid import Scalar, a1
from xl_perf.core.cells.values import text_of

T_co = TypeVar("T_co", covariant=True)


class Status(IntEnum):
    """What was found where a value belongs. Blank, 0 (`FILLED`) and ``————`` are three different things."""

    FILLED = 0
    BLANK = 1
    PLACEHOLDER = 2
    UNREADABLE = 3
    ERROR = 4
    NO_VALUE = 5
    ABSENT = 6
    """The label of the field is missing, so nobody can say which cell it is."""
    CONTRADICTED = 7
    """An amount whose unit is stated in two ways, so nobody can say how much it is; in a plan of percentages, one that
    is an amount."""


class Entry(NamedTuple, Generic[T_co]):
    """One value: what was understood, what was typed, and where (row and column from 0)."""

    value: T_co | None
    status: Status
    typed: Scalar
    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str | None:
        """The cell's name, such as ``C3``; None where the label is missing."""
        return None if self.status is Status.ABSENT else a1(self.row, self.column)

    @property
    def text(self) -> str:
        """What was typed, as people see it; empty for a blank."""
        return text_of(self.typed)

    @property
    def is_empty(self) -> bool:
        """Nothing stands there, or only a placeholder such as ``————``."""
        return self.status in EMPTY


class PartOfCell(str):
    """A text that is part of what its cell holds, or that stands in several: nothing may be written in its place."""

    __slots__ = ()


def absent(sheet: str) -> Entry[Any]:
    """The entry of a field whose label is missing."""
    return Entry(None, Status.ABSENT, None, sheet, 0, 0)


EMPTY: Final = frozenset({Status.BLANK, Status.PLACEHOLDER})
TO_BE_CHECKED: Final = "（待核对）"
"""Written behind an amount that is not certain, so that nobody takes it for a number."""
FLAWED: Final = frozenset({Status.ERROR, Status.NO_VALUE})


def said(entry: Entry[Any]) -> str | None:
    """What a text entry says: as it was understood, else as it was typed; None where nothing is said."""
    return entry.value or typed(entry)


def typed(entry: Entry[Any]) -> str | None:
    """What was typed, trimmed; None for a blank or a placeholder."""
    return None if entry.is_empty else entry.text.strip() or None

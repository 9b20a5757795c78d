"""What each format's module hands to `read_book`: bytes that calamine can bear, and what calamine would not tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xl_perf.core.grid import ErrorValue, NoValue

AUXILIARY: Final = frozenset({"说明", "字典"})
"""Sheets of a department workbook that hold nothing to read; they are left out of `Book.grids`."""


Special = tuple[int, int, ErrorValue | NoValue]
"""Row, column and what stands there where calamine gives ''."""


@dataclass(frozen=True, slots=True)
class SheetSource:
    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook, looked through and repacked."""

    data: bytes
    sheets: Sequence[SheetSource] | None = None
    """The sheets in the order in which `data` holds them; None where calamine's own list is good enough."""
    special: Mapping[int, Sequence[Special]] = field(default_factory=dict)
    """By the place of the sheet in `data`."""
    names: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    template_version: str = ""
    notes: Sequence[str] = ()
    sees_errors: bool = True

"""What each format's module hands to `read_book`: bytes that calamine can bear, and what calamine would not tell."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import NO_FORMATS, Area, Attached, Carried, ErrorValue, Far, Lines, NoValue
from xl_perf.files.own_properties import WrittenAs

LIBRARY: Final = "指标库"
AUXILIARY: Final = frozenset({"说明", "字典", LIBRARY})
"""Sheets of a department workbook that hold nothing to read; they are left out of `Book.grids`."""

Special = tuple[int, int, ErrorValue | NoValue | str | bool]
"""Row, column and what stands there where calamine gives ''."""
Count = Callable[[], int]


class SheetSource(NamedTuple):
    name: str
    hidden: bool


class Facts(NamedTuple):
    """What calamine would not tell of one sheet."""

    special: Sequence[Special] = ()
    merges: Sequence[Area] | None = None
    """None where calamine is to tell."""
    formats: Mapping[tuple[int, int], str] = NO_FORMATS
    filled: int = 0
    """Cells that hold something: if calamine gives fewer, it lost some, unless their texts are empty."""
    surely: Count | None = None
    """Counts those that certainly do; asked only where calamine gives fewer than ``filled``. None: the same."""
    pictures: int = 0
    boxes: tuple[str, ...] = ()
    around: tuple[tuple[str, str], ...] = ()
    hidden_rows: Lines = ()
    hidden_columns: Lines = ()
    far: Far | None = None
    attached: tuple[Attached, ...] = ()
    """These, too, as `Grid` has them."""


NO_FACTS: Final = Facts()


class Source(NamedTuple):
    """A workbook, looked through and repacked."""

    data: bytes
    sheets: Sequence[SheetSource] | None = None
    """The sheets in the order in which `data` holds them; None where calamine's own list is good enough."""
    facts: Mapping[int, Facts] = MappingProxyType({})
    """By the place of the sheet in `data`."""
    names: Mapping[str, str] = MappingProxyType({})
    written_as: WrittenAs = WrittenAs()
    notes: Sequence[str] = ()
    modified: str = ""
    sees_errors: bool = True
    carried: Sequence[Carried] = ()

"""How far from A1 cells are read.

python-calamine allocates the whole rectangle from A1 to the last cell with content, 32 bytes a cell: one stray space
in XFD1048576 makes it ask for 550 GB, and the process aborts. So each format's cells are looked at first (a stored
dimension is never believed), and cells far outside any form are taken out before calamine sees them.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from xl_perf.core.cells.grid import Area, Far
from xl_perf.files.guard import too_large

WINDOW_ROWS: Final = 10_000
WINDOW_COLUMNS: Final = 200
SANE_AREA: Final = 500_000
"""Cells of one sheet, counted from A1. Within it everything is read; beyond it, only what stands in the window."""
MAX_AREA: Final = 8_000_000
"""Cells of all sheets of one book."""
MAX_SHEETS: Final = 500


class Extent:
    """The rectangle of the cells with content of one sheet, and which of them stand outside the window."""

    __slots__ = ("far_filled", "far_strings", "last_column", "last_row", "stray", "strays")

    def __init__(self) -> None:
        self.last_row = -1
        self.last_column = -1
        self.stray: tuple[int, int] | None = None
        self.strays = 0
        self.far_filled = 0
        """How many strays surely hold a number or a text that people see, but for shared strings."""
        self.far_strings: list[int] = []
        """The numbers of the shared strings in strays."""

    def add(self, row: int, column: int) -> bool:
        """Takes a cell into account; True if it stands outside the window."""
        if row > self.last_row:
            self.last_row = row
        if column > self.last_column:
            self.last_column = column
        if row < WINDOW_ROWS and column < WINDOW_COLUMNS:
            return False
        self.strays += 1
        if self.stray is None:
            self.stray = row, column
        return True

    @property
    def area(self) -> int:
        return (self.last_row + 1) * (self.last_column + 1)

    @property
    def kept_area(self) -> int:
        """What is left of the area when the strays are gone."""
        return (
            self.area if self.sane else min(self.last_row + 1, WINDOW_ROWS) * min(self.last_column + 1, WINDOW_COLUMNS)
        )

    @property
    def sane(self) -> bool:
        return self.area <= SANE_AREA

    def far(self, blank_strings: Callable[[], Collection[int]] = frozenset) -> Far | None:
        """The strays that were left out; ``blank_strings`` are the numbers of empty shared strings."""
        if self.sane or self.stray is None:
            return None
        blank = blank_strings() if self.far_strings else ()
        filled = self.far_filled + sum(number not in blank for number in self.far_strings)
        return Far(self.strays, filled, *self.stray)


def check_sheets(number: int) -> None:
    """Raises Refused (unreadable) for more sheets than any real book has; before they are read, where that is known."""
    if number > MAX_SHEETS:
        raise too_large(f"工作表超过 {MAX_SHEETS} 张，没有读取")


def check_areas(extents: Sequence[Extent | None]) -> None:
    """Raises Refused (unreadable) when a book has more sheets or cells than any real one; None is a small sheet."""
    check_sheets(len(extents))
    if sum(extent.kept_area for extent in extents if extent) > MAX_AREA:
        raise too_large("表格范围过大，没有读取")


def clipped(merges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Area, ...]:
    """Merged areas cut to the window, so that nobody walks through a million merged rows."""
    rows, columns = WINDOW_ROWS, WINDOW_COLUMNS
    return tuple(
        [
            (top, left, bottom if bottom < rows else rows - 1, right if right < columns else columns - 1)
            for (top, left), (bottom, right) in merges
            if top <= bottom and left <= right and top < rows and left < columns
        ]
    )

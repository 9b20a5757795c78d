"""Cells as they come from any source: a saved workbook, a live range, a Word table.

Everything that reads a form reads it from a `Grid`, so that a form reads alike wherever it stands.
Rows and columns are counted from 0 here; `a1` gives the name that people see.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, groupby
from typing import Final, NamedTuple


class ErrorValue(NamedTuple):
    """An error value in a cell, such as ``#REF!`` (ECMA-376 Part 1, 18.18.11, type ``e``)."""

    code: str


class NoValue(NamedTuple):
    """A formula that was stored without a result, as openpyxl writes every formula.

    ``is_stored`` says that 0 is stored, as XlsxWriter does, in a workbook that asks to be calculated.
    """

    formula: str = ""
    is_stored: bool = False


Scalar = str | float | int | bool | datetime.date | datetime.time | datetime.timedelta | ErrorValue | NoValue | None
"""What one cell holds. ``""`` and ``None`` are both a blank cell; ``datetime.datetime`` is a ``date``."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; both ends belong to it."""

Lines = tuple[tuple[int, int], ...]
"""Rows or columns: the first and the last of each run, both belong to it."""


def in_runs(numbers: Iterable[int]) -> Lines:
    """Rows or columns in rising order, as runs."""
    runs = ([number for _, number in run] for _, run in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]))
    return tuple((run[0], run[-1]) for run in runs)


class Far(NamedTuple):
    """Cells with content far outside the window in which cells are read, of a sheet that reaches too far.

    ``filled`` is how many of them surely hold a number or a text that people see; the place is the first one's.
    """

    number: int
    filled: int
    row: int
    column: int


NO_FORMATS: Final[Mapping[tuple[int, int], str]] = {}
"""A plain mapping, which can be sent to another process; nobody may change it."""


COMMENT: Final = "批注"
PROMPT: Final = "输入提示"


class Attached(NamedTuple):
    """What is said on cells outside of them and may state a unit: ``where`` is `COMMENT` or `PROMPT`."""

    area: Area
    where: str
    text: str

    def is_on(self, row: int, column: int) -> bool:
        """It belongs to this cell."""
        top, left, bottom, right = self.area
        return top <= row <= bottom and left <= column <= right

    @property
    def place(self) -> str:
        """Where it stands, as people are told."""
        return f"{a1(*self.area[:2])} 的{self.where}"


class Grid(NamedTuple):
    """The cells of one sheet: ``rows[0][0]`` is A1. Rows may be shorter than the sheet is wide."""

    sheet: str
    rows: Sequence[Sequence[Scalar]]
    merges: Sequence[Area] = ()
    hidden: bool = False
    has_no_errors: bool = False
    """Known to hold no `ErrorValue` and no `NoValue`: then nobody need look for them."""
    formats: Mapping[tuple[int, int], str] = NO_FORMATS
    """Number format codes by row and column, of cells whose format names a unit of money or divides what is shown;
    `number_formats.STRUCK` for one whose font is struck out.

    Empty where the format hides them, and where no such format is in the book. What they tell: `number_formats`.
    """
    pictures: int = 0
    """Pictures on a sheet with hardly any filled cell; they are not counted elsewhere."""
    boxes: tuple[str, ...] = ()
    """The texts in text boxes and shapes of such a sheet."""
    around: tuple[tuple[str, str], ...] = ()
    """What is said of the sheet outside its cells that may state a unit: where (Chinese, such as 页眉) and the text."""
    hidden_rows: Lines = ()
    hidden_columns: Lines = ()
    """Of a sheet that may be visible itself; empty where the format hides them."""
    far: Far | None = None
    """Cells that were not read because they stand far outside any form."""
    attached: tuple[Attached, ...] = ()


class Carried(NamedTuple):
    """Something that a workbook carries beside its cells.

    ``kind`` is link, connection, macros, object or control; ``names`` are where links lead, as far as the file tells.
    """

    kind: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of one workbook, in their order, and what else the file says about itself."""

    path: str
    grids: Sequence[Grid]
    names: Mapping[str, str] = field(default_factory=dict)
    """Defined names of the book and what they refer to, such as ``'空白表'!$A$1``; empty if the format hides them."""
    sha256: str = ""
    kind: str = ""
    """What xl-perf wrote the file as (``department``, ``summary``, ``report`` …); empty for anybody else's."""
    template_version: str = ""
    profile_name: str = ""
    modified: str = ""
    notes: Sequence[str] = ()
    carried: Sequence[Carried] = ()
    """Chinese sentences on what was left out while reading, such as what somebody wrote beside 校验结果."""
    sees_errors: bool = True
    """False where the format hides error values and missing formula results: a blank may be one of them."""


BEYOND: Final = -1
"""Where a cell beyond the sheet's last column stands in `CellLine.line`."""


class CellLine:
    """The cells of a sheet in one line, row after row: what looks through all of them need not go row by row.

    All rows are as wide as the widest. Behind the last cell stands a None: what is `BEYOND`.
    """

    __slots__ = ("line", "width")

    def __init__(self, rows: Sequence[Sequence[Scalar]]) -> None:
        self.width = width = max(map(len, rows), default=0)
        line: list[Scalar] = list(chain.from_iterable(rows))
        if len(line) != width * len(rows):
            line = list(chain.from_iterable((*cells, *[None] * (width - len(cells))) for cells in rows))
        line.append(None)
        self.line = line

    def column(self, column: int | None, rows: range) -> list[Scalar]:
        """What a column holds in some rows of the sheet; blanks beyond its last, and for None."""
        if column is None or column >= self.width:
            return [None] * len(rows)
        return self.line[rows.start * self.width + column : rows.stop * self.width : self.width]

    def places(self, typed: Iterable[Scalar]) -> Iterator[tuple[int, int]]:
        """Row and column of cells whose contents are given in reading order."""
        at = -1
        for one in typed:
            at = self.line.index(one, at + 1)
            yield divmod(at, self.width)


def cell_at(row: int, column: int, width: int) -> int:
    """Where a cell stands in the line of a sheet of so many columns."""
    return row * width + column if column < width else BEYOND


def is_blank_row(cells: Sequence[Scalar]) -> bool:
    """No cell holds anything: a template's spare row, which nobody need look at more closely."""
    return cells.count("") + cells.count(None) == len(cells)


LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """``0`` -> ``A``, ``27`` -> ``AB``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """The name of a cell: ``a1(2, 2)`` is ``C3``."""
    return f"{column_letters(column)}{row + 1}"


def column_number(letters: str) -> int:
    """``A`` -> ``0``, ``AB`` -> ``27``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_place(name: str) -> tuple[int, int]:
    """The row and column of a cell's name: ``C3`` is ``(2, 2)``."""
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]) - 1, column_number(letters)

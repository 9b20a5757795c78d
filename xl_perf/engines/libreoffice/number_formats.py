"""Number formats: Excel's codes, and the keys that a LibreOffice document keeps them under."""

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, Final

from xl_perf.engines.libreoffice.addresses import Block
from xl_perf.engines.libreoffice.bridge import struct
from xl_perf.engines.libreoffice.member import Member
from xl_perf.engines.libreoffice.typed import BOOLEAN, GENERAL

_TEXT: Final = 256
_DATE_OR_TIME: Final = 6
_LOGICAL: Final = 1024
# com.sun.star.util.NumberFormat


class NumberFormats(Member):
    """The formats of one document. A key never changes its meaning, so each is asked for once."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._formats = document.getNumberFormats()
        self._english = struct("com.sun.star.lang.Locale", Language="en", Country="US")
        self._codes: dict[int, tuple[str, int]] = {}
        self._keys: dict[str, int] = {}

    def key(self, code: str) -> int:
        """The key of Excel's format code, which is added where the document lacks it."""
        if code not in self._keys:
            found = self._formats.queryKey(code, self._english, False)
            self._keys[code] = self._formats.addNew(code, self._english) if found < 0 else found
        return self._keys[code]

    def code(self, key: int) -> str:
        """Excel's format code of a key."""
        return self._described(key)[0]

    def is_text(self, key: int) -> bool:
        """Whether cells of this format keep every entry as the text that it is."""
        return bool(self._described(key)[1] & _TEXT)

    def is_general(self, key: int) -> bool:
        """Whether cells of this format take on the format of what is typed."""
        return self._described(key)[0] == GENERAL

    def is_date(self, key: int) -> bool:
        """Whether numbers in this format are dates or times."""
        return bool(self._described(key)[1] & _DATE_OR_TIME)

    def is_boolean(self, key: int) -> bool:
        """Whether numbers in this format are truth values."""
        return bool(self._described(key)[1] & _LOGICAL)

    def _described(self, key: int) -> tuple[str, int]:
        if key not in self._codes:
            # Built-in formats follow the person's language; asked in English they read as in Excel.
            found = self._formats.getByKey(self._formats.getFormatForLocale(key, self._english))
            code, kind = found.FormatString, found.Type
            if kind & _DATE_OR_TIME:
                code = _lower(code)
            self._codes[key] = (BOOLEAN if kind & _LOGICAL else code), kind
        return self._codes[key]

    def of_cells(self, sheet: Any, cells: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """The format's key of each of these cells (row and column from 0) of LibreOffice's sheet.

        Costs as many calls as there are different looks around the cells, however many cells there are.
        """
        wanted = list(cells)
        if not wanted:
            return {}
        rows, columns = [row for row, _ in wanted], [column for _, column in wanted]
        block = sheet.getCellRangeByPosition(min(columns), min(rows), max(columns), max(rows))
        if block.getPropertyState("NumberFormat").value != "AMBIGUOUS_VALUE":
            return dict.fromkeys(wanted, block.NumberFormat)
        keys: dict[tuple[int, int], int] = {}
        groups = block.getUniqueCellFormatRanges()
        for number in range(groups.getCount()):
            group = groups.getByIndex(number)
            keys |= dict.fromkeys(cells_of(group.getRangeAddresses()), group.NumberFormat)
        return {cell: keys[cell] for cell in wanted}

    def ranges(self, sheet_number: int, cells: Iterable[tuple[int, int]]) -> Any:
        """LibreOffice's collection of these cells, to be asked or changed at one go."""
        ranges = self._document.createInstance("com.sun.star.sheet.SheetCellRanges")
        ranges.addRangeAddresses(tuple(_addresses(sheet_number, cells)), True)
        return ranges


def _lower(code: str) -> str:
    """LibreOffice writes YYYY-MM-DD, Excel yyyy-mm-dd. What is quoted stays."""
    parts = code.split('"')
    parts[::2] = [part.lower() for part in parts[::2]]
    return '"'.join(parts)


def _addresses(sheet_number: int, cells: Iterable[tuple[int, int]]) -> Iterator[Any]:
    """The cells as few upright blocks: columns are alike more often than rows."""
    start: tuple[int, int] | None = None
    last = (-2, -2)
    for column, row in sorted((column, row) for row, column in cells):
        if start is not None and (column, row) == (last[0], last[1] + 1):
            last = column, row
            continue
        if start is not None:
            yield _address(sheet_number, start, last)
        start = last = column, row
    if start is not None:
        yield _address(sheet_number, start, last)


def cells_of(addresses: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """The cells (row and column from 0) of LibreOffice's addresses."""
    for one in addresses:
        yield from itertools.product(range(one.StartRow, one.EndRow + 1), range(one.StartColumn, one.EndColumn + 1))


def _address(sheet_number: int, start: tuple[int, int], last: tuple[int, int]) -> Any:
    block = Block(start[1] + 1, start[0] + 1, last[1] - start[1] + 1, 1)
    return cell_range_address(sheet_number, block)


def cell_range_address(sheet_number: int, block: Block) -> Any:
    """The block as LibreOffice's struct, which counts from 0."""
    return struct(
        "com.sun.star.table.CellRangeAddress",
        Sheet=sheet_number,
        StartRow=block.row - 1,
        StartColumn=block.column - 1,
        EndRow=block.last_row - 1,
        EndColumn=block.last_column - 1,
    )

"""Links from a written workbook to cells: of the same workbook, or of the books that were read.

Paths are relative to the folder of the written workbook where that is possible, so that both can move together.
"""

import os
import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from xl_perf.core.cells.grid import column_letters
from xl_perf.core.model.named_files import seen_from
from xl_perf.sheets.texts import quoted
from xl_perf.written.stream import ROW, text_formula

MOST_LINKS: Final = 65_530
"""Hyperlinks per sheet (Excel's specifications and limits)."""
_LONGEST: Final = 2_079
"""UTF-16 units of a hyperlink's address or place, as XlsxWriter checks it too."""
_LONGEST_FORMULA: Final = 255
"""Characters of the address that the function HYPERLINK takes."""
_READ_AS_ESCAPE: Final = re.compile(r"#|%[0-9A-Fa-f]{2}")
_UNWRITABLE: Final = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that file names on Linux may hold and XML may not."""
_MEMBER: Final = re.compile(r"\.(?:zip|eml|msg)!", re.IGNORECASE)
"""In the path of a workbook in an archive, to which no link leads."""
_ESCAPES: Final = {ord(char): f"%{ord(char):02x}" for char in '%# "<>[]^`{}'}


def relative(path: str, folder: Path) -> str:
    """The path as seen from a folder; the absolute path where there is no way, as between Windows drives."""
    head, name = os.path.split(path)
    there = _way(head, str(folder))
    return name if there == os.curdir else os.path.join(there, name)  # noqa: PTH118


def told_from(text: str, folder: Path) -> str:
    """A text with the files that it names as seen from a folder."""
    return seen_from(text, partial(relative, folder=folder))


@lru_cache(maxsize=1024)
def _way(head: str, folder: str) -> str:
    try:
        return os.path.relpath(head or os.curdir, folder)
    except ValueError:
        return str(Path(head).absolute())


def external(file: str, sheet: str | None, cell: str | None) -> str | None:
    """The address of a cell in another workbook for ``write_url``; None where Excel takes none."""
    place = _place(sheet, cell)
    if len(place) > _LONGEST or _UNWRITABLE.search(file) or _MEMBER.search(file):
        return None
    # Escaped here, and not by XlsxWriter, which takes the first # of a file's name for the end of the path.
    address = f"external:{file.translate(_ESCAPES)}#{place}"
    return address if len(address) <= _LONGEST else None


def internal(sheet: str, cell: str | None) -> str:
    """The address of a cell in the same workbook for ``write_url``."""
    return f"internal:{_place(sheet, cell)}"


@lru_cache(maxsize=4096)
def _place(sheet: str | None, cell: str | None) -> str:
    return f"{quoted(sheet)}!{cell or 'A1'}" if sheet else "A1"


class FormulaLinks:
    """Links to the cells of one file as HYPERLINK formulas, which cost no memory and know no limit per sheet.

    The address is put together from the cell of the same row that names the file.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        is_unfit = any(pattern.search(file) for pattern in (_READ_AS_ESCAPE, _UNWRITABLE, _MEMBER))
        self._room = 0 if is_unfit else _LONGEST_FORMULA - len(file)

    def cell(self, file_column: int, sheet: str | None, cell: str | None, shown: str) -> bytes | None:
        """What a cell with the link holds; None where the function would not find the place."""
        if len(_place(sheet, cell)) >= self._room or len(shown) > _LONGEST_FORMULA:
            return None
        return _formula(file_column, sheet, cell, shown)


@lru_cache(maxsize=4096)
def _formula(file_column: int, sheet: str | None, cell: str | None, shown: str) -> bytes:
    """The formula is the same in every row: the name of the file stands beside it."""
    literal, said = (one.replace('"', '""').replace(ROW, "") for one in (_place(sheet, cell), shown))
    return text_formula(f'HYPERLINK({column_letters(file_column)}{ROW}&"#{literal}","{said}")', shown)

"""Links from a written workbook to cells: of the same workbook, or of the books that were read.

Paths are relative to the folder of the written workbook where that is possible, so that both can move together.
"""

import os
import re
from pathlib import Path
from typing import Final

from xl_perf.books.layout import quoted

MOST_LINKS: Final = 65_530
"""Hyperlinks per sheet (Excel's specifications and limits)."""
_LONGEST: Final = 2_079
"""UTF-16 units of a hyperlink's address or place, as XlsxWriter checks it too."""
_LONGEST_FORMULA: Final = 255
"""Characters of the address that the function HYPERLINK takes."""
_READ_AS_ESCAPE: Final = re.compile(r"#|%[0-9A-Fa-f]{2}")
_UNWRITABLE: Final = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that file names on Linux may hold and XML may not."""
_ESCAPES: Final = {ord(char): f"%{ord(char):02x}" for char in '%# "<>[]^`{}'}


def relative(path: str, folder: Path) -> str:
    """The path as seen from a folder; the absolute path where there is no way, as between Windows drives."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(Path(path).absolute())


def external(file: str, sheet: str | None, cell: str | None) -> str | None:
    """The address of a cell in another workbook for ``write_url``; None where Excel takes none."""
    place = _place(sheet, cell)
    if len(place) > _LONGEST or _UNWRITABLE.search(file):
        return None
    # Escaped here, and not by XlsxWriter, which takes the first # of a file's name for the end of the path.
    address = f"external:{file.translate(_ESCAPES)}#{place}"
    return address if len(address) <= _LONGEST else None


def internal(sheet: str, cell: str | None) -> str:
    """The address of a cell in the same workbook for ``write_url``."""
    return f"internal:{_place(sheet, cell)}"


def formula_place(file: str, sheet: str | None, cell: str | None) -> str | None:
    """What follows the file's name in a HYPERLINK formula, as a text literal without quotes.

    None where the function would not find it: too long, or a name in which programs see an escape.
    """
    place = f"#{_place(sheet, cell)}"
    if len(file) + len(place) > _LONGEST_FORMULA or _READ_AS_ESCAPE.search(file) or _UNWRITABLE.search(file):
        return None
    return place.replace('"', '""')


def _place(sheet: str | None, cell: str | None) -> str:
    return f"{quoted(sheet)}!{cell or 'A1'}" if sheet else "A1"

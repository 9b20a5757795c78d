"""Who has a workbook open, by the files that programs put beside it meanwhile."""

from pathlib import Path
from typing import Final

_LIBREOFFICE: Final = ".~lock.{}#"
_OFFICE: Final = "~${}"
_LENGTH: Final = 55
"""Where Excel's file has the number of the name's letters, in two bytes, with the name behind them."""
_MOST: Final = 1024


def opened_by(book: str | Path) -> str:
    """The name that somebody has given in LibreOffice, Excel or WPS; empty where nobody has, or it cannot be read.

    What is left of a program that crashed is taken for its user, too.
    """
    path = Path(book)
    return _by_libreoffice(path.with_name(_LIBREOFFICE.format(path.name))) or _by_office(path)


def _by_libreoffice(lock: Path) -> str:
    """Its file is one line: name, account, computer, time, profile; a comma in a name has a backslash before it."""
    fields = _start(lock).decode("utf-8", "replace").replace("\\,", "，").split(",")
    return next((field.strip() for field in fields[:3] if field.strip()), "") if len(fields) > 3 else ""


def _by_office(book: Path) -> str:
    """Its file has the name in the system's code page, padded, and once more in UTF-16."""
    held = _start(book.with_name(_OFFICE.format(book.name)))
    if len(held) < _LENGTH + 2:
        return ""
    length = int.from_bytes(held[_LENGTH : _LENGTH + 2], "little")
    return held[_LENGTH + 2 :][: 2 * length].decode("utf-16-le", "replace").strip()


def _start(lock: Path) -> bytes:
    try:
        with lock.open("rb") as file:
            return file.read(_MOST)
    except (OSError, ValueError):
        return b""

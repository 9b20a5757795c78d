"""The sheets of the open book by their names, in as few calls as the program allows.

xlwings' ``Book.sheet_names`` asks every sheet; asked once for every sheet it makes a press quadratic.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlwings import Book, Sheet


def names_of(book: "Book") -> list[str]:
    """The names of all sheets in their order; in LibreOffice one call."""
    if book.app.engine.name == "libreoffice":
        return list(book.sheets.api.getElementNames())
    return book.sheet_names


def sheet_named(book: "Book", name: str) -> "Sheet | None":
    """A sheet by its name, or None. Where it is there, what it costs does not depend on the other sheets."""
    try:
        found = book.sheets[name]
        if found.name == name:  # Excel on macOS only now looks whether it is there
            return found
    except Exception:  # each host has its own, for a sheet that is not there and for other mishaps
        if name in names_of(book):
            raise
    return None

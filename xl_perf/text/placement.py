"""Where the headings and the rows of a text stand: worked out beforehand, or found in the PDF that was made of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from xl_perf.text.pdf_places import places_of


class Placement(NamedTuple):
    """Where things stand.

    ``headings`` are the page numbers of those in the contents. Of each table of the forms, in their order: ``breaks``
    are the rows (from 0) that begin a page, ``joins`` says that the next table begins on the page on which it ends.
    """

    headings: tuple[int, ...] = ()
    breaks: tuple[tuple[int, ...], ...] = ()
    joins: tuple[bool, ...] = ()


class Written(NamedTuple):
    """What a text says of its pages, and how many rows the tables of its forms have."""

    placement: Placement
    rows: tuple[int, ...]


def heading_mark(number: int) -> str:
    """The bookmark of a heading (from 1); Word hides those that begin with an underscore."""
    return f"_Toc{number:09d}"


class Marks(NamedTuple):
    """The bookmarks of the rows of one table of the forms (from 0)."""

    table: int

    def begin(self, row: int) -> str:
        """Where a row begins."""
        return f"_Row{self.table}x{row}"

    def end(self, row: int) -> str:
        """Where the longest text of a row ends."""
        return f"_End{self.table}x{row}"

    def number(self, row: int) -> int:
        """The first of two numbers for a row's bookmarks, which no other has."""
        return (self.table + 1) * 1_000_000 + 2 * row


_STORED: Final = re.compile(r"(?:_|_?5F)?(Toc|Row|End)([0-9x]+)")
"""How LibreOffice calls these in a PDF: the underscore is replaced by its code."""


def found_placement(pdf: bytes, headings: int, rows: Sequence[int]) -> Placement | None:
    """Where things stand in the PDF of a text with so many headings, and tables of so many rows.

    Pages count from the first heading's. None where the PDF does not say of every heading and row where it stands.
    """
    places = {
        f"_{match[1]}{match[2]}": page for name, page in places_of(pdf).items() if (match := _STORED.fullmatch(name))
    }
    try:
        pages = [places[heading_mark(number)] for number in range(1, headings + 1)]
        tables = [_pages_of_rows(places, Marks(table), count) for table, count in enumerate(rows)]
    except KeyError:
        return None
    return Placement(
        tuple(page - pages[0] + 1 for page in pages),
        tuple(tuple(row for row in range(1, len(table)) if table[row][0] > table[row - 1][1]) for table in tables),
        tuple(at + 1 < len(tables) and tables[at + 1][0][0] == table[-1][1] for at, table in enumerate(tables)),
    )


def _pages_of_rows(places: Mapping[str, int], marks: Marks, count: int) -> list[tuple[int, int]]:
    """The page on which each row begins, and the one on which it ends."""
    begins = [places[marks.begin(row)] for row in range(count)]
    return [(page, places.get(marks.end(row), page)) for row, page in enumerate(begins)]

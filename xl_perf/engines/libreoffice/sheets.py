"""The sheets of a book."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.grid import LAST_COLUMN, LAST_ROW
from xl_perf.engines.libreoffice.addresses import Block, parse
from xl_perf.engines.libreoffice.cell_range import Range, block_of
from xl_perf.engines.libreoffice.charts import Charts
from xl_perf.engines.libreoffice.member import Member
from xl_perf.engines.libreoffice.names import Names
from xl_perf.engines.libreoffice.notes import Note
from xl_perf.engines.libreoffice.protection import Refused, SheetApi
from xl_perf.engines.libreoffice.shapes import Shapes
from xl_perf.sheets.texts import quoted

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.books import Book

_PLAIN_NAME: Final = re.compile(r"[^\W\d][\w.]*")


class Sheets(Member):
    """The sheets of a book in their order; ``sheets("01")`` or ``sheets(1)``, counted from 1."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    @property
    def api(self) -> Any:
        """LibreOffice's own collection."""
        return self._book.api.getSheets()

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __iter__(self) -> Iterator["Sheet"]:
        sheets = self.api
        for name in sheets.getElementNames():
            yield Sheet(self._book, sheets.getByName(name))

    def __call__(self, key: str | int) -> "Sheet":
        if isinstance(key, int):
            if not 1 <= key <= len(self):
                raise IndexError(f"no sheet {key}")
            return Sheet(self._book, self.api.getByIndex(key - 1))
        exact = self.called(key)
        if exact is None:
            raise KeyError(key)
        return Sheet(self._book, self.api.getByName(exact))

    def __contains__(self, key: str) -> bool:
        return self.called(key) is not None

    def called(self, key: str) -> str | None:
        """The name of a sheet in its own letters, in whatever case it is asked for."""
        sheets = self.api
        if sheets.hasByName(key):
            return key
        return next((name for name in sheets.getElementNames() if name.casefold() == key.casefold()), None)

    @property
    def active(self) -> "Sheet":
        """The sheet in front."""
        return Sheet(self._book, self._book.controller.getActiveSheet())

    def add(self, before: "Sheet | None" = None, after: "Sheet | None" = None, name: str | None = None) -> "Sheet":
        """A new sheet, which comes to the front: before or after another, else before the active one."""
        place = after.number + 1 if after else (before or self.active).number
        called = name or self._free_name()
        self.api.insertNewByName(called, place)
        made = self(called)
        made.activate()
        return made

    def _free_name(self) -> str:
        return next(name for number in range(1, len(self) + 2) if (name := f"Sheet{number}") not in self)


class Sheet(Member):
    """One sheet."""

    def __init__(self, book: "Book", uno: Any) -> None:
        self._book = book
        self._api = SheetApi(uno)

    @property
    def api(self) -> SheetApi:
        """Excel's names for protection, and ``uno``, LibreOffice's own sheet."""
        return self._api

    @property
    def book(self) -> "Book":
        """The book that it belongs to."""
        return self._book

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._api.uno.getName())

    @name.setter
    def name(self, value: str) -> None:
        other = self._book.sheets.called(value)
        if other not in (None, self.name):
            raise Refused(f"There is a sheet {value} already")
        self._api.uno.setName(value)

    @property
    def quoted(self) -> str:
        """The name as Excel writes it in references: in quotes where it must be."""
        name = self.name
        return name if _PLAIN_NAME.fullmatch(name) and parse(name) is None else quoted(name)

    @property
    def number(self) -> int:
        """Its place among the sheets, counted from 0."""
        return int(self._api.uno.getRangeAddress().Sheet)

    @property
    def index(self) -> int:
        """Its place among the sheets, counted from 1."""
        return self.number + 1

    @property
    def visible(self) -> int:
        """Whether people see its tab, as Excel on Windows says it: -1 or 0."""
        return self._api.Visible

    @visible.setter
    def visible(self, value: bool | int) -> None:
        if value in (0, 2) and self._is_last_visible():
            raise Refused("A book must have a visible sheet")
        self._api.Visible = int(value)

    def _is_last_visible(self) -> bool:
        if not self.visible:
            return False
        others = (sheet for sheet in self._book.sheets if sheet.number != self.number)
        return not any(sheet.visible for sheet in others)

    @property
    def names(self) -> Names:
        """The names that belong to this sheet."""
        return Names(self._book, self)

    @property
    def charts(self) -> Charts:
        """The charts on it."""
        return Charts(self)

    @property
    def shapes(self) -> Shapes:
        """The shapes on it, buttons among them."""
        return Shapes(self)

    @property
    def notes(self) -> list[Note]:
        """The notes on it."""
        found = [(note.getPosition(), note) for note in self._api.uno.getAnnotations()]
        return [Note(self._cell(place.Row, place.Column), note) for place, note in found]

    def _cell(self, row: int, column: int) -> Range:
        return Range(self, Block(row + 1, column + 1, 1, 1))

    # --- cells

    def range(self, first: Any, second: Any = None) -> Range:
        """Cells by address, by name, by (row, column), by (row, column, rows, columns), or between two of these."""
        start = self._block(first)
        if second is None:
            return Range(self, start)
        end = self._block(second)
        row, column = min(start.row, end.row), min(start.column, end.column)
        last_row, last_column = max(start.last_row, end.last_row), max(start.last_column, end.last_column)
        return Range(self, Block(row, column, last_row - row + 1, last_column - column + 1))

    def _block(self, place: Any) -> Block:
        if isinstance(place, str):
            block = parse(place)
            return self._named(place) if block is None else block
        if isinstance(place, tuple):
            if 0 in place[:2]:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            row, column, rows, columns = place if len(place) == 4 else (*place, 1, 1)
            return Block(row, column, rows, columns)
        found: Block = (place if isinstance(place, Range) else place.impl).block  # ours, or xlwings' own around it
        return found

    def _named(self, name: str) -> Block:
        for names in (self.names, self._book.names):
            if names.contains(name):
                found = names(name).refers_to_range
                if found.sheet.number == self.number:
                    return found.block
        raise Refused(f"{self.name} has no cells {name}")

    @property
    def cells(self) -> Range:
        """All cells."""
        return Range(self, Block(1, 1, LAST_ROW, LAST_COLUMN))

    @property
    def used_range(self) -> Range:
        """The smallest block that holds everything that is on the sheet."""
        cursor = self._api.uno.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return Range(self, block_of(cursor.getRangeAddress()))

    def clear_contents(self) -> None:
        """Takes all values away."""
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        """Takes all looks away."""
        self.used_range.clear_formats()

    def clear(self) -> None:
        """Takes everything in cells away."""
        self.used_range.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Fits rows, columns or both."""
        self.used_range.autofit(axis)

    # --- the sheet as a whole

    def activate(self) -> None:
        """Brings it to the front. A hidden sheet cannot come."""
        if not self.visible:
            raise Refused(f"{self.name} is hidden")
        self._book.controller.setActiveSheet(self._api.uno)

    def select(self) -> None:
        """Brings it to the front."""
        self.activate()

    def delete(self) -> None:
        """Takes the sheet away. Excel keeps at least one that is visible."""
        if self._is_last_visible():
            raise Refused("A book must have a visible sheet")
        self._book.api.getSheets().removeByName(self.name)

    def copy(self, before: "Sheet | None" = None, after: "Sheet | None" = None) -> None:
        """Copies it, into the other sheet's book; the copy comes to the front."""
        other = before or after
        if other is None:
            raise NotImplementedError("LibreOffice: Sheet.copy to a new book")
        place = other.number + (after is not None)
        sheets = other.book.sheets
        if other.book.api != self._book.api:
            place = sheets.api.importSheet(self._book.api, self.name, place)
            sheets(place + 1).activate()
            return
        number = 2
        while (called := f"{self.name[: 31 - len(f' ({number})')]} ({number})") in sheets:
            number += 1
        sheets.api.copyByName(self.name, called, place)
        sheets(called).activate()

    def move(self, before: "Sheet | None" = None, after: "Sheet | None" = None) -> None:
        """Moves it before or after another sheet of its book."""
        other = before or after
        assert other is not None  # xlwings sees to it
        self._book.api.getSheets().moveByName(self.name, other.number + (after is not None))

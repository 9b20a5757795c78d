"""What belongs to a range: looks, notes, lists; and defined names."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.excel import references
from tests.excel.errors import NotThere, Refused
from tests.excel.model import Cell, cells_of

if TYPE_CHECKING:
    from tests.excel.ranges import Range

PROTECTED = "The cell or chart you're trying to change is on a protected sheet."
NONE = -4142
"""xlNone, xlColorIndexNone."""


class Object:
    """What all of Excel's objects have."""

    def __init__(self, application: Any) -> None:
        self._application = application

    @property
    def Application(self) -> Any:
        return self._application


class Part(Object):
    """Something that belongs to a range."""

    def __init__(self, cells: "Range") -> None:
        super().__init__(cells.Application)
        self._cells = cells


class Interior(Part):
    """Fills."""

    @property
    def Color(self) -> int | None:
        found = self._cells._same(lambda look: look.color)
        return 0xFFFFFF if found is None else int(found)

    @Color.setter
    def Color(self, value: int) -> None:
        self._fill(int(value))

    @property
    def ColorIndex(self) -> int | None:
        found = {look.color is None for look in self._cells._looks()}
        return None if len(found) > 1 else NONE if True in found else 1

    @ColorIndex.setter
    def ColorIndex(self, value: int) -> None:
        if value != NONE:
            raise NotImplementedError
        self._fill(None)

    def _fill(self, color: int | None) -> None:
        self._cells._check_allowed("AllowFormattingCells")
        for look in self._cells._looks():
            look.color = color


class Font(Part):
    """Of cells."""

    @property
    def Bold(self) -> bool | None:
        found: bool | None = self._cells._same(lambda look: look.bold)
        return found

    @Bold.setter
    def Bold(self, value: bool) -> None:
        self._cells._check_allowed("AllowFormattingCells")
        for look in self._cells._looks():
            look.bold = value

    @property
    def Color(self) -> int | None:
        found: int | None = self._cells._same(lambda look: look.font_color)
        return found

    @Color.setter
    def Color(self, value: int) -> None:
        self._cells._check_allowed("AllowFormattingCells")
        for look in self._cells._looks():
            look.font_color = int(value)


class Validation(Part):
    """What may be chosen in a cell."""

    @property
    def Formula1(self) -> str:
        sheet, (row, column) = self._cells._sheet, (self._cells.Row, self._cells.Column)
        found = next((one for one in sheet.choices if one.area.holds(row, column)), None)
        if found is None:
            raise Refused("Application-defined or object-defined error")
        return found.formula


class Borders(Part):
    """Lines: taken, and not kept."""

    def default(self, Index: int) -> "Border":
        return Border(self._cells)

    def Item(self, Index: int) -> "Border":
        return Border(self._cells)


class Border(Part):
    """One side."""

    def __init__(self, cells: "Range") -> None:
        super().__init__(cells)
        self.LineStyle = 1
        self.Weight = 2
        self.Color = 0


class Comment(Part):
    """A note. Its box is four lines high until it is told to fit."""

    @property
    def _cell(self) -> Cell:
        return self._cells._sheet.cell(self._cells.Row, self._cells.Column)

    @property
    def Parent(self) -> "Range":
        return self._cells

    @property
    def Author(self) -> str:
        return ""

    def Text(self, Text: str | None = None) -> str:
        if Text is not None:
            if self._cells._sheet.is_protected:
                raise Refused(PROTECTED)
            self._cell.note = Text
        return self._cell.note or ""

    def Delete(self) -> None:
        if self._cells._sheet.is_protected:
            raise Refused(PROTECTED)
        self._cell.note = None

    @property
    def Shape(self) -> "NoteShape":
        return NoteShape(self._cells)


class CommentThreaded(Part):
    """A comment that people answer. A cell with one takes no note."""

    @property
    def _thread(self) -> list[str]:
        return self._cells._sheet.cell(self._cells.Row, self._cells.Column).thread

    @property
    def Parent(self) -> "Range":
        return self._cells

    @property
    def Replies(self) -> "Replies":
        return Replies(self._cells)

    def Text(self, Text: str | None = None) -> str:
        if Text is not None:
            self._thread[0] = Text
        return self._thread[0]

    def Delete(self) -> None:
        self._thread.clear()


class Replies(Part):
    """The answers to a comment."""

    @property
    def _answers(self) -> list[str]:
        return self._cells._sheet.cell(self._cells.Row, self._cells.Column).thread[1:]

    @property
    def Count(self) -> int:
        return len(self._answers)

    def Item(self, Index: int) -> "Reply":
        return Reply(self._cells, self._answers[Index - 1])

    def each(self) -> Iterator["Reply"]:
        return (Reply(self._cells, text) for text in self._answers)


class Reply(Part):
    """One answer."""

    def __init__(self, cells: "Range", text: str) -> None:
        super().__init__(cells)
        self._text = text

    def Text(self) -> str:
        return self._text


class NoteShape(Part):
    """The box of a note."""

    @property
    def _size(self) -> list[float]:
        return self._cells._sheet.cell(self._cells.Row, self._cells.Column).note_size

    @property
    def Width(self) -> float:
        return self._size[0]

    @Width.setter
    def Width(self, value: float) -> None:
        self._size[0] = float(value)

    @property
    def Height(self) -> float:
        return self._size[1]

    @Height.setter
    def Height(self, value: float) -> None:
        self._size[1] = float(value)

    @property
    def TextFrame(self) -> "TextFrame":
        return TextFrame(self._cells)


class TextFrame(Part):
    """What its text stands in. AutoSize makes each paragraph one line, however long."""

    @property
    def AutoSize(self) -> bool:
        raise NotImplementedError

    @AutoSize.setter
    def AutoSize(self, value: bool) -> None:
        cell = self._cells._sheet.cell(self._cells.Row, self._cells.Column)
        if value:
            lines = (cell.note or "").split("\n")
            cell.note_size[:] = [12.0 * max(map(len, lines)) + 10, 14.0 * len(lines) + 6]


class Name(Object):
    """A defined name, of the book or of a sheet."""

    def __init__(self, application: Any, book: Any, names: dict[str, str], key: str, sheet: str = "") -> None:
        super().__init__(application)
        self._book, self._names, self._key, self._sheet = book, names, key, sheet

    @property
    def Name(self) -> str:
        return f"{references.quoted(self._sheet)}!{self._key}" if self._sheet else self._key

    @property
    def RefersTo(self) -> str:
        return self._names[self._key]

    @RefersTo.setter
    def RefersTo(self, value: str) -> None:
        self._names[self._key] = value
        self._book.data.changed()

    @property
    def RefersToRange(self) -> "Range":
        cells = cells_of(self._names[self._key])
        if cells is None:
            raise Refused("Application-defined or object-defined error")
        from tests.excel.ranges import Range

        return Range(self._book.Worksheets.default(cells.sheet), cells.area)

    def Delete(self) -> None:
        del self._names[self._key]
        self._book.data.changed()


class Names(Object):
    """Names of a book or of a sheet."""

    def __init__(self, application: Any, book: Any, names: dict[str, str], sheet: str = "") -> None:
        super().__init__(application)
        self._book, self._names, self._sheet = book, names, sheet

    @property
    def Count(self) -> int:
        return len(self._names)

    def Item(self, Index: int | str) -> "Name":
        keys = list(self._names)
        found = keys[Index - 1] if isinstance(Index, int) and 0 < Index <= len(keys) else None
        if isinstance(Index, str):
            found = next((key for key in keys if key.casefold() == Index.rpartition("!")[2].casefold()), None)
        if found is None:
            raise NotThere(f"no name {Index}")
        return Name(self._application, self._book, self._names, found, self._sheet)

    def default(self, Index: int | str) -> "Name":
        return self.Item(Index)

    def Add(self, Name: str, RefersTo: str) -> "Name":
        self._names[Name] = RefersTo
        self._book.data.changed()
        return self.Item(Name)

    def each(self) -> Iterator["Name"]:
        return (self.Item(key) for key in list(self._names))

"""Sheets of a book under Excel's names, answering as Excel's documentation says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.excel import references
from tests.excel.errors import NotThere, Refused
from tests.excel.formulas import calculated
from tests.excel.model import MAY, VERY_HIDDEN, VISIBLE, Sheet
from tests.excel.parts import Names, Object
from tests.excel.ranges import Range
from tests.excel.references import Area
from tests.excel.sheet_parts import AutoFilter, Comments, CommentsThreaded, PageSetup, Protection, Shapes
from xl_perf.sheets.findings_columns import FILLS

if TYPE_CHECKING:
    from tests.excel.objects import Workbook


class Worksheets(Object):
    """The sheets of a book in their order."""

    def __init__(self, book: "Workbook") -> None:
        super().__init__(book.Application)
        self._book = book

    @property
    def Parent(self) -> "Workbook":
        return self._book

    @property
    def Count(self) -> int:
        return len(self._book.data.sheets)

    def Item(self, Index: int | str) -> "Worksheet":
        sheets = self._book.data.sheets
        found = self._book.data.sheet(Index) if isinstance(Index, str) else None
        if isinstance(Index, int | float) and 1 <= Index <= len(sheets):
            found = sheets[int(Index) - 1]
        if found is None:
            raise NotThere("Subscript out of range")
        return Worksheet(self._book, found)

    def default(self, Index: int | str | tuple[str, ...]) -> "Worksheet | Sheets":
        return Sheets(self._book, Index) if isinstance(Index, tuple) else self.Item(Index)

    def each(self) -> Iterator["Worksheet"]:
        return (Worksheet(self._book, sheet) for sheet in list(self._book.data.sheets))

    def Add(self, Before: "Worksheet | None" = None, After: "Worksheet | None" = None) -> "Worksheet":
        """Before or after a sheet, else before the active one; it comes to the front."""
        self._book.check_structure()
        data = self._book.data
        number = next(one for one in range(1, 1000) if data.sheet(f"Sheet{one}") is None)
        sheet = Sheet(data, f"Sheet{number}")
        data.sheets.insert(place_of(self._book, Before, After), sheet)
        data.changed()
        self._book.front = sheet
        return Worksheet(self._book, sheet)


class Sheets(Object):
    """Some sheets of a book, by their names."""

    def __init__(self, book: "Workbook", names: tuple[str, ...]) -> None:
        super().__init__(book.Application)
        self._sheets = [book.Worksheets.Item(name).data for name in names]

    def PrintOut(self) -> bool:
        """One job for all of them: a line each, and whether it is black on white."""
        if not self.Application.ActivePrinter:
            raise Refused("No printers are installed.")
        lines = [_on_paper(one) for one in self._sheets]
        self.Application.printed.append(lines)
        return True


def _on_paper(sheet: Sheet) -> str:
    """How a sheet comes out of the printer. Cells are marked that have a note and a fill of ours."""
    fills = {int("".join(reversed(re.findall("..", fill[1:]))), 16) for fill in FILLS.values()}
    cells = sheet.cells.values()
    is_marked = any(cell.look.color in fills and (cell.note or "").startswith("【校验") for cell in cells)
    how = "black" if sheet.is_black_and_white else "coloured"
    return f"{sheet.name} {how}{' marked' if is_marked and how == 'coloured' else ''}"


def place_of(book: "Workbook", before: "Worksheet | None", after: "Worksheet | None") -> int:
    """Where a sheet goes. After a sheet that is hidden Excel puts it before the next one that is visible, or last."""
    sheets = book.data.sheets
    if after is None:
        return sheets.index(before.data if before is not None else book.front)
    return sheets.index(after.data) + 1


class Worksheet(Object):
    """One sheet."""

    def __init__(self, book: "Workbook", data: Sheet) -> None:
        super().__init__(book.Application)
        self._book = book
        self.data = data

    @property
    def Parent(self) -> "Workbook":
        return self._book

    @property
    def Name(self) -> str:
        return self.data.name

    @Name.setter
    def Name(self, value: str) -> None:
        self._book.check_structure()
        self._book.data.rename(self.data, value)

    @property
    def Index(self) -> int:
        return self._book.data.sheets.index(self.data) + 1

    @property
    def Visible(self) -> int:
        return self.data.visible

    @Visible.setter
    def Visible(self, value: int) -> None:
        """-1, 0 or 2; True is -1 in a VARIANT, and 1 counts as visible."""
        self._book.check_structure()
        wanted = {1: VISIBLE, -1: VISIBLE, 0: 0, 2: VERY_HIDDEN}[int(value)]
        if wanted != VISIBLE and self._book.shown() == [self.data]:
            raise Refused("Unable to set the Visible property of the Worksheet class")
        self.data.visible = wanted
        if wanted != VISIBLE and self._book.front is self.data:
            self._book.front = self._book.shown()[0]

    @property
    def Names(self) -> Names:
        return Names(self._application, self._book, self.data.names, self.data.name)

    @property
    def Cells(self) -> Range:
        return Range(self, Area(1, 1, references.ROWS, references.COLUMNS))

    @property
    def Rows(self) -> Range:
        return Range(self, Area(1, 1, references.ROWS, references.COLUMNS), "rows")

    @property
    def UsedRange(self) -> Range:
        return Range(self, self.data.used())

    def Range(self, Cell1: Any, Cell2: Any = None) -> Range:
        first = self._area(Cell1)
        last = first if Cell2 is None else self._area(Cell2)
        joined = Area(
            min(first.top, last.top),
            min(first.left, last.left),
            max(first.bottom, last.bottom),
            max(first.right, last.right),
        )
        return Range(self, joined)

    def _area(self, where: Any) -> Area:
        if isinstance(where, Range):
            return where._area
        area = references.parse(where)
        if area is None:
            found = self._book.data.name_in(where, self.data.name)
            if found is None or found.sheet.casefold() != self.data.name.casefold():
                raise Refused("Method 'Range' of object '_Worksheet' failed")
            area = found.area
        return area

    def Evaluate(self, Name: str) -> Any:
        value = calculated(f"={Name}", self._book.data, self.data.name)
        return getattr(value, "number", value)

    @property
    def Comments(self) -> "Comments":
        return Comments(self)

    @property
    def CommentsThreaded(self) -> "CommentsThreaded":
        return CommentsThreaded(self)

    @property
    def Shapes(self) -> "Shapes":
        return Shapes(self)

    @property
    def AutoFilterMode(self) -> bool:
        return self.data.filter is not None

    @AutoFilterMode.setter
    def AutoFilterMode(self, value: bool) -> None:
        """Only False can be set: it takes the filter off."""
        if value:
            raise Refused("Unable to set the AutoFilterMode property of the Worksheet class")
        if self.data.is_protected:
            raise Refused("The sheet is protected")
        if self.data.filter is not None:
            self.AutoFilter.ShowAllData()
        self.data.filter = None

    @property
    def AutoFilter(self) -> "AutoFilter":
        return AutoFilter(self)

    # --- the sheet as a whole

    def Activate(self) -> None:
        if self.data.visible != VISIBLE:
            raise Refused("Activate method of Worksheet class failed")
        self._book.front = self.data
        self._book.Activate()

    def Select(self, Replace: bool = True) -> None:
        """Alone, or together with those that are selected already; the one that was in front stays there."""
        if self.data.visible != VISIBLE:
            raise Refused("Select method of Worksheet class failed")
        self._book.selected = [self.data] if Replace else [*self._book.selected, self.data]
        if Replace:
            self.Activate()

    def ExportAsFixedFormat(
        self,
        Type: int,
        Filename: str = "",
        Quality: int = 0,
        IncludeDocProperties: bool = True,
        IgnorePrintAreas: bool = False,
        From: Any = None,
        To: Any = None,
        OpenAfterPublish: bool = False,
    ) -> None:
        """No PDF, but what would be in it: a line for each selected sheet, and whether it is black on white."""
        chosen = self._book.selected if self.data in self._book.selected else [self.data]
        lines = [f"{_on_paper(one)}\n" for one in chosen]
        try:
            Path(Filename).write_text("".join(lines), "utf-8")
        except OSError as error:
            raise Refused("Document not saved. The document may be open.") from error

    @property
    def PageSetup(self) -> "PageSetup":
        return PageSetup(self)

    def Delete(self) -> bool:
        """Not the last visible one, and none that is very hidden. Formulas that refer to it get #REF!."""
        self._book.check_structure()
        if self.data.visible == VERY_HIDDEN or self._book.shown() == [self.data]:
            raise Refused("Delete method of Worksheet class failed")
        if not self._application.asks("Microsoft Excel will permanently delete this sheet. Do you want to continue?"):
            return False
        book = self._book.data
        at = book.sheets.index(self.data)
        book.sheets.remove(self.data)
        book.each_formula(lambda _, formula: references.renamed(formula, self.data.name, None))
        if self._book.front is self.data:
            later = [sheet for sheet in book.sheets[at:] if sheet.visible == VISIBLE]
            self._book.front = (later or self._book.shown()[::-1])[0]
        return True

    def Copy(self, Before: "Worksheet | None" = None, After: "Worksheet | None" = None) -> None:
        """Within the book: called NAME (2), in front. The book's names for it become names of the copy as well.

        Into another book: under its own name, in front there.
        """
        other = Before or After
        if other is None:
            raise NotImplementedError("to a new book")
        if other.Parent is not self._book:
            self._copy_into(other.Parent, Before, After)
            return
        self._book.check_structure()
        if self.data.visible == VERY_HIDDEN:
            raise Refused("Copy method of Worksheet class failed")
        book = self._book.data
        number = 2
        while book.sheet(name := f"{self.data.name[: 31 - len(f' ({number})')]} ({number})") is not None:
            number += 1
        made = self.data.copied(book, name)
        quoted, new = references.quoted(self.data.name), references.quoted(name)
        for key, text in (*self.data.names.items(), *book.names.items()):
            if text.startswith(f"={quoted}!"):
                made.names[key] = text.replace(f"={quoted}!", f"={new}!")
        for cell in made.cells.values():
            cell.formula = references.renamed(cell.formula, self.data.name, name)
        book.sheets.insert(place_of(self._book, Before, After), made)
        book.changed()
        if made.visible == VISIBLE:
            self._book.front = made

    def _copy_into(self, target: Any, Before: "Worksheet | None", After: "Worksheet | None") -> None:
        target.check_structure()
        made = self.data.copied(target.data, self.data.name)
        target.data.sheets.insert(place_of(target, Before, After), made)
        target.data.changed()
        target.front = made
        target.Activate()

    def Move(self, Before: "Worksheet | None" = None, After: "Worksheet | None" = None) -> None:
        self._book.check_structure()
        if self.data.visible == VERY_HIDDEN:
            raise Refused("Move method of Worksheet class failed")
        sheets = self._book.data.sheets
        target = (Before or After).data  # type: ignore[union-attr]
        sheets.remove(self.data)
        sheets.insert(sheets.index(target) + (Before is None), self.data)

    # --- protection

    @property
    def ProtectContents(self) -> bool:
        return self.data.is_protected

    @property
    def ProtectDrawingObjects(self) -> bool:
        return self.data.allowed.get("DrawingObjects", False)

    @property
    def ProtectScenarios(self) -> bool:
        return self.data.allowed.get("Scenarios", False)

    @property
    def Protection(self) -> "Protection":
        return Protection(self)

    def Protect(
        self,
        Password: str = "",
        DrawingObjects: bool = True,
        Contents: bool = True,
        Scenarios: bool = True,
        **allowed: bool,
    ) -> None:
        if unknown := set(allowed) - set(MAY):
            raise TypeError(f"no argument {unknown}")
        self.data.password = Password
        self.data.allowed = dict.fromkeys(MAY, False) | allowed
        self.data.allowed |= {"DrawingObjects": DrawingObjects, "Scenarios": Scenarios}

    def Unprotect(self, Password: str = "") -> None:
        if self.data.password not in (None, Password):
            raise Refused("The password you supplied is not correct.")
        self.data.password = None

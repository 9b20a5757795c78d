"""Application, workbooks and sheets under Excel's names, answering as Excel's documentation says."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.excel.errors import NotThere, Refused
from tests.excel.model import VISIBLE, BookData, Sheet, loaded
from tests.excel.parts import Names, Object
from tests.excel.ranges import Range
from tests.excel.sheets import Worksheet, Worksheets


class Shown(NamedTuple):
    """A message or question: of the program, or Excel's own."""

    prompt: str
    title: str = ""


class Alerts:
    """Message boxes: what was shown, and what the person answers. An unexpected question is a failure of the test."""

    def __init__(self) -> None:
        self.kept: list[Shown] = []
        self.answers: list[str] = []

    def show(self, prompt: str, title: str, *, asks: bool) -> str:
        self.kept.append(Shown(prompt, title))
        if not asks:
            return "ok"
        if not self.answers:
            raise AssertionError(f"asked, and nobody answers: {prompt}")
        return self.answers.pop(0)


class Window(Object):
    """What is seen of the sheet in front; rows and columns from 1, below and right of what is frozen."""

    ScrollRow = 1
    ScrollColumn = 1


class Application(Object):
    """Excel itself."""

    Version = "16.0"
    Name = "Microsoft Excel"
    Path = r"C:\Program Files\Microsoft Office\root\Office16"
    Hwnd = 66666
    Visible = True
    DisplayAlerts = True
    EnableEvents = True
    ScreenUpdating = True
    Interactive = True
    StatusBar: Any = False
    Calculation = -4105
    ReferenceStyle = 1
    EnableCancelKey = 1
    ActivePrinter = "办公室打印机 在 Ne01:"

    def __init__(self) -> None:
        super().__init__(self)
        self.alerts = Alerts()
        self.clipboard: Range | None = None
        self.books: list[Workbook] = []
        self.printed: list[list[str]] = []
        self.window = Window(self)
        self.active: Workbook | None = None
        self.files: Any = False
        """What the person picks in a file dialog."""

    def asks(self, question: str) -> bool:
        """A question of Excel's own; without DisplayAlerts it takes its default answer, which is OK."""
        return not self.DisplayAlerts or self.alerts.show(question, self.Name, asks=True) == "ok"

    @property
    def CutCopyMode(self) -> Any:
        return 1 if self.clipboard is not None else False

    @CutCopyMode.setter
    def CutCopyMode(self, value: Any) -> None:
        if not value:
            self.clipboard = None

    @property
    def Workbooks(self) -> "Workbooks":
        return Workbooks(self)

    @property
    def ActiveWorkbook(self) -> "Workbook | None":
        return self.active

    @property
    def ActiveWindow(self) -> Window:
        return self.window

    @property
    def ActiveSheet(self) -> "Worksheet":
        assert self.active is not None
        return self.active.ActiveSheet

    @property
    def Selection(self) -> Range:
        sheet = self.ActiveSheet
        return Range(sheet, sheet.data.selected)

    def Calculate(self) -> None:
        for book in self.books:
            book.data.changed()

    def GetOpenFilename(
        self,
        FileFilter: str = "",
        FilterIndex: int = 1,
        Title: str = "",
        ButtonText: str | None = None,
        MultiSelect: bool = False,
    ) -> Any:
        return self.files

    def InputBox(
        self,
        Prompt: str,
        Title: str = "",
        Default: Any = "",
        Left: Any = None,
        Top: Any = None,
        HelpFile: Any = None,
        HelpContextID: Any = None,
        Type: int = 2,
    ) -> Any:
        """What the person types, as a number (``Type`` 1) or a text (2); False where they cancel."""
        if len(Prompt) > 255 or Type not in (1, 2):
            raise Refused("InputBox method of Application class failed")
        answer = self.alerts.show(Prompt, Title, asks=True)
        if answer == "cancel":
            return False
        return answer if Type == 2 else float(answer)


class Workbooks(Object):
    """All that are open."""

    @property
    def Count(self) -> int:
        return len(self._application.books)

    def Item(self, Index: int | str) -> "Workbook":
        books = self._application.books
        if isinstance(Index, int):
            return books[Index - 1]  # type: ignore[no-any-return]
        found = next((book for book in books if book.Name.casefold() == Index.casefold()), None)
        if found is None:
            raise NotThere("Subscript out of range")
        return found  # type: ignore[no-any-return]

    def default(self, Index: int | str) -> "Workbook":
        return self.Item(Index)

    def each(self) -> Iterator["Workbook"]:
        return iter(self._application.books)

    def Open(self, Filename: str, UpdateLinks: Any = None, ReadOnly: Any = None, *_: Any, **__: Any) -> "Workbook":
        book = Workbook(self._application, Path(Filename), loaded(Path(Filename)))
        book.read_only = bool(ReadOnly)
        self._application.books.append(book)
        book.Activate()
        return book


class Workbook(Object):
    """One workbook. Tests may give it another ``FullName``, such as that of a file in the cloud."""

    def __init__(self, application: Application, path: Path, data: BookData) -> None:
        super().__init__(application)
        self.data = data
        self.path = path
        self.full_name = str(path)
        self.read_only = False
        shown = next(one for one in data.sheets if one.visible == VISIBLE)
        self.front = shown
        self.selected = [shown]

    @property
    def Parent(self) -> Application:
        found: Application = self._application
        return found

    @property
    def Name(self) -> str:
        return self.path.name

    @property
    def FullName(self) -> str:
        return self.full_name

    @property
    def Path(self) -> str:
        return self.full_name.replace("\\", "/").rpartition("/")[0]

    @property
    def Worksheets(self) -> "Worksheets":
        return Worksheets(self)

    @property
    def Sheets(self) -> Any:
        return Worksheets(self)

    @property
    def Names(self) -> Names:
        return Names(self._application, self, self.data.names)

    @property
    def ActiveSheet(self) -> "Worksheet":
        return Worksheet(self, self.front)

    @property
    def ProtectStructure(self) -> bool:
        return self.data.is_structure_protected

    @property
    def MultiUserEditing(self) -> bool:
        return False

    @property
    def ReadOnly(self) -> bool:
        return self.read_only

    def Protect(self, Password: str = "", Structure: bool = True, Windows: bool = False) -> None:
        self.data.is_structure_protected = Structure

    def Unprotect(self, Password: str = "") -> None:
        self.data.is_structure_protected = False

    def Activate(self) -> None:
        self._application.active = self

    def Close(self, SaveChanges: bool | None = None) -> None:
        books = self._application.books
        books.remove(self)
        self._application.active = books[-1] if books else None

    def SaveCopyAs(self, Filename: str) -> None:
        shutil.copyfile(self.path, Filename)

    def check_structure(self) -> None:
        if self.data.is_structure_protected:
            raise Refused("Workbook is protected and cannot be changed.")

    def shown(self) -> list[Sheet]:
        return [sheet for sheet in self.data.sheets if sheet.visible == VISIBLE]

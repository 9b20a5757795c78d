"""The books that are open."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.engines.libreoffice import bridge, clean_print
from xl_perf.engines.libreoffice.member import Member
from xl_perf.engines.libreoffice.names import Names
from xl_perf.engines.libreoffice.number_formats import NumberFormats
from xl_perf.engines.libreoffice.protection import Refused
from xl_perf.engines.libreoffice.sheets import Sheets
from xl_perf.engines.libreoffice.undo_step import UndoStep

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.app import App

_SPREADSHEET: Final = "com.sun.star.sheet.SpreadsheetDocument"
_NO_MACROS: Final = 0  # com.sun.star.document.MacroExecMode.NEVER_EXECUTE
_FILTERS: Final = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
}
_OLD_FILTERS: Final = {".xls": "MS Excel 97"}
"""Formats that nothing new is written in, but copies of what has them are."""
_PASSWORDS: Final = frozenset({"EncryptionData", "Password"})
_PDF: Final = "calc_pdf_Export"


def filter_of(path: Path) -> str:
    """LibreOffice's filter for .xlsx, .xlsm and .ods. Raises KeyError for others."""
    return _FILTERS[path.suffix.lower()]


class Books(Member):
    """The open books; by name, or counted from 1."""

    def __init__(self, app: "App") -> None:
        self._app = app

    @property
    def app(self) -> "App":
        """The application."""
        return self._app

    @property
    def api(self) -> Any:
        """LibreOffice's documents."""
        return self._app.api.getComponents()

    def _documents(self) -> list[Any]:
        found = []
        documents = self.api.createEnumeration()
        while documents.hasMoreElements():
            document = documents.nextElement()
            if document.supportsService(_SPREADSHEET):
                found.append(document)
        return found

    def __len__(self) -> int:
        return len(self._documents())

    def __iter__(self) -> Iterator["Book"]:
        for document in self._documents():
            yield self._app.book(document)

    def __call__(self, key: str | int) -> "Book":
        for number, book in enumerate(self, 1):
            if key == number or (isinstance(key, str) and book.name.casefold() == key.casefold()):
                return book
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return any(book.name.casefold() == key.casefold() for book in self)

    @property
    def active(self) -> "Book":
        """The book in front; where LibreOffice names none, the only one."""
        document = self._app.api.getCurrentComponent()
        if document is None or not document.supportsService(_SPREADSHEET):
            document = next(iter(self._documents()), None)
        if document is None:
            raise Refused("No workbook is open")
        return self._app.book(document)

    def add(self) -> "Book":
        """A new book."""
        return self._app.book(self._app.api.loadComponentFromURL("private:factory/scalc", "_blank", 0, ()))

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,  # noqa: ARG002
        read_only: bool | None = None,
        format: str | None = None,  # noqa: A002
        password: str | None = None,
        *others: Any,
        macros: int = _NO_MACROS,
        ask: bool = False,
        hidden: bool = False,
    ) -> "Book":
        """Opens a file. Its macros do not run, unless ``macros`` (com.sun.star.document.MacroExecMode) says so.

        With ``ask`` LibreOffice may ask the person, for a password or about a file that is in use; with ``hidden`` it
        has no window.
        """
        if format is not None or any(other is not None for other in others):
            raise NotImplementedError("LibreOffice: Books.open with options for text files and the like")
        options: dict[str, Any] = {"MacroExecutionMode": macros, "ReadOnly": bool(read_only), "Hidden": hidden}
        if password:
            options["Password"] = password
        if ask:
            options["InteractionHandler"] = self._app.service("com.sun.star.task.InteractionHandler")
        document = self._app.api.loadComponentFromURL(bridge.url(fullname), "_blank", 0, bridge.properties(**options))
        if document is None:
            raise Refused(f"LibreOffice does not open {fullname}")
        return self._app.book(document)


class Book(Member):
    """One book."""

    def __init__(self, app: "App", document: Any) -> None:
        self._app = app
        self._document = document
        self._formats = NumberFormats(document)
        self._step: UndoStep | None = None

    @property
    def app(self) -> "App":
        """The application."""
        return self._app

    @property
    def api(self) -> Any:
        """LibreOffice's document."""
        return self._document

    @property
    def controller(self) -> Any:
        """LibreOffice's view of the document."""
        return self._document.getCurrentController()

    @property
    def formats(self) -> NumberFormats:
        """The number formats of the document."""
        return self._formats

    @property
    def name(self) -> str:
        """The file's name; of a book never saved what the window calls it."""
        return Path(self.fullname).name

    @property
    def fullname(self) -> str:
        """The file with its folder; of a book never saved what the window calls it."""
        return bridge.path(self._document.getURL()) or str(self._document.Title)

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Its defined names, those of its sheets included."""
        return Names(self)

    @property
    def undo_steps(self) -> int:
        """How many steps the person can undo."""
        return len(self._document.getUndoManager().getAllUndoActionTitles())

    @contextmanager
    def no_undo_step(self) -> Iterator[None]:
        """What the block does is nothing that the person could undo."""
        manager = self._document.getUndoManager()
        manager.lock()
        try:
            yield
        finally:
            manager.unlock()

    @property
    def is_one_undo_step(self) -> bool:
        """Whether `one_undo_step` is at work."""
        return self._step is not None

    def changing(self) -> None:
        """Whoever changes something in cells says so before."""
        if self._step is not None:
            self._step.changing()

    @contextmanager
    def one_undo_step(self, title: str) -> Iterator[None]:
        """What the block does is one step for the person to undo; where it fails, it is undone."""
        steps = self.undo_steps
        manager = self._document.getUndoManager()
        manager.enterUndoContext(title)
        self._step = UndoStep(manager, self.controller)
        try:
            yield
            self._step.end()
        except BaseException:
            self.roll_back(steps)
            raise
        finally:
            self._step = None
        manager.leaveUndoContext()

    def roll_back(self, steps: int) -> bool:
        """Ends a step that did not come to its end, also one of a process that is gone, and undoes it.

        ``steps`` is what `undo_steps` gave before. Gives whether there was something to undo.
        """
        manager = self._document.getUndoManager()
        with suppress(bridge.exception("com.sun.star.util.InvalidStateException")):  # there is no open one
            while True:
                manager.leaveUndoContext()
        found = self.undo_steps > steps
        if found:
            manager.undo()
            manager.clearRedo()
        return found

    def activate(self) -> None:
        """Brings its window to the front."""
        self.controller.getFrame().activate()
        self.controller.getFrame().getContainerWindow().toFront()

    def close(self) -> None:
        """Closes it without saving; `Refused` while a message box stands in front of it."""
        try:
            self._document.close(False)
        except bridge.exception("com.sun.star.util.CloseVetoException"):
            raise Refused(f"{self.name}: a message box waits for its answer") from None
        self._app.forget(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Saves it, under another name or format if a path is given: .xlsx, .xlsm or .ods.

        LibreOffice damages the VBA of an .xlsm for Excel: the code names of its modules are lost. Raises
        `NotImplementedError` for other formats, and for a password with another format than .ods, which it leaves out.
        """
        if path is None and not self._document.hasLocation():
            path = f"{self.name}.xlsx"
        if path is None:
            self._document.store()
            return
        target = Path(path).resolve()
        if target.suffix.lower() not in _FILTERS:
            raise NotImplementedError(f"LibreOffice: Book.save as {target.suffix or 'a file without an extension'}")
        options = {"FilterName": _FILTERS[target.suffix.lower()], "Overwrite": True}
        if password and target.suffix.lower() != ".ods":
            raise NotImplementedError(f"LibreOffice: Book.save as {target.suffix} with a password")
        if password:
            options["Password"] = password
        self._document.storeAsURL(bridge.url(str(target)), bridge.properties(**options))

    def save_copy(self, path: str) -> None:
        """Writes a copy of the book as it is now, in the format that the path says: .xlsx, .xlsm, .xls or .ods.

        The book stays what it is. One without unsaved changes is copied as a file, with what LibreOffice would lose of
        it. Raises `Refused` for unsaved changes of a book with a password: LibreOffice would write a copy without one.
        """
        target = Path(path).resolve()
        suffix, source = target.suffix.lower(), Path(self.fullname)
        if not self._document.isModified() and source.suffix.lower() == suffix and source.is_file():
            shutil.copyfile(source, target)
            return
        if _PASSWORDS.intersection(one.Name for one in self._document.getArgs()):
            raise Refused(f"{self.name} has a password, and unsaved changes")
        options = {"FilterName": (_FILTERS | _OLD_FILTERS)[suffix], "Overwrite": True}
        self._document.storeToURL(bridge.url(str(target)), bridge.properties(**options))

    def to_pdf(self, path: str, quality: str | None = None) -> None:  # noqa: ARG002  # LibreOffice has its own
        """Prints the visible sheets into a PDF file."""
        self._document.storeToURL(bridge.url(path), bridge.properties(FilterName=_PDF))

    def show_from(self, row: int) -> None:
        """Scrolls the sheet in front to its first column and to a row (from 0), below what is frozen."""
        panes = self.controller
        for at in range(panes.getCount()):
            panes.getByIndex(at).setFirstVisibleColumn(0)
        panes.getByIndex(panes.getCount() - 1).setFirstVisibleRow(row)

    def print_clean(self, path: str, names: Sequence[str], plain: Sequence[str]) -> None:
        """Prints some sheets into a PDF file, the ``plain`` ones of them black on white. The book stays what it is."""
        clean_print.to_pdf(self._app.api, self._document, path, names, plain)

    def print_out(self, names: Sequence[str], plain: Sequence[str]) -> str:
        """The same, to the printer; gives its name, empty where the system has none and nothing was printed."""
        return clean_print.to_printer(self._app.api, self._document, names, plain)

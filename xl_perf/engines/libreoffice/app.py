"""The application: a LibreOffice that listens on a pipe."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xl_perf.engines.libreoffice import cell_edit, escape
from xl_perf.engines.libreoffice.alerts import Alerts
from xl_perf.engines.libreoffice.books import Book, Books
from xl_perf.engines.libreoffice.bridge import exception, properties
from xl_perf.engines.libreoffice.cell_range import Range, block_of
from xl_perf.engines.libreoffice.member import Member

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.engine import Engine

HEADLESS = "XL_PERF_HEADLESS"
"""Environment variable that says that nobody sees message boxes."""
_RANGE = "com.sun.star.sheet.SheetCellRange"
_WITH_CHILDREN, _AT_ONCE = 1, 8  # com.sun.star.awt.InvalidateStyle.CHILDREN, UPDATE
_RANGES = "com.sun.star.sheet.SheetCellRanges"


class Apps(Member):
    """The LibreOffices that this process is connected to."""

    def __init__(self) -> None:
        self._apps: list[App] = []

    def connected(self, app: "App") -> None:
        """Takes one in, as the active one."""
        self._apps.insert(0, app)

    def on_pipe(self, pipe: str) -> "App | None":
        """The one on this pipe, if this process is connected to it and it still answers."""
        for app in [one for one in self._apps if one.pipe == pipe]:
            try:
                app.api.getFrames()
            except exception("com.sun.star.uno.RuntimeException"):
                self.gone(app)
            else:
                return app
        return None

    def gone(self, app: "App") -> None:
        """Lets one go."""
        self._apps = [one for one in self._apps if one is not app]

    def keys(self) -> list[int]:
        """Their numbers."""
        return [app.pid for app in self._apps]

    def __iter__(self) -> Iterator["App"]:
        return iter(self._apps)

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> "App":
        return next(app for app in self._apps if app.pid == pid)

    def cleanup(self) -> None:
        """Nothing is left behind."""


class App(Member):
    """One LibreOffice."""

    def __init__(self, engine: "Engine", context: Any, headless: bool | None = None, pipe: str = "") -> None:
        self._engine = engine
        self._pipe = pipe
        self._context = context
        self._desktop = self.service("com.sun.star.frame.Desktop")
        self._books: list[Book] = []
        self._alerts = Alerts(bool(os.environ.get(HEADLESS)) if headless is None else headless)
        self._flags: dict[str, Any] = {"display_alerts": True, "enable_events": True, "interactive": True}
        self._status: Any = None
        self._factory: Any = None  # LibreOffice's indicators do not keep it alive
        self._status_text: str | None = None
        self._locked: list[Any] = []

    @property
    def engine(self) -> "Engine":
        """The engine."""
        return self._engine

    @property
    def pipe(self) -> str:
        """The pipe that it listens on."""
        return self._pipe

    @property
    def api(self) -> Any:
        """LibreOffice's desktop."""
        return self._desktop

    def service(self, name: str) -> Any:
        """A new object of one of LibreOffice's services."""
        return self._context.ServiceManager.createInstanceWithContext(name, self._context)

    @property
    def context(self) -> Any:
        """LibreOffice's component context, for services that xlwings has no name for."""
        return self._context

    @property
    def alerts(self) -> Alerts:
        """Message boxes: shown, or kept where nobody would see them."""
        return self._alerts

    @property
    def pid(self) -> int:
        """A number that tells one LibreOffice from another here; not that of its process, which UNO does not tell."""
        return id(self)

    @property
    def version(self) -> str:
        """LibreOffice's version."""
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        product = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", properties(nodepath="/org.openoffice.Setup/Product")
        )
        return str(product.getByName("ooSetupVersion"))

    # --- books

    @property
    def books(self) -> Books:
        """The open books."""
        return Books(self)

    def book(self, document: Any) -> Book:
        """The book of a document, always the same object for the same document."""
        found = next((book for book in self._books if book.api == document), None)
        if found is None:
            found = Book(self, document)
            self._books.append(found)
        return found

    def forget(self, book: Book) -> None:
        """Lets go of a book that is closed."""
        self._books = [one for one in self._books if one is not book]

    @property
    def selection(self) -> Range | None:
        """The selected cells of the active book; the first block of several; None if a shape is selected."""
        book = self.books.active
        chosen = book.controller.getSelection()
        if chosen.supportsService(_RANGES):
            address = chosen.getRangeAddresses()[0]
        elif chosen.supportsService(_RANGE):
            address = chosen.getRangeAddress()
        else:
            return None
        return Range(book.sheets(address.Sheet + 1), block_of(address))

    def activate(self, steal_focus: bool = False) -> None:
        """Brings the active book's window to the front."""
        if steal_focus:
            self.books.active.activate()

    def quit(self) -> None:
        """Ends LibreOffice without saving anything."""
        self._engine.apps.gone(self)
        for book in list(self.books):
            book.close()
        self._desktop.terminate()

    def kill(self) -> None:
        """Ends LibreOffice."""
        self.quit()

    def calculate(self) -> None:
        """Calculates all formulas of all books."""
        for book in self.books:
            book.api.calculateAll()

    @property
    def calculation(self) -> str:
        """``automatic`` or ``manual``, of the active book."""
        return "automatic" if self.books.active.api.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        self.books.active.api.enableAutomaticCalculation(value != "manual")

    def finish_typing(self) -> bool:
        """Enters what somebody is typing into a cell of the active book; False where it is still not entered.

        The keyboard is the cells' again: a button that was clicked would take Enter and space for further presses.
        """
        if self._alerts.headless:
            return True
        controller = self.books.active.controller
        window, is_open = controller.getFrame().getComponentWindow(), cell_edit.is_open(controller)
        window.setFocus()
        return not is_open or cell_edit.enter(self.service("com.sun.star.awt.Toolkit"), controller)

    @contextmanager
    def escape_watched(self) -> Iterator[escape.Escape]:
        """Hears whether Esc is pressed in the active book's window while the block runs."""
        with escape.watched(self.books.active.controller) as found:
            yield found

    # --- what people see

    @property
    def visible(self) -> bool:
        """Whether there is a window to be seen."""
        return not self._alerts.headless

    @property
    def screen_updating(self) -> bool:
        """Whether windows follow what is done; False saves time."""
        return not self._locked

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value:
            for document in self._locked:
                document.unlockControllers()
            self._locked = []
            self._draw_buttons()
        elif not self._locked:
            self._locked = [book.api for book in self.books]
            for document in self._locked:
                document.lockControllers()

    def _draw_buttons(self) -> None:
        """What was clicked on a sheet has come up again, but LibreOffice does not draw it so by itself."""
        if not self._alerts.headless and len(self.books):
            window = self.books.active.controller.getFrame().getComponentWindow()
            window.invalidate(_WITH_CHILDREN | _AT_ONCE)

    def take_back(self, book: Book, steps: int) -> bool:
        """Takes back what a process that is gone was doing to a book that could then undo so many ``steps``.

        Windows follow again. Gives whether something was undone.
        """
        found = book.roll_back(steps)
        for one in self.books:
            while one.api.hasControllersLocked():
                one.api.unlockControllers()
        self.status_bar = " "  # in the place of what it was showing, and then gone
        self.status_bar = False
        return found

    @property
    def display_alerts(self) -> bool:
        """Kept, and without effect: LibreOffice's interface asks nothing."""
        return bool(self._flags["display_alerts"])

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self._flags["display_alerts"] = value

    @property
    def enable_events(self) -> bool:
        """Kept, and without effect."""
        return bool(self._flags["enable_events"])

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        self._flags["enable_events"] = value

    @property
    def interactive(self) -> bool:
        """Kept, and without effect."""
        return bool(self._flags["interactive"])

    @interactive.setter
    def interactive(self, value: bool) -> None:
        self._flags["interactive"] = value

    @property
    def status_bar(self) -> str | bool:
        """What we show in the status bar; False if nothing."""
        return self._status_text or False

    @status_bar.setter
    def status_bar(self, value: str | bool | None) -> None:
        self._status_text = str(value) if value else None
        if self._status is not None and self._status_text:
            self._status.setText(self._status_text)
            return
        if self._status is not None:
            self._status.end()
            self._status = None
        if self._status_text:
            # A factory of our own: the frame's goes back to what a process that is gone was showing.
            frame = properties(Frame=self.books.active.controller.getFrame())
            self._factory = self._context.ServiceManager.createInstanceWithArgumentsAndContext(
                "com.sun.star.task.StatusIndicatorFactory", frame, self._context
            )
            self._status = self._factory.createStatusIndicator()
            self._status.start(self._status_text, 0)

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: Any) -> str:
        """A message box; gives the button that was pressed: ok, cancel, yes or no."""
        if callback is not None:
            raise NotImplementedError("LibreOffice: App.alert callback")
        window = None if self._alerts.headless else self.books.active.controller.getFrame().getContainerWindow()
        try:
            return self._alerts.show(window, prompt, title, buttons or "ok", mode)
        finally:
            self._draw_buttons()

    def choose(self, question: str, title: str, options: Sequence[str]) -> int | None:
        """A list to pick one from; gives its number from 0, None where the person cancels. xlwings has no such box."""
        window = None if self._alerts.headless else self.books.active.controller.getFrame().getContainerWindow()
        return self._alerts.choose(self._context, window, question, title, options)

    def ask_text(self, question: str, title: str, proposed: str) -> str | None:
        """A line of text that the person types; None where they cancel. xlwings has no such box."""
        window = None if self._alerts.headless else self.books.active.controller.getFrame().getContainerWindow()
        return self._alerts.ask_text(self._context, window, question, title, proposed)

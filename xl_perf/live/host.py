"""The program that holds the book, as the buttons see it: the book, what is in front, how to speak to the person."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Final

from xl_perf.core.errors import XlPerfError
from xl_perf.core.forms.kinds import Kinds
from xl_perf.core.forms.variants import in_own_workbooks

if TYPE_CHECKING:
    from xlwings import App, Book, Sheet

TITLE: Final = "预算绩效"
WORKING: Final = "xl-perf 正在处理，请稍候……"


class NotHere(XlPerfError):
    """The button has nothing to work on here; the message says where to press it."""


class Host:
    """The open book that a button works on.

    ``kinds`` are the kinds of form that are known; without them those of the department's own profile beside the book.
    """

    def __init__(self, book: "Book", kinds: Kinds | None = None) -> None:
        self.book = book
        self._given = kinds

    @cached_property
    def known_kinds(self) -> Kinds:
        """The kinds of form that are known here. Raises `ProfileError` for a profile that cannot be used."""
        from xl_perf.live.reading import own_kinds

        return own_kinds(self.book) if self._given is None else self._given

    @cached_property
    def kinds(self) -> Kinds:
        """The kinds as this book holds them."""
        from xl_perf.live.reading import is_own

        return in_own_workbooks(self.known_kinds) if is_own(self.book) else self.known_kinds

    @property
    def app(self) -> "App":
        """The program."""
        return self.book.app

    @property
    def active(self) -> "Sheet":
        """The sheet in front."""
        return self.book.sheets.active

    def sheet(self, name: str) -> "Sheet | None":
        """A sheet by its name, or None."""
        return self.book.sheets[name] if name in self.book.sheet_names else None

    def check_structure(self) -> None:
        """Raises `NotHere` where the book's structure is protected: sheets can be neither added nor taken away."""
        api = self.book.api
        try:
            locked = api.isProtected() if self.app.engine.name == "libreoffice" else api.ProtectStructure
        except AttributeError:  # Excel on macOS has another name; it refuses by itself
            return
        if locked is True:
            raise NotHere("工作簿的结构设有保护，不能增删工作表", "请先在“审阅”中撤消“保护工作簿”，再按一次")

    def tell(self, text: str, *, alarming: bool = False) -> None:
        """A message that the person closes."""
        self.app.alert(text, TITLE, "ok", "critical" if alarming else "info")

    def ask(self, question: str) -> bool:
        """Yes or no."""
        with self._screen(updating=True):  # drawn again while the question is open
            return self.app.alert(question, TITLE, "yes_no", "info") == "yes"

    @contextmanager
    def working(self) -> Iterator[None]:
        """Says in the status bar that something is going on, and keeps the screen still; both end on every way out."""
        self.app.status_bar = WORKING
        try:
            with self._screen(updating=False):
                yield
        finally:
            self.app.status_bar = False

    @contextmanager
    def front_kept(self) -> Iterator[None]:
        """The sheet in front stays there, also where new sheets push themselves forward."""
        front = self.active
        try:
            yield
        finally:
            with suppress(Exception):  # it may be the one that was taken away
                front.activate()

    @contextmanager
    def _screen(self, *, updating: bool) -> Iterator[None]:
        """Whether the screen follows, as long as the block runs; afterwards as before."""
        try:
            before = self.app.screen_updating
        except NotImplementedError:
            yield
            return
        self.app.screen_updating = updating
        try:
            yield
        finally:
            self.app.screen_updating = before

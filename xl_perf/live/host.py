"""The program that holds the book, as the buttons see it: the book, what is in front, how to speak to the person."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from xl_perf.core.errors import XlPerfError
from xl_perf.core.forms.kinds import Kinds
from xl_perf.core.forms.variants import in_own_workbooks
from xl_perf.engines import escape_key
from xl_perf.engines.escape_key import NoEscape
from xl_perf.live.sheet_names import names_of, sheet_named

if TYPE_CHECKING:
    from xlwings import App, Book, Sheet

    from xl_perf.engines.escape_key import Escape

TITLE: Final = "预算绩效"
_A1_STYLE: Final = 1
_R1C1_STYLE: Final = -4150
_PASSING: Final = 3.0
"""Seconds that a message stays which waits for no click."""
WORKING: Final = "xl-perf 正在处理，请稍候……"
T = TypeVar("T")


class NotHere(XlPerfError):
    """The button has nothing to work on here; the message says where to press it."""


class Stopped(XlPerfError):
    """The person has pressed Esc. Where nobody says more, nothing has been done yet."""

    def __init__(self) -> None:
        super().__init__("已按 Esc 停止，工作簿没有改动", "需要时再按一次按钮")


class Host:
    """The open book that a button works on.

    ``kinds`` are the kinds of form that are known; without them those of the department's own profile beside the book.
    """

    def __init__(self, book: "Book", kinds: Kinds | None = None) -> None:
        self.book = book
        self._given = kinds
        self._caption = ""
        self._escape: Escape = NoEscape()

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
        return sheet_named(self.book, name)

    @property
    def sheet_names(self) -> list[str]:
        """The names of all sheets in their order."""
        return names_of(self.book)

    def added_last(self, name: str) -> "Sheet":
        """A new sheet behind the last one that people see: Excel puts none behind a very hidden one."""
        from xl_perf.live.protection import is_visible

        sheets = self.book.sheets
        *_, last = filter(is_visible, sheets)
        return sheets.add(name, after=last)

    @property
    def is_read_only(self) -> bool:
        """What is changed cannot be saved: the file is write-protected, was opened so, or a colleague has it open."""
        api = self.book.api
        if self.app.engine.name == "libreoffice":
            return bool(api.isReadonly())
        try:
            return bool(api.ReadOnly)
        except AttributeError:  # Excel on macOS has another name
            return bool(api.read_only.get())

    def remove_filter(self, sheet: "Sheet", first: str, last: str) -> None:
        """Takes the filter off whose header lies between two cells such as A3 and M3, and shows all its rows.

        A sheet has one filter, and takes none on other cells beside it. One with another header is somebody's own.
        """
        if self.app.engine.name == "libreoffice":
            sheet.range(f"{first}:{last}").autofilter.impl.remove()
            return
        with suppress(AttributeError):  # Excel on macOS has other names
            if sheet.api.AutoFilterMode:
                corner, _, end = sheet.api.AutoFilter.Range.Address.replace("$", "").partition(":")
                if corner == first and end.rstrip("0123456789") == last.rstrip("0123456789"):
                    sheet.api.AutoFilterMode = False

    def show_from(self, row: int) -> None:
        """Scrolls the sheet in front to its first column and a row (from 0) below its frozen ones, and selects that."""
        if self.app.engine.name == "libreoffice":
            self.book.impl.show_from(row)
        else:
            with suppress(AttributeError):  # Excel on macOS
                window = self.app.api.ActiveWindow
                window.ScrollRow, window.ScrollColumn = row + 1, 1
        self.active.range((row + 1, 1)).select()

    def check_changeable(self) -> None:
        """Raises `NotHere` for a book that `is_read_only`, and says who has it open, where that is known."""
        if not self.is_read_only:
            return
        from xl_perf.files.opened_by import opened_by

        who = opened_by(self.book.fullname)
        why = f"正由 {who} 打开，在这里是只读的" if who else "是只读的"
        before = "请等对方关闭后重新打开" if who else "请取消文件的只读属性或重新打开"
        raise NotHere(f"这本工作簿{why}，按钮不能改动它", f"{before}，或者另存一份再按；校验照常可用")

    def _check_shared(self) -> None:
        """Raises `NotHere` for a workbook that several people share in the old way: Excel merges, protects and
        deletes nothing there.
        """
        try:
            shared = self.app.engine.name == "excel" and self.book.api.MultiUserEditing
        except AttributeError:  # Excel on macOS
            return
        if shared is True:
            raise NotHere("这本工作簿是共享的，Excel 不允许按钮改动它", "请先在“审阅”中取消“共享工作簿”，再按一次")

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

    def tell_in_passing(self, text: str) -> None:
        """A message beside the work of another press. In LibreOffice it waits for no click: its box could lie hidden
        under that press's own, and nothing could be clicked any more.
        """
        if self.app.engine.name != "libreoffice":
            self.tell(text, alarming=True)
            return
        self.app.status_bar = text
        time.sleep(_PASSING)
        self.app.status_bar = False

    def ask(self, question: str) -> bool:
        """Yes or no."""
        with self._screen(updating=True):  # drawn again while the question is open
            answer = self.app.alert(question, TITLE, "yes_no", "info")
        self._escape.forget()
        return answer == "yes"

    def choose(self, question: str, options: Sequence[str]) -> int | None:
        """Which of several the person picks, counted from 0; None where they cancel. The first one is proposed."""
        from xl_perf.live import choosing

        with self._screen(updating=True):
            found: int | None
            if self.app.engine.name == "libreoffice":
                found = self.app.impl.choose(question, TITLE, options)
            elif sys.platform == "darwin":
                found = choosing.one_by_one(self, question, options)
            else:
                found = choosing.by_number(self, question, options)
        self._escape.forget()
        return found

    def ask_text(self, question: str, proposed: str = "") -> str | None:
        """What the person types; None where they cancel. Raises `NotHere` for Excel on macOS, which has no such box."""
        from xl_perf.live import choosing

        with self._screen(updating=True):
            if self.app.engine.name == "libreoffice":
                typed: str | None = self.app.impl.ask_text(question, TITLE, proposed)
                return typed
            if sys.platform == "darwin":
                raise NotHere("Excel for Mac 里没有填写框", "请在“校验结果”的“接受理由”“接受人”里直接填")
            return choosing.typed(self, question, TITLE, proposed)

    def finish_typing(self) -> None:
        """Enters what the person is typing into a cell: it belongs there. Raises `NotHere` where it cannot be entered.

        Excel does so itself before a button's macro runs.
        """
        if self.app.engine.name == "libreoffice" and not self.app.impl.finish_typing():
            raise NotHere("有一个单元格正在输入，还没有确认", "请先按 Enter 确认（或按 Esc 放弃），再按按钮")

    def name_cells_by_letters(self) -> str:
        """Has Excel name its columns by letters, as links and messages do: they say C3, which is the whole third column
        where Excel writes R3C3. What the person is told of it; empty where letters are shown already.
        """
        if self.app.engine.name != "excel":
            return ""
        try:
            if self.app.api.ReferenceStyle != _R1C1_STYLE:
                return ""
            self.app.api.ReferenceStyle = _A1_STYLE
        except AttributeError:  # Excel on macOS
            return ""
        return (
            "Excel 的列标原来是数字（R1C1 引用样式），而链接和提示里的单元格写作 C3：已改为字母（A1 引用样式）。"
            "要改回：“文件→选项→公式”，勾选“R1C1 引用样式”。"
        )

    @contextmanager
    def working(self, caption: str = "") -> Iterator[None]:
        """Says in the status bar that something is going on, and keeps the screen still; both end on every way out.

        ``caption`` is the button's, for `steps`. Raises `NotHere` where buttons can do nothing.
        """
        self._check_shared()
        self._caption = caption
        self.app.status_bar = WORKING
        try:
            with (
                self._screen(updating=False),
                self._clipboard_empty(),
                self._calculated(),
                escape_key.watched(self.app) as self._escape,
            ):
                yield
        finally:
            self._caption, self._escape = "", NoEscape()
            self.app.status_bar = False

    @contextmanager
    def not_changed(self) -> Iterator[None]:
        """What the block does and takes back is no change that somebody would have to save."""
        if self.app.engine.name != "libreoffice":
            yield
            return
        was_modified = self.book.impl.api.isModified()
        try:
            yield
        finally:
            self.book.impl.api.setModified(was_modified)

    @contextmanager
    def unnoticed(self) -> Iterator[None]:
        """As `not_changed`, and no step for the program's own undo either. Excel has none for what macros do."""
        if self.app.engine.name != "libreoffice":
            yield
            return
        with self.not_changed(), self.book.impl.no_undo_step():
            yield

    def steps(self, things: Sequence[T], doing: str, *, can_stop: bool = True) -> Iterator[T]:
        """Each thing in turn; the status bar says what is done with it, and how many there are: 校验全部：标记 3/120.

        Raises `Stopped` before a thing where Esc has been pressed since the button, if it ``can_stop``.
        """
        stop = "，按 Esc 停止" if can_stop else ""
        for number, thing in enumerate(things, 1):
            if can_stop and self._escape.was_pressed:
                raise Stopped
            if self._caption:
                self.app.status_bar = f"{self._caption}：{doing} {number}/{len(things)}{stop}"
            yield thing

    def one_step(self, action: str) -> AbstractContextManager[None]:
        """What is done meanwhile is one step for the program's own undo, taken back where it fails.

        Excel has no undo for what macros do.
        """
        if self.app.engine.name != "libreoffice":
            return nullcontext()
        step: AbstractContextManager[None] = self.book.impl.one_undo_step(action)
        return step

    @contextmanager
    def _clipboard_empty(self) -> Iterator[None]:
        """Excel would paste what somebody has copied into every row that is inserted."""
        if self.app.engine.name == "excel":
            self.app.cut_copy_mode = False
        yield

    @contextmanager
    def _calculated(self) -> Iterator[None]:
        """Where the person calculates by hand, what is read and what is left behind is up to date all the same."""
        by_hand = self.app.engine.name == "excel" and self.app.calculation != "automatic"
        if by_hand:
            self.app.calculate()
        try:
            yield
        finally:
            if by_hand:
                self.app.calculate()

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

"""Opening a workbook in LibreOffice with working buttons."""

import datetime
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from xl_perf.core.actions import ACTIONS
from xl_perf.core.errors import BookError
from xl_perf.core.workbook.sheets import COVER_SHEET, FORMS_SHEET, HELP_SHEET, LIBRARY_SHEET, LISTS_SHEET, LOG_SHEET
from xl_perf.files import backups, temporary
from xl_perf.files.candidates import the_one_book
from xl_perf.files.opened_by import opened_by
from xl_perf.live import unfinished
from xl_perf.live.forms import LiveForm, form_of
from xl_perf.live.host import Host
from xl_perf.live.lock import Busy, has_note, lock_name, one_at_a_time
from xl_perf.live.reading import is_own
from xl_perf.sheets.button_looks import ACROSS, ACROSS_LIBRARY
from xl_perf.sheets.cover_heights import WIDTHS
from xl_perf.sheets.form_names import panel_of
from xl_perf.sheets.library_columns import COLUMNS

if TYPE_CHECKING:
    import xlwings

_NOTHING_TO_RECOVER = (
    "注意：上次没有正常结束，也没有留下可以恢复的副本：没有保存的改动每三分钟才留一次副本。"
    "打开的是最后一次保存的内容，请核对之后填写的有没有丢失。"
)
_BROADEST_GAP = 4
"""Characters of the column between the list on 首页 and the buttons beside it."""
_NO_FORMS = frozenset({COVER_SHEET, LIBRARY_SHEET, HELP_SHEET, LISTS_SHEET, LOG_SHEET, FORMS_SHEET})


def open_in_office(book: str, headless: bool, pipe: str | None, say: Callable[[str], None]) -> None:
    """Opens a workbook in LibreOffice with working buttons, listening on the pipe; stays until it is closed.

    What is not saved is copied from time to time, and when the program is told to end; the next start offers it.
    ``say`` is told in Chinese what people should know. Raises `BookError` for what is no workbook, is open already or
    cannot be opened; `XlPerfError` where LibreOffice, its bridge to Python or a screen is missing.
    """
    from xl_perf.engines.libreoffice import office, unsaved
    from xl_perf.engines.libreoffice.unsaved import Keeper, is_open

    path, shown = the_one_book(book)
    name = pipe or office.free_pipe()
    copy = backups.unsaved_copy(str(path))
    temporary.sweep(Path(tempfile.gettempdir()))  # what is left of a killed one is not open any more
    if is_open(path):
        raise BookError("unreadable", shown, "已经在另一个 xl-perf office 的窗口里打开", "请用那个窗口，或先关闭它")
    was_killed = unsaved.remove_stale_lock(path)
    unsaved.sweep(copy.parent)
    with office.running(name, headless=headless) as app:
        if was_killed and not copy.is_file():
            say(_NOTHING_TO_RECOVER)
        opened, is_read_only = _opened(app, path, shown, name, say)
        if is_read_only:  # nothing gets lost, and what is kept of earlier stays
            office.wait_until_closed(app)
            return
        if copy.is_file():
            opened = _offered(app, opened, path, copy, say, headless=headless)
        keeper = Keeper(opened.impl, copy)
        host = Host(opened)

        def meanwhile() -> None:
            what = lock_name(name, host.book.fullname)
            if has_note(what):
                _take_back(host, what)
            else:
                keeper.look()

        try:
            in_order = office.wait_until_closed(app, meanwhile)
        except BaseException:  # Ctrl-C, or told to end
            with suppress(Exception):
                opened.app.impl.finish_typing()
                if keeper.keep():
                    say(f"没有保存的内容另存了一份，下次打开时会问要不要恢复：{copy}")
            raise
        if in_order:
            keeper.drop()
        elif copy.is_file():
            say(f"LibreOffice 意外结束。没有保存的内容有一份副本，下次打开时会问要不要恢复：{copy}")


def _opened(
    app: "xlwings.App", path: Path, shown: str, pipe: str, say: Callable[[str], None]
) -> "tuple[xlwings.Book, bool]":
    """The workbook, open, and whether it is read-only; says what people should know of it.

    Raises `BookError` with the reason where it does not open.
    """
    from xl_perf.engines.libreoffice import office

    try:
        opened = office.open_with_buttons(app, path)
    except BookError as error:
        raise _named(error, path, shown) from None
    is_read_only = Host(opened).is_read_only
    if not is_read_only:
        _bring_buttons_back(Host(opened))
    # Said last: whoever waits for it may close the workbook at once.
    say(f"已在 LibreOffice 中打开 {shown}，关闭窗口后结束。管道：{pipe}")
    if is_read_only:
        who = opened_by(path)
        say(f"注意：{f'{who} 正打开着它，在这里' if who else '它'}是只读的，能校验、发布文本，不能改动。")
    elif path.suffix.lower() == ".xlsm":
        say(
            "注意：LibreOffice 保存的 .xlsm 在 Excel 里宏会失效；要交给 Excel 用时，"
            f"请另建一本：xl-perf new 新文件.xlsm --from {shown}"
        )
    return opened, is_read_only


def _named(error: BookError, path: Path, shown: str) -> BookError:
    """Why LibreOffice has not opened a workbook: what is known of the file itself says more than it does."""
    from xl_perf.saved.guarded import Readers
    from xl_perf.saved.limits import Limits

    if who := opened_by(path):
        return BookError("unreadable", shown, f"正由 {who} 打开，没有打开它", "请等对方关闭后再打开")
    try:
        with Readers(Limits(is_fixed=True)) as readers:
            readers.read(_readable, shown, str(path), shown)
    except BookError as found:
        return found
    return BookError(error.kind, shown, "LibreOffice 没有打开它", error.remedy)


def _readable(path: str, shown: str) -> None:
    from xl_perf.saved.workbook import read_book

    read_book(Path(path), shown)


def _offered(
    app: "xlwings.App", opened: "xlwings.Book", path: Path, copy: Path, say: Callable[[str], None], *, headless: bool
) -> "xlwings.Book":
    """The book to work on: the copy of what was not saved, if the person wants it; else the copy is put aside."""
    from xl_perf.engines.libreoffice import office
    from xl_perf.engines.libreoffice.unsaved import open_copy

    made = datetime.datetime.fromtimestamp(copy.stat().st_mtime)  # local time, as people read it
    question = (
        f"上次没有正常结束。{made:%m月%d日 %H:%M} 自动留下一份副本，其中有没有存进“{path.name}”的内容。\n"
        "要打开这份副本吗？\n选“是”：打开副本，看过后请保存。选“否”：打开文件本身，副本另外留着。"
    )
    if not headless and Host(opened).ask(question):
        found = open_copy(app.impl, copy, path)
        office.prepare_buttons(found)
        _bring_buttons_back(Host(app.books[found.name]))
        return app.books[found.name]
    say(f"上次没有保存的内容留在：{backups.put_aside(copy)}")
    return opened


def _bring_buttons_back(host: Host) -> None:
    """LibreOffice saves no buttons in .xlsx and .xlsm: on sheets of ours that have none they are put back."""
    from xl_perf.engines.libreoffice import button_controls
    from xl_perf.engines.libreoffice.toolbar import Entry

    document = host.book.impl.api
    was_modified = document.isModified()
    places = [(COVER_SHEET, _column_on_cover(host), ACROSS, [one for one in ACTIONS if one.on_cover])]
    places += [
        (live.sheet.name, panel_of(live.frame.kind) + 1, ACROSS, [one for one in ACTIONS if one.on_form])
        for live in _forms(host)
    ]
    if host.sheet(LIBRARY_SHEET) is not None:
        places.append((LIBRARY_SHEET, len(COLUMNS), ACROSS_LIBRARY, [one for one in ACTIONS if one.on_library]))
    for name, column, across, actions in places if is_own(host.book) else []:
        sheet = document.getSheets().getByName(name)
        if not button_controls.has_buttons(sheet):
            entries = [Entry(one.name, one.caption) for one in actions]
            button_controls.add(document, sheet, column, across, entries)
    document.getUndoManager().clear()
    document.setModified(was_modified)


def _column_on_cover(host: Host) -> int:
    """Behind the narrow gap of the template; where that is as broad as any, as in .xlsx, next to the list, in sight."""
    cover = host.sheet(COVER_SHEET)
    gap = None if cover is None else cover[0, len(WIDTHS)].column_width
    return len(WIDTHS) + (gap is not None and gap < _BROADEST_GAP)


def _forms(host: Host) -> list[LiveForm]:
    """The forms of a book, that of the blank sheet too: new ones are copied from it."""
    sheets = [sheet for sheet in host.book.sheets if sheet.name not in _NO_FORMS]
    return [live for sheet in sheets if (live := form_of(host, sheet)) is not None]


def _take_back(host: Host, what: str) -> None:
    """Takes back what a button did whose program has ended in the middle, before the person goes on typing."""
    try:
        with one_at_a_time(what) as held:
            unfinished.take_back(host, held.unfinished)
    except unfinished.Unfinished as error:
        host.tell(str(error), alarming=True)
    except Busy:  # the button is at work
        return

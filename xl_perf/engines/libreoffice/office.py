"""A LibreOffice of our own: started with a private profile and a pipe, ended with everything that it left behind.

``xl-perf office`` opens a workbook in it so that the workbook's buttons work: button → VBA → Shell → ``xl-perf`` →
pipe. What the VBA needs to know stands in LibreOffice's environment, which the programs that it starts inherit.
"""

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.actions import ACTIONS, GROUPS
from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.engines import soffice
from xl_perf.engines.libreoffice import bridge, connect, screen, toolbar, uno_import
from xl_perf.engines.libreoffice.toolbar import Entry
from xl_perf.files import temporary

if TYPE_CHECKING:
    import xlwings

    from xl_perf.engines.libreoffice.books import Book

COMMAND: Final = "XL_PERF_COMMAND"
"""Environment variable for the VBA: the absolute command that ``button NAME`` is put behind. Its presence says that the
host is LibreOffice."""
PIPE: Final = "XL_PERF_PIPE"
"""Environment variable for ``xl-perf button``: the name of the pipe."""
HEADLESS: Final = "XL_PERF_HEADLESS"
"""Environment variable for ``xl-perf button``: nobody sees message boxes."""
_started: "dict[str, subprocess.Popen[bytes]]" = {}
"""The LibreOffices that this process has started, by their pipes."""
_GROUPS: Final = {group: [Entry(one.name, one.caption) for one in ACTIONS if one.group == group] for group in GROUPS}
"""The menu's parts, ordered as Excel's ribbon is."""
_FIRST: Final = ("validate", "next_finding", "consolidate", "clear_marks", "undo", "pack")
"""At the toolbar's left end. A screen of 1366 pixels has no room for all: the last ones stand behind its »."""
_START: Final = 90.0  # seconds that LibreOffice may take to start, on a slow disk
_END: Final = 10.0
_POLL: Final = 0.5
_MACROS_WITHOUT_ASKING: Final = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN

# No tour, no tip of the day, no question about the last crash: a profile is new each time. Links lead where they say on
# a plain click, as in Excel. What is typed stays as typed: a short text is not completed to a longer one of its column,
# and no character is replaced.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowDonation" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Save/Document"><prop oor:name="WarnAlienFormat" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="HyperlinksWithCtrlClick" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Undo"><prop oor:name="Steps" oor:op="fuse"><value>100000</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Input"><prop oor:name="AutoInput" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/AutoCorrect"><prop oor:name="UseReplacementTable" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/AutoCorrect"><prop oor:name="TwoCapitalsAtStart" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/AutoCorrect"><prop oor:name="CapitalAtStartSentence" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/AutoCorrect"><prop oor:name="ChangeDash" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99.9</value></prop></item>
{}</oor:items>
"""  # noqa: E501  # LibreOffice's own format


class OfficeMissing(XlPerfError):
    """LibreOffice is not installed, or does not start."""


def free_pipe() -> str:
    """A name for a pipe that nobody else uses."""
    return f"xl-perf-{os.getpid()}-{secrets.token_hex(4)}"


def command() -> str:
    """The command that starts this xl-perf again, as LibreOffice's Shell splits it: quoted where there are blanks."""
    parts = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "xl_perf"]
    return " ".join(f'"{part}"' if " " in part else part for part in parts)


@contextmanager
def running(pipe: str, *, headless: bool = False) -> Iterator["xlwings.App"]:
    """A LibreOffice that listens on the pipe, as an application of xlwings; at the end it is gone, and its profile.

    Raises `OfficeMissing` where there is no LibreOffice, no screen for its window or it does not start, or where
    another one listens on the pipe; `NoBridge` without python3-uno.
    """
    uno_import.load()  # better said before anything starts
    program = soffice.find_soffice()
    if program is None:
        raise OfficeMissing(
            "没有找到 LibreOffice（soffice）", "请安装 LibreOffice Calc，例如系统软件包 libreoffice-calc"
        )
    if not headless and not screen.is_there():
        remedy = "请在桌面上的终端里运行；只供程序使用的，请加 --headless"
        raise OfficeMissing("没有图形界面，打不开 LibreOffice 的窗口", remedy)
    if pipe in _started or bridge.is_taken(pipe):
        raise OfficeMissing(f"管道 {pipe} 已经有一个 LibreOffice 在用", "请换一个 --pipe 名称，或不写 --pipe")
    profile = temporary.new_folder("office")
    process = None
    try:
        process = _started[pipe] = _start(program, profile, pipe, headless)
        app = _connected(process, pipe, headless)
        try:
            libraries = app.impl.service("com.sun.star.script.ApplicationScriptLibraryContainer")
            toolbar.install_macros(libraries, [entry for entries in _GROUPS.values() for entry in entries], COMMAND)
            yield app
        finally:
            app.impl.engine.apps.gone(app.impl)
            # In a thread: a dialog that waits for its answer would hold us up for ever.
            threading.Thread(target=_quit, args=(app.impl.api,), daemon=True).start()
    finally:
        if process is not None:
            _end(process)
            del _started[pipe]
        temporary.remove(profile)


def _start(program: str, profile: Path, pipe: str, headless: bool) -> "subprocess.Popen[bytes]":
    arguments = [f"--accept=pipe,name={pipe};urp", "--nodefault"]
    environment = os.environ | {COMMAND: command(), PIPE: pipe}
    environment.pop(HEADLESS, None)
    if headless:
        arguments.append("--headless")
        environment |= {HEADLESS: "1", "SAL_USE_VCLPLUGIN": "svp"}
    settings = _SETTINGS.format(toolbar.settings(_GROUPS, _FIRST))
    return soffice.start(program, profile, settings, arguments, environment)


def _connected(process: "subprocess.Popen[bytes]", pipe: str, headless: bool) -> "xlwings.App":
    end = time.monotonic() + _START
    while True:
        try:
            return connect(pipe, timeout=1, headless=headless)
        except XlPerfError:
            if process.poll() is None and time.monotonic() < end:
                continue
            raise OfficeMissing("LibreOffice 没有启动起来", "请先单独启动一次 LibreOffice，确认它能用，再试") from None


def _quit(desktop: Any) -> None:
    with suppress(Exception):  # it may be gone already, which is what we want
        documents = desktop.getComponents().createEnumeration()
        while documents.hasMoreElements():
            documents.nextElement().setModified(False)  # else it would ask, and nobody may be there
    with suppress(Exception):
        desktop.terminate()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Waits for LibreOffice and what it started; ends what does not end by itself."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(_END)
    soffice.end(process)


def open_with_buttons(app: "xlwings.App", path: Path) -> "xlwings.Book":
    """Opens a workbook whose macros may run (this one's alone), and makes them fit to run here.

    LibreOffice asks the person for a password, or what to do about a file in use; `BookError` where it then is not
    open, or nobody can be asked.
    """
    from xl_perf.engines.libreoffice import unsaved
    from xl_perf.engines.libreoffice.protection import Refused

    unsaved.remove_stale_lock(path)
    try:
        opened = app.impl.books.open(
            str(path.absolute()), macros=_MACROS_WITHOUT_ASKING, ask=not app.impl.alerts.headless
        )
    except (Refused, bridge.exception("com.sun.star.uno.Exception")):
        reason = "LibreOffice 没有打开它"
        raise BookError("unreadable", str(path), reason, "请先在 LibreOffice 里打开一次，看它怎么说") from None
    prepare_buttons(opened)
    opened.api.setModified(False)
    return app.books[opened.name]


def prepare_buttons(book: "Book") -> None:
    """Makes the macros of an opened book fit to run here."""
    from xl_perf.engines.libreoffice.basic import remove_xlwings

    remove_xlwings(book.api)


def wait_until_closed(app: "xlwings.App", meanwhile: Callable[[], None] = lambda: None) -> bool:
    """Returns when the last workbook is closed, or LibreOffice has ended. ``meanwhile`` is called again and again.

    Gives whether the person ended it: False where LibreOffice crashed or was killed.
    """
    process = _started.get(app.impl.pipe)
    while True:
        try:
            if not len(app.books):
                return True
            meanwhile()
        except Exception:  # LibreOffice is gone: whatever its last answer was
            if process is None:
                return True
            with suppress(subprocess.TimeoutExpired):
                return process.wait(_END) == 0
        time.sleep(_POLL)

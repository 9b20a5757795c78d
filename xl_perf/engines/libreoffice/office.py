"""A LibreOffice of our own: started with a private profile and a pipe, ended with everything that it left behind.

``xl-perf office`` opens a workbook in it so that the workbook's buttons work: button → VBA → Shell → ``xl-perf`` →
pipe. What the VBA needs to know stands in LibreOffice's environment, which the programs that it starts inherit.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.engines import soffice
from xl_perf.engines.libreoffice import connect, uno_import
from xl_perf.files import temporary

if TYPE_CHECKING:
    import xlwings

COMMAND: Final = "XL_PERF_COMMAND"
"""Environment variable for the VBA: the absolute command that ``button NAME`` is put behind. Its presence says that the
host is LibreOffice."""
PIPE: Final = "XL_PERF_PIPE"
"""Environment variable for ``xl-perf button``: the name of the pipe."""
HEADLESS: Final = "XL_PERF_HEADLESS"
"""Environment variable for ``xl-perf button``: nobody sees message boxes."""
_START: Final = 90.0  # seconds that LibreOffice may take to start, on a slow disk
_END: Final = 10.0
_POLL: Final = 0.5
_MACROS_WITHOUT_ASKING: Final = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN

# No tour, no tip of the day, no question about the last crash: a profile is new each time.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowDonation" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99.9</value></prop></item>
</oor:items>
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

    Raises `OfficeMissing` where there is no LibreOffice or it does not start, `NoBridge` without python3-uno.
    """
    uno_import.load()  # better said before anything starts
    program = soffice.find_soffice()
    if program is None:
        raise OfficeMissing(
            "没有找到 LibreOffice（soffice）", "请安装 LibreOffice Calc，例如系统软件包 libreoffice-calc"
        )
    profile = temporary.new_folder("office")
    process = None
    try:
        process = _start(program, profile, pipe, headless)
        app = _connected(process, pipe, headless)
        try:
            yield app
        finally:
            app.impl.engine.apps.gone(app.impl)
            _quit(app.impl.api)
    finally:
        if process is not None:
            _end(process)
        temporary.remove(profile)


def _start(program: str, profile: Path, pipe: str, headless: bool) -> "subprocess.Popen[bytes]":
    arguments = [f"--accept=pipe,name={pipe};urp", "--nodefault"]
    environment = os.environ | {COMMAND: command(), PIPE: pipe}
    environment.pop(HEADLESS, None)
    if headless:
        arguments.append("--headless")
        environment |= {HEADLESS: "1", "SAL_USE_VCLPLUGIN": "svp"}
    return soffice.start(program, profile, _SETTINGS, arguments, environment)


def _connected(process: "subprocess.Popen[bytes]", pipe: str, headless: bool) -> "xlwings.App":
    end = time.monotonic() + _START
    while True:
        try:
            return connect(pipe, timeout=1, headless=headless)
        except XlPerfError:
            if process.poll() is not None or time.monotonic() > end:
                raise OfficeMissing(
                    "LibreOffice 没有启动起来", "请先单独启动一次 LibreOffice，确认它能用；没有图形界面时加 --headless"
                ) from None


def _quit(desktop: Any) -> None:
    with suppress(Exception):  # it may be gone already, which is what we want
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
    from xl_perf.engines.libreoffice import bridge
    from xl_perf.engines.libreoffice.basic import remove_xlwings
    from xl_perf.engines.libreoffice.protection import Refused

    try:
        opened = app.impl.books.open(
            str(path.absolute()), macros=_MACROS_WITHOUT_ASKING, ask=not app.impl.alerts.headless
        )
    except (Refused, bridge.exception("com.sun.star.uno.Exception")):
        reason = "LibreOffice 没有打开它：可能设有密码、正被别人使用，或已损坏"
        raise BookError("unreadable", str(path), reason, "请取消密码、关闭占用它的程序，或换一份再试") from None
    remove_xlwings(opened.api)
    opened.api.setModified(False)
    return app.books[opened.name]


def wait_until_closed(app: "xlwings.App") -> None:
    """Returns when the last workbook is closed, or LibreOffice has ended."""
    with suppress(Exception):  # LibreOffice is gone: whatever its last answer was
        while len(app.books):
            time.sleep(_POLL)

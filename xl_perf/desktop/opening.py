"""Opens a file in the program that this desktop has for it, without waiting for that."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

NOTHING: Final = "XL_PERF_OPEN_NOTHING"
"""Environment variable: where it is set, nothing is opened (tests, servers)."""
_MAIL_TYPE: Final = "message/rfc822"
_SECONDS: Final = 5


def open_mail(path: Path) -> bool:
    """Opens the draft of a mail in the mail program; false where there is none, or it cannot be started."""
    if os.environ.get(NOTHING):
        return False
    with suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "win32":
            return _has_mail_program() and _started(path)
        if sys.platform == "darwin":
            return _detached(["open", str(path)])
        if _is_desktop() and _asked(["xdg-mime", "query", "default", _MAIL_TYPE]):
            return _detached(["xdg-open", str(path)])
    return False


def _is_desktop() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _asked(command: list[str]) -> str:
    """What a program says; empty where there is no such program."""
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=_SECONDS)
    return done.stdout.strip()


def _detached(command: list[str]) -> bool:
    """Starts a program that goes on by itself; false where there is none."""
    if shutil.which(command[0]) is None:
        return False
    # A shell that ends at once: nobody has to wait for what it started.
    shell = ["/bin/sh", "-c", '"$@" </dev/null >/dev/null 2>&1 &', "sh"]
    subprocess.run([*shell, *command], start_new_session=True, check=False, timeout=_SECONDS)
    return True


if sys.platform == "win32":

    def _has_mail_program() -> bool:
        """A program is registered for .eml: without one Windows would ask with which to open it."""
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, ".eml") as key:
            return bool(winreg.QueryValueEx(key, "")[0])
        return False

    def _started(path: Path) -> bool:
        os.startfile(path)
        return True

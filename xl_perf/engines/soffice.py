"""LibreOffice's program: where it is, how it starts with a profile of its own, and ends with all that it started."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

_PROGRAMS: Final = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)


_OPT: Final = Path("/opt")
"""Where the Linux packages of libreoffice.org go, each version into a folder of its own; none is on the PATH."""


def find_soffice() -> str | None:
    """The program's path; None where LibreOffice is not installed. Of several in /opt the newest."""
    named = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    return named or max(map(str, _OPT.glob("libreoffice*/program/soffice")), key=_version, default=None)


def _version(program: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", program)]


def start(
    program: str, profile: Path, settings: str, arguments: Sequence[str], environment: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """Starts LibreOffice with a new profile in an empty folder; ``settings`` are its registrymodifications.xcu.

    What it mutters is for nobody. Raises OSError where the program does not start.
    """
    user = profile / "user"
    user.mkdir()
    (user / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.resolve().as_uri()}", "--norestore", "--nologo", *arguments]
    return subprocess.Popen(
        command,
        env=with_utf8(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # soffice is a script that starts others: all of them must end
    )


def with_utf8(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment; in the C locale LibreOffice opens no file with a Chinese name."""
    chosen = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    is_plain = sys.platform != "win32" and next(filter(None, chosen), "C") in ("C", "POSIX")
    return {**environment, "LC_ALL": "C.UTF-8"} if is_plain else dict(environment)


def end(process: "subprocess.Popen[Any]") -> None:
    """Ends the program and, where there are process groups, all that it started."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()

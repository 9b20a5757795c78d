"""Temporary files and folders whose names say which process they belong to.

What a run that was killed left behind is found by that, and taken away by the next run that needs the same place.
"""

import atexit
import errno
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final
from zlib import crc32

TEMPORARY_START: Final = ".xl-perf-"
"""How our own outputs are called before they are moved in place."""
_FOLDER_START: Final = "xl-perf-"
_OWNED: Final = re.compile(r"\.?xl-perf-(?:[a-z]+-)?(\d+)-([0-9a-f]{4})-[0-9a-f]{8}(?:\.\w+)?")
_OF_0_1: Final = re.compile(r"\.xl-perf-[0-9a-f]{12}\.\w+|xl-perf-(?:office-|text-)?[a-z0-9_]{8}")
"""How version 0.1 called them."""
_DAY: Final = 24 * 60 * 60.0
"""Seconds. Where nobody can tell whether the process still runs, what is older is left behind."""


def new_name(start: str, suffix: str = "") -> str:
    """A name that nobody else uses, and that says whose it is: 40 bytes at most."""
    import secrets  # brings half a dozen modules that `check` does without

    return f"{start}{os.getpid()}-{_machine()}-{secrets.token_hex(4)}{suffix}"


@cache
def _machine() -> str:
    name = os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename
    return f"{crc32(name.encode()) & 0xFFFF:04x}"


FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
CLEAN_UP: Final = "请清理它，或用 TMPDIR 另指一个"


def why_full(error: OSError) -> str:
    """What kept something from being written into the temporary folder, in Chinese."""
    place = tempfile.gettempdir()
    if error.errno in FULL:
        return f"临时文件夹 {place} 所在的磁盘空间不足"
    return f"临时文件夹 {place} 写不进去（{errno.errorcode.get(error.errno or 0, error.__class__.__name__)}）"


def new_folder(what: str) -> Path:
    """A new folder for temporary files, for this user alone. Raises OSError where there is no place for one."""
    place = Path(tempfile.gettempdir())
    sweep(place)
    path = place / new_name(f"{_FOLDER_START}{what}-")
    path.mkdir(0o700)
    return path


_INTO: Final = re.compile(r"(\.(?:zip|eml|msg)!)[/\\]", re.IGNORECASE)
_UNPACKED: Final = re.compile(r".*[/\\]xl-perf-zip-\d+-[0-9a-f]{4}-[0-9a-f]{8}[/\\]", re.DOTALL)


def as_given(path: str) -> str:
    """A path as the person knows it, where it is one in the folder to which an archive was unpacked."""
    unpacked = _UNPACKED.match(path)
    return path if unpacked is None else _INTO.sub(r"\1", path[unpacked.end() :])


@contextmanager
def folder(what: str) -> Iterator[Path]:
    """A new folder for temporary files, taken away at the end."""
    path = new_folder(what)
    try:
        yield path
    finally:
        remove(path)


def folder_until_the_end(what: str) -> Path:
    """A new folder for temporary files, taken away when the process ends."""
    path = new_folder(what)
    atexit.register(remove, path)
    return path


def remove(path: Path) -> None:
    """Takes a folder away, as far as it goes."""
    shutil.rmtree(path, ignore_errors=True)


@cache
def sweep(place: Path) -> None:
    """Takes away what killed runs of this user left in a folder, LibreOffice of theirs included; once in a process."""
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if entry.name.startswith((TEMPORARY_START, _FOLDER_START)) and _is_left_behind(entry):
                with suppress(OSError):
                    if not entry.is_dir(follow_symlinks=False):
                        Path(entry.path).unlink()
                    elif _can_end_processes_in(entry.path):
                        remove(Path(entry.path))


def _is_left_behind(entry: "os.DirEntry[str]") -> bool:
    owned = _OWNED.fullmatch(entry.name)
    if owned is None and _OF_0_1.fullmatch(entry.name) is None:
        return False
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    if sys.platform != "win32":
        if found.st_uid != os.geteuid():
            return False
        if owned is not None and owned[2] == _machine():
            return not _is_running(int(owned[1]))
    return time.time() - found.st_mtime > _DAY


def _is_running(process: int) -> bool:
    """For POSIX only: elsewhere signal 0 would end the process."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _can_end_processes_in(folder_path: str) -> bool:
    """Ends programs without a window that were started with something in this folder, whose name is ours (Linux).

    False where one has a window: somebody may be at work in it.
    """
    if sys.platform != "linux":
        return True
    for process in Path("/proc").iterdir():
        if process.name.isdecimal() and int(process.name) != os.getpid():
            with suppress(OSError):
                command = (process / "cmdline").read_bytes()
                if folder_path.encode() not in command:
                    continue
                if b"--headless" not in command:
                    return False
                os.kill(int(process.name), signal.SIGKILL)
    return True

"""One button at a time for each open book. LibreOffice does not wait for what a button starts, so a second may come."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xl_perf.core.errors import XlPerfError

_MOST = 1_000_000
"""Bytes of a note."""


class Busy(XlPerfError):
    """Another button is at work on the same book."""

    def __init__(self) -> None:
        super().__init__("上一个操作还没有完成", "请等它结束后再按")


class Held:
    """The lock while it is held. What is noted there stays behind only where the process ends in the middle."""

    def __init__(self, file: int) -> None:
        self._file = file
        self.unfinished = os.read(file, _MOST).decode("utf-8", "replace")
        """What a process noted that ended in the middle; else empty."""

    def note(self, text: str) -> None:
        """Notes what is being done."""
        os.lseek(self._file, 0, os.SEEK_SET)
        os.ftruncate(self._file, 0)
        os.write(self._file, text.encode("utf-8"))


@contextmanager
def one_at_a_time(what: str) -> Iterator[Held]:
    """Holds the lock of a book while its block runs. Raises `Busy` where somebody else holds it.

    The operating system's own lock: it ends with the process, so nothing stale is left behind after a crash but what
    was noted.
    """
    file = os.open(_path(what), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(file)
        try:
            yield Held(file)
        finally:
            os.ftruncate(file, 0)
    finally:
        os.close(file)


def lock_name(pipe: str, book: str) -> str:
    """What is locked: a book by its path, in the LibreOffice on that pipe, or in Excel."""
    return f"{pipe} {book}"


def has_note(what: str) -> bool:
    """Whether something is being done with a book, or was when its process ended."""
    try:
        return _path(what).stat().st_size > 0
    except OSError:
        return False


def _path(what: str) -> Path:
    name = hashlib.sha256(what.encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return Path(tempfile.gettempdir()) / f"xl-perf-{name}.lock"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise Busy from None

else:
    import fcntl

    def _lock(file: int) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None

"""One button at a time for each open book. LibreOffice does not wait for what a button starts, so a second may come."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xl_perf.core.errors import XlPerfError


class Busy(XlPerfError):
    """Another button is at work on the same book."""

    def __init__(self) -> None:
        super().__init__("上一个操作还没有完成", "请等它结束后再按")


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Holds the lock of a book while its block runs. Raises `Busy` where somebody else holds it.

    The operating system's own lock: it ends with the process, so nothing stale is left behind after a crash.
    """
    name = hashlib.sha256(what.encode("utf-8", "surrogateescape")).hexdigest()[:24]
    file = os.open(Path(tempfile.gettempdir()) / f"xl-perf-{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(file)
        yield
    finally:
        os.close(file)


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

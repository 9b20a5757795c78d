"""SIGTERM and SIGHUP end a command as Ctrl-C does: what it has begun is cleaned up at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


class Ended(BaseException):
    """The process was told to end; ``status`` is what it exits with."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number


def _end(number: int, _: FrameType | None) -> None:
    for one in _SIGNALS:  # a second one shall not disturb the cleaning up
        signal.signal(one, signal.SIG_IGN)
    raise Ended(number)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raises `Ended` in its block when a signal comes. What is ignored, as under nohup, stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.getsignal(one) for one in _SIGNALS}
    for one, handler in before.items():
        if handler is signal.SIG_DFL:
            signal.signal(one, _end)
    try:
        yield
    finally:
        for one, handler in before.items():
            if handler is signal.SIG_DFL:
                signal.signal(one, handler)

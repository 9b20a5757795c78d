"""Whether Esc has been pressed while Excel waits for us: no event of Excel's tells another process of keys."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from xlwings import App

_ESCAPE: Final = 0x1B  # VK_ESCAPE
_DOWN_OR_PRESSED: Final = 0x8001
"""Of GetAsyncKeyState: the key is down, or was pressed since it was asked last."""
_NO_INTERRUPT: Final = 0  # xlDisabled


class Escape(Protocol):
    """What hears of Esc."""

    @property
    def was_pressed(self) -> bool:
        """Whether Esc has been pressed since the block began, or since `forget`."""
        ...

    def forget(self) -> None:
        """What was pressed so far does not count: it closed a message box."""
        ...


class NoEscape:
    """Where nobody can press a key, or none can be asked for: Excel on macOS."""

    was_pressed = False

    def forget(self) -> None:
        """There is nothing to forget."""


class WindowsEscape:
    """The keyboard's own state, as Windows tells it to every program of the same desktop.

    ``keys`` is user32, ``window`` one of the windows of the program that must be in front.
    """

    def __init__(self, keys: Any, window: int) -> None:
        self._keys = keys
        self._program = self._program_of(window)
        self._was_pressed = False
        self.forget()

    def forget(self) -> None:
        """What was pressed so far does not count."""
        self._keys.GetAsyncKeyState(_ESCAPE)
        self._was_pressed = False

    @property
    def was_pressed(self) -> bool:
        """Whether Esc has been pressed in that program."""
        pressed = bool(self._keys.GetAsyncKeyState(_ESCAPE) & _DOWN_OR_PRESSED)
        if pressed and self._program_of(self._keys.GetForegroundWindow()) == self._program:
            self._was_pressed = True
        return self._was_pressed

    def _program_of(self, window: int) -> int:
        """The number of the process to which a window belongs."""
        from ctypes import byref, c_ulong

        found = c_ulong()
        self._keys.GetWindowThreadProcessId(window, byref(found))
        return found.value


@contextmanager
def watched(app: "App") -> Iterator[Escape]:
    """Hears of Esc in a program while the block runs.

    Excel's own answer to Esc, to break the macro that waits for us off with a message in its own words, is switched
    off; it comes back by itself when the macro ends.
    """
    if app.engine.name == "libreoffice":
        with app.impl.escape_watched() as escape:
            yield escape
    elif app.engine.name == "excel" and sys.platform == "win32":
        from ctypes import windll

        app.api.EnableCancelKey = _NO_INTERRUPT
        yield WindowsEscape(windll.user32, app.hwnd)
    else:
        yield NoEscape()

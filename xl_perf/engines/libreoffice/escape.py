"""Whether somebody has pressed Esc in a window of LibreOffice while we are at work on its document."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from xl_perf.engines.libreoffice import uno_import
from xl_perf.engines.libreoffice.bridge import exception

_ESCAPE: Final = 1281  # com.sun.star.awt.Key.ESCAPE
_INTERFACE: Final = "com.sun.star.awt.XKeyHandler"


class Escape:
    """Hears the keys of a window, as a key handler of UNO's, and takes none of them away."""

    def __init__(self) -> None:
        self._was_pressed = False

    def forget(self) -> None:
        """What was pressed so far does not count: it closed a message box."""
        self._was_pressed = False

    @property
    def was_pressed(self) -> bool:
        """Whether Esc has been pressed."""
        return self._was_pressed

    def keyPressed(self, event: Any) -> bool:  # noqa: N802  # UNO's names
        """LibreOffice tells of a key, and waits for the answer: whether that was all."""
        self._was_pressed |= event.KeyCode == _ESCAPE
        return False

    def keyReleased(self, _: Any) -> bool:  # noqa: N802
        """LibreOffice tells of a key."""
        return False

    def disposing(self, _: Any) -> None:
        """The window is gone."""

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802
        """What this is to UNO."""
        return (uno_import.load().getTypeByName(_INTERFACE),)

    def getImplementationId(self) -> Any:  # noqa: N802
        """None of its own."""
        return uno_import.load().ByteSequence(b"")


@contextmanager
def watched(controller: Any) -> Iterator[Escape]:
    """Hears the keys of a document's window while the block runs."""
    escape = Escape()
    controller.addKeyHandler(escape)
    try:
        yield escape
    finally:
        with suppress(exception("com.sun.star.uno.RuntimeException")):  # the window may be gone
            controller.removeKeyHandler(escape)

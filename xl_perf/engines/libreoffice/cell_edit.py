"""A cell that a person is typing into: whether there is one, and how it is entered.

Nothing that works on the book may start while a cell is open: LibreOffice would put the text into whichever cell is
selected when it is entered, or lose it. It has no method for that, so the open edit is seen through accessibility, and
entered with the key that a person would press: input checks and formulas with mistakes are then asked about as ever.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

from xl_perf.engines.libreoffice.bridge import exception, struct

_ALERT, _DIALOG, _TEXT_FRAME, _SPREADSHEET = 1, 12, 61, 84  # com.sun.star.accessibility.AccessibleRole
_MANY: Final = 1_000
"""What has more parts is the grid of a sheet."""
_ENTER: Final = 1280  # com.sun.star.awt.Key.RETURN
_PAUSE: Final = 0.05  # seconds between two looks
_TRIES: Final = 5
_SOON: Final = 3.0  # seconds in which LibreOffice enters a cell, unless it asks something
_PATIENCE: Final = 600.0  # seconds for the person to answer what it asks


def is_open(controller: Any) -> bool:
    """Whether somebody is typing into a cell of this window."""
    return _steady(lambda: _is_open(controller))


def _steady(look: Callable[[], bool]) -> bool:
    """What ``look`` gives; again where windows come and go while it looks, and at last False."""
    for _ in range(_TRIES):
        with suppress(exception("com.sun.star.uno.RuntimeException")):
            return look()
        time.sleep(_PAUSE)
    return False


def _is_open(controller: Any) -> bool:
    window = controller.getFrame().getComponentWindow().getAccessibleContext()
    sheets = (one for one in _inside(window) if one.getAccessibleRole() == _SPREADSHEET)
    return any(part.getAccessibleRole() == _TEXT_FRAME for sheet in sheets for part in _parts(sheet))


def enter(toolkit: Any, controller: Any) -> bool:
    """Enters what is being typed, as Enter does; the selection stays. False where the cell is still open afterwards.

    Waits while LibreOffice asks the person something about it.
    """
    if not is_open(controller):
        return True
    selection = controller.getSelection()
    window = controller.getFrame().getComponentWindow()
    key = struct("com.sun.star.awt.KeyEvent", Source=window, KeyCode=_ENTER, KeyChar="\r")
    toolkit.keyPress(key)
    toolkit.keyRelease(key)
    end, patience = time.monotonic() + _SOON, time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        time.sleep(_PAUSE)
        if _steady(lambda: _asks(toolkit)):
            end = min(time.monotonic() + _SOON, patience)
        elif not is_open(controller):
            controller.select(selection)
            return True
    return False


def _asks(toolkit: Any) -> bool:
    windows = [toolkit.getTopWindow(at) for at in range(toolkit.getTopWindowCount())]
    contexts = [window.getAccessibleContext() for window in windows if window is not None]
    return any(one is not None and one.getAccessibleRole() in (_ALERT, _DIALOG) for one in contexts)


def _inside(context: Any) -> Iterator[Any]:
    """Something on the screen and all that is in it, as far as the sheets: accessible contexts."""
    yield context
    if context.getAccessibleRole() != _SPREADSHEET:
        for part in _parts(context):
            yield from _inside(part)


def _parts(context: Any) -> list[Any]:
    """What is in it. LibreOffice counts paragraphs of a cell's hint that it then does not have."""
    count = context.getAccessibleChildCount()
    parts = []
    for at in range(count if count < _MANY else 0):
        with suppress(exception("com.sun.star.lang.IndexOutOfBoundsException")):
            parts.append(context.getAccessibleChild(at).getAccessibleContext())
    return parts

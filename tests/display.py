"""A display without a screen, a hand for its mouse, and eyes: Xvfb, xdotool, and the picture that Xvfb keeps.

Where things are is asked of LibreOffice's own accessibility, over the same pipe as everything else.
"""

import os
import shutil
import struct
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
PROGRAMS = ("Xvfb", "xdotool")
_ALERT, _PUSH_BUTTON, _TOOL_BAR = 1, 44, 63  # com.sun.star.accessibility.AccessibleRole
_MANY = 10_000
"""What has more parts than that is the grid of a sheet."""
_HEADER = struct.Struct(">25I")
# The X Window Dump format (X11/XWDFile.h), version 7: 4 bytes per pixel, blue first.


def is_here() -> bool:
    """Whether the programs are installed."""
    return all(map(shutil.which, PROGRAMS))


class Point(NamedTuple):
    x: int
    y: int


class Display:
    """One virtual screen."""

    def __init__(self, name: str, picture: Path) -> None:
        self.name = name
        self._picture = picture

    def click(self, where: Point) -> None:
        """The left mouse button, pressed and released there."""
        self.point(where)
        time.sleep(0.3)  # a program must see the pointer come before it is pressed
        self._xdotool("click", "1")

    def point(self, where: Point) -> None:
        """The mouse moves there."""
        self._xdotool("mousemove", str(where.x), str(where.y))

    def double_click(self, where: Point) -> None:
        """Twice, as on a cell to edit it."""
        self.point(where)
        time.sleep(0.3)
        self._xdotool("click", "--repeat", "2", "--delay", "80", "1")

    def type(self, text: str) -> None:
        """Types a text of Latin letters and digits; no Enter."""
        self._xdotool("type", "--delay", "40", text)

    def key(self, *names: str) -> None:
        """Presses keys by their X names, one after the other: Return, space, ctrl+s."""
        self._xdotool("key", "--delay", "60", *names)

    def focus(self, title: str) -> None:
        """Gives the keyboard to the window whose title has this, as a window manager does when a dialog closes."""
        self._xdotool("search", "--onlyvisible", "--name", title, "windowfocus")

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=os.environ | {"DISPLAY": self.name}, check=True, timeout=30)

    def colour(self, where: Point) -> tuple[int, int, int]:
        """Red, green and blue of a point."""
        dump = self._picture.read_bytes()
        header = _HEADER.unpack_from(dump)
        place = header[0] + 12 * header[19] + where.y * header[12] + where.x * 4
        blue, green, red = dump[place : place + 3]
        return red, green, blue

    def screenshot(self, path: Path) -> Path:
        """What is on the screen, as a PNG."""
        dump = self._picture.read_bytes()
        header = _HEADER.unpack_from(dump)
        width, height, line, colours = header[4], header[5], header[12], header[19]
        start = header[0] + 12 * colours
        rows = []
        for row in range(height):
            pixels = dump[start + row * line : start + row * line + 4 * width]
            rgb = bytearray(3 * width)
            rgb[0::3], rgb[1::3], rgb[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
            rows.append(b"\0" + rgb)
        path.write_bytes(_png(width, height, b"".join(rows)))
        return path


def _png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


@contextmanager
def display(folder: Path, size: str = "1366x768") -> Iterator[Display]:
    """A new virtual screen; its number is one that nobody uses."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size}x24", "-fbdir", str(folder)]
    command.append("-noreset")  # else it starts anew whenever its last program ends, and the next one finds no display
    process = subprocess.Popen(command, pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        os.close(writer)
        with os.fdopen(reader, encoding="ascii") as told:
            yield Display(f":{told.readline().strip()}", folder / "Xvfb_screen0")
    finally:
        process.terminate()
        process.wait(20)


def until(look: Callable[[], T | None], what: str, seconds: float = 120) -> T:
    """What ``look`` gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {seconds:.0f} s")


def settled(look: Callable[[], T | None], what: str) -> T:
    """What ``look`` gives as soon as it gives the same twice: a window moves while it opens."""
    last: T | None = None

    def twice() -> T | None:
        nonlocal last
        before, last = last, look()
        return last if last == before else None

    return until(twice, what)


def answer(app: Any, screen: Display, caption: str) -> None:
    """Presses a button of the message box that is open, again while it stays open, as a person does.

    Another box may stand there at once: it is another question, and is left to whoever asks for it.
    """
    asked = settled(lambda: message_box(app), f"the box with {caption}").text

    def is_gone() -> bool:
        box = message_box(app)
        if box is None or box.text != asked:
            return True
        screen.click(box.buttons[caption])
        time.sleep(1)
        return False

    until(is_gone, f"the box closed by {caption}")


# --- where things are on the screen ----------------------------------------------------------------------------------


def middle(accessible: Any) -> Point:
    """The middle of something that is on the screen."""
    context = accessible.getAccessibleContext()
    place, size = context.getLocationOnScreen(), context.getSize()
    return Point(place.X + size.Width // 2, place.Y + size.Height // 2)


def button_on_sheet(sheet: Any, caption: str) -> Point | None:
    """Where the button with this caption is, on the sheet in front; None while it is not there yet."""
    shape = next((shape for shape in sheet.shapes if shape.text == caption), None)
    if shape is None:
        return None
    return middle(sheet.book.impl.controller.getControl(shape.api.getControl()))


def toolbar(book: Any, name: str) -> dict[str, Point]:
    """Where the buttons of a toolbar are, by their captions, from left to right."""
    window = book.impl.controller.getFrame().getContainerWindow()
    bars = [one for one in _inside(window) if one.getAccessibleContext().getAccessibleRole() == _TOOL_BAR]
    bar = next((one for one in bars if one.getAccessibleContext().getAccessibleName() == name), None)
    if bar is None:
        return {}
    found = [(one.getAccessibleContext().getAccessibleName(), one) for one in list(_inside(bar))[1:]]
    return {caption: middle(one) for caption, one in found if caption}


def cell_on_sheet(sheet: Any, address: str) -> Point:
    """Where a cell of the sheet in front is."""
    window = sheet.book.impl.controller.getFrame().getComponentWindow()
    cell = sheet.range(address)
    cell = sheet.range(address)
    table = next(one for one in _inside(window) if one.getAccessibleContext().getAccessibleChildCount() > _MANY)
    return middle(table.getAccessibleContext().getAccessibleCellAt(cell.row - 1, cell.column - 1))


def _inside(accessible: Any) -> Iterator[Any]:
    """Something on the screen and all that is in it, without the cells of a sheet."""
    yield accessible
    context = accessible.getAccessibleContext()
    count = context.getAccessibleChildCount()
    for at in range(count if count <= _MANY else 0):
        yield from _inside(context.getAccessibleChild(at))


class MessageBox(NamedTuple):
    """A message box that is open: what it says, and where its buttons are."""

    text: str
    buttons: dict[str, Point]
    title: str = ""


def message_box(app: Any) -> MessageBox | None:
    """The message box in front of LibreOffice's windows, or None."""
    toolkit = app.impl.service("com.sun.star.awt.Toolkit")
    for number in range(toolkit.getTopWindowCount()):
        window = toolkit.getTopWindow(number)  # None where one has closed meanwhile
        context = None if window is None else window.getAccessibleContext()
        if context is not None and context.getAccessibleRole() == _ALERT:
            parts = list(_inside(window))[1:]
            roles = [part.getAccessibleContext().getAccessibleRole() for part in parts]
            names = [part.getAccessibleContext().getAccessibleName() for part in parts]
            buttons = {names[at]: middle(parts[at]) for at, role in enumerate(roles) if role == _PUSH_BUTTON}
            text = "\n".join(name for name in names if name and name not in buttons)
            return MessageBox(text, buttons, str(context.getAccessibleName()))
    return None

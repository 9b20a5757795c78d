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
_ALERT, _PUSH_BUTTON = 1, 44  # com.sun.star.accessibility.AccessibleRole
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

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=os.environ | {"DISPLAY": self.name}, check=True, timeout=30)

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
def display(folder: Path, size: str = "1280x900") -> Iterator[Display]:
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


def until(look: Callable[[], T | None], what: str, seconds: float = 60) -> T:
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


# --- where things are on the screen ----------------------------------------------------------------------------------


def middle(accessible: Any) -> Point:
    """The middle of something that is on the screen."""
    context = accessible.getAccessibleContext()
    place, size = context.getLocationOnScreen(), context.getSize()
    return Point(place.X + size.Width // 2, place.Y + size.Height // 2)


def button_on_sheet(sheet: Any, caption: str) -> Point:
    """Where the button with this caption is, on the sheet in front."""
    shape = next(shape for shape in sheet.shapes if shape.text == caption)
    return middle(sheet.book.impl.controller.getControl(shape.api.getControl()))


class MessageBox(NamedTuple):
    """A message box that is open: what it says, and where its buttons are."""

    text: str
    buttons: dict[str, Point]


def message_box(app: Any) -> MessageBox | None:
    """The message box in front of LibreOffice's windows, or None."""
    toolkit = app.impl.service("com.sun.star.awt.Toolkit")
    for number in range(toolkit.getTopWindowCount()):
        context = toolkit.getTopWindow(number).getAccessibleContext()
        if context.getAccessibleRole() == _ALERT:
            parts = [context.getAccessibleChild(at) for at in range(context.getAccessibleChildCount())]
            roles = [part.getAccessibleContext().getAccessibleRole() for part in parts]
            names = [part.getAccessibleContext().getAccessibleName() for part in parts]
            buttons = {names[at]: middle(parts[at]) for at, role in enumerate(roles) if role == _PUSH_BUTTON}
            return MessageBox("\n".join(name for name in names if name and name not in buttons), buttons)
    return None

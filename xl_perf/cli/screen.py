"""How much of many books a command lists on a terminal: as much as fits one screen."""

import io
import re
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Final, NamedTuple

from xl_perf.cli.terminal import width


class Room(NamedTuple):
    """How many of each are named one by one; the others are counted."""

    books: int = 12
    """Books of ``check``."""
    findings: int = 10
    notes: int = 3
    places: int = 5
    """Places, projects or books in a line on what the totals do not hold."""
    files: int = 10
    """Files that were passed over, and departments that did not deliver."""
    sums: int = 20
    """Departments or folders of ``consolidate``."""


FULL: Final = Room()
"""Into a pipe or a file, and where the terminal has room."""
_TIGHTER: Final = (
    FULL,
    *(Room(10, 8, 3, 4, 8, 16), Room(8, 7, 2, 3, 6, 12), Room(7, 6, 2, 3, 6, 10), Room(6, 5, 1, 3, 5, 9)),
    *(Room(5, 5, 1, 2, 4, 8), Room(5, 4, 1, 1, 3, 7), Room(4, 4, 1, 1, 3, 6), Room(4, 3, 1, 1, 2, 5)),
    *(Room(3, 3, 0, 1, 2, 4), Room(3, 2, 0, 1, 1, 4), Room(2, 2, 0, 1, 1, 3), Room(2, 2, 0, 0, 1, 3)),
    *(Room(2, 2, 0, 0, 0, 3), Room(2, 1, 0, 0, 0, 2), Room(1, 1, 0, 0, 0, 2), Room(1, 0, 0, 0, 0, 1)),
)
_CONTROL: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


def fitted(draw: Callable[[Room], object]) -> None:
    """Draws with as much room as fits the terminal: the first that does, else the least."""
    room = FULL
    if sys.stdout.isatty():
        columns, lines = shutil.get_terminal_size()
        # A line is left for what is typed next.
        room = next((one for one in _TIGHTER if _height(draw, one, columns) < lines), _TIGHTER[-1])
    draw(room)


class _Rehearsal(io.StringIO):
    """Takes in what is drawn as the terminal would."""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """As the terminal's."""
        return sys.__stdout__.encoding if sys.__stdout__ is not None else "utf-8"

    def isatty(self) -> bool:
        """So that tables are drawn."""
        return True


def _height(draw: Callable[[Room], object], room: Room, columns: int) -> int:
    """The lines of the terminal that it takes."""
    with redirect_stdout(_Rehearsal()) as rehearsal:
        draw(room)
    lines = _CONTROL.sub("", rehearsal.getvalue()).splitlines()
    return sum(max(1, -(-width(line.rstrip()) // columns)) for line in lines)

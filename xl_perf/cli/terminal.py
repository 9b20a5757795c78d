"""What appears on a terminal: tables that never cut a figure, progress, plain error lines.

rich draws on a terminal and is imported only there; into a pipe or a file the same table goes as aligned text.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.table import Table

T = TypeVar("T")
PROGRESS_FROM: Final = 20
"""Shorter work shows no progress bar."""
NARROWEST_TEXT: Final = 20
"""Columns of the terminal; longer texts are folded, but not narrower than this."""
_GAP: Final = 3
"""Blanks that rich puts between two columns."""
_UNSEEN: Final = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\ufffd")
"""Control characters, but for tab and line feed."""


class Column(NamedTuple):
    """A column's heading, and whether it holds figures (set flush right)."""

    heading: str
    figures: bool = False


def prepare_streams() -> None:
    """Neither stdout nor stderr fails on a character that the system's code page lacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def visible(text: str) -> str:
    """The text without control characters: what a stranger's workbook holds must not command the terminal."""
    return text if text.isprintable() else text.translate(_UNSEEN)


def say(text: str) -> None:
    """One line on stdout."""
    print(visible(text))


def complain(text: str) -> None:
    """One plain line on stderr."""
    print(visible(text), file=sys.stderr)


def marks(stream: TextIO | None = None) -> tuple[str, str]:
    """Signs for fine and not fine that the stream's code page has: GBK, for one, lacks the first pair.

    A Windows console takes every character, but its Chinese fonts lack that pair too.
    """
    encoding = (sys.stdout if stream is None else stream).encoding or "ascii"
    for pair in (("✓", "✗"), ("√", "×"))[os.name == "nt" :]:
        try:
            "".join(pair).encode(encoding)
        except (UnicodeEncodeError, LookupError):
            continue
        return pair
    return "OK", "!!"


def width(text: str) -> int:
    """Columns that a text takes on a terminal: two for a Chinese character."""
    return len(text) if text.isascii() else sum(map(_width_of, text))


@lru_cache(maxsize=4096)
def _width_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], stream: TextIO | None = None) -> None:
    """Prints a table on stdout: drawn on a terminal, aligned text elsewhere. Nothing is ever cut."""
    target = sys.stdout if stream is None else stream
    if target.isatty():
        _drawn(columns, rows, target)
    else:
        for line in aligned(columns, rows):
            print(visible(line), file=target)


def aligned(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The table's lines, columns two blanks apart; line breaks in a cell become blanks."""
    cells = [[column.heading for column in columns]]
    cells += [[" ".join(cell.split()) for cell in row] for row in rows]
    taken = [[width(cell) for cell in row] for row in cells]
    widths = [max(column) for column in zip(*taken, strict=True)]
    for row, sizes in zip(cells, taken, strict=True):
        padded = []
        for column, cell, size, wide in zip(columns, row, sizes, widths, strict=True):
            gap = " " * (wide - size)
            padded.append(gap + cell if column.figures else cell + gap)
        yield "  ".join(padded).rstrip()


def _drawn(columns: Sequence[Column], rows: Iterable[Sequence[str]], stream: TextIO) -> None:
    from rich.console import Console

    console = Console(file=stream, highlight=False)
    cells = [[visible(cell) for cell in row] for row in rows]
    for part in beside_the_first(columns, cells, console.width):
        console.print(_rich_table(columns, cells, part))


def beside_the_first(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[list[int]]:
    """The columns of each table into which one must be cut for a terminal of `room` columns; the first is in each.

    rich cuts figures off where they find no room, and a cut figure reads like another one.
    """
    needed = []
    for at, column in enumerate(columns):
        widest = max(map(width, (column.heading, *(row[at] for row in rows))))
        needed.append(_GAP + (widest if column.figures else min(widest, NARROWEST_TEXT)))
    parts = [[0]]
    left = room - needed[0]
    for at in range(1, len(columns)):
        if left < needed[at] and len(parts[-1]) > 1:
            parts.append([0])
            left = room - needed[0]
        parts[-1].append(at)
        left -= needed[at]
    return parts


def _rich_table(columns: Sequence[Column], rows: Iterable[Sequence[str]], part: Sequence[int]) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for at in part:
        column = columns[at]
        drawn.add_column(
            Text(column.heading),
            justify="right" if column.figures else "left",
            no_wrap=column.figures,
            overflow="fold",
        )
    for row in rows:
        drawn.add_row(*(Text(row[at]) for at in part))
    return drawn


def progress(things: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The things, with a progress bar on stderr while they pass, if that is a terminal and they are many."""
    if total < PROGRESS_FROM or not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(things, what, total, console=Console(stderr=True), transient=True)

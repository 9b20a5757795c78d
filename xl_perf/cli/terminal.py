"""What appears on a terminal: tables that never cut a figure, progress, plain error lines.

rich draws on a terminal and is imported only there; into a pipe or a file the same table goes as aligned text.
"""

import errno
import io
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO, TypeVar

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
    """A column's heading, whether it holds figures (set flush right), and whether a terminal without room lacks it."""

    heading: str
    figures: bool = False
    can_go: bool = False


def prepare_streams() -> None:
    """Neither stdout nor stderr fails on a character that the system's code page lacks, nor where it is closed.

    What is written to a closed stdout fails when it is flushed, as on a full disk.
    """
    if sys.stdout is None or sys.stderr is None:
        # Else the next file that is opened would be taken for the stream.
        while (taken := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
            pass
        os.close(taken)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Watched(None)), "utf-8")
    elif type(_raw(sys.stdout)) is io.FileIO:
        own = sys.stdout
        buffer = io.BufferedWriter(_Watched(own.fileno()))
        sys.stdout = io.TextIOWrapper(buffer, own.encoding, line_buffering=_is_prompt(own))
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # until the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


_STDERR: Final = 2
_FAILURES: Final = {errno.ENOSPC: "磁盘空间不足", errno.EBADF: "已经关闭", errno.EDQUOT: "磁盘配额已用完"}


class _Watched(io.RawIOBase):
    """What stdout writes to, or nothing where it was closed before we came. Keeps in mind why it failed."""

    def __init__(self, number: int | None) -> None:
        super().__init__()
        self._number = number
        self.failure: OSError | None = None
        self.is_given_up = False

    def writable(self) -> bool:
        """So that it can be buffered."""
        return True

    def isatty(self) -> bool:
        """As the file."""
        return self._number is not None and os.isatty(self._number)

    def fileno(self) -> int:
        """As the file."""
        if self._number is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return self._number

    def write(self, data: Any, /) -> int | None:
        """Fails where the file does, until nobody expects anything any more."""
        if self.is_given_up:
            return len(data)
        try:
            return os.write(self.fileno(), data)
        except OSError as error:
            self.failure = error
            raise


def _raw(stream: TextIO) -> object:
    """What a stream writes to at last; with PYTHONUNBUFFERED that is its buffer."""
    buffer = getattr(stream, "buffer", None)
    return getattr(buffer, "raw", buffer)


def _is_prompt(stream: TextIO) -> bool:
    return any(getattr(stream, name, False) for name in ("line_buffering", "write_through"))


def _watched(stream: TextIO) -> _Watched | None:
    raw = _raw(stream)
    return raw if isinstance(raw, _Watched) else None


def why_stdout_fails() -> str | None:
    """What kept stdout from taking what was written, in Chinese; None where nothing did."""
    watched = _watched(sys.stdout)
    if watched is None or watched.failure is None:
        return None
    error = watched.failure
    return _FAILURES.get(error.errno or 0, f"出错（{error.strerror or error.__class__.__name__}）")


def give_up(stream: TextIO) -> None:
    """Nothing more comes out of a stream that fails, also not what is still in its buffer at exit."""
    watched = _watched(stream)
    if watched is not None:
        watched.is_given_up = True
        return
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def visible(text: str) -> str:
    """The text without control characters: what a stranger's workbook holds must not command the terminal."""
    return text if text.isprintable() else text.translate(_UNSEEN)


def say(text: str) -> None:
    """One line on stdout."""
    print(visible(text))


def complain(text: str) -> None:
    """One plain line on stderr; where that fails there is nobody to be told."""
    try:
        print(visible(text), file=sys.stderr, flush=True)
    except OSError:
        give_up(sys.stderr)


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


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], stream: TextIO | None = None, *, fold: bool = False
) -> None:
    """Prints a table on stdout: drawn on a terminal, aligned text elsewhere. Nothing is ever cut.

    With ``fold`` columns that can go stay where even without them a row would take several lines, if there is room.
    """
    target = sys.stdout if stream is None else stream
    if target.isatty():
        _drawn(columns, rows, target, fold=fold)
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


def _drawn(columns: Sequence[Column], rows: Iterable[Sequence[str]], stream: TextIO, *, fold: bool) -> None:
    from rich.console import Console

    console = Console(file=stream, highlight=False)
    cells = [[visible(cell) for cell in row] for row in rows]
    kept = (with_folded_room if fold else with_room)(columns, cells, console.width)
    columns, cells = [columns[at] for at in kept], [[row[at] for at in kept] for row in cells]
    for part in beside_the_first(columns, cells, console.width):
        console.print(_rich_table(columns, cells, part))


def with_room(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """The columns without those that can go, the last first, until a row of the rest is a line of the terminal."""
    needed = [_GAP + max(map(width, (column.heading, *(row[at] for row in rows)))) for at, column in enumerate(columns)]
    kept = list(range(len(columns)))
    for at in reversed(range(len(columns))):
        if columns[at].can_go and sum(needed[one] for one in kept) > room:
            kept.remove(at)
    return kept


def with_folded_room(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """As `with_room` where that makes a row a line; else until the rest is one table when its texts are folded."""
    kept = with_room(columns, rows, room)
    cells = [[columns[at].heading for at in kept], *([row[at] for at in kept] for row in rows)]
    if sum(_GAP + max(map(width, column)) for column in zip(*cells, strict=True)) <= room:
        return kept
    kept = list(range(len(columns)))
    for at in reversed(range(len(columns))):
        own = [columns[one] for one in kept], [[row[one] for one in kept] for row in rows]
        if columns[at].can_go and len(beside_the_first(*own, room)) > 1:
            kept.remove(at)
    return kept


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

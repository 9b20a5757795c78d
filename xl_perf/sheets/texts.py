"""Texts as sheets hold them: made safe, quoted in references, and the room that they take."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, Generic, TypeVar

T = TypeVar("T")

MAX_TEXT: Final = 32_767
"""UTF-16 units that a cell holds (Excel's specifications and limits)."""
LINE_HEIGHT: Final = 15.0
_PADDING: Final = 6.0
_MOST: Final = 4096
_OFTEN: Final = 200
"""Longer texts hardly come twice."""
HIGHEST: Final = 409.0
"""Points; a row cannot be higher in Excel."""
_CONTROLS: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


class _EmptyText(str):
    """An empty formula result that XlsxWriter stores as a text. It stores a plain ``""`` as no result at all."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


EMPTY_RESULT: Final = _EmptyText()


def valid(text: str) -> str:
    """The text as XML and a cell can hold it: no control characters, at most 32,767 UTF-16 units with … at the end."""
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    if len(text) > MAX_TEXT // 2:
        units = text.encode("utf-16-le")
        if len(units) > MAX_TEXT * 2:
            text = units[: (MAX_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"
    return text


def clean(text: str) -> str:
    """A `valid` text that XlsxWriter does not take for its own XML, as it does with ``<r>…</r>``."""
    text = valid(text)
    return f" {text}" if text.startswith("<r>") and text.endswith("</r>") else text


def quoted(sheet: str) -> str:
    """A sheet's name as references write it: ``O'Neil`` -> ``'O''Neil'``."""
    return "'" + sheet.replace("'", "''") + "'"


def display_width(text: str) -> int:
    """The width in columns' units: a Chinese character takes two. (It takes three bytes: this is quick, and near.)"""
    length = len(text)
    return length + (len(text.encode("utf-8", "replace")) - length) // 2


def lines_needed(text: str | None, width: float) -> int:
    """The number of lines that a wrapped text takes in a column of that width."""
    if not text:
        return 1
    room = max(2, int(width) - 1)
    if "\n" not in text:
        return -(-display_width(text) // room)
    return sum(-(-display_width(line) // room) or 1 for line in text.split("\n"))


class Remembered(dict[str | None, T], Generic[T]):
    """What is made of texts, by the text: a list says most of its texts again and again. It holds only so many."""

    def __init__(self, make: Callable[[str | None], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str | None) -> T:
        made = self._make(text)
        if text is None or len(text) < _OFTEN:
            if len(self) >= _MOST:
                self.clear()
            self[text] = made
        return made


def lines_in(width: float) -> Remembered[int]:
    """The `lines_needed` in a column of that width, by the text."""
    return Remembered(partial(lines_needed, width=width))


def row_height(texts: Iterable[tuple[str, float]], least: float = 21.0) -> float:
    """The height in points for wrapped texts and the widths of their columns (10.5 point type)."""
    lines = max((lines_needed(text, width) for text, width in texts), default=1)
    return min(HIGHEST, max(least, lines * LINE_HEIGHT + _PADDING))

"""Texts that a workbook shows so often that they would fill the memory: each cell gets a copy of its own."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from xl_perf.files.guard import Refused, too_large

MOST: Final = 512 * 1024 * 1024
"""Bytes of all texts of a book, as often as cells show them; a department's workbook has some hundred thousand."""
SHORTEST_CELL: Final = len(b"<c><v>0</v></c>")
SHARED_TEXT: Final = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v>([0-9]{1,9})<""")
END_OF_TEXT: Final = re.compile(rb"</(?:\w+:)?si>")


def flood() -> Refused:
    return too_large("同一段很长的文字重复得太多，没有读取")


BYTES_OF_CHARACTER: Final = 3


def refuse_flood_of(shown: Mapping[int, int], size: int, lengths: Callable[[], Sequence[int]]) -> None:
    """The same where somebody has counted how many cells show each string.

    ``lengths`` gives the number of characters of each. It is not asked unless a string of ``size`` would be too much.
    """
    if sum(shown.values()) * size > MOST:
        found = lengths()
        characters = sum(count * found[index] for index, count in shown.items() if index < len(found))
        if characters * BYTES_OF_CHARACTER > MOST:
            raise flood()


def refuse_flood(strings: bytes, sheets: Sequence[bytes]) -> None:
    """Raises Refused (unreadable) where shared strings are shown too often, all together.

    Nothing is counted unless some text is so long that all cells with it could be too much.
    """
    cells = sum(map(len, sheets)) // SHORTEST_CELL + 1
    if has_text_of(strings, MOST // cells):
        lengths = list(map(len, END_OF_TEXT.split(strings)))
        shown = Counter(int(index) for index in shown_texts(sheets))
        if sum(count * lengths[index] for index, count in shown.items() if index < len(lengths)) > MOST:
            raise flood()


def shown_texts(sheets: Sequence[bytes]) -> Iterable[bytes]:
    for sheet in sheets:
        yield from SHARED_TEXT.findall(sheet)


def has_text_of(strings: bytes, length: int) -> bool:
    """Whether somewhere so many bytes follow each other without a tag; looks at few of them."""
    position = 0
    while position + length <= len(strings):
        tag = strings.rfind(b"<", position, position + length)
        if tag < 0:
            return True
        position = tag + 1
    return False

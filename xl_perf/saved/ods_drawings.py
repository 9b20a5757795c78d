"""Pictures and text boxes of an OpenDocument spreadsheet (OpenDocument 1.3 Part 3, chapter 10).

They stand in the cell to which they are anchored, or before the first row of the sheet. As in `drawings`, charts do not
count, nor do buttons; embedded documents of other programs count as pictures.
"""

import re
from html import unescape
from typing import Final

TOKEN: Final = re.compile(rb"<(/?)([\w.-]+:[\w.-]+)[^<>]*?(/?)>|([^<]+)")
SHAPES: Final = frozenset(
    b"draw:" + name
    for name in (
        b"frame",
        b"text-box",
        b"custom-shape",
        b"rect",
        b"ellipse",
        b"circle",
        b"caption",
        b"line",
        b"polyline",
        b"polygon",
        b"path",
        b"connector",
    )
)
"""Elements that begin a text of their own."""
PARAGRAPHS: Final = frozenset({b"text:p", b"text:h"})
COUNT: Final = re.compile(rb"""\btext:c\s*=\s*["']([0-9]{1,4})["']""")
LARGEST: Final = 4 * 1024 * 1024
"""Bytes of drawings that are looked at."""


def drawn_in(xml: bytes) -> tuple[int, list[str]]:
    """How many pictures some drawings hold, and the texts of their boxes, a line per paragraph."""
    if len(xml) > LARGEST:
        return 0, []
    pictures = depth = 0
    in_frame: set[bytes] = set()
    boxes: list[list[str]] = []
    for token in TOKEN.finditer(xml):
        closing, name, text = token[1], token[2], token[4]
        if text:
            if depth and boxes:
                boxes[-1].append(unescape(text.decode("utf-8", "replace")))
        elif name in PARAGRAPHS:
            depth += 0 if token[3] else -1 if closing else 1
            if boxes and closing:
                boxes[-1].append("\n")
        elif name == b"text:s" and depth and boxes:
            count = COUNT.search(token[0])
            boxes[-1].append(" " * (int(count[1]) if count else 1))
        elif name == b"draw:frame" and closing:
            pictures += b"draw:object-ole" in in_frame or (b"draw:image" in in_frame and b"draw:object" not in in_frame)
        elif not closing:
            in_frame = set() if name == b"draw:frame" else in_frame | {name}
            if name in SHAPES:
                boxes.append([])
    return pictures, [said for pieces in boxes if (said := "".join(pieces).strip())]

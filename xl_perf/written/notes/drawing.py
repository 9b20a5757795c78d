"""The boxes of comments: Excel wants a VML shape for each (ECMA-376 Part 4, 19; 18.3.1.51 legacyDrawing)."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from xl_perf.files.guard import damaged

_NAMESPACES: Final = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARED: Final = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
_SHAPE_TYPE: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_IDMAP: Final = re.compile(rb"<o:idmap\b[^<>]*?\bdata\s*=\s*[\"']([\d,\s]*)[\"']")
_IDS: Final = 1024
"""Shapes of one block of the id map."""
_WIDE: Final = 3
"""Columns that a box covers."""
_CHARACTERS, _LINES_OF_ROW = 22, 1.5


class Box(NamedTuple):
    """A comment's cell (from 0), the length of its text in lines, the colour of its box."""

    row: int
    column: int
    lines: int
    colour: str


def lines_of(text: str) -> int:
    """Lines that a text takes in a box."""
    return sum(-(-max(len(line), 1) // _CHARACTERS) for line in text.split("\n"))


def highest_block(drawing: bytes) -> int:
    """The highest number that the id map of a drawing names: ids are unique in the whole workbook."""
    numbers = [int(number) for match in _IDMAP.finditer(drawing) for number in match[1].split(b",") if number.strip()]
    return max(numbers, default=0)


def new_drawing(boxes: Sequence[Box], block: int) -> tuple[bytes, int]:
    """A drawing with these boxes, and the last block of ids that it took; ``block`` is the first that is free."""
    last = block + (len(boxes) - 1) // (_IDS - 1)
    blocks = ",".join(str(number) for number in range(block, last + 1))
    head = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    return f"<xml {_DECLARED}>{head}{_SHAPE_TYPE}{_shapes(boxes, block)}</xml>".encode(), last


def extended_drawing(drawing: bytes, boxes: Sequence[Box], block: int) -> tuple[bytes, int]:
    """The drawing with more boxes behind what it has, and the last block of ids. Not parsed: VML need not be XML."""
    if not boxes:
        return drawing, block - 1
    end = drawing.rfind(b"</")
    if end < 0:
        raise damaged("VML")
    last = block + (len(boxes) - 1) // (_IDS - 1)
    more = b"".join(b",%d" % number for number in range(block, last + 1))
    idmap = _IDMAP.search(drawing)
    kind = b"" if b"_x0000_t202" in drawing else _SHAPE_TYPE.encode()
    shapes = kind + _shapes(boxes, block).encode()
    if any(f'xmlns:{prefix}="{name}"'.encode() not in drawing for prefix, name in _NAMESPACES.items()):
        shapes = shapes.replace(b"<v:shape ", f"<v:shape {_DECLARED} ".encode())
        shapes = shapes.replace(b"<v:shapetype ", f"<v:shapetype {_DECLARED} ".encode())
    if idmap:
        return drawing[: idmap.end(1)] + more + drawing[idmap.end(1) : end] + shapes + drawing[end:], last
    return drawing[:end] + shapes + drawing[end:], last


def _shapes(boxes: Sequence[Box], block: int) -> str:
    return "".join(_shape(box, _IDS * (block + at // (_IDS - 1)) + 1 + at % (_IDS - 1)) for at, box in enumerate(boxes))


def _shape(box: Box, number: int) -> str:
    top = max(box.row - 1, 0)
    bottom = top + 1 + round(box.lines / _LINES_OF_ROW)
    anchor = f"{box.column + 1}, 12, {top}, 8, {box.column + 1 + _WIDE}, 12, {bottom}, 8"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
        f'fillcolor="{box.colour}" o:insetmode="auto"><v:fill color2="{box.colour}"/>'
        '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{box.row}</x:Row><x:Column>{box.column}</x:Column></x:ClientData></v:shape>"
    )

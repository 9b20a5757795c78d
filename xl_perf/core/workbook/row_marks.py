"""Marks by which rows of an output are known again: whether somebody has changed in them what xl-perf wrote.

A mark is the checksum of what the cells of a row hold, blanks left out. It is made of the rows' XML while an output is
written, and of cells when it is read again; another program may have saved it in between. So white space does not
count, and what formulas give does up to twelve digits: a sum that is calculated anew may differ in the last ones.
"""

import base64
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from struct import Struct
from typing import Final

from xl_perf.core.cells.grid import NoValue, Scalar
from xl_perf.core.cells.values import text_of

MARKS_SHEET: Final = "xl-perf"
"""Very hidden, in each output: a row for each of its sheets with name, own headings, marks."""
_MARK: Final = Struct("<I")
_IN_A_CELL: Final = 24_000
"""Bytes of marks; in Base64 a cell holds no more."""
_SEPARATOR: Final = "|"
_BETWEEN: Final = b"\x1f"
"""No text of a cell holds it."""
_WHITE: Final = b" \t\n\r\x0b\x0c"
_BEGINS_NUMBER: Final = b"-0123456789"
_NUMBER_BEGINS: Final = b"><v>"
_NUMBER_ENDS: Final = b"</v></c>"
_MOST: Final = 4096
_OFTEN: Final = 600
"""Longer cells hardly come twice."""
_CONTENT: Final = re.compile(rb"<(?:t|v)(?: [^>]*)?>([^<]*)</")
_LINK: Final = re.compile(r'HYPERLINK\(.*,"((?:[^"]|"")*)"\)', re.DOTALL)


class CellTexts(dict[bytes, bytes]):
    """What cells hold, in one way of writing, by their SpreadsheetML: a list says most of it again and again.

    Part of the innermost loop of whoever writes. ``rounded``: numbers may be calculated anew.
    """

    def __init__(self, *, rounded: bool = False) -> None:
        super().__init__()
        self._rounded = rounded

    def __missing__(self, cell: bytes) -> bytes:
        if cell.startswith(_NUMBER_BEGINS) and cell.endswith(_NUMBER_ENDS):
            return _told(cell[len(_NUMBER_BEGINS) : -len(_NUMBER_ENDS)], self._rounded)  # hardly ever the same again
        text = b"".join(_CONTENT.findall(cell))
        if b"&" in text or b"_x005F_" in text:
            text = text.replace(b"&lt;", b"<").replace(b"&gt;", b">").replace(b"&quot;", b'"')
            text = text.replace(b"&amp;", b"&").replace(b"_x005F_", b"_")
        text = _told(text, self._rounded)
        if len(self) < _MOST and len(cell) < _OFTEN:
            self[cell] = text
        return text

    def mark(self, cells: Iterable[bytes]) -> int | None:
        """The mark of a row; None where all cells are blank."""
        texts = _BETWEEN.join(filter(None, map(self.__getitem__, cells)))
        return zlib.crc32(texts) if texts else None


def mark_of(cells: Iterable[Scalar], *, rounded: bool = False) -> int | None:
    """The mark of cells as they are read; None where all are blank."""
    texts = _BETWEEN.join(filter(None, [_told(shown(cell).encode("utf-8", "replace"), rounded) for cell in cells]))
    return zlib.crc32(texts) if texts else None


def shown(cell: Scalar) -> str:
    """What a cell shows, also that of a link whose result a program did not store."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, NoValue):
        link = _LINK.search(cell.formula)
        return link[1].replace('""', '"') if link else cell.formula
    return text_of(cell)


def _told(text: bytes, rounded: bool) -> bytes:
    """A text without white space, a number in one way of writing; what only begins like one stays as it is."""
    if text and text[0] in _BEGINS_NUMBER:
        if rounded or b"E" in text:
            with suppress(ValueError):
                return b"%.12g" % float(text)
        if b"." in text:
            text = text.rstrip(b"0").rstrip(b".")
    return text.translate(None, _WHITE)


# --- as a sheet holds them ------------------------------------------------------------------------------------------


def packed(sheet: str, labels: Sequence[str], marks: Iterable[int]) -> list[str]:
    """A row of the sheet of marks: what the cells hold."""
    whole = b"".join(map(_MARK.pack, marks))
    cells = [whole[start : start + _IN_A_CELL] for start in range(0, len(whole), _IN_A_CELL)]
    return [sheet, _SEPARATOR.join(labels), *(base64.b64encode(cell).decode() for cell in cells)]


def unpacked(rows: Iterable[Sequence[Scalar]]) -> Iterator[tuple[str, list[str], Counter[int]]]:
    """Name, own headings and marks of each sheet. ValueError for what nobody packed."""
    for cells in rows:
        texts = [cell for cell in cells if isinstance(cell, str) and cell]
        if len(texts) < 2:
            raise ValueError(cells)
        whole = b"".join(base64.b64decode(text, validate=True) for text in texts[2:])
        if len(whole) % _MARK.size:
            raise ValueError(len(whole))
        yield texts[0], texts[1].split(_SEPARATOR), Counter(mark for (mark,) in _MARK.iter_unpack(whole))

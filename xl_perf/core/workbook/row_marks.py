"""Marks by which rows of an output are known again: whether somebody has changed in them what xl-perf wrote.

A mark is the checksum of what the cells of a row hold, blanks left out. It is made of the rows' XML while an output is
written, and of cells when it is read again; another program may have saved it in between. So white space does not
count, and what formulas give does up to twelve digits: a sum that is calculated anew may differ in the last ones.
Some programs store no results of formulas at all: rows with formulas have a second mark, of what else they hold.
"""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from struct import Struct
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import NoValue, Scalar
from xl_perf.core.cells.values import text_of

MARKS_SHEET: Final = "xl-perf"
"""Very hidden, in each output: a row for each of its sheets with name, own headings, marks, and one for formulas."""
_MARK: Final = Struct("<I")
_IN_A_CELL: Final = 24_000
"""Bytes of marks; in Base64 a cell holds no more."""
_SEPARATOR: Final = "|"
_BESIDE_FORMULAS: Final = "="
"""In place of the headings: what follows are pairs of marks."""
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
_FORMULA: Final = b"<f"
_LINK_FORMULA: Final = b"<f>HYPERLINK("
NOTHING: Final = 0
"""The mark of a row that holds nothing but formulas."""
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

    def mark_beside_formulas(self, cells: Sequence[bytes]) -> int | None:
        """The mark of what a row holds besides formulas, `NOTHING` for nothing; None for a row without formulas.

        Links are no formulas here: what they show stands in them.
        """
        beside = [cell for cell in cells if _FORMULA not in cell or _LINK_FORMULA in cell]
        return None if len(beside) == len(cells) else self.mark(beside) or NOTHING


def has_formulas(row: bytes) -> bool:
    """A row, as SpreadsheetML, holds a formula that is no link."""
    return row.count(_FORMULA) > row.count(_LINK_FORMULA)


def mark_beside_formulas(cells: Sequence[Scalar], *, rounded: bool = False) -> int | None:
    """The same of cells as they are read, where a formula was stored without its result; None where none was."""
    beside = [cell for cell in cells if not isinstance(cell, NoValue) or _LINK.search(cell.formula)]
    return None if len(beside) == len(cells) else mark_of(beside, rounded=rounded) or NOTHING


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


class RowMarks(NamedTuple):
    """What is known of a sheet as it was written: the headings of our own columns, and the marks of its rows."""

    labels: Sequence[str]
    marks: Sequence[int]
    beside_formulas: Sequence[tuple[int, int]] = ()
    """Of rows with formulas: the mark of what else they hold, and that of the whole row."""


def packed(sheet: str, known: RowMarks) -> Iterator[list[str]]:
    """Rows of the sheet of marks: what the cells hold."""
    yield [sheet, _SEPARATOR.join(known.labels), *_in_cells(known.marks)]
    if known.beside_formulas:
        yield [sheet, _BESIDE_FORMULAS, *_in_cells(chain.from_iterable(known.beside_formulas))]


def _in_cells(marks: Iterable[int]) -> Iterator[str]:
    whole = b"".join(map(_MARK.pack, marks))
    for start in range(0, len(whole), _IN_A_CELL):
        yield base64.b64encode(whole[start : start + _IN_A_CELL]).decode()


def unpacked(rows: Iterable[Sequence[Scalar]]) -> dict[str, RowMarks]:
    """What is known of each sheet. ValueError for what nobody packed."""
    found: dict[str, RowMarks] = {}
    for cells in rows:
        texts = [cell for cell in cells if isinstance(cell, str) and cell]
        if len(texts) < 2:
            raise ValueError(cells)
        whole = b"".join(base64.b64decode(text, validate=True) for text in texts[2:])
        if len(whole) % _MARK.size:
            raise ValueError(len(whole))
        marks = [mark for (mark,) in _MARK.iter_unpack(whole)]
        if texts[1] != _BESIDE_FORMULAS:
            found[texts[0]] = RowMarks(texts[1].split(_SEPARATOR), marks)
        elif texts[0] in found:
            pairs = tuple(zip(marks[::2], marks[1::2], strict=False))
            found[texts[0]] = found[texts[0]]._replace(beside_formulas=pairs)
    return found

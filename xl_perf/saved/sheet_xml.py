"""Worksheet XML (ECMA-376 Part 1, 18.3.1) made fit for python-calamine, which hides or cannot bear some of it.

calamine gives '' for an error value and for a formula without a stored value, fails on error codes that it does not
know, and aborts on far cells (see extent.py). Almost no sheet has any of these, so one search for a cell that is not
plain decides whether the XML is walked through at all. It only ever errs to the safe side: any unusual spelling leads
to the walk.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area, ErrorValue, NoValue, column_number
from xl_perf.files.guard import damaged
from xl_perf.files.xml_parts import local, refuse_doctype
from xl_perf.saved.extent import Extent, clipped
from xl_perf.saved.source import Special

CALAMINE_ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})

# A cell that calamine reads as it is: in the columns A to Z and the rows up to 999, numbered, no error value (t="e"),
# and if it has a formula, then with a value. That may be the empty text, as Excel and LibreOffice store it for ="";
# XlsxWriter stores it without t="str", and so it looks like what openpyxl writes for any formula: no value.
# Sets of characters are possessive (``*+``): nothing is tried twice. Groups are not: Python before 3.11.5 goes wrong
# where one holds alternatives (gh-101955). The commonest kinds come first.
STYLE: Final = rb'[ s="0-9]*+'
"""No attribute but s can be spelled with these."""
FORMULA: Final = rb"<f(?: [^<>]++)?>[^<]*+</f>"
PLAIN_CELL: Final = b"".join(
    (
        rb' r="[A-Z][0-9]{1,3}+"' + STYLE + rb"(?:",
        rb"/>",  # a styled blank
        rb'|t="s"' + STYLE + rb"><v>[^<]",
        rb"|><v>[^<]",
        rb'|(?:t="(?:n|str)"' + STYLE + rb")?>(?:" + FORMULA + rb"|<f [^<>]*/>)<v>[^<]",
        rb'|t="(?:[bn]|str)"' + STYLE + rb"><v>[^<]",
        rb'|t="str"' + STYLE + rb">" + FORMULA + rb"<v>",
        rb'|t="inlineStr"' + STYLE + rb"><is>)",
    )
)
OTHER_CELL: Final = re.compile(rb"<c(?!" + PLAIN_CELL + rb")")
PREFIXED_CELL: Final = b":c"  # <x:c

# Merged cells as the spreadsheet programs name them; anything else is left to calamine.
CELL: Final = rb"[A-Z]{1,3}+[1-9][0-9]{0,6}+"
MERGES: Final = re.compile(rb'<mergeCells(?: count="[0-9]++")?>(?:<mergeCell ref="' + CELL + rb":" + CELL + rb'" ?/>)*')
MERGE: Final = re.compile(r'"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
NO_MERGES: Final = b"<mergeCells>"
MOST_REMEMBERED: Final = 4096
"""Bytes of the merged cells that are kept in mind: a form's; the sheets of a workbook's projects have them alike."""

REFERENCE: Final = re.compile(r"([A-Za-z]+)([0-9]+)", re.ASCII)


class Sheet(NamedTuple):
    """One worksheet as calamine may have it."""

    xml: bytes
    special: Sequence[Special] = ()
    extent: Extent | None = None
    """None if all its cells are plain."""
    merges: Sequence[Area] | None = None
    """None where calamine is to tell."""


def prepared(xml: bytes) -> Sheet:
    """What calamine is given for a worksheet, and what it would not tell. Raises Refused (damaged)."""
    begin, end = span_of_cells(xml)
    if begin < end and is_plain(cells := xml[begin:end]):
        named = named_merges(xml, end)
        merges = merged_areas(named) if len(named) <= MOST_REMEMBERED else None
        return Sheet(merges_first(named if merges is None else NO_MERGES, cells), merges=merges)
    walk = Walk(xml)
    xml = walk.without_strays()
    begin, end = span_of_cells(xml)
    if begin < end:
        xml = merges_first(named_merges(xml, end), xml[begin:end])
    return Sheet(xml, walk.special, walk.extent)


def span_of_cells(xml: bytes) -> tuple[int, int]:
    """Where the element sheetData begins and ends; the end is not behind the beginning if it was not found."""
    begin = xml.find(b"<sheetData")
    # The first end will do, were it in a comment: calamine gets nothing of what stands behind it.
    return begin, xml.find(b"</sheetData>", begin) if begin >= 0 else begin


def is_plain(cells: bytes) -> bool:
    """True if the cells are surely few, near A1, numbered, free of errors, and all formulas have values."""
    return OTHER_CELL.search(cells) is None and PREFIXED_CELL not in cells


def named_merges(xml: bytes, end: int) -> bytes:
    """The element mergeCells, which stands behind the end of the cells, without its end tag."""
    first = xml.find(b"<mergeCells", end)
    last = xml.find(b"</mergeCells>", first) if first >= 0 else first
    return xml[first:last] if first < last else NO_MERGES


@lru_cache(maxsize=64)
def merged_areas(named: bytes) -> tuple[Area, ...] | None:
    """The merged cells if they are named in the usual way, else None: then calamine is to tell."""
    if MERGES.fullmatch(named) is None:
        return None
    corners = MERGE.findall(named.decode())
    return clipped(
        ((int(top) - 1, column_number(left)), (int(bottom) - 1, column_number(right)))
        for left, top, right, bottom in corners
    )


def merges_first(named: bytes, cells: bytes) -> bytes:
    """A worksheet with these cells, the merged ones named before them, and nothing else.

    calamine goes through the XML a second time until it has met `mergeCells`, which stands after the cells: this
    spares it most of that, a quarter of the whole time.
    """
    return b"".join((b"<worksheet>", named, b"</mergeCells>", cells, b"</sheetData></worksheet>"))


class Walk:
    """Goes through all cells as calamine does: positions from `r` where it is given, else counted on."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.special: list[Special] = []
        self.extent = Extent()
        self._strays: list[tuple[int, int]] = []
        self._unknown: list[tuple[int, int]] = []
        self._row = self._column = 0
        self._depth = 0  # of elements inside sheetData
        self._over = False
        self._cell = False
        self._parse()

    def without_strays(self) -> bytes:
        """The XML without the cells that calamine cannot bear."""
        cuts = self._unknown
        if not self.extent.sane:
            cuts = cuts + self._strays
            # Errors out there are not shown either: the rows would have to reach them.
            self.special = [special for special in self.special if not Extent().add(*special[:2])]
        pieces = []
        position = 0
        for begin, end in sorted(cuts):
            pieces.append(self.xml[position:begin])
            position = max(position, end)
        return b"".join((*pieces, self.xml[position:]))

    def _parse(self) -> None:
        import pyexpat

        self._parser = pyexpat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = refuse_doctype
        try:
            self._parser.Parse(self.xml, True)
        except pyexpat.ExpatError:
            raise damaged("XML") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if not self._depth:
            self._depth = name == "sheetData" and not self._over
            return
        self._depth += 1
        if self._cell:
            self._inside = name
            self._seen.add(name)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "row" and "r" in attributes:
            self._row = number(attributes["r"]) - 1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = True
        self._begin = self._parser.CurrentByteIndex
        self._type = attributes.get("t", "n")
        self._inside = ""
        self._seen: set[str] = set()
        self._texts = {"v": "", "f": ""}
        self._place = self._row, self._column
        if "r" in attributes:
            match = REFERENCE.fullmatch(attributes["r"])
            if match is None:
                raise damaged(f"单元格 {attributes['r'][:20]}")
            self._column = column_number(match[1].upper())
            self._place = number(match[2]) - 1, self._column

    def _characters(self, text: str) -> None:
        if self._cell and self._inside in self._texts:
            self._texts[self._inside] += text

    def _end(self, name: str) -> None:
        if not self._depth:
            return
        self._depth -= 1
        self._over = not self._depth
        name = local(name)
        if self._cell:
            self._inside = ""
            if name == "c":
                self._end_cell()
        elif name == "row":
            self._row += 1
            self._column = 0

    def _end_cell(self) -> None:
        self._cell = False
        self._column += 1
        value = self._texts["v"]
        if not (value or "is" in self._seen or "f" in self._seen):
            return  # a styled blank, wherever it stands, costs calamine nothing
        span = self._begin, self.xml.index(b">", self._parser.CurrentByteIndex) + 1
        if self.extent.add(*self._place):
            if self._strays and self._strays[-1][1] == span[0]:
                self._strays[-1] = self._strays[-1][0], span[1]
            else:
                self._strays.append(span)
        if self._type == "e":
            self.special.append((*self._place, ErrorValue(value)))
            if value not in CALAMINE_ERRORS:
                self._unknown.append(span)
        elif not value and "f" in self._seen and not self._holds_text():
            self.special.append((*self._place, NoValue(self._texts["f"])))

    def _holds_text(self) -> bool:
        """A formula with an empty text is a result, such as =""; one without any `v` was not calculated."""
        return "is" in self._seen or (self._type == "str" and "v" in self._seen)


def number(digits: str) -> int:
    """A row number; absurdly long ones are damage, and Python would refuse to convert them."""
    if not digits.isdecimal() or len(digits) > 20:
        raise damaged(f"行号 {digits[:20]}")
    return int(digits)

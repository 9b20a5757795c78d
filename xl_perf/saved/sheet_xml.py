"""Worksheet XML (ECMA-376 Part 1, 18.3.1) made fit for python-calamine, which hides or cannot bear some of it.

calamine gives '' for an error value and for a formula without a stored value, fails on error codes that it does not
know, and aborts on far cells (see extent.py). Almost no sheet has any of these, so one search for a cell that is not
plain decides whether the XML is walked through at all (sheet_walk.py). It only ever errs to the safe side: any unusual
spelling leads to the walk.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import NO_FORMATS, Area, cell_place, column_number
from xl_perf.core.cells.number_formats import STRUCK
from xl_perf.files.xml_text import without_comments
from xl_perf.saved.extent import Extent, clipped
from xl_perf.saved.sheet_walk import Walk
from xl_perf.saved.source import Special

# A cell that calamine reads as it is: in the columns A to Z and the rows up to 999, numbered, no error value (t="e"),
# a value without entities and elements, and if it has a formula, then with a value. Of other values calamine takes a
# part, and where the number of a shared string is none, the first string, without a word.
# The value of a formula may be the empty text, as Excel and LibreOffice store it for ="";
# XlsxWriter stores it without t="str", and so it looks like what openpyxl writes for any formula: no value.
# Sets of characters are possessive (``*+``): nothing is tried twice. Groups are not: Python before 3.11.5 goes wrong
# where one holds alternatives (gh-101955). The commonest kinds come first.
STYLE: Final = rb'[ s="0-9]*+'
"""No attribute but s can be spelled with these."""
FORMULA: Final = rb"<f(?: [^<>]++)?>[^<]*+</f>"
VALUE: Final = rb"<v>[^<&]++</"
PLAIN_CELL: Final = b"".join(
    (
        rb' r="[A-Z][0-9]{1,3}+"' + STYLE + rb"(?:",
        rb"/>",  # a styled blank
        rb'|t="s"' + STYLE + rb"><v>[0-9]{1,9}+</",
        rb"|>" + VALUE,
        rb'|(?:t="(?:n|str)"' + STYLE + rb")?>(?:" + FORMULA + rb"|<f [^<>]*/>)" + VALUE,
        rb'|t="(?:[bn]|str)"' + STYLE + rb">" + VALUE,
        rb'|t="str"' + STYLE + rb">" + FORMULA + rb"<v>",
        rb'|t="inlineStr"' + STYLE + rb"><is>",
        rb'|(?:t="n"' + STYLE + rb")?(?:/>|></c>))",  # a styled blank of openpyxl
    )
)
OTHER_CELL: Final = re.compile(rb"<c(?!" + PLAIN_CELL + rb")")
PREFIXED_CELL: Final = b":c"  # <x:c

# Merged cells as the spreadsheet programs name them; anything else is left to calamine.
CELL: Final = rb"[A-Z]{1,3}+[1-9][0-9]{0,6}+"
MERGES: Final = re.compile(rb'<mergeCells(?: count="[0-9]++")?>(?:<mergeCell ref="' + CELL + rb":" + CELL + rb'" ?/>)*')
MERGE: Final = re.compile(r'"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
ODD_MERGE: Final = re.compile(
    rb"""<mergeCell(?![^<>]*\sref=["'][A-Za-z]{1,3}[1-9][0-9]{0,6}(?::[A-Za-z]{1,3}[1-9][0-9]{0,6})?["'])(?:\s[^<>]*)?/>"""
)
"""Names no cells: LibreOffice 7 writes A24:@23 where the merged cell shows an error value. Nobody merges such cells."""
NO_MERGES: Final = b"<mergeCells>"
MOST_REMEMBERED: Final = 4096
"""Bytes of the merged cells that are kept in mind: a form's; the sheets of a workbook's projects have them alike."""

NOT_BLANK: Final = re.compile(rb"<[^cr/]")
"""A tag among the cells that is neither a cell's nor a row's: each row that is not blank has one.

The shorter the pattern, the faster: prefixes that begin alike are looked for before.
"""
PREFIXED: Final = (b"<c:", b"<r:")
NUMBERED_ROW: Final = b'<row r="'
ROW_END: Final = b"</row>"
BLANKS_FROM: Final = 64 * 1024
"""Bytes of cells below which it does not pay to look for such rows."""

FILLED_CELL: Final = re.compile(rb'<c r="([A-Z][0-9]{1,3})"([^>]*[^/>])?>(?!</c>)')
"""A plain cell that is no styled blank, with its other attributes."""
CELL_STYLE: Final = re.compile(rb' s="([0-9]+)"')
NO_STYLES: Final[Mapping[str, str]] = {}


class Sheet(NamedTuple):
    """One worksheet as calamine may have it."""

    xml: bytes
    special: Sequence[Special] = ()
    extent: Extent | None = None
    """None if all its cells are plain."""
    merges: Sequence[Area] | None = None
    """None where calamine is to tell."""
    filled: int = 0
    """Cells that hold something, but for empty texts: calamine must come back with as many."""
    formats: Mapping[tuple[int, int], str] = NO_FORMATS
    """Of numbers in a telling style, as `Grid` has them."""

    def surely(self, blank_strings: Callable[[], Collection[int]]) -> int:
        """Cells that certainly hold something; ``blank_strings`` are the numbers of empty shared strings."""
        return Walk(self.xml, NO_STYLES).surely(blank_strings)


def prepared(
    xml: bytes,
    telling: Mapping[str, str] = NO_STYLES,
    percents: Mapping[str, str] = NO_STYLES,
    struck: Collection[str] = (),
) -> Sheet:
    """What calamine is given for a worksheet, and what it would not tell. Raises Refused (damaged).

    `telling` are the number formats of money to be reported, by the numbers of the cell styles that have them;
    `percents` those of percentages, which stand in few cells of any sheet; `struck` are the styles whose font is struck
    out.
    """
    begin, end = span_of_cells(xml)
    if xml.find(b"<!", 0, begin) >= 0:
        return prepared(without_comments(xml), telling, percents, struck)
    if end - begin >= BLANKS_FROM:
        xml = without_blank_rows(xml, begin, end)
        begin, end = span_of_cells(xml)
    if begin < end and is_plain(cells := xml[begin:end]):
        named = named_merges(xml, end)
        merges = merged_areas(named) if len(named) <= MOST_REMEMBERED else None
        formats = formats_of(cells, telling) if telling else {}
        for style, code in percents.items():
            add_format(formats, cells, style, code)
        for style in struck:
            add_format(formats, cells, style, STRUCK)
        kept = merges_first(named if merges is None else NO_MERGES, cells)
        return Sheet(kept, merges=merges, filled=filled_in(cells), formats=formats)
    if begin >= end or xml.find(b"<!", begin, end) >= 0:
        plain = without_comments(xml)
        if plain is not xml:
            return prepared(plain, telling, percents, struck)
    walk = Walk(xml, {**telling, **percents, **dict.fromkeys(struck, STRUCK)})
    xml = walk.without_strays()
    begin, end = span_of_cells(xml)
    if begin < end:
        xml = merges_first(named_merges(xml, end), xml[begin:end])
    return Sheet(xml, walk.special, walk.extent, None, walk.filled, walk.formats)


def filled_in(cells: bytes) -> int:
    """How many plain cells hold something, but for empty texts."""
    # The longer what is looked for, the faster.
    return cells.count(b"<v>") - cells.count(b"</f><v></v>") + cells.count(b't="inlineStr"')


def without_blank_rows(xml: bytes, begin: int, end: int) -> bytes:
    """The worksheet without rows that hold nothing but styled blanks: some programs write hundreds of thousands.

    Nobody goes through them one by one. Itself where another row does not say where it stands, or there are comments.
    """
    if any(xml.find(prefixed, begin, end) >= 0 for prefixed in PREFIXED):
        return xml
    kept = []
    since, at = 0, xml.index(b">", begin) + 1
    while (found := NOT_BLANK.search(xml, at, end)) is not None:
        row = xml.rfind(b"<row", at, found.start())
        row_end = xml.find(ROW_END, found.start(), end)
        if row < 0 or row_end < 0 or not xml.startswith(NUMBERED_ROW, row) or found[0] in {b"<!", b"<?"}:
            return xml
        if row > at:
            kept.append(xml[since:at])
            since = row
        at = row_end + len(ROW_END)
    return b"".join((*kept, xml[since:at], xml[end:]))


def formats_of(cells: bytes, telling: Mapping[str, str]) -> dict[tuple[int, int], str]:
    """The telling number formats of plain cells that hold a number; a cell that names no style has style 0."""
    formats = {}
    for cell in FILLED_CELL.finditer(cells):
        attributes = cell[2] or b""
        if b' t="' in attributes and b' t="n"' not in attributes:
            continue
        style = CELL_STYLE.search(attributes)
        code = telling.get(style[1].decode() if style else "0")
        if code:
            formats[cell_place(cell[1].decode())] = code
    return formats


def add_format(formats: dict[tuple[int, int], str], cells: bytes, style: str, code: str) -> None:
    """Adds the format of plain cells of one style that hold a number, `STRUCK` also of others; few have the style."""
    sought = f' s="{style}"'.encode()
    at = cells.find(sought)
    while at >= 0:
        cell = FILLED_CELL.match(cells, max(cells.rfind(b"<c ", 0, at), 0))
        is_number = cell is not None and (b' t="' not in cell[0] or b' t="n"' in cell[0])
        if cell and cell.end() > at and (is_number or code == STRUCK):
            formats[cell_place(cell[1].decode())] = code
        at = cells.find(sought, at + 1)


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
    spares it most of that, a quarter of the whole time. Merged cells that name none would make it give up.
    """
    named = ODD_MERGE.sub(b"", named)
    return b"".join((b"<worksheet>", named, b"</mergeCells>", cells, b"</sheetData></worksheet>"))

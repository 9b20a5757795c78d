""".xlsb: the binary records of each sheet ([MS-XLSB] 2.1.4), looked through before calamine reads them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from struct import error as StructError
from struct import pack, unpack_from
from typing import Final

from xl_perf.core.cells.grid import LAST_COLUMN, in_runs
from xl_perf.core.cells.number_formats import BUILT_IN_PERCENT, STRUCK
from xl_perf.files.guard import damaged
from xl_perf.files.last_saved import last_saved
from xl_perf.files.ooxml_package import relations
from xl_perf.files.own_properties import properties
from xl_perf.files.zip_package import Package, stored
from xl_perf.saved.carried import future_calls, in_package
from xl_perf.saved.drawings import drawn_beside
from xl_perf.saved.extent import Extent, check_areas, clipped
from xl_perf.saved.flood import refuse_flood_of
from xl_perf.saved.hidden_lines import stated_on_pages
from xl_perf.saved.number_styles import telling_formats
from xl_perf.saved.ooxml import relationships
from xl_perf.saved.source import Facts, Source

STRINGS, STYLES = "xl/sharedStrings.bin", "xl/styles.bin"

# Record types ([MS-XLSB] 2.3.2): a row's header, cells (blank; RK number to formula error; rich text), a sheet's entry,
# a merged area; a number format, a style, the cell styles.
ROW, BLANK, END_SHEET_DATA, BUNDLE_SHEET, MERGED = 0, 1, 0x92, 0x9C, 0xB0
COLUMNS: Final = 0x3C
"""Some columns."""
FONT, PAGES = 0x2B, 0x1DF
"""A font; what is printed above and below the cells (2.4.674, 2.4.32)."""
STRUCK_OUT: Final = 8
"""The bit of a font that is struck out."""
PAGE_PLACES: Final = (("页眉", 0), ("页脚", 0), ("偶数页页眉", 1), ("偶数页页脚", 1), ("首页页眉", 2), ("首页页脚", 2))
"""The texts in the order of the record, each with the bit that says that it is used."""
FORMAT, STYLE, BEGIN_CELL_STYLES, END_CELL_STYLES = 0x2C, 0x2F, 0x269, 0x26A
CELLS: Final = frozenset({*range(2, 12), 0x3E})
SHORT: Final = range(12, 19)
"""Cells that stand right of the one before and do not say so; calamine does not know them (2.4.830 and others)."""
SHORT_BY: Final = 11
"""The number of such a type above that of the cell that names its column."""
SHARED, BEGIN_STRINGS, STRING = 7, 0x9F, 0x13
"""A cell with a shared string; the beginning of those; one of them."""
NO_TEXT: Final = frozenset({0, 0xFFFFFFFF})
"""The length of an empty text, and of none."""
TEXTS: Final = frozenset({6, 8})
"""A text, a formula's text."""
NUMBERS: Final = frozenset({2, 5, 9})
"""An RK number, a number, a formula's number."""
ROW_LENGTH, ROW_IS_HIDDEN = 12, 0x10
"""Bytes of a row's header up to the one with this bit (2.4.736 BrtRowHdr, fDyZero)."""
LEAST: Final = (
    {ROW: 4, MERGED: 16, COLUMNS: 18, FORMAT: 6, STYLE: 4, BEGIN_STRINGS: 8, STRING: 5}
    | dict.fromkeys(CELLS, 8)
    | dict.fromkeys(SHORT, 4)
)
"""Bytes of a row number; of a merged area; of a format without a text; of two numbers; and so on."""


def open_xlsb(package: Package) -> Source:
    """Raises Refused (damaged, encrypted, unreadable)."""
    sheets = sheet_names(package)
    parts = {"_rels/.rels": relationships([("r1", "officeDocument", "xl/workbook.bin")])}
    for name, spelt in (
        ("xl/workbook.bin", "xl/workbook.bin"),
        ("xl/sharedstrings.bin", STRINGS),
        ("xl/styles.bin", STYLES),
    ):
        if name in package:
            parts[spelt] = package.read(name)
    strings = lengths_of_strings(parts.get(STRINGS, b""))
    if STRINGS in parts:
        parts[STRINGS] = with_count(parts[STRINGS], len(strings))
    telling = telling_styles(parts.get(STYLES, b""), parts.get(STRINGS, b""))
    places = {identifier: place for place, identifier in enumerate(sheets)}
    links = []
    extents = []
    facts = {}
    shown: Counter[int] = Counter()
    for identifier, (part, type_) in relations(package, "xl/workbook.bin").items():
        if not part.startswith("xl/") or not part.endswith(".bin"):
            continue
        links.append((identifier, type_, part.removeprefix("xl/")))
        if type_ == "worksheet":
            sheet = SheetWalk(package.read(part), telling)
            parts[part] = bytes(sheet.part)
            extents.append(sheet.extent)
            shown += sheet.shown
            if identifier in places:
                pictures, boxes = drawn_beside(package, part)
                facts[places[identifier]] = sheet.facts(strings)._replace(pictures=pictures, boxes=boxes)
    parts["xl/_rels/workbook.bin.rels"] = relationships(links)
    check_areas(extents)
    refuse_flood_of(shown, len(parts.get(STRINGS, b"")), lambda: strings)
    saved = last_saved(package)
    own = properties(package)
    carried = in_package(package, own.kind, future_calls(parts.get("xl/workbook.bin", b"")))
    return Source(stored(parts), facts=facts, written_as=own, modified=saved, sees_errors=False, carried=carried)


def records(part: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """Type, position of the record, position of its content. Types take one or two bytes, lengths one to four.

    Raises Refused (damaged) for a row or cell too short to say where it stands: calamine would take that from what
    the record before has left in memory.
    """
    position = 0
    end = len(part)
    while position < end:
        begin = position
        type_ = part[position]
        position += 1
        if type_ & 0x80:
            type_ = type_ & 0x7F | (part[position] & 0x7F) << 7
            position += 1
        length = 0
        for shift in (0, 7, 14, 21):
            byte = part[position]
            position += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        if position + length > end or length < LEAST.get(type_, 0):
            raise damaged()
        yield type_, begin, position
        position += length


class SheetWalk:
    """Goes through a sheet and blanks out, in `part`, what calamine cannot bear. Raises Refused (damaged)."""

    def __init__(self, raw: bytes, telling: Mapping[int, str]) -> None:
        self.part = bytearray(with_columns(raw))
        self.extent = Extent()
        self._telling = telling
        self._formats: dict[tuple[int, int], str] = {}
        self._merges: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._strays: list[int] = []
        self._filled: set[tuple[int, int]] = set()
        self._shared: dict[tuple[int, int], int] = {}
        self.shown: Counter[int] = Counter()
        """How many cells show each shared string."""
        self._pages: tuple[tuple[str, str], ...] = ()
        self._row = 0
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        try:
            self._walk()
        except (StructError, IndexError):
            raise damaged() from None
        if not self.extent.sane:
            for begin in self._strays:
                self.part[begin] = BLANK  # calamine passes over it, whatever it holds

    def facts(self, strings: Sequence[int]) -> Facts:
        """``strings`` are the lengths of the shared ones."""
        full = {place for place, number in self._shared.items() if number < len(strings) and strings[number]}
        hidden = in_runs(sorted(self._hidden_rows)), in_runs(sorted(self._hidden_columns))
        filled = len(self._filled | full)
        merges = clipped(self._merges)
        far = self.extent.far(lambda: frozenset(at for at, length in enumerate(strings) if not length))
        return Facts(
            (),
            merges,
            self._formats,
            filled,
            around=self._pages,
            hidden_rows=hidden[0],
            hidden_columns=hidden[1],
            far=far,
        )

    def _walk(self) -> None:
        in_cells = True
        for type_, begin, content in records(self.part):
            if type_ == MERGED:
                top, bottom, left, right = unpack_from("<4I", self.part, content)
                self._merges.append(((top, left), (bottom, right)))
            elif type_ == END_SHEET_DATA:
                in_cells = False
            elif type_ == PAGES:
                self._pages = stated_on_pages(pages(self.part, content))
            elif type_ == COLUMNS:
                first, last = unpack_from("<II", self.part, content)
                if self.part[content + 16] & 1:  # 2.4.323 BrtColInfo, fHidden
                    self._hidden_columns.update(range(first, min(last, LAST_COLUMN - 1) + 1))
            elif not in_cells:
                continue
            elif type_ == ROW:
                self._row = unpack_from("<I", self.part, content)[0]
                # The byte before the content is its length.
                if self.part[content - 1] >= ROW_LENGTH and self.part[content + 11] & ROW_IS_HIDDEN:
                    self._hidden_rows.add(self._row)
            elif type_ in CELLS:
                self._take_in(type_, begin, content)

    def _take_in(self, type_: int, begin: int, content: int) -> None:
        column, style = unpack_from("<II", self.part, content)
        if self.extent.add(self._row, column):
            self._strays.append(begin)
            if type_ == SHARED:
                self.extent.far_strings.append(unpack_from("<I", self.part, content + 8)[0])
            elif type_ in NUMBERS or self._has_text(type_, content):
                self.extent.far_filled += 1
            return
        if type_ == SHARED:
            number = unpack_from("<I", self.part, content + 8)[0]
            self.shown[number] += 1
            self._shared[self._row, column] = number
        elif self._has_text(type_, content):
            self._filled.add((self._row, column))
        if type_ not in NUMBERS:
            if self._telling and self._telling.get(style & 0xFFFFFF) == STRUCK:
                self._formats[self._row, column] = STRUCK
            return
        self._filled.add((self._row, column))
        if self._telling and (code := self._telling.get(style & 0xFFFFFF)):
            self._formats[self._row, column] = code

    def _has_text(self, type_: int, content: int) -> bool:
        return type_ in TEXTS and unpack_from("<I", self.part, content + 8)[0] not in NO_TEXT


def with_columns(part: bytes) -> bytes:
    """A sheet in which every cell names its column."""
    try:
        found = list(records(part))
        if not any(type_ in SHORT for type_, _, _ in found):
            return part
        pieces = []
        column = -1
        ends = [begin for _, begin, _ in found[1:]] + [len(part)]
        for (type_, begin, content), end in zip(found, ends, strict=True):
            if type_ in SHORT:
                column += 1
                body = pack("<I", column) + part[content:end]
                pieces.append(bytes([type_ - SHORT_BY]) + varying(len(body)) + body)
                continue
            if type_ in CELLS or type_ == BLANK:
                column = unpack_from("<I", part, content)[0]
            elif type_ == ROW:
                column = -1
            pieces.append(part[begin:end])
    except (StructError, IndexError):
        raise damaged() from None
    return b"".join(pieces)


def varying(length: int) -> bytes:
    """A length as it stands in a record."""
    low = [length >> shift & 0x7F for shift in (0, 7, 14, 21) if not shift or length >> shift]
    return bytes([*(part | 0x80 for part in low[:-1]), low[-1]])


def lengths_of_strings(part: bytes) -> list[int]:
    """The number of characters of each shared string."""
    try:
        return [unpack_from("<I", part, at + 1)[0] for type_, _, at in records(part) if type_ == STRING]
    except (StructError, IndexError):
        raise damaged() from None


def with_count(part: bytes, count: int) -> bytes:
    """The shared strings, claiming so many: calamine reads as many as are claimed."""
    for type_, _, at in records(part):
        if type_ == BEGIN_STRINGS:
            return part[: at + 4] + pack("<I", count) + part[at + 8 :]
    return part


def telling_styles(styles: bytes, texts: bytes) -> Mapping[int, str]:
    """Number of a cell style -> number format, of those that are to be reported (BrtFmt, BrtXF)."""
    codes = dict(BUILT_IN_PERCENT)
    formats: list[int] = []
    fonts: list[bool] = []
    struck: set[int] = set()
    in_cells = False
    try:
        for type_, _, at in records(styles):
            if type_ == FORMAT:
                codes[unpack_from("<H", styles, at)[0]] = wide_string(styles, at + 2)[0]
            elif type_ == FONT:
                fonts.append(bool(unpack_from("<2xH", styles, at)[0] & STRUCK_OUT))
            elif type_ == STYLE and in_cells:
                if any(fonts) and (font := unpack_from("<4xH", styles, at)[0]) < len(fonts) and fonts[font]:
                    struck.add(len(formats))
                formats.append(unpack_from("<2xH", styles, at)[0])
            elif type_ in (BEGIN_CELL_STYLES, END_CELL_STYLES):
                in_cells = type_ == BEGIN_CELL_STYLES
    except (StructError, IndexError):
        raise damaged() from None
    telling = telling_formats(codes, texts, "utf-16-le")
    told = {style: telling[number] for style, number in enumerate(formats) if number in telling}
    return told | dict.fromkeys(struck, STRUCK)


def pages(part: bytes | bytearray, at: int) -> Iterator[tuple[str, str]]:
    """The page headers and footers that are printed, each with its place in Chinese."""
    try:
        used = unpack_from("<H", part, at)[0] << 1 | 1
        at += 2
        for place, bit in PAGE_PLACES:
            text, length = wide_string(part, at)
            at += length
            if used >> bit & 1:
                yield place, text
    except StructError:
        return  # the cells can be read nevertheless


def sheet_names(package: Package) -> dict[str, str]:
    """Relation id -> sheet name (BrtBundleSh, [MS-XLSB] 2.4.304)."""
    part = package.read("xl/workbook.bin")
    names = {}
    try:
        for type_, _, at in records(part):
            if type_ == BUNDLE_SHEET:
                identifier, length = wide_string(part, at + 8)
                name, _ = wide_string(part, at + 8 + length)
                names[identifier] = name
    except (StructError, IndexError):
        raise damaged() from None
    return names


def wide_string(part: bytes | bytearray, at: int) -> tuple[str, int]:
    """A text that stands behind its number of UTF-16 units, and how many bytes both take ([MS-XLSB] 2.5.168)."""
    units = unpack_from("<I", part, at)[0]
    if units == 0xFFFFFFFF:  # null
        return "", 4
    return part[at + 4 : at + 4 + units * 2].decode("utf-16-le", "replace"), 4 + units * 2

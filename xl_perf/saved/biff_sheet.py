"""One sheet of a workbook stream: how far its cells reach, and what calamine must not see of it."""

from collections import Counter
from struct import error as StructError
from struct import unpack_from
from typing import Final

from xl_perf.core.cells.grid import a1, in_runs
from xl_perf.core.cells.number_formats import STRUCK
from xl_perf.files.guard import damaged
from xl_perf.saved.biff_globals import Globals
from xl_perf.saved.biff_records import (
    BOF,
    BOOLERR,
    CELLS,
    COLINFO,
    DIMENSIONS,
    EOF,
    FOOTER,
    FORMULA,
    HEADER,
    LABEL,
    LABELSST,
    MULRK,
    NUMBER,
    OBJ,
    OLD_FORMULAS,
    RK,
    ROW,
    RSTRING,
    STRING,
    TXO,
    blank,
    put,
    records,
    retyped,
)
from xl_perf.saved.biff_strings import Pieces
from xl_perf.saved.extent import Extent
from xl_perf.saved.hidden_lines import stated_on_pages
from xl_perf.saved.source import Facts, Special

ROW_LENGTH, ROW_IS_HIDDEN = 16, 0x20
COLINFO_LENGTH, COLUMN_IS_HIDDEN = 10, 1
"""Bytes of such a record at least, and the bit."""
LAST_COLUMN = 255
PAGES: Final = {HEADER: "页眉", FOOTER: "页脚"}
PAGE_HEAD: Final = 3
"""Bytes before the characters of a page header: how many, and how wide they are."""
OBJECT_HEAD: Final = b"\x15\0\x12\0"
"""How the content of an OBJ record (2.4.181) begins, but for those of Excel 95; then comes what is drawn (2.5.143)."""
OBJECT_HEAD_LENGTH: Final = 22
PICTURE_FLAGS: Final = 8
IS_CONTROL: Final = 0x10
TEXT_LENGTH: Final = 12
PICTURE: Final = 8
BOXES: Final = frozenset({0, 1, 2, 3, 4, 6, 9, 0x1E})
"""Groups, lines, shapes and text boxes; not buttons, lists and comments."""


class SheetWalk:
    """Goes through a sheet and blanks out, in the stream, what calamine cannot bear."""

    def __init__(self, stream: bytearray, start: int, globals_: Globals, shown: Counter[int]) -> None:
        """Counts in ``shown`` how many cells show each shared string."""
        self.extent = Extent()
        self._stream = stream
        self._shown = shown
        self._strings = 0
        self._globals = globals_
        self._telling = globals_.telling
        self._filled: set[tuple[int, int]] = set()
        self._formats: dict[tuple[int, int], str] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._start = start
        self._strays: list[int] = []
        self._special: list[Special] = []
        self._drawn = -1
        self._pictures = 0
        self._boxes: list[str] = []
        self._pages: list[tuple[str, str]] = []
        self._is_stray = False
        self._place = 0, 0
        self._walk(start)
        if not self.extent.sane:
            for at in self._strays:
                blank(stream, at)

    def facts(self) -> Facts:
        filled = len(self._filled) + self._strings
        hidden = in_runs(sorted(self._hidden_rows)), in_runs(sorted(self._hidden_columns))
        return Facts(
            self._special,
            None,
            self._formats,
            filled,
            self._surely,
            pictures=self._pictures,
            boxes=tuple(self._boxes),
            around=stated_on_pages(self._pages),
            hidden_rows=hidden[0],
            hidden_columns=hidden[1],
            far=self.extent.far(self._blank_strings),
        )

    def _blank_strings(self) -> frozenset[int]:
        return frozenset(at for at, length in enumerate(self._globals.lengths_of_strings()) if not length)

    def _surely(self) -> int:
        """How many cells hold something, without those with an empty shared string."""
        lengths = self._globals.lengths_of_strings()
        places = set(self._filled)
        for type_, at, _ in records(self._stream, self._start):
            if type_ == LABELSST:
                row, column, index = unpack_from("<HH2xI", self._stream, at)
                if index >= len(lengths):
                    raise damaged(f"单元格 {a1(row, column)}")
                if lengths[index]:
                    places.add((row, column))
        return len(places)

    def _walk(self, start: int) -> None:
        depth = 0
        for type_, at, length in records(self._stream, start):
            depth += type_ == BOF
            if depth > 1:  # the numbers of a chart are no cells
                blank(self._stream, at)
                depth -= type_ == EOF
            elif type_ == DIMENSIONS:
                blank(self._stream, at)  # calamine reserves whatever rectangle is claimed here
            elif type_ in CELLS or type_ == RSTRING:
                self._take_in(type_, at, length)
            elif type_ in OLD_FORMULAS:
                retyped(self._stream, at, FORMULA)
                self._take_in(FORMULA, at, length)
            elif type_ == STRING:
                self._take_in_result(at)
            elif type_ in PAGES and length > PAGE_HEAD:
                self._take_in_page(type_, at, length)
            elif type_ in (ROW, COLINFO):
                self._take_in_line(type_, at, length)
            elif type_ == OBJ:
                is_known = self._stream[at : at + 4] == OBJECT_HEAD
                self._drawn = unpack_from("<H", self._stream, at + 4)[0] if is_known else -1
                self._pictures += self._drawn == PICTURE and not self._is_control(at, length)
            elif type_ == TXO and self._drawn in BOXES:
                self._take_in_box(at, length)

    def _is_control(self, at: int, length: int) -> bool:
        """A button or list of ActiveX, which is stored as a picture: so says FtPioGrbit (2.5.155)."""
        part = at + OBJECT_HEAD_LENGTH
        while part + 4 < at + length:
            type_, size = unpack_from("<HH", self._stream, part)
            if type_ == PICTURE_FLAGS:
                return bool(self._stream[part + 4] & IS_CONTROL)
            part += 4 + size
        return False

    def _take_in_box(self, at: int, length: int) -> None:
        """The text of the shape before it (2.4.329), which stands in the records that continue this one."""
        count = unpack_from("<10xH", self._stream, at)[0] if length >= TEXT_LENGTH else 0
        pieces = Pieces(self._stream, at + length, at + length)
        try:
            if count and pieces.has_more():
                wide = pieces.take(1)[0] & 1
                text = pieces.characters(count, wide).decode("utf-16-le", "replace")
                self._boxes += [said] if (said := text.replace("\r", "\n").strip()) else []
        except (EOFError, IndexError, StructError):
            return  # the cells can be read nevertheless

    def _take_in_page(self, type_: int, at: int, length: int) -> None:
        """What is printed above or below the cells of usual pages (2.4.136, 2.4.124)."""
        raw = bytes(self._stream[at + PAGE_HEAD : at + length])
        wide = self._stream[at + 2] & 1
        self._pages.append((PAGES[type_], raw.decode("utf-16-le" if wide else "latin-1", "replace")))

    def _take_in_line(self, type_: int, at: int, length: int) -> None:
        """Whether people see a row (2.4.221, fDyZero) or some columns (2.4.53, fHidden)."""
        if type_ == ROW and length >= ROW_LENGTH and self._stream[at + 12] & ROW_IS_HIDDEN:
            self._hidden_rows.add(unpack_from("<H", self._stream, at)[0])
        elif type_ == COLINFO and length >= COLINFO_LENGTH and self._stream[at + 8] & COLUMN_IS_HIDDEN:
            first, last = unpack_from("<HH", self._stream, at)
            self._hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))

    def _take_in(self, type_: int, at: int, length: int) -> None:
        row, column = unpack_from("<HH", self._stream, at)
        columns = (length - 6) // 6 if type_ == MULRK and length >= 6 else 1
        self._place = row, column
        self._is_stray = self.extent.add(row, column + columns - 1)
        if self._is_stray:
            self._strays.append(at)
        if type_ == FORMULA:
            self._take_in_formula(at, length)
        elif type_ == LABELSST:
            self._take_in_string(unpack_from("<I", self._stream, at + 6)[0])
            if self._telling and self._telling.get(unpack_from("<H", self._stream, at + 4)[0]) == STRUCK:
                self._formats[row, column] = STRUCK
        elif type_ in (LABEL, RSTRING):
            retyped(self._stream, at, LABEL)  # the other is the same with fonts behind it; calamine does not know it
            if unpack_from("<H", self._stream, at + 6)[0]:
                self._note(row, column)
        elif type_ in (NUMBER, RK, MULRK):
            for index in range(columns):
                self._note_number(row, column + index, at + 4 + 6 * index)
        elif type_ == BOOLERR and not self._stream[at + 7]:
            self._note(row, column)

    def _take_in_string(self, index: int) -> None:
        """A shared string; calamine would leave the cell out if there is none with this number."""
        if index >= self._globals.strings:
            self._globals.count_strings()
            if index >= self._globals.strings:
                raise damaged()
        self._shown[index] += 1
        self._strings += 1
        if self._is_stray:
            self.extent.far_strings.append(index)
        elif self._globals.rich_texts and index in self._globals.rich_texts:
            self._special.append((*self._place, self._globals.rich_texts[index]))

    def _take_in_formula(self, at: int, length: int) -> None:
        """A formula (2.4.127), of which calamine gets the result only: it panics at what it does not understand."""
        if length >= 22:
            put(self._stream, at + 20, 0)
        if self._stream[at + 12 : at + 14] != b"\xff\xff":
            self._note_number(*self._place, at + 4)
        elif self._stream[at + 6] == 1:  # true or false
            self._note(*self._place)

    def _take_in_result(self, at: int) -> None:
        """The text that the formula before it gave."""
        if self._is_stray:
            self._strays.append(at)
        elif unpack_from("<H", self._stream, at)[0]:
            self._note(*self._place)

    def _note_number(self, row: int, column: int, style_at: int) -> None:
        self._note(row, column)
        if self._telling:
            code = self._telling.get(unpack_from("<H", self._stream, style_at)[0])
            if code:
                self._formats[row, column] = code

    def _note(self, row: int, column: int) -> None:
        if self._is_stray:
            self.extent.far_filled += 1
        else:
            self._filled.add((row, column))

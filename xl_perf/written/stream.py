"""Long lists, written as fast as they come and without keeping them: sheets whose rows are XML from the start.

XlsxWriter takes about 11 µs for a cell; a summary of 1,000 books has 300,000 of them. Here a row is put together
as text (ECMA-376 Part 1, 18.3.1: ``row``, ``c``, ``is``) and goes to a temporary file. The rows above the list
are written through XlsxWriter's own methods, last, when the counts in them are known.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import partial
from operator import itemgetter
from os import SEEK_END
from pathlib import Path
from shutil import copyfileobj
from types import FunctionType
from typing import IO, Any, Final, Literal

from xlsxwriter import workbook
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet
from zlib_ng import zlib_ng

from xl_perf.core.cells.grid import LAST_ROW, column_letters, column_number
from xl_perf.core.workbook.row_marks import MARKS_SHEET, CellTexts, RowMarks, has_formulas, packed
from xl_perf.files import temporary
from xl_perf.files.own_files import TYPED_PROPERTY
from xl_perf.sheets.texts import MAX_TEXT, Remembered, valid
from xl_perf.written.properties import set_properties

BLANK: Final = b"/>"
ROW: Final = "\0"
"""Stands for the row's own number in a formula. No text holds it: `escaped` leaves control characters out."""
_SPECIAL: Final = re.compile("[\\x00-\\x08\\x0b-\\x1f&<>\\ud800-\\udfff\\ufffe\\uffff]|_x[0-9A-Fa-f]{4}_")
_LITERAL: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LEVEL: Final = 2
"""Of zlib-ng's compression: about half the time that zlib takes for as many bytes."""
_IN_MEMORY: Final = 1 << 22
"""So many bytes of rows that wait for their place are kept in memory, more of them in a file."""
_BLOCK: Final = 1 << 18
"""Bytes that go to and from a file at a time."""
_ROW_XML: Final = re.compile(rb"<row [^>]*>(.*?)</row>", re.DOTALL)
_CELL_XML: Final = re.compile(rb'<c r="([A-Z]+)[0-9]+"[^>/]*>(.*?)</c>', re.DOTALL)
_NO_COLUMNS: Final = range(0)


def escaped(text: str) -> str:
    """The text as it stands in XML. What reads like an escape (``_x000D_``) stays what was typed."""
    if len(text) > MAX_TEXT // 2 or _SPECIAL.search(text):
        text = valid(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return _LITERAL.sub("_x005F_", text)
    return text


# --- what a cell holds: the rest of its element, after address and style, in UTF-8 ---------------------------------


def _text(value: str | None) -> bytes:
    if not value:
        return BLANK
    space = ' xml:space="preserve"' if value[0] <= " " or value[-1] <= " " else ""
    return f' t="inlineStr"><is><t{space}>{escaped(value)}</t></is></c>'.encode()


text: Final = Remembered(_text).__getitem__
"""A text, or a blank; never a formula, whatever it begins with."""


def amount(value: Decimal | None) -> bytes:
    """An amount digit by digit (whoever reads it takes the double next to it), or a blank."""
    return BLANK if value is None else f"><v>{value!s}</v></c>".encode()


def whole(value: int | None) -> bytes:
    """A whole number, or a blank."""
    return BLANK if value is None else b"><v>%d</v></c>" % value


def formula(what: str, result: Decimal | int) -> bytes:
    """A formula (without ``=``) with the number that it gives."""
    return formula_of_rows(what) % str(result).encode()


def formula_of_rows(what: str) -> bytes:
    """A formula of many rows: ``%`` puts the number in (as bytes) that it gives in one of them."""
    return f"><f>{_with_row(what).replace('%', '%%')}</f><v>%b</v></c>".encode()


def text_formula(what: str, result: str) -> bytes:
    """A formula (without ``=``) with the text that it gives."""
    return f' t="str"><f>{_with_row(what)}</f><v>{escaped(result)}</v></c>'.encode()


def _with_row(what: str) -> str:
    return ROW.join(map(escaped, what.split(ROW)))


# --- sheet and workbook -------------------------------------------------------------------------------------------


class StreamedSheet(Worksheet):
    """A worksheet of a `StreamedWorkbook` with a list that is added row by row.

    First `add` for every row, at last whatever stands above the list (top to bottom, with XlsxWriter's methods)
    and `finish`.
    """

    fh: Any
    row_data_fh: Any
    dim_rowmax: Any
    dim_colmin: Any
    dim_colmax: Any
    list_at: int
    """Where the list belongs in the sheet's XML."""

    def begin(self, spool: IO[bytes], first: int) -> None:
        """The list starts at row ``first`` (from 0); its rows are kept in a temporary file, ``spool``."""
        self.spool = spool
        self.first = self.next = first
        self.left_out = 0
        self.width = 0
        self.people = _NO_COLUMNS
        self.labels: Sequence[str] = ()
        """The headings of our own columns, so that people's are known by theirs."""
        self.texts = CellTexts()
        self.marks: list[int] = []
        """Of the rows of the list, in their order."""
        self.beside_formulas: list[tuple[int, int]] = []
        """As `RowMarks` has them."""
        self._cells = b""
        self._pattern = b""
        self.is_marked = True
        """Its rows are to be known again."""
        self._held: list[tuple[tuple[int, ...], int, int, int | None]] = []
        self.aside: IO[bytes] | None = None

    def style(self, form: Format) -> bytes:
        """A format as cells name it."""
        return f' s="{form._get_xf_index()}"'.encode()  # type: ignore[no-untyped-call]  # noqa: SLF001

    def columns(self, forms: Sequence[Format | None]) -> None:
        """Further columns of the list with their formats; where there is none, every cell brings its own `style`."""
        for form in forms:
            style = b"" if form is None else self.style(form)
            self._cells += b'<c r="%b\0"%b%%b' % (column_letters(self.width).encode(), style)
            self.width += 1
        self._pattern = b'<row r="\0" ht="%g" customHeight="1"%b>' + self._cells + b"</row>"

    def columns_for_people(self, form: Format, number: int) -> None:
        """Further columns which people fill in: what stands there tells nothing of whether a row is as we wrote it."""
        self.people = range(self.width, self.width + number)
        self.columns([form] * number)

    @property
    def row(self) -> int:
        """The number of the next row as people count, from 1."""
        return self.next + 1

    def add(
        self,
        contents: Iterable[bytes],
        height: float,
        hidden: bool = False,
        ours: Sequence[bytes] = (),
    ) -> None:
        """The next row: what each cell holds, left to right. Beyond Excel's last row it is only counted.

        ``ours`` is what it would hold without what people typed, where that stands in our own columns too.
        """
        self._append(*self._row(contents, height, hidden, ours))

    def _row(
        self, contents: Iterable[bytes], height: float, hidden: bool, ours: Sequence[bytes]
    ) -> tuple[bytes, int | None]:
        """A row without its number, and its mark."""
        cells = tuple(contents)
        people, own = self.people, tuple(ours) or cells
        own = own[: people.start] + own[people.stop :] if people else own
        row = self._pattern % (height, b' hidden="1"' if hidden else b"", *cells)
        mark = self.texts.mark(own) if self.is_marked else None
        if mark is not None and has_formulas(row):
            self.beside_formulas += beside_formulas(self.texts, own, mark)
        return row, mark

    def _append(self, row: bytes, mark: int | None) -> None:
        if self.next >= LAST_ROW - 1:
            self.left_out += 1
            return
        self.next += 1
        self.spool.write(row.replace(b"\0", b"%d" % self.next))
        if mark is not None:
            self.marks.append(mark)

    def hold(
        self,
        key: tuple[int, ...],
        contents: Iterable[bytes],
        height: float,
        hidden: bool = False,
        ours: Sequence[bytes] = (),
    ) -> None:
        """As `add`, but for a later row: `settle` puts them in the order of their keys, equal ones as they came."""
        row, mark = self._row(contents, height, hidden, ours)
        if self.aside is None:
            self.aside = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed by `discard`)
        self._held.append((key, self.aside.seek(0, SEEK_END), len(row), mark))
        self.aside.write(row)

    def settle(self) -> None:
        """The rows that were held are added."""
        if self.aside is not None:
            for _, start, length, mark in sorted(self._held, key=itemgetter(0)):
                self.aside.seek(start)
                self._append(self.aside.read(length), mark)
            self._held.clear()

    def link(self, row: int, column: int, address: str) -> None:
        """A hyperlink on a cell that `add` writes; these are kept until the workbook is closed."""
        self.ignore_write_string = True
        self._write_url(row, column, address)
        self.ignore_write_string = False

    def finish(self) -> None:
        """Nothing more will be added."""
        if self.left_out:
            said = text(f"另有 {self.left_out} 行超出工作表的行数，没有列出")
            self.marks += _marks_in(b'<row r="0"><c r="A0"%b</row>' % said, _NO_COLUMNS)[0]
            self.spool.write(b'<row r="%d"><c r="A%d"%b</row>' % (LAST_ROW, LAST_ROW, said))
        self._write_single_row(self.next)
        self.dim_rowmax = max(self.next, self.first) - 1
        self.dim_colmin, self.dim_colmax = 0, max(self.width - 1, 0)

    def _write_optimized_sheet_data(self) -> None:
        """XlsxWriter's way to put the rows into the sheet: those above the list. The list comes in the archive."""
        self.row_data_fh.seek(0)
        self._xml_start_tag("sheetData")
        self.fh.write(self.row_data_fh.read())
        self.fh.flush()
        self.list_at = self.fh.buffer.tell()
        self._xml_end_tag("sheetData")


def beside_formulas(texts: CellTexts, own: Sequence[bytes], mark: int) -> Iterator[tuple[int, int]]:
    """The mark of what a row holds besides formulas with its own, if it has formulas."""
    beside = texts.mark_beside_formulas(own)
    if beside is not None:
        yield beside, mark


def _marks_in(rows: bytes, people: range) -> tuple[list[int], list[tuple[int, int]]]:
    """The marks of rows as XML, without the columns that people fill in; those beside formulas."""
    texts = CellTexts(rounded=True)
    marks: list[int] = []
    beside: list[tuple[int, int]] = []
    for row in _ROW_XML.findall(rows):
        own = [cell for letters, cell in _CELL_XML.findall(row) if column_number(letters.decode()) not in people]
        mark = texts.mark(own)
        if mark is not None:
            marks.append(mark)
            beside += beside_formulas(texts, own, mark)
    return marks, beside


class _Archive(zipfile.ZipFile):
    """The workbook's parts. The lists go from where they were kept straight into their sheets."""

    def __init__(
        self,
        lists: Mapping[str, StreamedSheet],
        file: str,
        mode: Literal["w"],
        compression: int,
        allowZip64: bool,  # noqa: N803
    ) -> None:
        super().__init__(file, mode, compression, allowZip64)
        self._lists = lists

    def __del__(self) -> None:
        """Nothing is said of an archive that was given up: the error that did it is on its way."""
        with suppress(OSError):
            super().__del__()

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        """A part from its file; it is refused where it needs more than 2 GiB."""
        sheet = self._lists.get(arcname)
        if sheet is None:
            super().write(filename, arcname)
            return
        if Path(filename).stat().st_size + sheet.spool.seek(0, SEEK_END) > zipfile.ZIP64_LIMIT:
            raise zipfile.LargeZipFile(arcname)
        sheet.spool.seek(0)
        with Path(filename).open("rb") as source, self.open(arcname, "w") as part:
            # zipfile lets nobody choose what packs; if ever it has another name for that, zlib packs as it always did.
            part._compressor = zlib_ng.compressobj(_LEVEL, zlib_ng.DEFLATED, -zlib_ng.MAX_WBITS)  # type: ignore[attr-defined]  # noqa: SLF001
            part.write(source.read(sheet.list_at))
            copyfileobj(sheet.spool, part, _BLOCK)
            copyfileobj(source, part, _BLOCK)


def _rows_written(sheet: Any) -> bytes:
    """What XlsxWriter has put aside of a sheet: all rows, or those above the list. More rows may not follow."""
    sheet._write_single_row(LAST_ROW)  # noqa: SLF001  # the last one; the row given here is never written
    sheet.row_data_fh.seek(0)
    rows: str = sheet.row_data_fh.read()
    return rows.encode()


class StreamedWorkbook(Workbook):
    """A workbook of streamed sheets; ``kind`` is what the document property says. Leaves no temporary file behind.

    ``typed`` says that it holds what people typed into the one before. As a context manager it is written at the end,
    or not at all after an exception.
    """

    def __init__(self, path: Path, kind: str, title: str, *, typed: bool = False) -> None:
        self._folder = temporary.new_folder("book")
        self._listed: dict[str, tuple[Sequence[str], range]] = {}
        super().__init__(str(path), {"constant_memory": True, "tmpdir": str(self._folder)})
        set_properties(self, kind, title)
        if typed:
            self.set_custom_property(TYPED_PROPERTY, "1", "text")

    def _lists(self) -> dict[str, StreamedSheet]:
        """The sheets with lists, by the parts in which they are written."""
        sheets = enumerate(self.worksheets(), 1)
        return {f"xl/worksheets/sheet{at}.xml": sheet for at, sheet in sheets if isinstance(sheet, StreamedSheet)}

    def _store_workbook(self) -> None:
        """XlsxWriter's own method, but for the archive: it does not let anybody choose one."""
        own = vars(workbook) | {"ZipFile": partial(_Archive, self._lists())}
        FunctionType(Workbook._store_workbook.__code__, own)(self)  # noqa: SLF001

    def list_sheet(self, name: str, first: int) -> StreamedSheet:
        """A further sheet, with a list that starts at row ``first`` (from 0)."""
        spool = tempfile.TemporaryFile(dir=self._folder, buffering=_BLOCK)  # noqa: SIM115
        sheet = self.add_worksheet(name, worksheet_class=StreamedSheet)
        assert isinstance(sheet, StreamedSheet)
        sheet.begin(spool, first)
        return sheet

    def mark(self, sheet: Worksheet, labels: Sequence[str], people: range = _NO_COLUMNS) -> None:
        """The rows of a sheet will be known again, when people have edited it.

        ``labels`` are the headings of our own columns; ``people`` are those that people fill in.
        """
        self._listed[str(sheet.name)] = labels, people

    def _write_marks(self) -> None:
        sheets = {str(sheet.name): sheet for sheet in self.worksheets()}
        marks_sheet = self.add_worksheet(MARKS_SHEET)
        lists = {str(sheet.name): (sheet.labels, sheet.people) for sheet in self._lists().values() if sheet.labels}
        row = 0
        for name, (labels, people) in (self._listed | lists).items():
            sheet = sheets[name]
            marks, beside = _marks_in(_rows_written(sheet), people)
            marks += getattr(sheet, "marks", ())
            beside += getattr(sheet, "beside_formulas", ())
            for contents in packed(name, RowMarks(labels, marks, beside)):
                for column, content in enumerate(contents):
                    marks_sheet.write_string(row, column, content)
                row += 1
        marks_sheet.very_hidden()

    def close(self) -> None:
        """Writes the file."""
        try:
            self._write_marks()
            super().close()
        finally:
            self.discard()

    def discard(self) -> None:
        """Gives back what was kept outside the file."""
        rows: list[Any] = [sheet.row_data_fh for sheet in self.worksheets()]
        lists = self._lists().values()
        asides = (sheet.aside for sheet in lists if sheet.aside is not None)
        for file in (*rows, *(sheet.spool for sheet in lists), *asides):
            file.close()
        temporary.remove(self._folder)

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

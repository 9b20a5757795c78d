"""Long lists, written as fast as they come and without keeping them: sheets whose rows are XML from the start.

XlsxWriter takes about 11 µs for a cell; a summary of 1,000 books has 300,000 of them. Here a row is put together
as text (ECMA-376 Part 1, 18.3.1: ``row``, ``c``, ``is``) and goes to a temporary file. The rows above the list
are written through XlsxWriter's own methods, last, when the counts in them are known.
"""

import re
import tempfile
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.books.layout import MAX_TEXT, clean, set_properties
from xl_perf.core.grid import LAST_ROW, column_letters

LETTERS: Final = tuple(column_letters(number) for number in range(64))
_SPECIAL: Final = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f&<>\\ud800-\\udfff\\ufffe\\uffff]|_x[0-9A-Fa-f]{4}_")
_LITERAL: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    """The text as it stands in XML. What reads like an escape (``_x000D_``) stays what was typed."""
    if len(text) > MAX_TEXT // 2 or _SPECIAL.search(text):
        text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return _LITERAL.sub("_x005F_", text)
    return text


def text_cell(column: int, row: int, style: int, text: str | None) -> str:
    """A cell with a text (row from 1); an empty one keeps its border."""
    if not text:
        return f'<c r="{LETTERS[column]}{row}" s="{style}"/>'
    space = ' xml:space="preserve"' if text[0] <= " " or text[-1] <= " " else ""
    return f'<c r="{LETTERS[column]}{row}" s="{style}" t="inlineStr"><is><t{space}>{escaped(text)}</t></is></c>'


def number_cell(column: int, row: int, style: int, value: float | None) -> str:
    """A cell with a number (row from 1), or a blank one."""
    if value is None:
        return f'<c r="{LETTERS[column]}{row}" s="{style}"/>'
    return f'<c r="{LETTERS[column]}{row}" s="{style}"><v>{value!r}</v></c>'


def formula_cell(column: int, row: int, style: int, formula: str, value: float) -> str:
    """A cell with a formula (without ``=``) and the number that it gives."""
    return f'<c r="{LETTERS[column]}{row}" s="{style}"><f>{escaped(formula)}</f><v>{value!r}</v></c>'


def text_formula_cell(column: int, row: int, style: int, formula: str, text: str) -> str:
    """A cell with a formula (without ``=``) and the text that it gives."""
    start = f'<c r="{LETTERS[column]}{row}" s="{style}" t="str">'
    return f"{start}<f>{escaped(formula)}</f><v>{escaped(text)}</v></c>"


class StreamedSheet(Worksheet):
    """A worksheet of a ``constant_memory`` workbook whose list is added row by row as XML.

    First `add` for every row, at last whatever stands above the list (top to bottom, with XlsxWriter's methods)
    and `finish`.
    """

    row_data_fh: Any
    dim_rowmax: Any
    dim_colmin: Any
    dim_colmax: Any

    def begin(self, folder: str, first: int, columns: int) -> None:
        """The list starts at row ``first`` (from 0); its rows go to a temporary file in ``folder``."""
        self.first = self.next = first
        self.columns = columns
        self.left_out = 0
        self.spool: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=folder)  # noqa: SIM115

    def style_number(self, style: Format) -> int:
        """The number of a format, as rows name it."""
        return int(style._get_xf_index())  # type: ignore[no-untyped-call]  # noqa: SLF001

    @property
    def row(self) -> int:
        """The number of the next row as people count, from 1."""
        return self.next + 1

    def add(self, cells: str, height: float, hidden: bool = False) -> None:
        """The next row. Beyond Excel's last row it is only counted."""
        if self.next >= LAST_ROW - 1:
            self.left_out += 1
            return
        self.next += 1
        hide = ' hidden="1"' if hidden else ""
        self.spool.write(f'<row r="{self.next}" ht="{height:g}" customHeight="1"{hide}>{cells}</row>')

    def link(self, row: int, column: int, address: str) -> None:
        """A hyperlink on a cell that was added as XML; these are kept until the workbook is closed."""
        self.ignore_write_string = True
        self._write_url(row, column, address)
        self.ignore_write_string = False

    def finish(self) -> None:
        """Puts the list below what was written above it."""
        if self.left_out:
            cells = text_cell(0, LAST_ROW, 0, f"另有 {self.left_out} 行超出工作表的行数，没有列出")
            self.spool.write(f'<row r="{LAST_ROW}">{cells}</row>')
        self._write_single_row(self.next)
        self.dim_rowmax = max(self.next - 1, self.first - 1)
        self.dim_colmin, self.dim_colmax = 0, self.columns - 1
        self.spool.seek(0)
        copyfileobj(self.spool, self.row_data_fh, 1 << 18)
        self.spool.close()


class StreamedWorkbook(Workbook):
    """A workbook of streamed sheets; ``kind`` is what the document property says. Leaves no temporary file behind.

    As a context manager it is written at the end, or not at all after an exception.
    """

    def __init__(self, path: Path, kind: str, title: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="xl-perf-", ignore_cleanup_errors=True)
        super().__init__(str(path), {"constant_memory": True, "tmpdir": self._folder.name})
        set_properties(self, kind, title)
        self.spools: list[IO[str]] = []

    def list_sheet(self, name: str, first: int, columns: int) -> StreamedSheet:
        """A further sheet, with a list that starts at row ``first`` (from 0) and has that many columns."""
        sheet = self.add_worksheet(name, worksheet_class=StreamedSheet)
        assert isinstance(sheet, StreamedSheet)
        sheet.begin(self._folder.name, first, columns)
        self.spools.append(sheet.spool)
        return sheet

    def close(self) -> None:
        """Writes the file."""
        try:
            super().close()
        finally:
            self.discard()

    def discard(self) -> None:
        """Gives back what was kept outside the file."""
        rows: list[Any] = [sheet.row_data_fh for sheet in self.worksheets()]
        for file in (*rows, *self.spools):
            file.close()
        self._folder.cleanup()

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

"""Cells far outside any form: they neither stop the process nor cost anything, and are not passed over in silence."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import workbooks as made
from tests.workbooks import cell, ods_text, ooxml, ooxml_parts, row, saved, sheet, zipped
from xl_perf.core.cells.grid import Book, Scalar
from xl_perf.core.errors import BookError
from xl_perf.core.forms.unread import far_cells
from xl_perf.files import compound_file as compound
from xl_perf.saved.workbook import read_book

FAR = "工作表“S1”的 XFD1048576 单元格远离表格，其内容没有读取"

NEAR = row(1, cell("A1", 5), cell("B1", 6))


def far(book: Book) -> list[str]:
    """What is said of far cells, with the sheet."""
    return [f"工作表“{one.sheet}”的 {one.reason}" for grid in book.grids for one in far_cells(grid)]


def read_rows(data: bytes, folder: Path) -> list[list[Scalar]]:
    return [list(cells) for cells in read_book(saved(folder / "a.xlsx", data)).grids[0].rows]


@pytest.mark.parametrize(
    ("stray", "note"),
    [
        (row(1048576, cell("XFD1048576")), FAR),
        (row(1048576, "<c><v>1</v></c>"), "工作表“S1”的 A1048576 单元格远离表格，其内容没有读取"),
        (row(1048576, cell("XFD1048576"), cell("XFE1048576")), FAR.replace("XFD1048576 ", "XFD1048576 等 2 个")),
        (row(1048576, '<c r="XFD1048576" s="1"/>'), None),
        ('<row r="1048576" s="1"/>', None),
        (row(2, cell("ZZZZZZZ2")), "工作表“S1”的 ZZZZZZZ2 单元格远离表格，其内容没有读取"),
        (row(1048576, cell("xfd1048576")), FAR),
        (row(1048576, '<c r="XFD1048576" t="e"><v>#REF!</v></c>'), FAR),
        (row(1048576, '<c r="XFD1048576"><f>A1</f></c>'), FAR),
        ('<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>', FAR),
    ],
)
def test_far_cells_are_left_out(tmp_path: Path, stray: str, note: str | None) -> None:
    began = time.perf_counter()
    book = read_book(saved(tmp_path / "a.xlsx", ooxml(sheet(NEAR, stray))))
    assert [list(cells) for cells in book.grids[0].rows] == [[5.0, 6.0]]
    assert far(book) == ([note] if note else [])
    assert time.perf_counter() - began < 1


def test_a_false_dimension_is_not_believed(tmp_path: Path) -> None:
    assert read_rows(ooxml(sheet(NEAR, head='<dimension ref="A1:XFD1048576"/>')), tmp_path) == [[5.0, 6.0]]
    assert read_rows(ooxml(sheet(NEAR, head='<dimension ref="A1"/>')), tmp_path) == [[5.0, 6.0]]


def test_long_and_wide_sheets_are_read_whole(tmp_path: Path) -> None:
    rows = read_rows(ooxml(sheet(NEAR, row(20_000, cell("C20000", 9)))), tmp_path)
    assert (len(rows), rows[-1][2]) == (20_000, 9.0)
    rows = read_rows(ooxml(sheet(NEAR, row(2, cell("AMJ2", 9)))), tmp_path)
    assert (len(rows[1]), rows[1][-1]) == (1024, 9.0)


def test_merges_end_with_the_window(tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in ("A1:XFD1048576", "A20000:B20001", "C3:A1"))
    tail = f"<mergeCells>{merges}</mergeCells>"
    assert read_book(saved(tmp_path / "a.xlsx", ooxml(sheet(NEAR, tail=tail)))).grids[0].merges == ((0, 0, 9_999, 199),)


def test_far_cells_in_xlsb(tmp_path: Path) -> None:
    cells: dict[tuple[int, int], str | float | None] = {(0, 0): "甲", (1048575, 16383): 5.0, (1048574, 0): None}
    book = read_book(saved(tmp_path / "a.xlsb", made.xlsb(cells, "S1")))
    assert (book.grids[0].rows, far(book)) == ([["甲"]], [FAR])


def xls(*cells: bytes, globals_: bytes = b"") -> bytes:
    return compound.packed("Workbook", made.workbook_stream(*cells, globals_=globals_))


def test_far_cells_in_xls(tmp_path: Path) -> None:
    text = made.biff(0x06, b"\xff\xff\xff\0" + b"\0" * 8 + b"\xff\xff" + b"\0" * 8) + made.biff(0x207, b"\1\0\0x")
    book = read_book(saved(tmp_path / "a.xls", xls(made.number(0, 1, 7), text, made.number(65535, 255, 1))))
    assert book.grids[0].rows == [["", 7.0]]
    assert far(book) == ["工作表“S1”的 IV65536 等 2 个单元格远离表格，其内容没有读取"]


BLANK = "<table:table-cell/>"
MANY_BLANKS = '<table:table-cell table:number-columns-repeated="999999999"/>'
# The attribute in the formula is text, and so is its ">".
DECEIVING = (
    """<table:table-cell table:formula='a> table:number-columns-repeated="1"' """
    """table:number-columns-repeated="99999999" office:value="1"/>"""
)


def ods_row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


@pytest.mark.parametrize(
    "beyond",
    [
        ods_row(ods_text("乙"), times=1048576),
        ods_row(ods_text("乙", 'table:number-columns-repeated="99999999"')),
        ods_row(BLANK, times=1048000) + ods_row(ods_text("乙")),
        ods_row(MANY_BLANKS, BLANK),
        ods_row(DECEIVING),
    ],
)
def test_far_cells_in_ods(tmp_path: Path, beyond: str) -> None:
    data = zipped(made.ods_parts(f"<table:table-row>{ods_text('甲')}</table:table-row>{beyond}"))
    began = time.perf_counter()
    book = read_book(saved(tmp_path / "a.ods", data))
    rows = book.grids[0].rows
    assert rows[0][0] == "甲"
    assert len(rows) <= 10_001
    assert max(map(len, rows)) <= 200
    assert bool(far(book)) == ("office:" in beyond)
    assert all("表&1" in note for note in far(book))
    assert time.perf_counter() - began < 2


def test_trailing_rows_of_libreoffice_cost_nothing(tmp_path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    data = zipped(
        made.ods_parts(
            f"<table:table-row>{ods_text('甲')}{blank}</table:table-row>"
            f'<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'
        )
    )
    book = read_book(saved(tmp_path / "a.ods", data))
    assert (book.grids[0].rows, far(book)) == ([["甲"]], [])


def test_the_process_survives_what_makes_calamine_abort(tmp_path: Path) -> None:
    """In a process of its own: without the look at the extents this ends with SIGABRT, which no test could catch."""
    strings = '<sst count="4000000000" uniqueCount="4000000000"><si><t>x</t></si></sst>'
    parts = ooxml_parts(sheet(row(1, '<c r="A1" t="s"><v>0</v></c>')))
    parts["xl/sharedStrings.xml"] = strings
    links = ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml")
    parts["xl/_rels/workbook.xml.rels"] = made.relations(*links)
    hostile = {
        "cells.xlsx": ooxml(sheet(NEAR, row(1048576, cell("XFD1048576")))),
        "strings.xlsx": zipped(parts),
        "strings.xls": xls(globals_=made.biff(0xFC, b"\xff\xff\xff\x7f" * 2)),
        "dimension.xls": xls(made.biff(0x200, b"\0\0\0\0\xff\xff\xff\x7f\0\0\xff\xff\0\0"), made.number(0, 0, 1)),
    }
    for name, data in hostile.items():
        saved(tmp_path / name, data)
    code = (
        "import sys\nfrom pathlib import Path\nfrom xl_perf.saved.workbook import read_book\n"
        "from xl_perf.core.errors import BookError\n"
        "for name in sys.argv[1:]:\n"
        "    try:\n        print(len(read_book(Path(name)).grids[0].rows))\n"
        "    except BookError as error:\n        print(error.kind)\n"
    )
    command = [sys.executable, "-c", code, *(str(tmp_path / name) for name in hostile)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["1", "1", "0", "1"], "")


def test_books_beyond_every_measure(tmp_path: Path) -> None:
    corner = sheet(row(9999, cell("GR9999")))
    with pytest.raises(BookError, match="表格范围过大") as caught:
        read_book(saved(tmp_path / "a.xlsx", ooxml(*[corner] * 8)))
    assert caught.value.kind == "unreadable"
    with pytest.raises(BookError, match="工作表超过 500 张"):
        read_book(saved(tmp_path / "b.xlsx", ooxml(*[sheet()] * 501)))


def test_one_part_as_many_sheets(tmp_path: Path) -> None:
    """Refused before the part has been read again and again."""
    parts = made.ooxml_parts(sheet(row(1, cell("A1"))))
    one = '<sheet name="S1" sheetId="1" r:id="r1"/>'
    many = str(parts["xl/workbook.xml"]).replace(one, one * 20_000)
    began = time.process_time()
    with pytest.raises(BookError, match="工作表超过 500 张"):
        read_book(saved(tmp_path / "a.xlsx", made.zipped(parts | {"xl/workbook.xml": many})))
    assert time.process_time() - began < 5

"""Workbooks whose texts are encoded otherwise: UTF-16 parts of .xlsx, the code pages of .xls."""

import io
import struct
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from tests import workbooks as made
from tests.workbooks import biff, number, ooxml_parts, row, saved, sheet, zipped
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.errors import BookError
from xl_perf.files import compound_file as compound
from xl_perf.files.compound_file import Compound
from xl_perf.files.guard import Refused
from xl_perf.saved import workbook as bulk
from xl_perf.saved.source import Facts, SheetSource, Source
from xl_perf.saved.workbook import read_book

READING = Path(__file__).parents[1] / "fixtures" / "reading"
TEXT = "社区养老服务站运转经费\n项目绩效目标表"


def rows_of(path: Path) -> list[list[Scalar]]:
    return [list(cells) for cells in read_book(path).grids[0].rows]


@pytest.mark.parametrize("name", ["all-sheets-utf16.xlsx", "xls-codepage936.xls", "xls-format-id-50.xls"])
def test_forms_of_other_writers(name: str) -> None:
    book = read_book(READING / name)
    assert [grid.sheet for grid in book.grids] == ["01", "02", "03"]
    rows = book.grids[0].rows
    assert rows[0][0] == TEXT
    assert list(rows[2]) == ["预算规模及\n资金用途", "预算数", 120.5, "其中：财政资金", 120.5, "其他资金", 0]
    assert list(rows[5]) == ["", 0.25, 0.5, 0.75, "", 1, ""]


# --- .xlsx -----------------------------------------------------------------------------------------------------------

CELL = '<c r="A1" t="inlineStr"><is><t>预算数</t></is></c>'


def declared(encoding: str, xml: str = sheet(row(1, CELL))) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{xml}'


@pytest.mark.parametrize(
    "part",
    [
        declared("UTF-16").encode("utf-16"),
        declared("UTF-16").encode("utf-16-be"),
        sheet(row(1, CELL)).encode("utf-16-le"),
        ("\ufeff" + sheet(row(1, CELL))).encode("utf-16-be"),
        declared("GB2312").encode("gbk"),
        declared("gb18030").encode("gb18030"),
        declared("Big5", sheet(row(1, CELL.replace("预", "預")))).encode("big5", "xmlcharrefreplace"),
        declared("utf-16").encode(),  # as .NET declares what it then stores in UTF-8
        b"\xef\xbb\xbf" + declared("utf-8").encode(),
        declared("").encode(),
    ],
)
def test_sheets_in_other_encodings(tmp_path: Path, part: bytes) -> None:
    parts = ooxml_parts("") | {"xl/worksheets/sheet1.xml": part}
    (text,) = rows_of(saved(tmp_path / "a.xlsx", zipped(parts)))[0]
    assert str(text).replace("預", "预").replace("數", "数") == "预算数"


def test_all_parts_in_utf_16(tmp_path: Path) -> None:
    parts = ooxml_parts(sheet(row(1, '<c r="A1" t="s"><v>0</v></c>')), names=["项目"])
    parts["xl/sharedStrings.xml"] = "<sst><si><t>预算数</t></si></sst>"
    links = ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml")
    parts["xl/_rels/workbook.xml.rels"] = made.relations(*links)
    wide = {name: str(part).encode("utf-16") for name, part in parts.items()}
    book = read_book(saved(tmp_path / "a.xlsx", zipped(wide)))
    assert [(grid.sheet, grid.rows) for grid in book.grids] == [("项目", [["预算数"]])]


@pytest.mark.parametrize(
    ("part", "kind", "said"),
    [
        (declared("x-nobody").encode(), "unreadable", "不认识的文字编码（x-nobody）"),
        (declared("gbk").encode("gbk").replace("预".encode("gbk"), b"\xff\xff"), "damaged", "gb18030"),
        (declared("UTF-16").encode("utf-16") + b"\0", "damaged", "utf-16"),
    ],
)
def test_encodings_that_fail(tmp_path: Path, part: bytes, kind: str, said: str) -> None:
    parts = ooxml_parts("") | {"xl/worksheets/sheet1.xml": part}
    with pytest.raises(BookError, match=said) as caught:
        read_book(saved(tmp_path / "a.xlsx", zipped(parts)))
    assert caught.value.kind == kind


@pytest.mark.parametrize("text", ['uniqueCount="123456789"', "count = '99999999'", 'text:c="12345"'])
def test_texts_that_look_like_a_claim(tmp_path: Path, text: str) -> None:
    parts = ooxml_parts(sheet(row(1, '<c r="A1" t="s"><v>0</v></c>')))
    parts["xl/sharedStrings.xml"] = f'<sst count="1" uniqueCount="1"><si><t>{text}</t></si></sst>'
    links = ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml")
    parts["xl/_rels/workbook.xml.rels"] = made.relations(*links)
    assert rows_of(saved(tmp_path / "a.xlsx", zipped(parts))) == [[text]]
    data = zipped(made.ods_parts(f"<table:table-row>{made.ods_text(text)}</table:table-row>"))
    assert rows_of(saved(tmp_path / "a.ods", data)) == [[text]]


@pytest.mark.parametrize("claim", ['count="400000000"', "x='>' uniqueCount = '400000000'", 'count="+40000000"'])
def test_false_claims_wherever_they_stand(tmp_path: Path, claim: str) -> None:
    parts = ooxml_parts(sheet(row(1, '<c r="A1" t="s"><v>0</v></c>')))
    parts["xl/sharedStrings.xml"] = f"<!-- <sst> --><x:sst {claim} xmlns:x='x'><x:si><x:t>x</x:t></x:si></x:sst>"
    links = ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml")
    parts["xl/_rels/workbook.xml.rels"] = made.relations(*links)
    assert rows_of(saved(tmp_path / "a.xlsx", zipped(parts))) == [["x"]]


# --- .xls ------------------------------------------------------------------------------------------------------------


def xls(*cells: bytes, globals_: bytes = b"") -> bytes:
    return compound.packed("Workbook", made.workbook_stream(*cells, globals_=globals_))


def old_xls(*cells: bytes, code_page: int | None = 936, globals_: bytes = b"") -> bytes:
    """A workbook of Excel 95: texts are bytes of a code page."""
    bof = struct.pack("<HHHH", 0x500, 5, 0, 0)
    head = biff(0x809, bof) + (b"" if code_page is None else biff(0x42, struct.pack("<H", code_page))) + globals_
    name = "项目".encode("gbk")
    start = len(head) + 4 + 7 + len(name) + 4
    boundsheet = biff(0x85, struct.pack("<IBBB", start, 0, 0, len(name)) + name)
    body = biff(0x809, bof[:2] + b"\x10\0" + bof[4:]) + b"".join(cells) + biff(0x0A)
    return compound.packed("Book", head + boundsheet + biff(0x0A) + body)


def old_text(r: int, column: int, text: str, type_: int = 0x204) -> bytes:
    raw = text.encode("gbk")
    runs = b"" if type_ == 0x204 else b"\1\0\0"
    return biff(type_, struct.pack("<HHHH", r, column, 0, len(raw)) + raw + runs)


@pytest.mark.parametrize("code_page", [936, 1200, 10008])
def test_excel_95(tmp_path: Path, code_page: int) -> None:
    data = old_xls(old_text(0, 0, "预算数"), old_text(1, 1, "元", 0xD6), number(2, 0, 5), code_page=code_page)
    book = read_book(saved(tmp_path / "a.xls", data))
    assert [(grid.sheet, grid.rows) for grid in book.grids] == [("项目", [["预算数", ""], ["", "元"], [5.0, ""]])]


def test_excel_95_without_a_code_page(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="没有注明文字编码") as caught:
        read_book(saved(tmp_path / "a.xls", old_xls(old_text(0, 0, "预算数"), code_page=None)))
    assert "另存为 .xlsx" in caught.value.remedy


def test_links_names_and_formulas_of_excel_95(tmp_path: Path) -> None:
    """calamine reads them as those of Excel 97 and panics."""
    link = biff(0x17, b"\2\1\3\5\7\7\7\7\7")
    name = biff(0x18, b"\0\0\0\7\0\0" + b"\0" * 8 + b"x")
    formula = biff(0x06, struct.pack("<HHHdHIH", 0, 1, 0, 7.5, 0, 0, 4) + b"\x44\0\0\xc0")
    data = old_xls(old_text(0, 0, "甲"), formula, globals_=link + name)
    assert rows_of(saved(tmp_path / "a.xls", data)) == [["甲", 7.5]]


def code_page(page: int) -> bytes:
    return biff(0x42, struct.pack("<H", page))


@pytest.mark.parametrize("page", [936, 1252, 65001, 7])
def test_the_code_page_of_excel_97_does_not_count(tmp_path: Path, page: int) -> None:
    wide = "预算数".encode("utf-16-le")
    label = biff(0x204, struct.pack("<HHHHB", 0, 0, 0, 3, 1) + wide)
    plain = biff(0x204, struct.pack("<HHHHB", 0, 1, 0, 3, 0) + b"GPT")
    assert rows_of(saved(tmp_path / "a.xls", xls(label, plain, globals_=code_page(page)))) == [["预算数", "GPT"]]


def number_format(id_: int, code: str) -> bytes:
    return biff(0x41E, struct.pack("<HHB", id_, len(code), 1) + code.encode("utf-16-le"))


def style(format_: int) -> bytes:
    return biff(0xE0, struct.pack("<HH", 0, format_) + b"\0" * 16)


@pytest.mark.parametrize("id_", [50, 58, 27, 14, 400])
def test_number_formats_with_any_number(tmp_path: Path, id_: int) -> None:
    globals_ = style(0) + style(id_) + style(164) + number_format(id_, "0.00") + number_format(164, "yyyy/m/d")
    cells = [biff(0x203, struct.pack("<HHHd", 0, c, c, 45000.5)) for c in range(3)]
    (numbers,) = rows_of(saved(tmp_path / "a.xls", xls(*cells, globals_=globals_)))
    assert numbers[:2] == [45000.5, 45000.5]
    assert str(numbers[2]).startswith("2023-03-15")


@pytest.mark.parametrize("id_", [50, 400])
def test_dates_whose_format_has_any_number(tmp_path: Path, id_: int) -> None:
    globals_ = style(id_) + number_format(id_, 'yyyy"年"m"月"')
    (dates,) = rows_of(saved(tmp_path / "a.xls", xls(number(0, 0, 45000), globals_=globals_)))
    assert str(dates[0]).startswith("2023-03-15")


def test_the_numbers_of_a_chart_are_no_cells(tmp_path: Path) -> None:
    """An embedded chart stands within the sheet's records, before its merged cells."""
    chart = biff(0x809, struct.pack("<HHHHII", 0x600, 0x20, 0, 0, 0, 6)) + number(0, 0, 99) + number(5, 5, 99)
    merged = biff(0xE5, struct.pack("<5H", 1, 0, 1, 0, 1))
    (grid,) = read_book(saved(tmp_path / "a.xls", xls(number(0, 0, 5), chart, biff(0x0A), merged))).grids
    assert (grid.rows, grid.merges) == ([[5.0]], ((0, 0, 1, 1),))


# --- what would be lost ----------------------------------------------------------------------------------------------


def test_a_text_that_the_strings_lack(tmp_path: Path) -> None:
    """calamine left the cell out."""
    strings = biff(0xFC, struct.pack("<IIHB", 1, 1, 1, 0) + b"A")
    for index, kind in ((0, ""), (1, "damaged")):
        cells = biff(0xFD, struct.pack("<HHHI", 0, 0, 0, index)), number(0, 1, 5)
        path = saved(tmp_path / "a.xls", xls(*cells, globals_=strings))
        if not kind:
            assert rows_of(path) == [["A", 5.0]]
            continue
        with pytest.raises(BookError) as caught:
            read_book(path)
        assert caught.value.kind == kind


def strings_record(*texts: str, claimed: int) -> bytes:
    """An SST whose second string is cut in two by the end of a record, behind formats and phonetic signs."""
    first, second = texts
    wide = second.encode("utf-16-le")
    rich = struct.pack("<HBHI", len(second), 13, 1, 6) + wide[:2]
    rest = b"\1" + wide[2:] + b"runs" + b"extend"
    head = struct.pack("<IIHB", 9, claimed, len(first), 0) + first.encode("latin-1")
    third = struct.pack("<HB", 1, 1) + "丙".encode("utf-16-le")
    return biff(0xFC, head + rich) + biff(0x3C, rest) + biff(0x3C, third)


@pytest.mark.parametrize("claimed", [0, 1, 2, 3, 4, 0x7FFFFFFF])
def test_a_false_number_of_strings(tmp_path: Path, claimed: int) -> None:
    cells = [biff(0xFD, struct.pack("<HHHI", 0, index, 0, index)) for index in range(3)]
    path = saved(tmp_path / "a.xls", xls(*cells, globals_=strings_record("A", "乙丑", claimed=claimed)))
    assert rows_of(path) == [["A", "乙丑", "丙"]]


@pytest.mark.parametrize("name", ["WORKBOOK", "workbook", "BOOK"])
def test_streams_are_called_as_one_likes(tmp_path: Path, name: str) -> None:
    data = compound.packed(name, made.workbook_stream(number(0, 0, 5)))
    assert rows_of(saved(tmp_path / "a.xls", data)) == [[5.0]]


def test_chains_that_go_round(tmp_path: Path) -> None:
    """The table of sectors, and the list of its sectors, name themselves over and over."""
    data = bytearray(compound.packed("Workbook", made.workbook_stream(*(number(r, 0, 5) for r in range(9000)))))
    listing = bytearray(data)
    struct.pack_into("<II", listing, 68, 1, 0x7FFFFFFF)  # the list goes on in sector 1, as often as one likes
    listing[8192:12288] = struct.pack("<I", 1) * 1024
    began = time.perf_counter()
    Compound(bytes(listing))
    chain = bytearray(data)
    struct.pack_into("<I", chain, len(data) - 4096, 0)  # behind the first sector comes the first
    with pytest.raises(BookError, match="损坏"):
        read_book(saved(tmp_path / "a.xls", bytes(chain)))
    assert time.perf_counter() - began < 1


# --- .xlsb -----------------------------------------------------------------------------------------------------------


def xlsb_with(sheet_part: bytes, strings: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made.xlsb({(0, 0): 1.0}))) as archive:
        parts: made.Parts = {name: archive.read(name) for name in archive.namelist()}
    links = ("r1", "worksheet", "worksheets/sheet1.bin"), ("r2", "sharedStrings", "sharedStrings.bin")
    parts["xl/_rels/workbook.bin.rels"] = made.relations(*links)
    return zipped(parts | {"xl/worksheets/sheet1.bin": sheet_part, "xl/sharedStrings.bin": strings})


def strings_part(*texts: str, claimed: int) -> bytes:
    items = b"".join(made.record(0x13, b"\0" + made.wide(text)) for text in texts)
    return made.record(0x9F, struct.pack("<II", claimed, claimed)) + items + made.record(0xA0)


def row_part(number: int, *cells: bytes) -> bytes:
    return made.record(0, struct.pack("<IIH3sI", number, 0, 300, b"\0\0\0", 0)) + b"".join(cells)


def sheet_part(*rows: bytes) -> bytes:
    head = made.record(0x81) + made.record(0x94, bytes(16)) + made.record(0x91)
    return head + b"".join(rows) + made.record(0x92) + made.record(0x82)


STYLED: Final = bytes(4)


@pytest.mark.parametrize("claimed", [0, 2, 9, 0x7FFFFFFF])
def test_cells_that_name_no_column(tmp_path: Path, claimed: int) -> None:
    """Of all seven types; SheetJS writes them. And the strings claim any number."""
    first = row_part(
        0,
        made.record(6, struct.pack("<II", 1, 0) + made.wide("甲")),
        made.record(17, STYLED + made.wide("乙" * 300)),
        made.record(16, STYLED + struct.pack("<d", 2.5)),
        made.record(15, STYLED + b"\1"),
        made.record(12, STYLED),
        made.record(13, STYLED + struct.pack("<I", 7 << 2 | 2)),
        made.record(14, STYLED + b"\x07"),
        made.record(18, STYLED + struct.pack("<I", 1)),
    )
    second = row_part(1, made.record(18, STYLED + struct.pack("<I", 0)), made.record(1, struct.pack("<II", 4, 0)),
                      made.record(16, STYLED + struct.pack("<d", 0.5)))  # fmt: skip
    data = xlsb_with(sheet_part(first, second), strings_part("子", "丑", claimed=claimed))
    assert rows_of(saved(tmp_path / "a.xlsb", data)) == [
        ["", "甲", "乙" * 300, 2.5, True, "", 7, "", "丑"],
        ["子", "", "", "", "", 0.5, "", "", ""],
    ]


def test_a_long_text_in_many_cells_of_xlsb(tmp_path: Path) -> None:
    rows = [row_part(r, made.record(7, struct.pack("<III", 0, 0, 0))) for r in range(9000)]
    data = xlsb_with(sheet_part(*rows), strings_part("长" * 32_000, claimed=1))
    with pytest.raises(BookError, match="重复得太多"):
        read_book(saved(tmp_path / "a.xlsb", data))


@pytest.mark.parametrize(
    ("rows", "filled", "lost"),
    [([], 1, 1), ([], 0, 0), ([["a", "", 0], [None, False, 0.0]], 4, 0), ([["a", ""]], 3, 2)],
)
def test_losses(rows: Sequence[Sequence[Scalar]], filled: int, lost: int) -> None:
    if not lost:
        bulk.refuse_losses("01", rows, filled)
        return
    with pytest.raises(Refused, match=f"工作表“01”有单元格读不出来（至少 {lost} 个）"):
        bulk.refuse_losses("01", rows, filled)


@pytest.mark.parametrize("where", ["A1", "AA1"])  # plain, and walked through
def test_numbers_that_get_lost(tmp_path: Path, where: str) -> None:
    """Of two cells in one place one is lost; empty texts, error values and blanks are not missed."""
    other = '<c r="B1" t="str"><v></v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" s="1"/>'
    good = saved(tmp_path / "a.xlsx", made.ooxml(sheet(row(1, made.cell(where, 1), other))))
    assert 1.0 in rows_of(good)[0]
    twice = saved(tmp_path / "b.xlsx", made.ooxml(sheet(row(1, *[made.cell(where, 1), made.cell("B1", 2)] * 2))))
    with pytest.raises(BookError, match="有单元格读不出来（至少 2 个）"):
        read_book(twice)


def test_a_sheet_that_comes_back_empty(tmp_path: Path) -> None:
    source = Source(made.ooxml(sheet()), [SheetSource("01", hidden=False)], {0: Facts(filled=1)})
    with pytest.raises(Refused, match="读不出来"):
        bulk.read_grids(source)

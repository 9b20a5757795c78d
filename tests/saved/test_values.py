"""What single cells of .xlsx hold, spelt oddly; and that no cell of any format is lost without a word."""

import struct
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest

from tests import workbooks as made
from tests.workbooks import MAIN, biff, ods_parts, ods_text, ooxml_parts, relations, row, saved, sheet
from xl_perf.core.cells.grid import ErrorValue, NoValue, Scalar
from xl_perf.core.errors import BookError
from xl_perf.files import compound_file as compound
from xl_perf.files.xml_text import without_comments
from xl_perf.saved import sheet_xml
from xl_perf.saved.workbook import OpenedBook, open_book, read_book

STRINGS: Final = ("甲", "乙", "", " ")


def shared(*texts: str) -> str:
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{items}</sst>'


def book(folder: Path, *cells: str, strings: str = shared(*STRINGS), head: str = "") -> Path:
    parts = ooxml_parts(sheet(row(1, *cells), head=head))
    links = ("r1", "worksheet", "worksheets/sheet1.xml"), ("r9", "sharedStrings", "sharedStrings.xml")
    parts |= {"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": relations(*links)}
    return saved(folder / "a.xlsx", made.zipped(parts))


def typed(kind: str, inner: str, where: str = "A1") -> str:
    return f'<c r="{where}" t="{kind}">{inner}</c>'


BESIDE: Final = '<c r="B1"><v>5</v></c>'


@pytest.mark.parametrize("where", ["A1", "AA1"])  # plain cells, and cells that are walked through
@pytest.mark.parametrize(
    ("kind", "inner"),
    [
        ("s", "<v>x</v>"),
        ("s", "<v>-1</v>"),
        ("s", "<v>1.0</v>"),
        ("s", "<v> 1 </v>"),
        ("s", "<v>1e0</v>"),
        ("s", "<v>99999999999999999999999</v>"),
        ("s", "<v>0</v><v>1</v>"),
        ("s", "<v>0<x/></v>"),
        ("s", "<v>0<?x y?>1</v>"),
        ("n", "<v>1<x/>&#50;</v>"),
        ("n", "<v>1</v><v>&#50;</v>"),
        ("n", "<v>1<x>2</x></v>"),
        ("n", "<v>1<?x y?>2</v>"),
        ("n", "<v>1</v><v>2</v>"),
    ],
)
def test_a_value_that_cannot_be_understood_names_its_cell(tmp_path: Path, where: str, kind: str, inner: str) -> None:
    """calamine took the first shared string, or a part of the number."""
    with pytest.raises(BookError, match=f"单元格 {where}）"):
        read_book(book(tmp_path, BESIDE, typed(kind, inner, where)))


@pytest.mark.parametrize("where", ["A1", "AA1"])
@pytest.mark.parametrize(
    ("kind", "inner"),
    [
        ("s", "<v>4</v>"),
        ("b", "<v>x</v>"),
        ("n", "<v>x</v>"),
        ("n", "<v>1,5</v>"),
        ("zz", "<v>5</v>"),
        ("S", "<v>1</v>"),
    ],
)
def test_other_damage(tmp_path: Path, where: str, kind: str, inner: str) -> None:
    with pytest.raises(BookError, match="文件已损坏"):
        read_book(book(tmp_path, BESIDE, typed(kind, inner, where)))


@pytest.mark.parametrize("where", ["A1", "AA1"])
@pytest.mark.parametrize(
    ("kind", "inner", "value"),
    [
        ("s", "<v>1</v>", "乙"),
        ("s", "<v>01</v>", "乙"),
        ("s", "<v><!--0-->1</v>", "乙"),
        ("s", "<v><![CDATA[1]]></v>", "乙"),
        ("s", "<v/>", ""),
        ("s", "<v>2</v>", ""),
        ("n", "<v>1<!-- -->2</v>", 12.0),
        ("n", "<v><![CDATA[12]]></v>", 12.0),
        ("n", "<v>1.5E2</v>", 150.0),
        ("b", "<v>0</v>", False),
        ("b", "<v>true</v>", True),
        ("e", "<v>#N/A</v>", ErrorValue("#N/A")),
        ("e", "<v>#BUSY!</v>", ErrorValue("#BUSY!")),
        ("d", "<v>2023-05-01</v>", date(2023, 5, 1)),
        ("str", "<v>a&amp;b&#49;</v>", "a&b1"),
        ("str", "<v>a<![CDATA[<b>]]>c</v>", "a<b>c"),
        ("str", "<v>a<!--x-->c</v>", "ac"),
        ("str", "<f>A2</f>", NoValue("A2")),
        ("inlineStr", "<is><t>丙</t></is>", "丙"),
        ("inlineStr", "<is><t>a<![CDATA[<b>]]>c</t></is>", "a<b>c"),
        ("inlineStr", "<v>丁</v>", "丁"),
        ("inlineStr", "<is/>", ""),
    ],
)
def test_a_value_is_read_as_it_is_meant(tmp_path: Path, where: str, kind: str, inner: str, value: Scalar) -> None:
    grid = read_book(book(tmp_path, BESIDE, typed(kind, inner, where), '<c r="AC1"><v>7</v></c>')).grids[0]
    assert (grid.rows[0][1], grid.rows[0][0 if where == "A1" else 26]) == (5.0, value)


@pytest.mark.parametrize("head", ["", '<!--<sheetData><row r="1"><c r="A1"><v>9</v></c></row></sheetData>-->'])
def test_cells_in_a_comment_are_none(tmp_path: Path, head: str) -> None:
    cells = '<c r="A1"><v>1</v></c>', '<!--<c r="B1"><v>2</v></c>-->', '<c r="C1"><v>3</v></c>'
    assert read_book(book(tmp_path, *cells, head=head)).grids[0].rows == [[1.0, "", 3.0]]


def test_a_shared_string_in_cdata_or_with_a_comment(tmp_path: Path) -> None:
    strings = shared("a<![CDATA[<b>&]]>c", "x<!--</t></si><si><t>-->y", "丙")
    cells = [typed("s", f"<v>{number}</v>", f"{column}1") for number, column in enumerate("ABC")]
    assert read_book(book(tmp_path, *cells, strings=strings)).grids[0].rows == [["a<b>&c", "xy", "丙"]]


@pytest.mark.parametrize("open_", ["<!--", "<![CDATA[", "<!DOCTYPE x>"])
def test_markup_that_is_left_open(tmp_path: Path, open_: str) -> None:
    with pytest.raises(BookError, match="文件已损坏"):
        read_book(book(tmp_path, BESIDE, typed("inlineStr", f"<is><t>{open_}</t></is>")))


def test_many_comments_take_no_more_than_their_length() -> None:
    many = b"<a>" + b"<!--" * 200_000
    with pytest.raises(Exception, match="XML"):
        without_comments(many + b"</a>")
    assert without_comments(many + b"--></a>") == b"<a></a>"


# --- counts ---------------------------------------------------------------------------------------------------------


def counted(opened: OpenedBook) -> tuple[int, int]:
    """How many cells of the first sheet should come back, at a glance and at leisure."""
    facts = opened.source.facts[0]
    return facts.filled, facts.filled if facts.surely is None else facts.surely()


XLSX_CELLS: Final = (
    '<c r="A1" s="1"/><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c>'
    '<c r="E1" t="str"><f>A1</f><v></v></c><c r="F1" t="str"><f>A1</f><v>丙</v></c><c r="G1"><v>0</v></c>'
    '<c r="H1" t="b"><v>0</v></c><c r="I1" t="inlineStr"><is><t>丁</t></is></c>'
    '<c r="J1" t="inlineStr"><is><t></t></is></c><c r="K1" t="inlineStr"><is><r><t>戊</t></r></is></c>'
)


@pytest.mark.parametrize("far", ["", '<c r="AA1"><v>1</v></c><c r="AB1" t="e"><v>#N/A</v></c>'])
def test_count_of_xlsx(tmp_path: Path, far: str) -> None:
    """Texts are counted, empty ones are not in the end; an error value comes from elsewhere."""
    opened = open_book(book(tmp_path, XLSX_CELLS, far), "a")
    at_a_glance, at_leisure = counted(opened)
    assert at_leisure == 6 + bool(far)
    assert at_a_glance > at_leisure
    assert opened.read().grids[0].rows[0][:9] == ["", "甲", "", "", "", "丙", 0.0, False, "丁"]


def number_record(column: int) -> bytes:
    return made.number(0, column, 5)


def label(column: int, text: str) -> bytes:
    content = struct.pack("<HHHHB", 0, column, 0, len(text), 1) + text.encode("utf-16-le")
    return biff(0x204, content)


def label_sst(column: int, index: int) -> bytes:
    return biff(0xFD, struct.pack("<HHHI", 0, column, 0, index))


def strings_record(*texts: str, claimed: int) -> bytes:
    items = b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts)
    return biff(0xFC, struct.pack("<II", claimed, claimed) + items)


def xls(folder: Path, *cells: bytes, claimed: int = 2) -> Path:
    stream = made.workbook_stream(*cells, globals_=strings_record("甲", "", claimed=claimed))
    return saved(folder / "a.xls", compound.packed("Workbook", stream))


def test_count_of_xls(tmp_path: Path) -> None:
    opened = open_book(
        xls(tmp_path, label_sst(0, 0), label_sst(1, 1), label(2, "乙"), label(3, ""), number_record(4)), "a"
    )
    assert counted(opened) == (4, 3)
    assert opened.read().grids[0].rows == [["甲", "", "乙", "", 5.0]]


@pytest.mark.parametrize("type_", [0x006, 0x206, 0x406])
def test_formulas_under_old_numbers(tmp_path: Path, type_: int) -> None:
    """Numbers of macOS writes the formulas of an .xls so; Excel shows their results."""
    formula = biff(type_, struct.pack("<HHHdHIH", 0, 1, 0, 161.93, 0, 0, 3) + b"\x1e\x01\0")
    opened = open_book(xls(tmp_path, label(0, "预算数"), formula), "a")
    assert counted(opened) == (2, 2)
    assert opened.read().grids[0].rows == [["预算数", 161.93]]


def test_count_of_xlsb(tmp_path: Path) -> None:
    opened = open_book(
        saved(tmp_path / "a.xlsb", made.xlsb({(0, 0): "甲", (0, 1): "", (0, 2): None, (1, 1): 5.0})), "a"
    )
    assert counted(opened) == (2, 2)
    assert opened.read().grids[0].rows == [["甲", ""], ["", 5.0]]


def test_count_of_ods(tmp_path: Path) -> None:
    cells = [
        ods_text("甲"),
        ods_text(""),
        ods_text("乙", 'table:number-columns-repeated="2"'),
        '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>',
        '<table:table-cell office:value-type="string"><office:annotation>注</office:annotation></table:table-cell>',
    ]
    rows = f'<table:table-row table:number-rows-repeated="2">{"".join(cells)}</table:table-row>'
    opened = open_book(saved(tmp_path / "a.ods", made.zipped(ods_parts(rows))), "a")
    assert counted(opened) == (8, 8)
    assert [list(cells)[:5] for cells in opened.read().grids[0].rows] == [["甲", "", "乙", "乙", 5.0]] * 2


def without(path: Path, name: str, what: bytes, instead: bytes) -> OpenedBook:
    """A workbook of which calamine gets less than was looked through."""
    opened = open_book(path, "a")
    archive = zipfile.ZipFile(BytesIO(opened.source.data))
    parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    assert parts[name].count(what) == 1  # type: ignore[arg-type]
    parts[name] = parts[name].replace(what, instead)  # type: ignore[arg-type]
    return opened._replace(source=opened.source._replace(data=made.zipped(parts)))


@pytest.mark.parametrize("far", ["", '<c r="AA1"><v>1</v></c>'])
def test_a_text_that_gets_lost_in_xlsx(tmp_path: Path, far: str) -> None:
    lost = b'<c r="B1" t="s"><v>0</v></c>'
    opened = without(book(tmp_path, XLSX_CELLS, far), "xl/worksheets/sheet1.xml", lost, b"")
    with pytest.raises(BookError, match="有单元格读不出来（至少 1 个）"):
        opened.read()


def test_a_text_that_gets_lost_in_ods(tmp_path: Path) -> None:
    rows = f"<table:table-row>{ods_text('甲')}{ods_text('乙')}</table:table-row>"
    path = saved(tmp_path / "a.ods", made.zipped(ods_parts(rows)))
    with pytest.raises(BookError, match="有单元格读不出来（至少 1 个）"):
        without(path, "content.xml", "<text:p>乙</text:p>".encode(), b"").read()


def test_a_text_of_xls_whose_string_is_not_there(tmp_path: Path) -> None:
    """More strings are claimed than there are: calamine leaves the cell out."""
    with pytest.raises(BookError, match="单元格 B1"):
        read_book(xls(tmp_path, number_record(0), label_sst(1, 7), claimed=9))


@pytest.mark.parametrize("blank", ['<c r="B1" s="2" t="n"></c>', '<c r="B1" s="2" t="n" />', '<c r="B1" s="2"></c>'])
def test_styled_blanks_of_openpyxl_cost_no_walk(blank: str) -> None:
    xml = sheet(row(1, '<c r="A1" s="2" t="n"><v>5</v></c>', blank)).encode()
    prepared = sheet_xml.prepared(xml, {"2": '0"元"'})
    assert (prepared.extent, prepared.filled, prepared.formats) == (None, 1, {(0, 0): '0"元"'})

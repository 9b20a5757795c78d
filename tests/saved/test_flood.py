"""Small files that mean more text than fits in memory."""

import struct
import time
from pathlib import Path

import pytest

from tests import workbooks as made
from tests.workbooks import cell, ods_text, ooxml_parts, row, saved, sheet, zipped
from xl_perf.core.errors import BookError
from xl_perf.files import compound_file as compound
from xl_perf.files.xml_parts import elements
from xl_perf.saved import flood, ods
from xl_perf.saved.drawings import box_texts
from xl_perf.saved.sheet_xml import prepared
from xl_perf.saved.workbook import read_book

LONG = "长" * 30_000


def with_strings(cells: int, *strings: str, index: int = 0) -> made.Parts:
    texts = "".join(f"<si><t>{text}</t></si>" for text in strings)
    parts = ooxml_parts(sheet(*(row(n, f'<c r="A{n}" t="s"><v>{index}</v></c>') for n in range(1, cells + 1))))
    parts["xl/sharedStrings.xml"] = f"<sst>{texts}</sst>"
    links = ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml")
    return parts | {"xl/_rels/workbook.xml.rels": made.relations(*links)}


def test_a_long_text_in_many_cells(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="重复得太多") as caught:
        read_book(saved(tmp_path / "a.xlsx", zipped(with_strings(20_000, LONG))))
    assert caught.value.kind == "unreadable"


def test_a_long_text_that_few_cells_show(tmp_path: Path) -> None:
    data = zipped(with_strings(20_000, LONG, "短", index=1))
    assert read_book(saved(tmp_path / "a.xlsx", data)).grids[0].rows[-1] == ["短"]


def test_long_texts_are_found_wherever_they_stand() -> None:
    assert flood.has_text_of(b"<si><t>" + b"x" * 50 + b"</t></si>", 50)
    assert not flood.has_text_of(b"<si><t>" + b"x" * 50 + b"</t></si>", 53)
    assert not flood.has_text_of(b"<a>" * 100, 10)
    assert not flood.has_text_of(b"", 10)


def test_repeated_cells_of_ods(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cell = ods_text("长" * 1_000, 'table:number-columns-repeated="100"')
    rows = f'<table:table-row table:number-rows-repeated="100">{cell}</table:table-row>'
    path = saved(tmp_path / "a.ods", zipped(made.ods_parts(rows)))
    assert len(read_book(path).grids[0].rows) == 100
    monkeypatch.setattr(ods, "MOST", 30_000_000)
    with pytest.raises(BookError, match="重复得太多"):
        read_book(path)


def test_a_cell_reference_without_end(tmp_path: Path) -> None:
    began = time.process_time()
    xml = sheet(row(1, f'<c r="{"A" * 200_000}1"><v>1</v></c>'))
    with pytest.raises(BookError, match="已损坏"):
        read_book(saved(tmp_path / "a.xlsx", made.ooxml(xml)))
    assert time.process_time() - began < 1


def test_long_texts_among_the_properties(tmp_path: Path) -> None:
    """They were joined piece by piece."""
    began = time.process_time()
    text = "&#10;x" * 300_000
    custom = f'<Properties><property name="xl-perf"><lpwstr>{text}</lpwstr></property></Properties>'
    parts = ooxml_parts(sheet(row(1, "<c><v>1</v></c>"))) | {"docProps/custom.xml": custom}
    assert read_book(saved(tmp_path / "a.xlsx", zipped(parts))).grids[0].rows == [[1.0]]
    assert time.process_time() - began < 3


def test_properties_in_another_encoding(tmp_path: Path) -> None:
    custom = (
        '<?xml version="1.0" encoding="GBK"?><Properties><property name="xl-perf"><a>部门</a></property></Properties>'
    )
    parts = ooxml_parts(sheet()) | {"docProps/custom.xml": custom.encode("gbk")}
    assert read_book(saved(tmp_path / "a.xlsx", zipped(parts))).kind == "部门"


def test_spaces_that_are_only_counted(tmp_path: Path) -> None:
    text = "a" + '<text:s text:c="9999"/>' * 6_000
    with pytest.raises(BookError, match="重复得太多"):
        read_book(
            saved(
                tmp_path / "a.ods", zipped(made.ods_parts(f"<table:table-row>{ods_text(text) * 9}</table:table-row>"))
            )
        )


def test_a_long_text_in_many_cells_of_xls(tmp_path: Path) -> None:
    strings = struct.pack("<IIHB", 1, 1, 8_000, 0) + b"x" * 8_000
    cells = [made.biff(0xFD, struct.pack("<HHHI", r, c, 0, 0)) for r in range(5_000) for c in range(5)]
    data = compound.packed("Workbook", made.workbook_stream(*cells, globals_=made.biff(0xFC, strings)))
    with pytest.raises(BookError, match="重复得太多"):
        read_book(saved(tmp_path / "a.xls", data))


def test_a_value_in_a_thousand_pieces(tmp_path: Path) -> None:
    """They were joined one by one, each time anew."""
    began = time.process_time()
    text = "&#10;x" * 2_000_000
    path = saved(tmp_path / "a.xlsx", made.ooxml(sheet(row(1, f'<c r="AA1" t="str"><v>{text}</v></c>'))))
    assert len(str(read_book(path).grids[0].rows[0][26])) == 4_000_000
    assert time.process_time() - began < 10


def test_a_box_of_a_hundred_thousand_lines() -> None:
    began = time.process_time()
    (text,) = box_texts(elements(b"<d><sp>" + b"<p><t>x</t></p>" * 200_000 + b"</sp></d>"))
    assert text.count("x") == 200_000
    assert time.process_time() - began < 5


def blank_rows(first: int, last: int) -> str:
    cells = "".join(f'<c r="{letter}{{0}}" s="3"/>' for letter in "ABCDEFGHIJ")
    return "".join(
        f'<row r="{n}" spans="1:10">{cells.format(n)}</row><row r="{n + 1}"/>' for n in range(first, last, 2)
    )


def test_rows_of_styled_blanks_cost_little(tmp_path: Path) -> None:
    """400,000 of them, as WPS writes; what stands between and behind them stays in its place."""
    filled = row(200_003, '<c r="B200003"><v>2</v></c>')
    xml = sheet(row(1, cell("A1")), blank_rows(2, 200_000), filled, blank_rows(200_004, 400_000))
    path = saved(tmp_path / "a.xlsx", made.ooxml(xml))
    began = time.process_time()
    (grid,) = read_book(path).grids
    assert time.process_time() - began < 4
    assert (len(grid.rows), grid.rows[0], grid.rows[200_002]) == (200_003, [1.0, ""], ["", 2.0])


@pytest.mark.parametrize(
    "blank",
    [
        '<row r="{0}" spans="1:7" s="4" customFormat="1" ht="13.5" customHeight="1"/>',
        '<row r="{0}" spans="1:7"></row>',
        '<row r="{0}"><c r="A{0}" s="4"/><c r="B{0}" s="4" t="n"></c></row>',
        '<row r="{0}" x14ac:dyDescent="0.2"><c r="A{0}" s="4"/></row>\n',
    ],
)
@pytest.mark.parametrize(
    "filled", [row(1, cell("A1", 1)), row(1, '<c r="A1"><f>B1</f></c>'), "", row(1, "<c><is><t>甲</t></is></c>")]
)
def test_blank_rows_are_cut_off_however_they_are_spelt(blank: str, filled: str) -> None:
    below = "".join(blank.format(number) for number in range(2, 8_000))
    got, wanted = (prepared(sheet(*rows).encode()) for rows in ([filled, below], [filled]))
    assert got._replace(extent=None) == wanted._replace(extent=None)
    far = row(9_001, cell("AB9001", 2))
    got, wanted = (prepared(sheet(*rows).encode()) for rows in ([filled, below, far, below], [filled, far]))
    assert (got.special, got.filled, got.xml.count(b"<v>")) == (wanted.special, wanted.filled, wanted.xml.count(b"<v>"))


@pytest.mark.parametrize(
    "value", ["<v >7</v >", '<v xml:space="preserve">7</v>', "<v\n>7</v\n>", "<f >A1</f ><v>7</v>"]
)
def test_a_value_among_blank_rows_however_it_is_spelt(tmp_path: Path, value: str) -> None:
    far = row(9_001, f'<c r="B9001">{value}</c>')
    xml = sheet(row(1, cell("A1")), blank_rows(2, 9_000), far, blank_rows(9_002, 18_000))
    (grid,) = read_book(saved(tmp_path / "a.xlsx", made.ooxml(xml))).grids
    assert (len(grid.rows), grid.rows[-1]) == (9_001, ["", 7.0])


@pytest.mark.parametrize("prefix", ["c", "r"])
def test_a_prefixed_cell_among_blank_rows(prefix: str) -> None:
    """A prefix that begins as cells and rows do: none of its rows is taken for a blank one."""
    far = (
        f'<{prefix}:row r="9001"><{prefix}:c r="A9001" t="e"><{prefix}:v>#REF!</{prefix}:v></{prefix}:c></{prefix}:row>'
    )
    xml = sheet(row(1, cell("A1", 1)), blank_rows(2, 9_000), far).replace(
        "<worksheet ", f'<worksheet xmlns:{prefix}="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ', 1
    )
    assert [place[:2] for place in prepared(xml.encode()).special] == [(9_000, 0)]


def test_a_comment_among_blank_rows() -> None:
    blank = "".join(f'<row r="{number}"/>' for number in range(2, 8_000))
    got = prepared(
        sheet(row(1, cell("A1", 1)), blank, "<!-- <v>x</v> ", blank, "-->", row(9_000, cell("A9000", 7))).encode()
    )
    assert (got.filled, got.xml.count(b"<v>")) == (2, 2)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row(1, cell("A1", 1)), "<row/>" * 9_000, "<row><c><v>5</v></c></row>"], 9_002),
        ([row(1, cell("A1", 1)), '<row r="2"><c r="A2"/></row>' * 9_000, "<row><c><v>5</v></c></row>"], 3),
        ([blank_rows(1, 9_000), "<row><c><v>5</v></c></row>"], 9_001),
    ],
)
def test_rows_that_do_not_say_where_they_stand(tmp_path: Path, rows: list[str], expected: int) -> None:
    """They follow the row before them, were it blank."""
    (grid,) = read_book(saved(tmp_path / "a.xlsx", made.ooxml(sheet(*rows)))).grids
    assert (len(grid.rows), grid.rows[-1][0]) == (expected, 5.0)

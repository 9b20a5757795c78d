"""Number formats that name a unit of money or divide what is shown, from every format that has them."""

import datetime
import struct
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests import workbooks as made
from tests.builders import form
from tests.office import Office
from tests.workbooks import ooxml_parts, record, rewritten, row, saved, sheet, wide, zipped
from xl_perf.core.cells.grid import NO_FORMATS, Grid
from xl_perf.core.cells.number_formats import PERCENT, FormatUnit, unit_of_format
from xl_perf.core.checking.check import check
from xl_perf.core.model.findings import Severity
from xl_perf.core.reading import read_department
from xl_perf.profiles import load
from xl_perf.saved.workbook import read_book

READING = Path(__file__).parents[1] / "fixtures" / "reading"
WAN = 'General"万元"'


def of_money(grid: Grid) -> dict[tuple[int, int], str]:
    """The formats that tell something of money; percentages are told too."""
    return {place: code for place, code in grid.formats.items() if code != "0%"}


def test_a_format_that_divides() -> None:
    first, second, third = map(of_money, read_book(READING / "format-shows-wan-by-dividing.xlsx").grids)
    template = {(2, 2): WAN, (2, 4): WAN, (2, 6): WAN}
    assert (first, second) == (template, template)
    assert third == {(2, 2): "0!.0,", (2, 4): "0!.0,", (2, 6): WAN}


def test_a_title_that_names_another_unit() -> None:
    formats = of_money(read_book(READING / "unit-in-title-yuan.xlsx").grids[0])
    assert formats == {(2, 2): WAN, (2, 4): WAN, (2, 6): WAN}


# LibreOffice takes the exclamation mark for a text, and does not know a comma before the point.
UNKNOWN_TO_LIBREOFFICE = {"0!.0,", '[>=10000]0!.0,"万元";0"元"', "0!.0000", "0,.00"}


@pytest.mark.parametrize("name", ["formats.xlsx", "formats.xls", "formats.ods"])
def test_every_format_tells_the_same(name: str) -> None:
    """Column A names the format of column B."""
    grid = read_book(READING / name).grids[0]
    told = 0
    for number, (code, *_) in enumerate(grid.rows):
        if name != "formats.xlsx" and code in UNKNOWN_TO_LIBREOFFICE:
            continue
        expected = unit_of_format(str(code))
        found = grid.formats.get((number, 1))
        assert (unit_of_format(found) if found else None) == expected, code
        told += expected is not None
    assert told >= 8


# --- .xlsx -----------------------------------------------------------------------------------------------------------


def with_styles(*sheets: str, codes: list[str], strings: str | None = "", prefix: str = "") -> made.Parts:
    """Style 1 has the first code, style 2 the second; `strings` is the text of the only shared string."""
    parts = ooxml_parts(*sheets)
    p = prefix
    formats = "".join(
        f'<{p}numFmt numFmtId="{n}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for n, code in enumerate(codes, 164)
    )
    styles = "".join(f'<{p}xf numFmtId="{n}"><{p}alignment/></{p}xf>' for n in range(164, 164 + len(codes)))
    named = f' xmlns:{p[:-1]}="{made.MAIN}"' if p else ""
    parts["xl/styles.xml"] = (
        f"<{p}styleSheet{named}><{p}numFmts>{formats}</{p}numFmts><{p}cellStyleXfs><{p}xf numFmtId='164'/>"
        f'</{p}cellStyleXfs><{p}cellXfs><{p}xf numFmtId="0"/>{styles}</{p}cellXfs></{p}styleSheet>'
    )
    links = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    links.append(("r98", "styles", "styles.xml"))
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f"<sst><si><t>{strings}</t></si></sst>"
        links.append(("r99", "sharedStrings", "sharedStrings.xml"))
    parts["xl/_rels/workbook.xml.rels"] = made.relations(*links)
    return parts


def grid_of(folder: Path, parts: made.Parts) -> Grid:
    return read_book(saved(folder / "a.xlsx", zipped(parts))).grids[0]


AMOUNTS = row(
    1,
    '<c r="A1" s="1"><v>1</v></c>',
    '<c r="B1" s="2" t="n"><v>2</v></c>',
    '<c r="C1" s="2"><f>A1</f><v>3</v></c>',
    '<c r="D1" s="2"/>',
    '<c r="E1" s="2" t="s"><v>0</v></c>',
    '<c r="F1"><v>6</v></c>',
    '<c r="G1" s="3"><v>7</v></c>',
)
TOLD = {(0, 0): WAN, (0, 1): '0.00"元"', (0, 2): '0.00"元"'}
CODES = [WAN, '0.00"元"', "0.00"]


def test_numbers_only(tmp_path: Path) -> None:
    assert grid_of(tmp_path, with_styles(sheet(AMOUNTS), codes=CODES)).formats == TOLD


@pytest.mark.parametrize(
    "unusual", ['<c r="AA1" s="1"><f>1</f></c>', "<c r='H1' s='1'/>", '<c r="H1" t="e"><v>#REF!</v></c>']
)
def test_sheets_that_are_walked_through(tmp_path: Path, unusual: str) -> None:
    xml = sheet(AMOUNTS.replace("</row>", f"{unusual}</row>"))
    assert grid_of(tmp_path, with_styles(xml, codes=CODES)).formats == TOLD


def test_prefixed_styles_and_cells_without_a_place(tmp_path: Path) -> None:
    cells = '<x:row r="2"><x:c s="1"><x:v>1</x:v></x:c></x:row>'
    xml = f'<x:worksheet xmlns:x="m"><x:sheetData>{cells}</x:sheetData></x:worksheet>'
    assert grid_of(tmp_path, with_styles(xml, codes=CODES, prefix="x:")).formats == {(1, 0): WAN}


def test_a_default_style_that_tells(tmp_path: Path) -> None:
    parts = with_styles(sheet(AMOUNTS), codes=CODES)
    parts["xl/styles.xml"] = str(parts["xl/styles.xml"]).replace(
        '<cellXfs><xf numFmtId="0"/>', '<cellXfs><xf numFmtId="165"/>'
    )
    assert grid_of(tmp_path, parts).formats == TOLD | {(0, 5): '0.00"元"'}


@pytest.mark.parametrize(
    ("strings", "is_told"),
    [
        ("预算数（万元）", False),
        ("单元格", False),
        ("预算数（元）", True),
        ("单位:元", True),
        ("金额单位：千元", True),
        ("（亿元）", True),
        (None, True),  # texts stand in the cells, which are not searched
    ],
)
def test_the_format_of_our_template(tmp_path: Path, strings: str | None, is_told: bool) -> None:
    xml = sheet(row(1, '<c r="A1" s="1"><v>1</v></c>'))
    parts = with_styles(xml, codes=[WAN, "0.00", "#,##0", "0%"], strings=strings)
    assert grid_of(tmp_path, parts).formats == ({(0, 0): WAN} if is_told else NO_FORMATS)


@pytest.mark.parametrize("styles", ["<styleSheet/>", "<styleSheet><numFmts/></styleSheet>"])
def test_styles_that_say_nothing(tmp_path: Path, styles: str) -> None:
    parts = with_styles(sheet(row(1, '<c r="A1" s="1"><v>1</v></c>')), codes=CODES) | {"xl/styles.xml": styles}
    assert grid_of(tmp_path, parts).formats == NO_FORMATS


# --- .xlsb -----------------------------------------------------------------------------------------------------------


def test_xlsb(tmp_path: Path) -> None:
    def cell(column: int, style: int, number: float) -> bytes:
        return record(0x05, struct.pack("<IId", column, style, number))

    head = record(0x81) + record(0x94, b"\0" * 16) + record(0x91)
    head += record(0x00, struct.pack("<IIH3sI", 0, 0, 300, b"\0\0\0", 0))
    merged = record(0xB0, struct.pack("<4I", 2, 3, 0, 1))
    part = head + cell(0, 1, 5) + cell(1, 0, 6) + cell(2, 2, 7) + record(0x92) + merged + record(0x82)
    codes = b"".join(record(0x2C, struct.pack("<H", n) + wide(code)) for n, code in ((164, WAN), (165, "0!.0,")))
    formats = record(0x267, struct.pack("<I", 2)) + codes + record(0x268)
    style = [record(0x2F, struct.pack("<HH", 0, n) + b"\0" * 12) for n in (0, 164, 165)]
    not_of_cells = record(0x272) + style[2] + record(0x273)
    styles = formats + not_of_cells + record(0x269, struct.pack("<I", 3)) + b"".join(style) + record(0x26A)
    parts = {"xl/worksheets/sheet1.bin": part, "xl/styles.bin": styles}
    (grid,) = read_book(made.rewritten(saved(tmp_path / "a.xlsb", made.XLSB), parts)).grids
    assert grid.rows == [[5.0, 6.0, 7.0]]
    assert grid.formats == {(0, 0): WAN, (0, 2): "0!.0,"}
    assert grid.merges == ((2, 0, 3, 1),)


# --- .ods ------------------------------------------------------------------------------------------------------------

ODS_STYLES = (
    '<office:document-styles xmlns:office="o" xmlns:number="n" xmlns:style="s"><office:styles>'
    '<number:number-style style:name="N1"><number:number number:decimal-places="2" number:min-integer-digits="1"/>'
    "<number:text>元</number:text></number:number-style>"
    '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"/>'
    '<style:style style:name="ce3" style:family="table-cell" style:parent-style-name="ce3"/>'
    "</office:styles></office:document-styles>"
)


@pytest.mark.parametrize(
    ("columns", "of_row", "of_cell", "is_told"),
    [
        ("", "", "ce1", True),
        ("", "", "ce2", True),
        ("", "", "ce3", False),
        ("", "", "", False),
        ("", "ce1", "", True),
        ("", "ce1", "ce3", False),
        ('<table:table-column table:default-cell-style-name="ce1"/>', "", "", True),
        ('<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>', "", "", False),
    ],
)
def test_which_style_a_cell_has(tmp_path: Path, columns: str, of_row: str, of_cell: str, is_told: bool) -> None:
    in_row = f'table:default-cell-style-name="{of_row}"' if of_row else ""
    in_cell = f'table:style-name="{of_cell}"' if of_cell else ""
    rows = (
        f"{columns}<table:table-row {in_row}>"
        f'<table:table-cell office:value-type="float" office:value="5" {in_cell}/></table:table-row>'
    )
    data = zipped(made.ods_parts(rows) | {"styles.xml": ODS_STYLES})
    (grid,) = read_book(saved(tmp_path / "a.ods", data)).grids
    assert grid.rows == [[5.0]]
    assert grid.formats == ({(0, 0): '0.00"元"'} if is_told else NO_FORMATS)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_dates_are_still_dates(tmp_path: Path, prefix: str) -> None:
    """Of the styles calamine gets the number formats and the cell styles only."""
    xml = sheet(row(1, '<c r="A1" s="1"><v>45000</v></c>', '<c r="B1" s="2"><v>45000</v></c>'))
    parts = with_styles(xml, codes=["yyyy/m/d", "0.00"], prefix=prefix)
    p = prefix
    fonts = f"<{p}fonts><{p}font/></{p}fonts>"
    parts["xl/styles.xml"] = str(parts["xl/styles.xml"]).replace(f"<{p}cellXfs>", f"{fonts}<{p}cellXfs>")
    assert grid_of(tmp_path, parts).rows == [[datetime.date(2023, 3, 15), 45000.0]]


# --- percentages ------------------------------------------------------------------------------------------------------


def percentages(path: Path) -> Path:
    """0.25 as 25 %, as a formula's result and by a format of somebody's own; a text and a bare number beside them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    cells: list[tuple[float | str, str]] = [
        (0.25, "0%"),
        (0.5, "0.00%"),
        (1, '0.0%"(占比)"'),
        ("25%", "0%"),
        (2, "0.0"),
    ]
    for number, (typed, code) in enumerate(cells, 1):
        sheet.cell(number, 2, typed).number_format = code
    book.save(path)
    return path


@pytest.mark.parametrize("to", ["xlsx", "xls", "ods"])
def test_percentages(to: str, soffice: Office, tmp_path: Path) -> None:
    path = percentages(tmp_path / "a.xlsx")
    if to != "xlsx":
        path = soffice.convert(path, to, tmp_path / to)
    told = {place: unit_of_format(code) for place, code in read_book(path).grids[0].formats.items()}
    assert told == dict.fromkeys([(0, 1), (1, 1), (2, 1)], FormatUnit(PERCENT, Decimal(1)))


def test_percentages_where_cells_are_walked_through(tmp_path: Path) -> None:
    """The same, and no row's own style is a cell's."""
    path = percentages(tmp_path / "a.xlsx")
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    formats = read_book(path).grids[0].formats
    assert len(formats) == 3
    odd = xml.replace(
        b"</sheetData>", b'<row r="9" s="1" customFormat="1"><c r="A9" t="e"><v>#N/A</v></c></row></sheetData>'
    )
    assert read_book(rewritten(path, {"xl/worksheets/sheet1.xml": odd})).grids[0].formats == formats
    styled = xml.replace(b"</sheetData>", b'<row r="9" s="1" customFormat="1"><c r="A9"><v>1</v></c></row></sheetData>')
    assert read_book(rewritten(path, {"xl/worksheets/sheet1.xml": styled})).grids[0].formats == formats


def test_an_amount_shown_as_a_percentage_is_in_no_total(tmp_path: Path) -> None:
    """What is shown as 25% may have been typed as 25: nobody knows, and that is said at the cell."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in form():
        sheet.append([None if typed == "" else typed for typed in cells])
    for cell in ("C3", "E3"):
        sheet[cell], sheet[cell].number_format = 0.25, "0%"
    book.save(tmp_path / "a.xlsx")
    department = read_department(read_book(tmp_path / "a.xlsx"))
    (project,) = department.projects
    assert project.budget.value is None
    found = [one for one in check(department, load()) if one.code == "B308"]
    assert [(one.cell, one.severity) for one in found] == [("C3", Severity.ERROR), ("E3", Severity.ERROR)]
    assert "显示的是 25%，看不出金额是 0.25 还是 25" in found[0].message
    assert "格式改为常规" in found[0].remedy

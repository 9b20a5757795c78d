"""Amounts that look otherwise than they are stored, in every format: struck, raised, of another type, uncalculated."""

import struct
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from tests import builders
from tests import workbooks as made
from tests.departments import read
from tests.workbooks import biff, cell, ooxml, row, saved, sheet, zipped
from xl_perf.core.cells.grid import Area, Book, Grid, NoValue, Scalar
from xl_perf.core.cells.number_formats import STRUCK
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.files import compound_file as compound
from xl_perf.profiles import load
from xl_perf.saved.workbook import read_book

BUDGET = 2, 2
"""Where the amount stands in a form of `builders.form`."""
STYLES = (
    '<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties {}/>'
    "</style:style></office:automatic-styles><office:body>"
)
RAISED = 'style:text-position="33% 58%"'
STROKE = 'style:text-line-through-style="solid" style:text-line-through-type="single"'
NO_STROKE = 'style:text-line-through-style="none" style:text-position="0% 100%"'


def codes(department: Department) -> set[str]:
    return {one.code for one in check(department, load("hebei-2023"))}


def form_with(typed: Scalar, code: str = "") -> Department:
    """A form in whose cell of the budget this stands."""
    rows = [list(cells) for cells in builders.form()]
    rows[BUDGET[0]][BUDGET[1]] = typed
    grid = Grid("01", rows, formats={BUDGET: code} if code else {})
    return read_department(Book("本", [grid]))


def ods(folder: Path, body: str, attributes: str = 'office:value-type="string"', properties: str = NO_STROKE) -> Grid:
    parts = made.ods_parts(
        f"<table:table-row><table:table-cell {attributes}>{body}</table:table-cell></table:table-row>"
    )
    content = str(parts["content.xml"]).replace("<office:body>", STYLES.format(properties))
    (grid,) = read_book(saved(folder / "a.ods", zipped(parts | {"content.xml": content}))).grids
    return grid


def span(text: str) -> str:
    return f'<text:span text:style-name="T1">{text}</text:span>'


@pytest.mark.parametrize(
    ("body", "properties", "seen"),
    [
        (f"<text:p>120{span('1')}</text:p>", RAISED, "120¹"),
        (f"<text:p>120{span('1')}</text:p>", 'style:text-position="super 58%"', "120¹"),
        (f"<text:p>120{span('1')}</text:p>", 'style:text-position="-33% 58%"', "120₁"),
        (f"<text:p>{span('16')}20</text:p>", STROKE, f"1{STRUCK}6{STRUCK}20"),
        (f"<text:p>{span('a&amp;b')}20</text:p>", STROKE, f"a{STRUCK}&{STRUCK}b{STRUCK}20"),
        (f"<text:p>{span('1<text:span>6</text:span>')}20</text:p>", STROKE, f"1{STRUCK}6{STRUCK}20"),
        (f"<text:p>{span('16')}20</text:p>", NO_STROKE, "1620"),
        (
            "<text:p><text:ruby><text:ruby-base>120</text:ruby-base><text:ruby-text>99</text:ruby-text></text:ruby></text:p>",
            NO_STROKE,
            "120",
        ),
    ],
)
def test_texts_of_ods_are_read_as_they_look(tmp_path: Path, body: str, properties: str, seen: str) -> None:
    assert ods(tmp_path, body, properties=properties).rows[0][0] == seen


@pytest.mark.parametrize(
    ("attributes", "body", "value", "code"),
    [
        ('office:value-type="boolean" office:boolean-value="true"', "<text:p>TRUE</text:p>", True, ""),
        ('table:formula="of:=TRUE()" office:value-type="float" office:value="1"', "<text:p>TRUE</text:p>", True, ""),
        (
            'office:value-type="currency" office:currency="USD" office:value="5"',
            "<text:p>$5</text:p>",
            5.0,
            '"外币USD"0.00',
        ),
        ('office:value-type="currency" office:currency="CNY" office:value="5"', "<text:p>￥5</text:p>", 5.0, ""),
        ('office:value-type="percentage" office:value="1.6193"', "<text:p>161.93%</text:p>", 1.6193, "0.00%"),
        ('office:value-type="float" office:value="5"', "<text:p>5</text:p>", 5.0, ""),
    ],
)
def test_types_of_values_in_ods(tmp_path: Path, attributes: str, body: str, value: Scalar, code: str) -> None:
    grid = ods(tmp_path, body, attributes)
    assert (grid.rows[0][0], dict(grid.formats)) == (value, {(0, 0): code} if code else {})
    assert isinstance(grid.rows[0][0], type(value))
    if code or value is True:
        assert not read_of(value, code), "nothing may be counted"


def read_of(value: Scalar, code: str) -> object:
    (project,) = form_with(value, code).projects
    return project.budget.value


def font(*, struck: bool = False, height: int = 0) -> bytes:
    return biff(0x31, struct.pack("<HHHHHBBBB", 200, 8 * struck, 0, 400, height, 0, 0, 0, 0) + b"\1\0A")


def rich(text: str, *runs: tuple[int, int]) -> bytes:
    """A shared string with runs: where each begins, and the number of its font."""
    raw = text.encode("utf-16-le")
    return struct.pack("<HBH", len(text), 9, len(runs)) + raw + b"".join(struct.pack("<HH", *run) for run in runs)


def shared(count: int, *strings: bytes) -> bytes:
    return biff(0xFC, struct.pack("<II", count, count) + b"".join(strings))


def xls(folder: Path, globals_: bytes, *cells: bytes) -> Grid:
    data = compound.packed("Workbook", made.workbook_stream(*cells, globals_=globals_))
    (grid,) = read_book(saved(folder / "a.xls", data)).grids
    return grid


def string_cell(number: int, column: int = 0, style: int = 0) -> bytes:
    return biff(0xFD, struct.pack("<HHHI", 0, column, style, number))


def test_rich_texts_of_xls_are_read_as_they_look(tmp_path: Path) -> None:
    fonts = font() * 4 + font(struck=True) + font(height=1)
    strings = shared(4, rich("1201", (3, 6)), rich("16120", (0, 5), (3, 0)), rich("甲乙", (1, 0)), rich("丙"))
    grid = xls(tmp_path, fonts + strings, *(string_cell(number, number) for number in range(4)))
    assert list(grid.rows[0]) == ["120¹", f"1{STRUCK}6{STRUCK}1{STRUCK}20", "甲乙", "丙"]


def test_a_rich_text_that_a_further_record_continues(tmp_path: Path) -> None:
    head = struct.pack("<HBH", 4, 8, 1)
    strings = biff(0xFC, struct.pack("<II", 2, 2) + head + b"12") + biff(0x3C, b"\0" + b"01" + struct.pack("<H", 3))
    strings += biff(0x3C, struct.pack("<H", 6) + rich("甲"))
    grid = xls(tmp_path, font() * 5 + font(height=1) + strings, string_cell(0), string_cell(1, 1))
    assert list(grid.rows[0]) == ["120¹", "甲"]


def xf(number_of_font: int) -> bytes:
    return biff(0xE0, struct.pack("<HH16x", number_of_font, 0))


def test_struck_cells_of_xls(tmp_path: Path) -> None:
    globals_ = (
        font() * 4 + font(struck=True) + xf(0) + xf(5) + shared(1, struct.pack("<HB", 1, 1) + "甲".encode("utf-16-le"))
    )
    struck = biff(0x203, struct.pack("<HHHd", 0, 1, 1, 7))
    grid = xls(tmp_path, globals_, made.number(0, 0, 5), struck, string_cell(0, 2, 1), string_cell(0, 3))
    assert (dict(grid.formats), list(grid.rows[0])) == ({(0, 1): STRUCK, (0, 2): STRUCK}, [5.0, 7.0, "甲", "甲"])


def test_struck_cells_of_ods(tmp_path: Path) -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="{parent}">'
        f"{more}</style:style>"
        for name, parent, more in [
            ("a", "Default", f"<style:text-properties {STROKE}/>"),
            ("b", "a", ""),
            ("c", "a", f"<style:text-properties {NO_STROKE}/>"),
        ]
    )
    cells = "".join(
        f'<table:table-cell table:style-name="{name}" office:value-type="float" office:value="5"/>' for name in "abcd"
    )
    parts = made.ods_parts(f"<table:table-row>{cells}</table:table-row>")
    content = str(parts["content.xml"]).replace(
        "<office:body>", f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    )
    (grid,) = read_book(saved(tmp_path / "a.ods", zipped(parts | {"content.xml": content}))).grids
    assert dict(grid.formats) == {(0, 0): STRUCK, (0, 1): STRUCK}


@pytest.mark.parametrize("typed", [161.93, "161.93", "161.93万元"])
@pytest.mark.parametrize("column", [3, 30])
def test_a_struck_amount_of_xlsx_is_named(tmp_path: Path, typed: float | str, column: int) -> None:
    """Also where the sheet is gone through cell by cell: there are cells beyond column Z."""
    book = openpyxl.load_workbook(builders.write(tmp_path / "a.xlsx", builders.department()))
    form = book["01"]
    place = next(one for cells in form.iter_rows() for one in cells if one.value == "预算数").offset(0, 1)
    place.value = typed
    place.font = Font(strike=True)
    form.cell(2, column + 20).value = "备注"
    book.save(tmp_path / "a.xlsx")
    department = read(tmp_path / "a.xlsx")
    (found,) = [one for one in check(department, load("hebei-2023")) if one.code == "B301"]
    assert "有删除线，不是金额" in found.message
    assert totals_of_department(department).note


def test_nothing_and_no_amount_that_is_struck_is_as_it_was() -> None:
    assert "B301" not in codes(form_with(0, STRUCK))
    assert form_with(120.5, STRUCK).projects[0].budget.value is None
    assert form_with("", STRUCK).projects[0].budget.text == ""


# --- never calculated ------------------------------------------------------------------------------------------


def calculated(folder: Path, *formulas: tuple[str, float | None]) -> Grid:
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        form = book.add_worksheet("S1")
        for at, (formula, value) in enumerate(formulas):
            form.write_formula(at, 0, formula, None, *([] if value is None else [value]))
    return read_book(path).grids[0]


def test_formulas_that_xlsxwriter_wrote_without_results(tmp_path: Path) -> None:
    grid = calculated(tmp_path, ("=100+61.93", None), ("=1+1", 2), ('=IF(1<2,"&",0)', None))
    assert grid.rows[0][0] == NoValue("100+61.93", is_stored=True)
    assert grid.rows[1][0] == 2
    assert grid.rows[2][0] == NoValue('IF(1<2,"&",0)', is_stored=True)
    assert not grid.has_no_errors


def test_a_result_of_0_in_a_workbook_that_need_not_be_calculated(tmp_path: Path) -> None:
    xml = sheet(row(1, '<c r="A1"><f>B1</f><v>0</v></c>', cell("B1", 0)))
    assert list(read_book(saved(tmp_path / "a.xlsx", ooxml(xml))).grids[0].rows[0]) == [0, 0]


def test_an_amount_that_was_never_calculated_is_missing() -> None:
    department = form_with(NoValue("100+61.93", is_stored=True))
    (found,) = [one for one in check(department, load("hebei-2023")) if one.code == "S106"]
    assert found.message == "预算数是公式，保存的结果是 0，可能从来没有计算过"
    assert totals_of_department(department).note


def test_our_own_workbooks_are_no_such(tmp_path: Path) -> None:
    """XlsxWriter writes them, too, with what the formulas give."""
    department = read(builders.write(tmp_path / "a.xlsx", builders.department()))
    assert "S106" not in codes(department)


# --- spelled by numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "read_as"),
    [
        ("n", "&#49;61.93", 161.93),
        ("n", "16&#x31;.93", 161.93),
        ("n", "161.9&#51;", 161.93),
        ("b", "&#49;", True),
        ("s", "&#49;", "乙"),
    ],
)
def test_a_value_with_a_character_spelled_by_its_number(tmp_path: Path, kind: str, value: str, read_as: Scalar) -> None:
    parts = made.ooxml_parts(sheet(row(1, f'<c r="A1" t="{kind}"><v>{value}</v></c>', cell("B1", 5))))
    parts["xl/sharedStrings.xml"] = "<sst><si><t>甲</t></si><si><t>乙</t></si></sst>"
    links = (("r1", "worksheet", "worksheets/sheet1.xml"), ("r99", "sharedStrings", "sharedStrings.xml"))
    parts["xl/_rels/workbook.xml.rels"] = made.relations(*links)
    assert list(read_book(saved(tmp_path / "a.xlsx", zipped(parts))).grids[0].rows[0]) == [read_as, 5.0]


# --- under a merged cell ---------------------------------------------------------------------------------------


def test_a_form_under_one_merged_cell_is_named() -> None:
    rows = builders.form()
    whole: Area = (0, 0, len(rows) - 1, 6)
    department = read_department(Book("本", [Grid("01", rows, (whole,))]))
    (one,) = department.unread
    assert (one.looks_like_form, one.reason) == (True, "像项目绩效目标表，但被合并单元格盖住了，读不出来")
    assert totals_of_department(department).note

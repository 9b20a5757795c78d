"""Reading saved workbooks: the same cells from every format, and nothing that calamine would hide."""

import datetime
import hashlib
import pickle
import subprocess
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests import workbooks as made
from tests.office import Office
from tests.workbooks import cell, ods_text, ooxml, ooxml_parts, row, saved, sheet, zipped
from xl_perf.core.cells.grid import Area, ErrorValue, Grid, NoValue, Scalar
from xl_perf.core.errors import BookError
from xl_perf.saved import sheet_xml
from xl_perf.saved import workbook as bulk
from xl_perf.saved.sheet_xml import is_plain
from xl_perf.saved.workbook import AUXILIARY, read_book


def read_rows(data: bytes, folder: Path, name: str = "书.xlsx") -> list[list[Scalar]]:
    return [list(cells) for cells in read_book(saved(folder / name, data)).grids[0].rows]


@pytest.mark.parametrize("reference", ["A3:@2", "", "A1", "$A$1:$B$2", "A0:B1", "ZZZZ1:A2", "#REF!"])
@pytest.mark.parametrize("number", ["1", "1e0"])
def test_merged_cells_that_name_none(tmp_path: Path, reference: str, number: str) -> None:
    """As LibreOffice writes them for an error value in merged cells; the others are merged as ever."""
    merges = f'<mergeCells count="2"><mergeCell ref="{reference}"/><mergeCell ref="A2:B2"/></mergeCells>'
    error = '<c r="A3" t="e"><v>#DIV/0!</v></c>'
    data = ooxml(sheet(row(1, cell("A1", number)), row(3, error), tail=merges))
    (grid,) = read_book(saved(tmp_path / "书.xlsx", data)).grids
    assert (1, 0, 1, 1) in grid.merges
    assert grid.rows[0][0] == 1
    assert grid.rows[2][0] == ErrorValue("#DIV/0!")


@pytest.fixture
def department(tmp_path: Path) -> Path:
    """A small workbook with everything that a book tells beside its cells."""
    path = tmp_path / "部门.xlsx"
    workbook = xlsxwriter.Workbook(path)
    form = workbook.add_worksheet("项目 1")
    form.merge_range("A1:C1", "办公楼维修项目绩效目标表")
    form.write_string("A2", "项目编码")
    form.write_string("B2", "=78人")
    form.write_number("C2", 161.93)
    form.write_datetime("A3", datetime.datetime(2023, 12, 31), workbook.add_format({"num_format": "yyyy-mm-dd"}))
    form.write_formula("B3", "=C2*2", None, 323.86)
    form.write_formula("C3", '="甲"', None, "甲")
    form.write_boolean("D3", True)
    workbook.add_worksheet("字典").hide()
    workbook.add_worksheet("暗").very_hidden()
    workbook.add_worksheet("说明")
    chart = workbook.add_chart({"type": "line"})
    assert chart is not None
    chart.add_series({"values": "='项目 1'!$C$2:$C$3"})
    workbook.add_chartsheet("图").set_chart(chart)
    workbook.define_name("空白表", "='项目 1'!$A$1")
    workbook.define_name("'项目 1'!局部", "='项目 1'!$B$1")
    workbook.set_custom_property("xl-perf", "department")
    workbook.set_custom_property("xl-perf-template", "2023.1", "text")
    workbook.close()
    return path


def test_a_department_workbook_whole(department: Path) -> None:
    book = read_book(department, "收件/部门.xlsx")
    assert (book.path, book.kind, book.template_version) == ("收件/部门.xlsx", "department", "2023.1")
    assert book.sha256 == hashlib.sha256(department.read_bytes()).hexdigest()
    assert book.names == {"空白表": "'项目 1'!$A$1"}
    assert book.sees_errors
    assert not book.notes
    # Neither the chart sheet nor the auxiliary sheets.
    assert [(grid.sheet, grid.hidden) for grid in book.grids] == [("项目 1", False), ("暗", True)]
    form = book.grids[0]
    assert form.merges == ((0, 0, 0, 2),)
    assert [list(cells) for cells in form.rows] == [
        ["办公楼维修项目绩效目标表", "", "", ""],
        ["项目编码", "=78人", 161.93, ""],
        [datetime.date(2023, 12, 31), 323.86, "甲", True],
    ]


def test_auxiliary_sheets_of_other_books_are_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", zipped(ooxml_parts(*[sheet()] * len(AUXILIARY), names=sorted(AUXILIARY))))
    assert {grid.sheet for grid in read_book(path).grids} == AUXILIARY


def test_books_and_errors_go_to_other_processes(department: Path, tmp_path: Path) -> None:
    book = read_book(department)
    assert pickle.loads(pickle.dumps(book)) == book
    with pytest.raises(BookError) as caught:
        read_book(tmp_path / "没有.xlsx")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_cells_start_at_a1(tmp_path: Path) -> None:
    assert read_rows(ooxml(sheet(row(3, cell("C3", 7)))), tmp_path) == [["", "", ""], ["", "", ""], ["", "", 7.0]]


@pytest.mark.parametrize("to", ["xls", "ods", "xlsx"])
def test_libreoffice_saves_the_same(department: Path, tmp_path: Path, soffice: Office, to: str) -> None:
    converted = soffice.convert(department, to, tmp_path / "out")
    book = read_book(converted)
    grids = {grid.sheet: grid for grid in book.grids}
    assert grids["暗"].hidden
    assert [list(cells) for cells in grids["项目 1"].rows] == [list(cells) for cells in form_of(department).rows]
    assert book.sees_errors == (to != "xls")
    if to != "xls":
        assert (book.kind, book.template_version) == ("department", "2023.1")
        assert book.names["空白表"] == "'项目 1'!$A$1"
    assert grids["项目 1"].merges == ((0, 0, 0, 2),)


def form_of(path: Path) -> Grid:
    return read_book(path).grids[0]


@pytest.mark.parametrize("to", ["xls", "xlsx"])
def test_wps_et_is_either(department: Path, tmp_path: Path, soffice: Office, to: str) -> None:
    converted = department if to == "xlsx" else soffice.convert(department, to, tmp_path / "out")
    book = read_book(saved(tmp_path / "表.et", converted.read_bytes()))
    assert book.grids[0].rows == form_of(department).rows
    assert book.sees_errors == (to == "xlsx")


def test_xlsb(tmp_path: Path, soffice: Office) -> None:
    path = saved(tmp_path / "a.xlsb", made.xlsb({(0, 0): "预算数", (1, 2): 161.93, (0, 5): None}))
    book = read_book(path)
    assert [(grid.sheet, grid.rows) for grid in book.grids] == [("表", [["预算数", "", ""], ["", "", 161.93]])]
    assert not book.sees_errors
    # The bytes are what another program takes for .xlsb too.
    assert read_book(soffice.convert(path, "xlsx", tmp_path / "out")).grids[0].rows == book.grids[0].rows


# --- what calamine would hide ---------------------------------------------------------------------------------------


def test_errors_and_missing_values(tmp_path: Path) -> None:
    rows = read_rows(
        ooxml(
            sheet(
                row(
                    1,
                    '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
                    "<c r='B1' t='e'><v>#REF!</v></c>",
                    '<c t="e" r="C1"><v>#SPILL!</v></c>',
                    '<c r="D1"><f>SUM(A1)</f></c>',
                    '<c r="E1"><f>SUM(A2)</f><v></v></c>',
                    '<c r="F1"><f t="shared" si="0"/><v/></c>',
                    '<c r="G1" t="str"><f>""</f><v></v></c>',
                    '<c r="H1"><f>A2</f><v>5</v></c>',
                    '<c r="I1" t="inlineStr"><is><t>#REF!</t></is></c>',
                )
            )
        ),
        tmp_path,
    )
    assert rows == [
        [
            ErrorValue("#DIV/0!"),
            ErrorValue("#REF!"),
            ErrorValue("#SPILL!"),
            NoValue("SUM(A1)"),
            NoValue("SUM(A2)"),
            NoValue(),
            "",
            5.0,
            "#REF!",
        ]
    ]


def test_what_openpyxl_writes_has_no_values(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append([1, "=A1*2", "文"])
    workbook.active.append([None, None, None, None, "=B1"])
    workbook.save(tmp_path / "o.xlsx")
    assert form_of(tmp_path / "o.xlsx").rows == [[1.0, NoValue("A1*2"), "文"], ["", "", "", "", NoValue("B1")]]


def test_errors_in_ods(tmp_path: Path, soffice: Office) -> None:
    workbook = xlsxwriter.Workbook(tmp_path / "e.xlsx")
    form = workbook.add_worksheet()
    form.write_formula("A1", "=1/0")
    form.write_formula("B1", "=NA()")
    form.write_formula("C1", '=""')
    form.write_formula("D1", "=2*3")
    workbook.close()
    converted = soffice.convert(tmp_path / "e.xlsx", "ods", tmp_path / "out")
    assert form_of(converted).rows == [[ErrorValue("#DIV/0!"), ErrorValue("#N/A"), "", 6.0]]


def test_ods_formula_without_value(tmp_path: Path) -> None:
    cells = '<table:table-cell table:formula="of:=1&gt;2"/>' + ods_text("#REF!", "table:formula='of:=[.A1]'")
    data = zipped(made.ods_parts(f"<table:table-row>{cells}</table:table-row>"))
    assert read_rows(data, tmp_path, "a.ods") == [[NoValue("of:=1>2"), ErrorValue("#REF!")]]


@pytest.mark.parametrize(("attributes", "is_read"), [(60, True), (70, False)])
def test_ods_cell_with_many_attributes(attributes: int, is_read: bool, tmp_path: Path) -> None:
    many = "".join(f" table:a{n}={quote}>{quote}" for n, quote in zip(range(attributes), cycle("'\""), strict=False))
    data = zipped(made.ods_parts(f"<table:table-row>{ods_text('甲', many)}</table:table-row>"))
    if is_read:
        assert read_rows(data, tmp_path, "a.ods") == [["甲"]]
    else:
        with pytest.raises(BookError, match="损坏"):
            read_rows(data, tmp_path, "a.ods")


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="A1" s="2" t="e"><v>#N/A</v></c>',
        '<c r="A1"><f>1</f></c>',
        '<c r="A1"><f>1</f> <v/></c>',
        '<c r="A1"><v>1</v></c><c><v>2</v></c>',
        '<c s="1" r="A1"/>',
        "<c r='A1'/>",
        '<x:c r="A1"><x:f>1</x:f></x:c>',
        '<c r="a1"/>',
        '<c r="AA1"/>',
        '<c r="A1000"/>',
        '<c r="A1" t="b"/>',
        '<c r="A1" t="s"><v></v></c>',
        '<c r="A1" t="str"><v></v></c>',
        '<c r="A1"><f t="shared" si="0"/><v></v></c>',
        '<c r="A1"><f t="array" ref="A1:A2">B1:B2</f></c>',
        '<c r="A1"><v>1</v></c><c r="AB1" s="1"/>',
        '<c r="A1"><v>1</v></c><x:c r="XFD1048576"><x:v>1</x:v></x:c>',
    ],
)
def test_the_search_lets_nothing_unusual_through(xml: str) -> None:
    assert not is_plain(row(1, xml).encode())


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="Z999" s="1" t="s"><v>12345</v></c><c r="B1" t="b"><v>1</v></c>',
        '<c r="A1"><f>SUM(A1:B2)</f><v>1</v></c><c r="B1"><f t="shared" si="0"/><v>1</v></c>',
        '<c r="A1" s="1" t="str"><f>IF(1,"","x")</f><v></v></c><c r="A1" t="str"><f>"甲"</f><v>甲</v></c>',
        '<c r="A1" s="3" /><c r="B1" t="n"><v>5</v></c><c r="C1" t="str"><v>#REF!</v></c>',
        '<c r="A1" t="s" s="1"><v>0</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c>',
        '<c r="A1" t="str"><f aca="false">""</f><v></v></c><c r="B1" s="1"><f aca="false">1</f><v>1</v></c>',
    ],
)
def test_ordinary_sheets_are_not_walked_through(xml: str) -> None:
    assert is_plain(f'<row r="1" spans="1:7" hidden="false">{xml}</row>'.encode())


def test_blank_cells_are_not_missed(tmp_path: Path) -> None:
    cells = '<c r="A1" s="1"/><c r="B1"><v>1</v></c><c r="C1" s="1"/><c r="D1" s="1" t="str"><v>甲</v></c><c r="E1"/>'
    data = ooxml(sheet(row(1, '<c r="B1" s="2" />'), row(2, cells.replace("1", "2")), row(9, '<c r="XFD9" s="1"/>')))
    assert read_rows(data, tmp_path) == [["", "", "", ""], ["", 2.0, "", "甲"]]


def test_a_text_that_looks_like_a_blank_cell(tmp_path: Path) -> None:
    text = '<c r="A1" t="inlineStr"><is><t><![CDATA[<c r="A1"/>]]></t></is></c>'
    assert read_rows(ooxml(sheet(row(1, text, '<c r="B1" s="1"/>'))), tmp_path) == [['<c r="A1"/>']]


# --- other hands -----------------------------------------------------------------------------------------------------

PREFIXED = (
    f'<x:worksheet xmlns:x="{made.MAIN}"><x:sheetData><x:row r="2"><x:c t="e" r="B2"><x:v>#NUM!</x:v></x:c>'
    '<x:c t="n"><x:v>4</x:v></x:c></x:row></x:sheetData><x:mergeCells count="1"><x:mergeCell ref="A1:B1"/>'
    "</x:mergeCells></x:worksheet>"
)


def test_prefixes(tmp_path: Path) -> None:
    grid = form_of(saved(tmp_path / "a.xlsx", ooxml(PREFIXED)))
    assert grid.rows == [["", "", ""], ["", ErrorValue("#NUM!"), 4.0]]
    assert grid.merges == ((0, 0, 0, 1),)


def test_cells_without_references_and_rows_out_of_order(tmp_path: Path) -> None:
    rows = read_rows(
        ooxml(sheet(row(3, "<c><v>1</v></c><c><v>2</v></c>"), row(1, cell("B1", 3)), "<row><c><v>4</v></c></row>")),
        tmp_path,
    )
    assert rows == [["", 3.0], [4.0, ""], [1.0, 2.0]]


def windows_zip(parts: made.Parts) -> bytes:
    """With backslashes and folder entries, as older WPS writes."""
    return zipped({"xl/": "", "xl\\worksheets\\": ""} | {name.replace("/", "\\"): part for name, part in parts.items()})


def with_targets(change: Callable[[str], str]) -> made.Parts:
    parts = ooxml_parts(sheet(row(1, cell("A1", 5))))
    rels = parts["xl/_rels/workbook.xml.rels"]
    assert isinstance(rels, str)
    return parts | {"xl/_rels/workbook.xml.rels": change(rels)}


@pytest.mark.parametrize(
    "data",
    [
        windows_zip(ooxml_parts(sheet(row(1, cell("A1", 5))))),
        zipped(with_targets(lambda rels: rels.replace('Target="', 'Target="/xl/'))),
        zipped(with_targets(lambda rels: rels.replace('Target="', 'Target="../xl/'))),
        zipped(with_targets(lambda rels: rels.replace("worksheets/", "worksheets\\"))),
        zipped(
            with_targets(lambda rels: rels.replace("http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"))
        ),
        zipped({name.replace("xl/", "Xl/"): part for name, part in ooxml_parts(sheet(row(1, cell("A1", 5)))).items()}),
    ],
    ids=["windows", "absolute", "upwards", "backslash", "strict", "capitals"],
)
def test_unusual_packages(data: bytes, tmp_path: Path) -> None:
    assert read_rows(data, tmp_path) == [[5.0]]


def test_macro_and_dialog_sheets_are_left_out(tmp_path: Path) -> None:
    parts = ooxml_parts(sheet(row(1, cell("A1"))), "<macrosheet/>", "<dialogsheet/>")
    parts["xl/_rels/workbook.xml.rels"] = made.relations(
        ("r1", "worksheet", "worksheets/sheet1.xml"),
        ("r2", "xlMacrosheet", "macrosheets/sheet1.xml"),
        ("r3", "dialogsheet", "dialogsheets/sheet1.xml"),
    )
    assert [grid.sheet for grid in read_book(saved(tmp_path / "a.xlsm", zipped(parts))).grids] == ["S1"]


def test_dates_of_1904(tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True})
    day = datetime.datetime(2023, 6, 30)
    workbook.add_worksheet().write_datetime("A1", day, workbook.add_format({"num_format": "yyyy-mm-dd"}))
    workbook.close()
    assert form_of(tmp_path / "a.xlsx").rows == [[day.date()]]


# --- speed -----------------------------------------------------------------------------------------------------------


def test_importing_the_reader_is_light() -> None:
    heavy = ("zipfile", "xml.etree", "openpyxl", "pandas", "pyexpat")
    code = f"import sys, xl_perf.saved.workbook; print([name for name in {heavy} if name in sys.modules])"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("names", "areas"),
    [
        (["A1:B2"], ((0, 0, 1, 1),)),
        (["A1:I1", "B2:C2", "AB10:AC1048576"], ((0, 0, 0, 8), (1, 1, 1, 2), (9, 27, 9_999, 28))),
        (["B2:A1", "C3:C3", "XFD9999999:ZZZ9999999"], ((2, 2, 2, 2),)),
        ([], ()),
    ],
)
@pytest.mark.parametrize("end", ["/>", " />"])
def test_merges_named_as_usual(names: list[str], areas: tuple[Area, ...], end: str, tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="{name}"{end}' for name in names)
    xml = sheet(row(1, cell("A1")), tail=f'<mergeCells count="{len(names)}">{merges}</mergeCells><pageMargins/>')
    prepared = sheet_xml.prepared(xml.encode())
    assert prepared.merges == areas
    assert b"<mergeCell " not in prepared.xml
    unusual = xml.replace("<mergeCells ", '<mergeCells a="" ')
    assert form_of(saved(tmp_path / "a.xlsx", ooxml(unusual))).merges == areas  # as calamine tells it


@pytest.mark.parametrize(
    ("merge", "areas"),
    [
        ('<mergeCell ref="A1"/>', ((0, 0, 0, 0),)),
        ('<mergeCell ref="a1:b2"/>', ((0, 0, 1, 1),)),
        ('<mergeCell x="" ref="A1:B2"/>', ((0, 0, 1, 1),)),
        ('<mergeCell ref="A1:B2"></mergeCell>', ((0, 0, 1, 1),)),
        ('<mergeCell ref="A1:B2"/>' * 1000, ((0, 0, 1, 1),) * 1000),
    ],
)
def test_merges_named_otherwise_are_told_by_calamine(merge: str, areas: tuple[Area, ...], tmp_path: Path) -> None:
    xml = sheet(row(1, cell("A1")), tail=f"<mergeCells>{merge}</mergeCells>")
    prepared = sheet_xml.prepared(xml.encode())
    assert prepared.merges is None
    assert prepared.xml.index(b"mergeCell ") < prepared.xml.index(b"sheetData")
    assert form_of(saved(tmp_path / "a.xlsx", ooxml(xml))).merges == areas


def test_a_value_beyond_the_last_row_is_put_in_its_place() -> None:
    rows: list[list[Scalar]] = [["a"]]
    bulk.place(rows, 2, 1, NoValue())
    assert rows == [["a"], [], ["", NoValue()]]

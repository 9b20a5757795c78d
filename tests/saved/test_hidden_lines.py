"""Hidden rows and columns in every format, page headers of .xlsx, however they are spelt."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.builders import form
from tests.office import Office
from tests.workbooks import binary_sheet, rewritten, saved, xlsb
from xl_perf.core.reading import read_department
from xl_perf.saved.hidden_lines import hidden_lines, page_texts
from xl_perf.saved.workbook import read_book


@pytest.mark.parametrize(
    ("xml", "lines"),
    [
        (b'<sheetData><row r="3" hidden="1"/><row r="4" ht="9" hidden="true"/></sheetData>', (((2, 3),), ())),
        (b"<x:sheetData><x:row/><x:row hidden='1'><x:c r=\"A2\"/></x:row></x:sheetData>", (((1, 1),), ())),
        (b'<sheetData><row r="3" hidden="1"/><row r="5" hidden="1"/></sheetData>', (((2, 2), (4, 4)), ())),
        (b'<sheetData><row r="3" hidden="0"/><row r="4" x:hidden="1"/></sheetData>', ((), ())),
        (b'<rowBreaks hidden="1"/><sheetData><row r="3"/></sheetData>', ((), ())),
        (b'<cols><col min="2" max="3" hidden="1"/><col min="4" max="4" hidden="1"/></cols>', ((), ((1, 3),))),
        (b'<cols><col min="2" max="3" width="0"/></cols>', ((), ())),
    ],
)
def test_hidden_lines(xml: bytes, lines: object) -> None:
    """Runs of rows and columns from 0."""
    assert hidden_lines(xml) == lines


@pytest.mark.parametrize(
    ("header", "texts"),
    [
        ("<oddHeader>&amp;R&#21333;&#20301;&#65306;&#20803;</oddHeader>", (("页眉", "单位：元"),)),
        ('<oddFooter>&amp;C&amp;"宋体,常规"&amp;10单位：元</oddFooter>', (("页脚", "单位：元"),)),
        ("<oddHeader>第 &amp;P 页</oddHeader>", ()),
        ("<oddHeader>单位：RMB'000</oddHeader>", (("页眉", "单位：RMB'000"),)),
        ('<headerFooter differentFirst="1"><firstHeader>单位：元</firstHeader>', (("首页页眉", "单位：元"),)),
        (
            "<headerFooter differentOddEven='true'><evenFooter>&amp;R单位：元</evenFooter>",
            (("偶数页页脚", "单位：元"),),
        ),
        ("<headerFooter><firstHeader>单位：元</firstHeader>", ()),
        ('<headerFooter differentFirst="0"><firstHeader>单位：元</firstHeader>', ()),
        ("<oddHeader>单位：元&nothing;</oddHeader>", ()),
        ("<evenHeader>单位：元</evenHeader>", ()),
    ],
)
def test_page_texts(header: str, texts: object) -> None:
    """Without the codes for places and fonts; only those that may name a unit."""
    xml = f"<worksheet><sheetData></sheetData><headerFooter>{header}</headerFooter></worksheet>"
    assert page_texts(xml.encode()) == texts


def test_both_reach_the_project(tmp_path: Path) -> None:
    """A form of a saved workbook: its unit in the page header, its budget in a hidden row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in form():
        sheet.append([None if typed == "" else typed for typed in cells])
    sheet.row_dimensions[3].hidden = True
    assert sheet.oddHeader is not None
    sheet.oddHeader.right.text = "单位：元"
    book.save(tmp_path / "a.xlsx")
    (project,) = read_department(read_book(tmp_path / "a.xlsx")).projects
    assert project.unit is not None
    assert (project.unit.unit, project.unit.where) == ("元", "页眉")
    assert "C3" in [entry.cell for _, entry in project.concealed]
    assert not project.is_concealed


def concealed(path: Path) -> list[str]:
    """The labels and cells that nobody sees, of the one project in a workbook."""
    (project,) = read_department(read_book(path)).projects
    return [f"{label} {entry.cell}" for label, entry in project.concealed]


def with_hidden(path: Path) -> Path:
    """A form whose row of amounts is hidden, two rows of indicators and a column to the right."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in form():
        sheet.append([None if typed == "" else typed for typed in cells])
    for row in (3, 11, 12):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.save(path)
    return path


@pytest.mark.parametrize("to", ["xls", "ods"])
def test_other_formats(to: str, soffice: Office, tmp_path: Path) -> None:
    """As LibreOffice writes them: the same cells are hidden as in the .xlsx."""
    source = with_hidden(tmp_path / "a.xlsx")
    seen = concealed(source)
    assert {"C3", "D11"} <= {one.split()[-1] for one in seen}
    assert concealed(soffice.convert(source, to, tmp_path / to)) == seen


def test_filtered_rows_of_ods(soffice: Office, tmp_path: Path) -> None:
    """Repeated rows too."""
    path = soffice.convert(with_hidden(tmp_path / "a.xlsx"), "ods", tmp_path / "ods")
    content = zipfile.ZipFile(path).read("content.xml")
    assert content.count(b'"collapse"') > 1
    seen = concealed(path)
    assert concealed(rewritten(path, {"content.xml": content.replace(b'"collapse"', b'"filter"')})) == seen


def test_xlsb(tmp_path: Path) -> None:
    cells = {
        (row, column): typed
        for row, line in enumerate(form())
        for column, typed in enumerate(line)
        if isinstance(typed, str | int | float) and typed != ""
    }
    sheet = binary_sheet(cells, hidden_rows=[2], hidden_columns=[6, 7])
    path = rewritten(saved(tmp_path / "a.xlsb", xlsb(cells)), {"xl/worksheets/sheet1.bin": sheet})
    assert "C3" in [one.split()[-1] for one in concealed(path)]
    (grid,) = read_book(path).grids
    assert (grid.hidden_rows, grid.hidden_columns) == (((2, 2),), ((6, 7),))

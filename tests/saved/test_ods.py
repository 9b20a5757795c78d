"""OpenDocument spreadsheets as other programs write them, and what a person does not see of them."""

from pathlib import Path

import pytest

from tests import workbooks as made
from tests.office import Office
from tests.workbooks import ods_text, saved, zipped
from xl_perf.core.cells.grid import ErrorValue, Grid
from xl_perf.saved.workbook import read_book

READING = Path(__file__).parents[1] / "fixtures" / "reading"


def grid_of(folder: Path, rows: str) -> Grid:
    (grid,) = read_book(saved(folder / "a.ods", zipped(made.ods_parts(rows)))).grids
    return grid


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def value(number: float, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{number}" {attributes}/>'


def test_a_form_that_gnumeric_saved() -> None:
    book = read_book(READING / "ods-whitespace-gnumeric.ods")
    assert [grid.sheet for grid in book.grids] == ["01", "02", "03"]
    form = book.grids[0]
    assert form.rows[0][0] == "社区养老服务站运转经费\n项目绩效目标表"
    assert list(form.rows[2]) == ["预算规模及\n资金用途", "预算数", 120.5, "其中：财政资金", 120.5, "其他资金", 0.0]
    assert {(0, 0, 0, 6), (1, 1, 1, 2), (2, 0, 3, 0)} <= set(form.merges)


def test_white_space_between_elements(tmp_path: Path) -> None:
    text = "\n      <text:p>预算数</text:p>\n      <text:p>万元</text:p>\n    "
    cell = f'\n    <table:table-cell office:value-type="string">{text}</table:table-cell>'
    blank = "\n  <table:table-row>\n  </table:table-row>\n"
    rows = f"\n  <table:table-row>{cell}\n    {value(5)}\n  </table:table-row>{blank}"
    assert grid_of(tmp_path, rows).rows == [["预算数\n万元", 5.0]]


def test_white_space_in_paragraphs_stays(tmp_path: Path) -> None:
    text = "<text:span>a</text:span> <text:span>b</text:span>"
    assert grid_of(tmp_path, row(ods_text(text))).rows == [["a b"]]


def test_line_breaks_and_tabs(tmp_path: Path) -> None:
    assert grid_of(tmp_path, row(ods_text("a<text:line-break/>b<text:tab/>c"))).rows == [["a\nb\tc"]]


# --- what a merged cell covers ---------------------------------------------------------------------------------------


def hidden(text: str, attributes: str = "") -> str:
    return ods_text(text, attributes).replace("table:table-cell", "table:covered-table-cell")


def test_covered_cells_are_blank(tmp_path: Path) -> None:
    merged = 'table:number-columns-spanned="3" table:number-rows-spanned="2"'
    number = value(7).replace("table:table-cell", "table:covered-table-cell")
    grid = grid_of(
        tmp_path,
        row(ods_text("甲", merged), hidden("乙"), number, ods_text("丙"))
        + row(hidden("丁", 'table:number-columns-repeated="3"'), value(5)),
    )
    assert grid.rows == [["甲", "", "", "丙"], ["", "", "", 5.0]]
    assert grid.merges == ((0, 0, 1, 2),)


def test_covered_cells_do_not_count(tmp_path: Path) -> None:
    """Neither an error nor a far cell that nobody sees."""
    error = hidden("Err:502", 'table:formula="of:=1" calcext:value-type="error"')
    far = hidden("乙", 'table:number-columns-repeated="16384"')
    (grid,) = (book := read_book(saved(tmp_path / "a.ods", zipped(made.ods_parts(row(value(5), error, far)))))).grids
    assert (grid.rows, grid.has_no_errors, list(book.notes)) == ([[5.0]], True, [])


def test_covered_cells_of_a_large_sheet(tmp_path: Path) -> None:
    far = '<table:table-cell table:number-columns-repeated="999999999"/>' + ods_text("远")
    covered = hidden("乙", 'table:number-columns-repeated="999999999"')
    grid = grid_of(tmp_path, row(value(5), covered) + row(value(6), far))
    assert [cells[0] for cells in grid.rows] == [5.0, 6.0]
    assert max(map(len, grid.rows)) <= 200


def test_merged_cells_of_libreoffice(tmp_path: Path, soffice: Office) -> None:
    converted = soffice.convert(READING / "formats.xlsx", "ods", tmp_path)
    assert (
        read_book(converted).grids[0].merges == read_book(READING / "formats.xlsx").grids[0].merges == ((0, 2, 1, 3),)
    )


# --- what stands on a cell -------------------------------------------------------------------------------------------

SHAPE = '<draw:custom-shape xmlns:draw="d"><text:p>说明</text:p><draw:enhanced-geometry/></draw:custom-shape>'
BOX = '<draw:frame xmlns:draw="d"><draw:text-box><text:p>说明</text:p></draw:text-box></draw:frame>'
NOTE = "<office:annotation><text:p>批注</text:p></office:annotation>"


@pytest.mark.parametrize("drawn", [SHAPE, BOX, NOTE, SHAPE + BOX, f'<draw:g xmlns:draw="d">{SHAPE}{BOX}</draw:g>'])
def test_texts_of_shapes_and_comments_are_not_the_cells(tmp_path: Path, drawn: str) -> None:
    before = ods_text("项目编码").replace("<text:p>", f"{drawn}<text:p>")
    after = ods_text("项目编码").replace("</text:p>", f"</text:p>{drawn}")
    assert grid_of(tmp_path, row(before, after)).rows == [["项目编码", "项目编码"]]


def test_an_error_with_a_comment(tmp_path: Path) -> None:
    cell = ods_text("Err:502", 'table:formula="of:=1" calcext:value-type="error"')
    grid = grid_of(tmp_path, row(cell.replace("<text:p>", NOTE + "<text:p>")))
    assert grid.rows == [[ErrorValue("Err:502")]]

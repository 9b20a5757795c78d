"""Pictures and text boxes in place of a form."""

from pathlib import Path

import pytest

from tests import workbooks as made
from tests.workbooks import cell, ooxml_parts, row, saved, sheet, zipped
from xl_perf.core.cells.grid import Grid
from xl_perf.saved.workbook import read_book

READING = Path(__file__).parents[1] / "fixtures" / "reading"
PICTURE = "<xdr:pic><xdr:nvPicPr/></xdr:pic>"
CHART = "<xdr:graphicFrame><a:t>图表</a:t></xdr:graphicFrame>"
DRAWN = '<drawing r:id="r1"/>'


def box(*paragraphs: str) -> str:
    lines = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<xdr:sp><xdr:txBody>{lines}</xdr:txBody></xdr:sp>"


def parts_with(*drawn: str, xml: str) -> made.Parts:
    return ooxml_parts(xml) | {
        "xl/worksheets/_rels/sheet1.xml.rels": made.relations(("r1", "drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": f'<xdr:wsDr xmlns:xdr="d" xmlns:a="a">{"".join(drawn)}</xdr:wsDr>',
    }


def grid_of(folder: Path, parts: made.Parts) -> Grid:
    (grid,) = read_book(saved(folder / "a.xlsx", zipped(parts))).grids
    return grid


def test_forms_as_a_picture_and_in_a_text_box() -> None:
    first, _, third, fourth, _ = read_book(READING / "forms-as-picture-textbox-inline.xlsx").grids
    assert (first.pictures, first.boxes) == (0, ())
    assert (third.pictures, third.boxes) == (1, ())
    text = "图书流动车购置\n项目绩效目标表\n项目编码 13020024P000301001A 项目名称 图书流动车购置 预算数 9.9 万元"
    assert (fourth.pictures, fourth.boxes) == (0, (text,))


def test_charts_and_empty_boxes_do_not_count(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, parts_with(box("项目", "编码"), CHART, PICTURE, box(""), PICTURE, xml=sheet(tail=DRAWN)))
    assert (grid.pictures, grid.boxes) == (2, ("项目\n编码",))


@pytest.mark.parametrize("filled", [0, 20, 300])
def test_however_many_cells_are_filled(tmp_path: Path, filled: int) -> None:
    xml = sheet(*(row(n, cell(f"A{n}")) for n in range(1, filled + 1)), tail=DRAWN)
    assert grid_of(tmp_path, parts_with(PICTURE, xml=xml)).pictures == 1


def test_a_sheet_with_prefixes(tmp_path: Path) -> None:
    xml = '<x:worksheet xmlns:x="m"><x:sheetData/><x:drawing xmlns:rel="r" rel:id="r1"/></x:worksheet>'
    assert grid_of(tmp_path, parts_with(PICTURE, xml=xml)).pictures == 1


@pytest.mark.parametrize("change", [{"xl/drawings/drawing1.xml": "<xdr:wsDr>"}, {"xl/drawings/drawing1.xml": None}])
def test_a_damaged_drawing_hinders_nobody(tmp_path: Path, change: dict[str, str | None]) -> None:
    parts = parts_with(PICTURE, xml=sheet(row(1, cell("A1", 5)), tail=DRAWN))
    kept = {name: change.get(name, part) for name, part in parts.items()}
    grid = grid_of(tmp_path, {name: part for name, part in kept.items() if part is not None})
    assert (grid.rows, grid.pictures) == ([[5.0]], 0)


def test_buttons_and_comments_are_no_pictures(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, parts_with(PICTURE, xml=sheet(tail='<legacyDrawing r:id="r1"/>')))
    assert grid.pictures == 0


def test_embedded_documents_and_pictures_in_cells(tmp_path: Path) -> None:
    """As Excel writes an embedded document, twice, and WPS a picture in a cell."""
    document = '<oleObject progId="Word.Document.12" shapeId="1025"/>'
    formula = '<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
    parts = parts_with(xml=sheet(row(1, formula), tail=document + document)) | {"xl/cellimages.xml": "<etc/>"}
    assert grid_of(tmp_path, parts).pictures == 2

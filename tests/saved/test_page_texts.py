"""Page headers that state a unit, and cells struck out as a whole, in the formats beside .xlsx."""

import struct
from pathlib import Path

import pytest

from tests import workbooks as made
from tests.workbooks import biff, binary_sheet, record, saved, wide
from xl_perf.core.cells.grid import Grid
from xl_perf.core.cells.number_formats import STRUCK
from xl_perf.files import compound_file as compound
from xl_perf.saved.workbook import read_book

SAID = '&C&"宋体,常规"&10单位：元'


def grid_of(path: Path) -> Grid:
    (grid,) = read_book(path).grids
    return grid


@pytest.mark.parametrize(("type_", "where"), [(0x14, "页眉"), (0x15, "页脚")])
def test_xls(type_: int, where: str, tmp_path: Path) -> None:
    page = biff(type_, struct.pack("<HB", len(SAID), 1) + SAID.encode("utf-16-le"))
    other = biff(0x14, struct.pack("<HB", 4, 0) + b"&CA1") + biff(0x15)
    stream = made.workbook_stream(made.number(0, 0, 5), page)
    assert grid_of(saved(tmp_path / "a.xls", compound.packed("Workbook", stream))).around == ((where, "单位：元"),)
    stream = made.workbook_stream(other, made.number(0, 0, 5))
    assert grid_of(saved(tmp_path / "b.xls", compound.packed("Workbook", stream))).around == ()


@pytest.mark.parametrize(
    ("flags", "at", "where"), [(0, 0, "页眉"), (0, 1, "页脚"), (0, 2, ""), (1, 3, "偶数页页脚"), (2, 4, "首页页眉")]
)
def test_xlsb(flags: int, at: int, where: str, tmp_path: Path) -> None:
    texts = b"".join(wide(SAID) if number == at else b"\xff\xff\xff\xff" for number in range(6))
    sheet = binary_sheet({(0, 0): 5.0})[: -len(record(0x82))] + record(0x1DF, struct.pack("<H", flags) + texts)
    path = made.rewritten(
        saved(tmp_path / "a.xlsb", made.XLSB), {"xl/worksheets/sheet1.bin": sheet + record(0x1E0) + record(0x82)}
    )
    assert grid_of(path).around == (((where, "单位：元"),) if where else ())


def test_a_page_header_of_xlsb_that_cannot_be_read(tmp_path: Path) -> None:
    sheet = binary_sheet({(0, 0): 5.0})[: -len(record(0x82))] + record(0x1DF, b"\0\0\5\0") + record(0x82)
    path = made.rewritten(saved(tmp_path / "a.xlsb", made.XLSB), {"xl/worksheets/sheet1.bin": sheet})
    assert list(grid_of(path).rows[0]) == [5.0]


def test_struck_cells_of_xlsb(tmp_path: Path) -> None:
    fonts = b"".join(record(0x2B, struct.pack("<HH", 200, 8 * struck) + b"\0" * 17) for struck in (False, True))
    styles = b"".join(record(0x2F, struct.pack("<HHH", 0, 0, font) + b"\0" * 10) for font in (0, 1))
    part = fonts + record(0x269, struct.pack("<I", 2)) + styles + record(0x26A)
    row = record(0x00, struct.pack("<IIH3sI", 0, 0, 300, b"\0\0\0", 0))
    row += b"".join(record(0x05, struct.pack("<IId", column, column % 2, 7.0)) for column in range(2))
    row += b"".join(record(0x06, struct.pack("<II", column, column % 2) + wide("甲")) for column in (2, 3))
    sheet = record(0x81) + record(0x94, b"\0" * 16) + record(0x91) + row + record(0x92) + record(0x82)
    parts = {"xl/worksheets/sheet1.bin": sheet, "xl/styles.bin": part}
    grid = grid_of(made.rewritten(saved(tmp_path / "a.xlsb", made.XLSB), parts))
    assert (dict(grid.formats), list(grid.rows[0])) == ({(0, 1): STRUCK, (0, 3): STRUCK}, [7.0, 7.0, "甲", "甲"])


@pytest.mark.parametrize(
    ("element", "display", "page", "where"),
    [
        ("header", "true", "Default", "页眉"),
        ("footer-left", "true", "Default", "偶数页页脚"),
        ("header", "false", "Default", ""),
        ("header", "true", "Other", ""),
    ],
)
def test_ods(element: str, display: str, page: str, where: str, tmp_path: Path) -> None:
    styles = (
        '<office:document-styles xmlns:office="o" xmlns:style="s" xmlns:text="t"><office:master-styles>'
        f'<style:master-page style:name="{page}"><style:{element} style:display="{display}"><style:region-left>'
        f"<text:p>单位：元</text:p></style:region-left></style:{element}></style:master-page>"
        "</office:master-styles></office:document-styles>"
    )
    rows = f"<table:table-row>{made.ods_text('甲')}</table:table-row>"
    content = made.ODS_CONTENT.format(rows, "").replace(
        'table:name="表&amp;1"', 'table:name="01" table:style-name="ta1"'
    )
    content = content.replace(
        "<office:body>",
        (
            '<office:automatic-styles xmlns:style="s"><style:style style:name="ta1" style:family="table" '
            'style:master-page-name="Default"/></office:automatic-styles><office:body>'
        ),
    )
    parts = {**made.ods_parts(rows), "content.xml": content, "styles.xml": styles}
    assert grid_of(saved(tmp_path / "a.ods", made.zipped(parts))).around == (((where, "单位：元"),) if where else ())

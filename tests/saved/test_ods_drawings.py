"""Pictures and text boxes of .ods and .xls, which say as much as those of .xlsx; and whole forms in them."""

import struct
from pathlib import Path

import pytest

from tests import workbooks as made
from tests.workbooks import biff, ods_text, saved, zipped
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.reading import read_department
from xl_perf.files import compound_file as compound
from xl_perf.saved.workbook import read_book

PICTURE = '<draw:frame><draw:image xlink:href="Pictures/1.svg"/><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
CHART = '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./r/1"/></draw:frame>'
FORM = "绿化项目绩效目标表 项目名称 绿化 预算数 50 万元 其中：财政资金 50"


def shape(*paragraphs: str, kind: str = "custom-shape") -> str:
    return f"<draw:{kind}>{''.join(f'<text:p>{one}</text:p>' for one in paragraphs)}<draw:geometry/></draw:{kind}>"


def ods(folder: Path, cell: str, before: str = "") -> Grid:
    parts = made.ods_parts(f"<table:table-row><table:table-cell>{cell}</table:table-cell></table:table-row>")
    content = str(parts["content.xml"]).replace("<table:table-row>", f"{before}<table:table-row>", 1)
    (grid,) = read_book(saved(folder / "a.ods", zipped(parts | {"content.xml": content}))).grids
    return grid


@pytest.mark.parametrize(
    ("drawn", "pictures", "boxes"),
    [
        (PICTURE, 1, ()),
        (PICTURE + CHART, 1, ()),
        (CHART, 0, ()),
        (shape("更正：", "预算数&lt;200<text:s text:c='2'/>万元"), 0, ("更正：\n预算数<200  万元",)),
        (shape("", kind="rect") + shape("<text:span>5</text:span>00", kind="rect"), 0, ("500",)),
        ("<draw:g>" + shape("甲") + PICTURE + shape("乙") + "</draw:g>", 1, ("甲", "乙")),
        ("<draw:control/>", 0, ()),
    ],
)
def test_what_is_drawn_in_ods(tmp_path: Path, drawn: str, pictures: int, boxes: tuple[str, ...]) -> None:
    in_cell = ods(tmp_path, drawn)
    before = ods(tmp_path, "", f"<table:shapes>{drawn}</table:shapes>")
    for grid in (in_cell, before):
        assert (grid.pictures, grid.boxes, [list(row) for row in grid.rows if any(row)]) == (pictures, boxes, [])


def test_a_comment_is_no_box(tmp_path: Path) -> None:
    assert ods(tmp_path, "<office:annotation><text:p>预算数应为 200 万元</text:p></office:annotation>").boxes == ()


def drawn(kind: int, text: str = "", *, flags: int = 0) -> bytes:
    """OBJ with FtCmo and FtPioGrbit, and TXO with its text."""
    obj = biff(0x5D, struct.pack("<4H14x3H4x", 0x15, 0x12, kind, 1, 8, 2, flags))
    wide = text.encode("utf-16-le")
    half = len(text) // 2 * 2
    pieces = biff(0x3C, b"\1" + wide[:half]) + biff(0x3C, b"\1" + wide[half:]) + biff(0x3C, b"\0" * 16)
    return obj + (biff(0x1B6, struct.pack("<10xHH4x", len(text), 16)) + pieces if text else b"")


def xls(folder: Path, *records: bytes) -> Grid:
    data = compound.packed("Workbook", made.workbook_stream(made.number(0, 0, 5), *records))
    (grid,) = read_book(saved(folder / "a.xls", data)).grids
    return grid


@pytest.mark.parametrize(
    ("records", "pictures", "boxes"),
    [
        (drawn(6, "更正：预算数应为200万元"), 0, ("更正：预算数应为200万元",)),
        (drawn(8) + drawn(2, "500") + drawn(0x1E, "6 万元"), 1, ("500", "6 万元")),
        (drawn(8, flags=0x10), 0, ()),
        (drawn(0x19, "批注 500") + drawn(7, "按钮 5"), 0, ()),
        (biff(0x5D, b"\1\0\0\0\x08\0"), 0, ()),
        (biff(0x5D), 0, ()),
        (drawn(6, "5") + biff(0x1B6), 0, ("5",)),
    ],
)
def test_what_is_drawn_in_xls(tmp_path: Path, records: bytes, pictures: int, boxes: tuple[str, ...]) -> None:
    grid = xls(tmp_path, records)
    assert (grid.pictures, grid.boxes, list(grid.rows[0])) == (pictures, boxes, [5.0])


def test_a_form_in_a_box_whose_text_is_one_line(tmp_path: Path) -> None:
    for grid in (xls(tmp_path, drawn(6, FORM)), ods(tmp_path, shape(FORM)), Grid("S", [], boxes=(FORM,))):
        department = read_department(Book("本", [grid]))
        assert [one.looks_like_form for one in department.unread] == [True]
        assert totals_of_department(department).note
    said = Grid("S", [], boxes=("请在项目绩效目标表里填写 项目名称 预算数 财政资金",))
    assert [one.looks_like_form for one in read_department(Book("本", [said])).unread] == [False]


def test_a_cell_beside_a_drawing_keeps_its_text(tmp_path: Path) -> None:
    parts = made.ods_parts(f"<table:table-row>{ods_text('甲')}</table:table-row>")
    content = str(parts["content.xml"]).replace("</text:p>", "</text:p>" + shape("500"), 1)
    (grid,) = read_book(saved(tmp_path / "a.ods", zipped(parts | {"content.xml": content}))).grids
    assert (list(grid.rows[0]), grid.boxes) == (["甲"], ("500",))

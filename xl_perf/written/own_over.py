"""What an office's sheet has beside texts and looks: pictures, comments, links; written where the form has them."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.grid import a1
from xl_perf.core.forms.box import Role
from xl_perf.core.forms.layout import Layout
from xl_perf.core.forms.own_formulas import is_written
from xl_perf.core.forms.own_sheet import OwnSheet
from xl_perf.sheets.cells import unix_lines
from xl_perf.sheets.texts import clean
from xl_perf.written.own_conditions import lost_conditions
from xl_perf.written.own_drawings import EMU, Corner, Picture, sentence
from xl_perf.written.own_look import PADDING, PER_CHARACTER, OwnLook, look_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_PER_POINT: Final = 96 / 72
_LONGEST_COMMENT: Final = 2000
"""Characters of a comment that is taken over."""
_BESIDE: Final = "表右边的图片"
_FORMULAS: Final = "指标表里的公式，和用到别的工作表、名称或少见的函数的公式"
_MOST: Final = 5


def own_pictures(sheet: "Worksheet", look: OwnLook, layout: Layout) -> None:
    """Puts the pictures of the 样表 at the cells that they had there; they keep their size where rows grow."""
    from xlsxwriter.image import Image

    for one in look.drawn.pictures:
        row, column, right, down = one.begin
        width, height = size_of(one, look)
        if column >= layout.kind.width or not (width and height):
            continue
        image = Image(io.BytesIO(one.data))
        natural = image.width * 96 / image.x_dpi, image.height * 96 / image.y_dpi
        options = {
            "x_offset": right / EMU,
            "y_offset": down / EMU,
            "x_scale": width / natural[0],
            "y_scale": height / natural[1],
            "object_position": one.moves,
            **({"description": one.text} if one.text else {"decorative": True}),
        }
        sheet.insert_image(_row(layout, row), column, image, options)


def _row(layout: Layout, source: int) -> int:
    """Where a row of the 样表 is; those below its last one are as far below the form's."""
    assert layout.own is not None
    beyond = source - len(layout.own.texts)
    if beyond >= 0:
        return len(layout.rows) + beyond
    return next((at for at, one in enumerate(layout.rows) if one >= source), len(layout.rows))


def size_of(picture: Picture, look: OwnLook) -> tuple[float, float]:
    """Width and height in pixels."""
    if picture.end is None:
        return picture.size[0] / EMU, picture.size[1] / EMU
    (right, bottom), (left, top) = _corner(picture.end, look), _corner(picture.begin, look)
    return max(right - left, 0), max(bottom - top, 0)


def _corner(corner: Corner, look: OwnLook) -> tuple[float, float]:
    """Pixels from the sheet's first cell."""
    row, column, right, down = corner
    return sum(_widths(look, column)) + right / EMU, sum(_heights(look, row)) + down / EMU


def _widths(look: OwnLook, columns: int) -> Iterator[float]:
    for column in range(columns):
        width = look.widths[column] if column < len(look.widths) else look.widths[-1] if look.widths else 0
        yield 0 if look.columns.get(column, {}).get("hidden") or not width else width * PER_CHARACTER + PADDING


def _heights(look: OwnLook, rows: int) -> Iterator[float]:
    for row in range(rows):
        is_hidden = look.rows.get(row, {}).get("hidden")
        yield 0 if is_hidden else look.heights.get(row, look.height) * _PER_POINT


def own_comments(sheet: "Worksheet", look: OwnLook, layout: Layout) -> None:
    """Writes the comments on the cells of the 样表, once where its rows are copied."""
    seen = set()
    for box in layout.boxes:
        top, left = (box.look or box.area)[:2]
        comment = look.sheet.cell(top + 1, left + 1).comment
        if comment is None or (top, left) in seen:
            continue
        seen.add((top, left))
        size = {key: value for key, value in (("width", comment.width), ("height", comment.height)) if value}
        said = unix_lines(clean(str(comment.text)))[:_LONGEST_COMMENT]
        sheet.write_comment(*box.area[:2], said, {"author": clean(comment.author or ""), **size})


def link_of(look: OwnLook, box: Any) -> str:
    """Where a printed text leads, outside the workbook; empty for none."""
    if box.role is Role.INPUT:
        return ""
    top, left = (box.look or box.area)[:2]
    link = look.sheet.cell(top + 1, left + 1).hyperlink
    return str(link.target) if link is not None and link.target and str(link.target).startswith(_LINKS) else ""


_LINKS: Final = ("http://", "https://", "mailto:")


def _lost_lists(look: OwnLook) -> Iterator[str]:
    """The cells with a drop-down whose choices are nowhere in the 样表, or too many to be written into it."""
    for rule in look.sheet.data_validations.dataValidation:
        areas = list(rule.sqref.ranges) if rule.type == "list" else []
        if areas and (areas[0].min_row - 1, areas[0].min_col - 1) not in look.lists:
            yield a1(areas[0].min_row - 1, areas[0].min_col - 1)


def not_carried_from(sheet: OwnSheet) -> Iterator[str]:
    """A sentence on what forms made of a 样表 lack; none where they lack nothing. Raises `FormError`."""
    look = look_of(sheet)
    if look is None:
        return
    formulas = [a1(row, column) for row, column, formula in sheet.formulas if not is_written(sheet, row, formula)]
    beside = sum(one.begin[1] >= len(look.widths) for one in look.drawn.pictures)
    lost = [*look.drawn.lost, *lost_conditions(look), *([f"{_BESIDE} {beside} 张"] if beside else [])]
    if lists := list(_lost_lists(look)):
        lost.append(f"选项在别处的下拉（{'、'.join(lists[:_MOST])}）")
    if formulas:
        more = f"等 {len(formulas)} 格" if len(formulas) > _MOST else ""
        lost.append(f"{_FORMULAS}（{'、'.join(formulas[:_MOST])}{more}）")
    if lost:
        yield sentence(f"样表 {Path(sheet.source).name} ", lost)

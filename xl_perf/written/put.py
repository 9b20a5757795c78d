"""Writing into a cell or merged area of a sheet: text stays text, formulas carry their result."""

from typing import TYPE_CHECKING

from xl_perf.core.cells.grid import Area
from xl_perf.sheets.cells import Content, Formula, unix_lines
from xl_perf.sheets.texts import EMPTY_RESULT, clean

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


def put(sheet: "Worksheet", area: Area, content: Content, style: "Format") -> None:
    """Writes a cell, merged if the area has several. A text is never taken for a formula or a number."""
    top, left, bottom, right = area
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", style)
    if isinstance(content, Formula):
        result = content.result
        stored = (clean(result) or EMPTY_RESULT) if isinstance(result, str) else result
        sheet.write_formula(top, left, content.text, style, stored)
    elif isinstance(content, str):
        sheet.write_string(top, left, unix_lines(clean(content)), style)
    elif content is not None:
        sheet.write_number(top, left, content, style)
    elif (top, left) == (bottom, right):
        sheet.write_blank(top, left, None, style)

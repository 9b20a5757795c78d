"""Writing into a cell or merged area of a sheet: text stays text, formulas carry their result."""

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

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


def put_value(
    sheet: "Worksheet", area: Area, value: object, style: "Format", parts: "Callable[[object], Sequence[Any] | None]"
) -> None:
    """Writes what another workbook's cell holds that is no plain text: a number, a date, a text in several types.

    ``parts`` gives the fragments of such a text, formats before them; None for what is none.
    """
    top, left, bottom, right = area
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", style)
    fragments = parts(value)
    if fragments is not None:
        sheet.write_rich_string(top, left, *fragments, style)
    elif isinstance(value, bool):
        sheet.write_boolean(top, left, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(top, left, value, style)
    elif isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        sheet.write(top, left, value, style)
    else:
        sheet.write_string(top, left, unix_lines(clean(str(value))), style)

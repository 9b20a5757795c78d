"""What stands above every list: title, a line of text, the header row; and the page that it prints on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xl_perf.sheets.lists import FIRST_ROW, HEAD_ROW, HEADER_ROW, TITLE_ROW, Column
from xl_perf.sheets.texts import clean
from xl_perf.written.page import landscape_page
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TITLE, _SAID, _HEADER, _TWO_LINES = 34, 22, 24, 36
_RIGHT = 3
"""Columns that a text at the right end of the line takes."""


def write_list_head(
    sheet: "Worksheet",
    styles: Styles,
    title: str,
    said: str,
    columns: Sequence[Column],
    right: str = "",
    note: str = "",
) -> float:
    """Writes the rows above a list (top to bottom, for streamed sheets) and sets the page up; gives their height.

    ``said`` is the line below the title, ``right`` its other end, such as 单位：万元. ``note`` stands below ``said``,
    so that nobody overlooks it.
    """
    last = len(columns) - 1
    two_lines = any("\n" in column.label for column in columns)
    heights = _TITLE, _TWO_LINES if note else _SAID, _TWO_LINES if two_lines else _HEADER
    for row, height in zip((TITLE_ROW, HEAD_ROW, HEADER_ROW), heights, strict=True):
        sheet.set_row(row, height)
    put(sheet, (TITLE_ROW, 0, TITLE_ROW, last), title, styles("title"))
    place = (HEAD_ROW, 0, HEAD_ROW, last - _RIGHT if right else last)
    if note:
        plain = styles("plain", text_wrap=True)
        put(sheet, place, "", plain)
        sheet.write_rich_string(HEAD_ROW, 0, plain, f"{clean(said)}\n", styles("missing"), clean(note), plain)
    else:
        put(sheet, place, said, styles("plain"))
    if right:
        put(sheet, (HEAD_ROW, last - _RIGHT + 1, HEAD_ROW, last), right, styles("plain", align="right"))
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(HEADER_ROW, at, column.label, styles("header"))
    sheet.freeze_panes(FIRST_ROW, 0)
    landscape_page(sheet, TITLE_ROW, HEADER_ROW, len(columns))
    return sum(heights)

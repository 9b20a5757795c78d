"""What stands above every list: title, a line of text, the header row; and the page that it prints on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xl_perf.sheets.lists import FIRST_ROW, HEAD_ROW, HEADER_ROW, TITLE_ROW, Column
from xl_perf.written.page import landscape_page
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TITLE, _SAID, _HEADER, _TWO_LINES = 34, 22, 24, 36
HEAD_HEIGHT = _TITLE + _SAID + _TWO_LINES
"""Points of the three rows, with headings of two lines."""
_RIGHT = 3
"""Columns that a text at the right end of the line takes."""


def write_list_head(
    sheet: "Worksheet", styles: Styles, title: str, said: str, columns: Sequence[Column], right: str = ""
) -> None:
    """Writes the rows above a list (top to bottom, for streamed sheets) and sets the page up.

    ``said`` is the line below the title, ``right`` its other end, such as 单位：万元.
    """
    last = len(columns) - 1
    two_lines = any("\n" in column.label for column in columns)
    for row, height in ((TITLE_ROW, _TITLE), (HEAD_ROW, _SAID), (HEADER_ROW, _TWO_LINES if two_lines else _HEADER)):
        sheet.set_row(row, height)
    put(sheet, (TITLE_ROW, 0, TITLE_ROW, last), title, styles("title"))
    put(sheet, (HEAD_ROW, 0, HEAD_ROW, last - _RIGHT if right else last), said, styles("plain"))
    if right:
        put(sheet, (HEAD_ROW, last - _RIGHT + 1, HEAD_ROW, last), right, styles("plain", align="right"))
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(HEADER_ROW, at, column.label, styles("header"))
    sheet.freeze_panes(FIRST_ROW, 0)
    landscape_page(sheet, TITLE_ROW, HEADER_ROW, len(columns))

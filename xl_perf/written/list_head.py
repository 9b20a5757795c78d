"""What stands above every list: title, a line of text, the header row; and the page that it prints on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xl_perf.sheets.lists import FIRST_ROW, HEAD_ROW, HEADER_ROW, PEOPLE, TITLE_ROW, Column, columns_in_sight
from xl_perf.sheets.looks import MISSING_FILL
from xl_perf.sheets.texts import clean, row_height
from xl_perf.written.page import landscape_page
from xl_perf.written.put import put
from xl_perf.written.stream import StreamedSheet
from xl_perf.written.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TITLE, _SAID, _HEADER, _TWO_LINES = 32, 22, 24, 36
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
) -> None:
    """Writes the rows above a list (top to bottom, for streamed sheets) and sets the page up.

    ``said`` is the line below the title, ``right`` its other end, such as 单位：万元. ``note`` stands below ``said``,
    so that nobody overlooks it. Both may have several lines. On a sheet wider than a screen the title begins at the
    left, and a text of several lines ends where the screen does.
    """
    lines = f"{said}\n{note}".rstrip("\n").count("\n") + 1
    last = len(columns) - 1
    in_sight = columns_in_sight([column.width for column in columns])
    is_wide = in_sight <= last
    end = len(columns) - (_RIGHT if right else 0)
    if is_wide and lines > 1:
        end = min(end, in_sight)
    sheet.set_row(TITLE_ROW, _TITLE)
    width = sum(column.width for column in columns[:end])
    sheet.set_row(HEAD_ROW, row_height([(f"{said}\n{note}".strip(), width)], _TWO_LINES) if lines > 1 else _SAID)
    put(sheet, (TITLE_ROW, 0, TITLE_ROW, last), title, styles("title", align="left") if is_wide else styles("title"))
    place = (HEAD_ROW, 0, HEAD_ROW, end - 1)
    if note:
        plain = styles("plain", text_wrap=True)
        put(sheet, place, "", plain)
        sheet.write_rich_string(HEAD_ROW, 0, plain, f"{clean(said)}\n", styles("missing"), clean(note), plain)
    else:
        put(sheet, place, said, styles("plain", text_wrap=True) if lines > 1 else styles("plain"))
    if right:
        put(sheet, (HEAD_ROW, last - _RIGHT + 1, HEAD_ROW, last), right, styles("plain", align="right"))
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    write_headings(sheet, styles, HEADER_ROW, columns)
    sheet.freeze_panes(FIRST_ROW, 0)
    landscape_page(sheet, TITLE_ROW, HEADER_ROW, len(columns))
    if isinstance(sheet, StreamedSheet):
        sheet.labels = [column.label for column in columns if column.key != PEOPLE]


def write_headings(sheet: "Worksheet", styles: Styles, row: int, columns: Sequence[Column]) -> None:
    """A row of headings; a summary has one above its total and one above its list."""
    sheet.set_row(row, _TWO_LINES if any("\n" in column.label for column in columns) else _HEADER)
    for at, column in enumerate(columns):
        style = styles("header", bg_color=MISSING_FILL) if column.key == PEOPLE else styles("header")
        sheet.write_string(row, at, clean(column.label), style)

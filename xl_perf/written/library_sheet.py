"""指标库: indicators to be picked from. Everything below the headings is the department's to change."""

from collections.abc import Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.actions import ACTIONS
from xl_perf.core.workbook.library import LibraryRow
from xl_perf.core.workbook.sheets import LIBRARY_SHEET
from xl_perf.sheets.button_looks import ACROSS_LIBRARY
from xl_perf.sheets.library_columns import CHOSEN_FOR_COLUMN, COLUMNS, TICK
from xl_perf.sheets.lists import FIRST_ROW, HEAD_ROW, HEADER_ROW, TITLE_ROW
from xl_perf.sheets.looks import LINE, TEXT
from xl_perf.sheets.texts import row_height
from xl_perf.written.button_shapes import place_buttons
from xl_perf.written.list_head import write_headings
from xl_perf.written.page import landscape_page
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

WITH_BUTTONS: Final = (
    "在“选用”栏打√，转到项目表按“选用指标”，填进该表的空行。XX 换成本项目的数。这张表可以自己增、删、改，程序不改动。"
)
WITHOUT_BUTTONS: Final = "填项目表时参考，内容可以复制过去。XX 换成本项目的数。这张表可以自己增、删、改，程序不改动。"
_SPARE: Final = 500
"""Rows below the list that have its drop-down and filter."""
_ZOOM: Final = 80
_LEFT: Final = frozenset({"level3", "description", "source"})


def write_library(sheet: Worksheet, styles: Styles, rows: Sequence[LibraryRow], *, macros: bool) -> None:
    """Writes the list with its headings. It is not protected, so that rows can be deleted and sorted."""
    last = len(COLUMNS) - 1
    looks = [styles("plain", num_format=TEXT, text_wrap=True, align=_align(column.key)) for column in COLUMNS]
    for at, (column, look) in enumerate(zip(COLUMNS, looks, strict=True)):
        sheet.set_column(at, at, column.width, look)
    plain = styles("plain")
    sheet.set_row(TITLE_ROW, 32)
    sheet.set_row(HEAD_ROW, 22)
    put(sheet, (TITLE_ROW, 0, TITLE_ROW, last), LIBRARY_SHEET, styles("title"))
    put(sheet, (HEAD_ROW, 0, HEAD_ROW, CHOSEN_FOR_COLUMN - 1), WITH_BUTTONS if macros else WITHOUT_BUTTONS, plain)
    put(sheet, (HEAD_ROW, CHOSEN_FOR_COLUMN, HEAD_ROW, last), "", styles("plain", align="right", bold=True))
    write_headings(sheet, styles, HEADER_ROW, COLUMNS)
    for row, indicator in enumerate(rows, FIRST_ROW):
        texts = ("", *indicator)
        sheet.set_row(row, row_height(zip(texts, (column.width for column in COLUMNS), strict=True)))
        for at, (text, look) in enumerate(zip(texts, looks, strict=True)):
            put(sheet, (row, at, row, at), text or None, look)
    end = FIRST_ROW + len(rows) + _SPARE
    sheet.autofilter(HEADER_ROW, 0, end, last)
    sheet.data_validation(FIRST_ROW, 0, end, 0, {"validate": "list", "source": [TICK], "show_error": False})
    lines = styles.mark("listed", border=1, border_color=LINE)
    listed = {"type": "formula", "criteria": f'=$E{FIRST_ROW + 1}<>""', "format": lines}
    sheet.conditional_format(FIRST_ROW, 0, end, last, listed)
    picked = {"type": "formula", "criteria": f'=$A{FIRST_ROW + 1}<>""', "format": styles.mark("good")}
    sheet.conditional_format(FIRST_ROW, 0, end, last, picked)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_zoom(_ZOOM)
    landscape_page(sheet, TITLE_ROW, HEADER_ROW, len(COLUMNS))
    sheet.print_area(0, 0, FIRST_ROW + max(len(rows), 1) - 1, last)
    if macros:
        place_buttons(sheet, [action for action in ACTIONS if action.on_library], last + 1, across=ACROSS_LIBRARY)


def _align(key: str) -> str:
    return "left" if key in _LEFT else "center"

"""Form-control buttons right of what a sheet holds, in rows of equal ones.

They are not printed (XlsxWriter says so in their VML). All stand within one column: programs that lack the workbook's
font make columns broader, would stretch a button that reaches over their borders, and a second column would begin off
a small screen.
"""

from collections.abc import Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.actions import Action
from xl_perf.sheets.button_looks import HEIGHT, SIDE_GAP, WIDTH, offset

MODULE: Final = "XlPerf"
"""The VBA module that holds the Subs."""


def place_buttons(sheet: Worksheet, actions: Sequence[Action], column: int, across: int) -> None:
    """Places a button per action from the top of the column on, ``across`` in a row."""
    sheet.set_column_pixels(column, column, across * (WIDTH + SIDE_GAP) + 1)
    for number, action in enumerate(actions):
        right, down = offset(number, across)
        sheet.insert_button(
            0,
            column,
            {
                "macro": f"{MODULE}.{action.sub}",
                "caption": action.caption,
                "description": action.tip,
                "width": WIDTH,
                "height": HEIGHT,
                "x_offset": right,
                "y_offset": down,
            },
        )

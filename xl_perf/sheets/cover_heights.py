"""The list of projects on 首页: the widths of its columns, and how high a row is for code and name to show whole."""

from typing import Final

from xl_perf.sheets.texts import row_height

WIDTHS: Final = (6, 10, 26, 30, 14, 12)
"""Of the columns of 首页, in characters of the default font; codes of projects have up to 24."""
SHEET, CODE, NAME = 1, 2, 3
"""Columns of the list; the code's is hidden in books whose forms have none, and the name's takes its room."""
LEAST: Final = 23.0


def of_project(sheet: str, code: str, name: str) -> float:
    """The height of a project's row in points."""
    return row_height([(sheet, WIDTHS[SHEET]), (code, WIDTHS[CODE]), (name, WIDTHS[NAME])], LEAST)

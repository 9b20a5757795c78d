"""How the buttons on sheets look and where they stand, whoever puts them there: XlsxWriter, or LibreOffice anew."""

from typing import Final

from xl_perf.sheets.looks import FONT

WIDTH, HEIGHT, GAP = 104, 25, 3
"""Pixels. Four rows of buttons stand beside a form's first two rows, which stay in sight when it is scrolled."""
SIDE_GAP: Final = 5
"""Pixels left of a button."""
ACROSS: Final = 2
"""Buttons in a row beside 首页 and the forms."""
ACROSS_LIBRARY: Final = 1
"""The same beside 指标库."""
LETTERS: Final = FONT
POINTS: Final = 10.0
FACE, TEXT = 0xECE9D8, 0x000000
"""As LibreOffice shows Excel's buttons."""


def offset(number: int, across: int) -> tuple[int, int]:
    """Pixels right of and below the corner in which the buttons begin, of the one with that number from 0."""
    down, right = divmod(number, across)
    return SIDE_GAP + right * (WIDTH + SIDE_GAP), GAP + down * (HEIGHT + GAP)

"""整体绩效目标: the widths of its columns, and how high its rows are for every text to show whole. Points."""

from typing import Final

from xl_perf.sheets.texts import lines_needed

WIDTHS: Final = (6, 20, 18, 20, 12, 21)
"""Of its columns, in characters of the default font."""
LEAST: Final = 23.0
"""Of a row with one line."""
LINE: Final = 15.5
_PADDING: Final = 7.0
_INDENT: Final = 1.5


def of_text(text: str | None, left: int, right: int) -> float:
    """What a wrapped text needs in the columns from ``left`` to ``right``; 0 for none."""
    return lines_needed(text, sum(WIDTHS[left : right + 1]) - _INDENT) * LINE + _PADDING if text else 0

"""How high a form's rows are: every text shows whole, in merged cells too, which never fit themselves. Points."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.grid import Area
from xl_perf.sheets.texts import lines_needed

HEAD: Final[Mapping[int, float]] = {0: 54, 1: 32, 2: 32, 3: 42}
"""The least of the first rows: title, code and name, amounts, purpose."""
GOAL, HEADER, INDICATOR, PLAN = 32.0, 28.0, 31.0, 27.0
"""The least of rows of goals, the table's header, indicators, the spending plan."""
INDENT: Final = 1.5
"""Characters that the indent of a text takes."""
_LINE, _PADDING, _HIGHEST = 15.5, 9.0, 400.0


def of_text(text: str, width: float) -> float:
    """What a wrapped text needs in a column, or columns together, of so many characters."""
    return lines_needed(text, width) * _LINE + _PADDING


def spread(least: Sequence[float], needed: Iterable[tuple[Area, float]]) -> list[float]:
    """The rows' heights, at least ``least``; what an area lacks is shared by its rows. Areas of one row come first."""
    heights = list(least)
    for (top, _, bottom, _), height in sorted(needed, key=lambda one: one[0][2] - one[0][0]):
        lacking = height - sum(heights[top : bottom + 1])
        if lacking > 0:
            for row in range(top, bottom + 1):
                heights[row] += lacking / (bottom - top + 1)
    return [min(height, _HIGHEST) for height in heights]

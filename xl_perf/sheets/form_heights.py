"""How high a form's rows are: every text shows whole, in merged cells too, which never fit themselves. Points."""

from collections.abc import Iterable, Sequence
from typing import Final

from xl_perf.core.cells.grid import Area
from xl_perf.core.forms.box import Box, Role
from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.layout import Layout
from xl_perf.sheets.texts import HIGHEST, lines_needed

TITLE, YEAR, GOAL, HEADER, INDICATOR, PLAN = 54.0, 22.0, 32.0, 28.0, 31.0, 27.0
"""The least of a row with the title, the year, a goal, the table's header, an indicator, the spending plan."""
GOALS: Final = 96.0
"""What goals without numbers have together at least."""
_FIELD, _LONG_TEXT = 32.0, 42.0
INDENT: Final = 1.5
"""Characters that the indent of a text takes."""
_LINE, _PADDING = 15.5, 9.0
_CLOSE: Final = (1.2, 1.5)
"""Heights of a line in parts of its type, of a text of one line and of two."""
_NOTE_LINE, _NOTE_PADDING = 12.5, 4.0
_NOTE_CHARACTERS: Final = 1.1
"""Of the smaller type so many stand in the room of one."""
_NARROW: Final = 40
_SPARE: Final = 2
"""Characters that a line may lack where a text takes several: no line begins with a comma or parts a figure."""
MOST_LINES: Final = int((HIGHEST - _PADDING) // _LINE)
"""Of a text in a row as high as Excel lets it be."""


def of_field(value: Value) -> float:
    """The least of a row with a field of that value."""
    return _LONG_TEXT if value is Value.LONG_TEXT else _FIELD


def of_goal(goals: int, *, numbered: bool) -> float:
    """The least of a goal's row, where a form has so many of them."""
    return GOAL if numbered else max(GOAL, GOALS / max(goals, 1))


def least_of(layout: Layout) -> list[float]:
    """The least of every row of a form, by what stands in it."""
    found: dict[int, float] = {}
    for box in layout.boxes:
        least = _least(layout, box)
        if least is not None:
            found[box.area[0]] = max(least, found.get(box.area[0], 0))
    return [found.get(row, INDICATOR) for row in range(layout.last_row + 1)]


def _least(layout: Layout, box: Box) -> float | None:
    """What a box asks of its row; None for nothing."""
    if box.role is Role.TITLE:
        return TITLE
    if box.role is Role.YEAR:
        return YEAR
    if box.key in layout.kind.place and box.value is not None:
        return of_field(box.value)
    if box.key.startswith(("month:", "percent")):
        return PLAN
    if box.key == "goal":
        return of_goal(layout.goals, numbered=layout.kind.numbers_goals)
    return HEADER if box.key == "level1:label" else None


_SIZE: Final = 10.5
"""Points of the type in our own forms."""


def of_text(text: str, width: float, size: float = _SIZE) -> float:
    """What a wrapped text of so many points needs in a column, or columns together, of so many characters."""
    return _lines(text, width, size) * _LINE * size / _SIZE + _PADDING


def of_own_text(text: str, width: float, size: float = _SIZE) -> float:
    """The same on an office's own sheet: a line or two stand in a row as spreadsheet programs fit it, or in that which
    the office has set. More lines have the usual room, for their number may be wrong by one.
    """
    lines = _lines(text, width, size)
    if lines > len(_CLOSE):
        return of_text(text, width, size)
    return lines * _CLOSE[lines - 1] * size


def _lines(text: str, width: float, size: float) -> int:
    width = width * _SIZE / size
    lines = lines_needed(text, width)
    if lines > 1 and width > _NARROW:
        lines = lines_needed(text, width - _SPARE)
    return lines


def of_note(text: str, width: float) -> float:
    """What a text in the smaller type beside a form needs in a column of so many characters."""
    return lines_needed(text, width * _NOTE_CHARACTERS) * _NOTE_LINE + _NOTE_PADDING


def spread(least: Sequence[float], needed: Iterable[tuple[Area, float]]) -> list[float]:
    """The rows' heights, at least ``least``; what an area lacks is shared by its rows. Areas of one row come first."""
    heights = list(least)
    for (top, _, bottom, _), height in sorted(needed, key=lambda one: one[0][2] - one[0][0]):
        lacking = height - sum(heights[top : bottom + 1])
        if lacking > 0:
            for row in range(top, bottom + 1):
                heights[row] += lacking / (bottom - top + 1)
    return [min(height, HIGHEST) for height in heights]

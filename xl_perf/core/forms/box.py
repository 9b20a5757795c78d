"""The boxes that forms are drawn of, and the rows of their first levels. Rows and columns count from 0."""

from enum import StrEnum
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area
from xl_perf.core.forms.kind import Value

BLANK_LABEL: Final = "\u2002"
"""An en space: what the Word text holds for a first level that is blank on purpose, lest the one above be taken."""
YEAR_UNKNOWN: Final = "    "
YEAR_PATTERN: Final = "（{}年度）"
"""The line with the year on official forms; {} stands for the year."""

HOME_LINK: Final = "返回首页"
"""Right of every form of ours, in its first row, above its state; of a list the projects' numbers stand left of it."""


class Role(StrEnum):
    """What a box is for: the title, the line with the year, a printed label, or something that a person fills in."""

    TITLE = "title"
    YEAR = "year"
    LABEL = "label"
    INPUT = "input"


class Box(NamedTuple):
    """A cell or merged area. ``item`` counts goals, checkpoints and indicators; a spare row's is None.

    On an office's own sheet ``look`` is the area of the 样表 that it looks like.
    """

    role: Role
    key: str
    area: Area
    text: str = ""
    """What is printed in a label, or prefilled in an input."""
    value: Value | None = None
    item: int | None = None
    at_left: bool = False
    """A label that is printed with its spaces, from the left: they say what belongs to what."""
    look: Area | None = None
    around: tuple[str, str] = ("", "")
    """What an input prints before and behind what is filled in."""
    unit: str = "万元"
    """What an amount counts in there."""
    is_open: bool = False
    """Of a label: people may write there, though nobody reads it."""
    is_carried: bool = False
    """Of an open label: its text is no print, but what somebody typed in that cell, which nobody reads."""
    is_typed: bool = False
    """Of a printed line: its text has what somebody typed behind its label: 填表人：王芳."""
    room: str = ""
    """What an input prints where nothing is filled in: a line to write on, boxes to tick."""
    formula: str = ""
    """What an office's own form works out there, of its own cells: D9+D10."""


class BranchRows(NamedTuple):
    """The rows of the sheet that a first level covers; both ends belong to it."""

    branch: str
    first: int
    last: int


def year_line(year: int | None) -> str:
    """What the line with the year says: ``（2023年度）``, with room to write where nobody knows the year."""
    return YEAR_PATTERN.format(YEAR_UNKNOWN if year is None else year)

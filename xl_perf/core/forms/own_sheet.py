"""The sheet of a 样表 as data: what it prints, what is merged, and which cell is for what.

Its forms are drawn from it (`own_layout`); fonts, colours and widths are read from its file only when one is written.
"""

import re
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area

Cell = tuple[int, int]


_GOAL_LABEL: Final = re.compile(r"目标\s*(?:\d{1,2}|[一二三四五六七八九十])[：:]?")


class Place(NamedTuple):
    """Where something is filled in: its key, its cells, what a cell prints around it, what its amount counts in.

    Of a column of the table the cells are those of the first row of its body.
    """

    key: str
    area: Area
    before: str = ""
    after: str = ""
    unit: str = "万元"


class PrintedGroup(NamedTuple):
    """A first level that the body of the table prints, and the second level of each of its rows.

    A table without a column for first levels is one group without a label.
    """

    label: str
    seconds: tuple[str, ...]


class OwnSheet(NamedTuple):
    """A 样表's sheet. Rows and columns count from 0, from the sheet's first.

    ``texts`` is what each cell prints, blank where it is covered by a merge; ``fields`` are the places of fields,
    ``months`` and ``goals`` those of checkpoints (by their number) and of goals in their order, ``columns`` those of
    the table's columns from left to right. ``header`` is the first row of the table's header; ``body`` the first and
    last row below it. ``problem`` says in Chinese why no form can be written as it looks; empty where one can.
    ``source`` and ``name`` are the file and the sheet from which its looks are read.
    """

    texts: tuple[tuple[str, ...], ...] = ()
    merges: tuple[Area, ...] = ()
    fields: tuple[Place, ...] = ()
    months: tuple[tuple[int, Place], ...] = ()
    goals: tuple[Place, ...] = ()
    columns: tuple[Place, ...] = ()
    groups: tuple[PrintedGroup, ...] = ()
    header: int = 0
    body: tuple[int, int] = (0, 0)
    title: Area | None = None
    year: Area | None = None
    problem: str = ""
    source: str = ""
    name: str = ""
    widths: tuple[float, ...] = ()
    """Of the columns, where somebody has looked: in characters of our default font."""

    @property
    def width(self) -> int:
        """Columns that it has."""
        return len(self.texts[0]) if self.texts else 0

    @property
    def head(self) -> int:
        """Rows above the first one with something to fill in: title, year, unit."""
        return min((place.area[0] for place in (*self.fields, *self.goals)), default=0)

    @property
    def has_first_levels(self) -> bool:
        """The body of its table prints first levels."""
        return any(group.label for group in self.groups)

    @property
    def numbers_goals(self) -> bool:
        """It prints 目标1, 目标2 … beside the places of goals."""
        rows = {row for place in self.goals for row in range(place.area[0], place.area[2] + 1)}
        return any(_GOAL_LABEL.fullmatch(text.strip()) for row in rows for text in self.texts[row])

    @property
    def first_input(self) -> Cell:
        """The first cell to fill in."""
        return min((place.area[:2] for place in (*self.fields, *self.goals)), default=(0, 0))

"""The sheet of a 样表 as data: what it prints, what is merged, and which cell is for what.

Its forms are drawn from it (`own_layout`); fonts, colours and widths are read from its file only when one is written.
"""

import re
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area
from xl_perf.core.forms.branches import branch_key

Cell = tuple[int, int]


_GOAL_LABEL: Final = re.compile(r"目标\s*(?:\d{1,2}|[一二三四五六七八九十])[：:]?")


class Place(NamedTuple):
    """Where something is filled in: its key, its cells, what a cell prints around it, what its amount counts in.

    ``room`` is printed where nothing is filled in: a line, boxes to tick. Of a column of the table the cells are those
    of the first row of its body.
    """

    key: str
    area: Area
    before: str = ""
    after: str = ""
    unit: str = "万元"
    room: str = ""


class PrintedGroup(NamedTuple):
    """A first level that the body of the table prints, and the second level of each of its rows.

    A table without a column for first levels is one group without a label.
    """

    label: str
    seconds: tuple[str, ...]


class PrintedTable(NamedTuple):
    """A table of indicators: the first row of its header, the first and the last row below it, and its first levels.

    ``groups`` is empty where it prints no levels.
    """

    header: int
    first: int
    last: int
    groups: tuple[PrintedGroup, ...] = ()

    @property
    def rows(self) -> int:
        """Rows below its header."""
        return self.last - self.first + 1


class OwnSheet(NamedTuple):
    """A 样表's sheet. Rows and columns count from 0, from the sheet's first.

    ``texts`` is what each cell prints, blank where it is covered by a merge; ``fields`` are the places of fields,
    ``months`` and ``goals`` those of checkpoints (by their number) and of goals in their order, ``columns`` those of
    the tables' columns from left to right: those below each other (长期绩效指标, 年度绩效指标) have the same.
    ``problem`` says in Chinese why no form can be written as it looks; empty where one can.
    ``source`` and ``name`` are the file and the sheet from which its looks are read.
    """

    texts: tuple[tuple[str, ...], ...] = ()
    merges: tuple[Area, ...] = ()
    fields: tuple[Place, ...] = ()
    months: tuple[tuple[int, Place], ...] = ()
    goals: tuple[Place, ...] = ()
    columns: tuple[Place, ...] = ()
    tables: tuple[PrintedTable, ...] = ()
    title: Area | None = None
    year: Area | None = None
    problem: str = ""
    source: str = ""
    name: str = ""
    widths: tuple[float, ...] = ()
    """Of the columns, where somebody has looked: in characters of our default font."""
    pictures: int = 0
    """That lie on it: its forms have as many."""
    formulas: tuple[tuple[int, int, str], ...] = ()
    """What it prints as formulas: row, column, formula. Its texts have nothing there."""
    goal_periods: tuple[str, ...] = ()
    """What the places of goals are for, one each: `goal_places.WHOLE`, `goal_places.YEAR`, or empty."""

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
        """The bodies of its tables print first levels."""
        return any(group.label for table in self.tables for group in table.groups)

    @property
    def header(self) -> int:
        """The first row of the header of the first table; a list has but one."""
        return self.tables[0].header

    @property
    def body(self) -> tuple[int, int]:
        """The first and the last row below it."""
        return self.tables[0].first, self.tables[0].last

    def table_at(self, row: int) -> PrintedTable | None:
        """The table to whose body a row belongs."""
        return next((table for table in self.tables if table.first <= row <= table.last), None)

    def prints_levels(self, level1: str, level2: str) -> bool:
        """It prints a second level under a first one, so that nobody who fills it in can write another."""
        first, second = _bare(level1), _bare(level2)
        groups = [group for table in self.tables for group in table.groups if _bare(group.label) in {first, ""}]
        return bool(second) and any(second in map(_bare, group.seconds) for group in groups)

    def prints_first(self, level1: str) -> bool:
        """It prints a first level, whatever official texts call theirs: 决策, 过程."""
        first = _bare(level1)
        return bool(first) and any(first == _bare(group.label) for table in self.tables for group in table.groups)

    def has_room_for(self, branch: str, second: str = "") -> bool:
        """It prints a first level, and a second level below it, by their plain names; or leaves them to whoever fills
        it in.
        """
        groups = [group for table in self.tables for group in table.groups if group.label]
        own = [group for group in groups if branch_key(group.label) == branch]
        seconds = {branch_key(one) for group in own for one in group.seconds}
        return (bool(own) or not groups) and (not second or "" in seconds or not seconds or second in seconds)

    @property
    def numbers_goals(self) -> bool:
        """It prints 目标1, 目标2 … beside the places of goals."""
        rows = {row for place in self.goals for row in range(place.area[0], place.area[2] + 1)}
        return any(_GOAL_LABEL.fullmatch(text.strip()) for row in rows for text in self.texts[row])

    @property
    def first_input(self) -> Cell:
        """The first cell to fill in."""
        return min((place.area[:2] for place in (*self.fields, *self.goals)), default=(0, 0))


def _bare(text: str) -> str:
    """Without blanks and line breaks: 满意度 指标 is 满意度指标."""
    return "".join(text.split())

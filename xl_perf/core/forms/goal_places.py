"""Where the goals of a form stand: right of 目标n, right of or below 年度目标 and 中期目标, or in rows of their own."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xl_perf.core.cells.grid import CellLine, Scalar
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.frame import Slot
from xl_perf.core.forms.kind import Holds
from xl_perf.core.forms.placing import Placed
from xl_perf.core.forms.slots import slot, slot_right_of

WHOLE: Final = "whole"
YEAR: Final = "year"
"""What a goal is for: the whole time (实施期, 中期, 三年), or the year; empty where its form does not part them."""
WHOLE_GOAL: Final = "whole_goal"
_OF_YEAR: Final = re.compile(r"年度|[本当今]年").search


class GoalPlaces:
    """The goals of one form."""

    def __init__(self, placed: Placed, cells: CellLine) -> None:
        self.placed, self.cells, self.width = placed, cells, cells.width
        self.periods: dict[tuple[int, int], str] = {}
        """What the goals are for, by the first cell of their slots: `WHOLE` or `YEAR`."""

    def both_periods(self) -> dict[tuple[int, int], str]:
        """What the goals are for, of a form that parts them."""
        return self.periods if {WHOLE, YEAR} <= {*self.periods.values()} else {}

    def slots(self) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
        """Right of each 目标n; and the other cells between the part's label and the indicators."""
        placed, goals = self.placed, self.placed.goals
        holds = placed.kind.part_of(Holds.GOALS)
        part = placed.labels.get(holds.key) if holds else None
        if placed.goals_in_text:
            return tuple(slot_right_of(placed, label, self.width) for label in placed.goals_in_text), ()
        if part is None and not goals:
            return (), ()
        across = placed.goals_across()
        if across:
            return (), tuple(self._below(across))
        first = min([*goals, *([part.row] if part else [])])
        stop = max([*goals, first]) + 1 if placed.header_row is None else placed.header_row
        left = placed.label_cells.last_column(part) + 1 if part else placed.left
        named = tuple(slot_right_of(placed, goals[row], self.width) for row in sorted(goals))
        if part is not None:
            own = self.cells.line[part.row * self.width + part.column]
            below = (row for row in range(part.row + 1, stop) if row not in placed.goal_headings)
            stop = next((row for row in below if self._has_heading(row, left, own)), stop)
        rows = [row for row in range(first, stop) if row not in goals]
        return named, tuple(self._rows(rows, left))

    def _below(self, across: Sequence[Label]) -> Iterator[Slot]:
        """The cells of the rows below headings that are as wide as the form, down to the header of the indicators."""
        placed, row = self.placed, across[0].row
        stop = row + 2 if placed.header_row is None else placed.header_row
        for below in range(row + 1, stop):
            for label in across:
                columns = range(label.column, placed.label_cells.last_column(label) + 1)
                yield self._for(label, across, slot((below,), columns, (below, label.column), self.width))

    def _rows(self, rows: list[int], left: int) -> Iterator[Slot]:
        """The cells of rows without 目标n, parted by the headings of the row or of the nearest row with several."""
        placed, parts, above = self.placed, [left], list[Label]()
        for row in rows:
            headings = placed.goal_headings.get(row, [])
            if headings:
                above = headings
                parts = [left] if self._stands_alone(headings, left) else [label.column for label in headings]
                for label in headings:
                    yield self._for(label, headings, slot_right_of(placed, label, self.width))
                continue
            for at, (first, stop) in enumerate(zip(parts, [*parts[1:], placed.right + 1], strict=True)):
                found = slot((row,), range(first, stop), (row, first), self.width)
                yield self._for(above[at], above, found) if above else found

    def _stands_alone(self, headings: Sequence[Label], left: int) -> bool:
        """One heading, and no other text before it in its row, such as a heading that nobody knows."""
        first = headings[0].row * self.width
        before = self.cells.line[first + left : first + headings[0].column]
        return len(headings) == 1 and all(map(is_blank, before))

    def _for(self, heading: Label, beside: Sequence[Label], found: Slot) -> Slot:
        """The slot of a goal that a heading is for, of several that stand in one row."""
        is_of_year = _OF_YEAR(self._text(heading)) is not None
        if not found.columns:
            return found
        if heading.key == WHOLE_GOAL or (not is_of_year and any(_OF_YEAR(self._text(one)) for one in beside)):
            self.periods[found.first] = WHOLE
        elif is_of_year or any(one.key == WHOLE_GOAL for one in beside):
            self.periods[found.first] = YEAR
        return found

    def _text(self, label: Label) -> str:
        return str(self.cells.line[label.row * self.width + label.column])

    def _has_heading(self, row: int, left: int, own: Scalar) -> bool:
        """Something else stands under the part's label, in the columns before ``left``: the part is at its end.

        Not so where the label itself (``own``) stands again, as it does on a further page.
        """
        first = row * self.width
        return not all(is_blank(one) or one == own for one in self.cells.line[first + self.placed.left : first + left])

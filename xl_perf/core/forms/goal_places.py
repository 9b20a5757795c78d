"""Where the goals of a form stand: right of 目标n, right of or below 年度目标 and 中期目标, or in rows of their own."""

from collections.abc import Iterator, Sequence

from xl_perf.core.cells.grid import CellLine, Scalar
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.frame import Slot
from xl_perf.core.forms.kind import Holds
from xl_perf.core.forms.placing import Placed
from xl_perf.core.forms.slots import slot, slot_right_of


class GoalPlaces:
    """The goals of one form."""

    def __init__(self, placed: Placed, cells: CellLine) -> None:
        self.placed, self.cells, self.width = placed, cells, cells.width

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
        left = placed.last_column(part) + 1 if part else placed.left
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
                columns = range(label.column, placed.last_column(label) + 1)
                yield slot((below,), columns, (below, label.column), self.width)

    def _rows(self, rows: list[int], left: int) -> Iterator[Slot]:
        """The cells of rows without 目标n, parted by the headings of the row or of the nearest row with several."""
        placed, parts = self.placed, [left]
        for row in rows:
            headings = placed.goal_headings.get(row, [])
            if headings:
                parts = [left] if len(headings) == 1 else [label.column for label in headings]
                yield from (slot_right_of(placed, label, self.width) for label in headings)
                continue
            for first, stop in zip(parts, [*parts[1:], placed.right + 1], strict=True):
                yield slot((row,), range(first, stop), (row, first), self.width)

    def _has_heading(self, row: int, left: int, own: Scalar) -> bool:
        """Something else stands under the part's label, in the columns before ``left``: the part is at its end.

        Not so where the label itself (``own``) stands again, as it does on a further page.
        """
        first = row * self.width
        return not all(is_blank(one) or one == own for one in self.cells.line[first + self.placed.left : first + left])

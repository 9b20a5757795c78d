"""Which cells the labels of a form take: merged cells, copies where a lost merge was filled, and what stands beside."""

from collections.abc import Mapping

from xl_perf.core.cells.grid import CellLine, Scalar
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.values import to_amount


class LabelCells:
    """Takes the sheet's cells, and the last column of merged cells by their first cell.

    ``in_row`` and ``copies`` grow while the labels are placed.
    """

    def __init__(self, cells: CellLine, merged_to: Mapping[tuple[int, int], int]) -> None:
        self.cells, self.merged_to = cells, merged_to
        self.copies: set[tuple[int, int]] = set()
        """Labels that only repeat the one left of them: a merged label that was unmerged and filled to the right."""
        self.in_row: dict[int, list[int]] = {}
        """Columns of labels by row: where the value right of a label ends."""

    def is_copy(self, label: Label) -> bool:
        """The label repeats the one left of it."""
        return (label.row, label.column) in self.copies

    def text(self, label: Label) -> Scalar:
        """What stands in the cell of a label."""
        return self.cells.line[label.row * self.cells.width + label.column]

    def typed(self, at: tuple[int, int]) -> Scalar:
        """What stands in a cell, which may be right of all others."""
        return self.cells.line[at[0] * self.cells.width + at[1]] if at[1] < self.cells.width else None

    def reads_as(self, one: Label, other: Label) -> bool:
        """The same text, not another wording: 年度目标 right of 总体目标."""
        return self.text(one) == self.text(other)

    def end_of(self, at: tuple[int, int]) -> int:
        """The last column of a cell with what is merged to it."""
        return self.merged_to.get(at, at[1])

    def last_column(self, label: Label) -> int:
        """The last column of the label's merged area, or of its copies where a lost merge was filled."""
        return max(self.merged_to.get((label.row, label.column), label.column), self.last_copy(label))

    def last_copy(self, label: Label) -> int:
        """The last column that reads the same, where a lost merge was filled; its own column where there is no copy."""
        last = label.column
        while (label.row, last + 1) in self.copies:
            last += 1
        return last

    def next_in_row(self, label: Label) -> int | None:
        """The column of the next label in the row; None where there is none."""
        last = self.last_column(label)
        return min((column for column in self.in_row[label.row] if column > last), default=None)

    def is_beside(self, label: Label, other: Label) -> bool:
        """The other stands directly right of the label."""
        return other.row == label.row and self.last_column(label) + 1 == other.column

    def is_above(self, label: Label, other: Label) -> bool:
        """The other stands somewhere below the label, within its width."""
        return label.row < other.row and label.column <= other.column <= self.last_column(label)

    def has_amount(self, label: Label, stop: int | None = None) -> bool:
        """A number stands right of the label, before the column ``stop`` or the next label: it is the label's."""
        first = label.row * self.cells.width
        end = min(stop or self.next_in_row(label) or self.cells.width, self.cells.width)
        cells = self.cells.line[first + self.last_column(label) + 1 : first + end]
        return any(to_amount(typed) is not None for typed in cells)

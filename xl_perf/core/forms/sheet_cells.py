"""The cells of one sheet with what is merged."""

from collections.abc import Iterator, Sequence

from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.cells.values import is_blank

Cell = tuple[int, int]
"""Row and column, from 0."""


class SheetCells:
    """Every row has the same number of cells."""

    def __init__(self, grid: Grid) -> None:
        self.grid, self.cells = grid, CellLine(grid.rows)
        self.merged = {cell: area for area in grid.merges for cell in _cells_of(area)}

    def beside(self, at: Cell) -> Cell | None:
        """The cell right of a label, beyond its merged area; None at the edge."""
        row, column = at
        beside = (row, self.merged[at][3] + 1 if at in self.merged else column + 1)
        return beside if beside[1] < self.cells.width else None

    def left_of(self, at: Cell) -> Cell | None:
        """The cell directly left of one, the first of its merged area; None at the edge."""
        row, column = at
        if column == 0:
            return None
        beside = (row, column - 1)
        return self.merged[beside][:2] if beside in self.merged else beside

    def is_covered(self, at: Cell) -> bool:
        """It is part of a merged area, and not its first cell."""
        return at in self.merged and self.merged[at][:2] != at

    def end_of(self, at: Cell) -> int:
        """The last column of a cell with what is merged to it."""
        return self.merged[at][3] if at in self.merged else at[1]

    def is_copy(self, at: Cell) -> bool:
        """It reads as the cell left of it: a merged area that was unmerged and filled."""
        row, column = at
        return column > 0 and not is_blank(self.typed(at)) and self.typed(at) == self.typed((row, column - 1))

    def typed(self, at: Cell) -> Scalar:
        """What stands in a cell; None beyond the sheet."""
        row, column = at
        is_there = row < len(self.grid.rows) and column < self.cells.width
        return self.cells.line[row * self.cells.width + column] if is_there else None

    def row(self, row: int) -> Sequence[Scalar]:
        """The cells of a row."""
        return self.cells.line[row * self.cells.width : (row + 1) * self.cells.width]


def _cells_of(area: tuple[int, int, int, int]) -> Iterator[Cell]:
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))

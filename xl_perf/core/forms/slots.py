"""Cells in which a value stands, as places in a sheet's line of cells."""

from collections.abc import Sequence

from xl_perf.core.cells.grid import BEYOND, cell_at
from xl_perf.core.cells.labels import Label
from xl_perf.core.forms.frame import Slot
from xl_perf.core.forms.placing import Placed


def slot(rows: Sequence[int], columns: range, blank: tuple[int, int], width: int) -> Slot:
    """Some rows and columns of a sheet of so many columns; ``blank`` is the cell in which a blank value belongs."""
    if not rows or not columns:
        return Slot(rows, columns, blank, blank, BEYOND)
    row, column = rows[0], columns.start
    return Slot(rows, columns, blank, (row, column), cell_at(row, column, width))


def slot_right_of(placed: Placed, label: Label, width: int) -> Slot:
    """Right of a label, up to the next label of its row or the form's right edge; its own cell where it holds both."""
    if placed.shares_cell(label):  # 项目名称：____ with nothing behind it
        return slot((label.row,), range(0), (label.row, label.column), width)
    if placed.in_text.get(label.key) is label or label in placed.goals_in_text:
        return slot((label.row,), range(label.column, label.column + 1), (label.row, label.column), width)
    beside = placed.label_cells.next_in_row(label)
    stop = placed.right + 1 if beside is None else beside
    return slot(
        (label.row,),
        range(placed.label_cells.last_copy(label) + 1, stop),
        (label.row, placed.label_cells.last_column(label) + 1),
        width,
    )

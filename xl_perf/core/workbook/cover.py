"""Reads 首页: who hands the workbook in."""

from typing import Final

from xl_perf.core.cells.entries import amount_entry, text_entry, year_entry
from xl_perf.core.cells.entry import absent
from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.cells.labels import Vocabulary, unit_of_label
from xl_perf.core.cells.organisations import without_stamp
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import is_blank
from xl_perf.core.model.department import Cover
from xl_perf.core.workbook.sheets import COVER_FIELDS

_LABELS: Final = Vocabulary(COVER_FIELDS)
_REACH: Final = 6
"""How many columns right of its label a value may stand."""


def read_cover(grid: Grid | None) -> Cover:
    """The sheet's fields by their labels; absent where there is no such sheet or label."""
    if grid is None:
        return Cover(absent(""), absent(""), absent(""), absent(""), absent(""))
    values: dict[str, tuple[Scalar, str, int, int]] = {}
    places = _LABELS.places(CellLine(grid.rows))
    labels = {(row, column) for _, row, column, _ in places}
    units: dict[str, str] = {}
    for key, row, column, _ in places:
        values.setdefault(key, _right_of(grid, row, column, labels))
        units.setdefault(key, unit_of_label(str(grid.rows[row][column])))
    nothing = absent(grid.sheet)
    department = text_entry(*values["department"]) if "department" in values else nothing
    if department.value is not None:
        department = department._replace(value=without_stamp(department.value) or department.value)
    return Cover(
        department,
        year_entry(*values["year"]) if "year" in values else nothing,
        text_entry(*values["contact"]) if "contact" in values else nothing,
        text_entry(*values["phone"]) if "phone" in values else nothing,
        amount_entry(*values["ceiling"], UNITS[units["ceiling"]]) if "ceiling" in values else nothing,
    )


def _right_of(grid: Grid, row: int, column: int, labels: set[tuple[int, int]]) -> tuple[Scalar, str, int, int]:
    """The first value right of a label, before the next label and within reach."""
    cells = grid.rows[row]
    for at in range(column + 1, min(column + 1 + _REACH, len(cells))):
        if (row, at) in labels:
            break
        if not is_blank(cells[at]):
            return cells[at], grid.sheet, row, at
    return None, grid.sheet, row, column + 1

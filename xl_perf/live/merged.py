"""Merged areas of the open book, as far as they tell where a form's blanks are, and what nobody sees."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from xl_perf.core.cells.grid import Area, CellLine
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.frame import Frame, Slot
from xl_perf.core.forms.kinds import Kinds

if TYPE_CHECKING:
    from xlwings import Sheet

RowAndColumn = tuple[int, int]


def label_areas(sheet: "Sheet", labels: Sequence[Label], kinds: Kinds) -> list[Area]:
    """Merged areas of those labels whose width says where the blank beside or below them is.

    The first label of each key is asked, a dozen per layout, and every 目标n.
    """
    wide = frozenset().union(*(kind.wide for kind in kinds))
    asked: dict[object, RowAndColumn] = {}
    for key, row, column, _ in labels:
        if key == "goal":
            asked[key, row] = row, column
        elif key in wide or key.startswith("month:"):
            asked.setdefault(key, (row, column))
    areas = (area_at(sheet, *place) for place in asked.values())
    return [area for area in areas if area[:2] != area[2:]]


def doubtful_places(cells: CellLine, frames: Iterable[Frame]) -> tuple[RowAndColumn, ...]:
    """The cells of some forms that a merged area may cover: first levels but the first, values out of their place."""
    return tuple(dict.fromkeys(place for frame in frames for place in _doubtful(frame, cells)))


def hiding_areas(sheet: "Sheet", places: Iterable[RowAndColumn]) -> list[Area]:
    """Merged areas that cover some of these cells: a person does not see what stands there. A call for each."""
    areas = ((place, area_at(sheet, *place)) for place in places)
    return list(dict.fromkeys(area for place, area in areas if place != area[:2]))


def _doubtful(frame: Frame, cells: CellLine) -> Iterator[RowAndColumn]:
    months = (slot for _, slot in frame.months)
    for slot in (*frame.slots, *months, *frame.goals, *frame.unnamed_goals):
        if slot is not None:
            place = first_filled(slot, cells)
            if place is not None and place != slot.blank:
                yield place
    above = None
    for row, column in ((row, column) for row in frame.rows for column in frame.texts[0][:1]):
        typed = cells.line[row * cells.width + column] if column < cells.width else None
        if not is_blank(typed) and typed != above:
            if above is not None:
                yield row, column
            above = typed


def first_filled(slot: Slot, cells: CellLine) -> RowAndColumn | None:
    """The first cell of a slot that holds something; None for none."""
    return next(((row, column) for row in slot.rows for column in slot.columns if _is_filled(cells, row, column)), None)


def _is_filled(cells: CellLine, row: int, column: int) -> bool:
    return column < cells.width and not is_blank(cells.line[row * cells.width + column])


def area_at(sheet: "Sheet", row: int, column: int) -> Area:
    """The merged area in which a cell stands; the cell itself where there is none. Rows and columns from 0."""
    area = sheet.range((row + 1, column + 1)).merge_area
    top, left, (rows, columns) = area.row - 1, area.column - 1, area.shape
    return top, left, top + rows - 1, left + columns - 1

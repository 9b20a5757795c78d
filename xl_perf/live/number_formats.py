"""The number formats of amounts in the open book, as far as they tell of money: 99000 shown as 9.9 is 9.9 万元."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from xl_perf.core.cells.grid import CellLine
from xl_perf.core.cells.number_formats import unit_of_format
from xl_perf.core.forms.frame import Frame
from xl_perf.live.merged import RowAndColumn, first_filled

if TYPE_CHECKING:
    from xlwings import Sheet


def amount_formats(sheet: "Sheet", cells: CellLine, frames: Iterable[Frame]) -> Mapping[RowAndColumn, str]:
    """The format codes of the amounts of some forms that name a unit or divide, by row and column.

    A call for each amount that is filled in.
    """
    slots = (frame.slot(field.key) for frame in frames for field in frame.kind.money)
    found: dict[RowAndColumn, str] = {}
    for slot in slots:
        place = None if slot is None else first_filled(slot, cells)
        if place is not None:
            code = sheet.range((place[0] + 1, place[1] + 1)).number_format
            if code and unit_of_format(code) is not None:
                found[place] = code
    return found

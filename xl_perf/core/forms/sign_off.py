"""The line below our own forms in which people sign: 填报人, 审核人, 填报日期.

Of other offices' forms it is a footer and no more.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from xl_perf.core.cells.entries import text_entry
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Area, CellLine, Scalar
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.model.project import SignOff

Cell = tuple[int, int]
WIDTH: Final = 5
"""Columns that the line takes at least, and one more for the date."""
LABELS: Final = ("填报人：", "审核人：", "填报日期：")


def boxes_of(kind: FormKind) -> list[tuple[int, int, int]]:
    """For each label its column, and the first and last column of what is filled in, from the form's left."""
    return [(at, at + 1, kind.width - 1 if at == 4 else at + 1) for at in (0, 2, 4)]


def place_of(cells: CellLine, area: Area) -> Cell | None:
    """Row and column in which the line begins, with all its labels, of the form of that area; None without one."""
    top, left, bottom, right = area
    try:
        at = cells.line.index(LABELS[0], top * cells.width, (bottom + 2) * cells.width)
    except ValueError:
        return None
    row, column = divmod(at, cells.width)
    is_whole = all(label in cells.line[at : (row + 1) * cells.width] for label in LABELS)
    return (row, column) if is_whole and left <= column <= right else None


def sign_off_of(cells: CellLine, sheet: str, area: Area) -> SignOff | None:
    """Who signs the form of that area, as typed; None where it has no such line."""
    place = place_of(cells, area)
    if place is None:
        return None
    (row, column), right = place, area[3]
    values = _values(cells.line[row * cells.width : (row + 1) * cells.width], sheet, row, column, right)
    found = dict(values)
    return SignOff(*(found[label] for label in LABELS)) if found.keys() == set(LABELS) else None


def _values(line: Sequence[Scalar], sheet: str, row: int, left: int, right: int) -> Iterator[tuple[str, Entry[str]]]:
    """What stands right of each label, up to the next one."""
    starts = [column for column in range(left, right + 1) if line[column : column + 1] and line[column] in LABELS]
    for start, stop in zip(starts, [*starts[1:], right + 1], strict=True):
        columns = range(start + 1, min(stop, len(line)))
        at = next((one for one in columns if not is_blank(line[one])), start + 1)
        yield str(line[start]), text_entry(line[at] if at in columns else None, sheet, row, at)

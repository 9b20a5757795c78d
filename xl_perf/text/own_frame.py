"""Which rows of an office's own form stand in its frame on a page of the text, and what is printed above and below."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from xl_perf.core.forms.box import Box, Role
from xl_perf.core.forms.layout import Layout
from xl_perf.core.forms.titles import is_attachment
from xl_perf.text.figures import width_of
from xl_perf.text.typography import BY_ID, CELL_MARGIN
from xl_perf.text.word_table import Cell
from xl_perf.written.own_look import OwnLook


class OwnFrame(NamedTuple):
    """Rows, from 0: ``first`` to ``last`` are those of the table, ``top`` to ``bottom`` those within its lines."""

    first: int
    top: int
    bottom: int
    last: int


def frame_of(layout: Layout, look: OwnLook | None) -> OwnFrame:
    """The lines that the office draws say where the frame is; else it goes from the first input to the table's end.

    Rows outside of it belong to the table where something is filled in there.
    """
    inputs = {row for box in layout.boxes if box.role is Role.INPUT for row in _rows(box)}
    top, bottom = layout.head, layout.last_row
    framed = set() if look is None else {row for box in layout.boxes if _has_lines(look, box) for row in _rows(box)}
    title = title_of(layout)
    if title is not None:
        framed -= set(range(title.area[2] + 1))
    if framed:
        top, bottom = min(*framed, layout.header_row), max(*framed, layout.last_row)
    return OwnFrame(min(top, *inputs), top, bottom, max(bottom, *inputs))


def _rows(box: Box) -> range:
    return range(box.area[0], box.area[2] + 1)


def _has_lines(look: OwnLook, box: Box) -> bool:
    """Lines at a side, or above and below: a line on one of these alone may be that of the row beside."""
    own = look.of(box.look or box.area)
    return bool(own.keys() & {"left", "right"}) or {"top", "bottom"} <= own.keys()


def title_of(layout: Layout) -> Box | None:
    """The box with the form's title: the only text of the first printed row where none reads like a title."""
    found = next((box for box in layout.boxes if box.role is Role.TITLE), None)
    if found is not None:
        return found
    texts = [box for box in layout.boxes if box.text.strip() and not box.is_carried]
    printed = [box for box in texts if box.area[2] < layout.head]
    first = [box for box in printed if box.area[0] == printed[0].area[0]]
    is_broad = len(first) == 1 and 2 * (first[0].area[3] - first[0].area[1] + 1) > layout.kind.width
    return first[0] if is_broad and first[0].role is Role.LABEL else None


def above(layout: Layout, frame: OwnFrame) -> Iterator[Box]:
    """What is printed between the title and the table; not what attachment of some paper the blank form is."""
    title = title_of(layout)
    for box in layout.boxes:
        text = box.text.strip()
        if box.area[2] < frame.first and box != title and text and not is_attachment(text):
            yield box


def below(layout: Layout, frame: OwnFrame) -> list[list[Box]]:
    """What is printed below the table, row by row: notes, who signs."""
    printed = [box for box in layout.boxes if box.area[0] > frame.last and box.text.strip()]
    return [list(boxes) for _, boxes in groupby(printed, key=lambda box: box.area[0])]


def with_room(cells: Sequence[Cell], widths: Sequence[float], sides: Sequence[str]) -> list[Cell]:
    """The cells of a row outside of the frame: a text that is too long has the room of the empty cells beside it.

    So Excel shows it: right of what stands at the left, left of what stands at the right; ``sides`` are those of cells.
    """
    made = [(cell, side) for cell, side in zip(cells, sides, strict=True)]
    at = 0
    while at < len(made):
        cell, side = made[at]
        other = at + 1 if side == "left" else at - 1
        is_free = side in {"left", "right"} and 0 <= other < len(made) and _is_empty(made[other][0])
        if cell.merge or not is_free or _fits(cell, made, at, widths):
            at += 1
            continue
        made[at] = cell._replace(span=cell.span + made[other][0].span), side
        del made[other]
        at = min(at, other)
    return [cell for cell, _ in made]


def _is_empty(cell: Cell) -> bool:
    return not cell.text.strip() and not cell.merge


def _fits(cell: Cell, row: Sequence[tuple[Cell, str]], at: int, widths: Sequence[float]) -> bool:
    """The longest line of its text stands within the cell."""
    first = sum(one.span for one, _ in row[:at])
    room = sum(widths[first : first + cell.span]) - 2 * CELL_MARGIN
    return all(width_of(line, BY_ID[cell.style].size) <= room for line in cell.text.split("\n"))


OPEN_ABOVE: Final = "top left right"
OPEN_BELOW: Final = "left bottom right"
OPEN: Final = "top left bottom right"


def open_sides(frame: OwnFrame, row: int) -> str:
    """The sides without a line of the cells of a row that stands outside the frame."""
    if row < frame.top:
        return OPEN_ABOVE if row == frame.top - 1 else OPEN
    if row > frame.bottom:
        return OPEN_BELOW if row == frame.bottom + 1 else OPEN
    return ""

"""Pictures and text boxes on sheets with hardly any filled cell: what somebody sees there in place of a form.

The counterpart of `saved.drawings`, which looks at every sheet: here each shape is a call, and every form has buttons.
Buttons, charts and notes do not count.
"""

from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import Grid
from xl_perf.core.cells.values import is_blank

if TYPE_CHECKING:
    from xlwings import Shape, Sheet

FEW: Final = 20
"""Filled cells; a form has some fifty."""
_PICTURES: Final = frozenset(
    {"picture", "linked_picture", "graphic", "linked_graphic", "embedded_ole_object", "linked_ole_object"}
)
"""Embedded documents are shown as pictures."""
_NO_BOXES: Final = frozenset({"chart", "comment", "form_control", "ole_control_object", "line", "slicer", ""})
_BREAKS: Final = str.maketrans({"\r": "\n", "\v": "\n"})


def drawn_on(sheet: "Sheet", grid: Grid) -> Grid:
    """The grid of a sheet with its pictures and the texts of its boxes, if it has few filled cells."""
    if sum(not is_blank(typed) for cells in grid.rows for typed in cells) >= FEW:
        return grid
    shapes = sheet.shapes
    if not len(shapes):
        return grid
    kinds = [(shape, _type(shape)) for shape in shapes]
    texts = [_text(shape) for shape, kind in kinds if kind not in _PICTURES | _NO_BOXES]
    return grid._replace(
        pictures=sum(kind in _PICTURES for _, kind in kinds), boxes=tuple(text for text in texts if text)
    )


def _type(shape: "Shape") -> str:
    """xlwings' word for what the shape is; empty for what it has none for."""
    try:
        return str(shape.type)
    except KeyError:
        return ""


def _text(shape: "Shape") -> str:
    """What stands in the shape, a line per paragraph; empty where it can hold no text."""
    try:
        text = shape.text
    except Exception:  # each host has its own
        return ""
    return (text or "").translate(_BREAKS).strip()

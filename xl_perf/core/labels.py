"""The labels of project forms among the cells of a sheet."""

from collections.abc import Iterable
from functools import lru_cache

from xl_perf.core import form
from xl_perf.core.grid import Cells, Grid, Scalar
from xl_perf.core.model import Label


def find_labels(grid: Grid) -> list[Label]:
    """Every cell of the sheet that is one of the form's labels, in reading order."""
    cells = Cells(grid.rows)
    return labels_in(cells, label_texts(cells))


def label_texts(cells: Cells) -> tuple[Scalar, ...]:
    """What the labels of the sheet read, in reading order; what is falsy, 0 as well, is none."""
    return tuple(filter(label_key, filter(None, cells.line)))


@lru_cache(maxsize=16384)
def label_key(typed: Scalar) -> str | None:
    """The key of the label that a cell holds. Most texts are ruled out by their first character, or by their length."""
    if not isinstance(typed, str):
        return None
    is_short = typed[0] in form.LABEL_STARTS and len(typed) <= form.LONGEST_LABEL
    # A title may be longer, but ends in 表.
    return form.label_key(typed) if is_short or typed[-1] == "表" or typed[-1].isspace() else None


def labels_in(cells: Cells, texts: Iterable[Scalar]) -> list[Label]:
    """The labels that read so, with their places."""
    places = zip(map(label_key, texts), cells.places(texts), strict=True)
    return [Label(key, *place) for key, place in places if key is not None]

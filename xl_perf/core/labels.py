"""Labels among the cells of a sheet: of a project form, and of any other sheet by its `Vocabulary`."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from xl_perf.core import form
from xl_perf.core.grid import Cells, Grid, Scalar
from xl_perf.core.model import Label


class Labels:
    """Finds labels by ``key_of``, which is asked only once for each label: they stand in sheet after sheet.

    Other texts are asked about as well, and are soon forgotten: few are remembered, for they may be long.
    """

    def __init__(self, key_of: Callable[[Scalar], str | None]) -> None:
        self.key: Final = lru_cache(maxsize=2048)(key_of)
        """The key of the label that a cell holds; None if it holds none."""

    def texts(self, cells: Cells) -> tuple[Scalar, ...]:
        """What the labels of the sheet read, in reading order; what is falsy, 0 as well, is none."""
        return tuple(filter(self.key, filter(None, cells.line)))

    def by_row(self, cells: Cells) -> dict[int, dict[str, int]]:
        """The rows that have labels, top to bottom; for every key the first column that holds it."""
        found: dict[int, dict[str, int]] = {}
        for key, row, column in self.places(cells):
            found.setdefault(row, {}).setdefault(key, column)
        return found

    def places(self, cells: Cells, texts: Iterable[Scalar] | None = None) -> list[Label]:
        """Every label of the sheet, in reading order; ``texts`` is what `texts` gives."""
        texts = self.texts(cells) if texts is None else texts
        found = zip(map(self.key, texts), cells.places(texts), strict=True)
        return [Label(key, *place) for key, place in found if key is not None]


def _form_key(typed: Scalar) -> str | None:
    """Most texts are ruled out by their first character, or by their length; a title may be longer, but ends in 表."""
    if not isinstance(typed, str):
        return None
    is_short = typed[0] in form.LABEL_STARTS and len(typed) <= form.LONGEST_LABEL
    if is_short and typed[0] in form.DIGITS:  # a code or an amount rather than 6月底
        is_short = "月" in typed or "表" in typed
    return form.label_key(typed) if is_short or typed[-1] == "表" or typed[-1].isspace() else None


FORM_LABELS: Final = Labels(_form_key)


def find_labels(grid: Grid) -> list[Label]:
    """Every cell of the sheet that is one of a form's labels, in reading order."""
    return FORM_LABELS.places(Cells(grid.rows))

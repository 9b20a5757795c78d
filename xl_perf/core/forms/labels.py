"""Labels of a project form among the cells of a sheet."""

from typing import Final

from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.cells.labels import LONGEST_LABEL, Label, Labels
from xl_perf.core.forms.project_targets import DIGITS, LABEL_STARTS, label_key


def _form_key(typed: Scalar) -> str | None:
    """Most texts are ruled out by their first character, or by their length; a title may be longer, but ends in 表."""
    if not isinstance(typed, str):
        return None
    is_short = typed[0] in LABEL_STARTS and len(typed) <= LONGEST_LABEL
    if is_short and typed[0] in DIGITS:  # a code or an amount rather than 6月底
        is_short = "月" in typed or "表" in typed
    return label_key(typed) if is_short or typed[-1] == "表" or typed[-1].isspace() else None


FORM_LABELS: Final = Labels(_form_key)


def find_labels(grid: Grid) -> list[Label]:
    """Every cell of the sheet that is one of a form's labels, in reading order."""
    return FORM_LABELS.places(CellLine(grid.rows))

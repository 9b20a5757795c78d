"""Reads what 字典 of a department workbook says of the book itself: 模板版本, 口径."""

from collections.abc import Sequence
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Scalar

VERSION_LABEL: Final = "模板版本"
PROFILE_LABEL: Final = "口径"
BY_FORM: Final = "按表样"
"""Stands for a profile where nobody asked for one: that of the kind of form holds."""


def read_setting(rows: Sequence[Sequence[Scalar]], label: str) -> str:
    """The text right of a label; empty where it is not there."""
    for cells in rows:
        for column, typed in enumerate(cells[:-1]):
            if isinstance(typed, str) and folded(typed) == label:
                return str(cells[column + 1] or "").strip()
    return ""

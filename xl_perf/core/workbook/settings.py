"""Reads what a department workbook says of itself: 模板版本 and 口径 on 字典, and when it was packed on 报送清单."""

import re
from collections.abc import Sequence
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Scalar

VERSION_LABEL: Final = "模板版本"
PROFILE_LABEL: Final = "口径"
PACKED_LABEL: Final = "时间（UTC）"
_TIME: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
BY_FORM: Final = "按表样"
"""Stands for a profile where nobody asked for one: that of the kind of form holds."""


def read_setting(rows: Sequence[Sequence[Scalar]], label: str) -> str:
    """The text right of a label; empty where it is not there."""
    for cells in rows:
        for column, typed in enumerate(cells[:-1]):
            if isinstance(typed, str) and folded(typed) == folded(label):
                return str(cells[column + 1] or "").strip()
    return ""


def packed_time(rows: Sequence[Sequence[Scalar]]) -> str:
    """The time of a packed workbook as its manifest says it: UTC in ISO 8601; empty where that is no such time."""
    said = read_setting(rows, PACKED_LABEL)
    return said if re.fullmatch(_TIME, said) else ""

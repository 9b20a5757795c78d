"""The columns of 指标库, and what its head says."""

from typing import Final

from xl_perf.core.workbook.library import LIBRARY_FIELDS
from xl_perf.sheets.lists import Column

_WIDTHS: Final = {
    "picked": 7,
    "kind": 9.5,
    "level1": 10,
    "level2": 18,
    "level3": 22,
    "description": 30,
    "target": 14,
    "basis": 12,
    "source": 16,
}
COLUMNS: Final = tuple(Column(field.label, _WIDTHS[field.key], field.key) for field in LIBRARY_FIELDS)
TICK: Final = "√"
CHOSEN_FOR: Final = "正在选用到项目表："
"""Begins the cell that says for which form somebody is picking."""
CHOSEN_FOR_COLUMN: Final = len(COLUMNS) - 2
"""Its column, in the row below the title."""

"""What a 样表 consists of beside its form: the sheet 对照, and what stands above the table there."""

from collections.abc import Mapping
from typing import Final

from xl_perf.core.cells.grid import Grid
from xl_perf.core.cells.values import text_of

GUIDE_SHEET: Final = "对照"
"""The sheet of a 样表 that says what every label is."""
NAME, YEAR, BASE, SHEET = "表名", "适用年度", "依据的表样", "表所在的工作表"
HEAD: Final = (NAME, YEAR, BASE, SHEET)
"""What stands above the table of that sheet, each with its value beside it."""
_MOST_ROWS: Final = 20
_MOST_COLUMNS: Final = 4


def head_of(table: Grid | None) -> Mapping[str, str]:
    """The values by their names, beside these or one cell further, where a column was inserted; none without 对照."""
    found: dict[str, str] = {}
    for cells in table.rows[:_MOST_ROWS] if table is not None else ():
        texts = [text_of(typed).strip() for typed in cells[:_MOST_COLUMNS]]
        at = next((at for at, text in enumerate(texts) if text), None)
        if at is not None and texts[at] in HEAD:
            found.setdefault(texts[at], next(filter(None, texts[at + 1 : at + 3]), ""))
    return found


def is_guide_table(grid: Grid) -> bool:
    """对照, whatever somebody has called the sheet."""
    return head_of(grid).keys() >= {*HEAD}

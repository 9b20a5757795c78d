"""What is said of formulas that were stored without results, in forms and in reports."""

from typing import Any, Final

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import NoValue

TO_SAVE: Final = "请用 Excel、WPS 或 LibreOffice 打开文件，保存一次再检查"


def not_stored(entry: Entry[Any]) -> str:
    """Why the formula has no value, in Chinese."""
    is_zero = isinstance(entry.typed, NoValue) and entry.typed.is_stored
    return "保存的结果是 0，可能从来没有计算过" if is_zero else "文件里没有保存它的结果"

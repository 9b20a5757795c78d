"""Reads what a department workbook says of itself: 模板版本 and 口径 on 字典; of a packed one what 报送清单 says."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.model.department import MoneyText
from xl_perf.core.workbook.sheets import MANIFEST_SHEET

VERSION_LABEL: Final = "模板版本"
PROFILE_LABEL: Final = "口径"
PACKED_LABEL: Final = "时间（UTC）"
INCOMPLETE_LABEL: Final = "合计不含"
"""Heads the sentences on what the totals lack; they end at a blank row."""
STAYED_BEHIND: Final = "没有带上的工作表"
"""Begins those on sheets that did not come along."""
MONEY_TEXT_STAYED: Final = "表外写有金额的文字没有带上："
"""Begins those on a text outside the forms that states amounts; its place follows, and the amounts in brackets."""
_MONEY_TEXT: Final = re.compile(rf"{MONEY_TEXT_STAYED}(?P<place>.+)（(?P<said>[^（）]+)）")
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


def money_texts_left(rows: Sequence[Sequence[Scalar]]) -> Iterator[MoneyText]:
    """The texts with amounts of money that a packed workbook was made without, as its manifest names them."""
    for row, cells in enumerate(rows):
        said = cells[0] if cells else None
        found = _MONEY_TEXT.fullmatch(said.strip()) if isinstance(said, str) else None
        if found is not None:
            yield MoneyText("", found["said"], MANIFEST_SHEET, row, 0, packed_from=found["place"])


def money_left_behind(rows: Sequence[Sequence[Scalar]]) -> Iterator[tuple[int, str]]:
    """Row and sentence of each sheet that a packed workbook was made without, though its money is in no total."""
    is_inside = False
    for row, cells in enumerate(rows):
        said = str(cells[0] or "").strip() if cells else ""
        if is_inside and not said:
            return
        if is_inside and said.startswith(STAYED_BEHIND):
            yield row, said
        is_inside = is_inside or said == INCOMPLETE_LABEL

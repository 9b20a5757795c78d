"""Labels that share their cell with what is filled in, and room for it: 项目名称：____, 财政拨款：    万元."""

import re
from typing import Final

from xl_perf.core.cells.grid import Grid, Scalar
from xl_perf.core.forms.kind import Holds, Stands, Value
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import FIELDS, MONEY, PARTS

UP_TO_VALUE: Final = re.compile(r"[^:：]*?(?=\s*(?:[:：]|[¥￥]?\d|\Z)|[_＿\s]{2,})", re.DOTALL)
BLANK_AMOUNT: Final = re.compile(
    r"(?P<label>[^:：\d]{2,16}?)\s*(?::|：|(?=[_＿\s]))(?P<room>[_＿\s]*)(?:百|千|万|百万|亿)?元(?=\Z|[（(；;，,。\s])"
)
"""A label with room for its amount in the same cell: 财政拨款：    万元（其中…）."""
BLANK_TEXT: Final = re.compile(
    r"[^:：\n]{2,16}[:：](?P<room>[_＿\s]*(?:[自从][_＿\s]+)?)"
    r"(?:(?<=[_＿\s])(?:年度?|[月日人个])[_＿\s]*(?:[至到~～—－-]{0,2}[_＿\s]*(?:年度?|[月日])[_＿\s]*)*止?\s*)?"
)
"""A label with room for a text in the same cell: 项目名称：    , 预算年度：____年, 起止时间：    年  月至    年  月."""
DATED: Final = re.compile(r"(?:日期|时间)\s*[:：]").search
"""When a form was filled in, where people sign."""
LABEL_WITH_COLON: Final = re.compile(r"\s*[^:：\d\s]{2,10}[:：]").match
SHARING: Final = frozenset(
    {key for key, field in FIELDS.items() if field.stands is Stands.RIGHT and field.value in {Value.TEXT, Value.CODE}}
    | {part.key for part in PARTS.values() if part.holds is Holds.GOALS}
)
"""Keys of labels that may share their cell with a text."""
TELLING: Final = SHARING & {"name", "project_code", "goals_part"} | MONEY
"""Those of which a value behind the label tells that somebody filled the form in."""
INNER_AMOUNT: Final = re.compile(
    r"(?P<label>[\u4e00-\u9fff]{2,12})[:：]?\s*(?:[_＿\s]*|[¥￥]?\d[\d.,]*\s*)(?=(?:百|千|万|百万|亿)?元|\s*[，,；;）)])"
)


def with_room_beside(grid: Grid) -> list[list[Scalar]]:
    """The rows as broad as what is merged, and a column more where a label stands in the last one: blank cells at the
    right of a blank form are not stored.
    """
    width = max([0, *(len(cells) for cells in grid.rows), *(area[3] + 1 for area in grid.merges)])
    last = [cells[width - 1] for cells in grid.rows if len(cells) == width]
    width += any(isinstance(typed, str) and label_key(typed) in FIELDS for typed in last)
    return [[*cells, *[None] * (width - len(cells))] for cells in grid.rows]

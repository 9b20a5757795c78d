"""How other sheets find a form's inputs and its state: names and places."""

from typing import Final

from xl_perf.core.forms.layout import COLUMNS

PANEL: Final = COLUMNS + 1
"""The column of the state and the live messages."""
STATE_ROW: Final = 1
NAMES: Final = {
    "code": "项目编码",
    "name": "项目名称",
    "total": "预算数",
    "fiscal": "财政资金",
    "other": "其他资金",
    "purpose": "资金用途",
}
"""Defined names of a form's inputs, local to its sheet."""
STATE_NAME: Final = "填报状态"

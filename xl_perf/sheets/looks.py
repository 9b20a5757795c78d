"""How the workbooks look: one palette, one font, one number format for each kind of figure."""

from typing import Final

FONT: Final = "宋体"
HEAD_FONT: Final = "黑体"
INK: Final = "#1F2937"
ACCENT: Final = "#1F4E79"
ASIDE: Final = "#808080"
"""Of what is there for comparison only."""
LINE: Final = "#8EA0B5"
LABEL_FILL: Final = "#E8EEF5"
HEADER_FILL: Final = "#D6E2F0"
INPUT_FILL: Final = "#FFFDF0"
ERROR_FILL: Final = "#F8CBAD"
WARNING_FILL: Final = "#FFE699"
HINT_FILL: Final = "#DDEBF7"
GOOD_FILL: Final = "#E2F0D9"
MISSING_FILL: Final = "#FFEFC2"

GENERAL: Final = "General"
TEXT: Final = "@"
AMOUNT: Final = "#,##0.00????"
"""To 1 分, decimal points below each other: 33.333333 that is shown as 33.3333 is another exact amount."""
FORM_AMOUNT: Final = 'General"万元"'
PERCENT: Final = "0%"
FINE_PERCENT: Final = "0.0#%"
SHARE: Final = "0.00%"

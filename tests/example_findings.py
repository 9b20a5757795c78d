"""What the rules say of the eight projects of workbooks/example-2023.xlsx: the one place where the tests count it.

I515 and I516 by the definitions on their pages. X605 and X606 come from 整体绩效目标: a sub-goal without projects, a
project without sub-goal, four indicators without value.
"""

from typing import Final

WARNINGS: Final = {"F202": 8, "F207": 3, "F208": 4, "I506": 1, "I507": 1, "X605": 2, "X606": 4}
"""Findings by code."""
HINTS: Final = {
    "I511": 3,
    "I512": 30,
    "I513": 27,
    "I515": 3,
    "I516": 4,
    "I518": 1,
    "P405": 1,
    "P406": 1,
    "X603": 3,
    "X604": 1,
}
EXPECTED: Final = {**WARNINGS, **HINTS}
NUMBER_OF_WARNINGS: Final = sum(WARNINGS.values())
NUMBER_OF_HINTS: Final = sum(HINTS.values())
NUMBER: Final = NUMBER_OF_WARNINGS + NUMBER_OF_HINTS

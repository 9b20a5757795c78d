"""Forms whose columns run from right to left, as some programs mirror them: each label stands right of its value.

What stands right of a label there belongs to the next one; such a form is named and not read.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from xl_perf.core.cells.labels import Label

_ORDERS: Final = (
    ("level1", "level2", "level3"),
    ("code", "name"),
    ("budget", "fiscal", "other"),
)
"""Keys that stand from left to right where they stand in one row."""
_FEWEST: Final = 2
"""Neighbours that stand the wrong way round; a single pair may be a region's own."""
_MONEY: Final = "budget"
MIRRORED: Final = "表的栏目从右到左排，标签在内容的右边，读不出来"
UNMIRROR: Final = "请把各栏改成从左到右排列（标签在左、内容在右）再检查"


def is_mirrored(labels: Sequence[Label]) -> bool:
    """Neighbours of the orders stand the wrong way round, not those of the amounts alone, and none the right way."""
    pairs = list(_pairs(labels))
    backwards = len(pairs) - sum(forwards for _, forwards in pairs)
    return backwards == len(pairs) >= _FEWEST and any(order[0] != _MONEY for order, _ in pairs)


def _pairs(labels: Sequence[Label]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The orders' neighbours that stand in one row, and whether they run forwards."""
    first: dict[str, Label] = {}
    for label in labels:
        first.setdefault(label.key, label)
    months = sorted((key for key in first if key.startswith("month:")), key=lambda key: int(key.partition(":")[2]))
    for order in (*_ORDERS, tuple(months)):
        found = [first[key] for key in order if key in first]
        for one, other in pairwise(found):
            if one.row == other.row:
                yield order, one.column < other.column

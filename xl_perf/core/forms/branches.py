"""The names of first and second levels in the indicator table."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.labels import LONGEST_LABEL, bare

_BRANCHES: Final = {
    "效益": "效果",
    "效果": "效果",
    "社会公众满意度": "满意度",
    "服务对象满意度": "服务对象满意度",
    "社会公众或服务对象满意度": "服务对象满意度",
    "满意程度": "满意度",
    "可持续性影响": "可持续影响",
    "可持续发展": "可持续影响",
    "可持续": "可持续影响",
    "经济": "经济效益",
    "社会": "社会效益",
    "生态": "生态效益",
    "环境效益": "生态效益",
}

_FIRST_LEVELS: Final = frozenset({"产出", "效果", "满意度", "成本", "服务对象满意度"})


@lru_cache(maxsize=4096)
def branch_key(text: str) -> str:
    """The plain name of a first or second level: 产出指标 -> 产出, 效益指标 -> 效果, 可持续性影响 -> 可持续影响.

    Unknown names come back as they are, without white space and without 指标.
    """
    normal = bare(text).text.removesuffix("指标").removesuffix("目标")
    return _BRANCHES.get(normal, normal)


_KNOWN_BRANCHES: Final = frozenset(
    {
        "产出",
        "效果",
        "满意度",
        "成本",
        "数量",
        "质量",
        "时效",
        *_BRANCHES.values(),
        "经济成本",
        "社会成本",
        "生态环境成本",
    }
)


def is_branch(text: str) -> bool:
    """A first or second level that official forms print, such as 产出指标 or 可持续影响."""
    return len(text) <= LONGEST_LABEL and branch_key(text) in _KNOWN_BRANCHES


def printed_levels(rows: Sequence[Sequence[Scalar]]) -> tuple[int, int, int | None] | None:
    """The first row below the first in which a first level is printed, its column, and that of second levels beside it.

    None where no row prints one.
    """
    for row, cells in enumerate(rows[1:], 1):
        for column, typed in enumerate(cells):
            if isinstance(typed, str) and is_branch(typed) and branch_key(typed) in _FIRST_LEVELS:
                beside = cells[column + 1] if column + 1 < len(cells) else None
                has_second = isinstance(beside, str) and is_branch(beside)
                return row, column, column + 1 if has_second else None
    return None

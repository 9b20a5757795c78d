"""The columns of 部门汇总 as data: for the written sheet, and for that of the open book."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import SUMMARY_FIELDS
from xl_perf.sheets.lists import Column
from xl_perf.sheets.looks import FINE_PERCENT, PERCENT
from xl_perf.sheets.texts import row_height

OTHER_BRANCH: Final = "其他"
UNCHECKED: Final = "未校验"
EMPTY_FORM: Final = "未填报"
MONEY: Final = ("budget", "fiscal", "other")
LEAST_HEIGHT: Final = 24.0
"""Of a project's row, in points."""
CODE_WIDTH, _NAME_WIDTH = 15.0, 27.0
_LABELS: Final = {field.key: field.label for field in SUMMARY_FIELDS}


def branch_labels(profile: Profile) -> dict[str, str]:
    """What the columns of first levels are headed by, by their plain names: 效益 where the form prints 效益指标."""
    return {branch.name: branch.label.removesuffix("指标") for branch in profile.branches}


def summary_columns(months: Sequence[int], branches: Mapping[str, str]) -> list[Column]:
    """The columns of 部门汇总, left to right; ``branches`` are first levels and their headings.

    Keys: number, code, name, budget …, ``percent:6``, ``planned:6``, ``branch:产出``, indicators ….
    """
    return [
        Column("序号", 5, "number"),
        Column(_LABELS["code"], CODE_WIDTH, "code"),
        Column(_LABELS["name"], _NAME_WIDTH, "name"),
        *(Column(_LABELS[key], 12.5, key) for key in MONEY),
        *(Column(f"{month}月底\n（%）", 7, f"percent:{month}") for month in months),
        *(Column(f"{month}月底\n（万元）", 12.5, f"planned:{month}") for month in months),
        *(Column(heading, 6.5, f"branch:{branch}") for branch, heading in branches.items()),
        Column("指标数", 7, "indicators"),
        Column("状态", 12, "state"),
    ]


def height_of(name: str, code: str) -> float:
    """The height of a project's row in points."""
    return row_height([(name, _NAME_WIDTH), (code, CODE_WIDTH)], LEAST_HEIGHT)


def percent_format(percents: Sequence[Decimal | None], live: bool) -> str:
    """Whole percentages without decimals; live cells may get any."""
    whole = all(percent is None or percent == percent.to_integral_value() for percent in percents)
    return PERCENT if whole and not live else FINE_PERCENT


def branch_counts(line: ProjectLine, keys: Mapping[str, object]) -> dict[str, int]:
    """Number of indicators per branch column; first levels without a column of their own count as 其他."""
    counts = {key: 0 for key in keys if key.startswith("branch:")}
    for name, count in line.branches:
        key = f"branch:{name}"
        counts[key if key in counts else f"branch:{OTHER_BRANCH}"] += count
    return counts

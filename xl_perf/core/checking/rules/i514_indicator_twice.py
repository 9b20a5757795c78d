"""同一个项目中指标重复。

为什么：同一个指标考核两次，权重和结果都会算错。
怎样认：同一个项目中，一级、二级指标和三级指标的名称都相同（空格、全角半角不计较）。
长期和年度各有一张指标表的，各算各的。在后出现的一行报。名称空着的由 I504 报。
怎样改：删去重复的一行；确是两个指标的，名称要能区分。
依据：项目绩效目标表第 6 部分。
"""

from bisect import bisect_left
from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Indicator
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per further row with the same indicator, on its name."""
    rows, names = seen.indicators.rows, seen.indicators.names
    if len({(row.level3.sheet, name) for row, name in zip(rows, names, strict=True)}) == len(rows):
        return  # no name stands twice on a sheet
    for project in seen.projects:
        first: dict[tuple[int, str, str, str], Indicator] = {}
        for indicator in project.indicators:
            level1, level2, name = indicator.key
            table = bisect_left(project.other_tables, indicator.level3.row)
            key = table, level1, level2, folded(name)
            other = first.setdefault(key, indicator) if indicator.level3.value else indicator
            if other is not indicator:
                message = f"与第 {other.level3.row + 1} 行的指标相同"
                remedy = "请删去重复的一行；确是两个指标的，请改成能区分的名称"
                yield at(indicator.level3, "I514", "三级指标", message, remedy)


RULE = Rule("I514", Severity.ERROR, check, __doc__)

"""支出计划的百分数不在 0 到 100 之间。

为什么：累计支出不会少于 0，也不会多于预算。
怎样认：任何一个时点小于 0% 或大于 100%。
怎样改：填 0% 到 100% 之间的累计百分数。
依据：项目绩效目标表第 4 部分。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, unsound_plans
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per checkpoint of the profile."""
    for plan in unsound_plans(seen, profile):
        for month, percent in plan.points:
            if percent.value is not None and not 0 <= percent.value <= 100:
                shown = f"{plain(percent.value)}%"
                yield at(
                    percent,
                    "P402",
                    f"{month}月底",
                    f"{month}月底的支出计划是 {shown}",
                    "请填 0% 到 100% 之间的累计百分数",
                    found=shown,
                    expected="0%–100%",
                )


RULE = Rule("P402", Severity.ERROR, check, __doc__)

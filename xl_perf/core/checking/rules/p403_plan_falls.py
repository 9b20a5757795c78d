"""累计支出计划不增反降。

为什么：计划是累计数，后一个时点不会小于前一个。
怎样认：按月份先后比较，在第一个变小的时点报一次；持平（如 50%、50%）不报。没有填或读不出的时点跳过。
怎样改：如果填的是当期数，请改为累计数。
依据：项目绩效目标表第 4 部分。
"""

from collections.abc import Iterator
from itertools import pairwise

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, unsound_plans
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form, on the first checkpoint that is lower than the one before."""
    for plan in unsound_plans(seen, profile):
        known = [(month, percent, percent.value) for month, percent in plan.points if percent.value is not None]
        for (before, _, high), (month, percent, low) in pairwise(known):
            if low < high:
                yield at(
                    percent,
                    "P403",
                    f"{month}月底",
                    f"{month}月底的累计支出计划 {plain(low)}%，低于{before}月底的 {plain(high)}%",
                    "请填累计数，后一个时点不小于前一个",
                    found=f"{plain(low)}%",
                    expected=f"不小于 {plain(high)}%",
                    difference=f"{plain(low - high)}%",
                )
                break


RULE = Rule("P403", Severity.ERROR, check, __doc__)

"""期限不在预算年度内。

为什么：年度绩效目标要在预算年度内完成；复制旧表时常忘了改年份。
怎样认：指标值是期限并写明了年份，而年份不是本工作簿的预算年度。没有写年份的（12月底前）不报。
预算年度取自首页；首页没有的，取标题中的年份，再没有的取多数期限的年份；都没有时不报。
怎样改：改正年份；跨年度的项目写本年度要达到的阶段目标。
依据：项目绩效目标表第 6 部分。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per deadline."""
    if seen.department.year is None:
        return
    for indicator in seen.indicators.by_kind["deadline"]:
        target = indicator.target.value
        deadline = None if target is None else target.deadline
        if deadline is not None and deadline.year is not None and deadline.year != seen.department.year:
            yield at(
                indicator.target,
                "I508",
                "指标值",
                f"期限“{indicator.target.text}”不在 {seen.department.year} 年度内",
                f"请把年份改为 {seen.department.year}，或核对首页的预算年度",
                expected=f"{seen.department.year}年",
            )


RULE = Rule("I508", Severity.ERROR, check, __doc__)

"""支出计划的最后一个时点不是 100%。

为什么：年度预算按计划要在年底前全部支出。
怎样认：口径规定的最后一个月（默认 12 月底）填了百分数而不等于 100%；超出 0–100% 的由 P402 报。
怎样改：最后一个时点填 100%。
依据：项目绩效目标表第 4 部分。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, unsound_plans
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form, on the last checkpoint."""
    for plan in unsound_plans(seen, profile):
        if not plan.points:
            continue
        month, percent = plan.points[-1]
        if percent.value is not None and 0 <= percent.value < 100:
            yield at(
                percent,
                "P404",
                f"{month}月底",
                f"{month}月底的累计支出计划是 {plain(percent.value)}%，没有到 100%",
                f"请把{month}月底填为 100%",
                found=f"{plain(percent.value)}%",
                expected="100%",
                difference=f"{plain(percent.value - 100)}%",
            )


RULE = Rule("P404", Severity.ERROR, check, __doc__)

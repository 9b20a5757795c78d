"""支出计划比参考进度慢。

为什么：资金下达后要及时支出，前松后紧容易年底突击花钱。
怎样认：最后一个时点之前，任何一个时点的累计百分数低于口径规定的参考进度（默认 25%、50%、75%、100%）；
在第一个低的时点报一次。
全部安排在最后的由 P406 报；计划没有填全、倒退或超出范围的由 P401–P404 报。
怎样改：能提前的请提前；确实不能的不用改。
依据：参考进度见口径文件 pace。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, sound_plans
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form."""
    for plan in sound_plans(seen, profile):
        if not any(plan.percents[:-1]):
            continue
        paces = dict(zip(profile.checkpoints, profile.pace, strict=True))
        for (month, entry), percent in zip(plan.points[:-1], plan.percents, strict=False):
            pace = paces.get(month)
            if pace is not None and percent < pace:
                planned, wanted = f"{plain(percent)}%", f"{plain(pace)}%"
                yield at(
                    entry,
                    "P405",
                    f"{month}月底",
                    f"{month}月底计划累计支出 {planned}，慢于参考进度 {wanted}",
                    "能提前的请提前；确实不能的不用改",
                    found=planned,
                    expected=f"不低于 {wanted}",
                    difference=f"{plain(percent - pace)}%",
                )
                break


RULE = Rule("P405", Severity.HINT, check, __doc__)

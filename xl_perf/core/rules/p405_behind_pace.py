"""支出计划比参考进度慢。

为什么：资金下达后要及时支出，前松后紧容易年底突击花钱。
怎样认：最后一个时点之前，任何一个时点的累计百分数低于口径规定的参考进度（默认 25%、50%、75%、100%）；
在第一个低的时点报一次。
全部安排在最后的由 P406 报；计划没有填全、倒退或超出范围的由 P401–P404 报。
怎样改：能提前的请提前；确实不能的不用改。
依据：参考进度见口径文件 pace。
"""

from collections.abc import Iterator

from xl_perf.core.findings import Finding, Severity, at
from xl_perf.core.model import Department
from xl_perf.core.profile import Profile
from xl_perf.core.rules.base import Rule, sound_plan
from xl_perf.core.values import plain


def check(department: Department, profile: Profile) -> Iterator[Finding]:
    """One finding per form."""
    for project in department.projects:
        plan = sound_plan(project, profile)
        if not plan or not any(percent for percent in plan[:-1]):
            continue
        for month, percent, pace in zip(profile.checkpoints[:-1], plan, profile.pace, strict=False):
            if percent < pace:
                yield at(
                    project.percent(month),
                    "P405",
                    f"{month}月底",
                    f"{month}月底计划累计支出 {plain(percent)}%，慢于参考进度 {plain(pace)}%",
                    "能提前的请提前；确实不能的不用改",
                    found=f"{plain(percent)}%",
                    expected=f"不低于 {plain(pace)}%",
                    difference=f"{plain(percent - pace)}%",
                )
                break


RULE = Rule("P405", Severity.HINT, check, __doc__)

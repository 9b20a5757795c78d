"""支出计划的某个月没有填，或不是百分数。

为什么：四个时点都要有累计支出比例，监控时才有对照。
怎样认：月份下面为空、只有占位符，或不是百分数。25%、25、0.25（单元格格式为百分比）都认；
四个数放在一起读，都不大于 1 时按比例读（0、0、0、1 即最后为 100%）。表上写着按万元等填的，
或者几个数大于 100、最后一个就是预算数的，是金额，不当作百分数。
怎样改：填累计百分数，如 25%、50%、75%、100%。
依据：项目绩效目标表第 4 部分。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.rules.base import Rule, unsound_plans
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per checkpoint of the profile."""
    for plan in unsound_plans(seen, profile):
        for month, percent in plan.points:
            if percent.is_empty:
                message = f"{month}月底的支出计划没有填"
            elif percent.status is Status.CONTRADICTED:
                message = f"{month}月底的支出计划“{percent.text}”是金额，不是百分数，没有计入累计支出"
            elif percent.status is Status.UNREADABLE:
                message = f"{month}月底的支出计划“{percent.text}”不是百分数"
            else:
                continue
            yield at(percent, "P401", f"{month}月底", message, "请填到这个月底为止累计支出的百分数，如 50%")


RULE = Rule("P401", Severity.ERROR, check, __doc__)

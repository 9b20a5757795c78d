"""支出全部安排在最后一个时点。

为什么：年底一次支出，全年看不出进度，也容易突击花钱。
怎样认：最后一个时点之前的累计百分数都是 0，最后一个是 100%。
怎样改：能分期支出的请分期；确实只能年底支付的不用改。
依据：项目绩效目标表第 4 部分。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule, sound_plans
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form, on the last checkpoint."""
    for plan in sound_plans(seen, profile):
        if len(plan.points) > 1 and not any(plan.percents[:-1]):
            month, percent = plan.points[-1]
            message = f"{month}月底以前没有安排支出，全部在{month}月底"
            remedy = "能分期支出的请分期；确实只能年底支付的不用改"
            yield at(percent, "P406", f"{month}月底", message, remedy, found="100%")


RULE = Rule("P406", Severity.HINT, check, __doc__)

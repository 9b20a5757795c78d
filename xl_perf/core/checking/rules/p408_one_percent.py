"""支出计划只有 1% 或更少，可能想填的是 100%。

为什么：在百分比格式的单元格里填 1，得到的是 1%，不是 100%；别的格式里的 1 和较大的数在一起，也读作 1%。
怎样认：其余各点都合适的计划里，大于 0、不超过 1% 的时点，逐个报。单元格里是文字、自己写着 % 的不报。
怎样改：是 100% 的填 100%；确实是 1% 的，填写接受理由。
依据：项目绩效目标表第 4 部分。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, sound_plans
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per checkpoint."""
    for plan in sound_plans(seen, profile):
        for (month, entry), percent in zip(plan.points, plan.percents, strict=True):
            if 0 < percent <= 1 and not isinstance(entry.typed, str):
                shown = f"{plain(percent)}%"
                message = f"{month}月底计划累计支出只有 {shown}，请看是不是想填 100%"
                remedy = "是 100% 的请填 100%；确实是这样的，请填写接受理由"
                yield at(entry, "P408", f"{month}月底", message, remedy, found=shown)


RULE = Rule("P408", Severity.WARNING, check, __doc__)

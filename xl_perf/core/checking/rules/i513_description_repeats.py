"""绩效指标描述只是重复了三级指标的名称。

为什么：描述要说明这个指标怎样计算、包括哪些内容。
怎样认：描述与三级指标去掉空格后完全相同（全角半角不计较）。描述空着的不报。
怎样改：写明计算方法或内容，如“验收合格的路段占全部路段的比率”。
依据：项目绩效目标表第 6 部分。
"""

from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator, on the description."""
    for indicator, name in zip(seen.indicators.rows, seen.indicators.names, strict=True):
        description = indicator.description.value
        if name and description and folded(description) == name:
            message = "描述只是重复了三级指标的名称"
            yield at(indicator.description, "I513", "绩效指标描述", message, "请写明这个指标怎样计算、包括什么")


RULE = Rule("I513", Severity.HINT, check, __doc__)

"""指标没有填三级指标或指标值。

为什么：没有名称或没有值，就谈不上考核。
怎样认：一行中三级指标、绩效指标描述、指标值、依据填了任何一个，而三级指标或指标值空着（或只有占位符）。四个都空的行不算指标。
怎样改：补填空着的单元格；不需要的行清空。
依据：项目绩效目标表第 6 部分。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per blank cell."""
    if "" in seen.indicators.names:
        for indicator in seen.indicators.rows:
            if indicator.level3.is_empty:
                yield at(indicator.level3, "I504", "三级指标", "没有填三级指标", "请填写三级指标的名称")
    for indicator in seen.indicators.by_kind[None]:
        if indicator.target.is_empty:
            name = indicator.level3.value or indicator.description.value or "这一行"
            yield at(indicator.target, "I504", "指标值", f"“{name}”没有填指标值", "请填写指标值，如 ≥90%、=78人")


RULE = Rule("I504", Severity.ERROR, check, __doc__)

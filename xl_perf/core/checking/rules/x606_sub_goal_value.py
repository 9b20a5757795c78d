"""分项绩效目标的指标没有指标值。

为什么：没有值的指标无法考核。
怎样认：整体绩效目标工作表上，某个分项绩效目标写了指标名称，而指标值空着或只有占位符。没有指标值一栏的不报。
怎样改：填写指标值，如 100%、≥90%。
依据：部门整体绩效目标中的绩效指标。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator of a sub-goal."""
    for sub in seen.department.sub_goals:
        for indicator in sub.indicators:
            if indicator.target.is_empty and not indicator.name.is_empty:
                message = f"“{indicator.name.text}”没有填指标值"
                yield at(indicator.target, "X606", "指标值", message, "请填写指标值，如 100%、≥90%")


RULE = Rule("X606", Severity.WARNING, check, __doc__)

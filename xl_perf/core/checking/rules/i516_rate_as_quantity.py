"""数量指标写成了比率。

为什么：数量指标说明做多少（人、个、公里），比率说明做得怎样。
怎样认：二级指标是数量指标，而指标值是百分数。资金支付类指标由 I515 报。
怎样改：改成具体数量；比率放到质量指标。
依据：项目绩效目标表第 6 部分。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule, is_payment
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator, on its value."""
    for indicator in seen.indicators.rates:
        if indicator.level2.value == "数量" and not is_payment(indicator, profile):
            message = f"数量指标写成了比率“{indicator.target.text}”"
            yield at(indicator.target, "I516", "指标值", message, "请改成具体数量，或把这一行放到质量指标")


RULE = Rule("I516", Severity.HINT, check, __doc__)

"""成本指标没有写金额。

为什么：成本指标要说明花多少钱。
怎样认：一个项目的成本指标中没有一个带金额（万元、元等；元/人、元/月这样的单位成本也算）。只有数字没有单位的不算金额。
指标值空着或看不懂的由 I504、I505 报，没有替换的占位文字（***、XX）由 F209 报。
怎样改：写明金额，如 =161.93万元、≤50元/人。
依据：项目绩效目标表第 6 部分；成本指标的位置见口径文件 cost。
"""

import re
from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule, has_placeholder
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Indicator
from xl_perf.core.profile import Profile

_MONEY = re.compile(r"(?:百|千)?万?亿?元|万$|亿$")


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per cost indicator that was understood, where none of the form has an amount."""
    for _, costs in seen.indicators.under(profile.cost_second):
        if any(map(_has_amount, costs)):
            continue
        for indicator in costs:
            if indicator.target.value is not None and not has_placeholder(indicator.target, profile):
                message = f"成本指标的指标值是“{indicator.target.text}”，没有写金额"
                yield at(indicator.target, "I507", "指标值", message, "请写明金额，如 =161.93万元、≤50元/人")


def _has_amount(indicator: Indicator) -> bool:
    target = indicator.target.value
    return target is not None and target.low is not None and _MONEY.match(target.unit) is not None


RULE = Rule("I507", Severity.WARNING, check, __doc__)

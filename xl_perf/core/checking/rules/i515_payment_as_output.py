"""把发钱当作数量、质量指标。

为什么：资金支付是过程，不是产出；数量、质量指标应说明钱花出去得到了什么。
怎样认：数量指标或质量指标的三级指标名称中，同时有支付类的词（发放、支付、拨付、到位……）和资金类的词（资金、工资、补贴……）。
数的是人、户、件的（如“补贴发放人数 =78人”）不算，那是数量。时效指标（按时发放率）不算。
怎样改：改成产出，如受益人数、办结件数；支付是否及时放到时效指标。
依据：用词见口径文件 words.payment、words.money。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import COUNTED, Rule, is_payment
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator, on its name."""
    for level2 in COUNTED:
        for _, indicator in seen.indicators.by_level2[level2]:
            if is_payment(indicator, profile):
                message = f"资金支付不是产出，不宜作{profile.label_of(level2)}"
                remedy = "请改成钱花出去得到的产出；支付是否及时放到时效指标"
                yield at(indicator.level3, "I515", "三级指标", message, remedy)


RULE = Rule("I515", Severity.HINT, check, __doc__)

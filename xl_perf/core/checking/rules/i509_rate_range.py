"""比率不在 0 到 100% 之间。

为什么：完成率、合格率、满意度不会大于 100%，多半是多打了一个 0 或漏了小数点。
怎样认：指标值是百分数（千分数）而小于 0 或大于 100%；名称中有“率”“满意度”等词的，没有写 % 而大于 100 的也算。
名称或描述中有“增长”“提高”“下降”等词的，可以超过。
怎样改：核对后改正。
依据：比率类、增减类用词见口径文件 words.rate、words.growth。
"""

from collections.abc import Iterator
from itertools import chain

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    bare = (one for one in seen.indicators.by_unit[""] if profile.rate_words.search(one.level3.text))
    for indicator in chain(seen.indicators.rates, bare):
        target = indicator.target.value
        if target is None or target.low is None:
            continue
        whole = 1000 if target.unit[:1] == "‰" else 100
        if target.low >= 0 and (target.high or target.low) <= whole:
            continue
        if not profile.growth_words.search(f"{indicator.level3.text} {indicator.description.text}"):
            message = f"比率“{indicator.target.text}”不在 0 到 100% 之间"
            yield at(indicator.target, "I509", "指标值", message, "请核对后改正", expected="0%–100%")


RULE = Rule("I509", Severity.ERROR, check, __doc__)

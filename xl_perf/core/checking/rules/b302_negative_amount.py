"""金额是负数。

为什么：预算数、财政资金、其他资金都不会小于 0。
怎样认：三个金额中任何一个小于 0；0 不报。
怎样改：核对后填正确的金额；要核减的，直接填核减后的数。
依据：项目绩效目标表第 3 部分。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per negative amount."""
    for label, amount in seen.all_amounts:
        if amount.value is not None and amount.value < 0:
            yield at(
                amount,
                "B302",
                label,
                f"{label}是负数 {plain(amount.value)} 万元",
                "请填不小于 0 的金额",
                found=plain(amount.value),
            )


RULE = Rule("B302", Severity.ERROR, check, __doc__)

"""金额比 1 分钱还细。

为什么：预算最小到分，即 0.000001 万元；更细的数多半是由公式算出而没有取整。
怎样认：换算成万元后，小数点后超过六位。储存时的浮点误差（如 157.14999999999998）不算，按看到的 15 位数字读。
怎样改：按分取整，如 33.333333。
依据：人民币的最小单位为分。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.totals import EXACT, to_fen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount that is no whole number of 分."""
    for label, amount in seen.all_amounts:
        value = amount.value
        if value is None:
            continue
        rounded = to_fen(value)
        if rounded != value:
            yield at(
                amount,
                "B305",
                label,
                f"{label} {plain(value)} 万元比 1 分钱还细",
                f"请按分取整，如 {plain(rounded)}",
                found=plain(value),
                expected=plain(rounded),
                difference=plain(EXACT.subtract(value, rounded)),
            )


RULE = Rule("B305", Severity.ERROR, check, __doc__)

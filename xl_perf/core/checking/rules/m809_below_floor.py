"""执行率低于规定的最低进度。

为什么：有的地方规定了各月的最低执行率，低于它要通报、约谈。
怎样认：口径写了这个月的最低执行率（floors）时，执行率低于它。差额 = 执行率 − 最低执行率，单位 %。
怎样改：说明原因，写明加快支出的措施。
依据：口径文件 [monitor] 的 floors。
"""

from collections.abc import Iterator
from fractions import Fraction

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.monitored import lit
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.monitoring import Light
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    if not seen.department.monitoring:
        return
    floors = profile.monitor.floors
    for one, spent in lit(seen.monitored(profile), Light) if floors else ():
        least = floors.get(one.table.month.value or 0)
        if least is None or spent.rate is None or spent.rate >= least:
            continue
        rate, below = plain(rounded(spent.rate)), plain(rounded(spent.rate - Fraction(least)))
        message = f"{one.period}执行率 {rate}%，低于规定的 {plain(least)}%"
        yield one.find(
            one.table.whole.outturn,
            "M809",
            "执行数",
            message,
            "请说明原因，写明加快支出的措施",
            expected=f"≥{plain(least)}%",
            difference=f"{below}%",
        )


RULE = Rule("M809", Severity.WARNING, check, __doc__)

"""累计执行数比上一期还少。

为什么：执行数从 1 月累计，只会增加；变少了，两期里有一期填错。
怎样认：同一项目、同一资金来源的执行数小于上一期监控表的执行数。年度资金总额只在没有一个来源
变少时报。差额 = 本期 − 上一期，单位万元。
怎样改：核对两期的执行数；当月收回的支出，请在备注里写明。
依据：项目支出绩效目标执行监控表“1—N月执行数”。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.monitored import MonitoredTable, minus
from xl_perf.core.checking.report_amounts import Fault, without_repeats
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per source."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        if one.before is not None:
            yield from without_repeats(_faults(one, one.before))


def _faults(one: MonitoredTable, before: MonitoredTable) -> Iterator[Fault]:
    for line in one.table.funds:
        earlier = before.table.same_line(line)
        now, then = line.outturn.value, None if earlier is None else earlier.outturn.value
        if now is None or then is None or now >= then:
            continue
        difference = minus(now, then)
        message = f"{line.name}的执行数 {plain(now)} 小于{before.period}的 {plain(then)}"
        remedy = "请核对两期的执行数，累计数不能减少"
        expected = f"≥{plain(then)}"
        finding = one.find(line.outturn, "M804", "执行数", message, remedy, expected=expected, difference=difference)
        yield Fault(line, "falls", finding)


RULE = Rule("M804", Severity.ERROR, check, __doc__)

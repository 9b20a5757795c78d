"""执行数大于预算数。

为什么：没有预算不能支出；预算调整过的，监控表上要有调整后的数。
怎样认：某一来源的执行数大于调整后预算数（没有调整的，年初预算数），预算数是 0 而有支出的也算；
别的来源填了预算数，这一来源空着而有支出的也算。年度资金总额只在没有一个来源超出时报。
差额 = 执行数 − 预算数，单位万元。
怎样改：先填调整后预算数并说明依据；执行数填错的改正；大到预算数的 100 倍以上的，可能是按元填的。
依据：预算法第十三条；项目支出绩效目标执行监控表“项目资金”。
"""

from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.monitored import MonitoredTable, minus
from xl_perf.core.checking.report_amounts import Fault, remedy_of_excess, without_repeats
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per source."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        yield from without_repeats(_faults(one))


def _faults(one: MonitoredTable) -> Iterator[Fault]:
    is_by_source = any(line.budget.value for line in one.table.sources)
    for line in one.table.funds:
        budget, outturn = line.budget.value, line.outturn.value
        if line.key != "budget" and is_by_source and line.budget.is_empty:
            budget = Decimal(0)
        if budget is None or outturn is None or budget < 0 or outturn <= budget:
            continue
        difference = minus(outturn, budget)
        over = f"大于预算数 {plain(budget)}，超出 {difference} 万元"
        over = "万元，这一来源没有预算数" if line.budget.is_empty else over
        message = f"{line.name}的执行数 {plain(outturn)} {over}"
        remedy = remedy_of_excess(outturn, budget, "请先填调整后预算数并说明依据；执行数填错的改正")
        expected = f"≤{plain(budget)}"
        finding = one.find(line.outturn, "M805", "执行数", message, remedy, expected=expected, difference=difference)
        yield Fault(line, "over budget", finding)


RULE = Rule("M805", Severity.ERROR, check, __doc__)

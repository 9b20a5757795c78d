"""监控表的执行率与计算的不同。

为什么：执行率 = 执行数 ÷ 预算数，不能手填成别的数；报告和汇总用的是计算的。
怎样认：执行率与计算的相差超过它末位的一半（45.5% 可以是 45.51%，46% 也行，45% 不行）。有调整后预算数的，
按调整后或按年初预算数计算的都可以。执行率空着的、预算数是 0 的不报。
年度资金总额的只在没有一个来源报时报。差额 = 表上的 − 计算的，单位百分点。
怎样改：按算式改正；执行数或预算数填错的先改金额。
依据：项目支出绩效目标执行监控表“1—N月执行率”。
"""

from collections.abc import Iterator
from fractions import Fraction

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.monitored import MonitoredTable
from xl_perf.core.checking.report_amounts import Fault, without_repeats
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.rounding import rounded, share, tolerance_of
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.progress import FundLine
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per source."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        yield from without_repeats(fault for line in one.table.funds for fault in _faults(one, line))


def _faults(one: MonitoredTable, line: FundLine) -> Iterator[Fault]:
    printed, outturn, budget = line.outturn_rate, line.outturn.value, line.budget.value
    if printed.value is None or outturn is None or budget is None:
        return
    rates = [share(outturn, its) for its in (budget, line.initial_budget.value) if its is not None]
    known = [rate for rate in rates if rate is not None]
    off = [abs(Fraction(printed.value) - rate) for rate in known]
    if not known or min(off) <= tolerance_of(printed.value):
        return
    usual = rounded(known[0])
    difference = f"{rounded(Fraction(printed.value) - Fraction(usual))}"
    sum_said = f"{plain(outturn)}÷{plain(budget)}＝{usual}%"
    message = f"{line.name}的执行率 {plain(printed.value)}%，应为 {sum_said}，相差 {difference} 个百分点"
    remedy = f"请改为 {usual}%；金额填错的先改金额"
    found = one.find(printed, "M820", "执行率", message, remedy, expected=f"{usual}%", difference=difference)
    yield Fault(line, "rate", found)


RULE = Rule("M820", Severity.ERROR, check, __doc__)

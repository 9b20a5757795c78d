"""全年预计执行数小于已经执行的数，或大于预算数。

为什么：全年的数不会比现在少；比预算多，说明预算要调整或预计错了。
怎样认：某一来源的全年预计执行数小于执行数（错误），或大于调整后预算数（没有调整的，年初预算数；警告）。
执行数已经大于预算数的由 M805 报，年度资金总额与来源有同样的毛病时只报来源。
差额 = 全年预计执行数 − 应有的界限，单位万元。
怎样改：核对全年预计执行数；要超过预算的，先按程序调整预算。
依据：项目支出绩效目标执行监控表“全年预计执行数”。
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
        yield from without_repeats(_faults(one))


def _faults(one: MonitoredTable) -> Iterator[Fault]:
    for line in one.table.funds:
        expected, outturn, budget = line.expected_outturn.value, line.outturn.value, line.budget.value
        if expected is None or expected < 0:
            continue
        name = f"{line.name}的全年预计执行数 {plain(expected)}"
        if outturn is not None and expected < outturn:
            message, remedy = f"{name} 小于{one.period}执行数 {plain(outturn)}", "请核对全年预计执行数"
            bound, least, severity = outturn, "≥", Severity.ERROR
        elif budget is not None and expected > budget and (outturn is None or outturn <= budget):
            message, remedy = f"{name} 大于预算数 {plain(budget)}", "请核对；要超过预算的，先按程序调整预算"
            bound, least, severity = budget, "≤", Severity.WARNING
        else:
            continue
        finding = one.find(
            line.expected_outturn,
            "M806",
            "全年预计执行数",
            message,
            remedy,
            expected=f"{least}{plain(bound)}",
            difference=minus(expected, bound),
            severity=severity,
        )
        yield Fault(line, least, finding)


RULE = Rule("M806", Severity.ERROR, check, __doc__)

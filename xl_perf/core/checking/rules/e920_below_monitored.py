"""全年的完成值或执行数低于监控时报的。

为什么：累计的数只会增加；年终比年中还少，总有一处填错。
怎样认：同一项目有运行监控表的，累计的指标（按监控表上的性质，没有写的：
单位不是 % 的数）实际完成值小于监控表最近一期的执行情况；全年执行数小于最近一期的执行数。≤ 的指标和时点指标不比。
只有自评表的不报。
差额 = 全年的 − 监控的，以年度指标值的单位或万元计。
怎样改：核对两张表，改正填错的一个。
依据：监控表和自评表都填累计数。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import EvaluatedTable, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.monitoring import AS_IT_STANDS, CUMULATIVE
from xl_perf.core.figures.reached import measured
from xl_perf.core.figures.report_pairs import is_of_other_year, latest_monitoring
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.progress import MonitoredIndicator, Monitoring
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding on the money, one per indicator."""
    if not seen.department.evaluations or not seen.department.monitoring:
        return
    for one in seen.evaluated(profile):
        latest = latest_monitoring(seen.department, one.table)
        if latest is not None and not is_of_other_year(seen.department, one.table):
            yield from _money(one, latest)
            yield from _indicators(one, latest)


def _money(one: EvaluatedTable, latest: Monitoring) -> Iterator[Finding]:
    entry, before = one.whole.outturn, latest.whole.outturn.value
    if entry.value is None or before is None or entry.value >= before:
        return
    difference = plain(minus(entry.value, before))
    where = f"1-{latest.month.value}月监控时的 {plain(before)}"
    message = f"全年执行数 {plain(entry.value)}，少于{where}，相差 {difference} 万元"
    remedy = "请核对两张表，累计数不能减少"
    yield one.find(entry, "E920", "全年执行数", message, remedy, expected=f"≥{plain(before)}", difference=difference)


def _indicators(one: EvaluatedTable, latest: Monitoring) -> Iterator[Finding]:
    monitored = {row.key: row for row in latest.indicators}
    for row in one.rows:
        before, aim = monitored.get(row.row.key), row.row.target.value
        if before is None or aim is None or not _adds_up(before):
            continue
        value, reached = measured(aim, row.row.actual).value, measured(aim, before.reached).value
        if value is None or reached is None or value >= reached:
            continue
        where = f"1-{latest.month.value}月监控时的 {before.reached.text}"
        message = f"“{row.name}”全年 {row.row.actual.text}，少于{where}"
        difference = plain(rounded(value - reached))
        yield one.find(
            row.row.actual,
            "E920",
            "实际完成值",
            message,
            "请核对两张表，累计数不能减少",
            expected=f"≥{before.reached.text}",
            difference=difference,
        )


def _adds_up(row: MonitoredIndicator) -> bool:
    aim = row.target.value
    if aim is None or aim.kind != "number" or aim.operator in {"≤", "<"}:
        return False
    return row.nature.value == CUMULATIVE or (row.nature.value != AS_IT_STANDS and not aim.is_rate)


RULE = Rule("E920", Severity.WARNING, check, __doc__)

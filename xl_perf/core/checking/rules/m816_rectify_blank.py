"""连续两期亮红灯，或完全不可能完成，没有写整改要求。

为什么：一直落后又没有措施，到年底目标就落空了。
怎样认：资金或同一个指标本期和上一期都亮红灯，或有指标勾了“完全不可能”，而“整改要求和建议”空着。
每张表报一处。表上没有这一栏的不报。
怎样改：写明整改措施；需要调整目标的，按程序报批。
依据：中央部门预算绩效运行监控管理暂行办法；绩效目标未经批准不得调整。
"""

from collections.abc import Iterator

from xl_perf.core.checking.monitored import MonitoredTable
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.monitoring import Light
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        rectify = one.table.value("rectify")
        causes = list(_causes(one)) if rectify.is_empty else []
        if causes:
            message = f"{'；'.join(causes)}，没有写整改要求和建议"
            remedy = "请写明整改措施；需要调整目标的，按程序报批"
            yield one.find(rectify, "M816", "整改要求和建议", message, remedy)


def _causes(one: MonitoredTable) -> Iterator[str]:
    before = one.before
    if before is not None:
        lights = [its.spent.light for its in (one, before) if its.spent is not None]
        if lights == [Light.RED, Light.RED]:
            yield "资金连续两期亮红灯"
        were_red = {row.row.key for row in before.rows if row.light is Light.RED}
        again = [f"“{row.name}”" for row in one.rows if row.light is Light.RED and row.row.key in were_red]
        if again:
            yield f"{'、'.join(again)}连续两期亮红灯"
    never = [f"“{row.name}”" for row in one.rows if row.row.impossible.value and not row.row.possible.value]
    if never:
        yield f"{'、'.join(never)}完全不可能完成"


RULE = Rule("M816", Severity.WARNING, check, __doc__)

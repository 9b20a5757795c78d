"""监控表的年度资金总额不等于各项来源之和。

为什么：各项来源加起来就是总额，差一分钱也说明有一处填错。
怎样认：年初预算数、调整后预算数、执行数、全年预计执行数逐列比：年度资金总额不等于其中各项之和。各项都空着、
有一项看不懂的不报；一项来源下面又分列它的几项（财政资金，其中一般公共预算、政府性基金）的，不重复加。
差额 = 年度资金总额 − 各项之和，带正负号，单位万元。
怎样改：核对年度资金总额与各项来源，改正填错的一个。
依据：项目支出绩效目标执行监控表“项目资金”。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.monitored import COLUMNS, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.report_money import sum_of
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per column."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        for column, label in COLUMNS:
            whole, parts = getattr(one.table.whole, column), sum_of(one.table, column)
            if parts is None or whole.value is None or whole.value == parts:
                continue
            difference = minus(whole.value, parts)
            message = f"年度资金总额的{label} {plain(whole.value)}，其中各项合计 {plain(parts)}，相差 {difference} 万元"
            remedy = "请核对年度资金总额和各项来源，改正填错的一个"
            yield one.find(whole, "M803", label, message, remedy, expected=plain(parts), difference=difference)


RULE = Rule("M803", Severity.ERROR, check, __doc__)

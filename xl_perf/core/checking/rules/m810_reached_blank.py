"""该填的执行情况没有填。

为什么：空着不是 0，也不是完成。
怎样认：执行情况为空或只有占位符（————），而指标名称或年度指标值写了。口径列为年底才填的二级指标（may_be_blank，
如质量、满意度）12 月以前可以空着；期限还没有到的也可以空着。填 0 或“无”的是报了。没有这一栏的由 M819 报。

怎样改：填实际执行的数，与年度指标值用同一个单位；还没有开始的填 0 或“未完成”。
依据：项目支出绩效目标执行监控表“1—N月执行情况”；口径文件 [monitor] 的 may_be_blank。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        for row in one.rows:
            if row.lacks_report and "reached" not in one.table.missing:
                aim = f"（年度指标值 {row.row.target.text}）" if row.row.target.text else ""
                message = f"“{row.name}”没有填{one.period}执行情况{aim}"
                remedy = "请填实际执行的数；还没有开始的填 0 或“未完成”"
                yield one.find(row.row.reached, "M810", "执行情况", message, remedy)


RULE = Rule("M810", Severity.ERROR, check, __doc__)

"""超过目标太多，没有说明原因。

为什么：超得太多，多半是目标定低了，或数填错了。
怎样认：≥ 的指标超过年度指标值 15% 以上（口径 over 可改），或 = 的指标超过了年度指标值，而原因、说明、备注都没有写。
红灯、黄灯的由 M812 报。差额 = 超过百分之几。
怎样改：说明原因；目标定低了的，下年提高。
依据：口径文件 [monitor] 的 over。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.monitored import reason_given
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.monitoring import deviation, is_overshot
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        for row in one.rows:
            target, reached = row.row.target, row.row.reached
            if target.value is None or row.light.value in profile.monitor.reason_when or reason_given(row.row):
                continue
            over = deviation(target.value, reached)
            if over is None or not is_overshot(target.value, reached, profile.monitor.over):
                continue
            by = plain(rounded(over))
            message = f"“{row.name}”执行情况“{reached.text}”，超过年度指标值“{target.text}” {by}%，没有说明原因"
            remedy = "请说明原因；目标定低了的，下年提高"
            yield one.find(reached, "M813", "执行情况", message, remedy, expected=target.text, difference=f"{by}%")


RULE = Rule("M813", Severity.WARNING, check, __doc__)

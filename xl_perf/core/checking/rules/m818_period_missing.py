"""缺少较早一期的监控表。

为什么：每一期都要留下监控的记录；缺一期，也看不出进度是怎样来的。
怎样认：口径规定的监控月份（months）里，早于工作簿中最晚一期的，没有任何项目的监控表。每个月份报一处。
只有监控表、也没有指定口径的工作簿不报：各地监控的月份不同。
怎样改：补上那一期的监控表；已经另行报过的，把表复制进来。
依据：口径文件 [monitor] 的 months。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.report_pairs import months_of_year
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per missing period, on the book."""
    own = seen.department
    if not own.monitoring or not (own.projects or own.kind or profile.is_asked_for):
        return
    there = months_of_year(seen.department)
    for month in profile.monitor.months:
        if there and month < there[-1] and month not in there:
            message = f"有 {there[-1]}月的监控表，没有 {month}月的"
            remedy = f"请补上 {month}月的监控表；已经另行报过的，把表复制进来"
            found, expected = "、".join(f"{one}月" for one in there), f"{month}月"
            yield Finding("M818", message, remedy, field="监控表", found=found, expected=expected)


RULE = Rule("M818", Severity.WARNING, check, __doc__)

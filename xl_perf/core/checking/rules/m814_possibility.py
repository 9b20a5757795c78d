"""完成目标可能性没有勾，或勾了不止一个。

为什么：三个里只能有一个；不勾，上级不知道目标还能不能完成。
怎样认：确定能、有可能、完全不可能三栏里，有勾的单元格不是恰好一个，或填的看不懂是不是勾。
执行情况该填而没有填的行由 M810 报。表上没有这几栏的不报。
怎样改：只在一栏里填 √。
依据：项目支出绩效目标执行监控表“完成目标可能性”。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.monitored import has_column, ticked
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
            own = row.row.possibilities
            if row.lacks_report or not has_column(own) or not (row.row.level3.text or row.row.target.text):
                continue
            unclear = next((entry for entry in own if entry.status is Status.UNREADABLE), None)
            number = len(ticked(own))
            if unclear is not None:
                message = f"“{row.name}”的完成目标可能性“{unclear.text}”看不懂"
            elif number != 1:
                message = f"“{row.name}”的完成目标可能性{f'勾了 {number} 个' if number else '没有勾'}"
            else:
                continue
            first = next(entry for entry in own if entry.status is not Status.ABSENT)
            yield one.find(
                unclear or first,
                "M814",
                "完成目标可能性",
                message,
                "请只在一栏里填 √",
                found=unclear.text if unclear else f"{number} 个 √",
                expected="1 个 √",
            )


RULE = Rule("M814", Severity.ERROR, check, __doc__)

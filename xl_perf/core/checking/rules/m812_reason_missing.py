"""有偏差的指标没有勾偏差原因，或没有写原因说明。

为什么：监控就是为了找出偏差的原因，及时纠正。
怎样认：指标亮红灯或黄灯（口径 reason_when 可改），或勾了“有可能”“完全不可能”，而偏差原因分析一项都没有勾，
或原因说明空着。表上没有这些栏的，只看有的。
怎样改：勾一项原因，写一句原因说明。
依据：项目支出绩效目标执行监控表“偏差原因分析”；口径文件 [monitor] 的 reason_when。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.monitored import has_column, is_doubtful, is_said
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
            is_off = row.light.value in profile.monitor.reason_when
            if row.lacks_report or not (is_off or is_doubtful(row.row)):
                continue
            own = row.row
            no_tick = has_column(own.reasons) and not own.reason_names
            no_text = own.explanation.status is not Status.ABSENT and not is_said(own.explanation)
            if not no_tick and not no_text:
                continue
            why = f"亮{row.light.label}灯" if is_off else f"完成目标可能性是“{own.possibility}”"
            lacks = "、".join(name for name, is_lacking in (("偏差原因", no_tick), ("原因说明", no_text)) if is_lacking)
            message = f"“{row.name}”{why}，没有填{lacks}"
            remedy = "请在偏差原因下勾一项，并写明原因" if no_tick else "请写明原因"
            yield one.find(own.explanation if no_text else own.reasons[0], "M812", "偏差原因分析", message, remedy)


RULE = Rule("M812", Severity.ERROR, check, __doc__)

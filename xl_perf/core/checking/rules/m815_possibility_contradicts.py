"""完成目标可能性与全年预计完成情况对不上。

为什么：两处说的是一件事，对不上就有一处填错。
怎样认：勾了“确定能”，而全年预计完成情况达不到年度指标值；或勾了“完全不可能”，而全年预计达到了。
没有写全年预计、看不懂的不报。
怎样改：核对全年预计完成情况和所勾的一栏，改正填错的一处。
依据：项目支出绩效目标执行监控表“全年预计完成情况”“完成目标可能性”。
"""

from collections.abc import Iterator

from xl_perf.core.checking.monitored import reaches, ticked
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        year = one.table.year.value if one.table.year is not None and one.table.year.value else seen.department.year
        for row in one.rows:
            own = row.row
            will = reaches(own.target, own.expected, year)
            if will is None or len(ticked(own.possibilities)) != 1:
                continue
            is_certain = bool(own.certain.value)
            is_impossible = bool(own.impossible.value) and not own.possible.value
            if is_certain and not will:
                said, wrong = "确定能", "达不到"
            elif is_impossible and will:
                said, wrong = "完全不可能", "达到了"
            else:
                continue
            message = f"“{row.name}”勾的是“{said}”，全年预计“{own.expected.text}”{wrong}年度指标值“{own.target.text}”"
            remedy = "请核对全年预计完成情况和所勾的一栏，改正填错的一处"
            yield one.find(own.expected, "M815", "全年预计完成情况", message, remedy, expected=own.target.text)


RULE = Rule("M815", Severity.WARNING, check, __doc__)

"""监控表的指标、年度指标值或年初预算数与绩效目标表不同。

为什么：监控对照批复的目标；未经批准，目标不能改。
怎样认：同一工作簿里有这个项目的绩效目标表，按一、二、三级指标的名称对应：年度指标值不同（写法不同而意思相同的不报），
目标表里没有这个指标，目标表的指标在监控表里没有，年初预算数与目标表的预算数不同。任何一边看不懂的不报。
差额 = 监控表的 − 目标表的，单位万元。
怎样改：改回批复的目标；年中调整的预算填在调整后预算数里。
依据：批复的绩效目标未经批准不得调整。
"""

from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.monitored import MonitoredTable, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount or indicator."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        project = one.project
        if project is None:
            continue
        entry, planned = one.table.whole.initial_budget, project.budget.value
        if entry.value is not None and planned is not None and entry.value != planned:
            difference = minus(entry.value, planned)
            message = f"年初预算数 {plain(entry.value)}，绩效目标表是 {plain(planned)}，相差 {difference} 万元"
            remedy = "请改为目标表的预算数；年中调整的填在调整后预算数里"
            yield one.find(entry, "M817", "年初预算数", message, remedy, expected=plain(planned), difference=difference)
        yield from _indicators(one, project)


def _indicators(one: MonitoredTable, project: Project) -> Iterator[Finding]:
    planned: dict[tuple[str, ...], list[Entry[Target]]] = {}
    for indicator in project.indicators:
        planned.setdefault(_key(indicator.key), []).append(indicator.target)
    for row in one.rows:
        own, targets = row.row, planned.get(_key(row.row.key))
        if not targets:
            if own.level3.text:
                message = f"绩效目标表里没有“{row.name}”这个指标"
                remedy = "请核对一、二、三级指标的名称，改为目标表里的指标"
                yield one.find(own.level3, "M817", "三级指标", message, remedy)
            continue
        target = targets.pop(0)
        if _differ(own.target, target):
            message = f"“{row.name}”的年度指标值是“{own.target.text}”，绩效目标表是“{target.text}”"
            remedy = "请改回目标表的指标值；目标调整过的，先按程序改绩效目标表"
            yield one.find(own.target, "M817", "年度指标值", message, remedy, expected=target.text)
    left = [key[2] for key, targets in planned.items() if targets and key[2]]
    if left and one.rows:
        names = "、".join(f"“{name}”" for name in left)
        message = f"绩效目标表的 {len(left)} 个指标没有监控：{names}"
        yield one.find(one.rows[-1].row.level3, "M817", "三级指标", message, "请补上这些指标")


def _key(key: tuple[str, str, str]) -> tuple[str, ...]:
    return tuple(map(folded, key))


def _differ(own: Entry[Target], planned: Entry[Target]) -> bool:
    if own.value is None or planned.value is None:
        return False
    is_same = own.value == planned.value and own.value.kind not in {"words", "yes-no"}
    return not is_same and folded(own.text) != folded(planned.text)


RULE = Rule("M817", Severity.WARNING, check, __doc__)

"""自评表的指标、年度指标值或年初预算数与绩效目标表不同。

为什么：自评对照批复的目标；改了目标再评，等于没有目标。
怎样认：同一工作簿里有这个项目的绩效目标表，按一、二、三级指标的名称对应：
年度指标值读作不同的数（写法不同而意思相同的不报），目标表里没有这个指标，目标表的指标在自评表里没有，
年初预算数与目标表的预算数不同。任何一边看不懂的不报，由 I505、E904、E911 报。差额 = 自评表的 − 目标表的，
单位万元。
怎样改：改回批复的目标；目标调整过的，先按程序改绩效目标表。
依据：批复的绩效目标未经批准不得调整。
"""

from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import EvaluatedTable, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount or indicator."""
    if not seen.department.evaluations or not seen.projects:
        return
    for one in seen.evaluated(profile):
        if one.project is not None:
            yield from _budget(one, one.project)
            yield from _indicators(one, one.project)


def _budget(one: EvaluatedTable, project: Project) -> Iterator[Finding]:
    entry, planned = one.whole.initial_budget, project.budget.value
    if entry.value is None or planned is None or entry.value == planned:
        return
    difference = plain(minus(entry.value, planned))
    message = f"年初预算数 {plain(entry.value)}，绩效目标表是 {plain(planned)}，相差 {difference} 万元"
    remedy = "请改为目标表的预算数；年中调整的填在全年预算数里"
    yield one.find(entry, "E923", "年初预算数", message, remedy, expected=plain(planned), difference=difference)


def _indicators(one: EvaluatedTable, project: Project) -> Iterator[Finding]:
    planned: dict[tuple[str, str, str], list[Entry[Target]]] = {}
    for indicator in project.indicators:
        planned.setdefault(_key(indicator.key), []).append(indicator.target)
    for row in one.rows:
        targets = planned.get(_key(row.row.key))
        if not targets:
            if row.row.level3.text:
                message = f"绩效目标表里没有“{row.name}”这个指标"
                remedy = "请核对一、二、三级指标的名称，改为目标表里的指标"
                yield one.find(row.row.level3, "E923", "三级指标", message, remedy)
            continue
        target = targets.pop(0)
        if _differ(row.row.target, target):
            message = f"“{row.name}”的年度指标值是“{row.row.target.text}”，绩效目标表是“{target.text}”"
            remedy = "请改回目标表的指标值；目标调整过的，先按程序改绩效目标表"
            yield one.find(row.row.target, "E923", "年度指标值", message, remedy, expected=target.text)
    left = [key for key, targets in planned.items() if targets and key[2]]
    if left and one.rows:
        names = "、".join(f"“{key[2]}”" for key in left)
        message = f"绩效目标表的 {len(left)} 个指标没有自评：{names}"
        yield one.find(one.rows[-1].row.level3, "E923", "三级指标", message, "请补上这些指标")


def _key(key: tuple[str, str, str]) -> tuple[str, str, str]:
    return folded(key[0]), folded(key[1]), folded(key[2])


def _differ(own: Entry[Target], planned: Entry[Target]) -> bool:
    if own.value is None or planned.value is None:
        return False
    is_same = own.value == planned.value and own.value.kind not in {"words", "yes-no"}
    return not is_same and folded(own.text) != folded(planned.text)


RULE = Rule("E923", Severity.WARNING, check, __doc__)

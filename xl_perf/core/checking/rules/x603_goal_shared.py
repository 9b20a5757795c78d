"""几个项目的绩效目标文字相同。

为什么：照抄的目标说明不了各自要做什么。
怎样认：不同项目（名称不同）的目标文字去掉空格和末尾标点后相同。每段文字报一次，在最先出现的地方报，说明里列出其余的。
怎样改：按各自的内容改写。
依据：项目绩效目标表第 5 部分。
"""

from collections import defaultdict
from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry
from xl_perf.core.checking.rules.base import Rule, bare_name
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per text, on the goal that has it first."""
    places: dict[str, dict[str, Entry[str]]] = defaultdict(dict)
    for project in seen.projects:
        name = bare_name(project.title)
        for goal in project.goals:
            if goal.value:
                places[folded(goal.value).rstrip("。.;,!")].setdefault(name, goal)
    for shared in places.values():
        if len(shared) > 1:
            first, *others = shared.values()
            where = "、".join(f"{goal.sheet}!{goal.cell}" for goal in others)
            message = f"这段目标与 {where} 的相同（{len(shared)}个项目）"
            yield at(first, "X603", "绩效目标", message, "请按各个项目的内容改写")


RULE = Rule("X603", Severity.HINT, check, __doc__)

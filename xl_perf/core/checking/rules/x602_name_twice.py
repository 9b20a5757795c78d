"""项目名称重复。

为什么：同一部门的两个项目同名，多半是同一张表交了两次。
怎样认：同一部门中两张表的项目名称相同（空格、全角半角不计较）。在后出现的表上报。
怎样改：重复的表请删去；确是两个项目的，名称要能区分。
依据：项目绩效目标表第 2 部分。
"""

from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per further form with the same name."""
    first: dict[str, Project] = {}
    for project in seen.projects:
        name = folded(project.name.value or "")
        other = first.setdefault(name, project) if name else project
        if other is not project:
            message = f"项目名称与{other.name.sheet}!{other.name.cell}相同"
            yield at(project.name, "X602", "项目名称", message, "重复的表请删去；确是两个项目的，请改成能区分的名称")


RULE = Rule("X602", Severity.ERROR, check, __doc__)

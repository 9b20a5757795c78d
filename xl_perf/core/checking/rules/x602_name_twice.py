"""项目名称重复。

为什么：同一部门的两个项目同名，多半是同一张表交了两次。
怎样认：同一部门中两张表的项目名称相同（空格、全角半角不计较），表上写了实施单位的，实施单位也相同。每张表上都报。
前后写明是哪一稿的话不算：“（调整）”“【新】”“—修订稿”“调整后……”，还有本年度“2024年度……”；“（二期）”“（一）”“（东片）”算。
怎样改：同一个项目只留定稿；确是两个项目的，名称要能区分。
依据：项目绩效目标表第 2 部分。
"""

from collections import defaultdict
from collections.abc import Iterator

from xl_perf.core.checking.project_names import said_alike
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form whose name another one has."""
    alike: dict[str, list[Project]] = defaultdict(list)
    for project, known in zip(seen.projects, seen.listed, strict=True):
        if name := known.name_key:
            alike[name].append(project)
    for projects in alike.values():
        for project in projects if len(projects) > 1 else ():
            other = next(one for one in projects if one is not project).name
            more = f"等 {len(projects) - 1} 处" if len(projects) > 2 else ""
            message = f"项目名称与{other.sheet}!{other.cell}{more}{said_alike(project.name.value, other.value)}"
            remedy = "请核对：同一个项目只留定稿；确是两个项目的，请改成能区分的名称"
            yield at(project.name, "X602", "项目名称", message, remedy)


RULE = Rule("X602", Severity.ERROR, check, __doc__)

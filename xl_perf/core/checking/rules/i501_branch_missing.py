"""一级指标下没有任何指标。

为什么：产出、效果、满意度三类指标都要有。
怎样认：口径中的一级指标（如产出、效果、满意度）没有一行填了内容。产出/产出指标、效果/效益指标视为相同。
表里有这一行而没有填的，报在这一行；没有这一行的，报在指标表头。
一级指标整个缺少时，不再报它的二级指标（I502）；一级指标空着或名称写错的由 I503 报。
怎样改：补填这一类的指标。
依据：口径文件的指标体系（branch）。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule, in_table
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Branch, Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form and branch."""
    for levels, projects in seen.levels:
        if not profile.second_of.keys() >= levels.keys():
            continue
        for branch in profile.branches:
            if branch.optional or branch.name in levels:
                continue
            for project in projects:
                own = project.kind.own_sheet
                if "level1" not in project.missing and (own is None or own.has_room_for(branch.name)):
                    yield _finding(project, branch)._replace(expected=branch.label)


def _finding(project: Project, branch: Branch) -> Finding:
    """On the branch's own row where it has one, else on the header of the indicator table."""
    own = next((level1 for level1, _ in project.unfilled if level1.value == branch.name), None)
    if own is None:
        return in_table(project, "I501", f"没有{branch.label}", f"请填写{branch.label}")
    return at(own, "I501", "绩效指标", f"没有填{branch.label}", f"请填写{branch.label}", found="")


RULE = Rule("I501", Severity.ERROR, check, __doc__)

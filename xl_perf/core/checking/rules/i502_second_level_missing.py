"""缺少必填的二级指标。

为什么：产出要从数量、质量、时效、成本四个方面说明。
怎样认：一级指标下有指标，但口径要求的某个二级指标没有一行填了内容。一级指标整个缺少由 I501 报；
一级指标空着、认不出，或同一个一级指标下有认不出的二级指标时由 I503 报。
表里有这一行而没有填的，报在这一行；没有这一行的，报在一级指标。
怎样改：补填这个二级指标。
依据：口径文件的指标体系（branch 的 required）。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Branch, Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form and required second level."""
    for levels, projects in seen.levels:
        # What I503 reports leaves open which branch or second level is missing.
        if not profile.second_of.keys() >= levels.keys():
            continue
        for branch in profile.branches:
            present = levels.get(branch.name)
            if branch.optional or not present or not present.issubset(profile.second_of[branch.name]):
                continue
            for second in branch.required:
                if second not in present:
                    yield from _findings(projects, branch, second, profile.label_of(second))


def _findings(projects: list[Project], branch: Branch, second: str, label: str) -> Iterator[Finding]:
    """On the second level's own row where it has one, else on the first level's cell."""
    for project in projects:
        sheet = project.kind.own_sheet
        if sheet is not None and not sheet.has_room_for(branch.name, second):
            continue
        if "level2" not in project.missing and project.kind.has_second_level:
            levels = branch.name, second
            own = [row[1] for row in project.unfilled if (row[0].value, row[1].value) == levels]
            first = [one.level1 for one in project.indicators if one.level1.value == branch.name]
            message = f"{branch.label}下没有填{label}" if own else f"{branch.label}下没有{label}"
            yield at([*own, *first][0], "I502", label, message, f"请填写{label}", found="", expected=label)


RULE = Rule("I502", Severity.ERROR, check, __doc__)

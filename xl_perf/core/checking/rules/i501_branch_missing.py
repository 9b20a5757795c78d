"""一级指标下没有任何指标。

为什么：产出、效果、满意度三类指标都要有。
怎样认：口径中的一级指标（如产出、效果、满意度）没有一行填了内容。产出/产出指标、效果/效益指标视为相同。
一级指标整个缺少时，不再报它的二级指标（I502）；一级指标空着或名称写错的由 I503 报。
怎样改：补填这一类的指标。
依据：口径文件的指标体系（branch）。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule, in_table
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form and branch, on the header of the indicator table."""
    for levels, projects in seen.levels:
        if not profile.second_of.keys() >= levels.keys():
            continue
        for branch in profile.branches:
            if branch.optional or branch.name in levels:
                continue
            for project in projects:
                if "level1" not in project.missing:
                    finding = in_table(project, "I501", f"没有{branch.label}", f"请填写{branch.label}")
                    yield finding._replace(expected=branch.label)


RULE = Rule("I501", Severity.ERROR, check, __doc__)

"""没有填绩效目标。

为什么：每个项目至少要有一个绩效目标，指标由它而来。
怎样认：“目标1”“目标2”……右边全部为空或只有占位符。只填了其中一个不报。
实施期目标、年度目标分开填的，只填了实施期目标也报。
单位自己的清单样表印着年度目标一栏的，每个项目都要填。
怎样改：在“目标1”右边写明项目要达到的目标。
依据：项目绩效目标表第 5 部分。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule, in_form
from xl_perf.core.checking.seen import Seen
from xl_perf.core.forms.goal_places import WHOLE
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form without any goal; silent where the part's label is missing (S102)."""
    for project in seen.projects:
        kind = project.kind
        if "goals_part" not in kind.demanded:
            continue
        label = kind.labels["goals_part"]
        message, remedy = f"没有填{label}", "请至少填写目标1" if kind.numbers_goals else f"请填写{label}"
        if not project.goals:
            if "goals_part" not in project.missing:
                yield in_form(project, "F205", label, message, remedy)
        elif all(goal.is_empty for goal in project.goals):
            yield at(project.goals[0], "F205", label, message, remedy)
        elif _has_goals_of_whole_time_alone(project):
            yield in_form(project, "F205", label, "没有填年度目标", "请填写年度目标")


def _has_goals_of_whole_time_alone(project: Project) -> bool:
    """A form that parts 实施期目标 from 年度目标 has a text for none but the former."""
    periods = {period for goal, period in zip(project.goals, project.goal_periods, strict=False) if not goal.is_empty}
    return periods == {WHOLE}


RULE = Rule("F205", Severity.ERROR, check, __doc__)

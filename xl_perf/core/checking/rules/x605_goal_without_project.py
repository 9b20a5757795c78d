"""分项绩效目标没有对应的项目，或项目没有对应的分项绩效目标。

为什么：分项目标靠项目实现，项目要服务于部门的目标。
怎样认：整体绩效目标工作表上写了分项绩效目标时：某个分项目标的“对应项目”空着，或写的项目各表中都没有；
某个项目不在任何分项目标的“对应项目”中。名称的空格、全角半角、年度、末尾的“项目”不计较。
一个对应项目都没有写时，只在各分项目标上报，不再逐个项目报。
怎样改：在“对应项目”中写明项目名称，一行一个。
依据：部门整体绩效目标中的分项绩效目标。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.rules.base import Rule, bare_name
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import GOALS_SHEET


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per sub-goal (on 对应项目) and per project (on its name)."""
    subs = seen.department.sub_goals
    if not subs or any(sub.projects.status is Status.ABSENT for sub in subs):
        return
    own = [(project.name, bare_name(project.name.value or "")) for project in seen.projects]
    there = {name for _, name in own}
    served: set[str] = set()
    for sub in subs:
        names = {bare_name(name): name for name in sub.project_names}
        served |= names.keys()
        missing = [name for bare, name in names.items() if bare not in there]
        if not names or missing:
            said = f"写的“{'、'.join(missing)}”各表中没有" if missing else "没有对应的项目"
            message, remedy = f"分项绩效目标“{sub.title.text}”{said}", "请写明对应的项目名称，一行一个"
            yield at(sub.projects, "X605", "对应项目", message, remedy)
    for entry, name in own:
        if served and name and name not in served:
            message = "这个项目不在任何分项绩效目标的“对应项目”中"
            remedy = f"请在“{GOALS_SHEET}”中把它写到所属的分项绩效目标"
            yield at(entry, "X605", "项目名称", message, remedy)


RULE = Rule("X605", Severity.WARNING, check, __doc__)

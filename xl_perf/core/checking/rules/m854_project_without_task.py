"""项目没有任务。

为什么：没有分解成任务的项目，没有人按月推进。
怎样认：工作簿里有“任务分解”，而一个项目的名称不在任何一行的项目、任务里，列有这个项目的分项目标也不在。表上没有项目一栏的不查。
怎样改：按“任务分解”补上；不用分解的，可以不管。
依据：任务分解到科室、到人、到月的通行做法。
"""

from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per project, on its name."""
    department = seen.department
    if all(task.project.status is Status.ABSENT for task in department.tasks):
        return
    texts = [folded(f"{task.project.text}\n{task.content.text}") for task in department.tasks]
    covered = {
        folded(name)
        for sub in department.sub_goals
        if sub.title.text and any(folded(sub.title.text) in text for text in texts)
        for name in sub.project_names
    }
    for project in department.projects:
        name = folded(project.name.text)
        if name and name not in covered and not any(name in text for text in texts):
            message = f"任务分解里没有项目“{project.title}”的任务"
            yield at(project.name, "M854", "项目名称", message, "请按“任务分解”补上；不用分解的，可以不管")


RULE = Rule("M854", Severity.HINT, check, __doc__)

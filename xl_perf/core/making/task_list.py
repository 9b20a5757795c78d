"""任务分解 made from what a department has planned: a row for every project, and for every sub-goal without one."""

from collections.abc import Iterable, Iterator

from xl_perf.core.cells.entries import target_entry, text_entry
from xl_perf.core.cells.entry import Entry, absent
from xl_perf.core.cells.targets import Target
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import Task
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

_NOWHERE = ("", 0, 0)
_MONTHS = 12
_OF_A_QUARTER = 3


def periods(profile: Profile, tasks: Iterable[Task] = ()) -> tuple[str, ...]:
    """The headings of the plan: 1月 … 12月, or four quarters; of tasks that have a plan as they have it."""
    planned = {len(task.months) for task in tasks if task.months}
    if max(planned, default=0) < _MONTHS and (planned or profile.tasks.by == "quarter"):
        return tuple(f"第{name}季度" for name in "一二三四")
    return tuple(f"{month}月" for month in range(1, _MONTHS + 1))


def plan_of(task: Task, number_of_periods: int) -> dict[int, str]:
    """The texts of a task's plan by their columns; a quarter's, among months, in its last month."""
    step = _OF_A_QUARTER if len(task.months) < number_of_periods else 1
    return {at * step + step - 1: entry.text for at, entry in enumerate(task.months)}


def task_list(department: Department, profile: Profile) -> list[Task]:
    """Tasks yet to be planned: what is to be done and when it must be, as the forms say it; persons are left blank."""
    return list(_tasks(department, len(periods(profile))))


def _tasks(department: Department, number_of_periods: int) -> Iterator[Task]:
    number = 0
    for project in department.projects:
        number += 1
        goals = [goal.text for goal in project.goals if goal.text]
        yield _task(number, project.name.text, goals, _standard(project), _deadline(project), number_of_periods)
    names = {project.name.text for project in department.projects}
    for sub in department.sub_goals:
        if not sub.title.text or names & set(sub.project_names):
            continue
        number += 1
        standards = [f"{one.name.text}{one.target.text}" for one in sub.indicators if one.name.text]
        yield _task(number, sub.title.text, [sub.goal.text], standards, "", number_of_periods)


def _standard(project: Project) -> list[str]:
    """The outputs with their targets, as 工作标准."""
    rows = [row for row in project.indicators if (row.level1.value or "") == "产出" and row.level3.text]
    return [f"{row.level3.text}{row.target.text}" for row in rows]


def _deadline(project: Project) -> str:
    """The last deadline among the targets, as typed."""
    found = [row.target for row in project.indicators if row.target.value and row.target.value.kind == "deadline"]
    return found[-1].text if found else ""


def _task(number: int, name: str, goals: list[str], standards: list[str], due: str, number_of_periods: int) -> Task:
    blank = text_entry(None, *_NOWHERE)
    unset: Entry[Target] = target_entry(None, *_NOWHERE)
    return Task(
        number=text_entry(str(number), *_NOWHERE),
        project=text_entry(name, *_NOWHERE),
        content=text_entry("\n".join(filter(None, goals)), *_NOWHERE),
        standard=text_entry("；".join(standards), *_NOWHERE),
        leader=blank,
        section=blank,
        person=blank,
        start=unset,
        due=target_entry(due, *_NOWHERE),
        months=(blank,) * number_of_periods,
        done=blank,
        done_on=unset,
        progress=absent(""),
        state=text_entry("未开始", *_NOWHERE),
        note=blank,
    )

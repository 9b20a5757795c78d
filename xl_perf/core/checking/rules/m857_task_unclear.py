"""任务的状态、进度、启动时间或项目看不懂，或前后不一致。

为什么：看不懂的状态和进度数不进各类任务里；写错了项目名，任务就不是那个项目的。
怎样认：“状态”不是未开始、进行中、已完成、延期、取消（意思相同的写法也认）；“进度”不是数，或不在 0 到 100 之间；
“启动时间”是日历上没有的日期，或晚于“完成时限”；“项目”写了，而工作簿的项目和分项目标都不叫这个名称
（提示：可以有不属于项目的任务；只有任务分解的工作簿不查）。一行里不同的栏分别报。
怎样改：状态填五种之一，进度填 0 到 100 的数，改正时间和项目名称。
依据：任务分解表各栏的意思。
"""

import datetime
from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.targets import Target
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.reached import is_no_day, last_day
from xl_perf.core.figures.tasks import STATES, named
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.progress import Task
from xl_perf.core.profile import Profile

_ALL = 100


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per cell."""
    department = seen.department
    subs = (sub.title.text for sub in department.sub_goals)
    names = {folded(name) for name in (*(one.name.text for one in department.projects), *subs) if name}
    for task in department.tasks:
        yield from _state(task)
        yield from _start(task, department.year)
        text = folded(task.project.text)
        if names and text and not any(name in text or text in name for name in names):
            message = f"任务“{named(task)}”的项目“{task.project.text}”不在本工作簿里"
            remedy = "请核对项目名称；不属于项目的任务，可以不管"
            yield at(task.project, "M857", "项目", message, remedy).graded(Severity.HINT)


def _state(task: Task) -> Iterator[Finding]:
    state, progress = task.state, task.progress
    if state.value and state.value not in STATES:
        message = f"任务“{named(task)}”的状态“{state.text}”看不懂"
        yield at(state, "M857", "状态", message, f"请填：{'、'.join(STATES)}")
    is_outside = progress.value is not None and not 0 <= progress.value <= _ALL
    if progress.status is Status.UNREADABLE or is_outside:
        why = "不在 0 到 100 之间" if is_outside else "不是数"
        message = f"任务“{named(task)}”的进度“{progress.text}”{why}"
        yield at(progress, "M857", "进度", message, "请填 0 到 100 的数，如 50", expected="0 到 100")


def _start(task: Task, year: int | None) -> Iterator[Finding]:
    start, due = task.start, task.due
    if is_no_day(start):
        message = f"任务“{named(task)}”的启动时间“{start.text}”不是日历上的日期"
        yield at(start, "M857", "启动时间", message, "请改成日历上有的一天，如 2023-03-01")
        return
    first, last = _first_day(start, year), None
    if due.value is not None and due.value.deadline is not None and not is_no_day(due):
        is_of_year = due.value.deadline.year in {None, year}  # M852 reports others
        last = last_day(due.value.deadline, year) if is_of_year else None
    if first is not None and last is not None and first > last:
        message = f"任务“{named(task)}”的启动时间“{start.text}”晚于完成时限“{due.text}”"
        yield at(start, "M857", "启动时间", message, "请核对两个时间")


def _first_day(start: Entry[Target], year: int | None) -> datetime.date | None:
    said = None if start.value is None else start.value.deadline
    its_year = year if said is None else said.year or year
    return None if said is None or not its_year else datetime.date(its_year, said.month or 1, said.day or 1)


RULE = Rule("M857", Severity.WARNING, check, __doc__)

"""任务分解: which tasks are overdue or near as of a day that somebody types, and how many are in which state.

Nothing depends on the clock: without a day nothing is overdue.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from xl_perf.core.figures.reached import answer, is_no_day, last_day
from xl_perf.core.model.progress import Task

STATES: Final = ("未开始", "进行中", "已完成", "延期", "取消")
DONE, CANCELLED = STATES[2], STATES[4]
OVERDUE: Final = "逾期"
NEAR: Final = "临近"
_ENDED: Final = frozenset({DONE, CANCELLED})
_ALL: Final = 100
_LONGEST: Final = 30


class Due(NamedTuple):
    """How a task stands as of a day: ``mark`` is 逾期, 临近 or empty; ``days`` after (before) its deadline."""

    mark: str
    days: int | None

    @property
    def said(self) -> str:
        """逾期 12 天; empty where there is nothing to say."""
        if not self.mark or self.days is None:
            return ""
        return f"{OVERDUE} {self.days} 天" if self.mark == OVERDUE else f"还有 {self.days} 天"


def named(task: Task) -> str:
    """What to call a task in a message: its first line."""
    text = task.content.text or task.project.text or task.standard.text
    first = text.strip().split("\n")[0]
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"


def is_done(task: Task) -> bool:
    """It is done or given up: by its state, else by its progress, its 完成日期, or what is said of it."""
    if task.state.value:
        return task.state.value in _ENDED
    done_on = None if task.done_on.value is None else task.done_on.value.deadline
    return task.progress.value == _ALL or done_on is not None or answer(task.done.text) is True


def due_of(task: Task, as_of: datetime.date | None, year: int | None, soon_days: int) -> Due:
    """Whether a task is overdue as of a day, or due within ``soon_days``; a task that is done never is."""
    deadline = None if task.due.value is None or task.due.value.deadline is None else task.due.value.deadline
    day = None if deadline is None or is_no_day(task.due) else last_day(deadline, year)
    if as_of is None or day is None or is_done(task):
        return Due("", None)
    days = (as_of - day).days
    if days > 0:
        return Due(OVERDUE, days)
    return Due(NEAR, -days) if -days <= soon_days else Due("", -days)


def counts_of(tasks: Iterable[Task], dues: Iterable[Due]) -> Mapping[str, int]:
    """Numbers by state, blank ones as 未填, and those that are overdue or near."""
    found = Counter(task.state.value or "未填" for task in tasks)
    found.update(due.mark for due in dues if due.mark)
    return found

"""任务写着已完成，却没有完成日期，或进度不是 100%。

为什么：前后不一致，看不出任务到底完成没有。
怎样认：“状态”是“已完成”（写“完成”“已办结”的一样），而“完成日期”空着，或填了的“进度”不是 100%。
每行报一处。表上没有的栏不查。
怎样改：填上完成日期、把进度改成 100；没有完成的，改状态。
依据：任务分解表各栏的意思。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.reached import is_no_day
from xl_perf.core.figures.tasks import DONE, named
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile

_ALL = 100
_REMEDY = "请填上完成日期，把进度改成 100；没有完成的，改状态"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per task; the progress counts where it is filled."""
    for task in seen.department.tasks:
        if task.state.value != DONE:
            continue
        progress = task.progress
        said = progress.text if progress.value is None else f"{plain(progress.value)}%"
        is_short = progress.status in {Status.FILLED, Status.UNREADABLE} and progress.value != _ALL
        if task.done_on.is_empty:
            more = f"，进度是 {said}" if is_short else ""
            message = f"任务“{named(task)}”写着已完成，没有完成日期{more}"
            yield at(task.done_on, "M855", "完成日期", message, _REMEDY)
        elif is_no_day(task.done_on):
            message = f"任务“{named(task)}”的完成日期“{task.done_on.text}”不是日历上的日期"
            yield at(task.done_on, "M855", "完成日期", message, "请填完成的那一天，如 2023-12-28")
        elif is_short:
            message = f"任务“{named(task)}”写着已完成，进度却是 {said}"
            yield at(progress, "M855", "进度", message, _REMEDY, expected="100%")


RULE = Rule("M855", Severity.ERROR, check, __doc__)

"""任务的完成时限看不懂、没有写，或不在本年度。

为什么：看不出时限，就不知道任务是不是逾期。
怎样认：“任务分解”的“完成时限”空着、不是日期或月份（如“长期坚持”），是日历上没有的日期（2月30日），或写的年份不是预算年度；取消了的任务不查。表上没有这一栏的不查。
怎样改：写成“6月底前”“2023-06-30”这样的时限；常年开展的工作写“12月底前”。
依据：任务分解到月的通行做法。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import FLAWED, Status
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.reached import is_no_day
from xl_perf.core.figures.tasks import CANCELLED, named
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per task."""
    year = seen.department.year
    for task in seen.department.tasks:
        due = task.due
        if due.status is Status.ABSENT or due.status in FLAWED or task.state.value == CANCELLED:
            continue
        deadline = None if due.value is None else due.value.deadline
        if due.is_empty:
            message, remedy = f"任务“{named(task)}”没有写完成时限", "请写上完成时限，如“6月底前”"
            yield at(due, "M852", "完成时限", message, remedy)
        elif is_no_day(due):
            message = f"任务“{named(task)}”的完成时限“{due.text}”不是日历上的日期"
            yield at(due, "M852", "完成时限", message, "请改成日历上有的一天，如“6月底前”或“2023-06-30”")
        elif deadline is None:
            message = f"任务“{named(task)}”的完成时限“{due.text}”看不出是哪一天以前"
            yield at(due, "M852", "完成时限", message, "请写成“6月底前”或“2023-06-30”这样；常年的工作写“12月底前”")
        elif deadline.year and year and deadline.year != year:
            message = f"任务“{named(task)}”的完成时限“{due.text}”不在 {year} 年"
            yield at(due, "M852", "完成时限", message, f"请改成 {year} 年的时限", expected=f"{year}年")


RULE = Rule("M852", Severity.ERROR, check, __doc__)

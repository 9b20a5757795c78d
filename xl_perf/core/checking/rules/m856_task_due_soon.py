"""任务快到期了。

为什么：提前提醒，免得逾期。
怎样认：“任务分解”上写了“填报日期”，任务没有完成，完成时限在它之后几天之内（口径的 soon_days，默认 15 天）。
没有写填报日期的不查。
怎样改：抓紧办理；已经完成的，改状态、填完成日期。
依据：任务分解表的完成时限；口径文件 [tasks] 的 soon_days。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.tasks import NEAR, due_of, named
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per task."""
    for task in seen.department.tasks:
        due = due_of(task, task.as_of, seen.department.year, profile.tasks.soon_days)
        if due.mark == NEAR:
            when = f"到填报日期 {task.as_of} {due.said}到期" if due.days else f"在填报日期 {task.as_of} 当天到期"
            message = f"任务“{named(task)}”{when}"
            remedy = "请抓紧办理；已经完成的，改状态并填完成日期"
            yield at(task.due, "M856", "完成时限", message, remedy, difference=f"{due.days}天")


RULE = Rule("M856", Severity.HINT, check, __doc__)

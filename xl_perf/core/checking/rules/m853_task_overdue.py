"""到填报日期，任务已经逾期。

为什么：逾期的任务要尽早催办，或说明原因。
怎样认：“任务分解”上写了“填报日期”，任务的完成时限早于它，而任务没有完成，也没有取消。没有写填报日期的不查；不看电脑上的日期。
怎样改：催办；已经完成的，改状态、填完成日期；确需延期的，改时限并写明。
依据：任务分解表的完成时限。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.tasks import OVERDUE, due_of, named
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per task."""
    for task in seen.department.tasks:
        due = due_of(task, task.as_of, seen.department.year, profile.tasks.soon_days)
        if due.mark == OVERDUE:
            message = f"任务“{named(task)}”到填报日期 {task.as_of} {due.said}"
            remedy = "请催办；已经完成的，改状态并填完成日期；要延期的，改时限并写明"
            yield at(task.due, "M853", "完成时限", message, remedy, difference=f"{due.days}天")


RULE = Rule("M853", Severity.WARNING, check, __doc__)

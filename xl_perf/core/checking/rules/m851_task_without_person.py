"""任务没有写责任科室或责任人。

为什么：没有落到科室和人的任务，到期没有人办。
怎样认：“任务分解”里的一行，有“责任科室”一栏而空着，或有“责任人”一栏而空着；取消了的任务不查。每行报一处。表上没有的栏不查。
怎样改：写上责任科室和责任人。
依据：任务分解到科室、到人、到月的通行做法。
"""

from collections.abc import Iterator
from operator import attrgetter

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.tasks import CANCELLED, named
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile

_FIELDS = {"责任科室": attrgetter("section"), "责任人": attrgetter("person")}


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per task, on the first blank cell."""
    for task in seen.department.tasks:
        blank = {field: own for field, get in _FIELDS.items() if (own := get(task)).is_empty}
        if blank and task.state.value != CANCELLED:
            field, entry = next(iter(blank.items()))
            message = f"任务“{named(task)}”没有写{'和'.join(blank)}"
            yield at(entry, "M851", field, message, f"请写上{'和'.join(blank)}")


RULE = Rule("M851", Severity.ERROR, check, __doc__)

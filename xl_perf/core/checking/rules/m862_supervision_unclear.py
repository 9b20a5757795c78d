"""监督记录的日期、整改期限看不懂，或项目不在工作簿里。

为什么：看不懂的期限，不知道整改有没有逾期；写错了项目名，记录就找不到项目。
怎样认：“日期”或“整改期限”是日历上没有的日期（2月30日）；“项目”写了，而工作簿的项目都不叫这个名称
（提示：监督的可以不是项目；只有监督记录的工作簿不查）。
怎样改：改成日历上有的一天；改正项目名称。
依据：绩效监督的发现问题、处理、整改要有记录的通行做法。
"""

from collections.abc import Iterator

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.reached import is_no_day
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per cell."""
    names = {folded(one.name.text) for one in seen.department.projects if one.name.text}
    for record in seen.department.supervision:
        for label, entry in (("日期", record.date), ("整改期限", record.due)):
            if is_no_day(entry):
                message = f"监督记录的{label}“{entry.text}”不是日历上的日期"
                yield at(entry, "M862", label, message, "请改成日历上有的一天，如 2023-06-30")
        text = folded(record.project.text)
        if names and text and not any(name in text or text in name for name in names):
            message = f"监督记录的项目“{record.project.text}”不在本工作簿里"
            remedy = "请核对项目名称；监督的不是项目的，可以不管"
            yield at(record.project, "M862", "项目", message, remedy).graded(Severity.HINT)


RULE = Rule("M862", Severity.WARNING, check, __doc__)

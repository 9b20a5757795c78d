"""表在隐藏的工作表上。

为什么：隐藏的表照样计入汇总，看的人却不知道有它。
怎样认：填写过的项目绩效目标表所在的工作表是隐藏的（包括深度隐藏）。供复制的空白表不算。
怎样改：取消隐藏；不要的表请删去，以免计入汇总。
依据：本程序读入所有工作表，隐藏的也读。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule, in_form
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per hidden form, on its top-left cell."""
    for project in seen.projects:
        if project.hidden:
            message = f"“{project.title}”在隐藏的工作表上，仍计入汇总"
            yield in_form(project, "S104", "工作表", message, "请取消隐藏；不要的表请删去")


RULE = Rule("S104", Severity.WARNING, check, __doc__)

"""没有填项目名称；整张表都没有填的，也在这里报一次。

为什么：没有名称，汇总时无法指认项目。
怎样认：“项目名称”右边为空，或只有“————”一类的占位符。整张空表只报这一条，不再逐项报。
怎样改：填写项目名称；多余的空表请删去。
依据：项目绩效目标表第 2 部分。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form without a name, and one per form that is blank as a whole."""
    for blank in seen.department.blank_forms:
        yield at(blank.name, "F201", "项目名称", "这张表还没有填写", "请填写；不需要的空表请删去")
    for project in seen.projects:
        if project.name.is_empty:
            yield at(project.name, "F201", "项目名称", "没有填项目名称", "请填写项目名称")


RULE = Rule("F201", Severity.ERROR, check, __doc__)

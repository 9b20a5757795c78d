"""没有填资金用途。

为什么：预算要说明钱用在哪里。
怎样认：金额下面一行（“资金主要用于……”）为空，或只有占位符、只有“资金主要用于”几个字。
怎样改：写明资金主要用于什么。
依据：项目绩效目标表第 3 部分。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule, has_no_purpose
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form without a purpose."""
    for project in seen.projects:
        if has_no_purpose(project) and "purpose" in project.kind.demanded:
            yield at(project.purpose, "F204", "资金用途", "没有填资金用途", "请写明资金主要用于什么")


RULE = Rule("F204", Severity.ERROR, check, __doc__)

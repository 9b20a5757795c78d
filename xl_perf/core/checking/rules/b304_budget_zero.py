"""预算数是 0。

为什么：没有钱的项目一般不需要填表；也可能是还没有填。
怎样认：预算数填了 0。空着的由 B301 报。
怎样改：填写预算数；确实为 0 的，写明理由后接受这条警告。
依据：项目绩效目标表第 3 部分。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form with a budget of 0."""
    for project in seen.projects:
        total = project.budget
        if total.value is not None and total.value == 0:
            name = project.budget_name
            yield at(total, "B304", name, f"{name}是 0", f"请填写{name}；确实为 0 的请说明理由", found="0")


RULE = Rule("B304", Severity.WARNING, check, __doc__)

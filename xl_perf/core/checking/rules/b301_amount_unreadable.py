"""没有填预算数，或金额写得读不出来。

为什么：读不出的金额进不了汇总。
怎样认：预算数为空或只有“————”；预算数、财政资金、其他资金中任何一个不是金额（如“约50万”“50-60”）。
财政资金、其他资金可以空着，空着算 0。
怎样改：直接填数字，单位为万元，如 161.93。
依据：项目绩效目标表第 3 部分。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile

_REMEDY = "请直接填数字，单位为万元，如 161.93"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount."""
    for project in seen.projects:
        total = project.budget
        if total.is_empty:
            hidden = "" if seen.department.sees_errors else "（这种文件格式里，错误值和没有结果的公式看上去也是空白）"
            yield at(total, "B301", project.budget_name, f"没有填{project.budget_name}{hidden}", _REMEDY)
    for label, amount in seen.amounts:
        if amount.value is None and amount.status is Status.UNREADABLE:
            yield at(amount, "B301", label, f"{label}“{amount.text}”不是金额", _REMEDY)


RULE = Rule("B301", Severity.ERROR, check, __doc__)

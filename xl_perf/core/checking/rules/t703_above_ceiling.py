"""部门预算总额超过控制数。

为什么：控制数由财政部门下达，预算不能超过。
怎样认：各项目预算数的合计大于首页的控制数（万元）；控制数空着时不报。差额 = 合计 − 控制数。
控制数不是金额时也在这里报。
怎样改：压减预算，或核对控制数。
依据：首页的控制数。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.totals import EXACT
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding, on 控制数."""
    ceiling = seen.department.cover.ceiling
    if ceiling.status is Status.UNREADABLE:
        message = f"控制数“{ceiling.text}”不是金额，没有办法核对"
        yield at(ceiling, "T703", "控制数", message, "请直接填数字，单位为万元")
    if ceiling.value is None:
        return
    total = seen.total.budget
    if total > ceiling.value:
        difference = plain(EXACT.subtract(total, ceiling.value))
        yield at(
            ceiling,
            "T703",
            "控制数",
            f"各项目预算数合计 {plain(total)} 万元，超过控制数 {plain(ceiling.value)} 万元，多 {difference} 万元",
            "请压减预算，或核对控制数",
            found=plain(total),
            expected=f"不超过 {plain(ceiling.value)}",
            difference=difference,
        )


RULE = Rule("T703", Severity.ERROR, check, __doc__)

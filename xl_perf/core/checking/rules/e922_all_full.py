"""全部满分，执行率也是 100%。

为什么：样样圆满的自评不常见，上级复核时会先看；目标可能定得太低。
怎样认：执行率等于 100%，执行率和每个指标都得满分。至少有两个指标。
怎样改：再核对一遍实际完成值；属实的不用改。
依据：财政部门抽查复核自评的通行做法。
"""

from collections.abc import Iterator
from typing import Final

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.rounding import HUNDRED
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile

_SEVERAL: Final = 2


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        is_full = all(row.counts == row.points and row.scored.problem is None for row in one.rows)
        if len(one.rows) >= _SEVERAL and one.money.rate == HUNDRED and is_full:
            message = "执行率 100%，每个指标都得满分"
            yield one.find(one.table.total, "E922", "总分", message, "请再核对实际完成值；属实的不用改")


RULE = Rule("E922", Severity.HINT, check, __doc__)

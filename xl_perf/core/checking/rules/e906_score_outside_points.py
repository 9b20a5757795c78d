"""得分小于 0 或大于分值。

为什么：一个指标最多得它的分值，最少得 0。
怎样认：得分小于 0，或大于同一行的分值；执行率的得分与执行率的分值也比。分值读不出的由 E904 报，
执行率的分值不对的由 E902 报。分值空着时按口径的份额分配后再比；别处的表样没有印分值的不比。
差额 = 得分 − 分值（小于 0 时 = 得分），单位分。
怎样改：改正得分，或改正分值。
依据：项目支出绩效自评表“分值”“得分”。
"""

from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import EvaluatedTable, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.progress import UNKNOWN
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per score."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        whole = one.whole
        if whole.weight.status not in UNKNOWN and whole.weight.value in {None, one.settings.execution}:
            yield from _outside(one, "执行率", whole.score, one.settings.execution)
        for row in one.rows:
            weight = row.row.weight
            if weight.status not in UNKNOWN and (weight.value is not None or one.is_ours):
                yield from _outside(one, f"“{row.name}”", row.row.score, row.points)


def _outside(one: EvaluatedTable, name: str, score: Entry[Decimal], points: Decimal) -> Iterator[Finding]:
    if score.value is None or 0 <= score.value <= points:
        return
    is_less = score.value < 0
    message = f"{name}得分 {plain(score.value)}，{'小于 0' if is_less else f'大于分值 {plain(points)}'}"
    difference = plain(score.value if is_less else minus(score.value, points))
    expected = f"0 到 {plain(points)}"
    yield one.find(
        score, "E906", "得分", message, f"请填 {expected} 之间的数", expected=expected, difference=difference
    )


RULE = Rule("E906", Severity.ERROR, check, __doc__)

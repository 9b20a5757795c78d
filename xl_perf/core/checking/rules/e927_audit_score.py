"""审核得分大于分值、看不懂，或改了得分没有写理由。

为什么：审核得分代替自评得分计入审核后的总分；大于分值的、没有理由的，部门不知道为什么，也没有办法核对。
怎样认：审核得分小于 0 或大于同一行的分值；不是数；与得分（空着的按计算的）不同而审核扣分理由空着。
没有填审核得分的不报。差额 = 审核得分 − 分值（或得分），单位分。
怎样改：改正审核得分；写明审核扣分理由。
依据：项目支出绩效自评表右边的“审核得分”“审核扣分理由”。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import EvaluatedRow, EvaluatedTable, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.progress import UNKNOWN
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        for row in one.rows:
            yield from _row(one, row)


def _row(one: EvaluatedTable, row: EvaluatedRow) -> Iterator[Finding]:
    audit, reason = row.row.audit_score, row.row.audit_reason
    if audit.status in UNKNOWN:
        message = f"“{row.name}”的审核得分“{audit.text}”不是数"
        yield one.find(audit, "E927", "审核得分", message, "请填数，如 12.5")
        return
    if audit.value is None:
        return
    if not 0 <= audit.value <= row.points:
        is_less, most = audit.value < 0, plain(row.points)
        what = "小于 0" if is_less else f"大于分值 {most}"
        message, expected = f"“{row.name}”的审核得分 {plain(audit.value)}，{what}", f"0 到 {most}"
        difference = plain(audit.value if is_less else minus(audit.value, row.points))
        remedy = f"请填 {expected} 之间的数"
        yield one.find(audit, "E927", "审核得分", message, remedy, expected=expected, difference=difference)
    elif row.counts is not None and audit.value != row.counts and not (reason.value or "").strip():
        difference = plain(minus(audit.value, row.counts))
        message = f"“{row.name}”的审核得分 {plain(audit.value)}，得分 {plain(row.counts)}，没有写审核扣分理由"
        yield one.find(audit, "E927", "审核得分", message, "请写明审核扣分理由", difference=difference)


RULE = Rule("E927", Severity.ERROR, check, __doc__)

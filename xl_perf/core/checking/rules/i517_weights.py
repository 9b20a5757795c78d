"""指标权重没有填，或加起来不对。

为什么：权重决定得分，合计不对就评不了分。
怎样认：口径规定了权重时：某个指标的权重空着或不是数；各一级指标的权重之和不等于口径规定的数；口径没有分一级指标规定的，看合计。
全部写成 0.2 这样的小数时按 20 读。没有权重一栏的由 S102 报。差额 = 表里的 − 规定的。
怎样改：按口径规定的权重改正。
依据：权重见口径文件 weights。
"""

from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Indicator
from xl_perf.core.profile import Profile, Weights


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per weight that cannot be read, else per first level (or form) that does not add up."""
    if profile.weights is None:
        return
    for project in seen.projects:
        rows = [indicator for indicator in project.indicators if indicator.weight.status is not Status.ABSENT]
        unread = [one.weight for one in rows if one.weight.is_empty or one.weight.status is Status.UNREADABLE]
        for weight in unread:
            message = f"权重“{weight.text}”不是数" if weight.status is Status.UNREADABLE else "没有填权重"
            yield at(weight, "I517", "权重", message, "请填写权重，如 10")
        if rows and not unread and all(one.weight.value is not None for one in rows):
            yield from _sums(rows, profile.weights)


def _sums(rows: list[Indicator], wanted: Weights) -> Iterator[Finding]:
    factor = 100 if all((one.weight.value or 0) <= 1 for one in rows) else 1
    sums: dict[str, Decimal] = {}
    for one in rows:
        branch = (one.level1.value or "") if wanted.shares else ""
        sums[branch] = sums.get(branch, Decimal(0)) + (one.weight.value or 0) * factor
    for branch, total in sums.items():
        right = wanted.shares.get(branch, Decimal(0)) if wanted.shares else wanted.total
        if total != right and (branch in wanted.shares or not wanted.shares):
            first = next(one for one in rows if not branch or one.level1.value == branch)
            what, difference = f"{branch}指标的权重合计" if branch else "权重合计", plain(total - right)
            message = f"{what} {plain(total)}，规定为 {plain(right)}，相差 {difference}"
            finding = at(first.weight, "I517", "权重", message, "请按规定的权重改正")
            yield finding._replace(found=plain(total), expected=plain(right), difference=difference)


RULE = Rule("I517", Severity.ERROR, check, __doc__)

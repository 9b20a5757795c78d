"""指标权重没有填，或加起来不对。

为什么：权重决定得分，合计不对就评不了分。
怎样认：口径规定了权重时：某个指标的权重空着或不是数；各一级指标的权重之和不等于口径规定的数；口径没有分一级指标规定的，看合计。
样表上有权重一栏、“对照”没有选“必填”的，一个项目的权重都空着只在第一行提示一次；填了一部分的，空着的照样报错误。
全部写成 0.2 这样的小数时按 20 读。没有权重一栏的由 S102 报。差额 = 表里的 − 规定的。
表上印有执行率分值的，它与权重合计加起来应是 100：不是的，在执行率分值处报警告；加起来正好的，权重合计不再另报。
口径说一级指标印有分值（level_points）的，产出指标（50分）与其下权重之和不等时报；没有权重一栏的，与口径规定的比。
怎样改：按口径规定的权重改正。
依据：权重见口径文件 weights。
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Indicator, Project
from xl_perf.core.profile import Profile, Weights

_WHOLE: Final = Decimal(100)
_POINTS: Final = re.compile(r"[(\[](\d+(?:\.\d+)?)分?[)\]]")


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per weight that cannot be read, else per first level (or form) that does not add up."""
    for project in seen.projects:
        if profile.weights is None and not project.kind.level_points:
            continue
        name = project.kind.labels["weight"]
        rows = [indicator for indicator in project.indicators if indicator.weight.status is not Status.ABSENT]
        if rows and _may_be_blank(project):
            message = f"{name}一栏都没有填，合计不核对"
            remedy = f"要填{name}的请补上；不用填的不用改"
            yield at(rows[0].weight, "I517", name, message, remedy, severity=Severity.HINT)
            continue
        unread = [one.weight for one in rows if one.weight.is_empty or one.weight.status is Status.UNREADABLE]
        for weight in unread:
            is_no_number = weight.status is Status.UNREADABLE
            message = f"{name}“{weight.text}”不是数" if is_no_number else f"没有填{name}"
            yield at(weight, "I517", name, message, f"请填写{name}，如 10")
        is_read = bool(rows) and not unread and all(one.weight.value is not None for one in rows)
        if is_read and profile.weights is not None:
            points = project.outturn_points
            if points is None or points.value is None or profile.weights.shares:
                yield from _sums(rows, profile.weights, name)
            else:
                yield from _with_outturn(rows, profile.weights, name, points, points.value)
        if project.kind.level_points and not unread:
            yield from _points(project.indicators, _by_branch(rows) if is_read else None, profile.weights)


def _may_be_blank(project: Project) -> bool:
    """Nobody filled in a weight, and the office's 样表 does not say that each must be."""
    own = project.kind.learned
    if own is None or "weight" in own.required or project.kind.level_points:
        return False
    return all(one.weight.is_empty for one in project.indicators if one.weight.status is not Status.ABSENT)


def _by_branch(rows: list[Indicator]) -> dict[str, Decimal]:
    """What the weights of each first level add up to."""
    factor = 100 if all((one.weight.value or 0) <= 1 for one in rows) else 1
    sums: dict[str, Decimal] = {}
    for one in rows:
        branch = one.level1.value or ""
        sums[branch] = sums.get(branch, Decimal(0)) + (one.weight.value or 0) * factor
    return sums


def _sums(rows: list[Indicator], wanted: Weights, name: str) -> Iterator[Finding]:
    sums = _by_branch(rows)
    if not wanted.shares:
        total = sum(sums.values(), Decimal(0))
        if total not in wanted.totals:
            yield _finding(rows[0].weight, name, f"{name}合计", total, wanted.totals)
        return
    for branch, total in sums.items():
        right = wanted.shares.get(branch)
        if right is not None and total != right:
            first = next(one for one in rows if one.level1.value == branch)
            yield _finding(first.weight, name, f"{branch}指标的{name}合计", total, (right,))


def _with_outturn(
    rows: list[Indicator], wanted: Weights, name: str, points: Entry[Decimal], outturn: Decimal
) -> Iterator[Finding]:
    """Of a form that prints the points for spending the budget: with the weights they make 100."""
    total = sum(_by_branch(rows).values(), Decimal(0))
    outturn = outturn * 100 if outturn <= 1 else outturn
    if total + outturn == _WHOLE:
        return
    if total not in wanted.totals:
        yield from _sums(rows, wanted, name)
        return
    message = f"执行率分值 {plain(outturn)} 与{name}合计 {plain(total)} 加起来是 {plain(total + outturn)}，不是 100"
    finding = at(points, "I517", "执行率分值", message, "请核对分值，使合计是 100", severity=Severity.WARNING)
    right, difference = _WHOLE - total, total + outturn - _WHOLE
    yield finding._replace(found=plain(outturn), expected=plain(right), difference=plain(difference))


def _points(rows: Sequence[Indicator], weights: dict[str, Decimal] | None, wanted: Weights | None) -> Iterator[Finding]:
    """The points that first levels print, against the weights below them, else what the profile says."""
    levels = {one.level1.value: one.level1 for one in reversed(rows) if one.level1.value}
    printed = {
        branch: (level, Decimal(match[1]))
        for branch, level in reversed(levels.items())
        if (match := _POINTS.search(folded(level.text))) is not None
    }
    if weights is None and wanted is not None and not wanted.shares and len(printed) == len(levels):
        total = sum((points for _, points in printed.values()), Decimal(0))
        if printed and total not in wanted.totals:
            yield _finding(next(iter(printed.values()))[0], "权重", "一级指标的分值合计", total, wanted.totals)
        return
    rights = weights if weights is not None else wanted.shares if wanted is not None else {}
    for branch, (level, points) in printed.items():
        right = rights.get(branch)
        if right is not None and points != right:
            what = "其下权重合计" if weights is not None else "规定"
            message = f"“{level.text}”的分值是 {plain(points)}，{what}为 {plain(right)}，相差 {plain(points - right)}"
            finding = at(level, "I517", "一级指标", message, "请核对分值和权重，改成一致")
            yield finding._replace(found=plain(points), expected=plain(right), difference=plain(points - right))


def _finding(entry: Entry[Any], field: str, what: str, total: Decimal, right: Sequence[Decimal]) -> Finding:
    nearest = min(right, key=lambda one: abs(total - one))
    wanted, difference = " 或 ".join(map(plain, right)), plain(total - nearest)
    message = f"{what} {plain(total)}，规定为 {wanted}，相差 {difference}"
    finding = at(entry, "I517", field, message, f"请按规定的{field}改正")
    return finding._replace(found=plain(total), expected=wanted, difference=difference)


RULE = Rule("I517", Severity.ERROR, check, __doc__)

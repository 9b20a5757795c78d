"""总分不等于各项得分之和。

为什么：总分是各指标得分加上执行率的得分，手填的总分改了一处就不对。
怎样认：总分与表上各得分相加的和不同；没有填得分的指标按计算得分。四舍五入到两位小数后再比。各项得分都填了而总分空着的，报警告；
有指标的得分不知道（E903、E904、E907）或有得分看不懂的不报。别处的表样有得分空着的也不报。
各分值相加是 100 而总分的分值不是的也报；相加不是 100 的由 E902 报。差额 = 总分 − 各得分之和，单位分。
怎样改：改正总分，或改正填错的得分。
依据：项目支出绩效自评表“总分”。
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import EvaluatedTable, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.rounding import rounded, total_of
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.progress import UNKNOWN
from xl_perf.core.profile import Profile

_WHOLE: Final = 100


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding on the total, one on its points."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        yield from _score(one)
        yield from _points(one)


def _score(one: EvaluatedTable) -> Iterator[Finding]:
    total, own = one.table.total, one.whole.score
    execution = own.value if own.value is not None or own.status in UNKNOWN else one.execution
    scores = [execution, *(row.counts if one.is_ours else row.row.score.value for row in one.rows)]
    is_read = all(row.row.score.status not in UNKNOWN for row in one.rows)
    if not is_read or len(scores) == 1:
        return
    if total.value is None:
        yield from _blank(one, scores)
        return
    known = [score for score in scores if score is not None]
    if len(known) < len(scores):
        return
    found, summed = rounded(Fraction(total.value)), rounded(Fraction(total_of(known)))
    if found in {summed, total_of(rounded(Fraction(score)) for score in known)}:
        return
    difference = minus(found, summed)
    message = f"总分 {plain(total.value)}，各项得分相加是 {plain(summed)}，相差 {plain(difference)} 分"
    if own.value is not None and one.execution is not None and minus(one.execution, own.value) == difference:
        message += f"；执行率的得分若为 {one.execution:.2f} 就相符"
    yield one.find(
        total,
        "E913",
        "总分",
        message,
        f"请改为 {plain(summed)}，或改正填错的得分",
        expected=plain(summed),
        difference=plain(difference),
    )


def _blank(one: EvaluatedTable, scores: Sequence[Decimal | None]) -> Iterator[Finding]:
    """All scores were given, and no total."""
    total = one.table.total
    known = [score for score in scores if score is not None]
    is_given = len(known) == len(scores) and all(row.row.score.value is not None for row in one.rows)
    if not one.is_ours or not is_given or not (total.is_empty or total.status is Status.ABSENT):
        return
    summed = plain(rounded(Fraction(total_of(known))))
    message = f"没有写总分，各项得分相加是 {summed}"
    found = one.find(total, "E913", "总分", message, f"请在“总分”一行填 {summed}", expected=summed)
    yield found.graded(Severity.WARNING)


def _points(one: EvaluatedTable) -> Iterator[Finding]:
    total = one.table.total_weight
    points = [one.whole.weight.value, *(row.row.weight.value for row in one.rows)]
    known = [value for value in points if value is not None]
    if total.value is None or len(known) < len(points) or total.value == _WHOLE or total_of(known) != _WHOLE:
        return
    summed = total_of(known)
    difference = plain(minus(total.value, summed))
    message = f"总分的分值 {plain(total.value)}，各分值相加是 {plain(summed)}，相差 {difference} 分"
    remedy = "请核对各分值"
    yield one.find(total, "E913", "分值", message, remedy, expected=plain(summed), difference=difference)


RULE = Rule("E913", Severity.ERROR, check, __doc__)

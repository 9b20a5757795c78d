"""执行率或执行率的得分与计算的不同。

为什么：执行率 = 全年执行数 ÷ 全年预算数，得分 = 分值 × 执行率（最多得满分），不能手填成别的数。
怎样认：执行率与计算的相差超过它末位的一半（86% 可以是 86.25%，86.2% 不行）；得分不等于计算的两位小数。
得分空着的、低于计算的而资金的“原因”写了的不报。年度资金总额的预算数和执行数都是 0、各项来源不是 0 的（E911），
按各项合计计算。得分越界的由 E906 报，没有预算的由 E916 报。表样按工作簿自动选的口径（没有人指定，
也不是本程序的工作簿）时，执行率的分值以表上印的为准（没有印的不查得分），得分高于计算的才报（各省可以分档、
可以扣分），执行率不对时高低都报；写一位小数的按一位小数比，用取整后的执行率计算的也不报。差额 = 表上的 − 计算的，
单位百分点或分。
怎样改：按算式改正；执行数或预算数填错的先改金额。
依据：财预〔2020〕10号：预算执行率指标按实际执行率计分；口径文件 evaluate.execution、execution_from、tiers。
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import EvaluatedTable, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.rounding import HUNDRED, rounded, tolerance_of
from xl_perf.core.figures.scoring import execution_explained
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding on the rate, one on its score."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        rate, printed = one.money.rate, one.whole.outturn_rate
        if rate is None:
            continue
        is_wrong = printed.value is not None and abs(Fraction(printed.value) - rate) > tolerance_of(printed.value)
        if is_wrong and printed.value is not None:
            usual = rounded(rate)
            difference = f"{rounded(Fraction(printed.value) - Fraction(usual))}"
            message = f"执行率 {plain(printed.value)}%，应为 {_calculation(one)}＝{usual}%，相差 {difference} 个百分点"
            remedy = f"请改为 {usual}%；金额填错的先改金额"
            yield one.find(printed, "E912", "执行率", message, remedy, expected=f"{usual}%", difference=difference)
        yield from _score(one, is_rate_wrong=is_wrong)


def _calculation(one: EvaluatedTable) -> str:
    budget, outturn = one.money
    return f"{plain(outturn or Decimal(0))}÷{plain(budget or Decimal(0))}"


def _score(one: EvaluatedTable, *, is_rate_wrong: bool) -> Iterator[Finding]:
    score, computed = one.whole.score, one.execution
    budget, outturn = one.money
    if score.value is None or computed is None or budget is None or outturn is None or score.value == computed:
        return
    if not 0 <= score.value <= one.settings.execution:
        return
    if not one.is_ours and one.whole.weight.value is None:
        return
    if one.whole.reason.value and score.value < computed:
        return
    if not one.is_ours and not is_rate_wrong and _may_be_right(one, score.value, computed):
        return
    said = execution_explained(budget, outturn, one.settings)
    difference = f"{minus(score.value, computed):.2f}"
    yield one.find(
        score,
        "E912",
        "得分",
        f"执行率的得分是 {plain(score.value)}，应为 {computed:.2f}：{said}",
        f"请改为 {computed:.2f}；金额填错的先改金额",
        expected=f"{computed:.2f}",
        difference=difference,
    )


def _may_be_right(one: EvaluatedTable, score: Decimal, computed: Decimal) -> bool:
    """By the rules of another office: less than computed, with one decimal, or from the printed rate."""
    rate = one.money.rate
    if score < computed or rate is None:
        return True
    one_decimal = rounded(Fraction(computed) * 10 / 100) * 10
    from_rounded = [
        rounded(Fraction(one.settings.execution) * Fraction(shown) / HUNDRED)
        for shown in (rounded(rate), one.whole.outturn_rate.value)
        if shown is not None
    ]
    return score != score.to_integral_value() and (score == one_decimal or score in from_rounded)


RULE = Rule("E912", Severity.ERROR, check, __doc__)

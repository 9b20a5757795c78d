"""指标的得分比预算执行好得多。

为什么：钱没有花完，指标却几乎都完成，多半是预算编多了、指标定低了，或实际完成值不实。
怎样认：指标得分率（各指标得分之和 ÷ 它们的分值）比执行率（最多 100%）高，
高出的部分占指标得分率的比例大于口径evaluate.gap（默认 5）%。有得分或金额不知道的不报；
表样按工作簿自动选的口径（没有人指定，也不是本程序的工作簿）时不报。差额 = 这个比例 − 界限，单位 %。
如指标得分率 97.99%，执行率 86.25%：高 11.74 个百分点，11.74÷97.99＝11.98%，差额 6.98。
怎样改：核对实际完成值和执行数；属实的说明原因后接受这条警告。
依据：在用的自评系统的校验；界限见口径文件 evaluate.gap。
"""

from collections.abc import Iterator
from fractions import Fraction

from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.rounding import HUNDRED, rounded
from xl_perf.core.figures.scoring import gap_of
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        gap, result = gap_of(one.result, one.settings), one.result
        if not one.is_ours or gap is None or gap <= Fraction(one.settings.gap):
            continue
        if result.total is None or result.execution is None or result.rate is None:
            continue
        scores = rounded(Fraction(result.total - result.execution) / Fraction(one.settings.indicators) * HUNDRED)
        rate = min(rounded(result.rate), rounded(HUNDRED))
        points = plain(EXACT.subtract(scores, rate))
        message = (
            f"指标得分率 {scores}%，执行率 {rate}%：比执行率高 {points} 个百分点，"
            f"占指标得分率的 {rounded(gap)}%，超过 {one.settings.gap}%"
        )
        remedy = "请核对实际完成值和执行数；属实的，说明原因后接受这条警告"
        entry = one.whole.score if one.whole.score.cell else one.whole.outturn
        found, expected = f"{rounded(gap)}%", f"≤{one.settings.gap}%"
        difference = f"{rounded(gap - Fraction(one.settings.gap))}"
        yield one.find(entry, "E917", "得分", message, remedy, found=found, expected=expected, difference=difference)


RULE = Rule("E917", Severity.WARNING, check, __doc__)

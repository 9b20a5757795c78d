"""实际完成值远超年度指标值，或成本为 0，没有分析原因。

为什么：超过很多，多半是目标定低了；要说明原因，必要时适度调减得分，下年把目标定高。
怎样认：≥、＞、＝ 的指标，实际完成值比年度指标值高出口径 evaluate.over（默认 20）% 以上（含），
没有写偏差原因分析。≤ 的指标没有超过就是完成，成本节约不报。口径 evaluate.over_deduct = "none" 的不报。
表样按工作簿自动选的口径（没有人指定，也不是本程序的工作簿）时不报：各省的界限不同。
成本指标填的是 0 而项目有支出的，多半是没有填，作提示，不论口径。
差额 = 实际完成值 − 年度指标值，以年度指标值的单位计。
怎样改：在偏差原因分析及改进措施里说明；目标偏低的，适度调减得分并提高下年的目标；成本没有填的补上。
依据：财预〔2020〕10号：超额完成较多的要分析原因，因目标设定明显偏低的适度调减分值；界限见口径文件 evaluate.over。
"""

from collections.abc import Iterator
from fractions import Fraction

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import EvaluatedTable, is_left_blank
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.reached import measured
from xl_perf.core.figures.rounding import HUNDRED, rounded
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.evaluations:
        return
    asks = profile.evaluate.over_deduct != "none"
    for one in seen.evaluated(profile):
        yield from _without_cost(one, profile)
        for row in one.rows if one.is_ours and asks else ():
            aim = row.row.target.value
            if not row.scored.is_over or not is_left_blank(row.row.reason) or aim is None or not aim.low:
                continue
            value = measured(aim, row.row.actual).value
            if value is None:
                continue
            over = rounded((value / Fraction(aim.low) - 1) * HUNDRED)
            message = (
                f"“{row.name}”实际 {row.row.actual.text}，比年度指标值 {row.row.target.text} 高出 {over}%，没有分析原因"
            )
            remedy = "请在偏差原因分析及改进措施里说明；目标定低了的，适度调减得分，下年提高目标"
            difference = plain(rounded(value - Fraction(aim.low)))
            yield one.find(row.row.actual, "E910", "实际完成值", message, remedy, difference=difference)


def _without_cost(one: EvaluatedTable, profile: Profile) -> Iterator[Finding]:
    """A cost of 0 where money was spent: it was rather not filled in."""
    for row in one.rows if one.money.outturn != 0 else ():
        aim, level = row.row.target.value, row.row.level2.value or ""
        if aim is None or not aim.low or aim.low < 0 or not is_left_blank(row.row.reason):
            continue
        is_cost = level in profile.cost_second or level.endswith(("成本", "成本指标"))
        if is_cost and measured(aim, row.row.actual).value == 0:
            message = f"“{row.name}”的成本为 0，年度指标值是 {row.row.target.text}"
            remedy = "成本为 0，请核对是否没有填；确实没有花钱的，在偏差原因分析里说明"
            yield one.find(row.row.actual, "E910", "实际完成值", message, remedy, severity=Severity.HINT)


RULE = Rule("E910", Severity.WARNING, check, __doc__)

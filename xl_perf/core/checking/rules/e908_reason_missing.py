"""扣了分而没有写偏差原因分析及改进措施。

为什么：扣分要说明为什么没有完成、怎样改进，否则自评没有用处。
怎样认：得分小于分值，而偏差原因分析及改进措施为空或只有占位符。没有填得分的，按计算得分。表上没有这一栏的不报；
实际完成值没有填或看不懂、得分看不懂或越界的由 E903、E904、E906 报。别处的表样只看填了得分的行。
差额 = 得分 − 分值，单位分。
怎样改：写明没有完成的原因和下一步的措施。
依据：财预〔2020〕10号；项目支出绩效自评表“偏差原因分析及改进措施”。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import is_left_blank, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        for row in one.rows:
            counts = row.counts if one.is_ours else row.row.score.value
            if counts is None or counts >= row.points or not (row.is_sound or not one.is_ours):
                continue
            if row.row.weight.value is None and not one.is_ours:
                continue
            if is_left_blank(row.row.reason) and counts >= 0:
                lost = minus(row.points, counts)
                message = f"“{row.name}”得 {counts:.2f} 分，扣了 {plain(lost)} 分，没有写偏差原因分析及改进措施"
                yield one.find(
                    row.row.reason,
                    "E908",
                    "偏差原因分析及改进措施",
                    message,
                    "请写明没有完成的原因和改进措施",
                    difference=plain(-lost),
                )


RULE = Rule("E908", Severity.ERROR, check, __doc__)

"""实际完成值没有填。

为什么：空着不是 0 分，也不是完成；没有报的指标算不出得分。
怎样认：实际完成值为空或只有占位符（————），而指标名称或年度指标值写了。填 0 或“无”的是报了，不在此列。
怎样改：填实际完成值，与年度指标值用同一个单位；定性指标填三档之一：达成预期指标、部分达成预期指标并具有一定效果、
未达成预期指标且效果较差。
依据：财预〔2020〕10号；项目支出绩效自评表“实际完成值”。
"""

from collections.abc import Iterator

from xl_perf.core.checking.evaluated import is_left_blank
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.reached import Problem
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        for row in one.rows:
            actual = row.row.actual
            is_blank = is_left_blank(actual) and row.scored.problem in {Problem.BLANK, Problem.TARGET}
            if is_blank and (row.row.level3.text or row.row.target.text):
                aim = f"（年度指标值 {row.row.target.text}）" if row.row.target.text else ""
                message = f"“{row.name}”没有填实际完成值{aim}"
                yield one.find(actual, "E903", "实际完成值", message, "请填实际完成的数；没有完成的填 0 或“否”")


RULE = Rule("E903", Severity.ERROR, check, __doc__)

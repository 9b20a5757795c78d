"""年度指标值是 0、负数或看不懂，不能按比例计算得分。

为什么：比例以年度指标值为分母；0 和负数不能做分母，空着的无从比较。
怎样认：年度指标值是 0 或负数，实际完成值没有达到，得分也没有填；或年度指标值空着、
看不懂而目标表里没有报过（I504、I505），得分没有填。填了得分的、达到的都不报。
表样按工作簿自动选的口径（没有人指定，也不是本程序的工作簿）时不报，空着的得分由 E907 报。
怎样改：填得分，在偏差原因分析里说明怎样评的。
依据：财预〔2020〕10号：定量指标按完成值与指标值的比例记分。
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
        if not one.is_ours:
            continue  # a score left blank beside others is E907's
        for row in one.rows:
            target, actual = row.row.target, row.row.actual
            if row.scored.problem is not Problem.TARGET or is_left_blank(actual):
                continue
            if row.row.score.text or (target.value is None and one.project is not None):
                continue
            what = f"年度指标值“{target.text}”" if target.text else "没有年度指标值"
            message = f"“{row.name}”{what}，不能按比例计算得分"
            remedy = "请填得分，并在偏差原因分析及改进措施里说明怎样评的"
            yield one.find(target, "E924", "年度指标值", message, remedy)


RULE = Rule("E924", Severity.WARNING, check, __doc__)

"""没有预算而有执行率的得分。

为什么：预算数是 0 就没有执行率，执行率的得分无从算起。
怎样认：全年预算数（没有调整的，年初预算数）是 0，而执行率的得分大于 0。各项来源不是 0 的由 E911 报。
预算数空着的由 E911 报。差额 = 得分，单位分。
怎样改：预算数填错的改正；确实没有预算的，执行率的得分填 0，分值怎样处理请问财政部门。
依据：财预〔2020〕10号：预算执行率 = 全年执行数 ÷ 全年预算数。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        score = one.whole.score
        if one.money.budget == 0 and score.value is not None and score.value > 0:
            message = f"预算数是 0，执行率却得 {plain(score.value)} 分"
            remedy = "预算数填错的请改正；确实没有预算的，执行率得分填 0"
            yield one.find(score, "E916", "得分", message, remedy, expected="0", difference=plain(score.value))


RULE = Rule("E916", Severity.ERROR, check, __doc__)

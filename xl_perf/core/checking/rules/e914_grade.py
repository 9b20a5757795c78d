"""评价等级与总分不符。

为什么：等级由总分决定。
怎样认：表上写了评价等级，与总分所在的等级不同；总分空着的按计算的总分，都不知道的不报。
总分不对的（E913）按表上的总分看。界限的分数归上一等：90 分是优。没有写等级的不报。
表样按工作簿自动选的口径（没有人指定，也不是本程序的工作簿）时报警告：各省的界限可能不同。
怎样改：改正等级；总分填错的先改总分。
依据：财预〔2020〕10号：90（含）-100 分优、80（含）-90 分良、60（含）-80 分中、60 分以下差；
口径文件 evaluate.grades。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.scoring import grade_name, grade_of
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        grade, total = one.table.grade, one.table.total.value
        total = one.result.total if total is None else total
        usual = grade_of(total, one.settings)
        if not grade.value or total is None or not 0 <= total <= 100:
            continue
        if grade_name(grade.value) != usual:
            message = f"评价等级是“{grade.text}”，总分 {plain(total)} 应为“{usual}”"
            severity = None if one.is_ours else Severity.WARNING
            yield one.find(grade, "E914", "评价等级", message, f"请改为“{usual}”", expected=usual, severity=severity)


RULE = Rule("E914", Severity.ERROR, check, __doc__)

"""满意度没有佐证材料。

为什么：满意度要有调查作依据；没有问卷或统计，复核时可能不给分。
怎样认：满意度指标填了实际完成值，而“佐证材料”一栏空着。表上没有这一栏的不报。
怎样改：填问卷份数、调查日期或材料名称，如：2023年12月问卷100份。
依据：财政部门复核自评的通行做法。
"""

from collections.abc import Iterator
from typing import Final

from xl_perf.core.checking.evaluated import is_left_blank
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile

_SATISFACTION: Final = frozenset({"满意度", "服务对象满意度"})


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        for row in one.rows:
            levels = {branch_key(entry.value or "") for entry in (row.row.level1, row.row.level2)}
            if levels & _SATISFACTION and is_left_blank(row.row.evidence) and row.row.actual.value is not None:
                message = f"“{row.name}”没有写佐证材料"
                remedy = "请写问卷份数、调查日期或材料名称"
                yield one.find(row.row.evidence, "E921", "佐证材料", message, remedy)


RULE = Rule("E921", Severity.HINT, check, __doc__)

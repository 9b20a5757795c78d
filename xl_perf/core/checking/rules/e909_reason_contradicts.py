"""得了满分，原因里却说没有完成。

为什么：说明与得分互相矛盾，总有一个要改。
怎样认：得分等于分值，偏差原因分析及改进措施里有“未完成”“没有完成”“未达到”“滞后”“延期”“未能”等字样，
前面没有“无”“没有”“不存在”。得分高于计算得分的由 E905 报。
怎样改：核对实际完成值和得分；已经完成的改写说明。
依据：项目支出绩效自评表。
"""

import re
from collections.abc import Iterator
from typing import Final

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile

_MISSED: Final = re.compile("(?<![无非不])(?:未完成|没有完成|未达|没有达到|没达到|滞后|延期|未能|未按)")
_DENIED: Final = re.compile("(?:不存在|没有出现|没有|无)[^，。；]{0,4}(?:未完成|未达|滞后|延期|未按|未能)")


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per indicator."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        for row in one.rows:
            reason, computed = row.row.reason, row.scored.computed
            if not row.points or row.counts != row.points or (computed is not None and computed < row.points):
                continue
            said = _MISSED.search(_DENIED.sub("", reason.text))
            if said is not None:
                message = f"“{row.name}”得满分 {row.points:.2f}，原因里却写着“{said[0]}”"
                remedy = "请核对实际完成值和得分；已经完成的，改写这段说明"
                yield one.find(reason, "E909", "偏差原因分析及改进措施", message, remedy)


RULE = Rule("E909", Severity.HINT, check, __doc__)

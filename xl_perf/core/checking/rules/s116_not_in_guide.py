"""表上有样表没有的内容，没有读。

为什么：按样表读，只认样表上的标签；多加的一栏、改了名的标签，下面、右边填的就没有收进来。
怎样认：按样表读的项目表，从第一行标签到最后一行指标，有样表上没有的文字或数；表下面没有标签的数也算。
多加的“权重”一栏照样核对，但样表没有这一栏，印不出来，也算。
样表上有而写明不读的栏（备注）不算，金额由 B310、S102 报。清单看表头和各项目的行。一张表报一次，写明一共几格。
怎样改：标签照样表改回去；确实要添的一栏，在样表上添上，再用 xl-perf form check 核对；不要的内容删去。
依据：本单位的样表。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, one_line
from xl_perf.core.profile import Profile

_LONGEST = 30
_REMEDY = "标签请照样表改回去；要添的请先在样表上添上，不要的请删去"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form, at its first such cell."""
    for one in seen.department.strange:
        text = one_line(one.text)
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
        more = f"等 {one.number} 格" if one.number > 1 else ""
        lost = "表里没有地方印" if one.is_read else "没有读"
        yield Finding(
            "S116", f"“{shown}”{more}样表上没有，{lost}", _REMEDY, one.sheet, one.row, one.column, "表样", text
        )


RULE = Rule("S116", Severity.WARNING, check, __doc__)

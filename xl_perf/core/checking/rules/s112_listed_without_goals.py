"""清单里列有金额的项目，没有绩效目标表，金额不在合计里。

为什么：项目清单（如部门项目支出预算表）里的项目应当都有绩效目标；少一张目标表，合计里就少一笔金额。
怎样认：一张清单逐行列着项目名称和金额，写明单位，各行加起来等于合计，其中有的项目有绩效目标表，有的没有；
同名（或“编码-名称”）的算有。各行对不上、没有写单位的清单不报。
怎样改：补上这些项目的绩效目标表；不该报的，从清单里去掉。
依据：本程序。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile

_REMEDY = "请补上这些项目的绩效目标表，名称与清单一致；不该报的，从清单里去掉"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per list, on the first of the amounts."""
    for one in seen.department.unread:
        if one.unmatched is not None:
            found = plain(one.unmatched)
            yield Finding("S112", one.reason, _REMEDY, one.sheet, one.row, one.column, "预算数", found)


RULE = Rule("S112", Severity.WARNING, check, __doc__)

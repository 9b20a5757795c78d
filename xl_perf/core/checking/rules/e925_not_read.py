"""自评表有没有读的金额，缺少标签，或金额用了别的单位。

为什么：没有读的数不在汇总里，读错单位差一万倍；不说出来，没有人知道。
怎样认：项目资金部分里有数，它的行或列的标签不认得（不认得的来源与其他来源加起来等于年度资金总额的不报）；
每张表都有的标签这张没有：金额的标签报一次，其余的报一次；金额用的是元、千元等单位，已精确换算成万元（提示）。
预算数、执行数都读出了的，没有读的金额只作警告。单位不能确定的金额由 E911 报。
怎样改：用官方表样的文字补上或改正标签；金额按万元填写。
依据：项目支出绩效自评表。
"""

from collections.abc import Iterator

from xl_perf.core.checking.report_reading import not_read
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """What `not_read` finds in each table."""
    for one in seen.department.evaluations:
        yield from not_read(one, "E925")


RULE = Rule("E925", Severity.ERROR, check, __doc__)

"""自评表里的数与年中监控的相同，还没有确认是不是全年的。

为什么：新建的自评表把最近一期监控的数填上作参考（灰色斜体）。没有改过的，得分是按半年的数算的，总分就不对。
怎样认：同一项目最近一期的监控表不到 12 月，自评表的实际完成值、全年执行数与它的相同，旁边又没有写佐证材料或
偏差原因。只比数，不看字的颜色。已经完成的期限指标、已经全部支出的不报。只有自评表的不报。每张表报一处，逐个列出。
怎样改：改成全年的数。全年确实没有变的，写明佐证材料，或在校验结果里写明接受理由和接受人。
依据：自评表填全年的完成值；得分、总分和汇总照填的数计算，汇总旁边写明有几个数没有确认。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.unconfirmed import CODE, unconfirmed
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table, at the first such value."""
    if not seen.department.evaluations or not seen.department.monitoring:
        return
    for one in seen.evaluated(profile):
        found = unconfirmed(seen.department, one.table)
        if found is None:
            continue
        message = f"与 1-{found.month}月监控相同，请确认为全年数：{found.said}；得分、总分按它们计算"
        remedy = "请改成全年的数；确实没有变的，写明佐证材料，或在校验结果里写明接受理由"
        label = "全年执行数" if found.outturn else "实际完成值"
        yield one.find(found.first, CODE, label, message, remedy, found=found.said)


RULE = Rule(CODE, Severity.WARNING, check, __doc__)

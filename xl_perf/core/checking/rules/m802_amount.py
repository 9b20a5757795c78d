"""监控表的金额空着、看不懂、是负数，或比 1 分钱还细。

为什么：执行率和红黄绿灯由这几个数算出；空着不是 0。
怎样认：年初预算数、调整后预算数、执行数、全年预计执行数逐格看：不是金额，小于 0，或换算成万元后小数点后超过六位；
年度资金总额的预算数（年初、调整后都空）或执行数空着；单位不能确定的（两处写的不同、没有写单位而数很大）；
大于口径规定的数（默认 100,000 万元）的可能是按元填的，作警告。公式没有保存计算结果的：年度资金总额按各项来源之和计入
（提示），算不出的报错。年度资金总额与某一来源有同样的毛病时，只报来源。
怎样改：填数，单位万元；没有支出的填 0；公式没有计算结果的，用 Excel、WPS 或 LibreOffice 打开，保存一次。
依据：项目支出绩效目标执行监控表“项目资金”；人民币的最小单位为分；界限见口径文件 yuan_from。
"""

from collections.abc import Iterator

from xl_perf.core.checking.monitored import COLUMNS
from xl_perf.core.checking.report_amounts import amounts
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount."""
    if not seen.department.monitoring:
        return
    for one in seen.monitored(profile):
        yield from amounts(one, COLUMNS, "M802", profile.yuan_from)
        whole = one.table.whole
        if whole.budget.value is None and whole.budget.is_empty:
            yield one.find(whole.budget, "M802", "年初预算数", "没有填年度资金总额的预算数", "请填数，单位万元")
        if whole.outturn.is_empty:
            yield one.find(whole.outturn, "M802", "执行数", "没有填年度资金总额的执行数", "请填数；没有支出的填 0")


RULE = Rule("M802", Severity.ERROR, check, __doc__)

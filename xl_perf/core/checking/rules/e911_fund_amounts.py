"""自评表的预算数、执行数空着、看不懂、是负数、比 1 分钱还细，合计不等于各来源之和，或执行数大于预算数。

为什么：执行率和执行得分由这几个数算出，错一个就都错。
怎样认：年初预算数、全年预算数、全年执行数逐格看：不是金额，小于 0，或换算成万元后小数点后超过六位；
年度资金总额的预算数（年初、全年都空）或全年执行数空着；某一列的年度资金总额不等于其中各项之和；
执行数大于全年预算数（没有调整的，年初预算数）。单位不能确定的（两处写的不同、没有写单位而数很大）也报；
大于口径规定的数（默认 100,000 万元）的可能是按元填的，作警告。公式没有保存计算结果的：年度资金总额按各项来源之和计入
（提示），算不出的报错。年度资金总额与某一来源有同样的毛病时，只报来源。
各项都空着的不比合计，一项来源下面又分列它的几项的不重复加。差额 = 表上的 − 应有的，单位万元。
怎样改：填万元；核对年度资金总额与各来源；执行数大于预算数的，先填调整后的全年预算数并说明依据；公式没有计算结果的，
用 Excel、WPS 或 LibreOffice 打开，保存一次。
依据：项目支出绩效自评表“项目资金”；人民币的最小单位为分；界限见口径文件 yuan_from。
"""

from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import COLUMNS, EvaluatedTable, is_left_blank, minus
from xl_perf.core.checking.report_amounts import amounts, remedy_of_excess
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.report_money import sum_of
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        yield from amounts(one, COLUMNS, "E911", profile.yuan_from)
        yield from _blank(one)
        for column, label in COLUMNS:
            yield from _sum(one, label, getattr(one.whole, column), sum_of(one.table, column))
        yield from _overspent(one)


def _blank(one: EvaluatedTable) -> Iterator[Finding]:
    whole = one.whole
    if whole.budget.value is None and is_left_blank(whole.budget):
        yield one.find(whole.budget, "E911", "年初预算数", "没有填年度资金总额的预算数", "请填数，单位万元")
    if is_left_blank(whole.outturn):
        yield one.find(whole.outturn, "E911", "全年执行数", "没有填年度资金总额的全年执行数", "请填数；没有支出的填 0")


def _sum(one: EvaluatedTable, label: str, whole: Entry[Decimal], parts: Decimal | None) -> Iterator[Finding]:
    if parts is None or whole.value is None or whole.value == parts:
        return
    difference = plain(minus(whole.value, parts))
    message = f"年度资金总额的{label} {plain(whole.value)}，其中各项合计 {plain(parts)}，相差 {difference} 万元"
    remedy = "请核对年度资金总额和各项来源，改正填错的一个"
    yield one.find(whole, "E911", label, message, remedy, expected=plain(parts), difference=difference)


def _overspent(one: EvaluatedTable) -> Iterator[Finding]:
    budget, outturn = one.whole.budget.value, one.whole.outturn.value
    if budget is None or outturn is None or outturn <= budget or budget < 0:
        return
    parts = sum_of(one.table, "outturn"), sum_of(one.table, "adjusted_budget")
    if any(part is not None and part != own for part, own in zip(parts, (outturn, budget), strict=True)):
        return
    difference = plain(minus(outturn, budget))
    message = f"全年执行数 {plain(outturn)} 大于全年预算数 {plain(budget)}，超出 {difference} 万元"
    remedy = remedy_of_excess(outturn, budget, "请先填调整后的全年预算数并说明依据；执行数填错的改正")
    yield one.find(
        one.whole.outturn, "E911", "全年执行数", message, remedy, expected=f"≤{plain(budget)}", difference=difference
    )


RULE = Rule("E911", Severity.ERROR, check, __doc__)

"""结余较多，没有说明原因。

为什么：预算没有花出去，要说明是节约、推迟还是编多了。
怎样认：（全年预算数 − 全年执行数）÷ 全年预算数大于口径 evaluate.unspent（默认 20）%；资金的“原因”、实际完成情况、
各行的偏差原因里都没有提到执行、支出、支付、结余、结转或资金。表样按工作簿自动选的口径（没有人指定，
也不是本程序的工作簿）时不报。金额不知道的不报，由 E911 报。
差额 = 执行数 − 预算数，单位万元。
怎样改：在实际完成情况或偏差原因里说明资金没有花完的原因，以及结余怎样处理。
依据：在用的自评系统的校验；界限见口径文件 evaluate.unspent。
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.evaluated import EvaluatedTable, minus
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.rounding import HUNDRED, rounded
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile

_MONEY: Final = re.compile("执行|支出|支付|结余|结转|资金")


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per table."""
    if not seen.department.evaluations:
        return
    for one in seen.evaluated(profile):
        (budget, outturn), rate = one.money, one.money.rate
        if not one.is_ours or rate is None or budget is None or outturn is None or budget < 0:
            continue
        unspent = HUNDRED - rate
        if unspent <= Fraction(one.settings.unspent) or _is_explained(one):
            continue
        left = minus(budget, outturn)
        message = f"预算 {plain(budget)} 万元，结余 {plain(left)} 万元（{rounded(unspent)}%），没有说明原因"
        remedy = "请在实际完成情况或偏差原因里说明资金没有花完的原因，以及结余怎样处理"
        yield one.find(one.whole.outturn, "E918", "全年执行数", message, remedy, difference=plain(-left))


def _is_explained(one: EvaluatedTable) -> bool:
    if one.whole.reason.value:
        return True
    texts = [one.table.goal_done.text, *(row.row.reason.text for row in one.rows)]
    return any(_MONEY.search(text) for text in texts)


RULE = Rule("E918", Severity.WARNING, check, __doc__)

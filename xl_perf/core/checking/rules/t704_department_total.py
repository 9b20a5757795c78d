"""部门整体绩效目标表的金额合计不对。

为什么：部门整体的金额应当等于表内各行之和，也应当与各项目的预算对得上。
怎样认：金额合计与它上面各行的金额之和不等；或者同一本工作簿里有项目，金额合计与各项目预算数的合计不等。
部门整体的金额不计入项目的合计。差额 = 表里的合计 − 应有的合计。
怎样改：改正填错的一行或合计；其中有不属于项目的支出（如基本支出）的，核对后可以注明理由接受。
依据：部门整体绩效目标表的金额合计；项目支出是部门支出的一部分。
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import reduce

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.totals import EXACT
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per sum that differs, on 金额合计."""
    for own in seen.department.own_targets:
        total = own.budget
        if total.value is None:
            continue
        added = [amount.value for amount in own.added if amount.value is not None]
        if own.added and len(added) == len(own.added):
            expected = reduce(EXACT.add, added)
            if expected != total.value:
                yield _finding(total, total.value, expected, "表内各行的金额之和", "请改正填错的一行或合计")
        if seen.projects and not seen.total.incomplete and seen.total.budget != total.value:
            remedy = "请核对；其中有不属于项目的支出的，可以注明理由接受"
            yield _finding(total, total.value, seen.total.budget, "各项目预算数的合计", remedy)


def _finding(total: Entry[Decimal], value: Decimal, expected: Decimal, what: str, remedy: str) -> Finding:
    difference = plain(EXACT.subtract(value, expected))
    message = f"部门整体的金额合计 {plain(value)} 万元，{what} {plain(expected)} 万元，相差 {difference} 万元"
    return at(
        total, "T704", "金额合计", message, remedy, found=plain(value), expected=plain(expected), difference=difference
    )


RULE = Rule("T704", Severity.WARNING, check, __doc__)

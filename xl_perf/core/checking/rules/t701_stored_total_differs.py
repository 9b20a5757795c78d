"""工作簿里的合计与重新计算的不同。

为什么：合计可能被手工改过，或公式漏了行；汇总一律重新计算，不采用表里的合计。
怎样认：首页、部门汇总中“合计”一行的数，与各项目精确相加的结果不同；部门汇总上下两行合计都看，一格报一条。
清单上印的“合计”一行，与清单里各项目加起来的不同也报（按单位、按页分段合计的，与它上面的各行、与上一个合计以下的各行比）。
项目上面写单位名称和小计的一行（“一｜局本级｜85.5”，没有目标、指标）不是项目，与它下面的项目加起来比。
储存的数按看到的 15 位数字比较，浮点误差不报。
差额 = 表里的合计 − 重新计算的，单位万元。部门汇总过时了（T702）而合计与它列出的各行相符时不报：重新汇总就对了。
合计只是没有加上文本格式的金额时也不报：由 B309 在那个金额上报。
怎样改：改正合计的公式；或重新汇总。
依据：本工作簿各项目绩效目标表。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.listing import changes, sums
from xl_perf.core.figures.totals import EXACT, ZERO
from xl_perf.core.model.department import ListTotal, StoredTotal
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import SUMMARY_SHEET


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per stored total, and per total of a list."""
    yield from map(_of_list, seen.department.list_totals)
    if not seen.department.stored_totals:
        return
    figures = seen.total.figures
    differing = [one for one in seen.department.stored_totals if one.amount.value != figures.get(one.what, ZERO)]
    outdated = _outdated(seen) if differing else ()
    for stored in differing:
        if stored in outdated:
            continue
        if stored.amount.value is not None and stored.amount.value == seen.passed_over.get(stored.what):
            continue
        expected = figures.get(stored.what, ZERO)
        amount = stored.amount
        if amount.value is not None:
            difference = EXACT.subtract(amount.value, expected)
            yield at(
                amount,
                "T701",
                stored.label,
                f"{stored.label}是 {plain(amount.value)}，重新计算为 {plain(expected)}，相差 {plain(difference)} 万元",
                "请改正合计的公式，或重新汇总",
                found=plain(amount.value),
                expected=plain(expected),
                difference=plain(difference),
            )
        elif amount.status is Status.UNREADABLE:
            message = f"{stored.label}“{amount.text}”不是金额，重新计算为 {plain(expected)} 万元"
            yield at(amount, "T701", stored.label, message, "请改正合计的公式，或重新汇总", expected=plain(expected))


def _of_list(total: ListTotal) -> Finding:
    value = plain(total.amount.value or ZERO)
    difference = plain(EXACT.subtract(total.amount.value or ZERO, total.expected))
    row, projects = (f"“{total.unit}”一行", "它下面的项目") if total.unit else ("清单合计一行", "各项目")
    message = f"{row}的{total.label}是 {value}，{projects}加起来是 {plain(total.expected)}，相差 {difference} 万元"
    remedy = "请改正合计一行或填错的项目；合计以各项目加起来的为准"
    if total.unit:
        remedy = "请改正这一行或填错的项目：这一行当作小计，不是项目，不计入；是项目的，请写上目标和指标"
    return at(
        total.amount,
        "T701",
        total.label,
        message,
        remedy,
        found=value,
        expected=plain(total.expected),
        difference=difference,
    )


def _outdated(seen: Seen) -> list[StoredTotal]:
    """Totals of 部门汇总 that are right for an outdated list: T702 speaks, and all is well after 汇总."""
    if not any(changes(seen.department, seen.totals)):
        return []
    of_list = sums(seen.department)
    return [
        one
        for one in seen.department.stored_totals
        if one.amount.sheet == SUMMARY_SHEET
        and (one.what not in of_list or (one.amount.value or ZERO) == of_list[one.what])
    ]


RULE = Rule("T701", Severity.ERROR, check, __doc__)

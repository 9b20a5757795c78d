"""金额是文本格式，工作簿里的合计没有把它加进去。

为什么：单元格设成了文本，或数字是从别处粘贴来的，看着是数，Excel 求和时却跳过它，合计就少了。
怎样认：工作簿里储存的合计，恰好等于跳过文本金额后的和。汇总时程序照文本里的数计算；没有合计公式的工作簿不报。
用空格分开千位的（1 619 300）总要报：程序读作一个数。
怎样改：把单元格的格式改为常规，再填一遍数字。
依据：项目绩效目标表第 3 部分；首页、部门汇总的合计公式。
"""

from collections.abc import Iterator

from xl_perf.core.cells.characters import has_parted_thousands
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, names_other_unit
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Edit, Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount, with the number as an edit."""
    passed_over = {amount for _, amount in seen.text_amounts_passed_over}
    for label, amount in seen.text_amounts:
        is_passed_over = amount in passed_over
        if amount.value is not None and (is_passed_over or has_parted_thousands(amount.text)):
            number = plain(amount.value)
            unsummed = "表里的合计没有加上它"
            how = "按万元" if names_other_unit(amount.text) else ""
            edit = Edit(amount.sheet, amount.row, amount.column, amount.typed, float(amount.value))
            yield at(
                amount,
                "B309",
                label,
                f"{label}“{amount.text}”是文本，{unsummed if is_passed_over else f'读作 {number} 万元'}",
                f"请把单元格的格式改为常规，{how}再填一遍 {number}",
                expected=number,
                edit=edit,
            )


RULE = Rule("B309", Severity.WARNING, check, __doc__)

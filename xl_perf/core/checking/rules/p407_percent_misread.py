"""支出计划的百分数，部门汇总的公式没有照它的意思算。

为什么：百分数是文本格式，公式就跳过它；没有设百分比格式而填 1，公式当作 100%。汇总表里的累计支出就不对。
怎样认：部门汇总里储存的累计支出合计，恰好等于公式那样算出来的。程序汇总时照填报的意思计算；没有这种公式的工作簿不报。
怎样改：把单元格的格式改为百分比，再填一遍数（不用打 %）；多了一个百分号的（45%%），清空后再填，按钮校验时会自动改正。
依据：项目绩效目标表第 4 部分；部门汇总的公式。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Edit, Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per percentage, with the number as an edit where it is text."""
    if not (seen.department.stored_totals and seen.misread_percents and seen.is_summed_without("planned")):
        return
    for label, percent in seen.misread_percents:
        if percent.value is None:
            continue
        share, is_text = plain(percent.value), isinstance(percent.typed, str)
        how = "是文本，表里的累计支出没有按它算" if is_text else f"没有百分比格式，表里的累计支出没有按 {share}% 算"
        stored = float(percent.value.scaleb(-2))
        edit = Edit(percent.sheet, percent.row, percent.column, percent.typed, stored) if is_text else None
        yield at(
            percent,
            "P407",
            label,
            f"{label}的支出计划“{percent.text}”{how}",
            f"请{_first(percent.text)}，再填一遍 {share}（不用打 %）",
            expected=f"{share}%",
            edit=edit,
        )


def _first(text: str) -> str:
    """What to do before; a second sign was put there by LibreOffice, where the cell has its format already."""
    return "清空这一格" if text.replace("％", "%").endswith("%%") else "把单元格的格式改为百分比"


RULE = Rule("P407", Severity.WARNING, check, __doc__)

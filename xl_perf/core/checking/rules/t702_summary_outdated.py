"""部门汇总不是各项目现在的样子。

为什么：填表之后没有重新汇总，部门汇总就过时了。
怎样认：部门汇总中有的项目在表里找不到，表里的项目部门汇总没有，或金额（预算数、财政资金、其他资金）不同。
部门汇总还空着时不报。
怎样改：重新汇总。不带宏的工作簿没有按钮，用加载项 xl_perf.xlam 的，或用 xl-perf consolidate 另写一份汇总。
依据：本工作簿各项目绩效目标表。
"""

from collections.abc import Iterator

from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.listing import changes
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import SUMMARY_SHEET

_REMEDY = "请重新汇总"
_WITHOUT_BUTTONS = f"{_REMEDY}：没有按钮的工作簿用加载项的“汇总”按钮，或用 xl-perf consolidate 另写一份汇总"
_HAS_BUTTONS = ".xlsm"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per project that is missing, superfluous or listed with other amounts."""
    remedy = _REMEDY if seen.department.path.lower().endswith(_HAS_BUTTONS) else _WITHOUT_BUTTONS
    for row, project, label, entry, now in changes(seen.department, seen.totals):
        if project is not None:
            message = f"部门汇总没有列出“{project.title}”（工作表{project.sheet}）"
            yield Finding("T702", message, remedy, SUMMARY_SHEET, field="项目名称", expected=project.title)
        elif row is not None and entry is None:
            yield at(row.name, "T702", "项目名称", f"部门汇总列有“{row.name.text}”，各表中没有这个项目", remedy)
        elif row is not None and entry is not None:
            message = f"部门汇总中“{row.name.text}”的{label}是 {entry.text or '空白'}，各表计入的是 {plain(now)} 万元"
            yield at(entry, "T702", label, message, remedy, expected=plain(now))


RULE = Rule("T702", Severity.WARNING, check, __doc__)

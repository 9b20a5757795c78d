"""部门汇总不是各项目现在的样子。

为什么：填表之后没有重新汇总，部门汇总就过时了。
怎样认：部门汇总中有的项目在表里找不到，表里的项目部门汇总没有，或金额（预算数、财政资金、其他资金）不同。
部门汇总还空着时不报。
怎样改：重新汇总。
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


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per project that is missing, superfluous or listed with other amounts."""
    for row, project, label, entry, now in changes(seen.department, seen.totals):
        if project is not None:
            message = f"部门汇总没有列出“{project.title}”（工作表{project.sheet}）"
            yield Finding("T702", message, _REMEDY, SUMMARY_SHEET, field="项目名称", expected=project.title)
        elif row is not None and entry is None:
            yield at(row.name, "T702", "项目名称", f"部门汇总列有“{row.name.text}”，各表中没有这个项目", _REMEDY)
        elif row is not None and entry is not None:
            message = f"部门汇总中“{row.name.text}”的{label}是 {entry.text or '空白'}，表里是 {plain(now)} 万元"
            yield at(entry, "T702", label, message, _REMEDY, expected=plain(now))


RULE = Rule("T702", Severity.WARNING, check, __doc__)

"""表在隐藏的工作表、行或列里。

为什么：隐藏的表照样计入汇总，看的人却不知道有它。
怎样认：填写过的项目绩效目标表、监控表、自评表所在的工作表是隐藏的（包括深度隐藏）。供复制的空白表不算。
工作表看得见，而填了内容的行或列是隐藏的（手工隐藏的、筛选掉的）：整张表或其中的金额看不见，报警告；只有别的内容看不见，报提示。
怎样改：取消隐藏；不要的表请删去，以免计入汇总。
依据：本程序读入所有工作表、所有行和列，隐藏的也读。
"""

from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.grid import a1
from xl_perf.core.checking.rules.base import Rule, in_form
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.progress import Monitoring
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

_SHOWN: Final = 3


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per hidden form, on its top-left cell; per form with hidden parts, on the first of these.

    One per hidden sheet of reports.
    """
    for project in seen.projects:
        if project.hidden:
            message = f"“{project.title}”在隐藏的工作表上，仍计入汇总"
            yield in_form(project, "S104", "工作表", message, "请取消隐藏；不要的表请删去")
        elif project.is_concealed:
            message = f"“{project.title}”整张在隐藏的行或列里，仍计入汇总"
            yield in_form(project, "S104", "工作表", message, "请取消隐藏或筛选；不要的表请删去")
        elif project.concealed:
            yield _partly(project)
    hidden = [one for one in (*seen.department.monitoring, *seen.department.evaluations) if one.is_hidden]
    first = {one.sheet: one for one in reversed(hidden)}
    for sheet, one in first.items():
        count = sum(its.sheet == sheet for its in hidden)
        kind = "监控表" if isinstance(one, Monitoring) else "自评表"
        message = f"隐藏的工作表“{sheet}”上有 {count} 张{kind}，仍计入汇总"
        yield Finding("S104", message, "请取消隐藏；不要的表请删去", sheet, *one.area[:2], "工作表")


def _partly(project: Project) -> Finding:
    """Parts of a form stand in hidden rows or columns."""
    label, first = project.concealed[0]
    amounts = {(entry.row, entry.column) for _, entry in project.amounts}
    money = [label for label, entry in project.concealed if (entry.row, entry.column) in amounts]
    cells = dict.fromkeys(a1(entry.row, entry.column) for _, entry in project.concealed)
    shown = "、".join([*cells][:_SHOWN]) + (f" 等 {len(cells)} 格" if len(cells) > _SHOWN else " ")
    what = f"有{'、'.join(dict.fromkeys(money))}，照样计入汇总" if money else "有内容，照样读入"
    message = f"“{project.title}”的 {shown}在隐藏的行或列里，其中{what}"
    severity = Severity.WARNING if money else Severity.HINT
    return at(first, "S104", label, message, "请取消隐藏或筛选；不要的内容请删去", severity=severity)


RULE = Rule("S104", Severity.WARNING, check, __doc__)

"""这张表的金额用的是别的单位，已换算成万元。

为什么：换算了多少、按哪里写的单位换算，应当让人看得到、能核对。
怎样认：标签、旁边的单元格、本部分的标签、表旁的“单位：元”、标题或数字格式写明了元、千元、亿元等单位；程序已精确换算，每张表提示一次；
表上都没有写的，看工作表名（01（单位：元））、打印的页眉页脚、标签和标题上的批注、输入提示，再看别的工作表上说各表金额单位的话（各表金额单位均为元）；
近处和远处写的不同的（标签写万元，表头、页眉、批注写“单位：元”），或远处写的看不懂的，按近处的算，报警告；与样表印的单位不同的也是。
表上写元、预算数不足 1 万元的，像是按万元填的，也报警告。
金额自己的文字里写了单位的由 B306 报；两处单位互相矛盾的由 B308 报。
怎样改：不影响汇总；请核对单位是否写对。
依据：项目绩效目标表第 3 部分，金额单位为万元。
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from xl_perf.core.cells.entries import named_unit
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

_SMALL: Final = Decimal(1)
"""万元: a project of less is rare, and 320.56 in a form of 元 may be meant for 万元."""


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form, where the unit stands."""
    for project in seen.projects:
        unit = project.unit
        if unit is not None and (unit.where or not project.kind.states_unit):
            now = _example(project)
            where = unit.where or "口径"
            message = f"金额单位是“{unit.unit}”（见{where}），已换算成万元{now}"
            if unit.against:
                message = f"金额单位按“{unit.unit}”（见{where}）计入，但{unit.against}{now}"
            elif unit.unit == "万元":
                message = f"{where}使金额显示得与储存的不同，按显示的读{now}"
            is_small = unit.unit == "元" and 0 < (project.budget.value or 0) < _SMALL
            message += "，不足 1 万元，像是按万元填的" if is_small else ""
            what, remedy = "金额单位", "请核对单位是否写对"
            found = Finding("B307", message, remedy, project.sheet, unit.row, unit.column, what, unit.unit, "万元")
            yield found.graded(Severity.WARNING) if unit.against or is_small else found


def _example(project: Project) -> str:
    """What an amount reads as that does not name its unit itself, the budget first; empty where there is none."""
    for name, amount in (("预算数", project.budget), *project.amounts):
        is_named = isinstance(amount.typed, str) and named_unit(amount.typed)
        if amount.value is not None and not is_named:
            return f"，{name} {amount.text} 读作 {plain(amount.value)} 万元"
    return ""


RULE = Rule("B307", Severity.HINT, check, __doc__)

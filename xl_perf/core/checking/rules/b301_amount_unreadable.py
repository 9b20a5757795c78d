"""没有填预算数，或金额写得读不出来。

为什么：读不出的金额进不了汇总。
怎样认：预算数为空或只有“————”；预算数、财政资金、其他资金中任何一个不是金额（如“约50万”“50-60”），或者加了删除线。
数字中间有一个空格的（80 100）也是：看不出是 80100 还是两个数。
财政资金、其他资金可以空着，空着算 0。
怎样改：直接填数字，单位为万元（表上写元的填元），如 161.93。
依据：项目绩效目标表第 3 部分。
"""

from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.cells.characters import may_be_two
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.number_formats import STRUCK
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

_EXAMPLE = Decimal("161.93")
_IF_STRUCK = "请删去划掉的数，只留要报的金额，去掉删除线"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per amount."""
    remedies = {project.sheet: _remedy(project.bare_unit) for project in seen.projects}
    for project in seen.projects:
        total = project.budget
        if total.is_empty:
            hidden = "" if seen.department.sees_errors else "（这种文件格式里，错误值和没有结果的公式看上去也是空白）"
            said = f"没有填{project.budget_name}{hidden}{_in_other_columns(project)}"
            yield at(total, "B301", project.budget_name, said, remedies[project.sheet])
    for label, amount in seen.all_amounts:
        if amount.value is None and amount.status is Status.UNREADABLE:
            is_struck = STRUCK in amount.text
            message = f"{label}“{amount.text}”{'有删除线，' * is_struck}不是金额"
            remedy = _IF_STRUCK if is_struck else remedies.get(amount.sheet, _remedy("万元"))
            if not is_struck and may_be_two(amount.text):
                message = f"{label}“{amount.text}”中间有空格，看不出是一个数还是两个数，没有计入合计"
                remedy = "是一个数的，请去掉空格；是两个数的，请只留要报的金额"
            yield at(amount, "B301", label, message, remedy)


def _in_other_columns(project: Project) -> str:
    """Amounts in the same row that are not read: somebody may have taken the wrong column."""
    found = project.in_other_columns
    said = "，".join(f"“{' '.join(heading.split())}”一栏的 {amount.text}（{amount.cell}）" for heading, amount in found)
    return f"；{said}不是要报的一栏，没有读" if said else ""


def _remedy(unit: str) -> str:
    """What to fill in, with an example in the unit that the form's numbers count in."""
    return f"请直接填数字，单位为{unit}，如 {plain(EXACT.divide(_EXAMPLE, UNITS[unit]))}"


RULE = Rule("B301", Severity.ERROR, check, __doc__)

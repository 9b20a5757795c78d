"""部门汇总不是各项目现在的样子。

为什么：填表之后没有重新汇总，部门汇总就过时了。
怎样认：部门汇总中有的项目在表里找不到，表里的项目部门汇总没有，或金额（预算数、财政资金、其他资金）不同。
部门汇总还空着时不报。
怎样改：重新汇总。
依据：本工作簿各项目绩效目标表。
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from xl_perf.core.findings import Finding, Severity, at
from xl_perf.core.form import SUMMARY_SHEET
from xl_perf.core.model import Department, Entry, Listed
from xl_perf.core.profile import Profile
from xl_perf.core.rules.base import Rule
from xl_perf.core.totals import ZERO
from xl_perf.core.values import folded, plain

_REMEDY = "请重新汇总"
_Amounts = tuple[Decimal, Decimal, Decimal]


def check(department: Department, profile: Profile) -> Iterator[Finding]:
    """One finding per project that is missing, superfluous or listed with other amounts."""
    if not department.listed:
        return
    now: dict[str, list[_Amounts]] = {}
    for project in department.projects:
        now.setdefault(folded(project.name.text), []).append(_amounts(*project.budget[:3]))
    listed = Counter(folded(row.name.text) for row in department.listed)
    for row in department.listed:
        yield from _compare(row, now)
    for project in department.projects:
        name = folded(project.name.text)
        if listed[name] == 0 and name:
            message = f"部门汇总没有列出“{project.title}”（工作表{project.sheet}）"
            yield Finding("T702", message, _REMEDY, SUMMARY_SHEET, field="项目名称", expected=project.title)


def _compare(row: Listed, now: dict[str, list[_Amounts]]) -> Iterator[Finding]:
    versions = now.get(folded(row.name.text))
    if versions is None:
        yield at(row.name, "T702", "项目名称", f"部门汇总列有“{row.name.text}”，各表中没有这个项目", _REMEDY)
        return
    entries = row.budget, row.fiscal, row.other
    if _amounts(*entries) not in versions:
        for label, entry, actual in zip(("预算数", "财政资金", "其他资金"), entries, versions[0], strict=True):
            if (entry.value or ZERO) != actual:
                message = f"部门汇总中“{row.name.text}”的{label}是 {entry.text or '空白'}，表里是 {plain(actual)} 万元"
                yield at(entry, "T702", label, message, _REMEDY, expected=plain(actual))


def _amounts(budget: Entry[Decimal], fiscal: Entry[Decimal], other: Entry[Decimal]) -> _Amounts:
    return budget.value or ZERO, fiscal.value or ZERO, other.value or ZERO


RULE = Rule("T702", Severity.WARNING, check, __doc__)

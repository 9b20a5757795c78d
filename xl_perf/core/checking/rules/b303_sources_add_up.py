"""预算数不等于财政资金与其他资金之和。

为什么：两个来源加起来就是预算数，差一分钱也说明有一处填错。
怎样认：预算数 − （财政资金 + 其他资金）不为 0；来源空着算 0。用十进制精确计算，不会因小数误差误报。
差额 = 预算数 − 来源之和，带正负号，单位万元。
任何一个金额读不出时不报，由 B301 报；有金额的标签没有或不认得时也不报，由 S102 报；来源写了两处的由 S103 报。
表上只有一项来源、数目小于预算数的不报，合计处说明其余的来源没有写。
怎样改：核对三个数，改正其中填错的一个。
依据：项目绩效目标表第 3 部分。
"""

from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.rules.base import Rule, has_no_sources, sources_are_known, sum_of_sources
from xl_perf.core.checking.seen import Seen
from xl_perf.core.figures.missing import rest_is_unsaid, sources_said_twice
from xl_perf.core.figures.totals import EXACT
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

_FEW: Final = 2
"""Sources that the official form has."""


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form, on 预算数."""
    for project in seen.projects:
        total = project.budget
        if total.value is None or has_no_sources(project) or project.unlabelled:
            continue
        if sources_said_twice(project) or rest_is_unsaid(project):
            continue
        expected = sum_of_sources(project)
        if all(entry.status is Status.ABSENT for entry in project.sources):
            continue
        if total.value != expected and sources_are_known(project):
            names = _shown(project)
            whole = f"{project.budget_name} {plain(total.value)}"
            difference = EXACT.subtract(total.value, expected)
            yield at(
                total,
                "B303",
                project.budget_name,
                f"{whole}，{names}合计 {plain(expected)}，相差 {plain(difference)} 万元",
                f"请核对{'三个' if len(project.amounts) == 3 else '这些'}金额，改正填错的一个",
                found=plain(total.value),
                expected=plain(expected),
                difference=plain(difference),
            )


def _shown(project: Project) -> str:
    """The names of the sources; of more than two each amount too, for one may stand in a hidden row."""
    shown = zip(project.kind.sources, project.sources, strict=True)
    own = [(field.name, source.value) for field, source in shown if source.status is not Status.ABSENT]
    filled = [f"{name} {plain(value)}" for name, value in own if value]
    if len(own) > _FEW and len(filled) > 1:
        return f"{'、'.join(filled)}，"
    *first, last = [name for name, _ in own]
    return f"{'、'.join(first)}与{last}" if first else last


RULE = Rule("B303", Severity.ERROR, check, __doc__)

"""二级指标不属于所在的一级指标，或指标的级别没有写、认不出。

为什么：指标归错了类，汇总和评价都会出错。
怎样认：按口径的指标体系核对；合并单元格的一级、二级指标对它覆盖的每一行都有效，取消合并后下面空着的行也算。
同一个单元格只报一次。本单位样表自己印着的一级、二级指标，照印的算对。
怎样改：改正一级或二级指标的名称，或把这一行移到正确的一级指标下。
依据：口径文件的指标体系（branch 的 second）。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.rules.base import Rule, is_strange
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.project import Indicator, Project
from xl_perf.core.profile import Profile

_FIRST = "一级指标"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per cell of a first or second level."""
    for levels, projects in seen.levels:
        if not all(level2s.issubset(profile.second_of.get(level1 or "", ())) for level1, level2s in levels.items()):
            yield from _findings(projects, profile)


def _findings(projects: list[Project], profile: Profile) -> Iterator[Finding]:
    for project in projects:
        said: set[tuple[int, int]] = set()
        for indicator in project.indicators:
            finding = _finding(indicator, profile)
            if finding is not None and _is_given(project, indicator, finding.field):
                continue
            if finding is not None and (finding.row or 0, finding.column or 0) not in said:
                said.add((finding.row or 0, finding.column or 0))
                yield finding


def _is_given(project: Project, indicator: Indicator, level: str | None) -> bool:
    """The form has no second levels, or is an office's own and prints this one; so of first levels."""
    own = project.kind.own_sheet
    if level == _FIRST:
        return own is not None and own.prints_first(indicator.level1.text)
    prints = own is not None and own.prints_levels(indicator.level1.text, indicator.level2.text)
    return prints or not project.kind.has_second_level


def _finding(indicator: Indicator, profile: Profile) -> Finding | None:
    level1, level2 = indicator.level1, indicator.level2
    if level1.status is Status.FILLED and level2.value in profile.second_of.get(level1.value or "", ()):
        return None
    if is_strange(indicator, profile):
        known = "、".join(branch.label for branch in profile.branches)
        return at(level1, "I503", _FIRST, f"没有“{level1.text}”这种一级指标", f"可用的有：{known}")
    if level1.is_empty:
        return at(level1, "I503", _FIRST, "这一行没有写一级指标", "请写明一级指标")
    if level1.status is not Status.FILLED or level2.status not in {Status.FILLED, Status.BLANK, Status.PLACEHOLDER}:
        return None
    known = "、".join(profile.label_of(second) for second in profile.second_of[level1.value or ""])
    message = f"{level1.text}下没有写二级指标" if level2.is_empty else f"“{level2.text}”不属于{level1.text}"
    return at(level2, "I503", "二级指标", message, f"{level1.text}下可用的有：{known}", expected=known)


RULE = Rule("I503", Severity.ERROR, check, __doc__)

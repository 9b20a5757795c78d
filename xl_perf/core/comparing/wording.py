"""What is said of changes, in Chinese: on the terminal and on sheets."""

from collections.abc import Iterable, Sequence
from typing import Final

from xl_perf.core.comparing.records import (
    Change,
    DepartmentDifference,
    MatchedBy,
    Nature,
    ProjectChange,
    ProjectDifference,
    Value,
)

CHANGED: Final = {
    ProjectChange.ADDED: "新增",
    ProjectChange.REMOVED: "删去",
    ProjectChange.MOVED: "移入",
    ProjectChange.RENAMED: "改名",
    ProjectChange.CHANGED: "改动",
}
MATCHED: Final = {MatchedBy.CODE: "编码", MatchedBy.NAME: "名称", MatchedBy.CONTENT: "内容"}
NATURES: Final = {
    Nature.CHANGED: "改动",
    Nature.ADDED: "新增",
    Nature.REMOVED: "删去",
    Nature.WORDING: "写法",
    Nature.NO_FIELD: "一边没有的栏目",
}
TEXTS_OF_DEPARTMENT: Final = "首页和整体绩效目标"
OWN: Final = "（不计入合计）"
BLANK: Final = "（空白）"
_SMALL: Final = frozenset({Nature.WORDING, Nature.NO_FIELD})
"""What is counted apart: nobody has decided anything else."""
_GROUPS: Final = {"plan": "支出计划", "goal": "目标", "indicator": "指标", "result": "指标", "list": "各行"}
"""Fields of which a form has several."""


def is_small(change: Change) -> bool:
    """It says the same in other characters, or one side's form has no such field."""
    return change.nature in _SMALL


def is_whole(project: ProjectDifference | None) -> bool:
    """The project was added or removed as a whole: its changes are its amounts."""
    return project is not None and project.change in {ProjectChange.ADDED, ProjectChange.REMOVED}


def field_of(change: Change) -> str:
    """The field and, of a table, its row."""
    item = change.item
    if not item:
        return change.label
    return item if item.startswith(change.label) else f"{change.label}：{item}"


def text_of(value: Value | None) -> str:
    """What one side says; nothing where it has no such row."""
    return "" if value is None else value.text or BLANK


def what_changed(changes: Iterable[Change]) -> str:
    """``预算数、财政资金、指标 3 处``: what of a project differs, in the order of its form."""
    counts: dict[str, int] = {}
    small = dict.fromkeys(_SMALL, 0)
    for change in changes:
        if change.nature in small:
            small[change.nature] += 1
            continue
        group = _GROUPS.get(change.field.partition(":")[0].partition(".")[0])
        said = group or (f"{change.label}（读不出）" if "读不出" in change.note else change.label)
        counts[said] = counts.get(said, 0) + 1
    several = set(_GROUPS.values())
    parts = [f"{said} {number} 处" if said in several or number > 1 else said for said, number in counts.items()]
    if small[Nature.WORDING]:
        parts.append(f"写法 {small[Nature.WORDING]} 处")
    if small[Nature.NO_FIELD]:
        parts.append(f"一边没有的栏目 {small[Nature.NO_FIELD]} 处")
    return "、".join(parts)


def about(project: ProjectDifference) -> str:
    """What is to be said of a project that differs: where it came from, by what it was matched, what of it differs."""
    parts = []
    if project.change is ProjectChange.MOVED and project.old is not None:
        parts.append(f"由{project.old.department or project.old.path}移来")
    if project.matched_by is not None and project.change in {ProjectChange.MOVED, ProjectChange.RENAMED}:
        parts.append(f"按{MATCHED[project.matched_by]}对上")
    if not is_whole(project):
        is_named = project.change is ProjectChange.RENAMED  # the title has both names
        parts.append(what_changed(one for one in project.changes if not (is_named and one.field == "name")))
    return "；".join(filter(None, parts))


def counted(departments: Sequence[DepartmentDifference]) -> str:
    """``新增 1 个、改名 2 个；没有变化 5 个``: the projects of some departments."""
    numbers = dict.fromkeys(ProjectChange, 0)
    for department in departments:
        for project in department.projects:
            numbers[project.change] += 1
    said = "、".join(f"{CHANGED[change]} {number} 个" for change, number in numbers.items() if number)
    away = sum(one.moved_away for one in departments)
    if away and len(departments) == 1:
        said = "、".join(filter(None, (said, f"移出 {away} 个")))
    unchanged = sum(one.unchanged for one in departments)
    same = f"没有变化 {unchanged} 个" if unchanged else ""
    return "；".join(filter(None, (said, same, said_of_reports(departments)))) or "两边都没有项目"


def said_of_reports(departments: Sequence[DepartmentDifference]) -> str:
    """``监控、自评、任务和监督的表改动 2 张``; empty where none differs."""
    number = sum(len(one.reports) for one in departments)
    return f"监控、自评、任务和监督的表改动 {number} 张" if number else ""

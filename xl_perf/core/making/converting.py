"""Projects as forms of a kind that is written: those of other kinds, such as lists, become one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from xl_perf.core.cells.entry import Entry
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.own_layout import most_goals
from xl_perf.core.forms.split_targets import SplitCells
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project

_MEASURED: Final = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "description": "绩效指标描述",
    "target": "指标值",
    "basis": "指标值确定依据",
}
"""What of an indicator some kinds do not print."""


def writable(department: Department, kind: FormKind) -> Department:
    """The department with every project in a kind that is written: those of other kinds become ``kind``."""
    if all(project.kind.is_written for project in department.projects):
        return department
    projects = (one if one.kind.is_written else in_kind(one, kind) for one in department.projects)
    return replace(department, projects=tuple(projects))


def fitted(department: Department, kind: FormKind) -> Department:
    """The same, and of more goals than an office's own form has room for the first: `left_behind` names the others."""
    made = writable(department, kind)
    return replace(made, projects=tuple(map(_with_room, made.projects)))


def _with_room(project: Project) -> Project:
    left = len(_goals_left(project, project.kind))
    return replace(project, goals=project.goals[: len(project.goals) - left]) if left else project


def _goals_left(project: Project, kind: FormKind) -> tuple[Entry[str], ...]:
    """The goals for which an office's own form has no place."""
    most = None if kind.own_sheet is None else most_goals(kind.own_sheet)
    return () if most is None else project.goals[most:]


def in_kind(project: Project, kind: FormKind) -> Project:
    """The project as a form of another kind: each value goes to the field of the same key; others are blank."""
    own = project.kind.place
    values = tuple(
        project.values[own[field.key]] if field.key in own else draft.value_entry(field, None) for field in kind.fields
    )
    return replace(project, kind=kind, values=values, plan=project.plan if kind.has_plan else (), missing=())


def left_behind(department: Department, kind: FormKind) -> Iterator[str]:
    """Chinese sentences on what the projects say and their forms do not print, with ``kind`` for lists and the like."""
    for project in department.projects:
        lost = list(_lost(project, project.kind if project.kind.is_written else kind))
        if lost:
            yield f"“{project.title}”写了表样里没有的栏目，没有收进来：{'、'.join(lost)}"


def _lost(project: Project, kind: FormKind) -> Iterator[str]:
    for field, entry in zip(project.kind.fields, project.values, strict=True):
        if field.key not in kind.place and entry.text:
            yield f"{field.name} {entry.text}"
    if kind.own_sheet is not None:
        printed = {place.key for place in kind.own_sheet.columns}
    else:
        printed = {column.key for column in kind.columns if column.required or column.beside}
    parts = {column.key for column in kind.target_parts} if kind.learned else frozenset[str]()
    unsaid = [one.target.typed for one in project.indicators if isinstance(one.target.typed, SplitCells)]
    words = [one.operator for one in unsaid if one.is_part_unsaid]
    if words and "operator" not in parts:
        yield f"计算符号一栏的 {'、'.join(dict.fromkeys(words))} {len(words)} 处"
    for key, label in _MEASURED.items():
        number = sum(bool(getattr(one, key).text) for one in project.indicators)
        if key not in printed and number:
            yield f"{label} {number} 处"
    for number, goal in enumerate(_goals_left(project, kind), len(project.goals) - len(_goals_left(project, kind)) + 1):
        yield f"目标{number} {goal.text}"

"""Projects as forms of a kind that is written: those of other kinds, such as lists, become one."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from operator import is_
from typing import Any, Final

from xl_perf.core.cells.entries import together
from xl_perf.core.cells.entry import Entry
from xl_perf.core.forms.carried_cells import carried_over
from xl_perf.core.forms.goals_on_form import goals_in_places
from xl_perf.core.forms.kind import Field, FormKind, Value
from xl_perf.core.forms.learned import source_of
from xl_perf.core.forms.own_lines import place_of_line
from xl_perf.core.forms.own_list import printed_name
from xl_perf.core.forms.own_sheet import OwnSheet
from xl_perf.core.forms.sign_off import LABELS
from xl_perf.core.forms.split_targets import SplitCells
from xl_perf.core.forms.variants import EXTRA
from xl_perf.core.making import draft
from xl_perf.core.making.own_kinds import Into, unit_of
from xl_perf.core.making.placing import in_sheets, is_list
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import CarriedCell, Project

_MEASURED: Final = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "description": "绩效指标描述",
    "target": "指标值",
    "basis": "指标值确定依据",
    "weight": "权重",
}
"""What of an indicator some kinds do not print."""


def writable(department: Department, kind: FormKind | Into) -> Department:
    """The department with every project in a kind that is written: those of other kinds become ``kind``.

    They stand in the order of their new sheets.
    """
    into = _into(kind)
    made = ((one, into.of(one.kind)) for one in department.projects)
    projects = in_sheets([one if one.kind is new else in_kind(one, new) for one, new in made])
    is_same = len(projects) == len(department.projects) and all(map(is_, projects, department.projects))
    return department if is_same else replace(department, projects=projects)


def _into(kind: FormKind | Into) -> Into:
    return kind if isinstance(kind, Into) else Into(kind)


def fitted(department: Department, kind: FormKind | Into) -> Department:
    """The same, without what an office's own form has no room for, which `left_behind` names: goals beyond those that
    it prints, checkpoints, amounts. So its totals are those of the workbook that is written of it.
    """
    made = writable(department, kind)
    return replace(made, projects=tuple(map(_with_room, made.projects)))


def _with_room(project: Project) -> Project:
    left = dict(_goals_left(project, project.kind))
    months = _months_left(project, project.kind)
    values = tuple(
        draft.value_entry(field, None) if entry.text and not has_room else entry
        for field, entry, has_room in _amounts_with_room(project)
    )
    if not (left or months) and all(map(is_, values, project.values)):
        return project
    plan = tuple(point for point in project.plan if point.month not in months)
    kept = [at for at in range(len(project.goals)) if at not in left]
    goals = tuple(project.goals[at] for at in kept)
    periods = tuple(project.goal_periods[at] for at in kept if project.goal_periods)
    return replace(project, goals=goals, goal_periods=periods, plan=plan, values=values)


def _amounts_with_room(project: Project) -> Iterator[tuple[Field, Entry[Any], bool]]:
    """Every field with its entry; an amount of an own form that has no place for it has no room."""
    own = project.kind.own_sheet
    places = None if own is None else {place.key for place in own.fields}
    for field, entry in zip(project.kind.fields, project.values, strict=True):
        yield field, entry, places is None or field.value is not Value.AMOUNT or field.key in places


def _months_left(project: Project, kind: FormKind) -> set[int]:
    """The checkpoints for which an office's own form has no place: it may have others, but not so many."""
    own, has = kind.own_sheet, [point.month for point in project.plan]
    if own is None or is_list(kind) or len(has) <= len(own.months):
        return set()
    return set(has) - {month for month, _ in own.months}


def _goals_left(project: Project, kind: FormKind) -> list[tuple[int, Entry[str]]]:
    """The goals for which an office's own form has no place, with their numbers from 0."""
    left = [] if kind.own_sheet is None else goals_in_places(kind.own_sheet, project)[1]
    return [(at, project.goals[at]) for at in left]


def in_kind(project: Project, kind: FormKind) -> Project:
    """The project as a form of another kind: each value goes to the field of the same key; others are blank."""
    values = tuple(_value(project, kind, field) for field in kind.fields)
    own = kind.own_sheet
    has_plan = kind.has_plan or (own is not None and bool(own.months or not is_list(kind)))
    carried = tuple(found for _, found in _carried_in(project, kind) if found is not None)
    lines = tuple(line for line in project.own_lines if own is not None and place_of_line(own, line) is not None)
    plan = project.plan if has_plan else ()
    return replace(project, kind=kind, values=values, plan=plan, missing=(), carried=carried, own_lines=lines)


def _carried_in(project: Project, kind: FormKind) -> Iterator[tuple[CarriedCell, CarriedCell | None]]:
    """What stands in cells that the project's form does not read, and where it is on another form; None for nowhere.

    Amounts that count in another unit there would say something else.
    """
    old, new = project.kind.own_sheet, kind.own_sheet
    if old is None or new is None or old is new:
        yield from ((one, one if old is new else None) for one in project.carried)
    elif is_list(kind) or unit_of(project.kind) != unit_of(kind):
        yield from ((one, None) for one in project.carried)
    elif project.carried:
        yield from carried_over(old, new, project.carried)


def _value(project: Project, kind: FormKind, field: Field) -> Entry[Any]:
    """What goes into a field, of a source with all amounts of it for which the kind has no field of their own."""
    own = project.kind.place
    value = project.values[own[field.key]] if field.key in own else draft.value_entry(field, None)
    more = [at for key, at in own.items() if key not in kind.place and key != field.key and source_of(key) == field.key]
    return reduce(together, [project.values[at] for at in more], value)


def left_behind(department: Department, kind: FormKind | Into) -> Iterator[str]:
    """Chinese sentences on what the projects say and their forms do not print, with ``kind`` for lists and the like."""
    into = _into(kind)
    for kind_of_list in dict.fromkeys(one.kind for one in department.projects if is_list(into.of(one.kind))):
        yield from _units_left(department, kind_of_list, into.of(kind_of_list))
    for project in department.projects:
        new = into.of(project.kind)
        lost = [*_lost(project, new), *_lines_lost(project, new.own_sheet)]
        if lost:
            yield f"“{project.title}”有内容在表样上没有填写处，没有收进来：{'、'.join(lost)}"


def _lost(project: Project, kind: FormKind) -> Iterator[str]:
    own = kind.own_sheet
    fields, columns = _printed(kind)
    as_code = own is not None and is_list(kind) and printed_name(own, project) != project.name.text
    for field, entry in zip(project.kind.fields, project.values, strict=True):
        has_place = field.key in fields or source_of(field.key) in fields or (field.key == "code" and as_code)
        if not has_place and entry.text:
            yield f"{field.name} {entry.text}"
    parts = {column.key for column in kind.target_parts} if kind.learned else frozenset[str]()
    unsaid = [one.target.typed for one in project.indicators if isinstance(one.target.typed, SplitCells)]
    words = [one.operator for one in unsaid if one.is_part_unsaid]
    if words and "operator" not in parts:
        yield f"计算符号一栏的 {'、'.join(dict.fromkeys(words))} {len(words)} 处"
    if is_list(kind):
        yield from _lost_in_list(project, kind)
    for key, label in _MEASURED.items():
        number = sum(bool(getattr(one, key).text) for one in project.indicators)
        if key not in columns and number:
            yield f"{label} {number} 处"
    for heading, entries in project.own_columns:
        number = sum(bool(entry.text) for entry in entries)
        if f"{EXTRA}{heading}" not in columns and number:
            yield f"{heading} {number} 处"
    yield from (f"{one.label} {one.entry.text}" for one, found in _carried_in(project, kind) if found is None)
    if not is_list(kind):
        lost = _months_left(project, kind)
        yield from (f"{one.month}月底支出计划 {one.percent.text}" for one in project.plan if one.month in lost)
    for at, goal in _goals_left(project, kind):
        yield f"目标{at + 1} {goal.text}"


def _lines_lost(project: Project, own: OwnSheet | None) -> Iterator[str]:
    """What somebody typed into lines of a form that the one that is written does not print."""
    for line in project.own_lines:
        if own is None or place_of_line(own, line) is None:
            yield f"{line.label} {line.entry.text}" if line.offset else line.entry.text


def _printed(kind: FormKind) -> tuple[set[str], set[str]]:
    """Keys of the fields and of the columns of indicators for which forms of a kind have room."""
    own = kind.own_sheet
    if own is None:
        return set(kind.place), {column.key for column in kind.columns if column.required or column.beside} | {"weight"}
    return {place.key for place in own.fields}, {one.key for one in own.columns}


def _units_left(department: Department, kind: FormKind, made: FormKind) -> Iterator[str]:
    """Of several units, where the list names one, above it."""
    own = made.own_sheet
    is_line = own is not None and any(one.key == "unit_name" and one.area[0] < own.header for one in own.fields)
    units = dict.fromkeys(one.value("unit_name").text for one in department.projects if one.kind is kind)
    if is_line and len(units) > 1:
        yield f"清单上只写一个单位，项目却是几个单位的，没有收进来：{'、'.join(filter(None, units))}"


def _lost_in_list(project: Project, kind: FormKind) -> Iterator[str]:
    own = kind.own_sheet
    if own is not None and not own.goals:
        yield from (f"绩效目标 {goal.text}" for goal in project.goals if goal.text)
    yield from (f"{point.month}月底支出计划 {point.percent.text}" for point in project.plan if point.percent.text)
    for at, (above, one) in enumerate(pairwise(project.indicators), 2):
        if above.level1.text and not one.level1.text:
            yield f"第 {at} 个指标没有一级指标（清单上跟着上一行）"
    signed = project.sign_off or ()
    yield from (f"{label}{entry.text}" for label, entry in zip(LABELS, signed, strict=False) if entry.text)

"""首页 and 整体绩效目标 of both sides compared."""

from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Status
from xl_perf.core.comparing.matching import Matching, likeness
from xl_perf.core.comparing.records import Change, Value
from xl_perf.core.comparing.tables import pairs_of_rows_compared
from xl_perf.core.comparing.values import compared, only_one, value_of
from xl_perf.core.model.department import Department, SubGoal
from xl_perf.core.workbook.sheets import COVER_FIELDS

_ALIKE: Final = 0.5


def texts_of_department_compared(old: Department, new: Department) -> Iterator[Change]:
    """What stands on 首页, then the overall goal, the sub-goals and the safeguards."""
    paths = old.path, new.path
    for field in COVER_FIELDS:
        if _says_the_same(field.key, old, new):
            continue
        one, other = getattr(old.cover, field.key), getattr(new.cover, field.key)
        change = compared(
            f"cover.{field.key}",
            field.label,
            (one, paths[0], ""),
            (other, paths[1], ""),
            is_money=field.key == "ceiling",
        )
        if change is not None:
            yield change
    change = compared(
        "goals.overall", "总体绩效目标", (old.overall_goal, paths[0], ""), (new.overall_goal, paths[1], "")
    )
    if change is not None:
        yield change
    yield from _sub_goals(old.sub_goals, new.sub_goals, paths)
    of_old, of_new = ([(one.title, one.text) for one in side.safeguards] for side in (old, new))
    yield from pairs_of_rows_compared("goals.safeguard", "工作保障措施", of_old, of_new, paths)


def _says_the_same(field: str, old: Department, new: Department) -> bool:
    """Where one of the books says department or year elsewhere than on 首页, but says the same."""
    if field == "department" and Status.ABSENT in {old.cover.department.status, new.cover.department.status}:
        return bool(old.name and new.name) and folded(old.name or "") == folded(new.name or "")
    if field == "year" and Status.ABSENT in {old.cover.year.status, new.cover.year.status}:
        return old.year is not None and old.year == new.year
    return False


def _sub_goals(old: tuple[SubGoal, ...], new: tuple[SubGoal, ...], paths: tuple[str, str]) -> Iterator[Change]:
    matching = Matching(old, new)
    matching.alike(lambda one: _whole(one, ""), lambda *_: 0.0)
    matching.alike(lambda one: folded(one.title.text), lambda one, other: likeness(one.goal.text, other.goal.text))
    matching.best(lambda one, other: likeness(one.goal.text, other.goal.text), lambda *_: _ALIKE)
    for at, match in sorted(matching.of_new.items()):
        yield from _sub_goal(old[match], new[at], paths)
    for side, (left, goals) in enumerate(((matching.old_left, old), (matching.new_left, new))):
        for at in left:
            yield only_one("goals.sub", "分项绩效目标", _whole(goals[at], paths[side]), is_new=bool(side))


def _whole(one: SubGoal, path: str) -> Value:
    """A sub-goal in one text, with its indicators and projects."""
    parts = [one.goal.text, *(f"{name.text}：{target.text}" for name, target in one.indicators)]
    if one.projects.text:
        parts.append(f"对应项目：{'、'.join(one.project_names)}")
    return value_of(one.goal, path, one.title.text)._replace(text="；".join(filter(None, parts)) or None)


def _sub_goal(old: SubGoal, new: SubGoal, paths: tuple[str, str]) -> Iterator[Change]:
    items = old.title.text, new.title.text
    parts = (
        ("goals.sub_title", "分项绩效目标名称", old.title, new.title),
        ("goals.sub_goal", "分项绩效目标", old.goal, new.goal),
        ("goals.sub_projects", "对应项目", old.projects, new.projects),
    )
    for field, label, one, other in parts:
        change = compared(field, label, (one, paths[0], items[0]), (other, paths[1], items[1]))
        if change is not None:
            yield change
    of_old, of_new = ([(one.name, one.target) for one in goal.indicators] for goal in (old, new))
    yield from pairs_of_rows_compared("goals.sub_indicator", "分项指标", of_old, of_new, paths, items)

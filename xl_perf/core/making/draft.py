"""Builds the model from plain values: for a workbook that is still to be written, and for tests.

The entries have no cell yet (row and column 0 of no sheet); the writer gives them one.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar

from xl_perf.core.cells.entries import amount_entry, code_entry, target_entry, text_entry, weight_entry, year_entry
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.values import EXACT, to_plan
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.kind import Field, FormKind, Value
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.forms.project_targets import CHECKPOINTS
from xl_perf.core.model.department import Cover, Department, Safeguard, SubGoal, SubGoalIndicator
from xl_perf.core.model.project import Checkpoint, Indicator, Project

T = TypeVar("T")
_NOWHERE: Final = ("", 0, 0)


def text(typed: Scalar) -> Entry[str]:
    """A text entry without a cell."""
    return text_entry(typed, *_NOWHERE)


def indicator(row: Mapping[str, Scalar]) -> Indicator:
    """An indicator from ``level1``, ``level2``, ``level3``, ``description``, ``target``, ``basis``, ``weight``."""
    levels = (text(row.get("level1")), text(row.get("level2")))
    level1, level2 = (one if one.value is None else one._replace(value=branch_key(one.value)) for one in levels)
    return Indicator(
        level1,
        level2,
        text(row.get("level3")),
        text(row.get("description")),
        target_entry(row.get("target"), *_NOWHERE),
        text(row.get("basis")),
        weight_entry(row["weight"], *_NOWHERE) if "weight" in row else absent(""),
    )


def plan(typed: Sequence[Scalar], months: Sequence[int] = CHECKPOINTS) -> tuple[Checkpoint, ...]:
    """A spending plan from what would be typed: ``25%``, 25 or 0.25, read together."""
    points = []
    for month, one, value in zip(months, typed, to_plan(typed), strict=True):
        read = text(one)
        status = Status.UNREADABLE if read.status is Status.FILLED and value is None else read.status
        points.append(Checkpoint(month, Entry(value, status, one, *_NOWHERE)))
    return tuple(points)


def value_entry(field: Field, typed: Scalar) -> Entry[Any]:
    """The entry of a field from what would be typed into it."""
    if field.value is Value.AMOUNT:
        return amount_entry(typed, *_NOWHERE)
    return code_entry(typed, *_NOWHERE) if field.value is Value.CODE else text(typed)


def project(
    *,
    kind: FormKind = DEFAULT,
    heading: Scalar = None,
    percents: Sequence[Scalar] = (None, None, None, None),
    goals: Iterable[Scalar] = (),
    indicators: Iterable[Mapping[str, Scalar]] = (),
    **fields: Scalar,
) -> Project:
    """A project from what would be typed into its form; ``fields`` by the keys of the kind's, such as ``budget``.

    KeyError for a field that the kind does not have.
    """
    for key in fields:
        kind.field(key)
    return Project(
        kind,
        "",
        (0, 0, 0, 0),
        text(heading),
        tuple(value_entry(field, fields.get(field.key)) for field in kind.fields),
        plan(percents) if kind.has_plan else (),
        tuple(text(goal) for goal in goals),
        tuple(indicator(row) for row in indicators),
    )


def sub_goal(
    title: str, goal: str, indicators: Iterable[tuple[str, str]] = (), projects: Iterable[str] = ()
) -> SubGoal:
    """A sub-goal; its indicators are pairs of name and value, its projects are named one per line."""
    pairs = tuple(SubGoalIndicator(text(name), text(value)) for name, value in indicators)
    return SubGoal(text(title), text(goal), pairs, text("\n".join(projects)))


def department(
    *,
    name: Scalar = None,
    year: Scalar = None,
    contact: Scalar = None,
    phone: Scalar = None,
    ceiling: Scalar = None,
    overall_goal: Scalar = None,
    sub_goals: Iterable[SubGoal] = (),
    safeguards: Iterable[tuple[str, str]] = (),
    projects: Iterable[Project] = (),
) -> Department:
    """A department from plain values; safeguards are pairs of title and text."""
    cover = Cover(text(name), year_entry(year, *_NOWHERE), text(contact), text(phone), amount_entry(ceiling, *_NOWHERE))
    return Department(
        path="",
        sheets=(),
        cover=cover,
        year=cover.year.value,
        overall_goal=text(overall_goal),
        sub_goals=tuple(sub_goals),
        safeguards=tuple(Safeguard(text(title), text(what)) for title, what in safeguards),
        projects=tuple(projects),
    )


def _said(entry: Entry[T]) -> T | str | None:
    """What an entry says: the value that was understood, else what was typed; None for a blank."""
    if entry.value is not None:
        return entry.value
    return None if entry.status is Status.BLANK else entry.text or None


def project_content(project: Project) -> tuple[object, ...]:
    """What a project says, without where it says it: equal for the same form in two places.

    Blank rows of goals and indicators do not count; amounts are compared by value, texts without white space
    at their ends.
    """
    said = [(label, _said(entry)) for label, entry in project.entries() if not label.startswith("目标")]
    goals = tuple(goal.text for goal in project.goals if not goal.is_empty)
    normal = ((label, value.normalize(EXACT) if isinstance(value, Decimal) else value) for label, value in said)
    carried = tuple((one.place, _said(one.entry)) for one in project.carried)
    return (*normal, goals, carried)


def department_content(department: Department) -> tuple[object, ...]:
    """What a department's workbook says, without where it says it."""
    cover = department.cover
    return (
        tuple(_said(one) for one in (cover.department, cover.year, cover.contact, cover.phone, cover.ceiling)),
        _said(department.overall_goal),
        tuple(
            (
                _said(sub.title),
                _said(sub.goal),
                sub.project_names,
                tuple((_said(i), _said(v)) for i, v in sub.indicators),
            )
            for sub in department.sub_goals
        ),
        tuple((_said(one.title), _said(one.text)) for one in department.safeguards),
        tuple(project_content(project) for project in department.projects),
    )

"""Where everything stands on a form's sheet: the boxes of the official form, drawn from its kind.

The workbook writer, the live writer and the Word writer draw the same boxes. Rows and columns count from 0. How many
goals and indicator rows there are depends on the project; the rest is what the kind says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Area
from xl_perf.core.forms.groups import Group, blank_group, groups_of
from xl_perf.core.forms.kind import Column, Field, FormKind, Holds, Part, Stands, Value
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

BLANK_LABEL: Final = "\u2002"
"""An en space: what the Word text holds for a first level that is blank on purpose, lest the one above be taken."""
GOALS_OF_BLANK_FORM: Final = 3
FEWEST_GOALS: Final = 2


class Role(StrEnum):
    """What a box is for: the title, a printed label, or something that a person fills in."""

    TITLE = "title"
    LABEL = "label"
    INPUT = "input"


class Box(NamedTuple):
    """A cell or merged area. ``item`` counts goals, checkpoints and indicators; a spare row's is None."""

    role: Role
    key: str
    area: Area
    text: str = ""
    """What is printed in a label, or prefilled in an input."""
    value: Value | None = None
    item: int | None = None


class BranchRows(NamedTuple):
    """The rows of the sheet that a first level covers; both ends belong to it."""

    branch: str
    first: int
    last: int


@dataclass(frozen=True)
class Layout:
    """The boxes of one form, in reading order."""

    kind: FormKind
    boxes: tuple[Box, ...]
    months: tuple[int, ...]
    branches: tuple[BranchRows, ...]
    goals: int

    @cached_property
    def _areas(self) -> dict[tuple[str, int | None], Area]:
        return {(box.key, box.item): box.area for box in self.boxes}

    def area(self, key: str, item: int | None = None) -> Area:
        """The area of a box; KeyError where the form has none."""
        return self._areas[key, item]

    @property
    def last_row(self) -> int:
        """The form's last row."""
        return self.branches[-1].last

    @property
    def first_indicator_row(self) -> int:
        """The row below the indicator table's header."""
        return self.branches[0].first

    def filled(self, project: Project) -> Iterator[tuple[Box, Entry[object] | None]]:
        """Every box with the project's entry for it; None for titles, labels, and inputs without one."""
        plan = _plan_entries(project, self.months)
        for box in self.boxes:
            yield box, _entry_of(project, plan, box) if box.role is Role.INPUT else None


def _entry_of(project: Project, plan: Sequence[Entry[object] | None], box: Box) -> Entry[object] | None:
    if box.key in project.kind.place:
        return project.value(box.key)
    if box.item is None:
        return None
    if box.key == "percent":
        return plan[box.item]
    if box.key == "goal":
        return project.goals[box.item] if box.item < len(project.goals) else None
    entry: Entry[object] = getattr(project.indicators[box.item], box.key)
    return entry


def _plan_entries(project: Project, months: Sequence[int]) -> list[Entry[object] | None]:
    if tuple(point.month for point in project.plan) == tuple(months):
        return [point.percent for point in project.plan]
    of_month: dict[int, Entry[object]] = {point.month: point.percent for point in project.plan}
    return [of_month.get(month) for month in months]


# --- what a form needs -----------------------------------------------------------------------------------------


def blank_layout(profile: Profile, kind: FormKind = DEFAULT) -> Layout:
    """The form with nothing filled in: the profile's second levels as a start, and room for more."""
    groups = [blank_group(branch, profile) for branch in profile.branches]
    return _layout(kind, profile.checkpoints, GOALS_OF_BLANK_FORM, groups, weighted=profile.asks_for_weights)


def project_layout(project: Project, profile: Profile) -> Layout:
    """The form of a project: its goals and indicators, and a spare row in every branch of the profile.

    It has a column of weights where the profile asks for them, or the project has them.
    """
    goals = max(len(project.goals), FEWEST_GOALS)
    groups = groups_of(project, profile)
    return _layout(project.kind, _months(project, profile), goals, groups, weighted=_is_weighted(project, profile))


def printed_layout(project: Project, profile: Profile) -> Layout:
    """The form of a project as it is published: no spare rows."""
    groups = groups_of(project, profile, spare=False)
    goals = max(len(project.goals), 1)
    return _layout(project.kind, _months(project, profile), goals, groups, weighted=_is_weighted(project, profile))


def _is_weighted(project: Project, profile: Profile) -> bool:
    return profile.asks_for_weights or any(one.weight.text for one in project.indicators)


def _months(project: Project, profile: Profile) -> tuple[int, ...]:
    """The profile's checkpoints; the project's own where it has others, so that nothing it says is lost."""
    own = tuple(point.month for point in project.plan)
    return profile.checkpoints if len(set(own)) == len(own) and set(own) <= set(profile.checkpoints) else own


# --- the boxes -------------------------------------------------------------------------------------------------


def _layout(kind: FormKind, months: Sequence[int], goals: int, groups: Sequence[Group], *, weighted: bool) -> Layout:
    boxes = [Box(Role.TITLE, "title", (0, 0, 0, kind.width - 1), kind.title)]
    branches: list[BranchRows] = []
    row = 1
    for part in kind.parts:
        if part.holds is Holds.INDICATORS:
            table = _table(kind, weighted=weighted)
            boxes += _header(row, table)
            for group in groups:
                first = 1 + max(box.area[2] for box in boxes)
                boxes += _group_boxes(first, group, table, is_first=not branches)
                branches.append(BranchRows(group.branch, first, first + len(group.rows) - 1))
        else:
            boxes += _part_boxes(kind, part, row, months, goals)
        row = 1 + max(box.area[2] for box in boxes)
    return Layout(kind, tuple(boxes), tuple(months), tuple(branches), goals)


def _part_boxes(kind: FormKind, part: Part, row: int, months: Sequence[int], goals: int) -> list[Box]:
    """A part below what stands above ``row``: its label at the left, merged over its rows, and what it holds."""
    left = 1 if part.label else 0
    if part.holds is Holds.FIELDS:
        own = list(_field_boxes(kind, part, row, left))
    elif part.holds is Holds.PLAN:
        own = list(_plan_boxes(row, left, kind.width, months))
    else:
        own = list(_goal_boxes(row, left, kind.width, goals))
    last = max((box.area[2] for box in own), default=row)
    label = [Box(Role.LABEL, part.key, (row, 0, last, 0), part.printed or part.label)] if part.label else []
    return [*label, *own]


def _field_boxes(kind: FormKind, part: Part, row: int, left: int) -> Iterator[Box]:
    """Labels and inputs from left to right, on as many rows as they need; the last input of a row fills it."""
    for cells in _rows_of(kind, part, kind.width - left):
        column = left
        for field in cells:
            labelled, taken = field.span
            last = kind.width - 1 if field is cells[-1] else column + labelled + taken - 1
            if field.stands is Stands.RIGHT:
                area = (row, column, row, column + labelled - 1)
                yield Box(Role.LABEL, f"{field.key}:label", area, field.label)
            yield Box(Role.INPUT, field.key, (row, column + labelled, row, last), "", field.value)
            column = last + 1
        row += 1


def _rows_of(kind: FormKind, part: Part, room: int) -> Iterator[list[Field]]:
    """The fields of a part in rows of so many columns; one without a label has a row of its own."""
    cells: list[Field] = []
    for field in (one for one in kind.fields if one.part == part.key):
        taken = sum(sum(one.span) for one in cells)
        if cells and (taken + sum(field.span) > room or field.stands is Stands.BELOW_PART):
            yield cells
            cells = []
        cells.append(field)
    if cells:
        yield cells


def _plan_boxes(row: int, left: int, width: int, months: Sequence[int]) -> Iterator[Box]:
    """Labels of the checkpoints with the percentages below, at most one a column."""
    room = width - left
    for item, month in enumerate(months):
        line, at = divmod(item, room)
        in_line = min(len(months) - line * room, room)
        first, last = list(_shares(in_line, left, room))[at]
        above = row + 2 * line
        yield Box(Role.LABEL, f"month:{month}", (above, first, above, last), f"{month}月底")
        yield Box(Role.INPUT, "percent", (above + 1, first, above + 1, last), "", Value.PERCENT, item)


def _shares(number: int, left: int, room: int) -> Iterator[tuple[int, int]]:
    """First and last column of boxes side by side; wider ones stand right, as in the official form."""
    width, wider = divmod(room, number)
    column = left
    for at in range(number):
        last = column + width - (0 if at >= number - wider else 1)
        yield column, last
        column = last + 1


def _goal_boxes(row: int, left: int, width: int, goals: int) -> Iterator[Box]:
    for number in range(goals):
        at = row + number
        yield Box(Role.LABEL, "goal:label", (at, left, at, left), f"目标{number + 1}", item=number)
        yield Box(Role.INPUT, "goal", (at, left + 1, at, width - 1), "", Value.LONG_TEXT, number)


_Table = Mapping[str, tuple[Column, int, int]]
"""First and last column of each column of the indicator table, by its key."""


def _table(kind: FormKind, *, weighted: bool) -> _Table:
    """The columns left to right; an optional one takes its room from the one that it stands beside."""
    optional = {column.beside: column for column in kind.columns if not column.required and weighted}
    found: dict[str, tuple[Column, int, int]] = {}
    at = 0
    for column in (one for one in kind.columns if one.required):
        more = optional.get(column.key)
        width = column.width - (more.width if more else 0)
        found[column.key] = column, at, at + width - 1
        if more is not None:
            found[more.key] = more, at + width, at + column.width - 1
        at += column.width
    return found


def _header(row: int, table: _Table) -> Iterator[Box]:
    for key, (column, first, last) in table.items():
        yield Box(Role.LABEL, f"{key}:label", (row, first, row, last), column.label)


def _group_boxes(row: int, group: Group, table: _Table, *, is_first: bool) -> Iterator[Box]:
    # A space: under a blank label, readers would take the group above for this one's first level.
    label = group.label or ("" if is_first else " ")
    _, left, right = table["level1"]
    yield Box(Role.LABEL, "level1", (row, left, row + len(group.rows) - 1, right), label, item=row)
    for at, (second, indicator) in enumerate(group.rows, row):
        for key, (column, first, last) in table.items():
            if key != "level1":
                prefilled = second if key == "level2" else ""
                yield Box(Role.INPUT, key, (at, first, at, last), prefilled, column.value, indicator)

"""Where everything stands on a form's sheet: the boxes of the official form, drawn from its kind.

The workbook writer, the live writer and the Word writer draw the same boxes. Rows and columns count from 0. How many
goals and indicator rows there are depends on the project; the rest is what the kind says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Area
from xl_perf.core.cells.values import plain
from xl_perf.core.forms.groups import Group, blank_group, groups_of
from xl_perf.core.forms.kind import Column, Field, FormKind, Holds, Part, Stands, Value
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

BLANK_LABEL: Final = "\u2002"
"""An en space: what the Word text holds for a first level that is blank on purpose, lest the one above be taken."""
GOALS_OF_BLANK_FORM: Final = 3
FEWEST_GOALS: Final = 2
"""Of a kind whose goals are numbered; without numbers one goal is a form like any other."""
_WHOLE: Final = Decimal(100)
"""Points that weights and what is printed beside the amounts add up to."""


class Role(StrEnum):
    """What a box is for: the title, the line with the year, a printed label, or something that a person fills in."""

    TITLE = "title"
    YEAR = "year"
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
    at_left: bool = False
    """A label that is printed with its spaces, from the left: they say what belongs to what."""


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
    demanded: frozenset[str] = frozenset()
    """The first levels under which every form must have an indicator."""

    @cached_property
    def _areas(self) -> dict[tuple[str, int | None], Area]:
        return {(box.key, box.item): box.area for box in self.boxes}

    def area(self, key: str, item: int | None = None) -> Area:
        """The area of a box; KeyError where the form has none."""
        return self._areas[key, item]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The kind's fields that the form has."""
        return tuple(field for field in self.kind.fields if (field.key, None) in self._areas)

    @cached_property
    def sources(self) -> tuple[Field, ...]:
        """Those of them that say where the money comes from."""
        return tuple(field for field in self.kind.sources if field in self.fields)

    @cached_property
    def head(self) -> int:
        """How many rows stand above the form's own: its title, and a line with the year."""
        return sum(box.role in {Role.TITLE, Role.YEAR} for box in self.boxes)

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


class _Needs(NamedTuple):
    """What a form prints: which fields, months, and first levels, how many goals, and whether it has weights.

    ``rest`` is what the weights leave of 100 points; None where nobody says so, or nothing is left.
    """

    fields: tuple[Field, ...]
    months: tuple[int, ...]
    goals: int
    groups: Sequence[Group]
    weighted: bool
    rest: Decimal | None
    demanded: frozenset[str]


def blank_layout(profile: Profile, kind: FormKind = DEFAULT) -> Layout:
    """The form with nothing filled in: the profile's second levels as a start, and room for more."""
    fields = tuple(field for field in kind.fields if not field.is_extra)
    months = profile.checkpoints if kind.has_plan else ()
    goals = GOALS_OF_BLANK_FORM if kind.numbers_goals else 1
    groups = [blank_group(branch, profile) for branch in profile.branches]
    return _layout(
        kind, _Needs(fields, months, goals, groups, profile.asks_for_weights, _rest(profile), _demanded(profile))
    )


def project_layout(project: Project, profile: Profile) -> Layout:
    """The form of a project: its goals and indicators, and a spare row in every branch of the profile.

    It has a column of weights where the profile asks for them, or the project has them.
    """
    fewest = FEWEST_GOALS if project.kind.numbers_goals else 1
    return _layout(project.kind, _needs(project, profile, groups_of(project, profile), fewest))


def printed_layout(project: Project, profile: Profile) -> Layout:
    """The form of a project as it is published: no spare rows."""
    return _layout(project.kind, _needs(project, profile, groups_of(project, profile, spare=False), 1))


def year_line(year: int | None) -> str:
    """What the line with the year says: ``（2023年度）``, with room to write where nobody knows the year."""
    return f"（{YEAR_UNKNOWN if year is None else year}年度）"


YEAR_UNKNOWN: Final = "    "


def _needs(project: Project, profile: Profile, groups: Sequence[Group], fewest_goals: int) -> _Needs:
    kind = project.kind
    fields = tuple(field for field in kind.fields if not field.is_extra or project.value(field.key).text)
    weighted = profile.asks_for_weights or any(one.weight.text for one in project.indicators)
    months = _months(project, profile) if kind.has_plan else ()
    goals = max(len(project.goals), fewest_goals)
    return _Needs(fields, months, goals, groups, weighted, _rest(profile), _demanded(profile))


def _demanded(profile: Profile) -> frozenset[str]:
    return frozenset(branch.name for branch in profile.branches if not branch.optional)


def _rest(profile: Profile) -> Decimal | None:
    weights = profile.weights
    return _WHOLE - weights.total if weights is not None and weights.total < _WHOLE else None


def _months(project: Project, profile: Profile) -> tuple[int, ...]:
    """The profile's checkpoints; the project's own where it has others, so that nothing it says is lost."""
    own = tuple(point.month for point in project.plan)
    return profile.checkpoints if len(set(own)) == len(own) and set(own) <= set(profile.checkpoints) else own


# --- the boxes -------------------------------------------------------------------------------------------------


def _layout(kind: FormKind, needs: _Needs) -> Layout:
    boxes = [Box(Role.TITLE, "title", (0, 0, 0, kind.width - 1), kind.title)]
    branches: list[BranchRows] = []
    row = 1
    for part in kind.parts:
        if part.holds is Holds.INDICATORS:
            table = _table(kind, part, weighted=needs.weighted)
            own = list(_header(row, table))
            below = row + 1
            for group in needs.groups:
                own += _group_boxes(below, group, table, is_first=not branches)
                branches.append(BranchRows(group.branch, below, below + len(group.rows) - 1))
                below += len(group.rows)
        else:
            own = list(_boxes_of(kind, part, row, needs))
        row = 1 + max((box.area[2] for box in own), default=row)
        boxes += [*_part_label(part, own), *own]
    return Layout(kind, tuple(boxes), needs.months, tuple(branches), needs.goals, needs.demanded)


def _part_label(part: Part, own: Sequence[Box]) -> Iterator[Box]:
    """The label of a part at the left, merged over all its rows."""
    if part.label and own:
        first, last = own[0].area[0], max(box.area[2] for box in own)
        yield Box(Role.LABEL, part.key, (first, 0, last, 0), part.printed or part.label)


def _boxes_of(kind: FormKind, part: Part, row: int, needs: _Needs) -> Iterator[Box]:
    """What a part holds, right of its label."""
    left = 1 if part.label else 0
    if part.holds is Holds.YEAR:
        yield Box(Role.YEAR, part.key, (row, 0, row, kind.width - 1), year_line(None))
    elif part.holds is Holds.PLAN:
        yield from _plan_boxes(row, left, kind.width, needs.months)
    elif part.holds is Holds.GOALS:
        yield from _goal_boxes(row, left, kind.width, needs.goals, numbered=part.numbered)
    else:
        yield from _money_boxes(kind, part, row, left, needs)


def _money_boxes(kind: FormKind, part: Part, row: int, left: int, needs: _Needs) -> Iterator[Box]:
    """The fields of a part, and beside them what the weights leave of 100 points: printed, not to be filled in."""
    own = [field for field in needs.fields if field.part == part.key]
    if not part.rest or needs.rest is None:
        yield from _field_boxes(own, row, left, kind.width)
        return
    width = kind.width - REST_WIDTH
    boxes = list(_field_boxes(own, row, left, width))
    last, points = max(box.area[2] for box in boxes), plain(needs.rest)
    yield from boxes
    for column, text in enumerate((part.rest.format(points), points), width):
        yield Box(Role.LABEL, f"{part.key}:rest:{column}", (row, column, last, column), text)


REST_WIDTH: Final = 2
"""Columns that the label and the number of what the weights leave take."""


def _field_boxes(fields: Sequence[Field], row: int, left: int, width: int) -> Iterator[Box]:
    """Labels and inputs from left to right, on as many rows as they need; the last input of a row fills it."""
    for cells in _rows_of(fields, width - left):
        column = left
        for field in cells:
            labelled, taken = field.span
            last = width - 1 if field is cells[-1] else column + labelled + taken - 1
            if field.stands is Stands.RIGHT:
                area = (row, column, row, column + labelled - 1)
                text = field.printed or field.label
                yield Box(Role.LABEL, f"{field.key}:label", area, text, at_left=_is_indented(field))
            yield Box(Role.INPUT, field.key, (row, column + labelled, row, last), "", field.value)
            column = last + 1
        row += 1


def _is_indented(field: Field) -> bool:
    """Its label is printed with spaces; one with line breaks stands in the middle."""
    return bool(field.printed) and "\n" not in field.printed


def _rows_of(fields: Sequence[Field], room: int) -> Iterator[list[Field]]:
    """The fields of a part in rows of so many columns; one without a label has a row of its own."""
    cells: list[Field] = []
    for field in fields:
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


def _goal_boxes(row: int, left: int, width: int, goals: int, *, numbered: bool) -> Iterator[Box]:
    """A row for every goal, with its label where goals are numbered."""
    for number in range(goals):
        at = row + number
        if numbered:
            yield Box(Role.LABEL, "goal:label", (at, left, at, left), f"目标{number + 1}", item=number)
        yield Box(Role.INPUT, "goal", (at, left + numbered, at, width - 1), "", Value.LONG_TEXT, number)


_Table = Mapping[str, tuple[Column, int, int]]
"""First and last column of each column of the indicator table, by its key."""


def _table(kind: FormKind, part: Part, *, weighted: bool) -> _Table:
    """The columns left to right; an optional one takes its room from the one that it stands beside."""
    optional = {column.beside: column for column in kind.columns if not column.required and weighted}
    found: dict[str, tuple[Column, int, int]] = {}
    at = 1 if part.label else 0
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

"""Where everything stands on a form's sheet: the boxes of 项目绩效目标表, as data.

The workbook writer, the live writer and the Word writer draw the same boxes. Rows and columns count from 0; the
form fills the columns A–G. How many goals and indicator rows there are depends on the project; the rest is the
official form (design/form).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Area
from xl_perf.core.forms.groups import Group, blank_group, groups_of
from xl_perf.core.forms.project_targets import LABELS, WEIGHT, label_text
from xl_perf.core.forms.titles import FORM_TITLE
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

COLUMNS: Final = 7
FIRST_PLAN_ROW: Final = 4
GOALS_OF_BLANK_FORM: Final = 3
FEWEST_GOALS: Final = 2
MOST_MONTHS_IN_ROW: Final = COLUMNS - 1


class Kind(StrEnum):
    """What a box is for: the title, a printed label, or something that a person fills in."""

    TITLE = "title"
    LABEL = "label"
    INPUT = "input"


class Value(StrEnum):
    """What belongs into an input. Amounts are 万元; percents are cumulative shares, 0.25 for 25 %."""

    TEXT = "text"
    LONG_TEXT = "long text"
    CODE = "code"
    AMOUNT = "amount"
    PERCENT = "percent"
    LEVEL = "level"
    TARGET = "target"
    BASIS = "basis"
    WEIGHT = "weight"


class Box(NamedTuple):
    """A cell or merged area. ``item`` counts goals, checkpoints and indicators; a spare row's is None."""

    kind: Kind
    key: str
    area: Area
    text: str = ""
    """What is printed in a label, or prefilled in an input."""
    value: Value | None = None
    item: int | None = None


class Span(NamedTuple):
    """The rows of the sheet that a group covers; both ends belong to it."""

    branch: str
    first: int
    last: int


@dataclass(frozen=True)
class Layout:
    """The boxes of one form, in reading order."""

    boxes: tuple[Box, ...]
    months: tuple[int, ...]
    spans: tuple[Span, ...]
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
        return self.spans[-1].last

    @property
    def first_indicator_row(self) -> int:
        """The row below the indicator table's header."""
        return self.spans[0].first

    def filled(self, project: Project) -> Iterator[tuple[Box, Entry[object] | None]]:
        """Every box with the project's entry for it; None for titles, labels, and inputs without one."""
        plan = _plan_entries(project, self.months)
        for box in self.boxes:
            yield box, _entry_of(project, plan, box) if box.kind is Kind.INPUT else None


_INDICATOR_FIELDS: Final = {"level2": 1, "level3": 2, "description": 3, "target": 4, "basis": 5, "weight": 6}


def _entry_of(project: Project, plan: Sequence[Entry[object] | None], box: Box) -> Entry[object] | None:
    head: dict[str, Entry[object]] = {
        "code": project.code,
        "name": project.name,
        "total": project.budget.total,
        "fiscal": project.budget.fiscal,
        "other": project.budget.other,
        "purpose": project.budget.purpose,
    }
    if box.key in head:
        return head[box.key]
    if box.item is None:
        return None
    if box.key == "percent":
        return plan[box.item]
    if box.key == "goal":
        return project.goals[box.item] if box.item < len(project.goals) else None
    return project.indicators[box.item][_INDICATOR_FIELDS[box.key]]


def _plan_entries(project: Project, months: Sequence[int]) -> list[Entry[object] | None]:
    if tuple(point.month for point in project.plan) == tuple(months):
        return [point.percent for point in project.plan]
    of_month: dict[int, Entry[object]] = {point.month: point.percent for point in project.plan}
    return [of_month.get(month) for month in months]


# --- what a form needs -----------------------------------------------------------------------------------------


def blank_layout(profile: Profile) -> Layout:
    """The form with nothing filled in: the profile's second levels as a start, and room for more."""
    groups = [blank_group(branch, profile) for branch in profile.branches]
    return _layout(profile.checkpoints, GOALS_OF_BLANK_FORM, groups, weighted=profile.weights is not None)


def project_layout(project: Project, profile: Profile) -> Layout:
    """The form of a project: its goals and indicators, and a spare row in every branch of the profile.

    It has a column of weights where the profile asks for them, or the project has them.
    """
    goals = max(len(project.goals), FEWEST_GOALS)
    groups = groups_of(project, profile)
    return _layout(_months(project, profile), goals, groups, weighted=_is_weighted(project, profile))


def printed_layout(project: Project, profile: Profile) -> Layout:
    """The form of a project as it is published: no spare rows."""
    groups = groups_of(project, profile, spare=False)
    goals = max(len(project.goals), 1)
    return _layout(_months(project, profile), goals, groups, weighted=_is_weighted(project, profile))


def _is_weighted(project: Project, profile: Profile) -> bool:
    return profile.weights is not None or any(one.weight.text for one in project.indicators)


def _months(project: Project, profile: Profile) -> tuple[int, ...]:
    """The profile's checkpoints; the project's own where it has others, so that nothing it says is lost."""
    own = tuple(point.month for point in project.plan)
    return profile.checkpoints if len(set(own)) == len(own) and set(own) <= set(profile.checkpoints) else own


# --- the boxes -------------------------------------------------------------------------------------------------


def _layout(months: Sequence[int], goals: int, groups: Sequence[Group], *, weighted: bool) -> Layout:
    boxes = list(_head())
    boxes += _plan(months)
    row = 1 + max(box.area[2] for box in boxes)
    boxes += _goals(row, goals)
    row += goals
    table = _WEIGHTED_TABLE if weighted else _TABLE
    boxes += _header(row, table)
    row += 1
    spans: list[Span] = []
    for group in groups:
        boxes += _group_boxes(row, group, table, is_first=not spans)
        spans.append(Span(group.branch, row, row + len(group.rows) - 1))
        row += len(group.rows)
    return Layout(tuple(boxes), tuple(months), tuple(spans), goals)


_PRINTED: Final = {"budget_part": "预算规模及\n资金用途", "plan_part": "资金支出\n计划（%）"}
"""Labels with the line breaks of the official form; readers pass over white space."""


def _label(key: str, area: Area, text: str = "") -> Box:
    return Box(Kind.LABEL, key, area, text or _PRINTED.get(key) or label_text(key))


def _input(key: str, area: Area, value: Value, item: int | None = None, text: str = "") -> Box:
    return Box(Kind.INPUT, key, area, text, value, item)


def _head() -> Iterator[Box]:
    yield Box(Kind.TITLE, "title", (0, 0, 0, 6), FORM_TITLE)
    yield _label("code:label", (1, 0, 1, 0), LABELS["code"])
    yield _input("code", (1, 1, 1, 2), Value.CODE)
    yield _label("name:label", (1, 3, 1, 3), LABELS["name"])
    yield _input("name", (1, 4, 1, 6), Value.TEXT)
    yield _label("budget_part", (2, 0, 3, 0))
    for column, key in ((1, "total"), (3, "fiscal"), (5, "other")):
        yield _label(f"{key}:label", (2, column, 2, column), LABELS[key])
        yield _input(key, (2, column + 1, 2, column + 1), Value.AMOUNT)
    yield _input("purpose", (3, 1, 3, 6), Value.LONG_TEXT)


def _plan(months: Sequence[int]) -> Iterator[Box]:
    """Labels of the checkpoints with the percentages below, at most six in a row."""
    lines = max(-(-len(months) // MOST_MONTHS_IN_ROW), 1)
    yield _label("plan_part", (FIRST_PLAN_ROW, 0, FIRST_PLAN_ROW + 2 * lines - 1, 0))
    item = 0
    for line in range(lines):
        row = FIRST_PLAN_ROW + 2 * line
        in_line = months[line * MOST_MONTHS_IN_ROW : (line + 1) * MOST_MONTHS_IN_ROW]
        for month, (first, last) in zip(in_line, _shares(len(in_line)), strict=True):
            yield _label(f"month:{month}", (row, first, row, last))
            yield _input("percent", (row + 1, first, row + 1, last), Value.PERCENT, item)
            item += 1


def _shares(number: int) -> Iterator[tuple[int, int]]:
    """First and last column of boxes side by side in B–G; wider ones stand right, as in the official form."""
    if not number:
        return
    width, wider = divmod(COLUMNS - 1, number)
    column = 1
    for at in range(number):
        last = column + width - (0 if at >= number - wider else 1)
        yield column, last
        column = last + 1


def _goals(row: int, goals: int) -> Iterator[Box]:
    yield _label("goals_part", (row, 0, row + goals - 1, 0))
    for number in range(goals):
        yield Box(Kind.LABEL, "goal:label", (row + number, 1, row + number, 1), f"目标{number + 1}", item=number)
        yield _input("goal", (row + number, 2, row + number, 6), Value.LONG_TEXT, number)


_TABLE: Final = {
    "level1": (0, 0),
    "level2": (1, 1),
    "level3": (2, 2),
    "description": (3, 4),
    "target": (5, 5),
    "basis": (6, 6),
}
"""First and last column of each column of the indicator table."""
_WEIGHTED_TABLE: Final = {**_TABLE, "description": (3, 3), WEIGHT: (4, 4)}
_TABLE_VALUES: Final = {
    "level2": Value.LEVEL,
    "level3": Value.TEXT,
    "description": Value.TEXT,
    "target": Value.TARGET,
    "basis": Value.BASIS,
    WEIGHT: Value.WEIGHT,
}
_Table = Mapping[str, tuple[int, int]]


def _header(row: int, table: _Table) -> Iterator[Box]:
    for key, (first, last) in table.items():
        yield _label(f"{key}:label", (row, first, row, last), LABELS[key])


def _group_boxes(row: int, group: Group, table: _Table, *, is_first: bool) -> Iterator[Box]:
    # A space: under a blank label, readers would take the group above for this one's first level.
    label = group.label or ("" if is_first else " ")
    yield Box(Kind.LABEL, "level1", (row, 0, row + len(group.rows) - 1, 0), label, item=row)
    for at, (second, indicator) in enumerate(group.rows, row):
        for key, (first, last) in table.items():
            if key in _TABLE_VALUES:
                prefilled = second if key == "level2" else ""
                yield _input(key, (at, first, at, last), _TABLE_VALUES[key], indicator, prefilled)

"""Where everything stands on a form's sheet: the boxes of the official form, drawn from its kind.

The workbook writer, the live writer and the Word writer draw the same boxes. Rows and columns count from 0. How many
goals and indicator rows there are depends on the project; the rest is what the kind says.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Final

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Area
from xl_perf.core.errors import FormError
from xl_perf.core.forms.box import Box, BranchRows, Role
from xl_perf.core.forms.goals_on_form import goals_in_places
from xl_perf.core.forms.groups import Group, blank_group, groups_of
from xl_perf.core.forms.kind import Field, FormKind, Shape, Value
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.forms.official_layout import Needs, official_boxes
from xl_perf.core.forms.own_groups import (
    Tables,
    by_table,
    own_tables,
    with_branches,
    with_printed_label,
    with_room,
    with_seconds,
)
from xl_perf.core.forms.own_layout import OwnRows, own_boxes, with_carried_texts
from xl_perf.core.forms.own_lines import with_lines
from xl_perf.core.forms.own_list import NUMBER, SPARE_ROWS, TOTAL, OwnList, printed_name
from xl_perf.core.forms.own_sheet import OwnSheet
from xl_perf.core.forms.split_targets import split_entry
from xl_perf.core.forms.variants import EXTRA
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

TEXT_WIDTH: Final = 442.2
"""Points that a form takes on a page of the text: 156 mm."""
GOALS_OF_BLANK_FORM: Final = 3
FEWEST_GOALS: Final = 2
"""Of a kind whose goals are numbered; without numbers one goal is a form like any other."""
QUALITATIVE: Final = "定性"
"""The operator of a target in words, in lists; readers leave it out."""
_DIGIT: Final = re.compile(r"\d")
_WHOLE: Final = Decimal(100)
"""Points that weights and what is printed beside the amounts add up to."""


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
    own: OwnSheet | None = None
    """Of a 样表: its sheet."""
    rows: tuple[int, ...] = ()
    """Of a 样表: the row that each row is made of."""
    bodies: tuple[tuple[int, int], ...] = ()
    """Of a 样表: the first and last row of the body of each of its tables of indicators."""
    own_widths: tuple[float, ...] = ()
    """Of a 样表: the widths of its columns, where somebody knows them."""

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
    def required_texts(self) -> tuple[Field, ...]:
        """The texts that the form has and everybody must fill in."""
        return tuple(field for field in self.kind.required_texts if field in self.fields)

    @cached_property
    def leading(self) -> tuple[Field, ...]:
        """The fields with which the form begins and that everybody must fill in."""
        return tuple(field for field in self.kind.leading if field in self.fields)

    @cached_property
    def balanced(self) -> tuple[Field, ...]:
        """The budget and the sources that add up to it; empty where the form has not both."""
        budget, sources = self.kind.money[0], self.sources
        return (budget, *sources) if sources and budget in self.fields and budget not in sources else ()

    @property
    def unit(self) -> str:
        """What its amounts count in; 万元 where they count in several units."""
        return "万元" if self.has_several_units else next(iter(self._units), "万元")

    @property
    def has_several_units(self) -> bool:
        """One amount is in 万元 and another one in 元."""
        return len(self._units) > 1

    @cached_property
    def _units(self) -> frozenset[str]:
        return frozenset(box.unit for box in self.boxes if box.value is Value.AMOUNT)

    @cached_property
    def head(self) -> int:
        """How many rows stand above the form's own: its title, a line with the year, with the unit."""
        if self.own is not None:
            return self.own.header if self.kind.shape is Shape.LIST else self.own.head
        return sum(box.role in {Role.TITLE, Role.YEAR} for box in self.boxes)

    @cached_property
    def columns(self) -> Mapping[str, tuple[int, int]]:
        """First and last column of each column of the indicator table, by its key."""
        if self.own is not None:
            return {place.key: (place.area[1], place.area[3]) for place in self.own.columns}
        labels = {column.key: f"{column.key}:label" for column in self.kind.columns}
        areas = {key: self._areas.get((label, None)) for key, label in labels.items()}
        return {key: (area[1], area[3]) for key, area in areas.items() if area is not None}

    @property
    def header_row(self) -> int:
        """The first row of the indicator table's header."""
        if self.own is not None:
            return self.rows.index(self.own.tables[0].header)
        return self.area("level3:label")[0]

    @property
    def widths(self) -> tuple[float, ...]:
        """Of the columns, in characters of the default font."""
        return self.own_widths or self.kind.sheet_widths

    @property
    def text_widths(self) -> tuple[float, ...]:
        """Of the columns on a page of the text, in points; an office's own are as on its sheet."""
        if self.own is None:
            return self.kind.text_widths
        widths = [max(width, 1) for width in self.widths]
        return tuple(width * TEXT_WIDTH / sum(widths) for width in widths)

    @property
    def title(self) -> str:
        """What the form prints as its title."""
        printed = next((" ".join(box.text.split()) for box in self.boxes if box.role is Role.TITLE), "")
        return printed if self.own is not None and printed else self.kind.title

    @property
    def last_row(self) -> int:
        """The table's last row."""
        return self.branches[-1].last

    @property
    def tables(self) -> tuple[tuple[int, int], ...]:
        """The first and last row below the header of each table of indicators."""
        return self.bodies or ((self.first_indicator_row, self.last_row),)

    @property
    def end(self) -> int:
        """The form's last row: with what an office prints below the table."""
        return max(self.last_row, len(self.rows) - 1)

    @property
    def first_indicator_row(self) -> int:
        """The row below the indicator table's header."""
        return self.branches[0].first

    @cached_property
    def shared(self) -> Mapping[str, str]:
        """Of an office's own sheet: fields whose amount is that of another one, by its key: one cell is for both."""
        places = () if self.own is None else self.own.fields
        first: dict[Area, str] = {}
        for place in places:
            first.setdefault(place.area, place.key)
        return {place.key: first[place.area] for place in places if first[place.area] != place.key}

    def has(self, key: str) -> bool:
        """The form has a box of that key."""
        return (key, None) in self._areas or (key, 0) in self._areas

    def input(self, key: str) -> Box:
        """The box of a field; KeyError where the form has none."""
        return self._inputs[key]

    @cached_property
    def _inputs(self) -> dict[str, Box]:
        return {box.key: box for box in self.boxes if box.role is Role.INPUT and box.key in self.kind.place}

    def filled(self, project: Project) -> Iterator[tuple[Box, Entry[object] | None]]:
        """Every box with the project's entry for it; None for titles, labels, and inputs without one."""
        plan = _plan_entries(project, self.months)
        parts = self.columns.keys() & {"operator", "measure"}
        for box in self.boxes:
            entry = _entry_of(project, plan, box) if box.role is Role.INPUT else None
            if box.key == "name" and entry is not None and self.own is not None and self.kind.shape is Shape.LIST:
                entry = entry._replace(typed=printed_name(self.own, project) or entry.typed)
            if parts and box.key in _OF_TARGET and box.item is not None:
                target = project.indicators[box.item].target
                entry = split_entry(target, box.key, parts)
                if box.key == "operator" and self._is_nature and target.text and not _DIGIT.search(target.text):
                    entry = target._replace(typed=QUALITATIVE)
            yield box, entry

    @property
    def _is_nature(self) -> bool:
        """Its column of operators says as well which targets are in words: 指标性质."""
        return self.kind.shape is Shape.LIST and "性质" in self.kind.labels.get("operator", "")


_OF_TARGET: Final = frozenset({"operator", "target", "measure"})


def _entry_of(project: Project, plan: Sequence[Entry[object] | None], box: Box) -> Entry[object] | None:
    if box.key in project.kind.place:
        return project.value(box.key)
    if box.item is None:
        return None
    if box.key == "percent":
        return plan[box.item]
    if box.key == "goal":
        return project.goals[box.item] if box.item < len(project.goals) else None
    if box.key.startswith(EXTRA):
        return project.own_text(box.key.removeprefix(EXTRA), box.item)
    entry: Entry[object] | None = getattr(project.indicators[box.item], box.key, None)
    return entry


def _plan_entries(project: Project, months: Sequence[int]) -> list[Entry[object] | None]:
    if tuple(point.month for point in project.plan) == tuple(months):
        return [point.percent for point in project.plan]
    of_month: dict[int, Entry[object]] = {point.month: point.percent for point in project.plan}
    return [of_month.get(month) for month in months]


def blank_layout(profile: Profile, kind: FormKind = DEFAULT) -> Layout:
    """The form with nothing filled in: the profile's second levels as a start, and room for more."""
    fields = tuple(field for field in kind.fields if not field.is_extra)
    months = profile.checkpoints if kind.has_plan else ()
    own = kind.own_sheet
    if own is not None:
        goals = range(len(own.goals))
        return _own_layout(kind, own, goals, own_tables(own), [month for month, _ in own.months], profile)
    number = GOALS_OF_BLANK_FORM if kind.numbers_goals else 1
    groups = [blank_group(branch, profile) for branch in profile.branches]
    return _layout(
        kind, Needs(fields, months, number, groups, profile.asks_for_weights, _rest(profile), _demanded(profile))
    )


def project_layout(project: Project, profile: Profile) -> Layout:
    """The form of a project: its goals and indicators, and a spare row in every branch of the profile.

    It has a column of weights where the profile asks for them, or the project has them.
    """
    own = project.kind.own_sheet
    if own is not None:
        return _of_project(project, own, profile, spare=True)
    fewest = FEWEST_GOALS if project.kind.numbers_goals else 1
    return _layout(project.kind, _needs(project, profile, groups_of(project, profile), fewest))


def printed_layout(project: Project, profile: Profile, number: int = 1) -> Layout:
    """The form of a project as it is published: no spare rows. Of a list it has the header and its own rows.

    ``number`` is what a list's column 序号 says of the project.
    """
    own = project.kind.own_sheet
    if own is not None and project.kind.shape is Shape.LIST:
        return _printed_list(project, own, number)
    if own is not None:
        return _of_project(project, own, profile, spare=False)
    return _layout(project.kind, _needs(project, profile, groups_of(project, profile, spare=False), 1))


# --- a list on an office's own sheet ---------------------------------------------------------------------------


@dataclass(frozen=True)
class ListLayout:
    """A list of projects on an office's own sheet: all of it, and what belongs to each project."""

    whole: Layout
    projects: tuple[Layout, ...]
    first: int
    last: int
    """The first and the last row for indicators."""


def list_layout(
    kind: FormKind, own: OwnSheet, projects: Sequence[Project], *, spare: int = SPARE_ROWS, rows: int = 0
) -> ListLayout:
    """The list of these projects, with so many spare rows; without projects a blank one of ``rows`` rows at least.

    Of a blank one its first row stands for a project.
    """
    made = OwnList(kind, own, projects, spare=spare, rows=rows)
    sources = tuple(made.sources)
    parts = []
    for at, project in enumerate(projects):
        boxes = tuple(made.of_project(at))
        goals = max(len(project.goals), 1) if own.goals else 0
        parts.append(Layout(kind, boxes, (), made.branches(at), goals, own=own, rows=sources))
    outside, blanks = tuple(made.outside()), tuple(made.blanks())
    lines = projects[0].own_lines if projects else ()
    outside = with_lines(outside, own, lines)
    whole = (*outside, *(box for part in parts for box in part.boxes), *blanks)
    branches = (BranchRows("", made.first, made.last),)
    if not projects:
        blank = tuple(box for box in blanks if box.area[0] == made.first and box.role is Role.INPUT)
        parts.append(Layout(kind, blank, (), branches, 0, own=own, rows=sources))
    ordered = tuple(sorted(whole, key=lambda box: box.area[:2]))
    return ListLayout(
        Layout(kind, ordered, (), branches, 0, own=own, rows=sources), tuple(parts), made.first, made.last
    )


def _printed_list(project: Project, own: OwnSheet, number: int) -> Layout:
    """A list of one project, down to its last row: what adds up or is signed is about all of the list."""
    made = list_layout(project.kind, own, [project], spare=0)
    sums = {box.area[0] for box in made.whole.boxes if box.key.startswith(TOTAL)}
    kept = [row for row in range(made.last + 1) if row not in sums]
    at = {row: place for place, row in enumerate(kept)}
    counted: dict[str, Sequence[int]] = {
        f"{NUMBER}row": range(1, made.last - made.first + 2),
        f"{NUMBER}project": (number,),
    }

    def moved(area: Area) -> Area:
        return at[area[0]], area[1], at[area[2]], area[3]

    filled = frozenset(made.projects[0].boxes)
    first, last = own.body
    merged = {left for top, left, bottom, _ in own.merges if first <= top < bottom <= last}
    numbers = {box for box in made.whole.boxes if box.key == f"{NUMBER}project" and box.area[1] in merged}
    covered = {box for box in numbers if box.area[0] > made.first}

    def printed(box: Box) -> Box:
        """What stands once, in the project's first row, is not printed again in the others."""
        is_blank = box.role is Role.INPUT and made.first <= box.area[0] <= made.last and box not in filled
        key = f"{box.area[0]}:{box.area[1]}"
        shown = Box(Role.LABEL, key, box.area, look=box.look, is_open=True) if is_blank else box
        for said in counted.get(box.key, ())[box.area[0] - made.first :][:1]:
            shown = box._replace(text=str(said))
        top, left, bottom, right = box.area
        return shown._replace(area=moved((top, left, made.last if box in numbers else bottom, right)))

    boxes = tuple(printed(box) for box in made.whole.boxes if box.area[0] in at and box not in covered)
    branches = tuple(BranchRows(name, at[first], at[last]) for name, first, last in made.projects[0].branches)
    rows = tuple(made.whole.rows[row] for row in kept)
    return Layout(project.kind, boxes, (), branches, made.projects[0].goals, own=own, rows=rows)


# --- on an office's own sheet ----------------------------------------------------------------------------------


def _of_project(project: Project, own: OwnSheet, profile: Profile, *, spare: bool) -> Layout:
    profile = with_branches(own, profile)
    if own.has_first_levels:
        groups = [with_printed_label(own, group) for group in groups_of(project, profile, spare=spare)]
    elif any(table.groups for table in own.tables):
        groups = with_seconds(own, project, spare=spare)
    else:
        groups = with_room(own, groups_of(project, replace(profile, branches=()), spare=False), spare=spare)
    months = _months_on(own, project)
    goals, left = goals_in_places(own, project)
    if left:
        number = len(project.goals)
        said = f"“{project.title}”有 {number} 个绩效目标，样表“{project.kind.name}”只有 {number - len(left)} 个的地方"
        raise FormError(said, "请在样表上多留几行目标，每行写一个 {目标n} 的标记")
    tables = by_table(own, project, groups, spare=spare)
    made = _own_layout(project.kind, own, goals, tables, months, profile)
    boxes = with_carried_texts(made.boxes, project.carried) if project.carried else made.boxes
    return replace(made, boxes=with_lines(boxes, own, project.own_lines))


def _months_on(own: OwnSheet, project: Project) -> list[int]:
    """The checkpoints of the sheet; the project's own where it has others."""
    printed, has = [month for month, _ in own.months], [point.month for point in project.plan]
    if set(has) <= set(printed):
        return printed
    if len(has) > len(printed):
        said = f"“{project.title}”的支出计划有 {len(has)} 个时点，样表“{project.kind.name}”只有 {len(printed)} 个"
        raise FormError(said, "请在样表上补上时点，格子里写 {6月底} 这样的标记")
    return [*has, *printed[len(has) :]]


def _own_layout(
    kind: FormKind, own: OwnSheet, goals: Sequence[int], tables: Tables, months: Sequence[int], profile: Profile
) -> Layout:
    """``goals`` are the numbers of the project's goals, of each place for one."""
    rows = OwnRows(own, len(goals), tables)
    made, branches = own_boxes(kind, own, rows, months)
    boxes = tuple(box._replace(item=goals[box.item or 0]) if box.key == "goal" else box for box in made)
    number = len(goals)
    sources, bodies = tuple(rows.sources), tuple(rows.bodies)
    return Layout(
        kind, boxes, tuple(months), branches, number, _demanded(profile), own=own, rows=sources, bodies=bodies
    )


# --- the official form -----------------------------------------------------------------------------------------


def _needs(project: Project, profile: Profile, groups: Sequence[Group], fewest_goals: int) -> Needs:
    kind = project.kind
    fields = tuple(field for field in kind.fields if not field.is_extra or project.value(field.key).text)
    weighted = profile.asks_for_weights or any(one.weight.text for one in project.indicators)
    months = _months(project, profile) if kind.has_plan else ()
    goals = max(len(project.goals), fewest_goals)
    return Needs(fields, months, goals, groups, weighted, _rest(profile), _demanded(profile))


def _demanded(profile: Profile) -> frozenset[str]:
    return frozenset(branch.name for branch in profile.branches if not branch.optional)


def _rest(profile: Profile) -> Decimal | None:
    weights = profile.weights
    return _WHOLE - weights.total if weights is not None and weights.total < _WHOLE else None


def _months(project: Project, profile: Profile) -> tuple[int, ...]:
    """The profile's checkpoints; the project's own where it has others, so that nothing it says is lost."""
    own = tuple(point.month for point in project.plan)
    return profile.checkpoints if len(set(own)) == len(own) and set(own) <= set(profile.checkpoints) else own


def _layout(kind: FormKind, needs: Needs) -> Layout:
    boxes, branches = official_boxes(kind, needs)
    return Layout(kind, boxes, needs.months, branches, needs.goals, needs.demanded)

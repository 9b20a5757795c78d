"""The boxes of a form on an office's own sheet: what the 样表 prints in its place, and room for what a project has.

Rows for goals are put in below the last one that is marked, rows for indicators in the body of the table; what is
merged over them grows, and what stands below moves down.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from xl_perf.core.cells.grid import Area
from xl_perf.core.forms.box import Box, BranchRows, Role
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.footers import is_signing
from xl_perf.core.forms.groups import Group, Row
from xl_perf.core.forms.kind import FormKind, Value
from xl_perf.core.forms.own_sheet import Cell, OwnSheet, Place
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Branch, Profile

_GOAL_LABEL: Final = re.compile(r"(目标\s*)(\d{1,2}|[一二三四五六七八九十])")
_DIGITS: Final = "一二三四五六七八九十"
_MONTH: Final = re.compile(r"(?<!\d)(?:1[0-2]|[1-9])(?=\s*月)")


def own_groups(sheet: OwnSheet) -> list[Group]:
    """The first levels that the sheet prints, with as many rows as it has; empty where it prints none."""
    return [
        Group(branch_key(label), label, tuple(Row(second) for second in seconds)) for label, seconds in sheet.groups
    ]


def unnamed_group(sheet: OwnSheet) -> Group:
    """The rows of a table that prints no levels: people write these too."""
    return Group("", "", (Row(""),) * (sheet.body[1] - sheet.body[0] + 1))


def with_room(sheet: OwnSheet, groups: Sequence[Group], *, spare: bool) -> list[Group]:
    """The groups of a project on a table that prints no levels; with ``spare`` it has as many rows as the sheet."""
    if not groups:
        return [unnamed_group(sheet)]
    if not spare:
        return list(groups)
    room = sheet.body[1] - sheet.body[0] + 1 - sum(len(group.rows) for group in groups)
    return [*groups, Group("", "", (Row(""),) * max(room, 1))]


def with_seconds(sheet: OwnSheet, project: Project, *, spare: bool) -> list[Group]:
    """The rows of a project on a table that prints second levels only: its indicators in their order.

    With ``spare`` each second level that it lacks keeps its place, and a blank row is left at the end.
    """
    printed = list(dict.fromkeys(second for group in sheet.groups for second in group.seconds if second))
    order = {branch_key(second): place for place, second in enumerate(printed)}
    rows = [Row(one.level2.text, number) for number, one in enumerate(project.indicators)]
    has = {one.level2.value for one in project.indicators}
    for second in printed if spare or not rows else ():
        if (key := branch_key(second)) not in has:
            later = (at for at, row in enumerate(rows) if order.get(branch_key(row.second), -1) > order[key])
            rows.insert(next(later, len(rows)), Row(second))
    return [Group("", "", (*rows, Row("")) if spare else tuple(rows))]


def with_branches(sheet: OwnSheet, profile: Profile) -> Profile:
    """The profile with the first levels that the sheet prints; as it is where it prints none."""
    known = {branch.name: branch for branch in profile.branches}
    own: dict[str, Branch] = {}
    for label, seconds in sheet.groups if sheet.has_first_levels else ():
        name = branch_key(label)
        second = tuple(dict.fromkeys(branch_key(one) for one in seconds if one))
        if name in known:
            second = second or known[name].second
            own.setdefault(name, replace(known[name], label=label, second=second))
        else:
            own.setdefault(name, Branch(name, label, second, optional=True))
    return replace(profile, branches=tuple(own.values())) if own else profile


def with_printed_label(sheet: OwnSheet, group: Group) -> Group:
    """A first level as the sheet prints it, with its line breaks, where it reads alike."""
    labels = (label for label, _ in sheet.groups)
    printed = next((label for label in labels if "".join(label.split()) == "".join(group.label.split())), "")
    return group._replace(label=printed) if printed and group.label.strip() else group


class OwnRows:
    """The rows of a form, each with the row of the 样表 that it is made of."""

    def __init__(self, sheet: OwnSheet, goals: int, groups: Sequence[Group]) -> None:
        self.sheet = sheet
        first, last = sheet.body
        self.goal_rows = _goal_rows(sheet)
        self.more_goals = 0
        self.groups = groups
        self.is_blank = list(groups) == (own_groups(sheet) or [unnamed_group(sheet)])
        """They are the rows that the 样表 prints."""
        self.sources = list(range(first))
        if self.goal_rows is not None and goals > len(sheet.goals):
            begin, end = self.goal_rows
            self.more_goals = goals - len(sheet.goals)
            self.sources[end + 1 : end + 1] = list(range(begin, end + 1)) * self.more_goals
        self.body = len(self.sources)
        """The first row of the table's body."""
        needed = sum(len(group.rows) for group in groups)
        self.sources += [_source_of(at, needed, first, last) for at in range(needed)]
        self.last = len(self.sources) - 1
        """The table's last row."""
        self.sources += range(last + 1, len(sheet.texts))
        self.places: dict[int, list[int]] = {}
        for row, source in enumerate(self.sources):
            self.places.setdefault(source, []).append(row)

    def spread(self, area: Area) -> Area:
        """Where an area of the 样表 is to stand: over all copies of its rows."""
        top, left, bottom, right = area
        first, last = self.sheet.body
        begin = self.body if first <= top <= last else self.places[top][0]
        end = self.last if first <= bottom <= last else self.places[bottom][-1]
        return begin, left, end, right


def _source_of(at: int, rows: int, first: int, last: int) -> int:
    """The row of the body that a row looks like: the last one like the last, whose line below may be a thick one."""
    if at == rows - 1:
        return last
    return min(first + at, max(last - 1, first))


def _goal_rows(sheet: OwnSheet) -> tuple[int, int] | None:
    """The rows of the last goal, which are copied for more; none where other things to fill in stand in them."""
    if not sheet.goals:
        return None
    top, _, bottom, _ = sheet.goals[-1].area
    others = [one.area for one in (*sheet.fields, *(one for _, one in sheet.months), *sheet.goals[:-1])]
    is_alone = not any(area[0] <= bottom and area[2] >= top for area in others)
    return (top, bottom) if is_alone else None


def most_goals(sheet: OwnSheet) -> int | None:
    """So many goals at most have room; None for any number."""
    return None if _goal_rows(sheet) else len(sheet.goals)


def own_boxes(
    kind: FormKind, sheet: OwnSheet, rows: OwnRows, months: Sequence[int]
) -> tuple[tuple[Box, ...], tuple[BranchRows, ...]]:
    """All boxes in reading order, and the rows of each first level."""
    made = _Boxes(kind, sheet, rows, months)
    return tuple(sorted(made.boxes(), key=lambda box: box.area[:2])), tuple(made.branches)


def crosses(kind: FormKind, sheet: OwnSheet, *, goals: int) -> bool:
    """Boxes of a form with so many goals, and more rows than the sheet prints, would lie over each other."""
    groups = [*own_groups(sheet), Group("", "", (Row(""),) * (sheet.body[1] - sheet.body[0] + 2))]
    boxes, _ = own_boxes(kind, sheet, OwnRows(sheet, goals, groups), [month for month, _ in sheet.months])
    seen = [cell for box in boxes for cell in _cells_of(box.area)]
    return len(seen) != len(set(seen))


class _Boxes:
    def __init__(self, kind: FormKind, sheet: OwnSheet, rows: OwnRows, months: Sequence[int]) -> None:
        self.kind, self.sheet, self.rows, self.months = kind, sheet, rows, months
        self.merged = {(row, column): area for area in sheet.merges for row, column in _cells_of(area)}
        self.inputs: dict[Cell, Place] = {place.area[:2]: place for place in reversed(sheet.fields)}
        self.checkpoints = {place.area[:2]: number for number, (_, place) in enumerate(sheet.months)}
        self.goals = {place.area[:2]: number for number, place in enumerate(sheet.goals)}
        self.table = _columns_of(sheet)
        self.branches: list[BranchRows] = []

    def boxes(self) -> Iterator[Box]:
        """Every cell of the sheet belongs to one."""
        first, last = self.sheet.body
        of_body = {column for _, left, right in self.table for column in range(left, right + 1)}
        for top in range(len(self.sheet.texts)):
            for left in range(self.sheet.width):
                area = self.merged.get((top, left), (top, left, top, left))
                if (top, left) == area[:2] and not (first <= top <= last and left in of_body):
                    yield from self._outside(area)
        yield from self._body()

    # --- around the table ------------------------------------------------------------------------------------------

    def _outside(self, area: Area) -> Iterator[Box]:
        top, _, bottom, _ = area
        goal_rows = self.rows.goal_rows
        if self.rows.more_goals and goal_rows and top >= goal_rows[0] and bottom <= goal_rows[1]:
            yield from self._of_goal(area)
            return
        yield self._box(area, self.rows.spread(area))

    def _of_goal(self, area: Area) -> Iterator[Box]:
        """What stands in the rows of the last goal: its label and text again for each further one; others grow."""
        assert self.rows.goal_rows is not None
        begin, end = self.rows.goal_rows
        text = self.sheet.texts[area[0]][area[1]]
        height = end - begin + 1
        last = len(self.sheet.goals) - 1
        is_goal = area[:2] in self.goals
        number = _GOAL_LABEL.search(text)
        if not is_goal and text.strip() and number is None:
            top, left, bottom, right = area
            yield self._box(area, (top, left, bottom + height * self.rows.more_goals, right))
            return
        for more in range(self.rows.more_goals + 1):
            top, left, bottom, right = area
            moved = top + more * height, left, bottom + more * height, right
            box = self._box(area, moved)
            if is_goal:
                yield box._replace(item=last + more, around=_around_goal(box.around, last + more))
            else:
                yield box._replace(text=_numbered(text, last + 1 + more) if number else text)

    def _box(self, area: Area, placed: Area) -> Box:
        """The box of an area of the 样表 that stands there."""
        cell = area[:2]
        text = self.sheet.texts[cell[0]][cell[1]]
        if cell in self.goals:
            place = self.sheet.goals[self.goals[cell]]
            around = place.before, place.after
            return Box(Role.INPUT, "goal", placed, "", Value.LONG_TEXT, self.goals[cell], look=area, around=around)
        if cell in self.checkpoints:
            item = self.checkpoints[cell]
            place = self.sheet.months[item][1]
            return Box(
                Role.INPUT, "percent", placed, "", Value.PERCENT, item, look=area, around=(place.before, place.after)
            )
        if cell in self.inputs:
            place = self.inputs[cell]
            value = self.kind.field(place.key).value
            around = place.before, place.after
            return Box(Role.INPUT, place.key, placed, "", value, look=area, around=around, unit=place.unit)
        if area == self.sheet.title:
            return Box(Role.TITLE, "title", placed, text, look=area)
        if area == self.sheet.year:
            return Box(Role.YEAR, "year_line", placed, text, look=area)
        is_open = not text.strip() or is_signing(text)
        return Box(Role.LABEL, f"{cell[0]}:{cell[1]}", placed, self._label(text, cell), look=area, is_open=is_open)

    def _label(self, text: str, cell: Cell) -> str:
        """What is printed; the label of a checkpoint names the month that the form has there."""
        for (printed, place), month in zip(self.sheet.months, self.months, strict=False):
            if printed != month and cell[0] < place.area[0] and place.area[1] <= cell[1] <= place.area[3]:
                return _MONTH.sub(str(month), text, count=1)
        return text

    # --- the table's body ------------------------------------------------------------------------------------------

    def _body(self) -> Iterator[Box]:
        row = self.rows.body
        for group in self.rows.groups:
            bottom = row + len(group.rows) - 1
            label = group.label or ("" if not self.branches else " ")
            for key, left, right in self.table:
                if key == "level1":
                    look = self._look(row, left)
                    yield Box(Role.LABEL, "level1", (row, left, bottom, right), label, item=row, look=look)
            for at, (second, indicator) in enumerate(group.rows, row):
                for key, left, right in self.table:
                    if key == "level1":
                        continue
                    look, area = self._look(at, left), (at, left, at, right)
                    if key:
                        value = self._value(key)
                        prefilled = second if key == "level2" else ""
                        yield Box(Role.INPUT, key, area, prefilled, value, indicator, look=look)
                    else:
                        text = self._beside(at, left)
                        yield Box(Role.LABEL, f"{at}:{left}", area, text, look=look, is_open=not text)
            self.branches.append(BranchRows(group.branch, row, bottom))
            row = bottom + 1

    def _look(self, row: int, column: int) -> Area:
        """The cells of the 样表 that a cell of the body looks like."""
        source = self.rows.sources[row]
        return self.merged.get((source, column), (source, column, source, column))

    def _value(self, key: str) -> Value:
        columns = (*self.kind.columns, *self.kind.target_parts)
        return next((column.value for column in columns if column.key == key), Value.TEXT)

    def _beside(self, row: int, column: int) -> str:
        """What the body prints in a column that is not read: numbers go on where they count the rows."""
        first, last = self.sheet.body
        texts = [self.sheet.texts[at][column].strip() for at in range(first, last + 1)]
        at = row - self.rows.body
        if texts[0] == "1" and texts == [str(number) for number in range(1, len(texts) + 1)]:
            return str(at + 1)
        if len(set(texts)) == 1:
            return texts[0]
        return texts[at] if self.rows.is_blank else ""


def _columns_of(sheet: OwnSheet) -> list[tuple[str, int, int]]:
    """The columns of the body, left to right: key (empty for one that is not read), first and last column."""
    merged = {(row, column): area for area in sheet.merges for row, column in _cells_of(area)}
    own = {place.area[1]: place for place in sheet.columns}
    first, last = sheet.body
    found: list[tuple[str, int, int]] = []
    column = 0
    while column < sheet.width:
        area = merged.get((first, column), (first, column, first, column))
        stands_over_all = area[0] < first or area[2] > last or area[2] == last > area[0]
        right = own[column].area[3] if column in own else area[3]
        if column in own or not stands_over_all:
            found.append((own[column].key if column in own else "", column, right))
        column = max(right, column) + 1
    return found


def _around_goal(around: tuple[str, str], item: int) -> tuple[str, str]:
    return _numbered(around[0], item + 1), around[1]


def _numbered(text: str, number: int) -> str:
    """A goal's label with its number: 目标3 for 目标2, 目标三 for 目标二."""

    def counted(found: re.Match[str]) -> str:
        in_words = found[2] in _DIGITS and number <= len(_DIGITS)
        return f"{found[1]}{_DIGITS[number - 1] if in_words else number}"

    return _GOAL_LABEL.sub(counted, text, count=1)


def _cells_of(area: Area) -> Iterator[Cell]:
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))

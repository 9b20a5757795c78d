"""The boxes of a form on an office's own sheet: what the 样表 prints in its place, and room for what a project has.

Rows for goals are put in below the last one that is marked, rows for indicators in the body of the table; what is
merged over them grows, and what stands below moves down.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xl_perf.core.cells.grid import Area
from xl_perf.core.forms.box import Box, BranchRows, Role
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.footers import is_signing
from xl_perf.core.forms.groups import Group, Row
from xl_perf.core.forms.kind import FormKind, Value
from xl_perf.core.forms.own_formulas import moved
from xl_perf.core.forms.own_groups import Tables, own_tables
from xl_perf.core.forms.own_sheet import Cell, OwnSheet, Place, PrintedTable
from xl_perf.core.model.project import CarriedCell

_GOAL_LABEL: Final = re.compile(r"(目标\s*)(\d{1,2}|[一二三四五六七八九十])")
_DIGITS: Final = "一二三四五六七八九十"
_MONTH: Final = re.compile(r"(?<!\d)(?:1[0-2]|[1-9])(?=\s*月)")


class OwnRows:
    """The rows of a form, each with the row of the 样表 that it is made of."""

    def __init__(self, sheet: OwnSheet, goals: int, tables: Tables) -> None:
        self.sheet = sheet
        self.goal_rows = goal_rows(sheet)
        self.more_goals = 0
        self.tables = tables
        self.is_blank = list(map(list, tables)) == own_tables(sheet)
        """They are the rows that the 样表 prints."""
        self.sources = list(range(sheet.tables[0].first))
        if self.goal_rows is not None and goals > len(sheet.goals):
            begin, end = self.goal_rows
            self.more_goals = goals - len(sheet.goals)
            self.sources[end + 1 : end + 1] = list(range(begin, end + 1)) * self.more_goals
        self.bodies: list[tuple[int, int]] = []
        """The first and the last row of the body of each table."""
        ends = (*(table.first for table in sheet.tables[1:]), len(sheet.texts))
        for table, groups, end in zip(sheet.tables, tables, ends, strict=True):
            needed = sum(len(group.rows) for group in groups)
            self.bodies.append((len(self.sources), len(self.sources) + needed - 1))
            self.sources += [_source_of(at, needed, table.first, table.last) for at in range(needed)]
            self.sources += range(table.last + 1, end)
        self.places: dict[int, list[int]] = {}
        for row, source in enumerate(self.sources):
            self.places.setdefault(source, []).append(row)

    def spread(self, area: Area) -> Area:
        """Where an area of the 样表 is to stand: over all copies of its rows."""
        top, left, bottom, right = area
        over, under = self.body_of(top), self.body_of(bottom)
        begin = over[0] if over else self.places[top][0]
        return begin, left, under[1] if under else self.places[bottom][-1], right

    def body_of(self, source: int) -> tuple[int, int] | None:
        """The first and last row of the body to which a row of the 样表 belongs."""
        table = self.sheet.table_at(source)
        return None if table is None else self.bodies[self.sheet.tables.index(table)]


def _source_of(at: int, rows: int, first: int, last: int) -> int:
    """The row of the body that a row looks like: the last one like the last, whose line below may be a thick one."""
    if at == rows - 1:
        return last
    return min(first + at, max(last - 1, first))


def goal_rows(sheet: OwnSheet) -> tuple[int, int] | None:
    """The rows of the last goal, which are copied for more; None where other things to fill in stand in them."""
    if not sheet.goals:
        return None
    top, _, bottom, _ = sheet.goals[-1].area
    others = [one.area for one in (*sheet.fields, *(one for _, one in sheet.months), *sheet.goals[:-1])]
    is_alone = not any(area[0] <= bottom and area[2] >= top for area in others)
    return (top, bottom) if is_alone and bottom < sheet.tables[0].first else None


def most_goals(sheet: OwnSheet) -> int | None:
    """So many goals at most have room; None for any number."""
    return None if goal_rows(sheet) else len(sheet.goals)


def own_boxes(
    kind: FormKind, sheet: OwnSheet, rows: OwnRows, months: Sequence[int]
) -> tuple[tuple[Box, ...], tuple[BranchRows, ...]]:
    """All boxes in reading order, and the rows of each first level."""
    made = _Boxes(kind, sheet, rows, months)
    return tuple(sorted(made.boxes(), key=lambda box: box.area[:2])), tuple(made.branches)


def with_carried_texts(boxes: Sequence[Box], carried: Sequence[CarriedCell]) -> tuple[Box, ...]:
    """The boxes with what is written in cells that the office's form prints blank and does not read."""
    texts = {one.place: one.entry.text for one in carried}
    return tuple(
        box._replace(text=text, is_carried=True)
        if box.is_open
        and (at := (box.look or box.area)[:2]) in texts
        and box.key == f"{at[0]}:{at[1]}"
        and (text := texts[at])
        else box
        for box in boxes
    )


def crosses(kind: FormKind, sheet: OwnSheet, *, goals: int) -> bool:
    """Boxes of a form with so many goals, and more rows than the sheet prints, would lie over each other."""
    tables = [
        [*groups, Group("", "", (Row(""),) * (table.rows + 1))]
        for groups, table in zip(own_tables(sheet), sheet.tables, strict=True)
    ]
    boxes, _ = own_boxes(kind, sheet, OwnRows(sheet, goals, tables), [month for month, _ in sheet.months])
    seen = [cell for box in boxes for cell in _cells_of(box.area)]
    return len(seen) != len(set(seen))


class _Boxes:
    def __init__(self, kind: FormKind, sheet: OwnSheet, rows: OwnRows, months: Sequence[int]) -> None:
        self.kind, self.sheet, self.rows, self.months = kind, sheet, rows, months
        self.merged = {(row, column): area for area in sheet.merges for row, column in _cells_of(area)}
        self.inputs: dict[Cell, Place] = {place.area[:2]: place for place in reversed(sheet.fields)}
        self.checkpoints = {place.area[:2]: number for number, (_, place) in enumerate(sheet.months)}
        self.goals = {place.area[:2]: number for number, place in enumerate(sheet.goals)}
        self.columns = [_columns_of(sheet, table) for table in sheet.tables]
        self.branches: list[BranchRows] = []
        self.formulas = {(row, column): formula for row, column, formula in sheet.formulas}

    def boxes(self) -> Iterator[Box]:
        """Every cell of the sheet belongs to one."""
        of_body = {
            (row, column)
            for table, columns in zip(self.sheet.tables, self.columns, strict=True)
            for row in range(table.first, table.last + 1)
            for _, left, right in columns
            for column in range(left, right + 1)
        }
        for top in range(len(self.sheet.texts)):
            for left in range(self.sheet.width):
                area = self.merged.get((top, left), (top, left, top, left))
                if (top, left) == area[:2] and (top, left) not in of_body:
                    yield from self._outside(area)
        for number in range(len(self.columns)):
            yield from self._body(number)

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
            box = Box(Role.INPUT, place.key, placed, "", value, look=area, around=around, unit=place.unit)
            return box._replace(room=place.room)
        if area == self.sheet.title:
            return Box(Role.TITLE, "title", placed, text, look=area)
        if area == self.sheet.year:
            return Box(Role.YEAR, "year_line", placed, text, look=area)
        is_open = not text.strip() or is_signing(text)
        formula = moved(self.formulas.get(cell, ""), self.rows.places) if len(self.rows.places[cell[0]]) == 1 else ""
        label = Box(Role.LABEL, f"{cell[0]}:{cell[1]}", placed, self._label(text, cell), look=area, is_open=is_open)
        return label._replace(formula=formula) if formula else label

    def _label(self, text: str, cell: Cell) -> str:
        """What is printed; the label of a checkpoint names the month that the form has there."""
        for (printed, place), month in zip(self.sheet.months, self.months, strict=False):
            if printed != month and cell[0] < place.area[0] and place.area[1] <= cell[1] <= place.area[3]:
                return _MONTH.sub(str(month), text, count=1)
        return text

    # --- the body of a table ---------------------------------------------------------------------------------------

    def _body(self, number: int) -> Iterator[Box]:
        row, columns = self.rows.bodies[number][0], self.columns[number]
        again = self._levels_again(number)
        for group in self.rows.tables[number]:
            bottom = row + len(group.rows) - 1
            label = group.label or ("" if not self.branches else " ")
            for key, left, right in columns:
                if key == "level1" or again.get(left) == "level1":
                    look = self._look(row, left)
                    name = key or f"{row}:{left}"
                    yield Box(Role.LABEL, name, (row, left, bottom, right), label, item=row, look=look)
            for at, (second, indicator) in enumerate(group.rows, row):
                for key, left, right in columns:
                    if key == "level1" or again.get(left) == "level1":
                        continue
                    look, area = self._look(at, left), (at, left, at, right)
                    if key:
                        value = self._value(key)
                        prefilled = second if key == "level2" else ""
                        yield Box(Role.INPUT, key, area, prefilled, value, indicator, look=look)
                    elif self.rows.is_blank and look[0] < look[2]:  # merged over rows, which are those of the 样表
                        if self.rows.sources[at] == look[0]:
                            merged = (at, left, at + look[2] - look[0], right)
                            text = self.sheet.texts[look[0]][left]
                            yield Box(Role.LABEL, f"{at}:{left}", merged, text, look=look, is_open=not text)
                    else:
                        text = second if left in again else self._beside(number, at, left)
                        yield Box(Role.LABEL, f"{at}:{left}", area, text, look=look, is_open=not text)
            self.branches.append(BranchRows(group.branch, row, bottom))
            row = bottom + 1

    def _levels_again(self, number: int) -> dict[int, str]:
        """The columns that print the levels once more, as the half for the whole time does beside the year's.

        They have the levels of all rows of the form, merged where the levels that are read are.
        """
        table, found = self.sheet.tables[number], dict[int, str]()
        printed = {
            "level1": [branch_key(group.label) for group in table.groups for _ in group.seconds],
            "level2": [branch_key(second) for group in table.groups for second in group.seconds],
        }
        read = {key for key, _, _ in self.columns[number]}
        for key, left, _ in self.columns[number]:
            areas = [self.merged.get((row, left), (row, left)) for row in range(table.first, table.last + 1)]
            texts = [branch_key(self.sheet.texts[top][column]) for top, column, *_ in areas]
            levels = (level for level, own in printed.items() if level in read and own == texts and all(texts))
            if not key and (level := next(levels, "")):
                found[left] = level
        return found

    def _look(self, row: int, column: int) -> Area:
        """The cells of the 样表 that a cell of the body looks like."""
        source = self.rows.sources[row]
        return self.merged.get((source, column), (source, column, source, column))

    def _value(self, key: str) -> Value:
        columns = (*self.kind.columns, *self.kind.target_parts)
        return next((column.value for column in columns if column.key == key), Value.TEXT)

    def _beside(self, number: int, row: int, column: int) -> str:
        """What the body prints in a column that is not read: numbers go on where they count the rows."""
        table = self.sheet.tables[number]
        texts = [self.sheet.texts[at][column].strip() for at in range(table.first, table.last + 1)]
        at = row - self.rows.bodies[number][0]
        if texts[0] == "1" and texts == [str(number) for number in range(1, len(texts) + 1)]:
            return str(at + 1)
        if len(set(texts)) == 1:
            return texts[0]
        if self.rows.is_blank:
            return texts[at]
        # What stands beside the levels goes with the rows of the same second level.
        source = self._printed_row(number, at)
        return "" if source is None else texts[source]

    def _printed_row(self, number: int, at: int) -> int | None:
        """The row of a table's body that prints the second level of a row of the form, the first for the first."""
        printed = [branch_key(second) for group in self.sheet.tables[number].groups for second in group.seconds]
        seconds = [branch_key(row.second) for group in self.rows.tables[number] for row in group.rows]
        if not seconds[at] or len(printed) != self.sheet.tables[number].rows:
            return None
        same = [row for row, second in enumerate(printed) if second == seconds[at]]
        before = seconds[:at].count(seconds[at])
        return same[before] if before < len(same) else None


def _columns_of(sheet: OwnSheet, table: PrintedTable) -> list[tuple[str, int, int]]:
    """The columns of a table's body, left to right: key (empty for one that is not read), first and last column."""
    merged = {(row, column): area for area in sheet.merges for row, column in _cells_of(area)}
    own = {place.area[1]: place for place in sheet.columns}
    first, last = table.first, table.last
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

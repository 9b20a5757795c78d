"""The boxes of a form in the official layout of its kind. Rows and columns count from 0."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.cells.values import plain
from xl_perf.core.forms.box import Box, BranchRows, Role, year_line
from xl_perf.core.forms.groups import Group
from xl_perf.core.forms.kind import Column, Field, FormKind, Holds, Part, Stands, Value


class Needs(NamedTuple):
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


def official_boxes(kind: FormKind, needs: Needs) -> tuple[tuple[Box, ...], tuple[BranchRows, ...]]:
    """All boxes in reading order, and the rows of each first level."""
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
    return tuple(boxes), tuple(branches)


def _part_label(part: Part, own: Sequence[Box]) -> Iterator[Box]:
    """The label of a part at the left, merged over all its rows."""
    if part.label and own:
        first, last = own[0].area[0], max(box.area[2] for box in own)
        yield Box(Role.LABEL, part.key, (first, 0, last, 0), part.printed or part.label)


def _boxes_of(kind: FormKind, part: Part, row: int, needs: Needs) -> Iterator[Box]:
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


def _money_boxes(kind: FormKind, part: Part, row: int, left: int, needs: Needs) -> Iterator[Box]:
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

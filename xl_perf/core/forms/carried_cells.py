"""What people type into cells that an office's own form prints blank and does not read: it goes with the form.

Such a cell is found again by what is printed around it, not by its address: the rows of the form that read like those
of the 样表, the columns in which their texts stand, the label left of it and the heading above it. Where one of these
is missing or called otherwise, the cell is not known again, and whoever takes forms over names it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeVar

from xl_perf.core.cells.entries import text_entry
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Area, CellLine, ErrorValue, Grid, NoValue, Scalar
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.amounts_beside import is_meant_for_amount
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.learned import lasting
from xl_perf.core.forms.own_layout import goal_rows
from xl_perf.core.forms.own_sheet import Cell, OwnSheet
from xl_perf.core.model.project import CarriedCell, Project

T = TypeVar("T")
BETWEEN: Final = "／"
"""Between the label and the heading of a cell."""
Row = Mapping[int, str]
"""The printed texts of a row as they are compared, by their columns."""


def with_carried(project: Project, grid: Grid, cells: CellLine, areas: Iterable[Area]) -> Project:
    """The project with what stands in such cells of its form, on a sheet that has these cells.

    ``areas`` are those of all forms of the sheet: a form reaches to the one right of it.
    """
    sheet = project.kind.own_sheet
    if sheet is None or not sheet.tables or project.kind.shape is Shape.LIST:
        return project
    top, left, bottom, right = project.area
    beside = (area[1] for area in areas if area[1] > right and area[0] <= bottom and area[2] >= top)
    columns = range(left, min(beside, default=cells.width))
    entries = (entry for _, entry in project.entries() if entry.status not in {Status.ABSENT, Status.BLANK})
    # What a number format changes, or strikes out, is not what people see.
    taken = {*((entry.row, entry.column) for entry in entries), *grid.formats}
    carried = carried_cells(sheet, range(top, bottom + 1), columns, cells, grid.sheet, taken)
    if carried and not _counts_as_printed(project, sheet):
        carried = tuple(one for one in carried if not is_meant_for_amount(one.entry.typed))
    return replace(project, carried=carried) if carried else project


def _counts_as_printed(project: Project, sheet: OwnSheet) -> bool:
    """The amounts count in what the 样表 prints: a number in another unit would say something else on its form."""
    budget = project.kind.money[0].key
    unit = next((place.unit for place in sheet.fields if place.key == budget), project.kind.unit)
    return project.bare_unit == unit and not project.conflicts


def carried_cells(
    sheet: OwnSheet, rows: range, columns: range, cells: CellLine, name: str, taken: Collection[Cell]
) -> tuple[CarriedCell, ...]:
    """Those of the form in these rows and columns of a sheet of that name; ``taken`` are cells that are read."""
    printed = _printed(sheet)
    known = {text for texts in printed.values() for text in texts.values()}
    found = {row: dict(_texts(cells, row, columns, known)) for row in rows}
    if not _is_more(cells, rows, columns, taken, found):
        return ()
    form = _Form(printed, found, sheet)
    made: list[CarriedCell] = []
    for place in _blanks(sheet):
        at = form.cell_of(place)
        if at is None or at in taken or at[0] not in rows or at[1] not in columns:
            continue
        typed = cells.line[at[0] * cells.width + at[1]] if at[1] < cells.width else None
        if _is_content(typed) and at[1] not in found[at[0]]:
            made.append(CarriedCell(place, _label(sheet, place), text_entry(typed, name, *at)))
    return tuple(made)


def carried_over(
    old: OwnSheet, new: OwnSheet, carried: Iterable[CarriedCell]
) -> Iterator[tuple[CarriedCell, CarriedCell | None]]:
    """Every cell of a form, and where it is on another 样表; None where that has no such cell."""
    rows: list[list[Scalar]] = [list(texts) for texts in old.texts]
    before = {one.place: one for one in carried}
    for (row, column), one in before.items():
        rows[row][column] = one.entry.typed
    read = {place.area[:2] for place in (*old.fields, *old.goals)}
    there = carried_cells(new, range(len(rows)), range(old.width), CellLine(rows), "", read)
    after = {(one.entry.row, one.entry.column): one for one in there}
    for place, one in before.items():
        found = after.get(place)
        yield one, None if found is None else found._replace(entry=one.entry)


def _is_content(typed: Scalar) -> bool:
    return not (is_blank(typed) or isinstance(typed, bool | ErrorValue | NoValue))


def _is_more(cells: CellLine, rows: range, columns: range, taken: Collection[Cell], printed: Mapping[int, Row]) -> bool:
    """A quick look: some cell holds what is neither read nor printed."""
    return any(
        _is_content(cells.line[row * cells.width + column])
        for row in rows
        for column in columns
        if column < cells.width and column not in printed[row] and (row, column) not in taken
    )


def _seen(text: str) -> str:
    """A printed text as it is compared, whatever the year that it names."""
    return lasting(bare(text).text)


def _texts(cells: CellLine, row: int, columns: range, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """What a row of a form prints: its texts that stand on the 样表."""
    for column in columns:
        typed = cells.line[row * cells.width + column] if column < cells.width else None
        if isinstance(typed, str) and typed and (seen := _seen(typed)) in known:
            yield column, seen


@lru_cache(maxsize=64)
def _printed(sheet: OwnSheet) -> dict[int, Row]:
    """The texts of each row of a 样表 that is not one of indicators, without those that say nothing."""
    rows = (row for row in range(len(sheet.texts)) if sheet.table_at(row) is None)
    texts = {row: {at: _seen(text) for at, text in enumerate(sheet.texts[row]) if text.strip()} for row in rows}
    return {row: {at: text for at, text in line.items() if text} for row, line in texts.items()}


@lru_cache(maxsize=64)
def _blanks(sheet: OwnSheet) -> tuple[Cell, ...]:
    """The cells of a 样表 that it prints blank and does not read, outside the tables of indicators and their headers.

    A heading that somebody put there would stand above nothing. Those in the rows of the last goal are none: they stand
    once more for every further goal.
    """
    merged = {(row, column): area for area in sheet.merges for row, column in _cells_of(area)}
    places = (*sheet.fields, *(place for _, place in sheet.months), *sheet.goals)
    read = {cell for place in places for cell in _cells_of(place.area)}
    read |= {cell for area in (sheet.title, sheet.year) if area is not None for cell in _cells_of(area)}
    read |= {(row, column) for row, column, _ in sheet.formulas}
    again = goal_rows(sheet)
    headers = {row for table in sheet.tables for row in range(table.header, table.first)}
    return tuple(
        (row, column)
        for row, texts in enumerate(sheet.texts)
        for column, text in enumerate(texts)
        if not text.strip()
        and (row, column) not in read
        and merged.get((row, column), (row, column))[:2] == (row, column)
        and sheet.table_at(row) is None
        and row not in headers
        and not (again is not None and again[0] <= row <= again[1])
    )


def _cells_of(area: tuple[int, int, int, int]) -> Iterator[Cell]:
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _label(sheet: OwnSheet, place: Cell) -> str:
    """What people call the cell: the text left of it, and the heading above it."""
    row, column = place
    left = next((text for text in sheet.texts[row][:column][::-1] if text.strip()), "")
    top = _head(_printed(sheet), sheet, place)
    above = "" if top is None else sheet.texts[top][column]
    return BETWEEN.join(filter(None, ("".join(text.split()).strip("：:") for text in (left, above))))


def _head(printed: Mapping[int, Row], sheet: OwnSheet, place: Cell) -> int | None:
    """The row of the nearest text above a cell, in its column, no table between them; None without one."""
    for row in range(place[0] - 1, -1, -1):
        if sheet.table_at(row) is not None:
            return None
        if place[1] in printed[row]:
            return row
    return None


class _Form:
    """Which rows and columns of a form are those of its 样表."""

    def __init__(self, printed: Mapping[int, Row], found: Mapping[int, Row], sheet: OwnSheet) -> None:
        self.printed, self.found, self.sheet = printed, found, sheet
        own, others = [*printed], [*found]
        own_texts, its_texts = ([frozenset(texts.values()) for texts in form.values()] for form in (printed, found))
        pairs = _aligned(own_texts, its_texts, lambda one, two: len(one & two))
        self.rows = {own[at]: others[other] for at, other in pairs}
        self.columns_in: dict[int, dict[int, int]] = {}
        """For each of these rows the columns of its texts, and where they stand on the form."""
        for row, other in self.rows.items():
            texts, its = [*printed[row].items()], [*found[other].items()]
            same = _aligned(texts, its, lambda one, two: int(one[1] == two[1]))
            self.columns_in[row] = {texts[at][0]: its[to][0] for at, to in same}
        self.columns = self._columns()
        self.rows |= dict(self._rows_between())

    def _columns(self) -> dict[int, int]:
        """The columns of the form, by those of the 样表: where most texts of a column stand."""
        votes: dict[int, Counter[int]] = {}
        for pairs in self.columns_in.values():
            for column, other in pairs.items():
                votes.setdefault(column, Counter())[other] += 1
        sure = {column: ranked[0][0] for column, count in sorted(votes.items()) if (ranked := _clear(count))}
        made = dict(sure)
        for column in range(self.sheet.width):
            before = max((one for one in sure if one <= column), default=None)
            after = min((one for one in sure if one > column), default=None)
            if column in votes or (before is None and after is None):
                continue
            at = sure[before] + column - before if before is not None else sure[after or 0] - ((after or 0) - column)
            if after is None or at < sure[after]:
                made[column] = at
        return made

    def _rows_between(self) -> Iterator[tuple[int, int]]:
        """Rows without a text of their own, between two that are known and as far apart as on the 样表."""
        known = sorted(self.rows.items())
        for (first, top), (last, bottom) in pairwise(known):
            if last - first == bottom - top and all(row in self.printed for row in range(first, last)):
                yield from ((row, top + row - first) for row in range(first + 1, last) if not self.printed[row])

    def cell_of(self, place: Cell) -> Cell | None:
        """Where a blank cell of the 样表 is on the form; None where that cannot be told by what is printed."""
        row, column = place
        at, to = self.rows.get(row), self.columns.get(column)
        if at is None or to is None:
            return None
        pairs = self.columns_in.get(row, {})
        left = max((one for one in self.printed[row] if one < column), default=None)
        if (left is not None and left not in pairs) or any((one < column) != (its < to) for one, its in pairs.items()):
            return None
        head = _head(self.printed, self.sheet, place)
        if head is not None:
            above = self.rows.get(head)
            if above is None or self.found[above].get(to) != self.printed[head][column]:
                return None
        return at, to


def _clear(count: Counter[int]) -> list[tuple[int, int]]:
    """The one that was named most often; none where two were."""
    ranked = count.most_common(2)
    return [] if len(ranked) == 2 and ranked[0][1] == ranked[1][1] else ranked[:1]


def _aligned(ones: Sequence[T], others: Sequence[T], likeness: Callable[[T, T], int]) -> list[tuple[int, int]]:
    """Pairs of both, in the order of both, that are most alike all together; what is in no way alike is in none."""
    best = [[0] * (len(others) + 1) for _ in range(len(ones) + 1)]
    alike = [[likeness(one, other) for other in others] for one in ones]
    for at in range(len(ones) - 1, -1, -1):
        for to in range(len(others) - 1, -1, -1):
            both = alike[at][to] + best[at + 1][to + 1] if alike[at][to] else 0
            best[at][to] = max(best[at + 1][to], best[at][to + 1], both)
    pairs, at, to = [], 0, 0
    while at < len(ones) and to < len(others):
        if alike[at][to] and best[at][to] == alike[at][to] + best[at + 1][to + 1]:
            pairs.append((at, to))
            at, to = at + 1, to + 1
        elif best[at][to] == best[at + 1][to]:
            at += 1
        else:
            to += 1
    return pairs

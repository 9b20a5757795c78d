"""Reads the project forms of a sheet, wherever they stand.

Rows may be inserted, columns shifted, merges lost; several forms may stand below or beside each other (`frame` says
where what is). What a person typed never raises: it becomes an `Entry` with a status. Which months have a checkpoint
is what the form says; whether they are the right ones is for the rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from xl_perf.core.cells.entries import amount_entry, code_entry, target_entry, text_entry, weight_entry
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.grid import CellLine, Grid, Scalar, cell_at, is_blank_row
from xl_perf.core.cells.values import is_blank, to_plan
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.frame import Frame, Slot, frames_in
from xl_perf.core.forms.project_targets import is_footer
from xl_perf.core.forms.titles import heading_of
from xl_perf.core.model.project import BlankForm, Budget, Checkpoint, Indicator, Project

Found = tuple[Scalar, str, int, int]
"""What stands in a cell, and its sheet, row and column."""
_new: Final = tuple.__new__
"""Makes an `Entry` or an `Indicator` in half the time that its own constructor takes: a workbook has hundreds."""

_NOTHING: Final = (None, "")
NO_WEIGHT: Final[Entry[Decimal]] = Indicator._field_defaults["weight"]


def read_forms(grid: Grid) -> tuple[list[Project], list[BlankForm]]:
    """The filled and the blank forms of a sheet, left to right, top to bottom."""
    projects: list[Project] = []
    blanks: list[BlankForm] = []
    cells = CellLine(grid.rows)
    for frame in frames_in(grid, cells):
        reader = _FormReader(grid, cells, frame)
        if reader.is_untouched():
            blanks.append(BlankForm(grid.sheet, reader.name))
            continue
        project = reader.read()
        if _is_blank_form(project):
            blanks.append(BlankForm(grid.sheet, project.name))
        else:
            projects.append(project)
    return projects, blanks


def _is_blank_form(project: Project) -> bool:
    if project.name.value or project.budget.total.value or project.heading.value:
        return False
    return all(entry.is_empty or entry.status is Status.ABSENT for _, entry in project.entries()[1:])


class _FormReader:
    """Reads what stands in one frame."""

    def __init__(self, grid: Grid, cells: CellLine, frame: Frame) -> None:
        self.grid, self.frame, self.sheet = grid, frame, grid.sheet
        self.line, self.width = cells.line, cells.width
        self.name: Entry[str] = text_entry(*self._at("name")) if "name" in frame.values else absent(grid.sheet)

    def is_untouched(self) -> bool:
        """Nothing at all stands where a person fills in: seen at once, for every workbook has a form to be copied."""
        frame = self.frame
        if self.name.value or self._heading().value:
            return False
        months = [slot for _, slot in frame.months]
        slots = (*frame.values.values(), *months, *frame.goals, *frame.unnamed_goals, frame.purpose)
        beside = [cells for number, _, cells in frame.beside if number >= 2]
        columns = [self.line[cells] for cells in (*frame.cells[2:], *beside) if cells is not None]
        return all(map(is_blank_row, columns)) and all(slot is None or self._take(slot)[0] is None for slot in slots)

    def read(self) -> Project:
        frame = self.frame
        return Project(
            self.sheet,
            frame.area,
            self._heading(),
            code_entry(*self._at("code")) if "code" in frame.values else absent(self.sheet),
            self.name,
            Budget(self._amount("total"), self._amount("fiscal"), self._amount("other"), self._purpose()),
            self._plan(),
            tuple(self._goals()),
            tuple(self._indicators()),
            frame.table,
            frame.missing,
            frame.repeated,
            self.grid.hidden,
        )

    def _take(self, slot: Slot) -> Found:
        """What stands in a slot and where; None at its place for blanks where all its cells are blank."""
        rows, columns, blank, (row, column), at = slot
        typed = self.line[at]
        if typed and not (typed.__class__ is str and typed.isspace()):
            return typed, self.sheet, row, column
        for row in rows:
            start = row * self.width
            cells = self.line[start + columns.start : start + min(columns.stop, self.width)]
            if not is_blank_row(cells):
                for column, typed in zip(columns, cells, strict=False):
                    if not is_blank(typed):
                        return typed, self.sheet, row, column
        return None, self.sheet, *blank

    def _at(self, key: str) -> Found:
        return self._take(self.frame.values[key])

    def _amount(self, key: str) -> Entry[Decimal]:
        return amount_entry(*self._at(key)) if key in self.frame.values else absent(self.sheet)

    def _heading(self) -> Entry[str]:
        """The heading: before 项目绩效目标表 in the title cell, else the nearest text above it."""
        title, above = self.frame.title, self.frame.above_title
        if title is None or above is None:
            return absent(self.sheet)
        row, column = title
        typed = self.line[row * self.width + column]
        heading = heading_of(str(typed))
        if heading:
            return Entry(heading, Status.FILLED, typed, self.sheet, row, column)
        text, sheet, *place = self._take(above)
        if isinstance(text, str) and not is_footer(text):
            row, column = place
            return Entry(text.strip(), Status.FILLED, text, sheet, row, column)
        return Entry(None, Status.BLANK, typed, self.sheet, row, column)

    def _purpose(self) -> Entry[str]:
        slot = self.frame.purpose
        return absent(self.sheet) if slot is None else text_entry(*self._take(slot))

    def _plan(self) -> tuple[Checkpoint, ...]:
        """The percentages below the checkpoints, read together."""
        found = [self._take(slot) for _, slot in self.frame.months]
        values = to_plan([one[0] for one in found])
        points: list[Checkpoint] = []
        for (month, _), (typed, sheet, row, column), value in zip(self.frame.months, found, values, strict=True):
            status = Status.FILLED
            if value is None:
                status = text_entry(typed, sheet, row, column).status
                status = Status.UNREADABLE if status is Status.FILLED else status
            points.append(_new(Checkpoint, (month, _new(Entry, (value, status, typed, sheet, row, column)))))
        return tuple(points)

    def _goals(self) -> list[Entry[str]]:
        """Every goal that has a text, top to bottom; the first blank one where none has."""
        goals = [text_entry(*self._take(slot)) for slot in self.frame.goals]
        for slot in self.frame.unnamed_goals:
            found = self._take(slot)
            if found[0] is not None:
                goals.append(text_entry(*found))
        if len(goals) > len(self.frame.goals):
            goals.sort(key=lambda goal: goal.row)
        return [goal for goal in goals if goal[1] is not Status.BLANK] or goals[:1]

    # --- the indicators

    def _indicators(self) -> list[Indicator]:
        """The rows of the table that say more than their first and second level."""
        frame, sheet = self.frame, self.sheet
        if not frame.rows or not any(frame.columns):
            return []
        indicators: list[Indicator] = []
        level1: Entry[str] = absent(sheet)
        level2: Entry[str] = absent(sheet)
        at1, at2, at3, at4, at5, at6 = (span.start for span in frame.columns)
        moved: dict[tuple[int, int], int] = {}
        for row, first, second, name, description, target, basis in self._table(moved):
            if first not in _NOTHING:
                level1 = _branch(first, sheet, row, at1)
            if second not in _NOTHING:
                level2 = _branch(second, sheet, row, at2)
            elif first not in _NOTHING:
                level2 = Entry(None, Status.BLANK, None, sheet, row, at2)
            if not (name and description and target and basis):
                own = name, description, target, basis
                if is_blank_row(own):
                    if (first or second) and _is_footer(first, second, ()):
                        break
                    continue
                name, description, target, basis = (None if typed == "" else typed for typed in own)
            level3 = text_entry(name, sheet, row, at3)
            described = text_entry(description, sheet, row, at4)
            based = text_entry(basis, sheet, row, at6)
            if not (level3[0] and described[0] and based[0]):
                filled = [typed for typed in (name, description, target, basis) if not is_blank(typed)]
                if len(filled) <= 2 and _is_footer(first, second, filled):
                    break
                if not filled:
                    continue
            aimed = target_entry(target, sheet, row, at5)
            weight = NO_WEIGHT if frame.weight is None else self._weight(frame.weight, row)
            indicators.append(_new(Indicator, (level1, level2, level3, described, aimed, based, weight)))
        return indicators if all(frame.columns) and not moved else [self._placed(one, moved) for one in indicators]

    def _table(self, moved: dict[tuple[int, int], int]) -> Iterable[tuple[Any, ...]]:
        """The rows of the table: their number, and what their six columns hold.

        Where a merged column has lost its merge, what stands in another than its first cell counts as well: ``moved``
        says where, by the row and the number of the column.
        """
        frame, line = self.frame, self.line
        first, last = frame.rows[0], frame.rows[-1]
        blanks: list[Scalar] = [None] * (last + 1 - first)
        columns = [blanks if cells is None else line[cells] for cells in frame.cells]
        for number, column, cells in frame.beside:
            beside, own = line[cells], columns[number]
            if not is_blank_row(beside):
                for at, typed in enumerate(beside):
                    if own[at] in _NOTHING and typed not in _NOTHING:
                        own[at] = typed
                        moved[first + at, number] = column
        table = zip(range(first, last + 1), *columns, strict=True)
        if len(frame.rows) == len(blanks):
            return table
        rows = frozenset(frame.rows)
        return [cells for cells in table if cells[0] in rows]

    def _placed(self, indicator: Indicator, moved: Mapping[tuple[int, int], int]) -> Indicator:
        """The indicator with the cells where its texts stand, and without those that have no column."""
        row = indicator.level3.row
        entries: list[Entry[Any]] = list(indicator)
        for number, span in enumerate(self.frame.columns[2:], 2):
            column = moved.get((row, number), span.start)
            entries[number] = entries[number]._replace(column=column) if span else absent(self.sheet)
        return Indicator._make(entries)

    def _weight(self, columns: range, row: int) -> Entry[Decimal]:
        for column in columns:
            typed = self.line[cell_at(row, column, self.width)]
            if typed not in _NOTHING:
                return weight_entry(typed, self.sheet, row, column)
        return weight_entry(None, self.sheet, row, columns.start)


def _is_footer(first: Scalar, second: Scalar, own: Sequence[Scalar]) -> bool:
    """The form is over: a line such as 填表人 in the first cell of the row, or alone in it."""
    for typed in (first, second, *own):
        if typed is not None and typed != "":
            return isinstance(typed, str) and is_footer(typed)
    return False


def _branch(typed: Scalar, sheet: str, row: int, column: int) -> Entry[str]:
    """A first or second level, by its plain name."""
    if typed.__class__ is str and (name := branch_key(typed)):
        return _new(Entry, (name, Status.FILLED, typed, sheet, row, column))
    return text_entry(typed, sheet, row, column)

"""Reads the project forms of a sheet, wherever they stand.

Rows may be inserted, columns shifted, merges lost; several forms may stand below or beside each other (`frame` says
where what is). What a person typed never raises: it becomes an `Entry` with a status. Which months have a checkpoint
is what the form says; whether they are the right ones is for the rules.
"""

from collections.abc import Sequence
from decimal import Decimal

from xl_perf.core import form
from xl_perf.core.entries import Place, amount_entry, code_entry, target_entry, text_entry, weight_entry
from xl_perf.core.frame import Frame, Slot, frames_in
from xl_perf.core.grid import Grid, Scalar, is_blank_row
from xl_perf.core.model import BlankForm, Budget, Checkpoint, Entry, Indicator, Project, Status, absent
from xl_perf.core.values import is_blank, to_plan

Row = Sequence[Scalar]


def read_forms(grid: Grid) -> tuple[list[Project], list[BlankForm]]:
    """The filled and the blank forms of a sheet, left to right, top to bottom."""
    projects: list[Project] = []
    blanks: list[BlankForm] = []
    for frame in frames_in(grid):
        project = _FormReader(grid, frame).read()
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

    def __init__(self, grid: Grid, frame: Frame) -> None:
        self.grid, self.frame, self.rows, self.sheet = grid, frame, grid.rows, grid.sheet

    def read(self) -> Project:
        frame = self.frame
        return Project(
            self.sheet,
            frame.area,
            self._heading(),
            code_entry(*self._at("code")) if "code" in frame.values else absent(self.sheet),
            text_entry(*self._at("name")) if "name" in frame.values else absent(self.sheet),
            Budget(self._amount("total"), self._amount("fiscal"), self._amount("other"), self._purpose()),
            self._plan(),
            tuple(self._goals()),
            tuple(self._indicators()),
            frame.table,
            frame.missing,
            frame.repeated,
            self.grid.hidden,
        )

    def _take(self, slot: Slot) -> tuple[Scalar, Place]:
        """What stands in a slot and where; None at its place for blanks where all its cells are blank."""
        for row in slot.rows:
            cells = self.rows[row]
            for column in slot.columns:
                if column < len(cells):
                    typed = cells[column]
                    if typed is not None and typed != "" and not is_blank(typed):
                        return typed, (self.sheet, row, column)
        return None, (self.sheet, *slot.blank)

    def _at(self, key: str) -> tuple[Scalar, Place]:
        return self._take(self.frame.values[key])

    def _amount(self, key: str) -> Entry[Decimal]:
        return amount_entry(*self._at(key)) if key in self.frame.values else absent(self.sheet)

    def _heading(self) -> Entry[str]:
        """The heading: before 项目绩效目标表 in the title cell, else the nearest text above it."""
        title, above = self.frame.title, self.frame.above_title
        if title is None or above is None:
            return absent(self.sheet)
        row, column = title
        typed = self.rows[row][column]
        heading = form.heading_of(str(typed))
        if heading:
            return Entry(heading, Status.FILLED, typed, self.sheet, row, column)
        text, place = self._take(above)
        if isinstance(text, str) and not form.is_footer(text):
            return Entry(text.strip(), Status.FILLED, text, *place)
        return Entry(None, Status.BLANK, typed, self.sheet, row, column)

    def _purpose(self) -> Entry[str]:
        slot = self.frame.purpose
        return absent(self.sheet) if slot is None else text_entry(*self._take(slot))

    def _plan(self) -> tuple[Checkpoint, ...]:
        """The percentages below the checkpoints, read together."""
        cells = [self._take(slot) for _, slot in self.frame.months]
        values = to_plan([typed for typed, _ in cells])
        points = []
        for (month, _), (typed, place), value in zip(self.frame.months, cells, values, strict=True):
            status = Status.FILLED
            if value is None:
                read = text_entry(typed, place)
                status = Status.UNREADABLE if read.status is Status.FILLED else read.status
            points.append(Checkpoint(month, Entry(value, status, typed, *place)))
        return tuple(points)

    def _goals(self) -> list[Entry[str]]:
        """Every goal that has a text, top to bottom; the first blank one where none has."""
        goals = [text_entry(*self._take(slot)) for slot in self.frame.goals]
        for slot in self.frame.unnamed_goals:
            typed, place = self._take(slot)
            if typed is not None:
                goals.append(text_entry(typed, place))
        filled = [goal for goal in goals if goal.status is not Status.BLANK]
        filled.sort(key=lambda goal: goal.row)
        return filled or goals[:1]

    # --- the indicators

    def _indicators(self) -> list[Indicator]:
        frame, sheet = self.frame, self.sheet
        if not any(frame.columns):
            return []
        indicators: list[Indicator] = []
        level1: Entry[str] = absent(sheet)
        level2: Entry[str] = absent(sheet)
        right = frame.area[3]
        at1, at2 = (span.start for span in frame.columns[:2])
        for row in frame.rows:
            cells = self.rows[row]
            if is_blank_row(cells):
                continue
            if len(cells) <= right:
                cells = [*cells, *[None] * (right + 1 - len(cells))]
            (first, second, *own), columns = self._row(cells)
            filled = [typed for typed in own if typed is not None and not is_blank(typed)]
            if len(filled) <= 2 and _is_footer(first, second, filled):
                break
            if first is not None:
                level1 = _branch(first, sheet, row, at1)
                level2 = Entry(None, Status.BLANK, None, sheet, row, at2)
            if second is not None:
                level2 = _branch(second, sheet, row, at2)
            if filled:
                indicators.append(self._indicator(level1, level2, row, cells, own, columns))
        return indicators

    def _row(self, cells: Row) -> tuple[list[Scalar], Sequence[int]]:
        """What each column of the table holds in a row (None for a blank), and where: a merge may have been lost."""
        frame = self.frame
        taken = [None if cells[column] == "" else cells[column] for column in frame.starts]
        places = frame.starts
        for at in frame.uneven:
            span = frame.columns[at]
            if not span:
                taken[at] = None
            elif taken[at] is None:
                taken[at], column = _in_row(cells, span)
                places = (*places[:at], column, *places[at + 1 :])
        return taken, places

    def _indicator(
        self,
        level1: Entry[str],
        level2: Entry[str],
        row: int,
        cells: Row,
        own: Sequence[Scalar],
        columns: Sequence[int],
    ) -> Indicator:
        sheet = self.sheet
        name, description, target, basis = own
        _, _, at_name, at_description, at_target, at_basis = columns
        _, _, has_name, has_description, has_target, has_basis = self.frame.columns
        weight = self.frame.weight
        more: tuple[Entry[Decimal], ...] = ()
        if weight is not None:
            typed, column = _in_row(cells, weight)
            more = (weight_entry(typed, (sheet, row, column)),)
        return Indicator(
            level1,
            level2,
            text_entry(name, (sheet, row, at_name)) if has_name else absent(sheet),
            text_entry(description, (sheet, row, at_description)) if has_description else absent(sheet),
            target_entry(target, (sheet, row, at_target)) if has_target else absent(sheet),
            text_entry(basis, (sheet, row, at_basis)) if has_basis else absent(sheet),
            *more,
        )


def _in_row(cells: Row, span: range) -> tuple[Scalar, int]:
    """What a column of the table holds in a row, and where; a merged column may have lost its merge."""
    for column in span:
        typed = cells[column]
        if typed is not None and typed != "":
            return typed, column
    return None, span.start


def _is_footer(first: Scalar, second: Scalar, own: Sequence[Scalar]) -> bool:
    """The form is over: a line such as 填表人 in the first cell of the row, or alone in it."""
    for typed in (first, second, *own):
        if typed is not None and typed != "":
            return isinstance(typed, str) and form.is_footer(typed)
    return False


def _branch(typed: Scalar, sheet: str, row: int, column: int) -> Entry[str]:
    """A first or second level, by its plain name."""
    if typed.__class__ is str and (name := form.branch_key(typed)):
        return Entry(name, Status.FILLED, typed, sheet, row, column)
    return text_entry(typed, (sheet, row, column))

"""Finds project forms in a grid by their labels, wherever they stand, and reads them.

Rows may be inserted, columns shifted, merges lost; several forms may stand below or beside each other. What a
person typed never raises: it becomes an `Entry` with a status. Which months have a checkpoint is what the form
says; whether they are the right ones is for the rules.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from xl_perf.core import form
from xl_perf.core.entries import amount_entry, code_entry, target_entry, text_entry
from xl_perf.core.grid import Grid, Scalar
from xl_perf.core.model import (
    BlankForm,
    Budget,
    Checkpoint,
    Entry,
    Indicator,
    Label,
    Project,
    Status,
    absent,
)
from xl_perf.core.values import is_blank, to_plan

_LABEL_KEYS: Final = form.label_key
_HEADING_ROWS: Final = 3
"""How far above its title line a form's heading may stand."""
_TITLE_LENGTH: Final = 120
_SINGLE: Final = frozenset(field.key for field in form.FIELDS)
_REPEATS_DOWN: Final = frozenset({"budget_part", "plan_part", "goals_part", "level1"})
"""Labels merged over rows: unmerged and filled down they stand twice without being a second label."""


def read_forms(grid: Grid) -> tuple[list[Project], list[BlankForm]]:
    """The filled and the blank forms of a sheet, top to bottom, left to right."""
    projects: list[Project] = []
    blanks: list[BlankForm] = []
    labels = find_labels(grid)
    if len(labels) < form.MINIMUM_TELLING:
        return projects, blanks
    for band in _bands(labels):
        for segment, end in _segments(band, len(grid.rows)):
            if len({label.key for label in segment} & form.TELLING) < form.MINIMUM_TELLING:
                continue
            project = _FormReader(grid, segment, end).read()
            if _is_blank_form(project):
                blanks.append(BlankForm(grid.sheet, project.name))
            else:
                projects.append(project)
    return projects, blanks


def find_labels(grid: Grid) -> list[Label]:
    """Every cell of the sheet that is one of the form's labels, in reading order."""
    found = []
    key_of = _LABEL_KEYS
    for row, cells in enumerate(grid.rows):
        for column, typed in enumerate(cells):
            if typed.__class__ is str and typed and len(typed) <= _TITLE_LENGTH:
                key = key_of(typed)
                if key is not None:
                    found.append(Label(key, row, column))
    return found


def _bands(labels: list[Label]) -> list[list[Label]]:
    """Forms that stand beside each other, parted: a row with two 一级指标 or two 项目编码 starts a band at each."""
    columns_of: dict[tuple[str, int], list[int]] = {}
    for label in labels:
        if label.key in {"level1", "code"}:
            columns_of.setdefault((label.key, label.row), []).append(label.column)
    most = max(columns_of.values(), key=len, default=[])
    if len(most) < 2:
        return [labels]
    edges = [0, *most[1:], 1 << 30]
    return [[label for label in labels if low <= label.column < high] for low, high in pairwise(edges)]


def _segments(labels: list[Label], rows: int) -> list[tuple[list[Label], int]]:
    """The labels of each form, and the row below its last: a form's title, code, name or budget after the
    indicator header of another begins the next form, and so does a whole second head."""
    forms: list[list[Label]] = [[]]
    seen: set[str] = set()
    for position, label in enumerate(labels):
        if label.key in form.STARTERS and _begins_form(label, seen, labels[position : position + 3]):
            forms.append([])
            seen = set()
        forms[-1].append(label)
        seen.add(label.key)
    starts = [segment[0].row for segment in forms if segment]
    return list(zip((segment for segment in forms if segment), [*starts[1:], rows], strict=True))


def _begins_form(label: Label, seen: set[str], following: Sequence[Label]) -> bool:
    if seen & {"level3", "target", "basis"}:
        return True
    if label.key == "title":
        return bool(seen - {"title"})
    keys = [after.key for after in following]
    return "budget_part" in seen and keys == ["code", "name", "budget_part"]


def _is_blank_form(project: Project) -> bool:
    filled = (entry for _, entry in project.entries()[1:] if not entry.is_empty)
    own = [entry for entry in filled if entry.status is not Status.ABSENT]
    return not own and not project.heading.value


class _Columns(NamedTuple):
    """First column and the column after the last, of each column of the indicator table."""

    level1: range
    level2: range
    level3: range
    description: range
    target: range
    basis: range


class _FormReader:
    """Reads one form: its labels in reading order, and the row at which it ends."""

    def __init__(self, grid: Grid, labels: list[Label], end: int) -> None:
        self.grid, self.rows, self.sheet, self.end = grid, grid.rows, grid.sheet, end
        self.top, self.left = labels[0].row, min(label.column for label in labels)
        self.labels: dict[str, Label] = {}
        self.months: list[Label] = []
        self.goals: list[Label] = []
        self.repeated: list[Label] = []
        header_row = min((label.row for label in labels if label.key in {"level2", "level3", "basis"}), default=end)
        below = [label.row for label in labels if label.row > header_row and label.key in form.HEADER]
        self.header_again = {row for row in below if below.count(row) >= form.MINIMUM_TELLING}
        in_row: dict[int, list[int]] = {}
        for label in labels:
            # Below the header a cell that reads 指标值 or 财政资金 is what somebody measures, not a label.
            if label.row > header_row and label.row not in self.header_again and label.key not in form.STARTERS:
                continue
            in_row.setdefault(label.row, []).append(label.column)
            self._place(label)
        self.columns_in_row = in_row
        heads = [label.column + 1 for key, label in self.labels.items() if key in _VALUE_RIGHT]
        header = [self.labels[key] for key in form.HEADER if key in self.labels]
        self.header_row = max((label.row for label in header), default=None)
        self.table = min(((label.row, label.column) for label in header), default=None)
        self.right = max([*heads, *(self._merged_to(label) for label in header[-1:]), *(h.column for h in header)])

    def _place(self, label: Label) -> None:
        if label.key.startswith("month:"):
            self.months.append(label)
        elif label.key == "goal":
            self.goals.append(label)
        elif label.key not in self.labels:
            self.labels[label.key] = label
        elif label.key in _SINGLE and not self._fills_down(label):
            self.repeated.append(label)

    def _fills_down(self, label: Label) -> bool:
        first = self.labels[label.key]
        return label.key in _REPEATS_DOWN and label.column == first.column

    def read(self) -> Project:
        labels = self.labels
        plan = self._plan()
        months = {f"month:{point.month}" for point in plan}
        missing = [field.key for field in form.FIELDS if field.key not in labels]
        if not months:
            missing.append("months")
        return Project(
            self.sheet,
            (self.top, self.left, self.end - 1, self.right),
            self._heading(),
            self._code(),
            self._text("name"),
            Budget(self._amount("total"), self._amount("fiscal"), self._amount("other"), self._purpose()),
            plan,
            tuple(self._goals()),
            tuple(self._indicators()),
            self.table,
            tuple(missing),
            tuple(self.repeated),
            self.grid.hidden,
        )

    # --- cells

    def _cell(self, row: int, column: int) -> Scalar:
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def _first(self, row: int, columns: range) -> tuple[Scalar, int]:
        """The first cell that is not blank, and its column; the first column where all are."""
        cells = self.rows[row]
        for column in columns:
            if column < len(cells) and not is_blank(cells[column]):
                return cells[column], column
        return None, columns.start

    def _merged_to(self, label: Label) -> int:
        """The last column of the label's merged area; its own column where it is not merged."""
        for first_row, first_column, _, last_column in self.grid.merges:
            if first_row == label.row and first_column == label.column:
                return last_column
        return label.column

    def _right_of(self, label: Label) -> tuple[Scalar, tuple[str, int, int]]:
        """What stands right of a label, up to the next label of its row or the form's right edge."""
        after = [column for column in self.columns_in_row[label.row] if column > label.column]
        stop = min(after, default=self.right + 1)
        typed, column = self._first(label.row, range(label.column + 1, stop))
        if typed is None:
            column = self._merged_to(label) + 1
        return typed, (self.sheet, label.row, column)

    # --- the head

    def _text(self, key: str) -> Entry[str]:
        label = self.labels.get(key)
        return absent(self.sheet) if label is None else text_entry(*self._right_of(label))

    def _amount(self, key: str) -> Entry[Decimal]:
        label = self.labels.get(key)
        return absent(self.sheet) if label is None else amount_entry(*self._right_of(label))

    def _code(self) -> Entry[str]:
        label = self.labels.get("code")
        return absent(self.sheet) if label is None else code_entry(*self._right_of(label))

    def _heading(self) -> Entry[str]:
        """The heading: before 项目绩效目标表 in the title cell, else the nearest text above it."""
        title = self.labels.get("title")
        if title is None:
            return absent(self.sheet)
        typed = self._cell(title.row, title.column)
        heading = form.heading_of(str(typed))
        if heading:
            return Entry(heading, Status.FILLED, typed, self.sheet, title.row, title.column)
        for row in range(title.row - 1, max(title.row - _HEADING_ROWS, 0) - 1, -1):
            above, column = self._first(row, range(self.left, self.right + 1))
            if isinstance(above, str):
                if not form.is_footer(above):
                    return Entry(above.strip(), Status.FILLED, above, self.sheet, row, column)
                break
        return Entry(None, Status.BLANK, typed, self.sheet, title.row, title.column)

    def _purpose(self) -> Entry[str]:
        """The text between the row of the amounts and the spending plan."""
        amounts = [self.labels[key].row for key in ("budget_part", "total", "fiscal", "other") if key in self.labels]
        if not amounts:
            return absent(self.sheet)
        part = self.labels.get("budget_part")
        left = self.left if part is None else self._merged_to(part) + 1
        below = [label.row for label in self.labels.values() if label.row > max(amounts)]
        below += [label.row for label in self.months if label.row > max(amounts)]
        for row in range(max(amounts) + 1, min(below, default=min(max(amounts) + 3, self.end))):
            typed, column = self._first(row, range(left, self.right + 1))
            if typed is not None:
                return text_entry(typed, (self.sheet, row, column))
        return Entry(None, Status.BLANK, None, self.sheet, max(amounts) + 1, left)

    def _plan(self) -> tuple[Checkpoint, ...]:
        """The percentages below the checkpoints, read together."""
        cells = [self._below(label) for label in self.months]
        values = to_plan([typed for typed, _ in cells])
        points = []
        for label, (typed, row, column), value in zip(
            self.months, ((typed, *place) for typed, place in cells), values, strict=True
        ):
            month = int(label.key.removeprefix("month:"))
            read = text_entry(typed, (self.sheet, row, column))
            if read.status is Status.FILLED:
                status = Status.UNREADABLE if value is None else Status.FILLED
                percent: Entry[Decimal] = Entry(value, status, typed, self.sheet, row, column)
            else:
                percent = Entry(None, read.status, typed, self.sheet, row, column)
            points.append(Checkpoint(month, percent))
        return tuple(points)

    def _below(self, label: Label) -> tuple[Scalar, tuple[int, int]]:
        """What stands below a checkpoint, before the next row with labels (of other columns: 目标1, a header)."""
        columns = range(label.column, self._merged_to(label) + 1)
        for row in range(label.row + 1, min(self.end, label.row + 4)):
            if any(column > self.left or row == self.header_row for column in self.columns_in_row.get(row, ())):
                break
            typed, column = self._first(row, columns)
            if typed is not None:
                return typed, (row, column)
        return None, (label.row + 1, label.column)

    def _goals(self) -> list[Entry[str]]:
        """The text right of each 目标n; rows of the part without such a label count where they have a text."""
        by_row = {label.row: label for label in self.goals}
        part = self.labels.get("goals_part")
        if part is None and not by_row:
            return []
        first = min([*by_row, *([part.row] if part else [])])
        stop = self.header_row if self.header_row is not None else max([*by_row, first]) + 1
        goals = []
        for row in range(first, max(stop, first)):
            label = by_row.get(row)
            if label is not None:
                goals.append(text_entry(*self._right_of(label)))
                continue
            left = self._merged_to(part) + 1 if part else self.left
            typed, column = self._first(row, range(left, self.right + 1))
            if typed is not None:
                goals.append(text_entry(typed, (self.sheet, row, column)))
        return [goal for goal in goals if goal.status is not Status.BLANK] or goals[:1]

    # --- the indicators

    def _columns(self) -> _Columns | None:
        starts = {key: self.labels[key].column for key in form.HEADER if key in self.labels}
        if self.header_row is None or not starts:
            return None
        ordered = [*sorted(starts.values()), self.right + 1]
        spans = {key: range(start, ordered[ordered.index(start) + 1]) for key, start in starts.items()}
        return _Columns(*(spans.get(key, range(0)) for key in form.HEADER))

    def _row(self, row: int, columns: _Columns) -> list[tuple[Scalar, int]]:
        """What each column of the table holds in a row, and where: a merged area may have lost its merge."""
        cells = self.rows[row]
        if len(cells) <= self.right:
            cells = [*cells, *[None] * (self.right + 1 - len(cells))]
        taken: list[tuple[Scalar, int]] = []
        for span in columns:
            column = span.start
            typed = cells[column] if span else None
            if typed is None or typed == "":
                for inner in span[1:]:
                    if cells[inner] is not None and cells[inner] != "":
                        typed, column = cells[inner], inner
                        break
            taken.append((typed, column))
        return taken

    def _indicators(self) -> list[Indicator]:
        columns = self._columns()
        if columns is None or self.header_row is None:
            return []
        indicators: list[Indicator] = []
        level1: Entry[str] = absent(self.sheet)
        level2: Entry[str] = absent(self.sheet)
        for row in range(self.header_row + 1, self.end):
            if row in self.header_again:
                continue
            taken = self._row(row, columns)
            (first, first_at), (second, second_at) = taken[:2]
            own = [typed for typed, _ in taken[2:] if typed is not None and typed != "" and not is_blank(typed)]
            if len(own) <= 2 and _is_footer(first, second, own):
                break
            if first is not None and first != "":
                level1 = _branch(first, (self.sheet, row, first_at))
                level2 = Entry(None, Status.BLANK, None, self.sheet, row, second_at)
            if second is not None and second != "":
                level2 = _branch(second, (self.sheet, row, second_at))
            if own:
                indicators.append(self._indicator(level1, level2, columns, row, taken))
        return indicators

    def _indicator(
        self,
        level1: Entry[str],
        level2: Entry[str],
        columns: _Columns,
        row: int,
        taken: Sequence[tuple[Scalar, int]],
    ) -> Indicator:
        sheet = self.sheet
        (name, at3), (description, at4), (target, at5), (basis, at6) = taken[2:]
        return Indicator(
            level1,
            level2,
            text_entry(name, (sheet, row, at3)) if columns.level3 else absent(sheet),
            text_entry(description, (sheet, row, at4)) if columns.description else absent(sheet),
            target_entry(target, (sheet, row, at5)) if columns.target else absent(sheet),
            text_entry(basis, (sheet, row, at6)) if columns.basis else absent(sheet),
        )


def _is_footer(first: Scalar, second: Scalar, own: Sequence[Scalar]) -> bool:
    """The form is over: a line such as 填表人 in the first cell of the row, or alone in it."""
    for typed in (first, second, *own):
        if typed is not None and typed != "":
            return isinstance(typed, str) and form.is_footer(typed)
    return False


_VALUE_RIGHT: Final = frozenset({"code", "name", "total", "fiscal", "other"})


def _branch(typed: Scalar, place: tuple[str, int, int]) -> Entry[str]:
    """A first or second level, by its plain name."""
    read = text_entry(typed, place)
    return read if read.value is None else read._replace(value=form.branch_key(read.value))

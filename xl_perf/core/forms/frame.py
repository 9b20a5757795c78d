"""Where the parts of a form stand, worked out from its labels alone.

Thousands of workbooks come from one template, so the same labels stand in the same places over and over: a `Frame` is
made once per layout and remembered. What stands in the cells is for `form_reader`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import BEYOND, Area, CellLine, Grid, Scalar, cell_at
from xl_perf.core.cells.labels import Label
from xl_perf.core.forms.labels import FORM_LABELS
from xl_perf.core.forms.project_targets import HEADER, MINIMUM_TELLING, REQUIRED, STARTERS, TELLING, WEIGHT

_HEADING_ROWS: Final = 3
"""How far above its title line a form's heading may stand."""
_VALUE_RIGHT: Final = ("code", "name", "total", "fiscal", "other")
_REPEATS_DOWN: Final = frozenset({"budget_part", "plan_part", "goals_part", "level1"})
"""Labels merged over rows: unmerged and filled down they stand twice without being a second label."""
_TABLE_KEYS: Final = (*HEADER, WEIGHT)
_MAY_REPEAT: Final = frozenset({"title", "goal"})
_REMEMBERED: Final = 512


class Slot(NamedTuple):
    """Where a value stands: the first cell that is not blank in some rows and columns, else ``blank``."""

    rows: Sequence[int]
    columns: range
    blank: tuple[int, int]
    first: tuple[int, int]
    """Row and column of the first cell, where it nearly always stands."""
    at: int
    """Where that cell stands in `CellLine.line`."""


class Frame(NamedTuple):
    """Where the parts of one form stand; rows and columns from 0."""

    area: Area
    values: Mapping[str, Slot]
    """Of code, name, total, fiscal and other, as far as their labels are there."""
    title: tuple[int, int] | None
    above_title: Slot | None
    purpose: Slot | None
    months: tuple[tuple[int, Slot], ...]
    goals: tuple[Slot, ...]
    unnamed_goals: tuple[Slot, ...]
    """Rows of the part without 目标n: they count only where they have a text."""
    columns: tuple[range, ...]
    """Of the indicator table, in the order of `form.HEADER`; empty for a column whose label is missing."""
    weight: range | None
    """The column of the weights, where the form has one."""
    rows: tuple[int, ...]
    """Of the indicator table, below its header."""
    cells: tuple[slice | None, ...]
    """What of `CellLine.line` is each column's first, from the first to the last of ``rows``; None if nothing."""
    beside: tuple[tuple[int, int, slice], ...]
    """The other cells of merged columns: the number of the column of the table, that of the sheet, and its cells."""
    table: tuple[int, int] | None
    missing: tuple[str, ...]
    repeated: tuple[Label, ...]


class _Layout(NamedTuple):
    """A sheet that was read before: what picks its labels out of its cells, its merged areas, and its forms."""

    labels_of: Callable[[Sequence[Scalar]], tuple[Scalar, ...]]
    merges: tuple[Area, ...]
    frames: tuple[Frame, ...]


_layouts: Final[dict[tuple[tuple[str | None, ...], int, int], _Layout]] = {}
"""By the keys of all labels, and the rows and columns of the sheet."""


def frames_in(grid: Grid, cells: CellLine | None = None) -> tuple[Frame, ...]:
    """The forms of a sheet, left to right, top to bottom; none where fewer than three telling labels are near.

    A sheet has the layout of an earlier one if it is as large and merged alike, and has the same labels in the same
    cells and no others.
    """
    cells = cells or CellLine(grid.rows)
    texts = FORM_LABELS.texts(cells)
    if len(texts) < MINIMUM_TELLING:
        return ()
    key, merges = (tuple(map(FORM_LABELS.key, texts)), len(grid.rows), cells.width), tuple(grid.merges)
    layout = _layouts.get(key)
    if layout is None or layout.labels_of(cells.line) != texts or layout.merges != merges:
        labels = FORM_LABELS.places(cells, texts)
        labels_of = itemgetter(*(label.row * cells.width + label.column for label in labels))
        if len(_layouts) >= _REMEMBERED:
            _layouts.clear()
        layout = _layouts[key] = _Layout(labels_of, merges, _frames(labels, merges, len(grid.rows), cells.width))
    return layout.frames


def _frames(labels: Sequence[Label], merges: Iterable[Area], rows: int, width: int) -> tuple[Frame, ...]:
    merged_to = {(top, left): right for top, left, _, right in merges}
    return tuple(
        _Framer(segment, end, merged_to, width).frame()
        for band in _bands(labels)
        for segment, end in _segments(band, rows)
        if len({label.key for label in segment} & TELLING) >= MINIMUM_TELLING
    )


def _bands(labels: Sequence[Label]) -> list[Sequence[Label]]:
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


def _segments(labels: Sequence[Label], rows: int) -> list[tuple[list[Label], int]]:
    """The labels of each form, and the row below its last.

    A form's title, code, name or budget after the indicator header of another begins the next form, and so does a
    whole second head.
    """
    forms: list[list[Label]] = [[]]
    seen: set[str] = set()
    for position, label in enumerate(labels):
        if label.key in STARTERS and _begins_form(label, seen, labels[position + 1 : position + 7]):
            forms.append([])
            seen = set()
        forms[-1].append(label)
        seen.add(label.key)
    filled = [segment for segment in forms if segment]
    return list(zip(filled, [*(segment[0].row for segment in filled[1:]), rows], strict=True))


def _begins_form(label: Label, seen: set[str], following: Sequence[Label]) -> bool:
    keys = [after.key for after in following]
    head = keys[: keys.index("title")] if "title" in keys else keys
    if seen & {"level3", "target", "basis"}:
        # An indicator may be called 项目名称 or 编制绩效目标表; no head of a form follows it.
        return bool({"budget_part", "total"} & set(head))
    if label.key == "title":
        return bool(seen - {"title"})
    return "budget_part" in seen and label.key == "code" and keys[:2] == ["name", "budget_part"]


class _Framer:
    """Makes the frame of one form from its labels in reading order; ``end`` is the row below its last."""

    def __init__(self, labels: Sequence[Label], end: int, merged_to: Mapping[tuple[int, int], int], width: int) -> None:
        self.end, self.merged_to, self.width = end, merged_to, width
        self.top, self.left = labels[0].row, min(label.column for label in labels)
        self.labels: dict[str, Label] = {}
        self.months: list[Label] = []
        self.goals: dict[int, Label] = {}
        self.repeated: list[Label] = []
        self.before: Label | None = None
        self.in_row: dict[int, list[int]] = {}
        header_row = min((label.row for label in labels if label.key in {"level2", "level3", "basis"}), default=end)
        below = [label.row for label in labels if label.row > header_row and label.key in HEADER]
        self.header_again = {row for row in below if below.count(row) >= MINIMUM_TELLING}
        for label in labels:
            # Below the header a cell that reads 指标值 or 财政资金 is what somebody measures, not a label.
            if label.row <= header_row or label.row in self.header_again or label.key in STARTERS:
                self._place(label)
        header = [self.labels[key] for key in _TABLE_KEYS if key in self.labels]
        self.header_row = max((label.row for label in header), default=None)
        self.table = min(((label.row, label.column) for label in header), default=None)
        right = [self.labels[key].column + 1 for key in _VALUE_RIGHT if key in self.labels]
        last = max(header, key=lambda label: label.column, default=None)
        self.right = max([*right, self.left, *([] if last is None else [last.column, self._last_column(last)])])

    def _place(self, label: Label) -> None:
        self.in_row.setdefault(label.row, []).append(label.column)
        before, self.before = self.before, label
        # A merged label that was unmerged and filled to the right is still one label.
        if before == Label(label.key, label.row, label.column - 1):
            return
        if label.key.startswith("month:"):
            known = any(label.key == month.key for month in self.months)
            (self.repeated if known else self.months).append(label)
        elif label.key == "goal":
            self.goals.setdefault(label.row, label)
        elif label.key not in self.labels:
            self.labels[label.key] = label
        elif label.key not in _MAY_REPEAT and not self._fills_down(label):
            self.repeated.append(label)

    def _fills_down(self, label: Label) -> bool:
        """A merged label that was unmerged and filled down is still one label."""
        is_header = label.row in self.header_again
        return label.key in _REPEATS_DOWN and label.column == self.labels[label.key].column and not is_header

    def frame(self) -> Frame:
        labels = self.labels
        title = labels.get("title")
        missing = [field.key for field in REQUIRED if field.key not in labels]
        named, unnamed = self._goal_slots()
        columns, weight = self._columns()
        below = () if self.header_row is None else range(self.header_row + 1, self.end)
        table_rows = tuple(row for row in below if row not in self.header_again)
        starts = [self._cells(table_rows, span.start) if span else None for span in columns]
        beside = [(number, column) for number, span in enumerate(columns) for column in span[1:]]
        return Frame(
            (self.top, self.left, self.end - 1, self.right),
            {key: self._right_of(labels[key]) for key in _VALUE_RIGHT if key in labels},
            None if title is None else (title.row, title.column),
            None if title is None else self._above(title),
            self._purpose(),
            tuple((int(label.key.removeprefix("month:")), self._below(label)) for label in self.months),
            named,
            unnamed,
            columns,
            weight,
            table_rows,
            tuple(starts),
            tuple((*one, cells) for one in beside if (cells := self._cells(table_rows, one[1])) is not None),
            self.table,
            (*missing, "months") if not self.months else tuple(missing),
            tuple(self.repeated),
        )

    def _slot(self, rows: Sequence[int], columns: range, blank: tuple[int, int]) -> Slot:
        if not rows or not columns:
            return Slot(rows, columns, blank, blank, BEYOND)
        row, column = rows[0], columns.start
        return Slot(rows, columns, blank, (row, column), cell_at(row, column, self.width))

    def _cells(self, rows: Sequence[int], column: int) -> slice | None:
        """What of the line of cells is a column from the first to the last of the rows."""
        if not rows or column >= self.width:
            return None
        return slice(rows[0] * self.width + column, (rows[-1] + 1) * self.width, self.width)

    def _last_column(self, label: Label) -> int:
        """The last column of the label's merged area; its own column where it is not merged."""
        return self.merged_to.get((label.row, label.column), label.column)

    def _right_of(self, label: Label) -> Slot:
        """Right of a label, up to the next label of its row or the form's right edge."""
        stop = min((column for column in self.in_row[label.row] if column > label.column), default=self.right + 1)
        blank = label.row, self._last_column(label) + 1
        return self._slot((label.row,), range(label.column + 1, stop), blank)

    def _above(self, title: Label) -> Slot:
        """Where the heading stands if the title line does not hold it: the nearest row above that has a text."""
        rows = range(title.row - 1, max(title.row - _HEADING_ROWS, 0) - 1, -1)
        return self._slot(rows, range(self.left, self.right + 1), (title.row, title.column))

    def _purpose(self) -> Slot | None:
        """Between the row of the amounts and the spending plan."""
        keys = ("budget_part", "total", "fiscal", "other")
        amounts = max((self.labels[key].row for key in keys if key in self.labels), default=None)
        if amounts is None:
            return None
        part = self.labels.get("budget_part")
        left = self.left if part is None else self._last_column(part) + 1
        below = self._first_below(amounts, (*self.labels.values(), *self.months))
        rows = range(amounts + 1, min(amounts + 3, self.end) if below is None else below)
        return self._slot(rows, range(left, self.right + 1), (amounts + 1, left))

    def _first_below(self, row: int, labels: Iterable[Label]) -> int | None:
        return min((label.row for label in labels if label.row > row), default=None)

    def _below(self, label: Label) -> Slot:
        """Below a checkpoint, before the next row with labels (but those of the first column: they are merged)."""
        stop = min(self.end, label.row + 4)
        for row in range(label.row + 1, stop):
            if row == self.header_row or any(column > self.left for column in self.in_row.get(row, ())):
                stop = row
                break
        columns = range(label.column, self._last_column(label) + 1)
        return self._slot(range(label.row + 1, stop), columns, (label.row + 1, label.column))

    def _goal_slots(self) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
        """Right of each 目标n, and the other rows between 绩效目标 and the indicators."""
        part = self.labels.get("goals_part")
        if part is None and not self.goals:
            return (), ()
        first = min([*self.goals, *([part.row] if part else [])])
        stop = max([*self.goals, first]) + 1 if self.header_row is None else self.header_row
        left = self._last_column(part) + 1 if part else self.left
        named = tuple(self._right_of(self.goals[row]) for row in sorted(self.goals))
        others = (row for row in range(first, stop) if row not in self.goals)
        return named, tuple(self._slot((row,), range(left, self.right + 1), (row, left)) for row in others)

    def _columns(self) -> tuple[tuple[range, ...], range | None]:
        starts = {key: self.labels[key].column for key in _TABLE_KEYS if key in self.labels}
        ordered = [*sorted(starts.values()), self.right + 1]
        spans = {key: range(start, ordered[ordered.index(start) + 1]) for key, start in starts.items()}
        return tuple(spans.get(key, range(0)) for key in HEADER), spans.get(WEIGHT)

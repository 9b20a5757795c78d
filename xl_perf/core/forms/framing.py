"""Makes the frame of a form from its labels."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Final

from xl_perf.core.cells.grid import BEYOND, CellLine, cell_at
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.footers import is_footer
from xl_perf.core.forms.frame import TEXTS, Frame, Slot
from xl_perf.core.forms.kind import MINIMUM_TELLING, Field, FormKind, Holds, Stands
from xl_perf.core.forms.units import Statement, units_of

_HEADING_ROWS: Final = 3
"""How far above its title line a form's heading may stand."""
_FEWEST_ROWS, _FEWEST_CELLS = 2, 2
"""What makes a table: rows, and filled cells in each of them."""
_DOUBT: Final = "“{unit}”写在另一张表的上面，看不出管不管这张表"
_MAY_REPEAT: Final = frozenset({"title", "goal"})


class Framer:
    """Takes the labels of one form in reading order; ``end`` is the row below its last, ``units`` what states units."""

    def __init__(
        self,
        kind: FormKind,
        labels: Sequence[Label],
        end: int,
        merged_to: Mapping[tuple[int, int], int],
        cells: CellLine,
        units: Sequence[Statement],
    ) -> None:
        self.kind, self.end, self.merged_to, self.cells, self.width = kind, end, merged_to, cells, cells.width
        own = [label for label in labels if _is_of(kind, label)]
        self.top, self.left = own[0].row, min(label.column for label in own)
        self.labels: dict[str, Label] = {}
        self.months: list[Label] = []
        self.goals: dict[int, Label] = {}
        self.repeated: list[Label] = []
        self.before: Label | None = None
        self.copies: set[tuple[int, int]] = set()
        self.in_row: dict[int, list[int]] = {}
        for one in filter(_is_alone, units):
            self.in_row.setdefault(one.row, []).append(one.column)
        columns = {*(column.key for column in kind.columns), *(column.key for column in kind.extra)}
        self.header_row = _header_row(own, columns, kind)
        last = end if self.header_row is None else self.header_row
        below = [label.row for label in own if label.row > last and label.key in kind.header]
        self.header_again = {row for row, number in Counter(below).items() if number >= MINIMUM_TELLING}
        for label in own:
            # Below the header a cell that reads 指标值 or 财政资金 is what somebody measures, not a label. Above it a
            # column that not every table has is none.
            is_stray = label.row != self.header_row and label.key in columns and label.key not in kind.header
            if not is_stray and (label.row <= last or label.row in self.header_again or label.key in kind.starters):
                self._place(label)
        header = [self.labels[column.key] for column in kind.columns if column.key in self.labels]
        self.header_row = max((label.row for label in header), default=None)
        self.table = min(((label.row, label.column) for label in header), default=None)
        right = [self.labels[field.key].column + 1 for field in kind.labelled if field.key in self.labels]
        rightmost = max(header, key=lambda label: label.column, default=None)
        edge = [] if rightmost is None else [rightmost.column, self._last_column(rightmost)]
        self.right = max([*right, self.left, *edge])

    def _place(self, label: Label) -> None:
        self.in_row.setdefault(label.row, []).append(label.column)
        before, self.before = self.before, label
        # A merged label that was unmerged and filled to the right is still one label.
        if before is not None and before[:3] == (label.key, label.row, label.column - 1):
            self.copies.add((label.row, label.column))
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
        """A merged label that was unmerged and filled down is still one label: a part's, a first level's."""
        is_header = label.row in self.header_again
        goes_down = label.key == "level1" or any(label.key == part.key for part in self.kind.parts)
        return goes_down and label.column == self.labels[label.key].column and not is_header

    def frame(self, near: Sequence[Statement], above: Sequence[Statement] = ()) -> Frame:
        """``near`` are the statements of units around the form, ``above`` those above an earlier form of the sheet."""
        labels, kind = self.labels, self.kind
        title = labels.get("title")
        missing = [key for key in kind.required if key not in labels]
        named, unnamed = self._goal_slots()
        fields = tuple(self._field(field) for field in kind.fields)
        columns = self._columns()
        below = () if self.header_row is None else range(self.header_row + 1, self.end)
        table_rows = tuple(row for row in below if row not in self.header_again)
        texts = tuple(columns.get(key, range(0)) for key in TEXTS)
        starts = [self._cells(table_rows, span.start) if span else None for span in texts]
        beside = [(number, column) for number, span in enumerate(texts) for column in span[1:]]
        return Frame(
            kind,
            (self.top, self.left, self.end - 1, self.right),
            fields,
            units_of(kind, labels, self._about_it(near, [*fields, *named, *unnamed]) or above),
            None if title is None else (title.row, title.column),
            None if title is None else self._above(title),
            tuple((int(label.key.removeprefix("month:")), self._below(label)) for label in self.months),
            named,
            unnamed,
            columns,
            table_rows,
            texts,
            tuple(starts),
            tuple((*one, cells) for one in beside if (cells := self._cells(table_rows, one[1])) is not None),
            self.table,
            (*missing, "months") if kind.demands_plan and not self.months else tuple(missing),
            tuple(self.repeated),
        )

    def _field(self, field: Field) -> Slot | None:
        if field.stands is Stands.BELOW_PART:
            return self._below_part(field)
        return self._right_of(self.labels[field.key]) if field.key in self.labels else None

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

    def _below_part(self, field: Field) -> Slot | None:
        """A field without a label: between the labelled ones of its part and the next label."""
        keys = [field.part, *(one.key for one in self.kind.labelled if one.part == field.part)]
        last = max((self.labels[key].row for key in keys if key in self.labels), default=None)
        if last is None:
            return None
        part = self.labels.get(field.part)
        left = self.left if part is None else self._last_column(part) + 1
        below = min((one.row for one in (*self.labels.values(), *self.months) if one.row > last), default=None)
        rows = range(last + 1, min(last + 3, self.end) if below is None else below)
        return self._slot(rows, range(left, self.right + 1), (last + 1, left))

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
        """Right of each 目标n, and the other rows between the part's label and the indicators."""
        holds = self.kind.part_of(Holds.GOALS)
        part = self.labels.get(holds.key) if holds else None
        if part is None and not self.goals:
            return (), ()
        first = min([*self.goals, *([part.row] if part else [])])
        stop = max([*self.goals, first]) + 1 if self.header_row is None else self.header_row
        left = self._last_column(part) + 1 if part else self.left
        named = tuple(self._right_of(self.goals[row]) for row in sorted(self.goals))
        if part is not None:
            stop = next((row for row in range(part.row + 1, stop) if self._has_heading(row, left)), stop)
        others = (row for row in range(first, stop) if row not in self.goals)
        return named, tuple(self._slot((row,), range(left, self.right + 1), (row, left)) for row in others)

    def _has_heading(self, row: int, left: int) -> bool:
        """Something else stands under the part's label, in the columns before ``left``: the part is at its end."""
        first = row * self.width
        return not all(map(is_blank, self.cells.line[first + self.left : first + left]))

    def _about_it(self, near: Sequence[Statement], slots: Sequence[Slot | None]) -> list[Statement]:
        """Those statements that are about this form's amounts: not within a text, not the heading of another table."""
        texts = [
            (slot, field is not None and field.stands is Stands.BELOW_PART)
            for slot, field in zip_longest(slots, self.kind.fields)
            if slot is not None and (field is None or field.money is None)
        ]
        found = []
        for one in near:
            # A cell that holds a unit alone is no text on what the money is for, and stands below the amounts.
            if any(
                one.row in slot.rows and one.column in slot.columns and not (is_below_amounts and one.is_alone)
                for slot, is_below_amounts in texts
            ):
                continue
            if self._is_value(one) or self._heads_a_table(one):
                continue
            rows = range(one.row + 1, self.top)
            is_far = self._table_rows(rows, 0, self.width, _FEWEST_CELLS) >= _FEWEST_ROWS
            found.append(one._replace(doubt=_DOUBT.format(unit=one.unit)) if is_far else one)
        return found

    def _is_value(self, one: Statement) -> bool:
        """It stands in the table's header, or in a row that says what is measured and is no footer."""
        if self.table is None or one.row < self.table[0] or not self.table[1] < one.column <= self.right:
            return False
        if one.row == self.table[0]:
            return True
        row = self.cells.line[one.row * self.width : (one.row + 1) * self.width]
        first = next((typed for typed in row[self.left :] if not is_blank(typed)), None)
        if isinstance(first, str) and is_footer(first):
            return False
        own = [self.labels[key].column for key in ("level3", "description", "target") if key in self.labels]
        return any(column != one.column and not is_blank(row[column]) for column in own)

    def _heads_a_table(self, one: Statement) -> bool:
        """What stands below it, beside or below the form, is another table."""
        below = range(one.row + 1, self.end)
        if one.column > self.right:
            return self._table_rows(below, self.right + 1, self.width, _FEWEST_CELLS) >= _FEWEST_ROWS
        if self.table is None or one.row <= self.table[0]:
            return False
        return self._table_rows(below, 0, self.width, _FEWEST_CELLS) >= _FEWEST_ROWS

    def _table_rows(self, rows: range, left: int, right: int, cells: int) -> int:
        """How many of the rows have some filled cells or more between the columns."""
        line, width = self.cells.line, self.width
        return sum(
            sum(not is_blank(typed) for typed in line[row * width + left : row * width + right]) >= cells
            for row in rows
        )

    def _columns(self) -> dict[str, range]:
        """Of each column of the table, from its heading to the next one, whatever that one reads."""
        starts = {
            column.key: self.labels[column.key].column for column in self.kind.columns if column.key in self.labels
        }
        known = [self.labels[one.key].column for one in self.kind.extra if one.key in self.labels]
        edges = sorted({*starts.values(), *self._other_headings(), *known, self.right + 1})
        spans = {key: range(start, edges[edges.index(start) + 1]) for key, start in starts.items()}
        return {column.key: spans.get(column.key, range(0)) for column in self.kind.columns}

    def _other_headings(self) -> list[int]:
        """Columns that people added to the table: 序号, 备注."""
        if self.header_row is None:
            return []
        own = {label.column for label in self.labels.values() if label.row == self.header_row}
        own |= {column for row, column in self.copies if row == self.header_row}
        first = self.header_row * self.width
        heads = enumerate(self.cells.line[first : first + self.width])
        return [
            column for column, typed in heads if column not in own and column < self.right + 1 and not is_blank(typed)
        ]


def _is_alone(one: Statement) -> bool:
    return one.is_alone


def _is_of(kind: FormKind, label: Label) -> bool:
    """The kind has such a label."""
    return label.key in kind.labels or label.key in {"title", "goal"} or label.key.startswith("month:")


def _header_row(labels: Sequence[Label], columns: frozenset[str] | set[str], kind: FormKind) -> int | None:
    """The row of the indicator table's header: the first with two of its labels or more, else the first with one."""
    rows = [label.row for label in labels if label.key in columns and label.key in kind.header]
    telling = [label.row for label in labels if label.key in {"level2", "level3", "basis"}]
    return next((row for row, number in Counter(rows).items() if number > 1), min(telling, default=None))

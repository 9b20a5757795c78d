"""Makes the frame of a form from its labels."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Final

from xl_perf.core.cells.grid import CellLine
from xl_perf.core.cells.labels import Label, bare, unit_of_label
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN
from xl_perf.core.forms.footers import is_footer
from xl_perf.core.forms.frame import Frame, Slot
from xl_perf.core.forms.goal_places import GoalPlaces
from xl_perf.core.forms.kind import Field, FormKind, Stands
from xl_perf.core.forms.labels import month_of
from xl_perf.core.forms.learned import PART_OF, TEXT
from xl_perf.core.forms.money_places import MoneyPlaces
from xl_perf.core.forms.placing import Placed
from xl_perf.core.forms.plan_in_money import heads_amounts, heads_of
from xl_perf.core.forms.slots import slot, slot_right_of
from xl_perf.core.forms.table_columns import table_of
from xl_perf.core.forms.units import Statement, units_of

_HEADING_ROWS: Final = 3
"""How far above its title line a form's heading may stand."""
_FEWEST_ROWS, _FEWEST_CELLS = 2, 2
"""What makes a table: rows, and filled cells in each of them."""
_DOUBT: Final = "“{unit}”写在另一张表的上面，看不出管不管这张表"


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
        self.kind, self.end, self.cells, self.width = kind, end, cells, cells.width
        self.placed = Placed(kind, labels, end, merged_to, cells, units)
        self.labels, self.table = self.placed.labels, self.placed.table
        self.top, self.left, self.right = self.placed.top, self.placed.left, self.placed.right

    def frame(self, near: Sequence[Statement], above: Sequence[Statement] = ()) -> Frame:
        """``near`` are the statements of units around the form, ``above`` those above an earlier form of the sheet."""
        placed, labels, kind = self.placed, self.labels, self.kind
        title = labels.get("title")
        table = table_of(placed, self.cells)
        goals = GoalPlaces(placed, self.cells)
        named, unnamed = ((*slots,) for slots in goals.slots())
        amounts = MoneyPlaces(placed, self.width)
        fields = tuple(self._field(field, amounts) for field in kind.fields)
        missing = [
            key for key in kind.required if key not in labels and not (key == "level1" and placed.has_two_levels)
        ]
        missing += [AMOUNT_COLUMN] if amounts.lacks_column else []
        points = labels.get("outturn_points")
        months = tuple((int(label.key.removeprefix("month:")), self._below(label)) for label in placed.months)
        return Frame(
            kind,
            (self.top, self.left, self.end - 1, self.right),
            fields,
            units_of(kind, labels, self._about_it(near, [*fields, *named, *unnamed]) or above, self._heading(amounts)),
            None if title is None else (title.row, title.column),
            None if title is None else self._above(title),
            months,
            self._plans_money(near),
            named,
            unnamed,
            *table,
            (*missing, "months") if kind.demands_plan and not months else tuple(missing),
            tuple(placed.repeated),
            amounts.further(),
            placed.places_in_text(),
            frozenset(label[1:3] for label in placed.set_aside),
            placed.is_continued,
            amounts.added,
            self._money_rows(),
            amounts.heads,
            amounts.side,
            () if points is None else self._around(points),
            goals.both_periods(),
            self._amount_labels(amounts),
            placed.details,
            frozenset(placed.told_by),
        )

    def _heading(self, amounts: MoneyPlaces) -> Label | None:
        """What heads the column of the amounts, or left of them their row, below their labels: 金额（元）."""
        budget = next(iter(self.kind.money), None)
        label = None if budget is None else self.labels.get(budget.key)
        if label is None or (amounts.column is not None and amounts.column.more):
            return amounts.column
        if label.row not in amounts.headings:
            return label if label.more and label.row - 1 in amounts.headings else amounts.column
        slot = amounts.slot_of(label)
        row = label.row if slot is None else slot.first[0]
        columns = range(self.left, label.column)
        self.placed.told_by |= {(row, column) for column in columns}
        typed = [(column, self.cells.line[row * self.width + column]) for column in columns]
        named = ((column, unit_of_label(text)) for column, text in typed if isinstance(text, str))
        return next((Label("", row, column, unit) for column, unit in named if unit), None)

    def _amount_labels(self, amounts: MoneyPlaces) -> tuple[tuple[int, int], ...]:
        """The cells of the labels of its amounts, and of the heading over them."""
        keys = dict.fromkeys(key for field in self.kind.money for key in (field.part, field.key))
        found = [self.labels[key] for key in keys if key in self.labels]
        return tuple((one.row, one.column) for one in (*found, *filter(None, [amounts.column])))

    def _plans_money(self, near: Sequence[Statement]) -> bool:
        months = self.placed.months
        heads = heads_of(self.kind, self.labels, months)
        texts = (text_of(self.cells.line[one.row * self.width + one.column]) for one in heads)
        return heads_amounts(self.kind, self.labels, months, near, texts)

    def _field(self, field: Field, amounts: MoneyPlaces) -> Slot | None:
        if field.stands is Stands.BELOW_PART:
            return self._below_part(field)
        if field.money is not None:
            return amounts.slot(field)
        label = self.labels.get(field.key)
        if label is not None and field.key.startswith(PART_OF):
            return amounts.slot_of(label)
        return None if label is None else slot_right_of(self.placed, label, self.width)

    def _money_rows(self) -> range:
        """The rows of the amounts, with those below them that have no label of anything else."""
        placed, kind = self.placed, self.kind
        own = {self.labels[field.key].row for field in kind.money if field.key in self.labels}
        own |= {
            label.row for label in (*placed.set_aside, *placed.repeated, *placed.further) if label.key in kind.place
        }
        own |= set() if own else {self.labels[field.part].row for field in kind.money if field.part in self.labels}
        if not own:
            return range(0)
        last = max(own)
        labels = [one for one in self.labels.values() if not one.key.startswith((TEXT, PART_OF))]  # among amounts
        labels += [*placed.months, *placed.goals.values()]
        below = [label.row for label in labels if label.row > last]
        below += [row for row in (placed.header_row, *placed.goal_headings) if row is not None and row > last]
        return range(min(own), min(below, default=self.end))

    def _above(self, title: Label) -> Slot:
        """Where the heading stands if the title line does not hold it: the nearest row above that has a text."""
        rows = range(title.row - 1, max(title.row - _HEADING_ROWS, 0) - 1, -1)
        return slot(rows, range(self.left, self.right + 1), (title.row, title.column), self.width)

    def _below_part(self, field: Field) -> Slot | None:
        """A field without a label: between the labelled ones of its part and the next label."""
        keys = [field.part, *(one.key for one in self.kind.labelled if one.part == field.part)]
        last = max((self.labels[key].row for key in keys if key in self.labels), default=None)
        if last is None:
            return None
        part = self.labels.get(field.part)
        left = self.left if part is None else self.placed.label_cells.last_column(part) + 1
        labels = (*self.labels.values(), *self.placed.months, *filter(self._is_month, self.placed.printed))
        below = min((one.row for one in labels if one.row > last), default=None)
        rows = range(last + 1, min(last + 3, self.end) if below is None else below)
        return slot(rows, range(left, self.right + 1), (last + 1, left), self.width)

    def _is_month(self, label: Label) -> bool:
        """The heading of a month that an office's own form does not read."""
        return month_of(bare(text_of(self.placed.label_cells.text(label))).text) is not None

    def _below(self, label: Label) -> Slot:
        """Below a checkpoint, before the next row with labels; in the first column the plan's own may be repeated."""
        stop = min(self.end, label.row + 4)
        plan = self.kind.plan.key if self.kind.plan else ""
        others = {one.row for one in self.labels.values() if one.key != plan} | {self.placed.header_row}
        for row in range(label.row + 1, stop):
            if row in others or any(column > self.left for column in self.placed.label_cells.in_row.get(row, ())):
                stop = row
                break
        columns = range(label.column, self.placed.label_cells.last_column(label) + 1)
        return slot(range(label.row + 1, stop), columns, (label.row + 1, label.column), self.width)

    def _around(self, label: Label) -> tuple[Slot, ...]:
        """Right of a label, below it, and its own cell."""
        right = slot_right_of(self.placed, label, self.width)
        places = [(row, label.column) for row in (label.row + 1, label.row) if row < self.end]
        return (right, *(slot((row,), range(column, column + 1), (row, column), self.width) for row, column in places))

    def _about_it(self, near: Sequence[Statement], slots: Sequence[Slot | None]) -> list[Statement]:
        """Those statements that are about this form's amounts: not within a text, not the heading of another table."""
        texts = [
            (its, field is not None and field.stands is Stands.BELOW_PART)
            for its, field in zip_longest(slots, self.kind.fields)
            if its is not None and (field is None or field.money is None)
        ]
        found = []
        for one in near:
            # A cell that holds a unit alone is no text on what the money is for, and stands below the amounts.
            if any(
                one.row in its.rows and one.column in its.columns and not (is_below_amounts and one.is_alone)
                for its, is_below_amounts in texts
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

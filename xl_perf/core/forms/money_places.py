"""Where the amounts of a form stand: right of their labels, below them, or where a row and a column meet.

金额合计 | 3,860.50 | 3,800.50 | 60.00 below 总额 | 财政拨款 | 其他资金; 合计 | 814 below 金额; 财政拨款 | 中期 | 年度.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN, HEADS_AMOUNTS, year_in
from xl_perf.core.forms.frame import Slot
from xl_perf.core.forms.kind import Field
from xl_perf.core.forms.learned import PART_OF, lasting
from xl_perf.core.forms.placing import Placed
from xl_perf.core.forms.slots import slot, slot_right_of
from xl_perf.core.forms.year_heads import year_meant

_SEVERAL: Final = 2
_IS_NAME: Final = re.compile(r"[^\d]*[\u4e00-\u9fff]{2}[^\d]*").fullmatch
"""A text that is no amount."""


def _is_text(typed: Scalar) -> bool:
    return isinstance(typed, str) and not is_blank(typed) and _IS_NAME(typed) is not None


def _heads_amounts(typed: Scalar) -> bool:
    return isinstance(typed, str) and HEADS_AMOUNTS(bare(typed).text) is not None


class MoneyPlaces:
    """The amounts of one form on a sheet of so many columns."""

    def __init__(self, placed: Placed, width: int) -> None:
        self.placed, self.labels, self.width = placed, placed.labels, width
        self.added: tuple[range, int] | None = None
        """Rows whose amounts the budget adds up, and their column; None where it adds up none."""
        self.heads: int | None = None
        """The row with the headings of columns: 上年预算数 | 本年预算数."""
        self.side: int | None = None
        """The column with the headings of rows: 上年预算数, 本年预算数."""
        self.total_rows: list[Label] = []
        """Further rows 合计 where the first one serves as the budget's label."""
        self.column: Label | None = None
        """The heading of the column in which the amounts stand, where several stand side by side."""
        self.headings = self._heading_rows()
        self.top = self._first_row()
        self._fill_in_budget()

    def slot(self, field: Field) -> Slot | None:
        """Where an amount stands; None where its label is missing, or only the amount for the whole time is there.

        Then a second label of that amount serves, if there is one.
        """
        if self.lacks_column:
            return None
        while (label := self.labels.get(field.key)) is not None:
            found = self.slot_of(label)
            if found is not None:
                return found
            del self.labels[field.key]
            second = next((one for one in self.placed.further if one.key == field.key), None)
            if second is not None:
                self.placed.further.remove(second)
                self.labels[field.key] = second
        return None

    def slot_of(self, label: Label) -> Slot | None:
        """Where the amount of a label stands; None where only the amount for the whole time is there."""
        if label.row in self.headings:
            return self._below(label)
        if self._heads_column(label):
            return self._below(label._replace(row=label.row + 1))
        column = self._column("annual_column", label)
        if column is not None and self._is_of_other_year(column, self._beside(column)):
            return None
        if column is not None:
            self.heads, self.column = column.row, column
            columns = range(column.column, self.placed.label_cells.last_column(column) + 1)
            return slot((label.row,), columns, (label.row, column.column), self.width)
        if self._column("whole_column", label) is not None:
            return None
        return slot_right_of(self.placed, label, self.width)

    @cached_property
    def lacks_column(self) -> bool:
        """The heading by which an office's own form tells the year's amounts from those beside them is not there."""
        own = self.placed.kind.learned
        if own is None or self.placed.in_blocks or not self._own_headings or not any(map(HEADS_AMOUNTS, own.printed)):
            return False
        return not any(self._is_own_heading(one) for one in self._named(AMOUNT_COLUMN))

    @cached_property
    def _own_headings(self) -> frozenset[str]:
        """What an office's own form prints above the column of the year's amounts; empty without such a column."""
        own = self.placed.kind.learned
        words = () if own is None else own.words
        return frozenset(lasting(bare(one.label).text) for one in words if one.key == AMOUNT_COLUMN)

    def _is_own_heading(self, heading: Label) -> bool:
        """One of several that differ by the year alone is that of the form's year."""
        if self._lasting(heading) not in self._own_headings:
            return False
        year = self._year_in(heading)
        if year is None or not self._differs_by_year(heading):
            return True
        years = [said for one in self._named(AMOUNT_COLUMN) if (said := self._year_in(one))]
        return year == year_meant(self.placed.kind, years, self.placed.year)

    def _differs_by_year(self, heading: Label) -> bool:
        """The 样表 prints one more such heading, which it does not read."""
        own = self.placed.kind.learned
        return own is not None and self._lasting(heading) in {lasting(one) for one in own.printed}

    def _lasting(self, heading: Label) -> str:
        return lasting(bare(text_of(self.placed.cells.line[heading.row * self.width + heading.column])).text)

    def further(self) -> tuple[tuple[Label, Slot], ...]:
        """Where the amounts of second labels stand, and those of further rows 合计 that hold another amount."""
        if self.lacks_column:
            return ()
        second = ((label, self.slot_of(label)) for label in self.placed.further)
        return (*((label, its) for label, its in second if its is not None), *self._further_totals())

    def _further_totals(self) -> Iterator[tuple[Label, Slot]]:
        for one in self.placed.kind.money:
            label = self.labels.get(one.key)
            first = None if label is None or self.placed.is_in_text(one.key) else self.slot_of(label)
            if label is None or first is None:
                continue
            if label.row in self.headings:
                columns = range(label.column, self.placed.label_cells.last_column(label) + 1)
                for total in self._totals_below(label)[1:]:
                    its = slot((total.row,), columns, (total.row, label.column), self.width)
                    if self._holds_another(its, first):
                        yield total._replace(key=one.key), its
            for total in self.total_rows:
                beside = self.slot_of(total)
                if total.key == one.key and beside is not None and self._holds_another(beside, first):
                    yield total, beside

    def _holds_another(self, its: Slot, first: Slot) -> bool:
        line = self.placed.cells.line
        return not is_blank(line[its.at]) and line[its.at] != line[first.at]

    def _first_row(self) -> int:
        """The row in which the part with the amounts begins; a heading may stand in it, or above its first amount."""
        kind = self.placed.kind
        parts = [self.labels[field.part].row for field in kind.money if field.part in self.labels]
        amounts = [self.labels[field.key].row - 1 for field in kind.money if field.key in self.labels]
        return min(parts or amounts, default=0)

    def _heading_rows(self) -> set[int]:
        """Rows in which labels of amounts head columns: two of them stand side by side without a cell between."""
        found = set()
        labels = sorted(self._labels_of_amounts(), key=lambda label: label[1:3])
        for before, label in pairwise(labels):
            if before.row == label.row and label.column == self.placed.label_cells.last_column(before) + 1:
                found.add(label.row)
        return found

    def _heads_column(self, label: Label) -> bool:
        """年度资金总额 beside 财政资金, which heads the headings one row below and is no amount itself."""
        if label.row + 1 not in self.headings:
            return False
        start, right = label.row * self.width, self.placed.label_cells.last_column(label) + 1
        line = self.placed.cells.line
        beside = line[start + right] if right < self.width else None
        below = line[start + self.width + label.column]
        return is_blank(below) and isinstance(beside, str) and _IS_NAME(beside) is not None

    def _labels_of_amounts(self) -> list[Label]:
        kind = self.placed.kind
        own = [one.key for one in kind.money if one.key in self.labels and not self.placed.is_in_text(one.key)]
        own += [key for key in self.labels if key.startswith(PART_OF)]
        return [self.labels[key] for key in own]

    def _fill_in_budget(self) -> None:
        """Without a label of its own, the budget is what the row 合计 holds in the column of the year's amounts.

        Without such a column, it is what stands behind 合计 above or below the labels of the sources.
        """
        budget = next(iter(self.placed.kind.money), None)
        if budget is None or budget.key in self.labels:
            return
        for total in self._named("row_total"):
            column = self._column("annual_column", total)
            if column is not None and not self._is_of_other_year(column, self._beside(column)):
                self.labels[budget.key] = total._replace(key=budget.key, more=column.more)
                self.total_rows = self._others(total, budget.key)
                self.added = range(column.row + 1, total.row), column.column
                return
        sources = {self.labels[one.key].column for one in self.placed.kind.sources if one.key in self.labels}
        for total in self._named("row_total"):
            if (total.column in sources or (not sources and total.more)) and self.placed.label_cells.has_amount(total):
                self.labels[budget.key] = total._replace(key=budget.key)
                self.total_rows = self._others(total, budget.key)
                return

    def _below(self, label: Label) -> Slot | None:
        """Below a heading, in the row of the year's amounts or in that of the total.

        Without one it is in the next row, or below further headings. None where only another year's row is there.
        """
        if rows := self._rows_of_years(label):
            head = self._of_year(rows)
            self.side = head.column
            columns = range(label.column, self.placed.label_cells.last_column(label) + 1)
            if self._is_of_other_year(head, rows):
                return None
            return slot((head.row,), columns, (head.row, label.column), self.width)
        if self._lost_row_of_year(label):
            return None
        totals = self._totals_below(label)
        if not totals and self._has_tier_below(label.row):
            row = label.row + 2
            return slot((row,), range(label.column, label.column + 1), (row, label.column), self.width)
        row = totals[0].row if totals else label.row + 1
        if totals and label.key == self.placed.kind.money[0].key:
            self.added = range(label.row + 1, row), label.column
        columns = range(label.column, self.placed.label_cells.last_column(label) + 1)
        return slot((row,), columns, (row, label.column), self.width)

    def _has_tier_below(self, row: int) -> bool:
        """小计 | 一般公共预算 below 财政拨款: texts below some headings, where amounts would stand."""
        heads = [one for one in self.labels.values() if one.row == row and one.row in self.headings]
        columns = [at for one in heads for at in range(one.column, self.placed.label_cells.last_column(one) + 1)]
        start = (row + 1) * self.width
        below = [self.placed.cells.line[start + at] for at in columns if at < self.width]
        texts = [typed for typed in below if isinstance(typed, str) and _IS_NAME(typed)]
        return row + 1 < self.placed.end and len(texts) >= _SEVERAL

    def _others(self, total: Label, key: str) -> list[Label]:
        """Rows 合计 below the first one, as labels of the same amount."""
        named = self._named("row_total")
        return [one._replace(key=key) for one in named if one.row > total.row and one.column == total.column]

    def _totals_below(self, label: Label) -> list[Label]:
        return [total for total in self._named("row_total") if total.row > label.row]

    def _column(self, key: str, label: Label) -> Label | None:
        """The heading above and right of a label, within the part; of several that name years, the form's year's."""
        found = [one for one in self._named(key) if one.row < label.row and one.column > label.column]
        if key == AMOUNT_COLUMN and self._own_headings:
            found = [one for one in found if self._is_own_heading(one)] or found
        return self._of_year(found) if found else None

    def _rows_of_years(self, label: Label) -> list[Label]:
        """What heads the row of the year's amounts, below a heading and left of all of its row: 本年预算; of rows that
        name years each.
        """
        if not any(one.row > label.row for one in self._named("annual_column")):
            return []
        rows, left = self._rows_below(label)
        found = [one for one in self._named("annual_column") if one.row in rows and one.column < left]
        is_told = self.placed.kind.learned is not None or len(found) == 1
        return found if is_told or any(self._year_in(one) == self.placed.year for one in found) else []

    def _rows_below(self, label: Label) -> tuple[range, int]:
        """The rows below the headings of amounts without a text below any of them, and the first of their columns."""
        heads = [label, *(one for one in self._labels_of_amounts() if one.row == label.row)]
        line, row = self.placed.cells.line, label.row + 1
        end = self.placed.end if self.placed.header_row is None else self.placed.header_row
        while row < end and not any(_is_text(line[row * self.width + one.column]) for one in heads):
            row += 1
        return range(label.row + 1, row), min(one.column for one in heads)

    def _lost_row_of_year(self, label: Label) -> bool:
        """An office's own form reads one of several rows, and none of those below is called so: nothing is read."""
        own = self.placed.kind.learned
        if own is None or not any(word.key == AMOUNT_COLUMN for word in own.words):
            return False
        rows, left = self._rows_below(label)
        line = self.placed.cells.line
        columns = ([line[row * self.width + column] for row in rows] for column in range(left))
        return any(sum(map(_heads_amounts, texts)) >= _SEVERAL for texts in columns)

    def _of_year(self, found: Sequence[Label]) -> Label:
        """Of several headings that name years, the form's year's."""
        if len(found) < _SEVERAL:
            return found[0]
        year = self._year_meant(found)
        return next((one for one in found if self._year_in(one) == year), found[0])

    def _beside(self, column: Label) -> list[Label]:
        """The headings in the row of one of them."""
        return [one for one in self.placed.amount_columns if one.key == column.key and one.row == column.row]

    def _is_of_other_year(self, column: Label, beside: Sequence[Label]) -> bool:
        """On an office's own form, 2023年 beside 2024年: nobody can tell whether it is the year's.

        Nor where it stands alone, and others of the 样表 differ from it by the year.
        """
        own, year = self.placed.kind.learned, self._year_in(column)
        if own is None or year == self._year_meant(beside):
            return False
        is_one_of_years = len({self._year_in(one) for one in beside} - {None}) >= _SEVERAL
        return is_one_of_years or (year is not None and self._differs_by_year(column))

    def _year_meant(self, columns: Sequence[Label]) -> int | None:
        """Of columns or rows that name years the form's, which its title says, or the place on the 样表."""
        self.placed.told_by |= {one[1:3] for one in columns}
        years = [year for one in columns if (year := self._year_in(one))]
        return year_meant(self.placed.kind, years, self.placed.year)

    def _year_in(self, heading: Label) -> int | None:
        text = text_of(self.placed.cells.line[heading.row * self.width + heading.column])
        return year_in(text)

    def _named(self, key: str) -> list[Label]:
        last = self.placed.header_row
        labels = self.placed.amount_columns
        return [one for one in labels if one.key == key and one.row >= self.top and (last is None or one.row < last)]

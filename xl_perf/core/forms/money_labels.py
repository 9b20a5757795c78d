"""The labels of amounts of one form by row, so that each needs not be held against all the others."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import CellLine
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.values import to_amount
from xl_perf.core.cells.year_words import OF_OTHER_YEARS

_COUNTS_NO_MONEY: Final = re.compile(
    r"(?:占比|比例|比重|率|百分比|%)(?:[(].{0,4}[)])?:?$|[(]%[)]:?$"
    r"|序号|编号|编码|代码|电话|手机|邮编|日期|时间|期限|人数|户数|个数|数量|面积|次数|得分|分值|权重"
)
_IS_OF_OTHER_YEARS: Final = re.compile(OF_OTHER_YEARS)


def is_no_money(name: str) -> bool:
    """What names a number that is no amount, or plainly not this year's: 占比, 人数, 上年预算数."""
    return counts_no_money(name) or _IS_OF_OTHER_YEARS.search(folded(name)) is not None


def counts_no_money(name: str) -> bool:
    """What names a number that is no amount of any year."""
    return _COUNTS_NO_MONEY.search(folded(name)) is not None


class MoneyLabels:
    """Takes the labels in reading order, and the cells of their sheet."""

    def __init__(self, labels: Sequence[Label], cells: CellLine) -> None:
        self._cells = cells
        self._of_row: dict[int, list[Label]] = {}
        for label in labels:
            self._of_row.setdefault(label.row, []).append(label)
        self._rows = list(self._of_row)
        self._leftmost: list[int] = []
        """For each row the first column of a label in it or in any row below."""
        for row in reversed(self._rows):
            self._leftmost.append(min([self._of_row[row][0].column, *self._leftmost[-1:]]))
        self._leftmost.reverse()
        self._last_amounts: dict[int, int] = {}

    def in_row(self, row: int) -> Sequence[Label]:
        """The labels of a row, left to right."""
        return self._of_row.get(row, ())

    def stand_below(self, row: int, column: int) -> bool:
        """One stands below the row and left of the column."""
        at = bisect_right(self._rows, row)
        return at < len(self._rows) and self._leftmost[at] < column

    def columns_below(self, row: int, column: int) -> Sequence[int]:
        """The columns of those below the row and left of the column."""
        rows = self._rows[bisect_right(self._rows, row) :]
        return [label.column for below in rows for label in self._of_row[below] if label.column < column]

    def have_amount_below(self, row: int, column: int) -> bool:
        """Below the row an amount stands in the column, right of a label."""
        if column not in self._last_amounts:
            self._last_amounts[column] = max(filter(lambda one: self._has_amount(one, column), self._rows), default=-1)
        return self._last_amounts[column] > row

    def _has_amount(self, row: int, column: int) -> bool:
        if self._of_row[row][0].column >= column:
            return False
        return to_amount(self._cells.line[row * self._cells.width + column]) is not None

"""Columns of amounts that stand side by side: 年初预算数 | 调整数 | 调整后预算数 above 合计, 财政拨款, 其他资金.

So may rows of amounts: 2024年, 2025年, 2026年 left of 资金总额 | 财政拨款 | 其他资金. Only one column, or one row, is
the budget. Which one is told by its heading where that is plain; else an officer is asked.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import NoValue
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, text_of, to_amount
from xl_perf.core.cells.year_words import OF_OTHER_YEARS
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import COLUMNS, FIELDS, MONEY, PARTS
from xl_perf.core.forms.sheet_cells import Cell, SheetCells

AMOUNT_COLUMN: Final = "annual_column"
"""The key of the heading of the column, or of the row, that holds the year's amounts."""
WHOLE_COLUMN: Final = "whole_column"
CARRIED_OVER: Final = "carried_over"
"""The key of 上年结转: a source beside others, or the heading of a column of each source's amounts."""
_BUDGETS: Final = frozenset({"budget", "whole_budget"})
_ENDING_ROWS: Final = frozenset({*FIELDS, *PARTS, *COLUMNS}) - _BUDGETS
"""Labels that no row of amounts has: they begin another part of the form."""
_FEWEST: Final = 2
_ROWS_ABOVE: Final = 2
"""How far above the first amount the headings may stand."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年)")
_SPAN: Final = r"(?:19|20)\d\d年?度?\s*(?:[-—–~～]+|至|到)"
names_year: Final = re.compile(r"(?:19|20)\d\d年|[本当上去前今明次往]年").search
HEADS_AMOUNTS: Final = re.compile(
    r"(?:19|20)\d\d年|[本当上去前今明]年|年[度初末]|调[增减整]|核[定增减]|审[减定]|申[报请]|执行|决算|安排|预算|投[资入]|批复|追加|下达"
    r"|累计|[长中]期|实施期|[数额]\Z"
).search
_OF_YEAR: Final = re.compile(r"[本当今]年|年度").search
_NO_BUDGET: Final = re.compile(
    rf"\A[合总小]计|{OF_OTHER_YEARS}|{_SPAN}|[上去前下明次后往]年|以[前后往]年|执行|决算|[一二两三四五]年|[长中]期|实施期|总投[资入]|累计"
    r"|增[减加]|审减|核减|调[增减]|调整[数额]?\Z|追加|占比|比[例重率]|%|说明|备注|依据"
).search
_IS_SUM: Final = re.compile(r"\A[合总小]计").search
_IS_CARRIED: Final = re.compile("结[转余]|滚存|存量").search
_LATER: Final = re.compile(r"调整后|核定|审定|批复|下达").search


class AmountColumns(NamedTuple):
    """The headings of the columns, left to right, and the cells of the labels of amounts left of them.

    With ``are_rows`` they are those of rows, top to bottom, and the labels stand above and right of them.
    """

    heads: tuple[Cell, ...]
    labels: tuple[Cell, ...]
    are_rows: bool = False

    def head_over(self, sheet: SheetCells, cell: Cell) -> Cell | None:
        """The heading over a cell of the amounts, or left of it; None where the cell stands elsewhere."""
        if self.are_rows:
            is_below = any(at[1] <= cell[1] <= _last(sheet, at) for at in self.labels)
            return next((one for one in self.heads if is_below and one[0] <= cell[0] <= _bottom(sheet, one)), None)
        if cell[0] not in {row for row, _ in self.labels}:
            return None
        return next((one for one in self.heads if one[1] <= cell[1] <= _last(sheet, one)), None)

    def place(self, head: Cell, label: Cell) -> Cell:
        """Where the amount of a label stands in the column, or the row, of a heading."""
        return (head[0], label[1]) if self.are_rows else (label[0], head[1])


def columns_of_amounts(sheet: SheetCells, labels: Collection[Cell], fewest: int = _FEWEST) -> AmountColumns | None:
    """The columns right of ``labels``, those of amounts; None where their amounts stand in one column.

    A heading stands over a cell in each row of an amount. Where headings are sources themselves, or none but 年度 and
    中期, the form says so already. ``fewest`` of them speak of amounts or years.
    """
    number = Counter(column for _, column in labels)
    if not number:
        return None
    column = max(number, key=lambda one: (number[one], -one))
    own = tuple(sorted(at for at in labels if at[1] == column))
    top, right = own[0][0], max(_last(sheet, at) for at in own)
    for row in range(top - 1, max(top - 1 - _ROWS_ABOVE, -1), -1):
        heads = list(_texts(sheet, row, right + 1))
        if heads:
            return AmountColumns(tuple(heads), own) if _are_columns(sheet, heads, own, fewest) else None
    return None


def rows_of_amounts(sheet: SheetCells, labels: Collection[Cell]) -> AmountColumns | None:
    """The rows below ``labels``, those of amounts; None where their amounts stand in one row.

    The labels stand side by side without a cell between them; left of each row stands its heading.
    """
    number = Counter(_bottom(sheet, at) for at in labels)
    last = max(number, key=lambda one: (number[one], -one), default=0)
    own = tuple(sorted((at for at in labels if _bottom(sheet, at) == last), key=lambda at: at[1]))
    if not any(_last(sheet, one) + 1 == other[1] for one, other in pairwise(own)):
        return None
    columns = [column for at in own for column in range(at[1], _last(sheet, at) + 1)]
    for column in range(own[0][1] - 1, -1, -1):
        heads = list(_texts_down(sheet, column, last + 1, columns))
        if heads:
            named = [bare(text_of(sheet.typed(at))).text for at in heads]
            is_source = any(label_key(one) in MONEY - _BUDGETS for one in named)
            are_rows = sum(HEADS_AMOUNTS(one) is not None for one in named) >= _FEWEST and not is_source
            return AmountColumns(tuple(heads), own, are_rows=True) if are_rows else None
    return None


def _texts_down(sheet: SheetCells, column: int, row: int, columns: Collection[int]) -> Iterator[Cell]:
    """The texts of a column from a row down, as long as each has room for as many amounts right of it as the first."""
    rooms = [one for one in columns if not sheet.is_covered((row, one))]
    while row < len(sheet.grid.rows) and isinstance(sheet.typed((row, column)), str):
        at = (row, column)
        covered = [one for one in columns if not sheet.is_covered((row, one))]
        key = label_key(text_of(sheet.typed(at)))
        if is_blank(sheet.typed(at)) or sheet.is_covered(at) or not covered or key in _ENDING_ROWS:
            return
        if len(covered) < len(rooms):  # 立项依据, with one cell merged over all of them
            return
        if not all(_is_free(sheet, (row, one)) for one in covered):
            return
        yield at
        row = _bottom(sheet, at) + 1


def _texts(sheet: SheetCells, row: int, first: int) -> Iterator[Cell]:
    """The texts of a row from a column on, those that a lost merge has left once."""
    for at in ((row, column) for column in range(first, sheet.cells.width)):
        typed = sheet.typed(at)
        is_text = isinstance(typed, str) and not is_blank(typed) and to_amount(typed) is None
        if is_text and not (sheet.is_covered(at) or sheet.is_copy(at)):
            yield at


def _are_columns(sheet: SheetCells, heads: Sequence[Cell], labels: Sequence[Cell], fewest: int) -> bool:
    named = [bare(text_of(sheet.typed(at))).text for at in heads]
    keys = [label_key(one) or "" for one in named]
    is_parted = _are_parted(named) and len(labels) >= _FEWEST
    if len(heads) < _FEWEST or (sum(HEADS_AMOUNTS(one) is not None for one in named) < fewest and not is_parted):
        return False
    if {*keys} & (MONEY - _BUDGETS - ({CARRIED_OVER} if is_parted else set())):
        return False
    if {*keys} <= {AMOUNT_COLUMN, WHOLE_COLUMN} and len({*keys}) == len(keys):
        return False
    if any(_last(sheet, one) + 1 != other[1] for one, other in pairwise(heads)):
        return False
    is_any = is_parted or not fewest
    over_amounts = [at[1] for at, one in zip(heads, named, strict=True) if HEADS_AMOUNTS(one) or is_any]
    return all(_is_free(sheet, (row, column)) for row, _ in labels for column in over_amounts)


def _are_parted(named: Collection[str]) -> bool:
    """小计 | 上年结转 | 本年预算: each amount is parted into what is carried over and what is new this year."""
    others = [one for one in named if not (_IS_SUM(one) or _IS_CARRIED(one))]
    return len(others) < len(named) and any(map(HEADS_AMOUNTS, others))


def _is_free(sheet: SheetCells, at: Cell) -> bool:
    """Blank, or with an amount or a formula."""
    typed = sheet.typed(at)
    is_free = is_blank(typed) or isinstance(typed, NoValue) or to_amount(typed) is not None
    return is_free and not sheet.is_covered(at)


def _bottom(sheet: SheetCells, at: Cell) -> int:
    """The last row of a cell with what is merged to it."""
    return sheet.merged[at][2] if at in sheet.merged else at[0]


def _last(sheet: SheetCells, at: Cell) -> int:
    """The last column of a cell with what is merged to it, or repeats it."""
    last = sheet.merged[at][3] if at in sheet.merged else at[1]
    while last + 1 < sheet.cells.width and isinstance(sheet.typed(at), str) and sheet.is_copy((at[0], last + 1)):
        last += 1
    return last


def of_the_year(named: Sequence[str], year: int | None) -> tuple[int, bool]:
    """Which of some headings is over the budget of ``year``, and whether that is plain.

    It is not where what is carried over stands beside the year's: either of them, or their sum, may be the budget.
    """
    of_year = [year_in(one) for one in named]
    left = [at for at, one in enumerate(named) if not _NO_BUDGET(one)]
    left = [at for at in left if of_year[at] in {None, year} or year is None]
    own = [at for at in left if year is not None and of_year[at] == year] or [at for at in left if _OF_YEAR(named[at])]
    has_carried_over = any(map(_IS_CARRIED, named))
    if len(own) == 1 and left == own and not has_carried_over and not (year is None and of_year[own[0]]):
        return own[0], True
    later = [at for at in own or left if _LATER(named[at])]
    return (later or own or left or [len(named) - 1])[-1], False


def year_in(text: str) -> int | None:
    """The year that a heading names; None for none."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None

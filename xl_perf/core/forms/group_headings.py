"""Headings over columns of amounts that are none themselves: 财政资金 over 一般公共预算 | 政府性基金 | 上级转移支付."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.learned import MONEY, source_of
from xl_perf.core.forms.sheet_cells import Cell, SheetCells

if TYPE_CHECKING:
    from xl_perf.core.forms.form_words import FormWords

HEADS_COLUMNS: Final = "是下面几栏金额的名称，自己不是金额，不读"
_BUDGET: Final = "budget"
_FEWEST: Final = 2
"""Columns below a heading."""


def leave_group_headings(form: "FormWords") -> None:
    """The sources that only head other amounts are printed, and not read: counted as well they would count twice."""
    amounts = {at for at, word in form.words.items() if source_of(word.key) in MONEY and not word.is_in_text}
    for at in heading_amounts(form, amounts, {at for at in amounts if form.words[at].key == _BUDGET}):
        form.other_columns.append(form.words.pop(at).label)
        form.doubts[at] = Certainty.UNKNOWN, HEADS_COLUMNS


def heading_amounts(sheet: SheetCells, amounts: Collection[Cell], wholes: Collection[Cell] = ()) -> list[Cell]:
    """Of the labels of amounts those right below which, side by side over all their columns, stand labels.

    The first of these is one of ``amounts``, and none is an amount. ``wholes`` head none.
    """
    found = []
    for at in sorted({*amounts} - {*wholes}):
        below = list(_below(sheet, at))
        is_heading = len(below) >= _FEWEST and below[0] in amounts and not _is_in_pairs(sheet, at, wholes)
        if is_heading and all(isinstance(sheet.typed(one), str) for one in below):
            found.append(at)
    return found


def _is_in_pairs(sheet: SheetCells, at: Cell, wholes: Collection[Cell]) -> bool:
    """Labels of its row have room right of them, as the total has: 资金总额 | __ | 财政拨款 | __."""
    totals = [one for one in wholes if one[0] == at[0] and one not in sheet.merged]
    return at not in sheet.merged and any(is_blank(sheet.typed((row, column + 1))) for row, column in totals)


def _below(sheet: SheetCells, at: Cell) -> Iterator[Cell]:
    """The cells side by side below a heading; none where one of them is blank below a merged one."""
    row, column = sheet.merged[at][2] + 1 if at in sheet.merged else at[0] + 1, at[1]
    last = _last(sheet, at)
    found: list[Cell] = []
    while column <= last:
        one = (row, column)
        if sheet.is_covered(one) or is_blank(sheet.typed(one)):
            break
        found.append(one)
        column = sheet.merged[one][3] + 1 if one in sheet.merged else column + 1
    is_whole = column > last or at not in sheet.merged
    yield from found if is_whole else ()


def _last(sheet: SheetCells, at: Cell) -> int:
    """The last column of a heading; without a merge the one before the next text of its row."""
    if at in sheet.merged:
        return sheet.merged[at][3]
    right = range(at[1] + 1, sheet.cells.width)
    return next((one - 1 for one in right if not is_blank(sheet.typed((at[0], one)))), sheet.cells.width - 1)

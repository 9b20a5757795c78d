"""Columns of amounts side by side on an unknown form: the budget's is named, and asked where that is not plain."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN, columns_of_amounts, of_the_year
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.learned import MONEY, Word
from xl_perf.core.forms.sheet_cells import Cell
from xl_perf.core.forms.stated import year_in_titles

if TYPE_CHECKING:
    from xl_perf.core.forms.form_words import FormWords

OTHER_COLUMN: Final = "不是本年金额的一栏，不读"
ASK_COLUMN: Final = "几栏金额，看不出哪一栏是本年的：是另一栏的，这里选“不读”，在那一栏选“本年金额（栏目）”"
_BUDGET, _TOTAL = "budget", "row_total"


def name_columns(form: "FormWords") -> None:
    """年初预算数 | 调整数 | 调整后预算数: which is the budget; the row 合计 is it where no label else is."""
    end = len(form.grid.rows) if form.header is None else form.header
    own = {*MONEY, _TOTAL}
    amounts = [at for at, word in form.words.items() if word.key in own and not word.is_in_text and at[0] < end]
    found = None if form.is_list else columns_of_amounts(form, _beside_columns(amounts))
    if found is None:
        return
    form.column_heads = found.heads
    named = [form.label_at(at) for at in found.heads]
    above = form.grid._replace(rows=form.grid.rows[: found.heads[0][0]])
    best, is_plain = of_the_year(named, year_in_titles([above]))
    for number, at in enumerate(found.heads):
        if number == best:
            form.words[at] = Word(AMOUNT_COLUMN, named[number])
            form.doubts[at] = (Certainty.SURE, "") if is_plain else (Certainty.CHECK, ASK_COLUMN)
            continue
        form.words.pop(at, None)
        form.doubts[at] = Certainty.UNKNOWN, OTHER_COLUMN
        form.other_columns.append(named[number])
    if not any(word.key == _BUDGET for word in form.words.values()):
        total = next((at for at in found.labels if form.words[at].key == _TOTAL), None)
        if total is not None:
            form.words[total] = Word(_BUDGET, form.label_at(total))


def _beside_columns(amounts: Sequence[Cell]) -> list[Cell]:
    """Labels of amounts without those that head columns: nothing is filled in right of these."""
    top = min((row for row, _ in amounts), default=0)
    first = min((column for row, column in amounts if row > top), default=None)
    return [at for at in amounts if at[0] > top or first is None or at[1] <= first]

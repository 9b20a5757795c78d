"""Columns or rows of amounts on an unknown form: the budget's is named, and asked where that is not plain."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.amount_blocks import blocks_of_amounts
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN, columns_of_amounts, of_the_year, rows_of_amounts
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.learned import MONEY, TEXT, Word
from xl_perf.core.forms.sheet_cells import Cell
from xl_perf.core.forms.stated import year_in_titles

if TYPE_CHECKING:
    from xl_perf.core.forms.form_words import FormWords

_OTHER: Final = "不是本年金额的一{line}，不读"
_ASK: Final = "几{line}金额，看不出哪一{line}是本年的：是另一{line}的，这里选“不读”，在那一{line}选“本年金额（栏目）”"
_ALL_OF_YEAR: Final = "；几块都是本年的，读不全，要先在表上添上合计的一块"
ELSEWHERE: Final = "与上面不读的一栏同名，不读"
_COLUMN, _ROW, _BLOCK = "栏", "行", "块"
_BUDGET, _TOTAL = "budget", "row_total"


def name_columns(form: "FormWords") -> None:
    """年初预算数 | 调整数 | 调整后预算数: which is the budget; the row 合计 is it where no label else is.

    So of rows: 上年预算, 本年预算 left of 合计 | 财政拨款 | 其他资金.
    """
    end = len(form.grid.rows) if form.header is None else form.header
    own = {*MONEY, _TOTAL}
    amounts = [at for at, word in form.words.items() if word.key in own and not word.is_in_text and at[0] < end]
    found = None if form.is_list else columns_of_amounts(form, _beside_columns(amounts))
    if found is None and not form.is_list:
        found = rows_of_amounts(form, amounts)
    if found is None:
        _name_blocks(form, amounts)
        _name_only_column(form, [at for at in amounts if at in form.words])
        return
    form.column_heads = found.heads
    head = _name_heads(form, found.heads, found.labels[0][0], _ROW if found.are_rows else _COLUMN)
    if not any(word.key == _BUDGET for word in form.words.values()):
        total = next((at for at in found.labels if form.words[at].key == _TOTAL), None)
        if total is not None:
            form.words[total] = Word(_BUDGET, form.label_at(total))
    form.amounts, form.head = found, head
    _name_alike(form, {*found.heads, *found.labels})


def _name_heads(form: "FormWords", heads: Sequence[Cell], top: int, line: str) -> Cell:
    """Of some headings the one of the year's amounts is named so, or asked; the others are not read."""
    named = [form.label_at(at) for at in heads]
    above = form.grid._replace(rows=form.grid.rows[: min(heads[0][0], top)])
    best, is_plain = of_the_year(named, year_in_titles([above]))
    asked = _ASK.format(line=line) + (_ALL_OF_YEAR if line == _BLOCK else "")
    for at, text in zip(heads, named, strict=True):
        if at == heads[best]:
            form.words[at] = Word(AMOUNT_COLUMN, text)
            form.doubts[at] = (Certainty.SURE, "") if is_plain else (Certainty.CHECK, asked)
            continue
        form.words.pop(at, None)
        form.doubts[at] = Certainty.UNKNOWN, _OTHER.format(line=line)
        form.other_columns.append(text)
    return heads[best]


def _name_blocks(form: "FormWords", amounts: Sequence[Cell]) -> None:
    """上年度资金 and 本年度资金 with the same labels: which is the budget; the labels of the others name nothing."""
    found = None if form.is_list else blocks_of_amounts(form.typed, amounts, form.end_of)
    if found is None:
        return
    form.column_heads = found.heads
    head = _name_heads(form, found.heads, min(row for row, _ in found.labels), _BLOCK)
    for at in [at for at in amounts if at not in found.heads and found.head_of(at) != head]:
        form.words.pop(at, None)
        form.doubts.pop(at, None)
    _name_alike(form, found.heads)


def _name_only_column(form: "FormWords", amounts: Sequence[Cell]) -> None:
    """年度预算数 over the amounts of 资金总额 and its sources is no second label of the budget: it heads a column."""
    budgets = [at for at in amounts if form.words[at].key == _BUDGET]
    for head, total in ((one, other) for one in budgets for other in budgets if one[0] < other[0]):
        place = (total[0], head[1])
        has_sources = any(at[1] == total[1] and at[0] > total[0] for at in amounts)
        is_over = total[1] < head[1] and form.beside(total) == place and is_blank(form.typed(place))
        beside = form.beside(head)
        has_room = beside is not None and is_blank(form.typed(beside)) and is_blank(form.typed((head[0], total[1])))
        if has_sources and is_over and not has_room:
            form.words[head] = Word(AMOUNT_COLUMN, form.label_at(head))


def _name_alike(form: "FormWords", own: Collection[Cell]) -> None:
    """What reads as one of these headings or labels, in another table of the form, means what that means.

    A form is read by its labels: one that meant two things would be read as the last of them.
    """
    meant = {form.label_at(at): form.words.get(at) for at in own}
    for at in [at for at in {*form.words, *form.doubts} if at not in own and form.label_at(at) in meant]:
        word = meant[form.label_at(at)]
        is_text = at in form.words and form.words[at].key.startswith(TEXT)
        if word is None and is_text:
            form.words.pop(at)
            form.doubts[at] = Certainty.UNKNOWN, ELSEWHERE
        if word is None or not (is_text or word.key in {AMOUNT_COLUMN, _BUDGET}):
            continue
        form.words[at] = word
        form.doubts.pop(at, None)


def _beside_columns(amounts: Sequence[Cell]) -> list[Cell]:
    """Labels of amounts without those that head columns: nothing is filled in right of these."""
    top = min((row for row, _ in amounts), default=0)
    first = min((column for row, column in amounts if row > top), default=None)
    return [at for at in amounts if at[0] > top or first is None or at[1] <= first]

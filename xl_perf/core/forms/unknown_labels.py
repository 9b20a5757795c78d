"""Labels of a form that nobody knows, above its table: like known ones, texts, or amounts that an officer is asked."""

import re
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.labels import bare, unit_of_label
from xl_perf.core.cells.values import is_blank, text_of, to_amount
from xl_perf.core.cells.year_words import OF_OTHER_YEARS
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.cell_room import BLANK_TEXT, DATED, SHARING
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.filled_texts import is_note, is_printed, label_behind
from xl_perf.core.forms.footers import is_signing, is_total_row
from xl_perf.core.forms.head_tables import heads_rows
from xl_perf.core.forms.in_text import IN_TEXT
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import MONEY, TEXT, Word
from xl_perf.core.forms.likeness import Likeness, is_of_text, likeness, speaks_of_money
from xl_perf.core.forms.plans_not_read import months_in
from xl_perf.core.forms.printed_room import as_printed, is_choice, is_room
from xl_perf.core.forms.sheet_cells import Cell
from xl_perf.core.forms.titles import is_title, is_title_of_list, is_year_line

if TYPE_CHECKING:
    from xl_perf.core.forms.form_words import FormWords

_LONGEST_LABEL: Final = 24
_FEWEST_AMOUNTS: Final = 2
_MONEY_PART: Final = "money_part"
_OF_AMOUNTS: Final = frozenset({_MONEY_PART, "budget_part"})
"""Keys of parts with amounts: right of their labels stand labels."""
_OTHER_YEAR: Final = re.compile(OF_OTHER_YEARS).search
_HAS_WORDS: Final = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_SENTENCE: Final = re.compile(r"[。；！？]")
UNKNOWN_AMOUNT: Final = "像是金额，不知道是哪一种"
_LABEL_AND_VALUE: Final = re.compile(r"[:：]\s*\S")
_CHOICE: Final = re.compile(r"[^:：\n□☐☑☒√]{2,16}[:：](?=.*[□☐☑☒])")
_AS_TEXT: Final = "不认识的一项，按文字收"
_IS_PART: Final = re.compile(r"[(（]?其中[:：]").match
_ATTACHED: Final = re.compile(r"附[件表录]\s*[\d一二三四五六七八九十.\-—]*").fullmatch
"""附件3 above a form names the form, and nothing on it."""
_OF_ALL_YEARS: Final = re.compile(r"(?:项目|计划)*总(?:投资|投入|预算|金额|资金)[额数]?").fullmatch
_WHOLE: Final = "whole_budget"
_PLAN: Final = "支出计划的一栏，不读"
_ABOVE_LIST: Final = "清单上面的一项，填的照样带着，不核对"


def look_at_labels(form: "FormWords") -> None:
    """From the title to the table; right of a label stands its value, where the form is filled in."""
    first = 0 if form.title is None else form.title.row + 1
    costs = form.cost_rows()
    for row in range(first, len(form.grid.rows) if form.header is None else form.header):
        if row not in costs:
            _look_at_row(form, row)


def _look_at_row(form: "FormWords", row: int) -> None:
    if _look_at_months(form, row):
        return
    expects_value, is_of_money = False, _is_beside_money(form, row)
    for at in ((row, column) for column in range(form.cells.width)):
        if not form.may_hold_label(at) or _is_title_of_list(form, at):
            continue
        if at in form.known:
            key = form.known[at]
            expects_value = not (key.startswith(IN_TEXT) or key in _OF_AMOUNTS)
        elif form.take_amount_inside(at) or (expects_value and _may_be_value(form, at)):
            expects_value = False
        elif form.is_copy(at):
            continue
        elif _is_line_of_list(form, at):
            form.doubts[at] = Certainty.UNKNOWN, _ABOVE_LIST
            expects_value = True
        elif _has_own_room(form, at):
            _take_with_room(form, at)
            expects_value = False
        elif is_like_label(form.typed(at)) and _has_place(form, at):
            is_of_money = is_of_money or _parts_amount(form, at)
            is_of_money = _take(form, at, is_of_money=is_of_money) or is_of_money
            expects_value = not _heads_labels(form, at)


def _parts_amount(form: "FormWords", at: Cell) -> bool:
    """其中：本级支出 right of 预算数 and its amount: so do the labels right of it, such as 补助下级."""
    amounts = {column for (row, column), key in form.known.items() if row == at[0] and key in MONEY}
    return _IS_PART(str(form.typed(at)).strip()) is not None and min(amounts, default=at[1]) < at[1]


def _is_title_of_list(form: "FormWords", at: Cell) -> bool:
    """It stands above all labels of a list, alone in its row."""
    typed = form.typed(at)
    if not (form.is_list and isinstance(typed, str) and is_title_of_list(typed)):
        return False
    filled = [one for one in form.row(at[0]) if not is_blank(one)]
    return len(filled) == 1 and all(row > at[0] for row, _ in form.known)


def _look_at_months(form: "FormWords", row: int) -> bool:
    """1月 | 2月 | … behind the label of a plan: none of them is read, nor asked whether it is an amount."""
    months = months_in(form.row(row))
    if not months or any((row, column) in form.known for column in months):
        return False
    own = [column for column in range(min(months)) if is_like_label(form.typed((row, column)))]
    for column in (*own, *months):
        if (row, column) not in form.known:
            form.doubts[row, column] = Certainty.UNKNOWN, _PLAN
    return True


def _is_line_of_list(form: "FormWords", at: Cell) -> bool:
    """编制单位： above a list, whose columns alone are read, and what is known of its lines."""
    typed = form.typed(at)
    is_line = form.is_list and isinstance(typed, str) and typed.rstrip().endswith(("：", ":"))
    return is_line and is_like_label(typed)


def _may_be_value(form: "FormWords", at: Cell) -> bool:
    """Of a filled form: what stands right of a label, but for the headings of columns of amounts."""
    return form.is_filled and at not in form.over_amounts


def _is_beside_money(form: "FormWords", row: int) -> bool:
    """The row stands under the label of a part with amounts."""
    for (top, left), key in form.known.items():
        if key not in _OF_AMOUNTS or row < top:
            continue
        bottom = form.merged[top, left][2] if (top, left) in form.merged else top
        while bottom + 1 < len(form.grid.rows) and is_blank(form.typed((bottom + 1, left))):
            bottom += 1
        if row <= bottom:
            return True
    return False


def is_like_label(typed: Scalar) -> bool:
    """A short text with words in it: no sentence, no title, no total, no line for signatures."""
    if not isinstance(typed, str) or to_amount(typed) is not None or _SENTENCE.search(typed):
        return False
    seen = bare(typed).text
    if _HAS_WORDS.search(seen) is None or is_printed(typed) or is_room(typed):
        return False
    if _ATTACHED(seen) is not None or not 1 < len(seen) <= _LONGEST_LABEL or is_title(typed) or is_year_line(typed):
        return False
    return not (_LABEL_AND_VALUE.search(label_behind(typed).strip()) or is_branch(typed) or is_total_row(typed))


def _has_place(form: "FormWords", at: Cell) -> bool:
    """There is room beside it for what is filled in, or it heads amounts."""
    beside = form.beside(at)
    if at in form.over_amounts:
        return True
    if beside is None:
        return _is_last_heading(form, at)
    value = form.typed(beside)
    if not isinstance(value, str | None):
        seen = bare(text_of(form.typed(at))).text
        return form.is_filled and (speaks_of_money(seen) or _is_beside_money(form, at[0]))
    return not form.is_filled or label_key(text_of(value)) is None or is_year_line(text_of(value))


def _is_last_heading(form: "FormWords", at: Cell) -> bool:
    """In the last column, directly right of another label, with nothing but numbers below: a heading of amounts."""
    row, column = at
    below = form.typed((form.merged[at][2] + 1 if at in form.merged else row + 1, column))
    is_free = is_blank(below) or to_amount(below) is not None
    return column > 0 and is_free and ((row, column - 1) in form.words or (row, column - 1) in form.doubts)


def like_known(form: "FormWords", label: str, *, is_heading: bool) -> Likeness | None:
    """What a label is like among the known ones that are free; one of another year is like none."""
    is_of_other_year = _OTHER_YEAR(label) is not None
    return None if is_of_other_year else likeness(label, form.taken, is_heading=is_heading, is_list=form.is_list)


def _take(form: "FormWords", at: Cell, *, is_of_money: bool) -> bool:
    """What a label that is not known may be; True for the label of a part with amounts."""
    label = form.label_at(at)
    if _OF_ALL_YEARS(label) is not None and _heads_half(form, at):
        form.guess(at, _WHOLE, "像整个项目的总额，右边的一半是本年的")
        return True
    alike = like_known(form, label, is_heading=False)
    if alike is not None and alike.is_clear:
        form.guess(at, alike.key, alike.said)
        return alike.key in _OF_AMOUNTS
    said = alike.said if alike else ""
    is_part = _heads_labels(form, at)
    is_among = _is_among_amounts(form, at)
    is_money = speaks_of_money(label) or unit_of_label(str(form.typed(at)))
    if is_part and not is_among and is_money and _MONEY_PART not in form.taken:
        form.guess(at, _MONEY_PART, "右边是几项金额，应是资金这一部分的名称")
        return True
    is_amount = speaks_of_money(label) or ((is_of_money or is_among) and not is_of_text(label))
    if not said and is_amount and _OTHER_YEAR(label) is None and (is_among or not is_part):
        said = UNKNOWN_AMOUNT
        if is_among and _is_heading(form, at):
            form.doubts[at] = Certainty.CHECK, said
            return False
    if is_part and not said:
        form.doubts[at] = Certainty.UNKNOWN, "右边是别的栏目，不读"
        return False
    _take_as_text(form, at, said)
    return False


def _heads_half(form: "FormWords", at: Cell) -> bool:
    """It stands over the sources of its own half: right of it they stand again, 总投资 | __ | 本年资金 | __."""
    below = (at[0] + 1, at[1])
    text = text_of(form.typed(below)).strip() if below[0] < len(form.grid.rows) else ""
    again = [text_of(one).strip() for one in form.row(below[0])[at[1] + 1 :]] if text else []
    return bool(text) and text in again and form.known.get(below) in MONEY


def _is_heading(form: "FormWords", at: Cell) -> bool:
    """No cell is free right of it: its amount stands below."""
    beside = form.beside(at)
    return beside is None or form.is_covered(beside) or not is_blank(form.typed(beside))


def _has_own_room(form: "FormWords", at: Cell) -> bool:
    """A label that nobody knows, with room for its text in the same cell: 项目特点：____, 类型：□ 一次性 □ 经常性."""
    typed = form.typed(at)
    if isinstance(typed, str) and (choice := _CHOICE.match(typed)) is not None:
        return is_choice(as_printed(typed[choice.end() :])) and not is_note(typed)
    found = BLANK_TEXT.fullmatch(typed) if isinstance(typed, str) and not is_year_line(typed) else None
    is_of_signing = is_signing(str(typed)) and DATED(str(typed)) is not None
    if found is None or is_of_signing or is_note(str(typed)) or _HAS_WORDS.search(bare(str(typed)).text) is None:
        return False
    return len(found["room"]) > 1 or form.has_none_beside(at)


def _take_with_room(form: "FormWords", at: Cell) -> None:
    """It is a text, or to be looked at where it speaks of money or is like a known label."""
    form.with_value.add(at)
    label = form.label_at(at)
    alike = likeness(label, form.taken, is_heading=False, is_list=form.is_list)
    said = f"像“{alike.wording}”" if alike is not None and alike.key in MONEY | SHARING else ""
    _take_as_text(form, at, said or (UNKNOWN_AMOUNT if speaks_of_money(label) else ""), is_inside=True)


def _take_as_text(form: "FormWords", at: Cell, said: str, *, is_inside: bool = False) -> None:
    """``said`` asks an officer to look at it."""
    label = form.label_at(at)
    form.words[at] = Word(f"{TEXT}{label}", label, is_inside)
    form.doubts[at] = (Certainty.CHECK if said else Certainty.UNKNOWN), said or _AS_TEXT


def _heads_labels(form: "FormWords", at: Cell) -> bool:
    """Another text stands right of it, in a form that nobody filled in: it is the label of a part."""
    beside = form.beside(at)
    is_label = not form.is_filled or beside in form.in_head_tables | form.over_amounts or heads_rows(form, at)
    typed = None if beside is None else form.typed(beside)
    return is_label and not is_blank(typed) and not (isinstance(typed, str) and is_room(typed))


def _is_among_amounts(form: "FormWords", at: Cell) -> bool:
    """It heads a column, in a row with the labels of other amounts: a label stands beside it, none below."""
    area = form.merged.get(at, (*at, *at))
    known = [one for one in (*form.labels, *form.guessed) if one.row == at[0] and one.key in MONEY]
    below = form.typed((area[2] + 1, at[1]))
    fewest = 1 if at in form.over_amounts else _FEWEST_AMOUNTS
    return len(known) >= fewest and (is_blank(below) or to_amount(below) is not None)

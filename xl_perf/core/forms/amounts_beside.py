"""Amounts of a form that nobody reads: 调整后预算数 150 in the row of 预算数 120.5, 300 whose label was deleted.

They are looked for in the rows of the amounts, in rows that somebody put below these, and below the indicators.
Numbers that are no amounts (占比 0.5, 序号 3, 人数 78) and copies that a lost merge has left are none. One that stands
where the form's amounts stand, and has no label that is known, is an amount whose source nobody knows.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.characters import folded, numeric
from xl_perf.core.cells.entries import amount_entry, named_unit
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.grid import Area, CellLine, Scalar, is_blank_row
from xl_perf.core.cells.labels import LONGEST_LABEL, bare
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import EXACT, is_blank, is_placeholder, text_of, to_amount
from xl_perf.core.cells.year_words import OF_OTHER_YEARS
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN, WHOLE_COLUMN
from xl_perf.core.forms.chosen_otherwise import without_chosen, without_source
from xl_perf.core.forms.finding import SheetForms
from xl_perf.core.forms.frame import Frame, Slot
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import TEXT, lasting
from xl_perf.core.forms.money_labels import is_no_money
from xl_perf.core.forms.printed_columns import printed_columns, stand_in
from xl_perf.core.forms.units import STATEMENTS
from xl_perf.core.forms.year_heads import is_of_further_year
from xl_perf.core.model.project import Indicator

Named = tuple[str, Entry[Decimal]]
"""The nearest text left of an amount (empty for none), and the amount."""
_LONGEST_NAME: Final = 20
"""Characters of a text that names the number behind it, in a row that is not one of the amounts."""
_NUMERALS: Final = "零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟"
_HAS_DIGIT: Final = re.compile(rf"\d|[{_NUMERALS}][{_NUMERALS}万亿元]").search
_MAY_BE_AMOUNT: Final = re.compile(
    r"(?:人民币|¥)?(?:大?约|大概|近|超过?|不[超少低高][过于]?|至[少多])?"
    rf"(?:[\d,.]+(?:[-~至到][\d,.]+)?|[{_NUMERALS}]{{2,}}|[{_NUMERALS}]+(?=[万亿]|元))"
    r"[余多几]?[百千]?[万亿]?元?(?:左右|上下|以[上下内]|整)?"
).fullmatch
"""What somebody may have typed for an amount, and no number can be read from: 约30, 30左右, 三十."""
_IS_MONTH: Final = re.compile(r"(?:1[0-2]|[1-9])月(?:底|末|份)?(?:[(]%[)])?|第?[一二三四1-4]季度(?:[(]%[)])?").fullmatch
_IS_BUDGET: Final = re.compile(r"预算|追加|调[增减整]|核[定增减]|批复|审[定减]|下达").search
"""What an amount below the indicators must be called: anything may stand there."""
IS_CHECK: Final = re.compile(r"比.+之和").search
"""What our own forms say beside amounts that do not add up."""
_SPEAKS_OF_MONEY: Final = r"预算|资金|金额|投资|经费|拨款|合计|总额|费用|安排"
"""What an amount must be called that may be the budget."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MOST_SERIAL: Final = 999


class Unread(NamedTuple):
    """The amounts of a form that were not read, in reading order: those beside its own, and those without a label."""

    beside: tuple[Named, ...] = ()
    unlabelled: tuple[Named, ...] = ()


_NONE: Final = Unread()


def amounts_unread(
    frame: Frame,
    cells: CellLine,
    sheet: str,
    found: SheetForms,
    values: Sequence[Entry[Any]],
    others: Iterable[Entry[Any]],
    indicators: Sequence[Indicator],
) -> Unread:
    """What was not read of a form's amounts.

    ``values`` are what was read of its fields, ``others`` further cells that were read; ``found`` is all of the sheet.
    """
    kind, width = frame.kind, cells.width
    if {kind.money[0].key, AMOUNT_COLUMN} & {*frame.missing}:
        return Unread(unlabelled=_Look(frame, cells, sheet, found, [*values, *others]).in_place_of_budget())
    rows = frame.money_rows
    end = frame.area[2] + 1
    below = max(entry.row for entry in indicators[-1]) + 1 if indicators else end
    amounts = [values[at].typed for _, at in kind.amount_places]
    # What an office's own form calls a text may be an amount that nobody understood; what it calls a part is one where
    # no source holds it.
    unsure = without_source(frame.kind, values)
    read = {values[at].typed for at in kind.text_places if not kind.fields[at].key.startswith(TEXT)}
    is_crowded = _are_more(cells.line[rows.start * width + frame.area[1] : (rows.stop + 1) * width], amounts, read)
    is_longer = below < end and not is_blank_row(cells.line[below * width : end * width])
    top = end if frame.table is None else frame.table[0]
    is_named_below = _name_budget(cells.line[(rows.stop + 1) * width : top * width])
    if not (is_crowded or is_longer or is_named_below):
        return _NONE
    fields = list(zip(kind.fields, values, strict=True))
    known = [one for field, one in fields if not (field.key.startswith(TEXT) or field.key in unsure)]
    look = _Look(frame, cells, sheet, found, [*known, *others])
    beside = [*(look.in_rows() if is_crowded or is_named_below else ()), *look.called_budget(range(below, end))]
    unlabelled = tuple(one for one in beside if look.is_unlabelled(*one))
    is_part = {(one.row, one.column) for field, one in fields if field.key in unsure}
    beside = [one for one in beside if one not in unlabelled]
    return Unread(*without_chosen(kind, values, beside, unlabelled, is_part))


def _are_more(shown: Sequence[Scalar], amounts: Iterable[Scalar], read: Collection[Scalar]) -> bool:
    """A quick look: more numbers are shown than these amounts, or a short text that nobody has read has digits."""
    filled = list(filter(None, shown))
    numbers = len(filled) - list(map(type, filled)).count(str) + shown.count(0)
    if numbers > sum([typed is not None and typed.__class__ is not str for typed in amounts]):
        return True
    texts = [typed[:LONGEST_LABEL] for typed in filled if isinstance(typed, str) and typed not in read]
    return any(_HAS_DIGIT(text) and not (label_key(text) or IS_CHECK(text)) for text in texts)


def _name_budget(shown: Sequence[Scalar]) -> bool:
    """A quick look: one of these is a short text that speaks of a budget."""
    texts = [typed for typed in shown if typed and isinstance(typed, str) and len(typed) <= _LONGEST_NAME]
    return _IS_BUDGET(folded("".join(texts))) is not None


class _Look:
    """Looks closely at the cells of one form."""

    def __init__(
        self,
        frame: Frame,
        cells: CellLine,
        sheet: str,
        found: SheetForms,
        read: Sequence[Entry[Any]],
    ) -> None:
        self.frame, self.kind, self.cells, self.sheet = frame, frame.kind, cells, sheet
        self.slots = [slot for _, at in self.kind.amount_places if (slot := frame.slots[at]) is not None]
        self.taken = {(one.row, one.column) for one in read if one.status not in {Status.ABSENT, Status.BLANK}}
        fields = zip(self.kind.fields, read, strict=False)
        flawed = {(one.row, one.column) for field, one in fields if field.money and one.status is Status.UNREADABLE}
        self.said = flawed | {(label.row, label.column) for label in frame.repeated} | frame.set_aside
        self.printed = {one.key for one in self.kind.known if one.is_printed}
        self.areas = found.areas
        budget = self.kind.money[0].key
        self.budget = read[self.kind.place[budget]].value
        self.lacks_budget = bool({budget, AMOUNT_COLUMN} & {*frame.missing})
        self.amounts = [read[at] for _, at in self.kind.amount_places]
        self.printed_columns = printed_columns(self.kind, read[self.kind.place[budget]], cells)
        self.heading = self._heading_read(frame.slots[self.kind.place[budget]])
        self.factor = frame.units[budget].factor if budget in frame.units else UNITS[self.kind.unit]

    def in_rows(self) -> Iterator[Named]:
        """Those in the rows of the amounts, and in the rows below: with a short text, or in the column of amounts."""
        rows, (_, left, bottom, right) = self.frame.money_rows, self.frame.area
        last = max(slot.blank[0] for slot in self.slots)
        beside = (one[1] for one in self.areas if _is_right_of(one, right, rows.start, last))
        stop = min(beside, default=self.cells.width)
        for row in range(rows.start, last + 1):
            yield from self._in_row(row, range(left, stop))
        end = bottom if self.frame.table is None else min(bottom, self.frame.table[0] - 1)
        for row in range(last + 1, end + 1):
            found = list(self._in_row(row, range(left, right + 1)))
            added = [one for one in found if self._is_added(*one) or (row in rows and self._is_in_column(*one))]
            # Among the amounts of an office's own form a row that is called otherwise ends nothing.
            if not added and not (row in rows and (self._is_blank(row) or self.kind.learned is not None)):
                yield from self.called_budget(range(row, end + 1))
                return
            yield from added

    def in_place_of_budget(self) -> tuple[Named, ...]:
        """Amounts above goals and indicators that may be the budget, for its label is missing."""
        top, left, bottom, right = self.frame.area
        rows = range(top, bottom + 1) if self.frame.table is None else range(top, self.frame.table[0])
        found = [one for row in rows for one in self._in_row(row, range(left, right + 1))]
        return tuple(
            (name, amount)
            for name, amount in found
            if (amount.status is Status.UNREADABLE or to_amount(amount.typed) is not None)
            and (amount.row in self.frame.money_rows or re.search(_SPEAKS_OF_MONEY, folded(name)) is not None)
        )

    def is_unlabelled(self, name: str, amount: Entry[Decimal]) -> bool:
        """It stands where the form's amounts stand, and nobody knows from which source it comes.

        Behind a text it is a part of another amount where the sources add up to the budget without it.
        """
        if amount.row not in self.frame.money_rows or not self._is_in_column(name, amount):
            return False
        if amount.value is not None and not amount.value:
            return False
        return not name or self._add_up_to() != self.budget

    def _add_up_to(self) -> Decimal:
        _, *sources = self.amounts
        return reduce(EXACT.add, [one.value for one in sources if one.value is not None], Decimal(0))

    def _is_in_column(self, name: str, amount: Entry[Decimal]) -> bool:
        """A number in a row that has no label of an amount, where the other rows have their amounts."""
        if _key(name) in self.kind.labels:
            return False
        if amount.status is not Status.UNREADABLE and to_amount(amount.typed) is None:
            return False
        if any(amount.row in slot.rows for slot in self.slots):
            return False
        return amount.column in {one.column for one in self.amounts if one.status is not Status.ABSENT}

    def _is_blank(self, row: int) -> bool:
        return is_blank_row(self.cells.line[row * self.cells.width : (row + 1) * self.cells.width])

    def called_budget(self, rows: range) -> Iterator[Named]:
        """Those behind a short text that speaks of a budget; sentences are notes, and the budget itself is none."""
        _, left, _, right = self.frame.area
        width = self.cells.width
        is_headed = self.printed or self.frame.added is not None
        if not (is_headed or _name_budget(self.cells.line[rows.start * width : rows.stop * width])):
            return
        for row in rows:
            for name, amount in self._in_row(row, range(left, right + 1)):
                is_named = len(name) <= _LONGEST_NAME and _IS_BUDGET(folded(name)) is not None
                if is_named and to_amount(amount.typed) is not None and amount.value != self.budget:
                    yield name, amount

    def _in_row(self, row: int, columns: range) -> Iterator[Named]:
        """Every amount in a row that was not read, with the nearest text left of it."""
        if row in self.frame.details:
            return
        name, is_said = "", False
        copied: Scalar = None
        for column in columns:
            typed = self.cells.line[row * self.cells.width + column] if column < self.cells.width else None
            place = row, column
            if is_blank(typed) or is_placeholder(typed):
                copied = None
                continue
            is_taken = place in self.taken
            is_other = is_taken or typed == copied or self._is_of_plan(*place)
            amount = None if is_other else self._amount(typed, *place)
            copied = typed if is_taken or amount is not None or typed == copied else None
            head = self._heading(row, column)
            called = head or name
            is_printed = self._is_in_row_not_read(row) or self._is_not_read(head) or self._is_set_aside(row, column)
            is_further = is_of_further_year(self.kind, head, self.heading)
            is_printed = is_printed or (stand_in(self.printed_columns, row, column) and not is_further)
            if amount is not None and not (is_said or is_printed or self._is_harmless(called, amount)):
                own = called if any(row in slot.rows for slot in self.slots) else name or head
                yield own or self._text_above(row, column), amount
            if isinstance(typed, str) and _is_name(typed):
                name, is_said = text_of(typed), place in self.said

    def _heading(self, row: int, column: int) -> str:
        """What heads the column, in the rows that the form adds up or below headings of columns; empty elsewhere."""
        added, heads = self.frame.added, self.frame.money_heads
        if added is not None and row in range(added[0].start, added[0].stop + 1):
            heads = added[0].start - 1
        if heads is None or row <= heads or row not in range(heads, self.frame.money_rows.stop):
            return self._points_above(row, column)
        return text_of(self.cells.line[heads * self.cells.width + column]) if column < self.cells.width else ""

    def _is_not_read(self, head: str) -> bool:
        """An office's own form has such a column beside that of the budget, and does not read it: 增减额, 2023年."""
        own = self.kind.learned
        if own is None or not head or (self.frame.money_heads is None and self.frame.money_side is None):
            return False
        if is_of_further_year(self.kind, head, self.heading):
            return False
        seen = bare(head).text
        called = {word.key for word in own.words if lasting(word.label) == lasting(seen)}
        is_of_other = WHOLE_COLUMN in called or (AMOUNT_COLUMN in called and lasting(seen) != seen)
        return is_of_other or lasting(seen) in {lasting(one) for one in own.printed}

    def _heading_read(self, budget: Slot | None) -> str:
        """What heads the column or the row in which the budget stands; empty for none."""
        heads, side = self.frame.money_heads, self.frame.money_side
        if budget is None or (heads is None and side is None):
            return ""
        row, column = divmod(budget.at, self.cells.width)
        at = (row, side) if side is not None else (heads or 0, column)
        return text_of(self.cells.line[at[0] * self.cells.width + at[1]])

    def _is_in_row_not_read(self, row: int) -> bool:
        """An office's own form has such a row beside that of the budget, and does not read it: 上年预算数, 2023年."""
        side = self.frame.money_side
        if side is None or row not in self.frame.money_rows:
            return False
        return self._is_not_read(text_of(self.cells.line[row * self.cells.width + side]))

    def _is_set_aside(self, row: int, column: int) -> bool:
        """Below a heading of amounts that are not the year's."""
        rows = range(row - 1, self.frame.money_rows.start - 1, -1)
        texts = (at for at in rows if isinstance(self.cells.line[at * self.cells.width + column], str))
        return (next(texts, -1), column) in self.frame.set_aside

    def _is_of_plan(self, row: int, column: int) -> bool:
        """Below a month of a plan that an office's own form does not read."""
        return self.kind.learned is not None and _IS_MONTH(folded(self._text_above(row, column)).strip()) is not None

    def _points_above(self, row: int, column: int) -> str:
        """执行率分值（10） above a number that says it again; empty where something else stands there."""
        for above in range(row - 1, self.frame.money_rows.start - 1, -1):
            typed = self.cells.line[above * self.cells.width + column] if column < self.cells.width else None
            if not is_blank(typed):
                return text_of(typed) if _key(text_of(typed)) in self.printed else ""
        return ""

    def _text_above(self, row: int, column: int) -> str:
        """The nearest text above in a column, among the amounts: 开始时间 above 2021."""
        for above in range(row - 1, self.frame.money_rows.start - 1, -1):
            typed = self.cells.line[above * self.cells.width + column] if column < self.cells.width else None
            if isinstance(typed, str) and not is_blank(typed) and _is_name(typed):
                return typed
        return ""

    def _amount(self, typed: Scalar, row: int, column: int) -> Entry[Decimal] | None:
        """What an amount reads, be it nothing; None for labels and all that is no amount."""
        if isinstance(typed, str):
            if _HAS_DIGIT(typed) is None or _key(typed) or IS_CHECK(typed):
                return None
        elif typed.__class__ is not float and typed.__class__ is not int:
            return None
        amount = amount_entry(typed, self.sheet, row, column, self.factor)
        return amount if amount.value is not None or is_meant_for_amount(typed) else None

    def _is_harmless(self, name: str, amount: Entry[Decimal]) -> bool:
        """It is called something else than money, says the budget again or checks it, or counts rows or years."""
        typed, value = amount.typed, amount.value
        says_money = isinstance(typed, str) and named_unit(typed)
        if name and (re.search(OF_OTHER_YEARS, folded(name)) if says_money else is_no_money(name)):
            return True
        if value is None:  # without a label it is meant for an amount only where these stand
            return not self._is_in_column(name, amount)
        is_outside = amount.column > self.frame.area[3]
        if value == self.budget and (is_outside or (isinstance(typed, str) and named_unit(typed))):
            return True
        is_in_column = self._is_in_column(name, amount)
        if not is_in_column and is_no_money(self._text_above(amount.row, amount.column)):
            return True
        if not value and (is_outside or is_in_column):
            return True
        if isinstance(typed, str) or typed != int(value) or is_in_column or self.lacks_budget:
            return False
        if "年" in name and _FIRST_YEAR <= value <= _LAST_YEAR:
            return True
        firsts = [slot.columns.start - 1 for slot in self.slots if slot.columns and amount.row in slot.rows]
        is_before = not name or amount.column < min(firsts, default=0)
        return is_before and 0 < value <= _MOST_SERIAL

    def _is_added(self, name: str, amount: Entry[Decimal]) -> bool:
        """It stands behind a short text that is no label of the form."""
        is_label = _key(name) in {*self.kind.labels, "goal"} or _key(name).startswith("month:")
        is_label = is_label and not is_of_further_year(self.kind, name, self.heading)
        return 0 < len(name) <= _LONGEST_NAME and not is_label and to_amount(amount.typed) is not None


def is_meant_for_amount(typed: Scalar) -> bool:
    """A number, or a text that is one to people: 30万元, 约30, 三十."""
    if isinstance(typed, str):
        return len(typed) <= LONGEST_LABEL and (
            to_amount(typed) is not None or _MAY_BE_AMOUNT(numeric(typed)) is not None
        )
    return to_amount(typed) is not None


def _key(text: str) -> str:
    return label_key(text) or ""


def _is_name(text: str) -> bool:
    """It may name the number behind it: neither an amount nor a unit."""
    return to_amount(text) is None and text.strip() not in UNITS and _key(text) not in STATEMENTS


def _is_right_of(area: Area, right: int, first: int, last: int) -> bool:
    """Another form or table stands beside a form in one of the rows."""
    top, left, bottom, _ = area
    return left > right and top <= last and first <= bottom

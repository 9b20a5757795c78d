"""Amounts beside those of a form that nobody reads: 调整后预算数 150 in the row of 预算数 120.5.

They are looked for in the rows of the amounts, in rows that somebody put below these, and below the indicators.
Numbers that are no amounts (占比 0.5, 序号 3, 人数 78) and copies that a lost merge has left are none.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entries import amount_entry, named_unit
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.grid import Area, CellLine, Scalar, is_blank_row
from xl_perf.core.cells.labels import LONGEST_LABEL
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import is_blank, is_placeholder, text_of, to_amount
from xl_perf.core.forms.finding import SheetForms
from xl_perf.core.forms.frame import Frame
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.units import STATEMENTS
from xl_perf.core.model.project import Indicator

Named = tuple[str, Entry[Decimal]]
"""The nearest text left of an amount (empty for none), and the amount."""
_LONGEST_NAME: Final = 20
"""Characters of a text that names the number behind it, in a row that is not one of the amounts."""
_HAS_DIGIT: Final = re.compile(r"\d").search
_IS_NO_MONEY: Final = re.compile(
    r"(?:占比|比例|比重|率|百分比|%)(?:[(].{0,4}[)])?:?$|[(]%[)]:?$"
    r"|序号|编号|编码|代码|电话|手机|邮编|日期|时间|期限|人数|户数|个数|数量|面积|次数|得分|分值|权重"
    r"|(?:上年|去年|上一年|往年)(?!.*结[转余])"
).search
"""Names of numbers that are no amounts, or plainly last year's; what is carried over is this year's money."""
_IS_BUDGET: Final = re.compile(r"预算|追加|调[增减整]|核[定增减]|批复|审[定减]|下达").search
"""What an amount below the indicators must be called: anything may stand there."""
_IS_CHECK: Final = re.compile(r"比.+之和").search
"""What our own forms say beside amounts that do not add up."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MOST_SERIAL: Final = 999


def amounts_beside(
    frame: Frame,
    cells: CellLine,
    sheet: str,
    found: SheetForms,
    values: Sequence[Entry[Any]],
    others: Iterable[Entry[Any]],
    indicators: Sequence[Indicator],
) -> tuple[Named, ...]:
    """The amounts beside those of a form, in reading order.

    ``values`` are what was read of its fields, ``others`` further cells that were read; ``found`` is all of the sheet.
    """
    kind, width = frame.kind, cells.width
    rows = [slot.blank[0] for _, at in kind.amount_places if (slot := frame.slots[at]) is not None]
    if not rows:
        return ()
    first, last = min(rows), max(rows)
    below, end = indicators[-1].level3.row + 1 if indicators else frame.area[2] + 1, frame.area[2] + 1
    amounts = [values[at].typed for _, at in kind.amount_places]
    read = {values[at].typed for at in kind.text_places}
    is_crowded = _are_more(cells.line[first * width + frame.area[1] : (last + 2) * width], amounts, read)
    is_longer = below < end and not is_blank_row(cells.line[below * width : end * width])
    if not (is_crowded or is_longer):
        return ()
    look = _Look(frame, cells, sheet, found, [*values, *others])
    return *(look.in_rows(first, last) if is_crowded else ()), *look.below_indicators(range(below, end))


def _are_more(shown: Sequence[Scalar], amounts: Iterable[Scalar], read: Collection[Scalar]) -> bool:
    """A quick look: more numbers are shown than these amounts, or a short text that was not read has digits."""
    filled = list(filter(None, shown))
    numbers = len(filled) - list(map(type, filled)).count(str) + shown.count(0)
    if numbers > sum([typed is not None and typed.__class__ is not str for typed in amounts]):
        return True
    texts = [typed[:LONGEST_LABEL] for typed in filled if isinstance(typed, str) and typed not in read]
    return _HAS_DIGIT("\n".join(texts)) is not None


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
        self.areas = [*(one.area for one in found.frames), *(one.area for one in found.tables)]
        budget = self.kind.money[0].key
        self.budget = read[self.kind.place[budget]].value
        self.factor = frame.units[budget].factor if budget in frame.units else UNITS[self.kind.unit]

    def in_rows(self, first: int, last: int) -> Iterator[Named]:
        """Those in the rows of the amounts, and in rows with a short text and a number directly below."""
        _, left, bottom, right = self.frame.area
        stop = min((area[1] for area in self.areas if _is_right_of(area, right, first, last)), default=self.cells.width)
        for row in range(first, last + 1):
            yield from self._in_row(row, range(left, stop))
        end = bottom if self.frame.table is None else min(bottom, self.frame.table[0] - 1)
        for row in range(last + 1, end + 1):
            added = [one for one in self._in_row(row, range(left, right + 1)) if self._is_added(*one)]
            if not added:
                return
            yield from added

    def below_indicators(self, rows: range) -> Iterator[Named]:
        """Those behind a short text that speaks of a budget; sentences are notes, and the budget itself is none."""
        _, left, _, right = self.frame.area
        for row in rows:
            for name, amount in self._in_row(row, range(left, right + 1)):
                is_named = len(name) <= _LONGEST_NAME and _IS_BUDGET(folded(name)) is not None
                if is_named and to_amount(amount.typed) is not None and amount.value != self.budget:
                    yield name, amount

    def _in_row(self, row: int, columns: range) -> Iterator[Named]:
        """Every amount in a row that was not read, with the nearest text left of it."""
        name, is_said = "", False
        copied: Scalar = None
        for column in columns:
            typed = self.cells.line[row * self.cells.width + column] if column < self.cells.width else None
            place = row, column
            if is_blank(typed) or is_placeholder(typed):
                copied = None
                continue
            is_taken = place in self.taken
            amount = None if is_taken or typed == copied else self._amount(typed, *place)
            copied = typed if is_taken or amount is not None or typed == copied else None
            if amount is not None and not (is_said or self._is_harmless(name, amount)):
                yield name, amount
            if isinstance(typed, str) and _is_name(typed):
                name, is_said = text_of(typed), place in self.said

    def _amount(self, typed: Scalar, row: int, column: int) -> Entry[Decimal] | None:
        """What an amount reads; None for labels and all that is no amount."""
        if isinstance(typed, str):
            if _HAS_DIGIT(typed) is None or _key(typed) or _IS_CHECK(typed):
                return None
        elif typed.__class__ is not float and typed.__class__ is not int:
            return None
        amount = amount_entry(typed, self.sheet, row, column, self.factor)
        return amount if amount.value is not None else None

    def _is_harmless(self, name: str, amount: Entry[Decimal]) -> bool:
        """It is called something else than money, says the budget again or checks it, or counts rows or years."""
        typed, value = amount.typed, amount.value
        if value is None or (name and _IS_NO_MONEY(folded(name))):
            return True
        is_outside = amount.column > self.frame.area[3]
        if value == self.budget and (is_outside or (isinstance(typed, str) and named_unit(typed))):
            return True
        if is_outside and not value:
            return True
        if isinstance(typed, str) or typed != int(value):
            return False
        if "年" in name and _FIRST_YEAR <= value <= _LAST_YEAR:
            return True
        firsts = [slot.columns.start - 1 for slot in self.slots if slot.columns and amount.row in slot.rows]
        is_before = not name or amount.column < min(firsts, default=0)
        return is_before and 0 < value <= _MOST_SERIAL

    def _is_added(self, name: str, amount: Entry[Decimal]) -> bool:
        """It stands behind a short text that is no label of the form."""
        is_label = _key(name) in {*self.kind.labels, "goal"} or _key(name).startswith("month:")
        return 0 < len(name) <= _LONGEST_NAME and not is_label and to_amount(amount.typed) is not None


def _key(text: str) -> str:
    return label_key(text) or ""


def _is_name(text: str) -> bool:
    """It may name the number behind it: neither an amount nor a unit."""
    return to_amount(text) is None and text.strip() not in UNITS and _key(text) not in STATEMENTS


def _is_right_of(area: Area, right: int, first: int, last: int) -> bool:
    """Another form or table stands beside a form in one of the rows."""
    top, left, bottom, _ = area
    return left > right and top <= last and first <= bottom

"""The unit of one amount where its cell's number format speaks too."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from xl_perf.core.cells.entries import named_unit
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Area, Grid, Scalar
from xl_perf.core.cells.number_formats import ALTERED, CONDITIONAL, PERCENT, STRUCK, unit_of_format
from xl_perf.core.cells.units import DOUBTFUL, OTHER_MONEY, SIGN, UNITS, stated_units, unit_in_brackets
from xl_perf.core.cells.values import EXACT, is_blank, plain, stored_number, text_of, to_amount
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.learned import printed_units
from xl_perf.core.forms.titles import unit_of_title
from xl_perf.core.forms.units import DOUBTS, OWN, SHEET, AmountUnit
from xl_perf.core.model.project import UnitNote

FORMAT: Final = "数字格式"
PERCENT_SAID: Final = "数字格式是百分比"
ALTERED_SAID: Final = "里另有数字或负号，显示的与储存的不是一个数"
SCALED_SAID: Final = "显示的是实际的数除以 "
_STORED: Final = frozenset(UNITS[unit] for unit in ("元", "千元", "万元", "百万元", "亿元"))
"""What people type amounts in. Where a format divides, and what it shows counts in the unit that is printed (0!.0, and
万元), what is stored counts in one of these; 单位：元 beside thousands of what is stored is one of two slips."""
MERGED_SAID: Final = "看不出是哪一栏的，要写在 "
MERGED: Final = f"{{area}} 合并成一格，{MERGED_SAID}{{cell}}"
"""Of an amount in a merged cell that covers the form's own cell: both places."""
CONDITIONAL_SAID: Final = "条件格式显示的是另一种单位，看不出用不用它"
NO_UNIT: Final = "没有写单位，看不出是元还是万元"
_PRINTED: Final = "样表印的是"
ZERO: Final = Decimal(0)
_MAY_BE_YUAN: Final = 10_000
"""From here on a number of 万元 without unit may be 元: one 万元, or a hundred million. Below it 元 may be 万元."""
_HAS_SIGN: Final = re.compile(r"[¥￥]|RMB|CNY|人民币").search

_MAY_NAME_UNIT: Final = re.compile(r"[元圆圓万萬千百亿億镑币$€£]|[Yy]uan|YUAN|RMB|CNY|USD|EUR|GBP|HKD|JPY").search


def is_undeclared(units: Iterable[AmountUnit]) -> bool:
    """Nothing says what the amounts of a form count in."""
    return all(unit.where == OWN for unit in units)


def with_surroundings(
    units: Mapping[str, AmountUnit], grid: Grid, area: Area, areas: Collection[Area] = ()
) -> Mapping[str, AmountUnit]:
    """The units of a form's amounts where the sheet's name, or what is said around the sheet's cells, states one.

    What stands in or near the form goes before that; what says otherwise, or something that nobody understands, is
    said. Of sayings outside the sheet's cells that disagree nobody knows which is right. ``area`` is the form's,
    ``areas`` those of all forms on the sheet: what is said on another one is about that.
    """
    named = _stated(grid.sheet) or (unit_in_brackets(grid.sheet) or "" if grid.sheet.endswith("元") else "")
    around = [(where, unit) for where, text in grid.around if (unit := _stated(text))]
    around += _on_texts(grid, area, areas) if grid.attached else []
    if not (named or around):
        return units
    said = [(SHEET, named)] if named else around
    where, first = said[0]
    other = next((f"，{it}{_saying(its)}" for it, its in said if its != first), "")
    contradiction = f"{where}{_saying(first)}{other}" if other or first not in UNITS or first in DOUBTFUL else ""
    # What another sheet says of all tables is asked only where a form says nothing.
    near = [*([(SHEET, named)] if named else []), *((it, its) for it, its in around if not it.startswith("工作表“"))]
    return {key: _with_surrounding(unit, said[0], contradiction, near) for key, unit in units.items()}


def _stated(text: str) -> str:
    """The unit of money that a name or sentence states; several with 、, `OTHER_MONEY` for none that is understood.

    Empty for none. A mere sign states nothing.
    """
    if not _MAY_NAME_UNIT(text):
        return ""
    named = unit_of_title(text)
    if not named:
        several = stated_units(text)
        named = OTHER_MONEY if OTHER_MONEY in several else "、".join(several)
    return "" if named == SIGN else named


def _saying(named: str) -> str:
    return DOUBTS[OTHER_MONEY] if named == OTHER_MONEY else f"写的是“{named}”"


def _with_surrounding(
    unit: AmountUnit, said: tuple[str, str], contradiction: str, near: Sequence[tuple[str, str]]
) -> AmountUnit:
    if unit.where == OWN:
        where, named = said
        if contradiction:
            return unit._replace(contradiction=contradiction)
        against = next((f"{it}{_saying(its)}" for it, its in near if its != named), "")
        return unit._replace(unit=named, factor=UNITS[named], where=where, against=against)
    against = next((f"{it}{_saying(its)}" for it, its in near if its != unit.unit), "")
    return unit._replace(against=against) if against and not (unit.contradiction or unit.against) else unit


def _on_texts(grid: Grid, area: Area, areas: Collection[Area]) -> list[tuple[str, str]]:
    """What is said on the texts of a form and above it: on an amount it is about that alone (`with_attached`)."""
    found = []
    for one in grid.attached:
        row, column = one.area[:2]
        if not _is_in((row, column), area) and any(_is_in((row, column), other) for other in areas):
            continue
        cells = grid.rows[row] if row < len(grid.rows) else ()
        typed = cells[column] if column < len(cells) else None
        if row <= area[2] and isinstance(typed, str) and to_amount(typed) is None and (unit := _stated(one.text)):
            found.append((one.place, unit))
    return found


def _is_in(place: tuple[int, int], area: Area) -> bool:
    top, left, bottom, right = area
    return top <= place[0] <= bottom and left <= place[1] <= right


def against_printed(units: Mapping[str, AmountUnit], kind: FormKind) -> Mapping[str, AmountUnit]:
    """The units of a form's amounts; where it names another one than the 样表 of its office prints, that is said.

    It is more than what a line beside the form says otherwise.
    """
    printed = printed_units(kind.learned) if kind.learned is not None else ()
    if len(printed) != 1:
        return units
    (own,) = printed
    against = f"{_PRINTED}“{own}”"
    return {
        key: unit
        if unit.where == OWN or unit.factor == UNITS[own] or unit.contradiction
        else unit._replace(against=against)
        for key, unit in units.items()
    }


def with_attached(unit: AmountUnit, grid: Grid, row: int, column: int) -> AmountUnit:
    """What an amount counts in on whose cell, or on the text left of it, a comment or a prompt states a unit.

    That is as near as the label: where the two differ nobody can know which is right.
    """
    cells = grid.rows[row] if row < len(grid.rows) else ()
    label = next((at for at in range(min(column, len(cells)) - 1, -1, -1) if not is_blank(cells[at])), column)
    for one in grid.attached:
        named = _stated(one.text) if one.is_on(row, column) or one.is_on(row, label) else ""
        if not named or (named == unit.unit and unit.where != OWN):
            continue
        if unit.where != OWN or named not in UNITS or named in DOUBTFUL:
            beside = f"{unit.where}写的是“{unit.unit}”，" if unit.where != OWN else ""
            return unit._replace(contradiction=f"{beside}{one.place}{_saying(named)}")
        unit = unit._replace(unit=named, factor=UNITS[named], where=one.place, contradiction="")
    return unit


def without_declaration(unit: AmountUnit, typed: Iterable[Scalar], kind: FormKind) -> AmountUnit:
    """What amounts count in whose form should say it, and does not.

    They are in the kind's own unit, an office's own form in the one that its 样表 prints, which is said. Large numbers
    may be 元, small ones of a form in 元 may be 万元, and nobody can know; nor where a 样表 prints several units.
    """
    if kind.learned is not None and len(printed_units(kind.learned)) > 1:
        return unit._replace(contradiction=NO_UNIT)
    amounts = [abs(amount.value) for one in typed if (amount := to_amount(one)) is not None and not amount.unit]
    return unit._replace(contradiction=NO_UNIT) if _is_doubtful(unit, amounts) else unit


def _is_doubtful(unit: AmountUnit, amounts: Sequence[Decimal]) -> bool:
    """Amounts as large as of 元, or as small as of 万元, are likely to be in that."""
    largest = max(amounts, default=ZERO)
    is_yuan = UNITS[unit.unit] == UNITS["元"]
    return ZERO < largest < _MAY_BE_YUAN if is_yuan else largest * UNITS[unit.unit] >= _MAY_BE_YUAN


def with_printed_doubt(units: Mapping[str, AmountUnit], typed: Iterable[Scalar]) -> Mapping[str, AmountUnit]:
    """The units where a form names another one than its 样表, and its amounts look like those in the other one."""
    if not any(unit.against.startswith(_PRINTED) for unit in units.values()):
        return units
    amounts = [abs(amount.value) for one in typed if (amount := to_amount(one)) is not None and not amount.unit]
    return {
        key: unit._replace(contradiction=f"{unit.where}写的是“{unit.unit}”，{unit.against}", against="")
        if unit.against.startswith(_PRINTED) and _is_doubtful(unit, amounts)
        else unit
        for key, unit in units.items()
    }


def undeclared_note(kind: FormKind, values: Sequence[Entry[Any]]) -> UnitNote | None:
    """What is to be said of a form whose amounts have no unit; None where there is no such amount."""
    for field in kind.money:
        entry = values[kind.place[field.key]]
        if entry.value and not (isinstance(entry.typed, str) and named_unit(entry.typed)):
            return UnitNote(kind.unit, "", entry.row, entry.column)
    return None


def with_sign(unit: AmountUnit, typed: str) -> AmountUnit:
    """What an amount with a currency sign and no unit (￥85,000.00) counts in: nobody knows, unless something tells."""
    if unit.where == OWN and _HAS_SIGN(typed):
        return unit._replace(contradiction=DOUBTS[SIGN])
    return unit


def with_format(unit: AmountUnit, code: str, typed: Scalar) -> AmountUnit:
    """What a cell with this number format counts in: of a number, what is shown counts, not what is stored.

    A format that names a unit goes before what stands around the cell; where a label or line names another one, nobody
    can know which of them is right. Nor can anybody where money is shown as a percentage: 0.25 shown as 25% may be
    what somebody typed as 25.
    """
    told = None if isinstance(typed, str) else unit_of_format(code)
    if told is None:
        return unit
    named, divided_by = told
    if code.startswith(CONDITIONAL):
        is_same = divided_by == 1 and (named == SIGN or (named not in DOUBTFUL and UNITS.get(named) == unit.factor))
        return unit if is_same else unit._replace(contradiction=CONDITIONAL_SAID)
    if named == PERCENT:
        return unit._replace(contradiction=f"{PERCENT_SAID}，{_as_percent(typed)}")
    if named == ALTERED:
        return unit._replace(contradiction=f"{FORMAT}{ALTERED_SAID}")
    if named == OTHER_MONEY:
        return unit._replace(contradiction=f"{FORMAT}{DOUBTS[OTHER_MONEY]}")
    if named == SIGN:
        named = ""
        if unit.where == OWN:
            return unit._replace(contradiction=f"{FORMAT}{DOUBTS[SIGN]}")
    if named and unit.contradiction == NO_UNIT:
        unit = unit._replace(contradiction="")
    shown_in = UNITS[named] if named else unit.factor
    factor = EXACT.divide(shown_in, divided_by)
    factor = unit.factor if factor == unit.factor else factor
    if unit.where != OWN and (named and UNITS[named] != UNITS[unit.unit]):
        return unit._replace(factor=factor, contradiction=f"{unit.where}写的是“{unit.unit}”，数字格式是“{named}”")
    if divided_by == 1 and not named:
        return unit
    if divided_by != 1 and not named and factor not in _STORED:
        stated = f"{unit.where}写的是“{unit.unit}”，" if unit.where != OWN else ""
        return unit._replace(factor=factor, contradiction=f"{stated}{FORMAT}{SCALED_SAID}{plain(divided_by)}")
    return unit._replace(unit=named or unit.unit, factor=factor, where=FORMAT)


def as_it_looks(code: str, typed: Scalar) -> Scalar:
    """What stands in a cell with this number format; struck out where its font is, which makes it no amount."""
    amount = to_amount(typed) if code == STRUCK else None
    if amount is None or not amount.value:
        return typed
    return "".join(character + STRUCK for character in text_of(typed))


def _as_percent(typed: Scalar) -> str:
    """What a number is shown as, in Chinese."""
    number = stored_number(typed) if isinstance(typed, int | float) else None
    if number is None:
        return "看不出金额是多少"
    shown = plain(EXACT.multiply(number, Decimal(100)))
    return f"显示的是 {shown}%，看不出金额是 {plain(number)} 还是 {shown}"

"""The unit of one amount where its cell's number format speaks too."""

import re
from typing import Final

from xl_perf.core.cells.number_formats import unit_of_format
from xl_perf.core.cells.units import OTHER_MONEY, SIGN, UNITS
from xl_perf.core.cells.values import EXACT
from xl_perf.core.forms.units import DOUBTS, OWN, AmountUnit

FORMAT: Final = "数字格式"
_HAS_SIGN: Final = re.compile(r"[¥￥]|RMB|CNY|人民币").search


def with_sign(unit: AmountUnit, typed: str) -> AmountUnit:
    """What an amount with a currency sign and no unit (￥85,000.00) counts in: nobody knows, unless something tells."""
    if unit.where == OWN and _HAS_SIGN(typed):
        return unit._replace(contradiction=DOUBTS[SIGN])
    return unit


def with_format(unit: AmountUnit, code: str) -> AmountUnit:
    """What a number of a cell with this number format counts in: what is shown counts, not what is stored.

    A format that names a unit goes before what stands around the cell; where a label or line names another one, nobody
    can know which of them is right.
    """
    told = unit_of_format(code)
    if told is None:
        return unit
    named, divided_by = told
    if named == OTHER_MONEY:
        return unit._replace(contradiction=f"{FORMAT}{DOUBTS[OTHER_MONEY]}")
    if named == SIGN:
        named = ""
        if unit.where == OWN:
            return unit._replace(contradiction=f"{FORMAT}{DOUBTS[SIGN]}")
    shown_in = UNITS[named] if named else unit.factor
    factor = EXACT.divide(shown_in, divided_by)
    factor = unit.factor if factor == unit.factor else factor
    if unit.where != OWN and (named and UNITS[named] != UNITS[unit.unit]):
        return unit._replace(factor=factor, contradiction=f"{unit.where}写的是“{unit.unit}”，数字格式是“{named}”")
    if divided_by == 1 and not named:
        return unit
    return unit._replace(unit=named or unit.unit, factor=factor, where=FORMAT)

"""The unit of one amount where its cell's number format speaks too."""

from typing import Final

from xl_perf.core.cells.number_formats import unit_of_format
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import EXACT
from xl_perf.core.forms.units import OWN, AmountUnit

FORMAT: Final = "数字格式"


def with_format(unit: AmountUnit, code: str) -> AmountUnit:
    """What a number of a cell with this number format counts in: what is shown counts, not what is stored.

    A format that names a unit goes before what stands around the cell; where a label or line names another one, nobody
    can know which of them is right.
    """
    told = unit_of_format(code)
    if told is None:
        return unit
    named, divided_by = told
    shown_in = UNITS[named] if named else unit.factor
    factor = EXACT.divide(shown_in, divided_by)
    factor = unit.factor if factor == unit.factor else factor
    if unit.where != OWN and (named and UNITS[named] != UNITS[unit.unit]):
        return unit._replace(factor=factor, contradiction=f"{unit.where}写的是“{unit.unit}”，数字格式是“{named}”")
    if divided_by == 1 and not named:
        return unit
    return unit._replace(unit=named or unit.unit, factor=factor, where=FORMAT)

"""Which cells of a sheet that nobody described are filled in: read as the kind of form that its words make.

Where no table can be read, it is told by where labels stand.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.amounts_beside import is_meant_for_amount
from xl_perf.core.forms.filled_cells import FilledIn
from xl_perf.core.forms.finding import SheetForms
from xl_perf.core.forms.form_words import FormWords
from xl_perf.core.forms.frame import Frame, Slot
from xl_perf.core.forms.indicators import counts_columns
from xl_perf.core.forms.kind import Stands, Value
from xl_perf.core.forms.learned import COLUMNS, FIELDS, MONEY
from xl_perf.core.forms.marks import GOAL, MONTH, unit_behind
from xl_perf.core.forms.sheet_cells import Cell
from xl_perf.core.forms.units import AmountUnit


class CellsOfForm(NamedTuple):
    """Which cell is that of a key, and what its amount counts in.

    Of a column it is the first cell below the heading. ``units`` are 万元 or 元, empty where none is printed.
    ``values`` are the cells that somebody had filled in.
    """

    cells: Mapping[str, Cell]
    units: Mapping[str, str]
    values: tuple[Cell, ...] = ()


def cells_of_form(sheet: FormWords, found: SheetForms) -> CellsOfForm:
    """Those of the first form, or of the first list, that was found on the sheet."""
    if found.frames:
        frame = found.frames[0]
        months = () if frame.plans_money else _of_months(sheet, frame)
        places = [*_of_fields(sheet, frame), *months, *_of_goals(sheet, frame)]
        rows, columns, headers, area = frame.rows, frame.columns, frame.headers, frame.area
        listed_units = {}
    elif found.lists:
        listed = found.lists[0]
        numbered = [row for row in listed.rows if counts_columns(sheet.row(row))]
        labelled = {row for row, _ in sheet.words}
        places = []
        rows = tuple(row for row in listed.rows if row not in {*numbered, *labelled})
        columns, headers, area = listed.columns, listed.headers, listed.area
        listed_units = {key: unit.unit for key, unit in listed.units.items() if unit.where}
    else:
        return CellsOfForm(_by_geometry(sheet), {})
    rows = rows or (1 + max(headers, default=0),)  # blank rows below the header are not stored
    cells = {key: cell for key, cell, _ in places}
    units = {key: unit for key, _, unit in places} | listed_units
    cells |= {key: (rows[0], span.start) for key, span in columns.items() if span and rows and key in COLUMNS}
    units |= {key: unit for key, unit in _units_behind(sheet) if not units.get(key)}
    values = FilledIn(sheet, area).cells([cell for _, cell, _ in places], rows, columns)
    return CellsOfForm(cells, units, tuple(dict.fromkeys(values)))


def _units_behind(sheet: FormWords) -> Iterator[tuple[str, str]]:
    """What stands behind the room for an amount in the cell of its label: 财政拨款：    万元."""
    for at, word in sheet.words.items():
        for own in (word, *sheet.inner.get(at, ())) if word.is_in_text else ():
            if own.key in MONEY and (unit := unit_behind(text_of(sheet.typed(at)), own.label)):
                yield own.key, unit


def _by_geometry(sheet: FormWords) -> dict[str, Cell]:
    """Where no table could be read: right of the labels of fields, below those of columns."""
    found: dict[str, Cell] = {}
    for (row, column), word in sheet.words.items():
        if word.key in FIELDS and (beside := sheet.beside((row, column))) is not None:
            found.setdefault(word.key, beside)
        elif word.key in COLUMNS:
            found.setdefault(word.key, (row + 1, column))
    return found


def _of_fields(sheet: FormWords, frame: Frame) -> Iterator[tuple[str, Cell, str]]:
    for field, slot in zip(frame.kind.fields, frame.slots, strict=True):
        is_amount = field.value is Value.AMOUNT
        has_no_row = field.stands is Stands.BELOW_PART and slot is not None and not slot.rows
        if slot is not None and not has_no_row and (cell := place_of(sheet, slot, is_amount=is_amount)) is not None:
            unit: AmountUnit | None = frame.units.get(field.key)
            yield field.key, cell, unit.unit if unit is not None and unit.where else ""


def _of_months(sheet: FormWords, frame: Frame) -> Iterator[tuple[str, Cell, str]]:
    for month, slot in frame.months:
        if (cell := place_of(sheet, slot)) is not None:
            yield f"{MONTH}{month}", cell, ""


def _of_goals(sheet: FormWords, frame: Frame) -> Iterator[tuple[str, Cell, str]]:
    cells = [place_of(sheet, slot) for slot in (*frame.goals, *frame.unnamed_goals)]
    own = sorted({cell for cell in cells if cell is not None and cell not in sheet.words})
    for number, cell in enumerate(own, 1):
        yield f"{GOAL}{number}", cell, ""


def place_of(sheet: FormWords, slot: Slot, *, is_amount: bool = False) -> Cell | None:
    """The cell of a slot that is filled in, else the one that is to be; None where it is part of another cell.

    Where an amount belongs, a text that is none is the next label; so is what a blank form prints further right.
    """
    for at in ((row, column) for row in slot.rows for column in slot.columns if column < sheet.cells.width):
        typed = sheet.typed(at)
        if is_blank(typed) or sheet.is_covered(at):
            continue
        is_next_label = at != slot.blank and not sheet.is_filled and sheet.is_print(at)
        if is_next_label or (is_amount and not is_meant_for_amount(typed)):
            break
        return at
    is_there = slot.columns and not sheet.is_covered(slot.blank) and slot.blank[1] < sheet.cells.width
    return slot.blank if is_there else None

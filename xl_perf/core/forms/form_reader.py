"""Reads one form: what stands in its frame."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entries import amount_entry, code_entry, named_unit, text_entry, weight_entry
from xl_perf.core.cells.entry import Entry, PartOfCell, Status, absent
from xl_perf.core.cells.grid import CellLine, Grid, Scalar, a1, is_blank_row
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.units import OF_FORMS, WAN, stated_units
from xl_perf.core.cells.values import is_blank, text_of, to_plan
from xl_perf.core.forms.amounts_beside import Unread, amounts_unread, is_meant_for_amount
from xl_perf.core.forms.dated_labels import dated_labels
from xl_perf.core.forms.finding import SheetForms
from xl_perf.core.forms.footers import is_footer, is_total_row, is_unfilled
from xl_perf.core.forms.frame import Frame, Slot
from xl_perf.core.forms.in_text import amounts_in_text, value_in_text
from xl_perf.core.forms.indicators import read_indicators
from xl_perf.core.forms.kind import Stands, Value
from xl_perf.core.forms.labels import key_in
from xl_perf.core.forms.own_columns import own_columns
from xl_perf.core.forms.plan_in_money import are_amounts, is_amount_of_plan
from xl_perf.core.forms.printed_columns import amounts_in_others
from xl_perf.core.forms.printed_room import is_room
from xl_perf.core.forms.reworded import printed_labels
from xl_perf.core.forms.second_labels import Named, Second, put_in, with_seconds
from xl_perf.core.forms.sign_off import place_of, sign_off_of
from xl_perf.core.forms.stated import year_of_form
from xl_perf.core.forms.titles import heading_of
from xl_perf.core.forms.unit_of_amount import (
    MERGED,
    as_it_looks,
    is_undeclared,
    undeclared_note,
    with_attached,
    with_format,
    with_printed_doubt,
    with_sign,
    without_declaration,
)
from xl_perf.core.forms.units import AmountUnit
from xl_perf.core.forms.void_notes import void_note
from xl_perf.core.model.project import Checkpoint, Project, UnitConflict, UnitNote

Found = tuple[Scalar, str, int, int]
"""What stands in a cell, and its sheet, row and column."""
_new: Final = tuple.__new__
"""Makes an `Entry` or an `Indicator` in half the time that its own constructor takes: a workbook has hundreds."""

POINTS_BEHIND: Final = re.compile(r"[(\[](\d+(?:\.\d+)?)分?[)\]]$").search
"""The points that a label names: 执行率分值（10）."""
_READERS: Final[Mapping[Value, Callable[..., Entry[Any]]]] = {
    Value.CODE: code_entry,
    Value.TEXT: text_entry,
    Value.LONG_TEXT: text_entry,
}


def _goal(typed: Scalar, sheet: str, row: int, column: int) -> Entry[str]:
    """A goal; a blank one where only a model's 目标1：…… stands."""
    is_model = isinstance(typed, str) and is_unfilled(typed)
    return text_entry(None if is_model else typed, sheet, row, column)


class FormReader:
    """Reads what stands in one frame."""

    def __init__(self, grid: Grid, cells: CellLine, frame: Frame) -> None:
        self.grid, self.frame, self.kind, self.sheet = grid, frame, frame.kind, grid.sheet
        self.cells, self.line, self.width = cells, cells.line, cells.width
        self.conflicts: list[UnitConflict] = []
        self.converted: AmountUnit | None = None
        self.contested: AmountUnit | None = None
        self.passed_over: list[tuple[Scalar, int, int]] = []
        """Amounts without a label where the text on what the money is for is looked for."""
        self.units = self._units()
        name = frame.slot("name")
        self.name: Entry[str] = absent(grid.sheet) if name is None else text_entry(*self._take(name))

    def is_untouched(self) -> bool:
        """Nothing at all stands where a person fills in: seen at once, for every workbook has a form to be copied."""
        frame = self.frame
        if self.name.value or self._heading().value:
            return False
        months = [slot for _, slot in frame.months]
        slots = (*frame.slots, *months, *frame.goals, *frame.unnamed_goals)
        beside = [cells for number, _, cells in frame.beside if number >= 2]
        columns = self._to_fill_in([*frame.cells[2:], *beside])
        is_blank_table = all(map(is_blank_row, columns)) or self._has_only_totals(columns)
        return is_blank_table and all(slot is None or not self._says(slot) for slot in slots)

    def _says(self, slot: Slot) -> bool:
        """Something is filled in: no line to write on, and no box that nobody ticked."""
        typed = self._own(self._take(slot), Value.TEXT)[0]
        return typed is not None and not (isinstance(typed, PartOfCell) and not typed)

    def _has_only_totals(self, columns: Iterable[Sequence[Scalar]]) -> bool:
        """Nothing stands in the table but rows that offices print below it: 合计 … 100, 填表人：."""
        filled = {at for cells in columns for at, typed in enumerate(cells) if not is_blank(typed)}
        rows = (self.frame.rows[0] + at for at in filled)
        firsts = (
            next((one for one in self.line[row * self.width : (row + 1) * self.width] if not is_blank(one)), None)
            for row in rows
        )
        return all(isinstance(one, str) and (is_total_row(one) or is_footer(one)) for one in firsts)

    def _to_fill_in(self, columns: Iterable[slice | None]) -> list[Sequence[Scalar]]:
        """What stands in some columns of the table, blank in the line for signatures, and where its header is again."""
        found = [(cells.start // self.width, self.line[cells]) for cells in columns if cells is not None]
        place = place_of(self.cells, self.frame.area)
        others = {*self.frame.headers, *(() if place is None else place[:1])}
        if not others.intersection(self.frame.rows[:1] and range(self.frame.rows[0], self.frame.rows[-1] + 1)):
            return [typed for _, typed in found]
        return [[None if row in others else one for row, one in enumerate(typed, top)] for top, typed in found]

    def has_rows(self) -> bool:
        """Something stands in the table of indicators besides its levels, whether it could be read or not."""
        columns = self._to_fill_in(self.frame.cells[2:])
        typed = (typed for column in columns for typed in column if not is_blank(typed))
        return any(not (isinstance(one, str) and is_unfilled(one)) for one in typed)

    def read(self, found: SheetForms) -> Project:
        """The project; ``found`` is what else stands on the sheet."""
        frame, kind = self.frame, self.kind
        further = self._further()
        strange = self._strange(further)
        own = [one for one in further if all(one is not its for _, its in strange)]
        values, unplaced = with_seconds(kind, tuple(self._values()), own)
        beside, added_sources = put_in(kind, values, strange)
        plan, said = self._plan(values), self._goals()
        goals = tuple(goal for goal, _ in said)
        indicators, unfilled = read_indicators(frame, self.line, self.width, self.sheet)
        added = tuple(self._added())
        others = *(point.percent for point in plan), *goals, *added, *(amount for _, amount in further)
        unit = self.converted or self.contested
        note = None if unit is None else UnitNote(unit.unit, unit.where, unit.row, unit.column, unit.against)
        unread = amounts_unread(frame, self.cells, self.sheet, found, values, others, indicators)
        return Project(
            self.kind,
            self.sheet,
            frame.area,
            self._heading(),
            values,
            plan,
            goals,
            indicators,
            frame.table,
            frame.other_tables,
            frame.missing,
            (*frame.repeated, *unplaced),
            self.grid.hidden,
            unit=note or self._undeclared(values),
            says_unit=not is_undeclared(frame.units.values()),
            bare_unit=self._bare_unit(),
            conflicts=tuple(self.conflicts),
            added=added,
            beside=_in_order(*beside, *unread.beside),
            unlabelled=(
                *_in_order(*added_sources, *unread.unlabelled),
                *self._passed_over(unread),
                *self._unlabelled(),
            ),
            whole=tuple(self._whole()) if kind.money[:1] and kind.money[0].key in frame.missing else (),
            continues=frame.is_continued and {"name", kind.money[0].key} <= {*frame.missing},
            unfilled=unfilled,
            outturn_points=self._outturn_points() if frame.outturn_points else None,
            year=None if frame.title is None else year_of_form(self.cells, frame.title[0], self.sheet),
            sign_off=sign_off_of(self.cells, self.sheet, frame.area),
            void=void_note(self.cells, self.sheet, frame.area, found.areas),
            own_columns=tuple(own_columns(kind, frame.columns, indicators, self.line, self.width)),
            goal_periods=tuple(period for _, period in said),
            dated=dated_labels(frame.amount_labels, self.cells, self.sheet),
            in_other_columns=self._in_other_columns(values),
        )

    def _in_other_columns(self, values: Sequence[Entry[Any]]) -> tuple[Named, ...]:
        """Where the budget is blank, what stands in its row in columns that are not read."""
        at = self.kind.place[self.kind.money[0].key] if self.kind.money else None
        return () if at is None else amounts_in_others(self.kind, values[at], self.cells)

    def _bare_unit(self) -> str:
        unit = self.units.get(self.kind.money[0].key) if self.kind.money else None
        return self.kind.unit if unit is None or unit.contradiction or unit.unit not in OF_FORMS else unit.unit

    def _units(self) -> Mapping[str, AmountUnit]:
        """What the amounts count in, by field."""
        frame, kind = self.frame, self.kind
        is_silent = kind.states_unit and is_undeclared(frame.units.values())
        if not is_silent and kind.learned is None:
            return frame.units
        slots = [slot for field in kind.money if (slot := frame.slot(field.key)) is not None]
        typed = [self._own(self._take(slot), Value.AMOUNT)[0] for slot in slots]
        if not is_silent:
            return with_printed_doubt(frame.units, typed)
        return {key: without_declaration(unit, typed, kind) for key, unit in frame.units.items()}

    def _values(self) -> Iterable[Entry[Any]]:
        """The kind's fields, in their order."""
        for field, slot in zip(self.kind.fields, self.frame.slots, strict=True):
            if slot is None:
                yield absent(self.sheet)
                continue
            take = self._take_text if field.stands is Stands.BELOW_PART else self._take
            found = self._own(take(slot), field.value, field.key)
            if field.value is Value.AMOUNT:
                yield self._under_merged(field.name, found) or self._amount(field.key, field.name, *found)
            else:
                yield _READERS[field.value](*found)

    def _under_merged(self, name: str, found: Found) -> Entry[Decimal] | None:
        """The amount of a merged cell that covers a blank one of the form and begins in another column."""
        typed, sheet, row, column = found
        if typed is not None or not self.grid.merges:
            return None
        for top, left, bottom, right in self.grid.merges:
            if top <= row <= bottom and left < column <= right:
                amount = amount_entry(self.line[top * self.width + left], sheet, top, left)
                if not amount.value:
                    return None
                said = MERGED.format(area=f"{a1(top, left)}:{a1(bottom, right)}", cell=a1(row, column))
                self.conflicts.append(UnitConflict(name, amount, said))
                return amount._replace(value=None, status=Status.CONTRADICTED)
        return None

    def _further(self) -> list[Second]:
        """What stands behind second labels of amounts."""
        found: list[Second] = []
        for label, slot in self.frame.further:
            typed = self._own(self._take(slot), Value.AMOUNT, label.key)
            found.append((label, self._amount(label.key, self.kind.field(label.key).name, *typed)))
        return found

    def _strange(self, further: Sequence[Second]) -> list[tuple[str, Second]]:
        """Of second labels of sources those that an office's own form does not print, with what they read."""
        if self.kind.learned is None or not further:
            return []
        budget, printed = self.kind.money[0].key, printed_labels(self.kind)
        said = [(text_of(self.line[one[0].row * self.width + one[0].column]), one) for one in further]
        return [(text, one) for text, one in said if one[0].key != budget and bare(text).text not in printed]

    def _amount(self, key: str, name: str, typed: Scalar, sheet: str, row: int, column: int) -> Entry[Decimal]:
        """An amount in 万元; without a value where its unit is stated in two ways."""
        unit = self.units[key]
        if self.grid.attached:
            unit = with_attached(unit, self.grid, row, column)
        if self.grid.formats and (row, column) in self.grid.formats:
            code = self.grid.formats[row, column]
            typed = as_it_looks(code, typed)
            unit = with_format(unit, code, typed)
        if isinstance(typed, str):
            unit = with_sign(unit, typed)
        amount = amount_entry(typed, sheet, row, column, unit.factor)
        if unit.against and amount.value and self.contested is None:
            self.contested = unit
        if unit.factor is WAN and not unit.contradiction:
            return amount
        if not unit.contradiction and self.converted is None and not amount.is_empty:
            self.converted = unit
        if not amount.value or (isinstance(typed, str) and named_unit(typed)):  # 0 is 0 in every unit
            return amount
        if unit.contradiction:
            self.conflicts.append(UnitConflict(name, amount, unit.contradiction))
            return amount._replace(value=None, status=Status.CONTRADICTED)
        return amount

    def _own(self, found: Found, value: Value, key: str = "") -> Found:
        """What was found; of a cell that holds its label too, what stands behind that."""
        typed, sheet, row, column = found
        if (row, column) not in self.frame.in_text:
            is_printed = self.kind.learned is not None and isinstance(typed, str) and is_room(typed)
            return (None, sheet, row, column) if is_printed and value is not Value.AMOUNT else found
        amounts = amounts_in_text(str(typed), key_in(self.kind)) if value is Value.AMOUNT else []
        own = next((amount for its, _, amount in amounts if its == key), value_in_text(str(typed), value))
        if self.kind.learned is not None and value is not Value.AMOUNT and is_room(own):
            own = ""
        return PartOfCell(own), sheet, row, column

    def _unlabelled(self) -> Iterator[tuple[str, Entry[Decimal]]]:
        """The amounts in a cell with several whose labels are unknown."""
        slot = self.frame.slot(self.kind.money[0].key) if self.kind.money else None
        if slot is not None and slot.first in self.frame.in_text:
            row, column = slot.first
            for key, label, amount in amounts_in_text(text_of(self.line[row * self.width + column]), key_in(self.kind)):
                if key is None:
                    yield label, amount_entry(PartOfCell(amount), self.sheet, row, column)

    def _passed_over(self, unread: Unread) -> Iterator[tuple[str, Entry[Decimal]]]:
        """Those that nobody has named yet."""
        named = {(one.row, one.column) for _, one in (*unread.beside, *unread.unlabelled)}
        for typed, row, column in self.passed_over:
            if (row, column) not in named:
                yield "", amount_entry(typed, self.sheet, row, column)

    def _take(self, slot: Slot) -> Found:
        """What stands in a slot and where; None at its place for blanks where all its cells are blank."""
        rows, columns, blank, (row, column), at = slot
        typed = self.line[at]
        if typed and not (typed.__class__ is str and is_blank(typed)):
            return typed, self.sheet, row, column
        for row in rows:
            start = row * self.width
            cells = self.line[start + columns.start : start + min(columns.stop, self.width)]
            if not is_blank_row(cells):
                for column, typed in zip(columns, cells, strict=False):
                    if not is_blank(typed):
                        return typed, self.sheet, row, column
        return None, self.sheet, *blank

    def _take_text(self, slot: Slot) -> Found:
        """The same below amounts: one without a label is no text on what the money is for, if there is such a text."""
        found = self._take(slot)
        if is_meant_for_amount(found[0]):
            for row in slot.rows:
                cells = self.line[row * self.width + slot.columns.start : row * self.width + slot.columns.stop]
                for column, typed in zip(slot.columns, cells, strict=False):
                    if not (is_blank(typed) or is_meant_for_amount(typed)):
                        return typed, self.sheet, row, column
                    if typed and not is_blank(typed):
                        self.passed_over.append((typed, row, column))
            self.passed_over.clear()
        return found

    def _heading(self) -> Entry[str]:
        """The heading: before the form's own title in the title cell, else the nearest text above it."""
        title, above = self.frame.title, self.frame.above_title
        if title is None or above is None:
            return absent(self.sheet)
        row, column = title
        typed = self.line[row * self.width + column]
        learned = self.kind.learned
        if learned is not None and learned.title and _same_title(str(typed), learned.title):
            return Entry(None, Status.BLANK, typed, self.sheet, row, column)  # the office prints it on every form
        heading = heading_of(str(typed), self.kind.title)
        if heading:
            return Entry(heading, Status.FILLED, typed, self.sheet, row, column)
        text, sheet, *place = self._take(above)
        if isinstance(text, str) and not is_footer(text) and not stated_units(text):
            row, column = place
            return Entry(text.strip(), Status.FILLED, text, sheet, row, column)
        return Entry(None, Status.BLANK, typed, self.sheet, row, column)

    def _added(self) -> Iterator[Entry[Decimal]]:
        """The amounts that the form adds up to its budget."""
        if self.frame.added is None:
            return
        rows, column = self.frame.added
        unit = self.units[self.kind.money[0].key]
        for row in rows:
            typed = self.line[row * self.width + column] if column < self.width else None
            amount = amount_entry(typed, self.sheet, row, column, unit.factor)
            if not amount.is_empty:
                yield amount

    def _undeclared(self, values: Sequence[Entry[Any]]) -> UnitNote | None:
        """The note that the form should say what its amounts count in, and does not."""
        if not self.kind.states_unit or not is_undeclared(self.frame.units.values()) or self.conflicts:
            return None
        note = undeclared_note(self.kind, values)
        return None if note is None or (note.row, note.column) in (self.grid.formats or {}) else note

    def _whole(self) -> Iterator[tuple[str, Entry[Decimal]]]:
        """The amounts right of labels that were set aside: 实施期资金总额."""
        for row, column in sorted(self.frame.set_aside):
            cells = self.line[row * self.width + column : (row + 1) * self.width]
            found = ((at, typed) for at, typed in enumerate(cells[1:], column + 1) if is_meant_for_amount(typed))
            for at, typed in islice(found, 1):
                yield text_of(cells[0]), amount_entry(typed, self.sheet, row, at)

    def _outturn_points(self) -> Entry[Decimal] | None:
        """The points for spending the budget; None where the form has a label for them and no number."""
        for slot in self.frame.outturn_points:
            typed, sheet, row, column = self._take(slot)
            said = POINTS_BEHIND(folded(typed)) if isinstance(typed, str) else None
            points = weight_entry(PartOfCell(said[1]) if said else typed, sheet, row, column)
            if points.value is not None:
                return points
        return None

    def _plan(self, amounts: Sequence[Entry[Any]]) -> tuple[Checkpoint, ...]:
        """The percentages below the checkpoints, read together; amounts of money there are none."""
        found = [self._take(slot) for _, slot in self.frame.months]
        typed_there = [one[0] for one in found]
        budget = self.kind.place.get(self.kind.money[0].key) if self.kind.money else None
        values = to_plan(typed_there)
        is_money = self.frame.plans_money or are_amounts(typed_there, None if budget is None else amounts[budget])
        points: list[Checkpoint] = []
        for (month, _), (typed, sheet, row, column), value in zip(self.frame.months, found, values, strict=True):
            status = Status.FILLED
            if is_money and value is not None and is_amount_of_plan(typed):
                value, status = None, Status.CONTRADICTED
            elif value is None:
                status = text_entry(typed, sheet, row, column).status
                status = Status.UNREADABLE if status is Status.FILLED else status
            points.append(_new(Checkpoint, (month, _new(Entry, (value, status, typed, sheet, row, column)))))
        return tuple(points)

    def _goals(self) -> list[tuple[Entry[str], str]]:
        """Every goal that has a text, top to bottom, and what it is for; the first blank one where none has."""
        frame, period = self.frame, self.frame.goal_periods
        goals = [(_goal(*self._own(self._take(slot), Value.LONG_TEXT)), "") for slot in frame.goals]
        for slot in frame.unnamed_goals:
            found = self._take(slot)
            if found[0] is not None:
                goals.append((_goal(*found), period.get(slot.first, "")))
        if len(goals) > len(frame.goals):
            goals.sort(key=lambda said: said[0].row)
        if not goals and frame.unnamed_goals:
            slot = frame.unnamed_goals[0]
            goals.append((_goal(*self._take(slot)), period.get(slot.first, "")))
        return [said for said in goals if said[0][1] is not Status.BLANK] or goals[:1]


def _in_order(*named: Named) -> tuple[Named, ...]:
    """In reading order."""
    return tuple(sorted(named, key=lambda one: (one[1].row, one[1].column)))


def _same_title(typed: str, printed: str) -> bool:
    """A title reads like another, but for the year."""
    return _YEAR.sub("", bare(typed).text) == _YEAR.sub("", bare(printed).text)


_YEAR: Final = re.compile(r"(?:19|20|21)\d\d")

"""Range and what hangs on it, under Excel's names: what is not here, Excel would have, and the stand-in has not."""

import copy
import datetime
import decimal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from tests.excel import parts, references
from tests.excel.errors import CellError, Refused
from tests.excel.formulas import normalised
from tests.excel.looks import Looks
from tests.excel.model import Cell, as_date, as_number
from tests.excel.parts import PROTECTED
from tests.excel.references import Area
from tests.excel.typing_rules import as_typed, is_formula, understood

if TYPE_CHECKING:
    from tests.excel import sheets

MERGE_QUESTION = "Merging cells only keeps the upper-left value and discards other values."
LONGEST_TEXT = 32_767


class Range(Looks):
    """A block of cells. ``unit`` tells what `Count` and `Item` go by: cells, rows or columns."""

    def __init__(self, sheet: "sheets.Worksheet", area: Area, unit: str = "cells") -> None:
        super().__init__(sheet.Application)
        self._worksheet = sheet
        self._sheet = sheet.data
        self._area = area
        self._unit = unit

    # --- where it is

    @property
    def Worksheet(self) -> "sheets.Worksheet":
        return self._worksheet

    @property
    def Parent(self) -> "sheets.Worksheet":
        return self._worksheet

    @property
    def Row(self) -> int:
        return self._area.top

    @property
    def Column(self) -> int:
        return self._area.left

    @property
    def Rows(self) -> "Range":
        return Range(self._worksheet, self._area, "rows")

    @property
    def Columns(self) -> "Range":
        return Range(self._worksheet, self._area, "columns")

    @property
    def Cells(self) -> "Range":
        return Range(self._worksheet, self._area)

    @property
    def EntireRow(self) -> "Range":
        return Range(self._worksheet, self._area._replace(left=1, right=references.COLUMNS), "rows")

    @property
    def EntireColumn(self) -> "Range":
        return Range(self._worksheet, self._area._replace(top=1, bottom=references.ROWS), "columns")

    @property
    def Count(self) -> int:
        area = self._area
        return {"rows": area.rows, "columns": area.columns, "cells": area.rows * area.columns}[self._unit]

    @property
    def Address(self) -> str:
        return self._area.address()

    def GetAddress(
        self, RowAbsolute: bool = True, ColumnAbsolute: bool = True, ReferenceStyle: int = 1, External: bool = False
    ) -> str:
        if ReferenceStyle != 1 or External or RowAbsolute != ColumnAbsolute:
            raise NotImplementedError
        return self._area.address(absolute=RowAbsolute)

    def Item(self, RowIndex: int, ColumnIndex: int | None = None) -> "Range":
        area = self._area
        if self._unit == "rows" and ColumnIndex is None:
            row = area.top + RowIndex - 1
            return Range(self._worksheet, area._replace(top=row, bottom=row), "rows")
        if self._unit == "columns" and ColumnIndex is None:
            column = area.left + RowIndex - 1
            return Range(self._worksheet, area._replace(left=column, right=column), "columns")
        if ColumnIndex is None:
            down, right = divmod(RowIndex - 1, area.columns)
        else:
            down, right = RowIndex - 1, ColumnIndex - 1
        row, column = area.top + down, area.left + right
        return Range(self._worksheet, Area(row, column, row, column))

    def default(self, RowIndex: int, ColumnIndex: int | None = None) -> "Range":
        return self.Item(RowIndex, ColumnIndex)

    def each(self) -> Iterator["Range"]:
        return (self.Item(number) for number in range(1, self.Count + 1))

    @property
    def MergeArea(self) -> "Range":
        return Range(self._worksheet, self._sheet.merge_at(self._area.top, self._area.left))

    @property
    def MergeCells(self) -> bool | None:
        met = [merge for merge in self._sheet.merges if merge.meets(self._area)]
        return any(self._area.inside(merge) for merge in met) or (None if met else False)

    # --- contents

    def _grid(self, what: Callable[[int, int], Any]) -> Any:
        area = self._area
        if area.rows == area.columns == 1:
            return what(area.top, area.left)
        return tuple(
            tuple(what(row, column) for column in range(area.left, area.right + 1))
            for row in range(area.top, area.bottom + 1)
        )

    @property
    def Value(self) -> Any:
        """Currency with four places and dates by the format of the cell; see Value2."""
        return self._grid(lambda row, column: self._value(row, column, plain=False))

    @Value.setter
    def Value(self, data: Any) -> None:
        self._put(data)

    @property
    def Value2(self) -> Any:
        """Neither currency nor dates: doubles."""
        return self._grid(lambda row, column: self._value(row, column, plain=True))

    @Value2.setter
    def Value2(self, data: Any) -> None:
        self._put(data)

    def _value(self, row: int, column: int, *, plain: bool) -> Any:
        value = self._sheet.book.value_at(self._sheet.name, row, column)
        if isinstance(value, CellError):
            return value.number
        if plain or not isinstance(value, float):
            return value
        look = self._sheet.look(row, column)
        if look.is_currency:
            return decimal.Decimal(repr(value)).quantize(decimal.Decimal("0.0001"), decimal.ROUND_HALF_EVEN)
        return as_date(value) if look.is_date else value

    @property
    def Formula(self) -> Any:
        def shown(row: int, column: int) -> str:
            cell = self._sheet.cells.get((row, column), Cell())
            return cell.formula or as_typed(cell.value)

        return self._grid(shown)

    @Formula.setter
    def Formula(self, data: Any) -> None:
        self._put(data)

    def _put(self, data: Any) -> None:
        area = self._area
        rows = data if isinstance(data, tuple | list) else ((data,),)
        if rows and not isinstance(rows[0], tuple | list):
            rows = (rows,)
        self._check_unlocked()
        is_one = len(rows) == len(rows[0]) == 1
        for row, column in self._places():
            at_row, at_column = row - area.top, column - area.left
            inside = at_row < len(rows) and at_column < len(rows[0])
            given = rows[0][0] if is_one else rows[at_row][at_column] if inside else CellError("#N/A")
            merge = self._sheet.merge_at(row, column)
            if (row, column) == (merge.top, merge.left):
                self._put_one(self._sheet.cell(row, column), given)
        self._sheet.book.changed()

    def _put_one(self, cell: Cell, given: Any) -> None:
        """As typed: a text that looks like a number becomes one, unless the cell is formatted as text."""
        cell.formula, cell.value = "", None
        if given is None or given == "":
            return
        if isinstance(given, bool | CellError):
            cell.value = given
        elif isinstance(given, datetime.datetime):
            cell.value = as_number(given)
            if cell.look.number_format == "General":
                cell.look.number_format = "yyyy/m/d"
        elif isinstance(given, int | float | decimal.Decimal):
            cell.value = float(given)
        else:
            self._put_text(cell, str(given))

    def _put_text(self, cell: Cell, given: str) -> None:
        if len(given) > LONGEST_TEXT:
            raise Refused("Unable to set the Value property of the Range class")
        if cell.look.number_format == "@":
            cell.value = given
        elif given.startswith("=") and len(given) > 1:
            if not is_formula(given):
                raise Refused("There's a problem with this formula.")
            cell.formula = normalised(given)
        elif given.startswith("'"):
            cell.value = given[1:]
        else:
            cell.value = understood(given)

    def ClearContents(self) -> None:
        self._check_unlocked()
        for merge in self._sheet.merges:
            if merge.meets(self._area) and not merge.inside(self._area):
                raise Refused("We can't do that to a merged cell.")
        for place in self._places():
            cell = self._sheet.cells.get(place)
            if cell is not None:
                cell.value, cell.formula = None, ""
        self._sheet.book.changed()

    def _check_unlocked(self) -> None:
        if self._sheet.is_protected and any(self._sheet.look(*place).locked for place in self._places()):
            raise Refused(PROTECTED)

    def Merge(self, Across: bool = False) -> None:
        """Asks where more than the first cell is filled, unless DisplayAlerts is off."""
        if self._sheet.is_protected:
            raise Refused(PROTECTED)
        area = self._area
        areas = [area]
        if Across:
            areas = [area._replace(top=row, bottom=row) for row in range(area.top, area.bottom + 1)]
        for one in areas:
            self._merge(one)
        self._sheet.book.changed()

    def _merge(self, area: Area) -> None:
        filled = [
            place
            for place, cell in sorted(self._sheet.cells.items())
            if area.holds(*place) and (cell.value is not None or cell.formula)
        ]
        if len(filled) > 1 and not self._application.asks(MERGE_QUESTION):
            raise Refused("Merge method of Range class failed")
        if filled:
            kept = self._sheet.cells[filled[0]]
            value, formula = kept.value, kept.formula
            for place in filled:
                self._sheet.cells[place].value, self._sheet.cells[place].formula = None, ""
            first = self._sheet.cell(area.top, area.left)
            first.value, first.formula = value, formula
        self._sheet.merges = [merge for merge in self._sheet.merges if not merge.meets(area)]
        if area.rows * area.columns > 1:
            self._sheet.merges.append(area)

    def UnMerge(self) -> None:
        if self._sheet.is_protected:
            raise Refused(PROTECTED)
        self._sheet.merges = [merge for merge in self._sheet.merges if not merge.meets(self._area)]

    # --- moving about

    def Insert(self, Shift: int | None = None, CopyOrigin: int | None = None) -> None:
        """Rows, with the look of the row above; what is on the clipboard is pasted into them."""
        self._check_rows("AllowInsertingRows")
        area, sheet = self._area, self._sheet
        clipboard = self._application.clipboard
        sheet.move_rows(area.top, area.rows)
        for place, cell in list(sheet.cells.items()):
            if place[0] == area.top - 1:
                for row in range(area.top, area.bottom + 1):
                    sheet.cells[row, place[1]] = Cell(look=copy.deepcopy(cell.look))
        if area.top - 1 in sheet.heights:
            for row in range(area.top, area.bottom + 1):
                sheet.heights[row] = sheet.heights[area.top - 1]
        if clipboard is not None:
            clipboard.Copy(Range(self._worksheet, Area(area.top, 1, area.top, 1)))

    def Delete(self, Shift: int | None = None) -> None:
        self._check_rows("AllowDeletingRows")
        if self._sheet.is_protected:
            raise Refused(PROTECTED)  # rows with locked cells are never deleted
        self._sheet.move_rows(self._area.top, -self._area.rows)

    def _check_rows(self, allowed: str) -> None:
        if (self._area.left, self._area.right) != (1, references.COLUMNS):
            raise NotImplementedError("whole rows only")
        self._check_allowed(allowed)

    def Copy(self, Destination: "Range | None" = None) -> None:
        """Everything: contents, looks, merges, notes. Without a destination to the clipboard."""
        if Destination is None:
            self._application.clipboard = self
            return
        target = Destination._sheet
        Destination._check_unlocked()
        area = self._area
        down, right = Destination._area.top - area.top, Destination._area.left - area.left
        covered = area.at(down, right)
        for merge in [one for one in target.merges if one.meets(covered)]:
            if not merge.inside(covered):
                raise Refused("We can't do that to a merged cell.")
            target.merges.remove(merge)
        copies = {place: copy.deepcopy(self._sheet.cells.get(place, Cell())) for place in self._places()}
        for (row, column), cell in copies.items():
            if cell.formula:
                cell.formula = references.moved(cell.formula, down, right)
            target.cells[row + down, column + right] = cell
        target.merges += [merge.at(down, right) for merge in self._sheet.merges if merge.inside(area)]
        target.book.changed()

    def Select(self) -> None:
        if self._application.ActiveSheet.data is not self._sheet:
            raise Refused("Select method of Range class failed")
        self._sheet.selected = self._area

    # --- notes and filters

    @property
    def Comment(self) -> "parts.Comment | None":
        cell = self._sheet.cells.get((self._area.top, self._area.left))
        return parts.Comment(self) if cell is not None and cell.note is not None else None

    def AddComment(self, Text: str = "") -> "parts.Comment":
        if self._sheet.is_protected:
            raise Refused(PROTECTED)
        cell = self._sheet.cell(self._area.top, self._area.left)
        if cell.note is not None or cell.thread:
            raise Refused("Application-defined or object-defined error")
        cell.note = Text
        return parts.Comment(self)

    @property
    def CommentThreaded(self) -> "parts.CommentThreaded | None":
        cell = self._sheet.cells.get((self._area.top, self._area.left))
        return parts.CommentThreaded(self) if cell is not None and cell.thread else None

    def AutoFilter(self, Field: int, Criteria1: Any = None, Operator: int | None = None) -> None:
        """Hides the rows whose value is not among those given; without any, shows all again."""
        self._check_allowed("AllowFiltering")
        area = self._sheet.filter = self._area
        wanted = None if Criteria1 is None else {str(one) for one in Criteria1}
        for row in range(area.top + 1, min(area.bottom, self._sheet.used().bottom) + 1):
            value = self._value(row, area.left + Field - 1, plain=True)
            is_shown = wanted is None or ("" if value is None else str(value)) in wanted
            self._sheet.hidden_rows = self._sheet.hidden_rows - {row} if is_shown else self._sheet.hidden_rows | {row}

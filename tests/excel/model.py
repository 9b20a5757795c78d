"""What a workbook holds, as the stand-in for Excel keeps it; read with openpyxl from the files that our tests open."""

import copy
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

import openpyxl
from openpyxl.utils.datetime import from_excel, to_excel

from tests.excel import references
from tests.excel.errors import CellError, Refused
from tests.excel.formulas import Cells, calculated
from tests.excel.functions import Value
from tests.excel.references import Area, quoted

VISIBLE, HIDDEN, VERY_HIDDEN = -1, 0, 2
_STATES: Final = {"visible": VISIBLE, "hidden": HIDDEN, "veryHidden": VERY_HIDDEN}
STANDARD_WIDTH, STANDARD_HEIGHT = 8.38, 14.25
_CURRENCY: Final = re.compile(r"[$¥￥€£]")
_DATE: Final = re.compile(r"[yd年月日]|(?<![\[\w])m(?!\w*\])|h:|:s", re.IGNORECASE)
MAY: Final = {  # Excel's names of what a protected sheet allows, and openpyxl's, which says what is forbidden
    "AllowFormattingCells": "formatCells",
    "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns",
    "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks",
    "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows",
    "AllowSorting": "sort",
    "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables",
}


@dataclass
class Look:
    """How a cell looks; ``color`` and ``font_color`` are Excel's numbers, blue before green before red."""

    number_format: str = "General"
    color: int | None = None
    bold: bool = False
    font_color: int = 0
    locked: bool = True
    wrap: bool = False

    @property
    def is_currency(self) -> bool:
        plain = re.sub(r'"[^"]*"|\\.', lambda match: match[0].strip('"\\'), self.number_format)
        return bool(_CURRENCY.search(re.sub(r"\[\$-[0-9A-Fa-f]+\]", "", plain)))

    @property
    def is_date(self) -> bool:
        plain = re.sub(r'"[^"]*"|\\.|\[(?:Red|Blue|[$][^]]*|[<>=][^]]*)\]|General', "", self.number_format)
        return bool(_DATE.search(plain))


@dataclass
class Cell:
    """A formula or a value: float, str, bool, `CellError`; dates are numbers."""

    value: Value = None
    formula: str = ""
    look: Look = field(default_factory=Look)
    note: str | None = None
    thread: list[str] = field(default_factory=list)
    """A comment that people answer, and the answers."""
    note_size: list[float] = field(default_factory=lambda: [108.0, 60.0])


class Choices(NamedTuple):
    """A list to choose from, for some cells."""

    area: Area
    formula: str


class Sheet:
    """A sheet's cells and looks, by row and column from 1."""

    def __init__(self, book: "BookData", name: str) -> None:
        self.book = book
        self.name = name
        self.cells: dict[tuple[int, int], Cell] = {}
        self.heights: dict[int, float] = {}
        self.hidden_rows: set[int] = set()
        self.widths: dict[int, float] = {}
        self.hidden_columns: set[int] = set()
        self.merges: list[Area] = []
        self.choices: list[Choices] = []
        self.column_looks: dict[int, Look] = {}
        self.names: dict[str, str] = {}
        self.visible = VISIBLE
        self.password: str | None = None
        self.is_black_and_white = False
        self.allowed: dict[str, bool] = {}
        self.shapes: list[Any] = []
        self.filter: Area | None = None
        self.selected = Area(1, 1, 1, 1)

    @property
    def is_protected(self) -> bool:
        return self.password is not None

    def cell(self, row: int, column: int) -> Cell:
        """The cell, made where there is none; parts of a merged area but the first are blank."""
        if (row, column) not in self.cells:
            self.cells[row, column] = Cell(look=copy.copy(self.look(row, column)))
        return self.cells[row, column]

    def look(self, row: int, column: int) -> Look:
        """Its own, else that of the column."""
        found = self.cells.get((row, column))
        return found.look if found else self.column_looks.get(column, Look())

    def used(self) -> Area:
        """Whatever has a value or a look, from the first to the last."""
        places = [
            place for place, cell in self.cells.items() if cell.value is not None or cell.formula or cell.look != Look()
        ]
        places += [(merge.bottom, merge.right) for merge in self.merges]
        if not places:
            return Area(1, 1, 1, 1)
        rows, columns = [row for row, _ in places], [column for _, column in places]
        return Area(min(rows), min(columns), max(rows), max(columns))

    def merge_at(self, row: int, column: int) -> Area:
        return next((one for one in self.merges if one.holds(row, column)), Area(row, column, row, column))

    def copied(self, book: "BookData", name: str) -> "Sheet":
        made = Sheet(book, name)
        for key, value in self.__dict__.items():
            if key not in ("book", "name"):
                setattr(made, key, copy.deepcopy(value))
        return made

    # --- rows

    def move_rows(self, at: int, number: int) -> None:
        """Puts so many rows in at a row, or takes them away: cells, merges, heights, names and all formulas follow."""

        def place(row: int) -> int | None:
            if number < 0 and at <= row < at - number:
                return None
            return row + number if row >= at else row

        self.cells = {
            (to, column): cell for (row, column), cell in self.cells.items() if (to := place(row)) is not None
        }
        self.heights = {to: height for row, height in self.heights.items() if (to := place(row)) is not None}
        self.hidden_rows = {to for row in self.hidden_rows if (to := place(row)) is not None}
        after = [references.shifted(merge, at, number) for merge in self.merges]
        self.merges = [merge for merge in after if merge is not None and merge.rows * merge.columns > 1]
        areas = [(one, references.shifted(one.area, at, number)) for one in self.choices]
        self.choices = [one._replace(area=area) for one, area in areas if area is not None]
        if self.filter is not None:
            self.filter = references.shifted(self.filter, at, number)
        self.book.each_formula(lambda own, formula: references.following(formula, own, self.name, at, number))


class BookData:
    """A workbook: its sheets in order and its names. A value is calculated when it is asked for."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.names: dict[str, str] = {}
        self.is_structure_protected = False
        self._memory: dict[tuple[str, int, int], Value] = {}
        self._under_way: set[tuple[str, int, int]] = set()

    def changed(self) -> None:
        """Something was written: what was calculated counts no more."""
        self._memory.clear()

    def sheet(self, name: str) -> Sheet | None:
        return next((one for one in self.sheets if one.name.casefold() == name.casefold()), None)

    def each_formula(self, change: Any) -> None:
        """Every formula, with the name of its sheet, becomes what ``change`` says; names are formulas, too."""
        for sheet in self.sheets:
            for cell in sheet.cells.values():
                if cell.formula:
                    cell.formula = change(sheet.name, cell.formula)
            sheet.names = {name: change(sheet.name, text) for name, text in sheet.names.items()}
        self.names = {name: change("", text) for name, text in self.names.items()}
        self.changed()

    def rename(self, sheet: Sheet, name: str) -> None:
        if not 1 <= len(name) <= 31 or re.search(r"[\\/?*\[\]:]", name) or name[0] == "'" or name[-1] == "'":
            raise Refused("You typed an invalid name for a sheet or chart.")
        other = self.sheet(name)
        if other is not None and other is not sheet:
            raise Refused("That name is already taken. Try a different one.")
        old, sheet.name = sheet.name, name
        self.each_formula(lambda _, formula: references.renamed(formula, old, name))

    # --- what formulas ask

    def value_at(self, sheet: str, row: int, column: int) -> Value:
        found = self.sheet(sheet)
        cell = found.cells.get((row, column)) if found else None
        if cell is None or not cell.formula:
            return cell.value if cell else None
        key = (sheet.casefold(), row, column)
        if key in self._under_way:
            return 0.0  # a circle
        if key not in self._memory:
            self._under_way.add(key)
            try:
                assert found is not None
                self._memory[key] = calculated(cell.formula, self, found.name)
            finally:
                self._under_way.discard(key)
        return self._memory[key]

    def filled(self, cells: Cells) -> Iterator[tuple[int, int]]:
        sheet = self.sheet(cells.sheet)
        for (row, column), cell in () if sheet is None else list(sheet.cells.items()):
            if (cell.value is not None or cell.formula) and cells.area.holds(row, column):
                yield row, column

    def has_sheet(self, name: str) -> bool:
        return self.sheet(name) is not None

    def name_in(self, name: str, sheet: str) -> Cells | None:
        own = self.sheet(sheet)
        for names in (own.names if own else {}, self.names):
            for key, text in names.items():
                if key.casefold() == name.casefold():
                    return cells_of(text)
        return None


def cells_of(text: str) -> Cells | None:
    """='01'!$A$1 -> where that is."""
    prefix, _, address = text.lstrip("=").rpartition("!")
    area = references.parse(address)
    return Cells(references.sheet_of(prefix), area) if area is not None else None


# --- from a file ------------------------------------------------------------------------------------------------------


def loaded(path: Path) -> BookData:
    """What openpyxl finds in a file."""
    source = openpyxl.load_workbook(path)
    book = BookData()
    for worksheet in source.worksheets:
        book.sheets.append(_sheet(book, worksheet))
    for name, defined in source.defined_names.items():
        book.names[name] = f"={defined.attr_text}"
    book.is_structure_protected = bool(source.security and source.security.lockStructure)
    return book


def _sheet(book: BookData, source: Any) -> Sheet:
    sheet = Sheet(book, source.title)
    sheet.visible = _STATES[source.sheet_state]
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None or cell.has_style:
                sheet.cells[cell.row, cell.column] = _cell(cell)
    for merged in source.merged_cells.ranges:
        sheet.merges.append(Area(merged.min_row, merged.min_col, merged.max_row, merged.max_col))
    for number, row in source.row_dimensions.items():
        if row.height is not None:
            sheet.heights[number] = row.height
        if row.hidden:
            sheet.hidden_rows.add(number)
    _columns(sheet, source)
    for name, defined in source.defined_names.items():
        sheet.names[name] = f"={defined.attr_text}"
    protection = source.protection
    if protection.sheet:
        sheet.password = ""
        sheet.allowed = {name: not getattr(protection, own) for name, own in MAY.items()}
    if source.auto_filter.ref:
        sheet.filter = references.parse(source.auto_filter.ref)
    return sheet


def _columns(sheet: Sheet, source: Any) -> None:
    """Widths and looks of columns, and the lists to choose from."""
    for rule in source.data_validations.dataValidation:
        if rule.type == "list":
            for area in rule.sqref.ranges:
                where = Area(area.min_row, area.min_col, area.max_row, area.max_col)
                sheet.choices.append(Choices(where, f"={rule.formula1}"))
    for column in source.column_dimensions.values():
        for number in range(column.min, column.max + 1):
            if column.has_style:
                sheet.column_looks[number] = _look(column)
            # In whole pixels: five are a margin, seven a character.
            sheet.widths[number] = max(round((int(column.width * 7 + 0.5) - 5) / 7, 2), 0.0)
            if column.hidden:
                sheet.hidden_columns.add(number)


def _look(source: Any) -> Look:
    return Look(
        number_format=source.number_format,
        color=_color(source.fill.fgColor) if source.fill.fill_type == "solid" else None,
        bold=bool(source.font.b),
        font_color=_color(source.font.color) or 0,
        locked=bool(source.protection.locked),
        wrap=bool(source.alignment.wrap_text),
    )


def _cell(source: Any) -> Cell:
    look = _look(source)
    note = source.comment.text if source.comment else None
    value = source.value
    if source.data_type == "f":
        return Cell(formula=str(getattr(value, "text", value)), look=look, note=note)
    if source.data_type == "e":
        value = CellError(value)
    elif isinstance(value, datetime.datetime | datetime.date | datetime.time):
        value = float(to_excel(value))  # type: ignore[no-untyped-call]
    elif isinstance(value, int | float) and not isinstance(value, bool):
        value = float(value)
    elif value is not None:
        value = value if isinstance(value, bool) else str(value)
    return Cell(value, look=look, note=note)


def _color(color: Any) -> int | None:
    if color is None or not isinstance(color.rgb, str):
        return None
    red, green, blue = (int(color.rgb[at : at + 2], 16) for at in (2, 4, 6))
    return red | green << 8 | blue << 16


def as_date(number: float) -> datetime.datetime:
    """A cell's number as a date."""
    found = from_excel(number)
    assert isinstance(found, datetime.datetime)
    return found


def as_number(date: datetime.datetime) -> float:
    return float(to_excel(date.replace(tzinfo=None)))  # type: ignore[no-untyped-call]


def reference(sheet: Sheet, area: Area) -> str:
    return f"={quoted(sheet.name)}!{area.address()}"

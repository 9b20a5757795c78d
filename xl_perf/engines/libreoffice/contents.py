"""Values and formulas of a block of cells, read and written in one call each, as Excel would give and take them."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from xl_perf.engines.libreoffice import typed
from xl_perf.engines.libreoffice.formulas import is_impossible, to_excel, to_office
from xl_perf.engines.libreoffice.number_formats import cells_of
from xl_perf.engines.libreoffice.protection import Refused, check_contents

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.cell_range import Range

Rows = Sequence[Sequence[Any]]
_FORMULA: Final = 16  # com.sun.star.sheet.CellFlags
_ERRORS: Final = {
    502: "#VALUE!",
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    523: "#NUM!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32_767: "#N/A",
}
"""LibreOffice's numbers of errors; others are shown as ``#VALUE!``."""
_SYNTAX: Final = frozenset({501, *range(507, 518), 533, 539})
"""Codes of formulas that Excel does not take at all."""


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value in a cell, such as ``#REF!``."""

    code: str


# --- reading -----------------------------------------------------------------------------------------------------


def values(cells: "Range") -> Rows:
    """The block's values: None, float, str, bool, datetime or `CellError`.

    One call for all values, a few more where there are numbers (dates and truth values are told by their format), and
    one per error value.
    """
    data = cells.api.getDataArray()
    numbers = [place for place, value in _each(data) if isinstance(value, float)]
    keys = cells.formats.of_cells(cells.sheet.api.uno, (_on_sheet(cells, place) for place in numbers))
    return tuple(
        tuple(
            _value(cells, (row, column), value, keys.get(_on_sheet(cells, (row, column))))
            for column, value in enumerate(line)
        )
        for row, line in enumerate(data)
    )


def _each(rows: Rows) -> Iterator[tuple[tuple[int, int], Any]]:
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            yield (row, column), value


def _on_sheet(cells: "Range", place: tuple[int, int]) -> tuple[int, int]:
    return cells.row - 1 + place[0], cells.column - 1 + place[1]


def _value(cells: "Range", place: tuple[int, int], value: Any, key: int | None) -> Any:
    if value == "":
        return None
    if value is None:  # how LibreOffice gives an error
        return CellError(_ERRORS.get(cells.api.getCellByPosition(place[1], place[0]).getError(), "#VALUE!"))
    if key is not None:
        if cells.formats.is_date(key):
            return typed.moment(value)
        if cells.formats.is_boolean(key):
            return bool(value)
    return value


def formulas(cells: "Range") -> tuple[tuple[str, ...], ...]:
    """What stands in the formula bar: formulas as Excel writes them, texts, numbers as texts, ``""`` for blank."""
    data, entries = cells.api.getDataArray(), cells.api.getFormulaArray()
    with_formula = set(cells_of(cells.api.queryContentCells(_FORMULA).getRangeAddresses()))
    return tuple(
        tuple(
            to_excel(entry) if _on_sheet(cells, (row, column)) in with_formula else _entry(value)
            for column, (value, entry) in enumerate(zip(line, entered, strict=True))
        )
        for row, (line, entered) in enumerate(zip(data, entries, strict=True))
    )


def _entry(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else value or ""


# --- writing -----------------------------------------------------------------------------------------------------


def write(cells: "Range", rows: Rows) -> None:
    """Writes values, texts and formulas as if typed by a person into Excel.

    In a cell of format ``@`` a text stays what it is; in others ``=…`` is a formula and ``90%`` a number. Raises
    `Refused` for locked cells of a protected sheet, and for a formula that Excel would not take (its cell is then
    blank). One call writes all; a few more learn and set formats.
    """
    check_contents(cells)
    entries = _Entries(cells, rows)
    if cells.sheet.book.is_one_undo_step:
        _let_undo_empty(cells.api)
    if entries.with_formula:
        cells.api.setFormulaArray(entries.as_typed())
    else:
        cells.api.setDataArray(entries.as_data())
    entries.set_formats()
    if entries.with_formula:
        _refuse_broken(cells, entries.with_formula)


def _let_undo_empty(cells: Any) -> None:
    """Has undo empty the blank cells again that are about to be filled.

    By itself it leaves there what `setDataArray` wrote. Undoing an array formula restores all cells under it. It is
    taken away before they are filled: made again, the step would leave it in those that stay blank.
    """
    if cells.queryEmptyCells().getCount():
        cells.setArrayFormula("=0")
        cells.setArrayFormula("")


class _Entries:
    """A block on its way into the sheet: each entry is a formula, a number or a text, and may bring a format."""

    def __init__(self, cells: "Range", rows: Rows) -> None:
        self._cells = cells
        self.with_formula: set[tuple[int, int]] = set()
        self._new_formats: dict[str, list[tuple[int, int]]] = {}
        self._keys = self._formats_that_matter(rows)
        self._rows = [
            [self._entry((row, column), value) for column, value in enumerate(line)] for row, line in enumerate(rows)
        ]

    def _formats_that_matter(self, rows: Rows) -> dict[tuple[int, int], int]:
        places = [
            _on_sheet(self._cells, place)
            for place, value in _each(rows)
            if isinstance(value, bool | datetime.date)
            or (isinstance(value, str) and (value[:1] in ("=", "'") or typed.understand(value)))
        ]
        return self._cells.formats.of_cells(self._cells.sheet.api.uno, places)

    def _entry(self, place: tuple[int, int], value: Any) -> float | str:
        """The number, the text, or a formula (then the place is remembered)."""
        if value is None:
            return ""
        key = self._keys.get(_on_sheet(self._cells, place))
        if isinstance(value, str):
            return value if key is None or self._cells.formats.is_text(key) else self._typed(place, value, key)
        if isinstance(value, bool):
            return self._number(place, typed.Understood(float(value), typed.BOOLEAN), key)
        if isinstance(value, datetime.date):
            number = typed.serial(value)
            return self._number(place, typed.Understood(number, typed.MOMENT if number % 1 else typed.DATE), key)
        return float(value)

    def _typed(self, place: tuple[int, int], text: str, key: int) -> float | str:
        if text.startswith("=") and len(text) > 1:
            if is_impossible(text):
                raise Refused(f"{self._cells.sheet.name}!{self._cells.address}: not a formula: {text}")
            self.with_formula.add(place)
            return text
        if text.startswith("'"):
            return text[1:]
        understood = typed.understand(text)
        return text if understood is None else self._number(place, understood, key)

    def _number(self, place: tuple[int, int], understood: typed.Understood, key: int | None) -> float:
        takes = key is not None and self._cells.formats.is_general(key)
        if takes and understood.format != typed.GENERAL:
            self._new_formats.setdefault(understood.format, []).append(_on_sheet(self._cells, place))
        return understood.number

    def as_data(self) -> tuple[tuple[float | str, ...], ...]:
        """For ``setDataArray``, which takes every text as a text."""
        return tuple(map(tuple, self._rows))

    def as_typed(self) -> tuple[tuple[str, ...], ...]:
        """For ``setFormulaArray``, which interprets what does not begin with an apostrophe."""
        return tuple(
            tuple(self._as_typed((row, column), entry) for column, entry in enumerate(line))
            for row, line in enumerate(self._rows)
        )

    def _as_typed(self, place: tuple[int, int], entry: float | str) -> str:
        if place in self.with_formula:
            return to_office(str(entry))
        if isinstance(entry, float):
            return repr(entry)
        return f"'{entry}" if entry else ""

    def set_formats(self) -> None:
        """Gives General cells the formats that came with what was typed."""
        for code, places in self._new_formats.items():
            ranges = self._cells.formats.ranges(self._cells.sheet.number, places)
            ranges.NumberFormat = self._cells.formats.key(code)


def _refuse_broken(cells: "Range", with_formula: set[tuple[int, int]]) -> None:
    """Excel refuses a formula that it cannot parse; LibreOffice keeps it as an error."""
    data = cells.api.getDataArray()
    broken = []
    for row, column in sorted(place for place in with_formula if data[place[0]][place[1]] is None):
        cell = cells.api.getCellByPosition(column, row)
        if cell.getError() in _SYNTAX:
            broken.append(cell.getFormula())
            cell.setString("")
    if broken:
        raise Refused(f"{cells.sheet.name}!{cells.address}: not a formula: {'; '.join(broken)}")

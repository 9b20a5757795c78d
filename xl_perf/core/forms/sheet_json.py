"""An office's own sheet as plain lists, for the text that a workbook carries: without fonts and colours."""

from typing import Any, Final

from xl_perf.core.cells.grid import Area
from xl_perf.core.cells.units import UNITS
from xl_perf.core.forms.own_sheet import OwnSheet, Place, PrintedGroup, PrintedTable

_MOST: Final = 400
"""Rows and columns of a sheet that somebody may have written by hand."""


def as_lists(sheet: OwnSheet) -> dict[str, Any]:
    """The sheet; of its cells those that print something."""
    texts = [(row, at, text) for row, cells in enumerate(sheet.texts) for at, text in enumerate(cells) if text]
    return {
        "size": [len(sheet.texts), sheet.width],
        "texts": texts,
        "merges": sheet.merges,
        "fields": sheet.fields,
        "months": sheet.months,
        "goals": sheet.goals,
        "columns": sheet.columns,
        "tables": sheet.tables,
        "title": sheet.title,
        "year": sheet.year,
        "widths": [round(width, 2) for width in sheet.widths],
        "pictures": sheet.pictures,
        "formulas": sheet.formulas,
        "goal_periods": sheet.goal_periods,
    }


def of_lists(said: Any) -> OwnSheet:
    """The sheet that the lists say. Raises ValueError, TypeError or KeyError for what is none."""
    rows, width = map(_number, said["size"])
    tables = tuple(map(_table, said["tables"]))
    edges = [edge for one in tables for edge in (one.first, one.last + 1)]
    if not (0 < rows <= _MOST and 0 < width <= _MOST and tables and edges == sorted(edges) and edges[-1] <= rows):
        raise ValueError(said["size"])
    texts = [[""] * width for _ in range(rows)]
    for row, column, text in said["texts"]:
        _area((row, column, row, column), rows, width)
        texts[row][column] = str(text)

    def area(one: Any) -> Area:
        return _area(one, rows, width)

    def place(one: Any) -> Place:
        key, cells, before, after, unit, room = (*one, "")[:6]
        if unit not in UNITS:
            raise ValueError(unit)
        return Place(str(key), area(cells), str(before), str(after), str(unit), str(room))

    return OwnSheet(
        tuple(map(tuple, texts)),
        tuple(map(area, said["merges"])),
        tuple(map(place, said["fields"])),
        tuple((_number(month), place(one)) for month, one in said["months"]),
        tuple(map(place, said["goals"])),
        tuple(map(place, said["columns"])),
        tables,
        None if said["title"] is None else area(said["title"]),
        None if said["year"] is None else area(said["year"]),
        widths=_widths(said["widths"], width),
        pictures=_number(said.get("pictures", 0)),
        formulas=tuple((*area((row, at, row, at))[:2], str(formula)) for row, at, formula in said.get("formulas", ())),
        goal_periods=tuple(map(str, said.get("goal_periods", ()))),
    )


def _table(said: Any) -> PrintedTable:
    header, first, last, groups = said
    header, first, last = map(_number, (header, first, last))
    if not 0 <= header < first <= last:
        raise ValueError(said)
    own = (PrintedGroup(str(label), tuple(map(str, seconds))) for label, seconds in groups)
    return PrintedTable(header, first, last, tuple(own))


def _widths(said: Any, number: int) -> tuple[float, ...]:
    widths = tuple(float(one) for one in said)
    if widths and (len(widths) != number or not all(0 <= one <= 255 for one in widths)):
        raise ValueError(said)
    return widths


def _area(said: Any, rows: int, width: int) -> Area:
    top, left, bottom, right = map(_number, said)
    if not (0 <= top <= bottom < rows and 0 <= left <= right < width):
        raise ValueError(said)
    return top, left, bottom, right


def _number(said: Any) -> int:
    if not isinstance(said, int) or isinstance(said, bool):
        raise TypeError(said)
    return said

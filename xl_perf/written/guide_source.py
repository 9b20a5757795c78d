"""The sheet of a workbook of which a 样表 is made, before it has marks.

It is without formulas that make texts, for they speak of sheets that are not there any more; and without what xl-perf
itself put around a form.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.grid import Area, Grid, NoValue, a1
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.guide_faults import MAKES_TEXT
from xl_perf.core.forms.guide_rows import cell_in
from xl_perf.sheets.form_names import MARKED_NAME
from xl_perf.written.drawn_forms import put_typed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_OURS: Final = re.compile(
    rf"{MARKED_NAME}|\A(?:AND\(COUNT\(.*\)>0,ROUND\(.*,6\)<>0\)|AND\(ISNUMBER\(.*\),(?:OR|ROUND)\(.*)\Z", re.DOTALL
)
"""The formulas of the conditional formats that every form of ours has (`form_checks.colour`)."""
_COLUMNS: Final = re.compile(r"(?<![\w!.$])\$?([A-Z]{1,3})\$?[1-9]\d*(?![\w(])").findall
_LONGEST: Final = 16


def texts_for_formulas(sheet: "Worksheet", grid: Grid) -> Iterator[str]:
    """Puts the text that a formula shows in its place; gives a sentence without full stop on each, in Chinese.

    One that shows a number stays, and one that nobody has calculated.
    """
    for cells in sheet.iter_rows():
        for cell in cells:
            row, column = (cell.row or 1) - 1, (cell.column or 1) - 1
            typed = cell_in(grid.rows[row], column) if row < len(grid.rows) else None
            if cell.data_type != "f" or isinstance(typed, NoValue):
                continue
            if isinstance(typed, str) and not is_blank(typed):
                put_typed(cell, typed)
                shown = " ".join(text_of(typed).split())
                shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
                yield f"{a1(row, column)} 的公式换成了它显示的文字“{shown}”"
            elif is_blank(typed) and MAKES_TEXT(_formula(cell.value)):
                cell.value = None
                yield f"{a1(row, column)} 的公式没有显示文字，样表里没有它"


def _formula(value: Any) -> str:
    return str(getattr(value, "text", value) or "")


def without_ours(sheet: "Worksheet", end: int | None) -> None:
    """Takes away what xl-perf writes on every form anew: colours, messages and names; the look of what stood beside it.

    ``end`` is the first column beside the form.
    """
    from openpyxl.formatting.formatting import ConditionalFormattingList

    conditions, sheet.conditional_formatting = sheet.conditional_formatting, ConditionalFormattingList()
    for block in conditions:
        is_beside = (
            end is not None and block.sqref.ranges and all((one.min_col or 0) > end for one in block.sqref.ranges)
        )
        for rule in block.rules if not is_beside else ():
            if not any(_OURS.search(str(formula)) for formula in rule.formula):
                sheet.conditional_formatting.add(str(block.sqref), rule)
    rules = sheet.data_validations.dataValidation
    sheet.data_validations.dataValidation = [
        rule for rule in rules if rule.type == "list" and str(rule.formula1 or "").startswith('"')
    ]
    for name in list(sheet.defined_names):
        del sheet.defined_names[name]
    if end is not None:
        _without_beside(sheet, end)


def _without_beside(sheet: "Worksheet", end: int) -> None:
    """Without the numbers that a list takes from beside it, and without the widths of those columns."""
    from openpyxl.utils import column_index_from_string

    for cells in sheet.iter_rows(max_col=end):
        for cell in cells:
            said = _formula(cell.value) if cell.data_type == "f" else ""
            if any(column_index_from_string(one) > end for one in _COLUMNS(said)):
                cell.value = None
    for letter in list(sheet.column_dimensions):
        if column_index_from_string(letter) > end:
            del sheet.column_dimensions[letter]


def without_rows(
    sheet: "Worksheet",
    first: int,
    row: int,
    number: int,
    merges: Sequence[Area],
    formulas: Sequence[tuple[int, int, str]],
) -> None:
    """Takes ``number`` rows from ``row`` on out of a list whose body begins at ``first``, and merges its body anew.

    From there on it has no formulas but those given, each with its row and column: our sums speak of more rows.
    """
    areas = [one for one in list(sheet.merged_cells.ranges) if (one.max_row or 0) > first]
    for area in areas:
        sheet.unmerge_cells(area.coord)
    heights = {at: line.height for at, line in sheet.row_dimensions.items() if at > row and line.height}
    sheet.delete_rows(row + 1, number)
    for at in {*heights, *(one - number for one in heights if one - number > row)}:
        sheet.row_dimensions[at].height = heights.get(at + number)
    for top, left, bottom, right in merges:
        sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    for area in areas:
        if area.min_row > row + number:
            sheet.merge_cells(None, area.min_row - number, area.min_col, area.max_row - number, area.max_col)
    for cells in sheet.iter_rows(min_row=first + 1):
        for cell in cells:
            if cell.data_type == "f":
                cell.value = None
    for at, column, formula in formulas:
        sheet.cell(at + 1, column + 1).value = f"={formula.removeprefix('=')}"

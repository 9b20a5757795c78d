"""Draws a form of which only the cells are known: from a text, an old workbook, or a shipped kind, as a 样表."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_perf.core.cells.grid import Area, Grid, Scalar, column_letters
from xl_perf.core.cells.units import stated_units
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.titles import is_attachment, is_title, is_year_line
from xl_perf.sheets.form_heights import of_text, spread
from xl_perf.sheets.looks import FONT, HEAD_FONT
from xl_perf.sheets.texts import valid

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDEST: Final = 40
_PAGE_WIDTH: Final = 84
"""Characters that fit on an upright page: a drawn form is as broad, or broader."""
_TOO_BROAD: Final = 130
"""Characters of a form that is better printed on a page laid across."""
_LONGEST_UNIT: Final = 14
_SIZE: Final = 10.5
_TITLE_SIZE: Final = 16
_TITLE_HEIGHT, _LINE_HEIGHT, _ROW_HEIGHT = 34.0, 20.0, 26.0


class FormLook(NamedTuple):
    """The widths of columns in characters, and the least heights of rows in points; empty: by the texts."""

    widths: Sequence[float] = ()
    heights: Sequence[float] = ()


class _Line(NamedTuple):
    """What stands outside a form's frame: its title, its year, the unit."""

    text: str
    is_title: bool


def draw_form(sheet: "Worksheet", grid: Grid, look: FormLook = FormLook()) -> "Worksheet":  # noqa: B008  (a tuple)
    """Writes the cells of a form to a blank sheet: merged as they are, with borders, as wide as a page."""
    from openpyxl.styles import Alignment, Border, Font, Side

    sheet.title = valid(grid.sheet)[:31].translate(dict.fromkeys(map(ord, "[]:*?/\\"), "_")) or "表"
    side = Side(style="thin", color="000000")
    lines = dict(_lines_of(grid))
    for row, cells in enumerate(grid.rows):
        for column, typed in enumerate(cells):
            cell = sheet.cell(row + 1, column + 1)
            put_typed(cell, typed)
            if row not in lines:
                cell.font = Font(name=FONT, size=_SIZE)
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
                cell.border = Border(side, side, side, side)
    for row, line in lines.items():
        cell = sheet.cell(row + 1, 1)
        name, size = (HEAD_FONT, _TITLE_SIZE) if line.is_title else (FONT, _SIZE)
        cell.font = Font(name=name, size=size, bold=line.is_title)
        cell.alignment = Alignment(horizontal=_side_of(line), vertical="center", wrap_text=True)
    for top, left, bottom, right in grid.merges:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    widths = list(look.widths) or _widths(grid, lines)
    for column, width in enumerate(widths):
        sheet.column_dimensions[column_letters(column)].width = round(width, 1)
    for row, height in enumerate(_heights(grid, lines, widths, look.heights), 1):
        sheet.row_dimensions[row].height = round(height, 1)
    if sum(widths) > _TOO_BROAD:
        sheet.page_setup.orientation = "landscape"
    fit_to_page(sheet)
    return sheet


def fit_to_page(sheet: "Worksheet") -> None:
    """On A4, as wide as the page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def put_typed(cell: Any, typed: Scalar) -> None:
    """A text is written as a text, whatever it begins with."""
    if isinstance(typed, str):
        cell.value = valid(typed)
        cell.data_type = "s"
    elif isinstance(typed, int | float):
        cell.value = typed


def _lines_of(grid: Grid) -> Iterator[tuple[int, _Line]]:
    """The rows outside the table's frame: lines as broad as the form, above or below it.

    Of a text they are what stands outside its table, in rows with one cell.
    """
    width = max(map(len, grid.rows), default=0)
    broad = {top for top, left, bottom, right in grid.merges if top == bottom and left == 0 and right >= width - 1}
    for row, cells in enumerate(grid.rows):
        text = str(cells[0] or "") if cells else ""
        is_line = len(cells) == 1 or is_title(text) or is_year_line(text) or _is_unit(text)
        if row in broad and width > 1 and is_line:
            may_be_title = row == 0 and not ({*":："} & {*text} or is_attachment(text))
            yield row, _Line(text, is_title(text) or may_be_title)


def _is_unit(text: str) -> bool:
    """A line that says the unit of the amounts and nothing else: 单位：万元."""
    return len(text.strip()) <= _LONGEST_UNIT and len(stated_units(text)) == 1


def _side_of(line: _Line) -> str:
    if line.is_title or is_year_line(line.text):
        return "center"
    return "right" if _is_unit(line.text) else "left"


def _widths(grid: Grid, lines: dict[int, _Line]) -> list[float]:
    """As wide as the texts of cells that are not merged, together at least as a page."""
    covered = {
        (row, at)
        for top, left, bottom, right in grid.merges
        for row in range(top, bottom + 1)
        for at in range(left, right + 1)
    }
    found: dict[int, float] = {}
    for row, cells in enumerate(grid.rows):
        for column, typed in enumerate(cells):
            if row not in lines and (row, column) not in covered:
                found[column] = max(found.get(column, 10), min(2 * len(str(typed or "")) + 2, _WIDEST))
    broader = max(1.0, _PAGE_WIDTH / max(1, sum(found.values())))
    usual = found or {0: 10}
    return [found.get(column, 10) * broader for column in range(max(usual) + 1)]


def _heights(grid: Grid, lines: dict[int, _Line], widths: Sequence[float], least: Sequence[float]) -> Sequence[float]:
    """Every text shows whole."""
    own = [_TITLE_HEIGHT if lines[row].is_title else _LINE_HEIGHT for row in lines]
    of_lines = dict(zip(lines, own, strict=True))
    rows = [of_lines.get(row, least[row] if row < len(least) else _ROW_HEIGHT) for row in range(len(grid.rows))]
    return spread(rows, _needed(grid, lines, widths))


def _needed(grid: Grid, lines: dict[int, _Line], widths: Sequence[float]) -> Iterator[tuple[Area, float]]:
    areas = {area[:2]: area for area in grid.merges}
    for row, cells in enumerate(grid.rows):
        for column, typed in enumerate(cells):
            if not is_blank(typed):
                area = areas.get((row, column), (row, column, row, column))
                is_title = row in lines and lines[row].is_title
                width = sum(widths[area[1] : area[3] + 1])
                yield area, of_text(str(typed), width, _TITLE_SIZE if is_title else _SIZE)

"""Writes a 样表: the office's own sheet with marks in the cells to fill in, and the sheet 对照 to correct them.

The office's file is read and written anew by openpyxl, which keeps fonts, widths, merges, formats and the page; the
file itself is left as it is. Of other sources the form is drawn plainly.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.grid import Area, Grid, column_letters
from xl_perf.core.cells.units import OF_FORMS
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.guide_rows import HEADINGS
from xl_perf.core.forms.guide_table import certainties, is_further, marked_cells, table_head, table_rows
from xl_perf.core.forms.learning import Learning
from xl_perf.core.forms.marks import choices
from xl_perf.files.own_files import GUIDE, KIND_PROPERTY, WRITTEN
from xl_perf.sheets.guide_looks import FILLS
from xl_perf.sheets.looks import FONT, HEAD_FONT, HEADER_FILL, LINE
from xl_perf.written.drawn_forms import FormLook, draw_form, fit_to_page, put_typed
from xl_perf.written.guide_pictures import put_around, put_pictures
from xl_perf.written.guide_source import texts_for_formulas, without_ours, without_rows
from xl_perf.written.own_drawings import CHARTS, Drawn, drawn_in, opened, sentence
from xl_perf.written.own_margins import put_margin_pictures

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS: Final = (24, 10, 9, 22, 22, 10, 7, 9, 34)
_LEGEND: Final = (
    (Certainty.SURE, "认得：不用改"),
    (Certainty.CHECK, "像是：请在“核对”一栏选它是什么，选好才能用"),
    (Certainty.UNKNOWN, "不认识：按文字收；要紧的请在“核对”一栏选"),
)
_HOW: Final = (
    "“填写处”是填内容的格子，表上写着 {预算数} 这样的标记。不对的，在“核对”一栏选对的；也可以直接改表上的标记。",
    "金额的单位表上没有印的，在“金额单位”一栏选。改好后存盘，用 xl-perf form check 核对。",
)
_CHOICES: Final = 11
"""The column with the names to choose from, behind a gap."""
_LAST_ROW: Final = 400
_MOST_SAID: Final = 8
ONLY_VALUES: Final = "样表是照这张表画的，字体、列宽不一定和原来的一样"


def write_guide(
    path: Path,
    learned: Learning,
    grid: Grid,
    others: Sequence[Grid],
    source: Path | None,
    look: FormLook = FormLook(),  # noqa: B008  (a tuple)
    *,
    is_ours: bool = False,
    surplus: tuple[int, int, int, Sequence[Area], Sequence[tuple[int, int, str]]] | None = None,
) -> tuple[str, ...]:
    """Writes the 样表 of a learned form; ``source`` is the office's .xlsx, None where the form is to be drawn.

    Drawn it looks as ``look`` says.

    ``is_ours``: the source is a workbook of ours, of which nothing stays that we write on every form.
    ``surplus`` says which rows of a list are ours (`guide_source.without_rows`).

    Of the ``others`` those stay that list the amounts of a list, without what they list. Gives sentences on what is
    not as it was: the form was drawn, also where openpyxl cannot read the office's file; something on it was lost.
    """
    from openpyxl import Workbook

    office: Any = None if source is None else _opened(source)
    is_drawn = office is None
    book: Any = Workbook() if is_drawn else office  # its stubs lack document properties
    amounts = dict(learned.amount_sheets)
    if is_drawn:
        sheet = draw_form(book.active, grid, look)
        for other in others:
            if other.sheet in amounts:
                draw_form(book.create_sheet(), other)
    else:
        sheet = _only(book, grid.sheet, amounts)
    for name, header in amounts.items():
        _empty(book[name], header)
    if surplus is not None and not is_drawn:
        without_rows(sheet, *surplus)
    said = [] if is_drawn else list(texts_for_formulas(sheet, grid))
    if is_ours and not is_drawn:
        without_ours(sheet, learned.beside)
        said = []  # what our formulas show is no news
    _remove_further(sheet, learned)
    _mark(sheet, learned, grid)
    _table(book, learned, grid.sheet)
    _seal(book, learned.form.name)
    drawn = Drawn() if is_drawn or source is None else drawn_in(str(source), grid.sheet)
    put_pictures(sheet, drawn)
    put_around(sheet, drawn)
    book.save(path)
    put_margin_pictures(path, f"xl/worksheets/sheet{book.sheetnames.index(sheet.title) + 1}.xml", drawn.margins)
    lost = [one for one in drawn.lost if not one.startswith(CHARTS)]  # openpyxl keeps these
    lines = "；".join(said[:_MOST_SAID]) + (f"等 {len(said)} 格" if len(said) > _MOST_SAID else "")
    said = [lines] if said else []
    return *([ONLY_VALUES] if is_drawn else []), *said, *([sentence("这张表", lost)] if lost else [])


def _opened(source: Path) -> Any:
    """The office's workbook; None where openpyxl cannot read it. What it raises for that has no common class."""
    try:
        return opened(source, rich_text=True)
    except Exception:  # whatever other programs wrote: the form is drawn then, which is said
        return None


def _only(book: Any, name: str, amounts: Mapping[str, int]) -> "Worksheet":
    """The form's sheet, and those that list its amounts: others may hold what people filled in."""
    for other in book.sheetnames:
        if other != name and other not in amounts:
            del book[other]
    sheet: Worksheet = book[name]
    sheet.sheet_state = "visible"
    sheet.protection.sheet = False
    book.active = book.sheetnames.index(name)
    return sheet


def _empty(sheet: "Worksheet", header: int) -> None:
    """Without what is listed below a header."""
    from openpyxl.cell.cell import MergedCell

    for cells in sheet.iter_rows(min_row=header + 2):
        for cell in cells:
            if not isinstance(cell, MergedCell):
                cell.value = None


def _remove_further(sheet: "Worksheet", learned: Learning) -> None:
    """Other forms on the sheet are none of this one: nothing stands there any more."""
    for area in list(sheet.merged_cells.ranges):
        if is_further(learned, area.min_row - 1, area.min_col - 1):
            sheet.unmerge_cells(area.coord)
    if learned.below is not None:
        sheet.delete_rows(learned.below + 1, sheet.max_row)
    if learned.beside is not None:
        sheet.delete_cols(learned.beside + 1, sheet.max_column)


def _mark(sheet: "Worksheet", learned: Learning, grid: Grid) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.styles import PatternFill

    sure = certainties(learned)
    for (row, column), mark in marked_cells(grid, learned).items():
        cell = sheet.cell(row + 1, column + 1)
        if isinstance(cell, MergedCell):
            continue
        if mark is None:
            cell.value = None
            continue
        put_typed(cell, mark)
        if (row, column) in sure:
            colour = FILLS[sure[row, column]]
            cell.fill = PatternFill("solid", fgColor=colour, bgColor=colour)


def _table(book: Any, learned: Learning, name: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    sheet = book.create_sheet(GUIDE_SHEET)
    side = Side(style="thin", color=LINE.lstrip("#"))
    border = Border(side, side, side, side)

    def put(row: int, column: int, text: str, *, bold: bool = False, fill: str = "", framed: bool = False) -> None:
        cell = sheet.cell(row, column, text)
        cell.data_type = "s"
        cell.number_format = "@"
        cell.font = Font(name=HEAD_FONT if bold else FONT, size=10.5, bold=bold)
        cell.alignment = Alignment(vertical="center", wrap_text=framed or bold)
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill, bgColor=fill)
        if framed:
            cell.border = border

    put(1, 1, "对照：表上每一栏是什么", bold=True)
    sheet.cell(1, 1).font = Font(name=HEAD_FONT, size=14, bold=True)
    sheet.cell(1, 1).alignment = Alignment(vertical="center")
    for row, text in enumerate(_HOW, 2):
        put(row, 1, text)
    for row, (title, said) in enumerate(table_head(learned, name), 5):
        put(row, 1, title, bold=True)
        put(row, 2, said)
    for row, (certainty, said) in enumerate(_LEGEND, 5):
        put(row, 6, certainty.value, fill=FILLS[certainty], framed=True)
        put(row, 7, said)
    header = 10
    for column, heading in enumerate(HEADINGS, 1):
        put(header, column, heading, bold=True, fill=HEADER_FILL.lstrip("#"), framed=True)
    last = header
    for last, cells in enumerate(table_rows(learned), header + 1):
        for column, text in enumerate(cells, 1):
            is_judged = HEADINGS[column - 1] in {"核对", "把握"}
            put(last, column, text, framed=True, fill=FILLS[Certainty(cells[7])] if is_judged else "")
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[column_letters(column - 1)].width = width
    _lists(sheet, header + 1)
    sheet.freeze_panes = f"B{header + 1}"
    sheet.page_setup.orientation = "landscape"
    fit_to_page(sheet)
    sheet.print_area = f"A1:I{last}"


def _lists(sheet: "Worksheet", first: int) -> None:
    """What may be chosen: in 核对 the names, which stand in a column of their own; units; 是."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    names = choices()
    letter = column_letters(_CHOICES - 1)
    for row, name in enumerate(("可选的栏目", *names), first - 1):
        cell = sheet.cell(row, _CHOICES, name)
        cell.font = Font(name=FONT, size=9, color="808080")
    sheet.column_dimensions[letter].width = 24

    def offer(column: str, source: str) -> None:
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
        rule.add(f"{column}{first}:{column}{_LAST_ROW}")
        sheet.add_data_validation(rule)

    offer("E", f"${letter}${first}:${letter}${first + len(names) - 1}")
    offer("F", f'"{",".join(OF_FORMS)}"')
    offer("G", '"是"')


def _seal(book: Any, name: str) -> None:
    """What it is called, and that it is a 样表; the same input gives the same bytes."""
    import datetime

    from openpyxl.packaging.custom import StringProperty

    book.properties.title, book.properties.creator = f"样表：{name}", "xl-perf"
    date = datetime.datetime.fromisoformat(WRITTEN)
    book.properties.created = book.properties.modified = date
    own = [prop.name for prop in book.custom_doc_props.props if prop.name == KIND_PROPERTY]
    for prop in own:
        del book.custom_doc_props[prop]
    book.custom_doc_props.append(StringProperty(name=KIND_PROPERTY, value=GUIDE))

"""The printed page of a 样表: paper, margins, scale, titles, header and footer, as the office set them."""

from typing import TYPE_CHECKING, Any

from xl_perf.core.forms.layout import Layout
from xl_perf.written.own_look import OwnLook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def own_page(sheet: "Worksheet", look: OwnLook, layout: Layout) -> None:
    """Sets up the page as that of the 样表. Without colours of its own it is printed without those of inputs too."""
    source = look.sheet
    _paper(sheet, source)
    _scale(sheet, source)
    if source.page_setup.blackAndWhite or look.is_black_and_white:
        sheet.print_black_and_white()
    margins = source.page_margins
    for text, write, margin in (
        (source.oddHeader, sheet.set_header, margins.header),
        (source.oddFooter, sheet.set_footer, margins.footer),
    ):
        said = _said(text)
        if said:
            write(said, {"margin": float(margin)})
    _titles(sheet, source, layout)
    if source.print_options.gridLines:
        sheet.hide_gridlines(0)
    elif source.sheet_view.showGridLines is False:
        sheet.hide_gridlines(2)


def _paper(sheet: "Worksheet", source: Any) -> None:
    page, margins, options = source.page_setup, source.page_margins, source.print_options
    if page.orientation == "landscape":
        sheet.set_landscape()
    if page.paperSize:
        sheet.set_paper(int(page.paperSize))
    sheet.set_margins(*(float(one) for one in (margins.left, margins.right, margins.top, margins.bottom)))
    if options.horizontalCentered:
        sheet.center_horizontally()
    if options.verticalCentered:
        sheet.center_vertically()


def _scale(sheet: "Worksheet", source: Any) -> None:
    page, fit = source.page_setup, source.sheet_properties.pageSetUpPr
    if fit is not None and fit.fitToPage:
        sheet.fit_to_pages(*(1 if one is None else int(one) for one in (page.fitToWidth, page.fitToHeight)))
    elif page.scale:
        sheet.set_print_scale(int(page.scale))
    if page.pageOrder == "overThenDown":
        sheet.print_across()
    if page.firstPageNumber and page.useFirstPageNumber:
        sheet.set_start_page(int(page.firstPageNumber))


def _said(item: Any) -> str:
    """A header or footer in the code of the file format (ECMA-376 Part 1, 18.3.1.46)."""
    text = str(item).replace("_x000D_\n", "\n").replace("_x000D_", "\n") if item else ""
    return text.replace("\r\n", "\n")


def _titles(sheet: "Worksheet", source: Any, layout: Layout) -> None:
    """Rows and columns that stand again on every page."""
    rows, columns = source.print_title_rows, source.print_title_cols
    if rows:
        first, last = (int(one.strip("$")) - 1 for one in rows.split(":"))
        own = [at for at, made in enumerate(layout.rows) if first <= made <= last]
        if own:
            sheet.repeat_rows(own[0], own[-1])
    if columns:
        sheet.repeat_columns(columns.replace("$", ""))
    breaks = [layout.rows.index(one.id) for one in source.row_breaks.brk if one.id in layout.rows]
    if breaks:
        sheet.set_h_pagebreaks(breaks)

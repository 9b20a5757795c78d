"""The printed page of a 样表, and how its sheet shows on a screen, as the office set them."""

import io
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.grid import Area, cell_place
from xl_perf.core.forms.layout import Layout
from xl_perf.written.own_look import PADDING, PER_CHARACTER, OwnLook
from xl_perf.written.own_margins import SIDES
from xl_perf.written.page import A4

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_USUAL_ZOOM: Final = 100


def own_page(sheet: "Worksheet", look: OwnLook, layout: Layout) -> None:
    """Sets up the page as that of the 样表. Without colours of its own it is printed without those of inputs too."""
    source = look.sheet
    _paper(sheet, source)
    _scale(sheet, source, sum(layout.widths))
    if source.page_setup.blackAndWhite or look.is_black_and_white:
        sheet.print_black_and_white()
    margins, around = source.page_margins, source.HeaderFooter
    more = {
        "scale_with_doc": around.scaleWithDoc is not False,
        "align_with_margins": around.alignWithMargins is not False,
    }
    for text, write, margin, place in (
        (look.drawn.header, sheet.set_header, margins.header, "H"),
        (look.drawn.footer, sheet.set_footer, margins.footer, "F"),
    ):
        if text:
            write(text, {"margin": float(margin), **more, **_pictures(look, place)})
    _titles(sheet, source, layout)
    if source.print_options.gridLines:
        sheet.hide_gridlines(0)
    elif source.sheet_view.showGridLines is False:
        sheet.hide_gridlines(2)
    if source.print_options.headings:
        sheet.print_row_col_headers()
    tab = look.colours.of(source.sheet_properties.tabColor)
    if tab:
        sheet.set_tab_color(tab)


def _pictures(look: OwnLook, place: str) -> dict[str, Any]:
    """The pictures of the header (H) or the footer (F), in the size that they have there."""
    from xlsxwriter.image import Image

    found: dict[str, Any] = {}
    for one in look.drawn.margins:
        if one.place[1:] == place:
            image = Image(io.BytesIO(one.data))
            image._width, image._height, image._x_dpi, image._y_dpi = one.width, one.height, 72, 72  # noqa: SLF001  # which it is written with
            found[f"image_{SIDES[one.place[0]]}"] = image
    return found


def own_view(look: OwnLook | None, layout: Layout, zoom: int) -> tuple[int, int, int]:
    """Rows and columns that stay in sight, and the zoom: the office's, else those above the first input, and ours."""
    usual = layout.head + 1, 0, zoom
    if look is None:
        return usual
    view = look.sheet.sheet_view
    pane, own = view.pane, view.zoomScale if view.view in {None, "normal"} else view.zoomScaleNormal
    shown = int(own) if own and own != _USUAL_ZOOM else zoom
    if pane is None or pane.state not in {"frozen", "frozenSplit"}:
        return *usual[:2], shown
    rows, columns = int(pane.ySplit or 0), int(pane.xSplit or 0)
    kept = sum(source < rows for source in layout.rows)
    return (
        (kept, min(columns, layout.kind.width), shown)
        if kept <= layout.header_row + _MOST_KEPT
        else (*usual[:2], shown)
    )


_PORTRAIT: Final = 85
"""Characters that A4 holds beside each other, upright."""
_LANDSCAPE: Final = 120
"""From so many on it is laid across."""
_MOST_KEPT: Final = 2
"""Rows of the table's header that stay in sight: more would leave no room on a screen."""


def is_wide(look: OwnLook | None, layout: Layout) -> bool:
    """Its page lies on its side: the office has set it so, or nobody has set it, and the form is very broad."""
    if look is not None:
        page = look.sheet.page_setup
        if page.orientation or page.paperSize:
            return bool(page.orientation == "landscape")
    return sum(layout.widths) > _LANDSCAPE


def printed_area(look: OwnLook | None, layout: Layout) -> Area:
    """The cells that are printed: all of the form with its pictures, or what the office prints of it."""
    whole = 0, 0, layout.end, layout.kind.width - 1
    if look is None or layout.own is None:
        return whole
    beyond = len(layout.rows) - len(layout.own.texts)
    own = [area for area in _areas(look.sheet.print_area) if area[1] <= whole[3]]
    if not own:
        ends = [one.end or one.begin for one in look.drawn.pictures if one.begin[1] <= whole[3]]
        lasts = [row + beyond - (1 if down == 0 else 0) for row, _, _, down in ends]
        return *whole[:2], max([layout.end, *lasts]), whole[3]
    top, left = min(area[0] for area in own), min(area[1] for area in own)
    bottom, right = max(area[2] for area in own), max(area[3] for area in own)
    rows = [row for row, source in enumerate(layout.rows) if top <= source <= bottom]
    if not rows:
        return whole
    last = bottom + beyond if bottom >= len(layout.own.texts) else rows[-1]
    return rows[0], left, last, min(right, whole[3])


def _areas(said: Any) -> list[Area]:
    """The areas that are printed, from 0; those of whole columns say nothing of rows."""
    found = []
    for one in str(said or "").split(","):
        first, _, last = one.rpartition("!")[2].replace("$", "").partition(":")
        with suppress(ValueError):
            found.append((*cell_place(first), *cell_place(last or first)))
    return found


def _paper(sheet: "Worksheet", source: Any) -> None:
    page, margins, options = source.page_setup, source.page_margins, source.print_options
    if page.orientation == "landscape":
        sheet.set_landscape()
    sheet.set_paper(int(page.paperSize or A4))  # without one a printer's own paper is meant, in the file Letter
    sheet.set_margins(*(float(one) for one in (margins.left, margins.right, margins.top, margins.bottom)))
    if options.horizontalCentered:
        sheet.center_horizontally()
    if options.verticalCentered:
        sheet.center_vertically()


def _scale(sheet: "Worksheet", source: Any, width: float) -> None:
    """The office's scale. A form of which nobody has set up the page is made as broad as one, if it is broader."""
    page, fit = source.page_setup, source.sheet_properties.pageSetUpPr
    if fit is not None and fit.fitToPage:
        sheet.fit_to_pages(*(1 if one is None else int(one) for one in (page.fitToWidth, page.fitToHeight)))
    elif page.scale:
        sheet.set_print_scale(int(page.scale))
    elif not page.paperSize and not page.orientation and width > _PORTRAIT:
        if width > _LANDSCAPE:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    if page.pageOrder == "overThenDown":
        sheet.print_across()
    if page.firstPageNumber and page.useFirstPageNumber:
        sheet.set_start_page(int(page.firstPageNumber))


_PAPERS: Final = {8: (841.9, 1190.6), A4: (595.3, 841.9), 11: (419.5, 595.3)}
"""Points of A3, A4 and A5, upright."""
_INCH: Final = 72.0
_PIXEL: Final = 0.75
"""Points of a pixel on a screen."""
_ROUNDED_AWAY: Final = 1.0


def printed_scale(look: OwnLook, layout: Layout, heights: Sequence[float]) -> float | None:
    """The scale in which the office prints a form with rows of these heights on one page; None where it takes more."""
    source = look.sheet
    page, fit, margins = source.page_setup, source.sheet_properties.pageSetUpPr, source.page_margins
    across, down = _PAPERS.get(int(page.paperSize or A4), _PAPERS[A4])
    if is_wide(look, layout):
        across, down = down, across
    across -= (float(margins.left) + float(margins.right)) * _INCH
    down -= (float(margins.top) + float(margins.bottom)) * _INCH
    width = sum(one * PER_CHARACTER + PADDING for one in layout.widths) * _PIXEL
    height = sum(heights)
    by_width, by_height = across / width, down / height
    if fit is not None and fit.fitToPage:
        limits = ((page.fitToWidth, by_width), (page.fitToHeight, by_height))
        scale = min(1.0, *(limit for pages, limit in limits if pages is None or int(pages) == 1))
    elif page.scale:
        scale = int(page.scale) / 100
    else:
        scale = 1.0 if page.paperSize or page.orientation else min(1.0, by_width)
    fits = width * scale <= across + _ROUNDED_AWAY and height * scale <= down + _ROUNDED_AWAY
    return scale if fits else None


def _titles(sheet: "Worksheet", source: Any, layout: Layout) -> None:
    """Rows and columns that stand again on every page; where pages end."""
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
    across = [one.id for one in source.col_breaks.brk if one.id and one.id < layout.kind.width]
    if across:
        sheet.set_v_pagebreaks(across)

"""The printed page of a sheet, upright or broad, and the protection of those that people fill in."""

from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import column_letters
from xl_perf.sheets.protection import PROTECTION

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

A4: Final = 9
PAGE_WIDTH, PAGE_HEIGHT = 770.0, 502.0
"""Points inside the margins of `landscape_page`: 10.69 by 6.97 inches."""


def portrait_page(sheet: "Worksheet", *, one_page: bool) -> None:
    """A4 portrait, as wide as the page. It is printed as it is handed in: black on white, nothing at the foot."""
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.55, right=0.55, top=0.55, bottom=0.55)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.print_black_and_white()
    sheet.hide_gridlines(2)


def landscape_page(sheet: "Worksheet", first_header: int, last_header: int, columns: int) -> None:
    """A4 landscape, as wide as the page, header rows on every page, 第 n 页 below."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first_header, last_header)
    sheet.set_footer("&C&9第 &P 页，共 &N 页", {"margin": 0.35})
    sheet.hide_gridlines(2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(columns - 1)}1048576"})


def protect(sheet: "Worksheet", **more: bool) -> None:
    """Locks what is not an input, without a password; ``more`` are further things that everybody may do."""
    sheet.protect("", {**PROTECTION, **more})

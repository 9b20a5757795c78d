"""The printed page and the protection of the sheets that people fill in."""

from collections.abc import Mapping
from typing import Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.books.layout import A4

PROTECTION: Final[Mapping[str, bool]] = {"insert_rows": True, "format_rows": True, "format_columns": True}
"""What a protected sheet (without password) lets everybody do."""


def portrait_page(sheet: Worksheet, *, one_page: bool, called: str = "&A") -> None:
    """A4 portrait, as wide as the page; below it what the sheet is called (Excel's footer codes) and the page."""
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.55, right=0.55, top=0.65, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.set_footer(f"&L&9{called}&R&9第 &P 页，共 &N 页", {"margin": 0.35})
    sheet.hide_gridlines(2)


def protect(sheet: Worksheet) -> None:
    """Locks what is not an input, without a password."""
    sheet.protect("", dict(PROTECTION))

"""A sheet that we write into a file of its own becomes a sheet of the open book: so it looks the same everywhere."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xl_perf.core.workbook.sheets import SUMMARY_SHEET
from xl_perf.live.protection import is_visible

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

Write = Callable[[Path], None]
"""Writes a workbook with one sheet."""


def bring_in(host: "Host", write: Write, name: str) -> "Sheet":
    """The sheet of what is written, before 部门汇总 where that is in sight, else last. It is in front then.

    Raises `NotHere` where the structure of the book is protected.
    """
    host.check_structure()
    with tempfile.TemporaryDirectory(prefix="xl-perf-") as folder:
        path = Path(folder) / "xl-perf.xlsx"
        write(path)
        other = _opened(host, path)
        try:
            before, after = _place(host)
            _sheet_of(other).copy(before=before, after=after)
        finally:
            other.close()
    sheet = host.book.sheets[name]
    sheet.activate()
    return sheet


def replace(host: "Host", write: Write, name: str) -> "Sheet":
    """The same, instead of the sheet of that name that is there: one that only shows what is computed."""
    old = host.sheet(name)
    if old is not None:
        host.check_structure()
        old.name = _free_name(host)
    sheet = bring_in(host, write, name)
    if old is not None:
        old.delete()
    return sheet


def _free_name(host: "Host") -> str:
    taken = {one.casefold() for one in host.sheet_names}
    return next(name for number in range(1, len(taken) + 2) if (name := f"旧{number}") not in taken)


def _place(host: "Host") -> tuple[Any, Any]:
    """Before which sheet, or after which, as xlwings' engines know them."""
    summary = host.sheet(SUMMARY_SHEET)
    if summary is not None and is_visible(summary):
        return summary.impl, None
    *_, last = filter(is_visible, host.book.sheets)
    return None, last.impl


def _opened(host: "Host", path: Path) -> Any:
    """The written workbook, open in the same program, as xlwings' engines know it."""
    if host.app.engine.name == "libreoffice":
        return host.app.impl.books.open(str(path), read_only=True, hidden=True)
    return host.app.books.open(str(path), update_links=False, read_only=True).impl


def _sheet_of(book: Any) -> Any:
    return book.sheets(1)

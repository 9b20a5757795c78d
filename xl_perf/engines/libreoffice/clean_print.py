"""Prints sheets as they are handed in: LibreOffice has no printing in black on white, so a copy is made plain first."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from xl_perf.engines.libreoffice import bridge
from xl_perf.engines.libreoffice.protection import Refused

_ODS: Final = "calc8"
_PDF: Final = "calc_pdf_Export"
_AUTOMATIC: Final = -1
"""As a colour: none of a cell, and black of its text."""
_NO_MACROS: Final = 0  # com.sun.star.document.MacroExecMode.NEVER_EXECUTE


_NO_PRINTER: Final = "Generic Printer"
"""What LibreOffice calls its own stand-in where the system has no printer: what is sent there is lost."""


def to_pdf(desktop: Any, document: Any, path: str, names: Sequence[str], plain: Sequence[str]) -> None:
    """See `Book.print_clean`. Raises `Refused` where a password keeps the copy from being made plain."""
    with _copy(desktop, document, names, plain) as opened:
        opened.storeToURL(bridge.url(path), bridge.properties(FilterName=_PDF))


def to_printer(desktop: Any, document: Any, names: Sequence[str], plain: Sequence[str], into: str = "") -> str:
    """See `Book.print_out`. ``into`` is a file that takes what would go to the printer. Raises `Refused`."""
    with _copy(desktop, document, names, plain) as opened:
        printer = next((str(one.Value) for one in opened.getPrinter() if one.Name == "Name"), "")
        if into:
            opened.print(bridge.properties(Wait=True, FileName=bridge.url(into)))
        elif printer == _NO_PRINTER:
            return ""
        else:
            opened.print(bridge.properties(Wait=True))
    return printer


@contextmanager
def _copy(desktop: Any, document: Any, names: Sequence[str], plain: Sequence[str]) -> Iterator[Any]:
    """A hidden copy of which only some sheets are printed: without conditional colours, some of them black on white."""
    with tempfile.TemporaryDirectory() as folder:
        copy = bridge.url(str(Path(folder) / "copy.ods"))
        document.storeToURL(copy, bridge.properties(FilterName=_ODS))
        options = bridge.properties(Hidden=True, MacroExecutionMode=_NO_MACROS)
        opened = desktop.loadComponentFromURL(copy, "_blank", 0, options)
        try:
            sheets = opened.getSheets()
            for name in names:
                _make_plain(sheets.getByName(name), keeps_fills=name not in plain)
            _print_only(sheets, names)
            yield opened
        finally:
            opened.close(True)


def _make_plain(sheet: Any, *, keeps_fills: bool) -> None:
    """As Excel prints in black and white: no fills, no coloured texts, whoever put them there.

    Of a sheet that ``keeps_fills`` nothing goes but what conditions colour.
    """
    if sheet.isProtected():
        sheet.unprotect("")
    if sheet.isProtected():
        raise Refused(f"{sheet.Name} has a password")
    formats = sheet.ConditionalFormats
    for one in formats.getConditionalFormats():
        formats.removeByID(one.getPropertyValue("ID"))
    if not keeps_fills:
        sheet.CellBackColor = sheet.CharColor = _AUTOMATIC


def _print_only(sheets: Any, names: Sequence[str]) -> None:
    """By print areas: LibreOffice then leaves out sheets without one, and prints hidden sheets by theirs."""
    for name in sheets.getElementNames():
        sheet = sheets.getByName(name)
        if name not in names:
            sheet.setPrintAreas(())
        elif not sheet.getPrintAreas():
            used = sheet.createCursor()
            used.gotoStartOfUsedArea(False)
            used.gotoEndOfUsedArea(True)
            sheet.setPrintAreas((used.getRangeAddress(),))

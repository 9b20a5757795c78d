"""Prints sheets as they are handed in: LibreOffice has no printing in black on white, so a copy is made plain first."""

import re
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any, Final

from xl_perf.engines.libreoffice import bridge
from xl_perf.engines.libreoffice.protection import Refused

_ODS: Final = "calc8"
_PDF: Final = "calc_pdf_Export"
_AUTOMATIC: Final = -1
"""As a colour: none of a cell, and black of its text."""
_BY_STYLE: Final = 0  # com.sun.star.sheet.ConditionEntryType.CONDITION
_COLOURS: Final = ("CellBackColor", "CharColor")
_NO_LOOK: Final = frozenset({"DisplayName", "Hidden"})
_LAYOUT: Final = frozenset(
    {f"Char{what}{script}" for what in ("FontName", "Height", "Weight") for script in ("", "Asian", "Complex")}
    | {"HoriJustify", "VertJustify", "IsTextWrapped", "ParaIndent", "ShrinkToFit"}
)
_CONTENT, _SETTINGS = "content.xml", "settings.xml"
_VBA_MODE: Final = re.compile(rb'(config:name="VBACompatibilityMode"[^>]*>)true')
_TABLE: Final = re.compile(rb"<table:table [^>]*>")
_TABLE_NAME: Final = re.compile(rb'table:name="([^"]*)"')
# OpenDocument 1.3, part 3, 9.1.2.
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
        path = Path(folder) / "copy.ods"
        copy = bridge.url(str(path))
        document.storeToURL(copy, bridge.properties(FilterName=_ODS))
        _prepare(path, names)
        options = bridge.properties(Hidden=True, MacroExecutionMode=_NO_MACROS)
        opened = desktop.loadComponentFromURL(copy, "_blank", 0, options)
        try:
            sheets = opened.getSheets()
            for name in names:
                _unprotect(sheets.getByName(name))
            for name in names:
                _make_plain(opened, sheets.getByName(name), keeps_fills=name not in plain)
            _print_only(sheets, names)
            yield opened
        finally:
            opened.close(True)


def _prepare(path: Path, names: Collection[str]) -> None:
    """Makes the copy fit to be changed, and to be closed.

    No style can be changed while any sheet is protected: those that are not printed lose their protection. A document
    in VBA's mode becomes the one that VBA asks, for all of LibreOffice, and stays that when it is closed: every macro
    would then fail. So the copy is not in that mode.
    """

    def unprotected(table: "re.Match[bytes]") -> bytes:
        name = _TABLE_NAME.search(table[0])
        is_printed = name is not None and unescape(name[1].decode("utf-8")) in names
        return table[0] if is_printed else table[0].replace(b' table:protected="true"', b"")

    with zipfile.ZipFile(path) as source, zipfile.ZipFile(path.with_suffix(".new"), "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == _CONTENT:
                content = _TABLE.sub(unprotected, content)
            elif entry.filename == _SETTINGS:
                content = _VBA_MODE.sub(rb"\1false", content)
            target.writestr(entry, content)
    path.with_suffix(".new").replace(path)


def _unprotect(sheet: Any) -> None:
    if sheet.isProtected():
        sheet.unprotect("")
    if sheet.isProtected():
        raise Refused(f"{sheet.Name} has a password")


def _make_plain(document: Any, sheet: Any, *, keeps_fills: bool) -> None:
    """As Excel prints in black and white: no fills, no coloured texts, whoever put them there.

    Of a sheet that ``keeps_fills`` nothing goes but what conditions colour. Conditional number formats stay: decimals
    that are seen are printed.
    """
    formats = sheet.ConditionalFormats
    for one in formats.getConditionalFormats():
        rules = [one.getByIndex(at) for at in range(one.getCount())]
        styles = [_without_colours(document, rule.StyleName) for rule in rules if rule.getType() == _BY_STYLE]
        if sum(_says_more(style, one.Range) for style in styles) == 0:  # each is made fit
            formats.removeByID(one.ID)  # scales of colours, bars and icons too
    if not keeps_fills:
        sheet.CellBackColor = sheet.CharColor = _AUTOMATIC


def _without_colours(document: Any, name: str) -> Any:
    """The style of that name, of which the colours went: cells show their own. None where there is none."""
    styles = document.getStyleFamilies().getByName("CellStyles")
    if not styles.hasByName(name):
        return None
    style = styles.getByName(name)
    for colour in _COLOURS:
        style.setPropertyToDefault(colour)
    return style


def _says_more(style: Any, cells: Any) -> bool:
    """Whether a style says something but colours. Then its cells' font and place are put in, as far as they are alike:
    else those of the document's default style would show in it, which the copy says outright.
    """
    if style is None:
        return False
    names = tuple(one.Name for one in style.getPropertySetInfo().getProperties() if one.Name not in _NO_LOOK)
    states = zip(names, style.getPropertyStates(names), strict=True)
    own = {name for name, state in states if state.value == "DIRECT_VALUE"}
    for name in _LAYOUT - own if own else ():
        if cells.getPropertyState(name).value != "AMBIGUOUS_VALUE":
            style.setPropertyValue(name, cells.getPropertyValue(name))
    return bool(own)


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

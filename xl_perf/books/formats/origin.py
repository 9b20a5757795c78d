"""What a workbook or add-in says about itself: who wrote it, from which template, with which xlwings module."""

from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.books.formats.guard import ZIP_START, Refused, load
from xl_perf.books.formats.ooxml import properties
from xl_perf.books.formats.package import Package
from xl_perf.books.formats.xml_parts import elements
from xl_perf.core.errors import BookError

_APPLICATION: Final = "docprops/app.xml"
_PROJECT: Final = "xl/vbaproject.bin"
_MODULE: Final = "xlwings"
_VERSION_LINE: Final = 'XLWINGS_VERSION As String = "'


class Origin(NamedTuple):
    """``kind`` and ``version`` are xl-perf's own properties, ``application`` is the program that saved the file last.

    ``xlwings`` is the version of the module in its VBA project, "" where it has none.
    """

    kind: str = ""
    version: str = ""
    application: str = ""
    has_macros: bool = False
    xlwings: str = ""

    @property
    def from_libreoffice(self) -> bool:
        """LibreOffice drops the code names of sheets when it saves macros: Excel finds no module for them any more."""
        return self.has_macros and self.application.startswith("LibreOffice")


def saved_by_libreoffice(path: Path) -> bool:
    """Whether a workbook with macros was saved by LibreOffice. False for what cannot be read, or has no macros."""
    try:
        return _origin(load(path, str(path))).from_libreoffice
    except (BookError, Refused):
        return False


def origin_of(path: Path) -> Origin:
    """All of it; what is no .xlsx, .xlsm or .xlam tells nothing. Raises `BookError`: missing, unreadable, damaged."""
    data = load(path, str(path))
    try:
        origin = _origin(data)
    except Refused as refused:
        raise refused.at(str(path)) from refused
    return origin._replace(xlwings=_xlwings_version(path)) if origin.has_macros else origin


def _origin(data: bytes) -> Origin:
    if not data.startswith(ZIP_START):
        return Origin()
    package = Package(data)
    application = ""
    if _APPLICATION in package:
        found = elements(package.read(_APPLICATION))
        application = next((element.text.strip() for element in found if element.name == "Application"), "")
    return Origin(*properties(package), application, _PROJECT in package)


def _xlwings_version(path: Path) -> str:
    from pyopenvba import ExcelFile, PyOpenVBAError

    try:
        with ExcelFile(path) as book:
            text = book.get_module(_MODULE) if _MODULE in book.module_names() else ""
    except (PyOpenVBAError, OSError, ValueError):
        return ""
    _, found, rest = text.partition(_VERSION_LINE)
    return rest.partition('"')[0] if found else ""

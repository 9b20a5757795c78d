"""What a workbook or add-in says about itself: as what xl-perf wrote it, from which template, with which xlwings."""

from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.core.actions import XLWINGS_MODULE
from xl_perf.files.guard import COMPOUND_START, ZIP_START, Refused, load, refuse_foreign
from xl_perf.files.own_properties import properties
from xl_perf.files.zip_package import Package

_PROJECT: Final = "xl/vbaproject.bin"
_VERSION_LINE: Final = 'XLWINGS_VERSION As String = "'


class Origin(NamedTuple):
    """``kind`` and ``version`` are xl-perf's own document properties, "" in anybody else's file.

    ``xlwings`` is the version of xlwings' module in the VBA project, "" where it has none.
    """

    kind: str = ""
    version: str = ""
    has_macros: bool = False
    xlwings: str = ""


def origin_of(path: Path) -> Origin:
    """All of it; a .xls or .et tells nothing. Raises `BookError`: missing, unreadable, no workbook, damaged."""
    data = load(path, str(path))
    if data.startswith(COMPOUND_START):
        return Origin()
    if not data.startswith(ZIP_START):
        raise refuse_foreign(data).at(str(path))
    try:
        package = Package(data)
        written = properties(package)
    except Refused as refused:
        raise refused.at(str(path)) from refused
    has_macros = _PROJECT in package
    return Origin(written.kind, written.version, has_macros, _xlwings_version(path) if has_macros else "")


def _xlwings_version(path: Path) -> str:
    from pyopenvba import ExcelFile, PyOpenVBAError

    try:
        with ExcelFile(path) as book:
            text = book.get_module(XLWINGS_MODULE) if XLWINGS_MODULE in book.module_names() else ""
    except (PyOpenVBAError, OSError, ValueError):
        return ""
    _, found, rest = text.partition(_VERSION_LINE)
    return rest.partition('"')[0] if found else ""

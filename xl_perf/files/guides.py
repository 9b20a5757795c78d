"""Which files are 样表, without reading them as workbooks: what would be taken for a department's is asked this."""

from pathlib import Path
from typing import Final

from xl_perf.core.forms.marks import GUIDE_STEM, GUIDE_SUFFIXES
from xl_perf.files.guard import COMPOUND_START, load
from xl_perf.files.own_files import GUIDE
from xl_perf.files.own_marks import has_marks
from xl_perf.files.own_properties import own_kind_of
from xl_perf.files.zip_package import Package

_BOOK: Final = "xl/workbook.xml"
_LARGEST: Final = 4 * 1024 * 1024
_SHEET: Final = 'name="对照"'.encode()
_OTHERS: Final = frozenset({".xls", ".et", ".ods", ".xlsb"})
"""Workbooks from which no 样表 is read: its looks are not to be had from them."""


def is_guide_file(path: Path) -> bool:
    """A workbook called 样表… that has marks or the sheet 对照, or that xl-perf wrote as one. Never raises."""
    return path.name.startswith(GUIDE_STEM) and is_like_guide(path)


def is_like_guide(path: Path) -> bool:
    """The same wherever in its name 样表 stands: 盘子样表.xlsx is one, and nothing is read by it. Never raises.

    One that was saved as .xls, .et or .ods is told by its marks: it is no workbook that somebody filled in.
    """
    suffix = path.suffix.lower()
    if GUIDE_STEM not in path.name or suffix not in GUIDE_SUFFIXES | _OTHERS:
        return False
    try:
        data = load(path, "")
        if has_marks(data):
            return True
        if data.startswith(COMPOUND_START):
            return False
        package = Package(data)
        has_sheet = _BOOK in package and _SHEET in package.read(_BOOK, _LARGEST)
        return has_sheet or own_kind_of(data) == GUIDE
    except Exception:  # whoever reads it will say what is wrong
        return False

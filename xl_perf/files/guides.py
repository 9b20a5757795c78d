"""Which files are 样表, without reading them as workbooks: what would be taken for a department's is asked this."""

import re
from pathlib import Path
from typing import Final

from xl_perf.core.forms.marks import GUIDE_STEM, GUIDE_SUFFIXES
from xl_perf.files.guard import load
from xl_perf.files.own_files import GUIDE
from xl_perf.files.own_properties import own_kind_of
from xl_perf.files.zip_package import Package

_BOOK: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedstrings.xml"
_SHEETS: Final = "xl/worksheets/sheet"
_MOST_PARTS: Final = 20
_LARGEST: Final = 4 * 1024 * 1024
_SHEET: Final = 'name="对照"'.encode()
_MARK: Final = re.compile("[{｛](?:项目名称|预算数|年度资金总额|三级指标|指标值)[}｝]")


def is_guide_file(path: Path) -> bool:
    """A workbook called 样表… that has marks or the sheet 对照, or that xl-perf wrote as one. Never raises."""
    return path.name.startswith(GUIDE_STEM) and is_like_guide(path)


def is_like_guide(path: Path) -> bool:
    """The same wherever in its name 样表 stands: 盘子样表.xlsx is one, and nothing is read by it. Never raises."""
    if GUIDE_STEM not in path.name or path.suffix.lower() not in GUIDE_SUFFIXES:
        return False
    try:
        data = load(path, "")
        if own_kind_of(data) == GUIDE:
            return True
        package = Package(data)
        if _SHEET in package.read(_BOOK, _LARGEST):
            return True
        parts = [name for name in package if name == _STRINGS or name.startswith(_SHEETS)]
        return any(_MARK.search(package.read(name, _LARGEST).decode("utf-8", "ignore")) for name in parts[:_MOST_PARTS])
    except Exception:  # whoever reads it will say what is wrong
        return False

"""Marks of a 样表, such as {预算数}, in a file that nobody reads as a workbook for that."""

import html
import re
from typing import Final

from xl_perf.files.guard import COMPOUND_START
from xl_perf.files.zip_package import Package

_NAMES: Final = ("项目名称", "预算数", "年度资金总额", "三级指标", "指标值")
"""Every 样表 marks some of these."""
_MARK: Final = re.compile(f"[{{｛](?:{'|'.join(_NAMES)})[}}｝](?! 这样的标记)")
"""Not that in the explanation on the sheet 对照."""
_TAG: Final = re.compile("<[^>]*>")
_STRINGS: Final = "xl/sharedstrings.xml"
_SHEETS: Final = "xl/worksheets/sheet"
_CONTENT: Final = "content.xml"
_MOST_PARTS: Final = 20
_LARGEST: Final = 4 * 1024 * 1024


def has_marks(data: bytes) -> bool:
    """A workbook with these bytes has marks in its cells. Raises what the parsers raise for a damaged package.

    In a binary one (.xls .et) texts are UTF-16 ([MS-XLS] 2.5.294). In a package a text may be in several runs, or
    written as character references.
    """
    if data.startswith(COMPOUND_START):
        return any(f"{{{name}}}".encode("utf-16-le") in data for name in _NAMES)
    package = Package(data)
    parts = [name for name in package if name in {_STRINGS, _CONTENT} or name.startswith(_SHEETS)]
    return any(_MARK.search(_text(package.read(name, _LARGEST))) for name in parts[:_MOST_PARTS])


def _text(part: bytes) -> str:
    """What a part of XML says, without its tags."""
    return html.unescape(_TAG.sub("", part.decode("utf-8", "ignore")))

"""What a worksheet's XML (ECMA-376 Part 1, 18.3.1) says around its cells: hidden rows and columns, page headers."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from xl_perf.core.cells.grid import Lines, in_runs
from xl_perf.files.guard import Refused
from xl_perf.files.xml_parts import elements

# Few books need them: they are compiled when one does.
_ROW: Final = rb"<(?:\w{1,40}:)?row(?:[\s/]([^<>]*))?>"
_COLUMN: Final = rb"<(?:\w{1,40}:)?col\s([^<>]*)>"
_IS_HIDDEN: Final = rb"""(?<![\w:])hidden\s*=\s*["'](?:1|true)["']"""
_NUMBER: Final = rb"""(?<![\w:])%s\s*=\s*["'](\d{1,7})["']"""
_PAGE: Final = rb"<(?:\w{1,40}:)?(odd|even|first)(Header|Footer)(?:\s[^<>]*)?>([^<]{1,2000})<"
_USED: Final = rb"""(differentOddEven|differentFirst)(?=\s*=\s*["'](?:1|true)["'])"""
_CODE: Final = r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|.)'
"""What is no text in a page header (18.3.1.39): &R, &"宋体,常规", &10."""
_CELLS_END: Final = b"sheetData>"
_PLACES: Final = {b"Header": "页眉", b"Footer": "页脚"}
_PAGES: Final = {b"odd": "", b"even": "偶数页", b"first": "首页"}
_SWITCH: Final = {b"even": b"differentOddEven", b"first": b"differentFirst"}
"""Headers of these pages are printed only where the element headerFooter says so (18.3.1.46)."""
_NAMES_MONEY: Final = re.compile("[元圆圓镑币$€£]|单位|RMB|CNY|Yuan|USD|EUR|GBP|HKD|JPY").search


def hidden_lines(xml: bytes) -> tuple[Lines, Lines]:
    """The hidden rows and columns of a worksheet, counted from 0; those that a filter hides are hidden, too."""
    if b"hidden" not in xml:
        return (), ()
    return in_runs(_rows(xml)), tuple(_columns(xml))


def _rows(xml: bytes) -> Iterator[int]:
    row = 0
    for match in re.finditer(_ROW, xml):
        attributes = match[1] or b""
        number = re.search(_NUMBER % b"r", attributes)
        row = int(number[1]) if number else row + 1
        if re.search(_IS_HIDDEN, attributes):
            yield row - 1


def _columns(xml: bytes) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for match in re.finditer(_COLUMN, xml):
        first, last = (re.search(_NUMBER % name, match[1]) for name in (b"min", b"max"))
        if first and last and re.search(_IS_HIDDEN, match[1]):
            begin = runs.pop()[0] if runs and runs[-1][1] == int(first[1]) - 2 else int(first[1]) - 1
            runs.append((begin, int(last[1]) - 1))
    return runs


def page_texts(xml: bytes) -> tuple[tuple[str, str], ...]:
    """What is printed above and below the cells of each page where that may state a unit, by its place in Chinese."""
    tail = xml[xml.rfind(_CELLS_END) :] if _CELLS_END in xml else b""
    if b"Header" not in tail and b"Footer" not in tail:
        return ()
    used = set(re.findall(_USED, tail))
    found = (
        (_PAGES[page] + _PLACES[where], _text(text))
        for page, where, text in re.findall(_PAGE, tail)
        if page not in _SWITCH or _SWITCH[page] in used
    )
    return stated_on_pages(found)


def stated_on_pages(found: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of places and page headers with their codes those that may state a unit, without codes."""
    return tuple((where, re.sub(_CODE, " ", text).strip()) for where, text in found if _NAMES_MONEY(text))


def _text(raw: bytes) -> str:
    try:
        return elements(b"<a>" + raw + b"</a>")[0].text
    except Refused:
        return ""  # the cells can be read nevertheless

"""Number formats that conditional formatting gives to cells, where they tell of money (ECMA-376 Part 1, 18.3.1.18).

Whether a condition holds is for the spreadsheet program to say: such a cell may show another unit than it stores.
"""

import re
from collections.abc import Mapping
from typing import Final

from xl_perf.core.cells.grid import cell_place
from xl_perf.core.cells.number_formats import CONDITIONAL
from xl_perf.files.xml_parts import attributes_of
from xl_perf.saved.number_styles import element_in, only_wan, percents_and_others

_RULES: Final = (
    rb"""<conditionalFormatting\s[^<>]*?sqref=["']([^"'<>]{1,8000})["'][^<>]*>(.*?)</conditionalFormatting>"""
)
_STYLE: Final = rb"""\sdxfId=["'](\d{1,6})["']"""
_DIFFERENCE: Final = re.compile(rb"<dxf[\s>].*?</dxf>|<dxf/>", re.DOTALL)
_AREA: Final = r"([A-Z]{1,3}[1-9][0-9]{0,6})(?::([A-Z]{1,3}[1-9][0-9]{0,6}))?"
_LAST_ROW, _LAST_COLUMN = 499, 49
"""Whole columns and sheets have conditions, too; what is an amount stands before these, counted from 0."""

NONE: Final[Mapping[bytes, str]] = {}


def conditional_styles(styles: bytes) -> Mapping[bytes, str]:
    """Number of a style of conditional formatting -> format code, of those in styles.xml that tell of money."""
    differences = element_in(styles, b"dxfs")
    if b"numFmt" not in differences:
        return NONE
    found: dict[bytes, str] = {}
    for number, one in enumerate(_DIFFERENCE.findall(differences)):
        codes = {name: said.get("formatCode", "") for name, said in enumerate(attributes_of(one, "numFmt"))}
        for code in percents_and_others(codes)[1].values():
            if not only_wan([code]):
                found[b"%d" % number] = code
    return found


def conditional_formats(xml: bytes, styles: Mapping[bytes, str]) -> dict[tuple[int, int], str]:
    """Row and column -> format code behind `number_formats.CONDITIONAL`, of the cells of a worksheet."""
    found: dict[tuple[int, int], str] = {}
    if not styles or b"dxfId" not in xml:
        return found
    for areas, rules in re.findall(_RULES, xml, re.DOTALL):
        code = next((styles[number] for number in re.findall(_STYLE, rules) if number in styles), None)
        for area in areas.decode("ascii", "ignore").split() if code else ():
            named = re.fullmatch(_AREA, area)
            if named is None:
                continue
            (top, left), (bottom, right) = cell_place(named[1]), cell_place(named[2] or named[1])
            rows, columns = range(top, min(bottom, _LAST_ROW) + 1), range(left, min(right, _LAST_COLUMN) + 1)
            found |= {(row, column): f"{CONDITIONAL}{code}" for row in rows for column in columns}
    return found

"""What a number format tells of money: the unit that it shows beside the number, and by how much it divides.

Format codes are those of ECMA-376 Part 1, 18.8.31; the exclamation mark escapes a character in Chinese Excel as the
backslash does. Only the first section that shows the number counts: the one for positive numbers.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.units import FOREIGN, OTHER_MONEY, SIGN

LONGEST: Final = 255
"""Characters of a format code in Excel."""
_TOKEN: Final = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | [_*].                                          # a gap as wide as a character; a character that fills the cell
    | \[\$(?P<symbol>[^\]-]*)[^\]]*\]?               # a currency sign with the number of its language
    | \[[^\]]*\]?                                    # a colour, a condition, Chinese digits
    | (?P<general>general|G/通用格式)
    | (?P<digit>[0\#?])
    | (?P<mark>[.,%;])
    | (?P<bare>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LITERAL_POINT: Final = "·"
"""How a point that is only text stands in the outline of a number."""
_SCALING: Final = re.compile(r"(?<=[0.]),+(?![,0])")
_MONEY: Final = re.compile(r"(?<![美欧港日韩澳加新台公单])([十百千]万|[百千万亿])?[元圆]")
_SIGN: Final = re.compile(r"[¥￥]|RMB|CNY|人民币")
_BARE_MULTIPLE: Final = re.compile(r"[十百千]万|[百千万亿]")


STRUCK: Final = "\u0336"
"""In place of a format code, of a cell whose whole font is struck out: its number is not meant to count."""
PERCENT: Final = "百分数"
"""In place of a unit: the number is shown a hundredfold with a percent sign, which no amount of money is."""
BUILT_IN_PERCENT: Final = {9: "0%", 10: "0.00%"}
"""Formats that need not be written down, by their numbers (ECMA-376 Part 1, 18.8.30)."""


class FormatUnit(NamedTuple):
    """What is shown is what is stored divided by `divisor`, in `unit`: 99000 under ``0!.0,"万元"`` is 9.9 万元."""

    unit: str
    """元, 百元, 千元, 万元, 十万元, 百万元, 千万元 or 亿元; one of `units.DOUBTFUL` or `PERCENT`; empty for none."""
    divisor: Decimal
    """1 where the format does not divide."""


def unit_of_format(code: str) -> FormatUnit | None:
    """What a format code tells of money; None if it names no unit of money and shows the number as it is stored.

    >>> unit_of_format('#,##0.00"元"')
    FormatUnit(unit='元', divisor=Decimal('1'))
    >>> unit_of_format("0!.0,")
    FormatUnit(unit='', divisor=Decimal('10000'))
    >>> unit_of_format("#,##0.0000,,")
    FormatUnit(unit='', divisor=Decimal('1000000'))
    >>> unit_of_format("0.00%")
    FormatUnit(unit='百分数', divisor=Decimal('1'))
    >>> unit_of_format("#,##0.00")
    """
    return _told(code) if len(code) <= LONGEST else None


@lru_cache(maxsize=256)
def _told(code: str) -> FormatUnit | None:
    outline, literal = _shown_section(code)
    divisor = _divisor(outline)
    if "%" in outline and divisor == 1:
        return FormatUnit(PERCENT, divisor)
    unit = _named_unit(literal)
    return FormatUnit(unit, divisor) if unit or divisor != 1 else None


def _shown_section(code: str) -> tuple[str, str]:
    """The first section that shows the number, as the outline of its digits and as its text.

    The outline of ``#,##0.00"元"`` is ``0,000.00``.
    """
    outline = literal = ""
    for token in _TOKEN.finditer(code):
        mark = token["mark"]
        text = token["quoted"] or token["escaped"] or token["symbol"] or token["bare"] or ""
        if mark == ";":
            if "0" in outline:
                break
            outline = literal = ""
        elif mark:
            outline += mark
        elif token["digit"] or token["general"]:
            outline += "0"
        elif text == ".":
            outline += _LITERAL_POINT
        else:
            literal += text
    return (outline, literal) if "0" in outline else ("", "")


def _divisor(outline: str) -> Decimal:
    """By how much the shown number is smaller than the stored one.

    A comma behind the last digit divides by 1,000. Each digit behind a point that is only text stands for one of the
    whole number's digits: ``0!.0`` shows 99 as 9.9. Percent signs count with either of them, for hidden behind a line
    break they make 10,000 of 1,000,000: ``0.00,,%``.
    """
    commas = sum(map(len, _SCALING.findall(outline.replace(_LITERAL_POINT, ""))))
    whole, _, behind = outline.partition(".")[0].partition(_LITERAL_POINT)
    shifted = behind.count("0") if "0" in whole and _LITERAL_POINT not in behind else 0
    if not commas and not shifted:
        return Decimal(1)
    return Decimal(1000) ** commas * Decimal(10) ** shifted / Decimal(100) ** outline.count("%")


def _named_unit(literal: str) -> str:
    """The unit of money in the text of a format; 万 alone is 万元, 万人 is none."""
    money = _MONEY.search(literal)
    if money:
        return f"{money[1] or ''}元"
    if FOREIGN.search(literal) or literal.strip().upper() == "K":
        return OTHER_MONEY
    if _SIGN.search(literal):
        return SIGN
    alone = _BARE_MULTIPLE.fullmatch(literal.strip(" \u3000()（）"))
    return f"{alone[0]}元" if alone else ""

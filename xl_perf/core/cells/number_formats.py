"""What a number format tells of money: the unit that it shows beside the number, and by how much it divides.

Format codes are those of ECMA-376 Part 1, 18.8.31; the exclamation mark escapes a character in Chinese Excel as the
backslash does. Only the first section that shows the number counts: the one for positive numbers.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import simplified
from xl_perf.core.cells.units import FOREIGN, OTHER_DIGITS, OTHER_MONEY, SIGN
from xl_perf.core.cells.values import EXACT, plain

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
_CONDITION: Final = re.compile(r"\[[<>=]")
_MONEY: Final = re.compile(r"(?<![单公])([十百千]万|[十百千万亿])?元整?(?:/年)?")
_FOREIGN_YUAN: Final = re.compile(r"[美欧港日韩澳加新台]元")
_SIGN: Final = re.compile(r"[¥￥]|人民币|RMB|CNY")
_BARE_MULTIPLE: Final = re.compile(r"[十百千]万|[百千万亿]")
_HAS_MULTIPLE: Final = re.compile(r"[十百千万亿兆]")
_BESIDE_YUAN: Final = re.compile(r"[\d十百千万亿兆角分每/×*^'’⁰¹²³⁴-⁹元]")
"""Beside 元 each of these makes another unit of it: 兆元, 元/人, ×10⁴元."""
_OTHER_UNITS: Final = frozenset({"K", "M", "MM", "MN", "MIO", "B", "BN", "W", "角", "分", "%", "％", "‰"})
"""Alone beside a number: multiples in English, coins, a percent sign that multiplies nothing."""
_DATE: Final = frozenset("ymdhsaegYMDHSAEG年月日时分秒")


STRUCK: Final = "\u0336"
"""In place of a format code, of a cell whose whole font is struck out: its number is not meant to count."""
PERCENT: Final = "百分数"
"""In place of a unit: the number is shown a hundredfold with a percent sign, which no amount of money is."""
ALTERED: Final = "另一个数"
"""In place of a unit: digits or a minus sign that are only text make another number of the one that is stored."""
CONDITIONAL: Final = "[条件格式]"
"""Before a format code that a cell has only while a condition holds."""
BUILT_IN_PERCENT: Final = {9: "0%", 10: "0.00%"}
"""Formats that need not be written down, by their numbers (ECMA-376 Part 1, 18.8.30)."""


class FormatUnit(NamedTuple):
    """What is shown is what is stored divided by `divisor`, in `unit`: 99000 under ``0!.0,"万元"`` is 9.9 万元."""

    unit: str
    """One of `units.OF_FORMS`; `units.SIGN`, `units.OTHER_MONEY`, `PERCENT` or `ALTERED`; empty for none."""
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


def as_percent(code: str, number: Decimal) -> str | None:
    """A number with this format as a rate in words: ``97.82%``, ``≥90%``; None where it is not shown as one.

    All its digits are said, also those that the format rounds away.
    """
    told = unit_of_format(code)
    if told is None or told.unit != PERCENT:
        return None
    sign = _OPERATOR(code)
    return f"{sign[1] if sign else ''}{plain(EXACT.multiply(number, Decimal(100)))}%"


_OPERATOR: Final = re.compile(r"""["\\!]?(≥|≤|>=|<=|[=><≧≦])""").match


@lru_cache(maxsize=256)
def _told(code: str) -> FormatUnit | None:
    outline, before, literal = _shown_section(code)
    if not outline:
        return FormatUnit(ALTERED, Decimal(1)) if _is_other_number(code) else None
    divisor = _divisor(outline)
    if "%" in outline and divisor == 1:
        return FormatUnit(PERCENT, divisor)
    unit = _named_unit(simplified(literal).translate(OTHER_DIGITS).strip())
    has_sign = any(mark in before for mark in "-－−") and _CONDITION.search(code) is None
    if not unit and (has_sign or any(map(str.isdecimal, literal))):
        unit = ALTERED
    return FormatUnit(unit, divisor) if unit or divisor != 1 else None


def _shown_section(code: str) -> tuple[str, str, str]:
    """The first section that shows the number: the outline of its digits, the text before them, and all of its text.

    The outline of ``#,##0.00"元"`` is ``0,000.00``.
    """
    outline = before = literal = ""
    for token in _TOKEN.finditer(code):
        mark = token["mark"]
        text = _text(token)
        if mark == ";":
            if "0" in outline:
                break
            outline = before = literal = ""
        elif mark:
            outline += mark
        elif token["digit"] or token["general"]:
            outline += "0"
        elif text == ".":
            outline += _LITERAL_POINT
        else:
            literal += text
            before += "" if "0" in outline else text
    return (outline, before, literal) if "0" in outline else ("", "", "")


def _text(token: re.Match[str]) -> str:
    return token["quoted"] or token["escaped"] or token["symbol"] or token["bare"] or ""


def _is_other_number(code: str) -> bool:
    """Digits that are only text stand in place of every number: ``"999"``. A date's are none."""
    if _CONDITION.search(code):
        return False
    literal = ""
    for token in _TOKEN.finditer(code):
        if token["mark"] == ";":
            break
        if token["bare"] and token["bare"] in _DATE:
            return False
        literal += _text(token)
    return any(map(str.isdecimal, literal))


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
    """The unit in the text of a format, in simplified characters; 万 alone is 万元, and 万人 is not understood."""
    if FOREIGN.search(literal) or _FOREIGN_YUAN.search(literal):
        return OTHER_MONEY
    said = _SIGN.sub("", literal)
    money = _MONEY.search(said)
    if money:
        return (
            OTHER_MONEY if _BESIDE_YUAN.search(said[: money.start()] + said[money.end() :]) else f"{money[1] or ''}元"
        )
    said = said.strip(" \u3000()（）")
    alone = _BARE_MULTIPLE.fullmatch(said)
    if alone:
        return f"{alone[0]}元"
    if said.upper() in _OTHER_UNITS or _HAS_MULTIPLE.search(said):
        return OTHER_MONEY
    return SIGN if said != literal.strip(" \u3000()（）") else ""

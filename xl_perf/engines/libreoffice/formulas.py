"""Formulas as Excel writes them, ``=IF('01'!C3="","",'01'!C3)``, and as LibreOffice's interface does,
``=IF($'01'.C3="";"";$'01'.C3)``: English function names in both, other marks between arguments and sheets.
"""

import re
from typing import Final

_QUOTED: Final = r"'(?:[^']|'')+'"
_FIXED: Final = r"""(?P<fixed>"(?:[^"]|"")*" | \#[A-Z0/]+[!?]?)"""
"""Texts and error values, which stay as they are."""
_EXCEL: Final = re.compile(
    rf"{_FIXED} | \$?(?P<sheet>{_QUOTED}|[^\W\d][\w.]*)! | (?P<column>,) | (?P<row>;)", re.VERBOSE
)
"""Marks after a sheet's name, between arguments or columns of an array, and between rows of an array."""
_OFFICE: Final = re.compile(
    rf"""{_FIXED}
    | \$?(?P<sheet>{_QUOTED}|[^\W\d]\w*)\.(?=\$?[A-Za-z]{{1,3}}\$?\d|\$?[A-Za-z]{{1,3}}:|\$?\d+:|\#REF!)
    | (?P<column>;) | (?P<row>\|)""",
    re.VERBOSE,
)
_ARRAY: Final = re.compile(r"\{[^}]*\}")
_TEXTS: Final = re.compile(rf'"(?:[^"]|"")*"|{_QUOTED}')
_NUMBER_AND_LETTERS: Final = re.compile(r"(?<![\w.$])\d+(?![eE][+-]?\d)[^\W\d_]")


def is_impossible(formula: str) -> bool:
    """Whether Excel takes it for no formula at all where LibreOffice is more lenient.

    ``=78人`` would be an unknown name, ``;`` would separate arguments, and brackets would be closed.
    """
    bare = _TEXTS.sub("", formula)
    semicolon = ";" in _ARRAY.sub("", bare)
    return semicolon or bare.count("(") != bare.count(")") or _NUMBER_AND_LETTERS.search(bare) is not None


def to_office(formula: str) -> str:
    """Excel's formula for LibreOffice's interface. Unions of areas and external books are not translated."""
    return _EXCEL.sub(lambda part: _told(part, "${}.", ";", "|"), formula)


def to_excel(formula: str) -> str:
    """LibreOffice's formula as Excel writes it."""
    return _OFFICE.sub(lambda part: _told(part, "{}!", ",", ";"), formula)


def _told(part: re.Match[str], sheet: str, column: str, row: str) -> str:
    """A part of a formula with the other program's marks."""
    if part["sheet"]:
        return sheet.format(part["sheet"])
    return part["fixed"] or (column if part["column"] else row)

"""Formulas as Excel writes them, ``=IF('01'!C3="","",'01'!C3)``, and as LibreOffice's interface does,
``=IF($'01'.C3="";"";$'01'.C3)``: English function names in both, other marks between arguments and sheets.
"""

import re
from typing import Final

_QUOTED: Final = r"'(?:[^']|'')+'"
_PARTS: Final = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*" | \#[A-Z0/]+[!?]?)  # texts and error values stay
    | \$?(?P<sheet>{_QUOTED}|[^\W\d][\w.]*)!  # Excel's mark after a sheet's name
    | (?P<comma>,)
    | (?P<semicolon>;)
    | (?P<bracket>[{{}}])
    """,
    re.VERBOSE,
)
_OFFICE_PARTS: Final = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*" | \#[A-Z0/]+[!?]?)  # texts and error values stay
    | \$?(?P<sheet>{_QUOTED}|[^\W\d]\w*)\.(?=\$?[A-Za-z]{{1,3}}\$?\d|\$?[A-Za-z]{{1,3}}:|\$?\d+:|\#REF!)
    | (?P<semicolon>;)
    | (?P<bar>\|)
    | (?P<bracket>[{{}}])
    """,
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
    in_array = False

    def translated(part: re.Match[str]) -> str:
        nonlocal in_array
        if part["text"]:
            return part["text"]
        if part["sheet"]:
            return f"${part['sheet']}."
        if part["bracket"]:
            in_array = part["bracket"] == "{"
            return part["bracket"]
        if part["comma"]:
            return ";"
        return "|" if in_array else ";"

    return _PARTS.sub(translated, formula)


def to_excel(formula: str) -> str:
    """LibreOffice's formula as Excel writes it."""
    in_array = False

    def translated(part: re.Match[str]) -> str:
        nonlocal in_array
        if part["text"]:
            return part["text"]
        if part["sheet"]:
            return f"{part['sheet']}!"
        if part["bracket"]:
            in_array = part["bracket"] == "{"
            return part["bracket"]
        if part["semicolon"]:
            return ","
        return ";" if in_array else "|"

    return _OFFICE_PARTS.sub(translated, formula)

"""What a cell of an OpenDocument spreadsheet holds beside what calamine tells of it."""

import re
from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.grid import ErrorValue, NoValue
from xl_perf.files.xml_parts import elements

VALUE: Final = re.compile(rb"\boffice:(?:value|[a-z]+-value)\s*=")
NUMBER: Final = re.compile(rb"\boffice:value\s*=")
IS_TEXT: Final = re.compile(rb"""\boffice:value-type\s*=\s*["']string""")
IS_ERROR: Final = re.compile(rb"""\bcalcext:value-type\s*=\s*["']error""")
FORMULA: Final = re.compile(rb"""\btable:formula\s*=\s*(?:"([^"]*)"|'([^']*)')""")
SPANNED: Final = re.compile(rb"""\btable:number-(columns|rows)-spanned\s*=\s*["']([0-9]{1,7})["']""")
MARKUP: Final = re.compile(rb"<[^>]*>")
ANNOTATION: Final = re.compile(rb"<office:annotation[\s>].*?</office:annotation>", re.DOTALL)
DRAWN: Final = re.compile(rb"<(/?)draw:[^<>]*>")
SEEN: Final = re.compile(rb">\s*+[^<\s]")
CURRENCY: Final = re.compile(rb"""\boffice:currency\s*=\s*["']([A-Z]{3})["']""")
IS_PERCENTAGE: Final = re.compile(rb"""\boffice:value-type\s*=\s*["']percentage""")
IS_BOOLEAN: Final = re.compile(rb"""\boffice:boolean-value\s*=\s*["'](true|false)""")
LOGICAL: Final = re.compile(rb"<text:p[^<>]*>(TRUE|FALSE)</text:p>")
RENMINBI: Final = frozenset({b"CNY", b"RMB"})
ERROR_TEXT: Final = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!)|Err:[0-9]+")


def hidden_value(attributes: bytes, body: bytes) -> ErrorValue | NoValue | None:
    """The error value of a cell, or the formula without a result, that calamine would show as ''."""
    formula = FORMULA.search(attributes)
    is_text = IS_TEXT.search(attributes)
    # LibreOffice gives an empty text no type, but a paragraph.
    if formula and not is_text and not VALUE.search(attributes) and b"<text:p" not in body:
        return NoValue(unescaped(formula))
    if IS_ERROR.search(attributes) or (formula and is_text):
        text = MARKUP.sub(b"", ANNOTATION.sub(b"", body)).decode("utf-8", "replace").strip()
        # Excel marks an error only by the text of its formula.
        if IS_ERROR.search(attributes) or ERROR_TEXT.fullmatch(text):
            return ErrorValue(text)
    return None


def truth_value(attributes: bytes, body: bytes) -> bool | None:
    """The truth value of a cell, which calamine takes for 1 or 0; None for another cell.

    LibreOffice stores the result of a formula as a number, and the word only as what is shown.
    """
    stored = IS_BOOLEAN.search(attributes)
    if stored:
        return stored[1] == b"true"
    shown = LOGICAL.search(body) if b"E</text:p" in body and NUMBER.search(attributes) else None
    return shown[1] == b"TRUE" if shown else None


def format_of_type(attributes: bytes) -> str:
    """What the type of a value says of a number as a number format would; empty for nothing (19.385, 19.369)."""
    currency = CURRENCY.search(attributes)
    if currency and currency[1] not in RENMINBI:
        return f'"外币{currency[1].decode()}"0.00'
    return "0.00%" if IS_PERCENTAGE.search(attributes) else ""


def surely_holds(attributes: bytes, body: bytes) -> bool:
    """The cell has a number, a date or the like, or a text that people see; what is drawn on it is none."""
    if IS_TEXT.search(attributes):
        return SEEN.search(body) is not None and b"<office:annotation" not in body and b"<draw:" not in body
    return VALUE.search(attributes) is not None


def span(attributes: bytes) -> tuple[int, int]:
    """How many rows and columns a cell takes with those that it covers."""
    spans = {name: int(count) for name, count in SPANNED.findall(attributes)}
    return spans.get(b"rows", 1), spans.get(b"columns", 1)


def drawings(body: bytes) -> Iterator[tuple[int, int]]:
    """Where shapes and pictures begin and end in the body of a cell: their texts are no part of the cell's."""
    begin = depth = 0
    for tag in DRAWN.finditer(body):
        if not depth:
            begin = tag.start()
        if tag[1]:
            depth -= 1
        elif not tag[0].endswith(b"/>"):
            depth += 1
        if depth <= 0:
            depth = 0
            yield begin, tag.end()


def unescaped(match: re.Match[bytes]) -> str:
    """The text of an attribute, of which either group 1 or group 2 is set."""
    raw = match[1] or match[2] or b""
    return elements(b'<a b="' + raw.replace(b'"', b"&quot;") + b'"/>')[0].get("b") if raw else ""

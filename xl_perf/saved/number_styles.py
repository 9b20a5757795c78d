"""Which cell styles of a workbook have number formats that tell something of money (ECMA-376 Part 1, 18.8.30).

Every book made from our own template has the format ``General"万元"``, which says what its labels say. It is reported
only where it could contradict something: beside another telling format, or where the book's texts name another unit.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple, TypeVar

from xl_perf.core.cells.number_formats import unit_of_format
from xl_perf.files.xml_parts import attributes_of, remembered
from xl_perf.saved.sheet_xml import NO_STYLES

K = TypeVar("K")

BEFORE_YUAN: Final = ("（", "(", "：", ":", "千", "亿")
"""Texts name another unit than 万元 by these and 元, which alone is part of many words, such as 单元格."""


def telling_formats(codes: Mapping[K, str], text: bytes | bytearray, encoding: str) -> dict[K, str]:
    """Those of some format codes that are to be reported; none if they only say 万元 and so does the text."""
    telling = {key: code for key, code in codes.items() if unit_of_format(code)}
    return {} if only_wan(telling.values()) and not names_other_unit(text, encoding) else telling


def only_wan(codes: Iterable[str]) -> bool:
    """All of these show the number as it is stored, and call it 万元."""
    told = map(unit_of_format, codes)
    return all(one is not None and one.unit == "万元" and one.divisor == 1 for one in told)


def names_other_unit(text: bytes | bytearray, encoding: str = "utf-8") -> bool:
    yuan, before = encoded_signs(encoding)
    # One split takes a third of the time that a search for each of them takes.
    return any(piece.endswith(before) for piece in text.split(yuan)[:-1])


@cache
def encoded_signs(encoding: str) -> tuple[bytes, tuple[bytes, ...]]:
    """元 and `BEFORE_YUAN`."""
    return "元".encode(encoding), tuple([sign.encode(encoding) for sign in BEFORE_YUAN])


class NamedFormats(NamedTuple):
    """The telling ones of the formats that styles.xml names, by their numbers."""

    codes: Mapping[str, str]
    only_wan: bool


def telling_styles(styles: bytes, texts: bytes | None) -> Mapping[str, str]:
    """Style number -> number format, of the cell styles in styles.xml that are to be reported.

    `texts` are the shared strings of the book; None where its texts stand in the cells, which are not searched.
    """
    codes, are_only_wan = named_formats(element_in(styles, b"numFmts"))
    if not codes or (are_only_wan and texts is not None and not names_other_unit(texts)):
        return NO_STYLES
    return styles_with_formats(element_in(styles, b"cellXfs"), codes)


def needed_styles(styles: bytes) -> bytes:
    """Number formats and cell styles alone: of styles.xml calamine needs nothing else, and reads it all."""
    cells = element_in(styles, b"cellXfs")
    if not cells:
        return styles
    return b"".join((b"<styleSheet>", element_in(styles, b"numFmts"), cells, b"</styleSheet>"))


def element_in(styles: bytes, name: bytes) -> bytes:
    """An element of styles.xml with its content, whatever its prefix; empty if it is not there."""
    named = styles.find(name)
    begin = styles.rfind(b"<", 0, named) if named > 0 else -1
    end = styles.find(name + b">", named + 1)
    return styles[begin : end + len(name) + 1] if 0 <= begin < end else b""


@remembered
def named_formats(part: bytes) -> NamedFormats:
    """What an element numFmts names."""
    found = {one.get("numFmtId", ""): one.get("formatCode", "") for one in attributes_of(part, "numFmt")}
    codes = {number: code for number, code in found.items() if unit_of_format(code)}
    return NamedFormats(codes, only_wan(codes.values()))


def styles_with_formats(part: bytes, codes: Mapping[str, str]) -> dict[str, str]:
    """Style number -> format code, of the styles in an element cellXfs that have one of these formats."""
    formats = [style.get("numFmtId", "") for style in attributes_of(part, "xf")]
    return {str(style): codes[number] for style, number in enumerate(formats) if number in codes}

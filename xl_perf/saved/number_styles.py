"""Which cell styles of a workbook have number formats that tell something of money (ECMA-376 Part 1, 18.8.30).

Every book made from our own template has the format ``General"万元"``, which says what its labels say. It is reported
only where it could contradict something: beside another telling format, or where the book's texts name another unit.
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from xl_perf.core.cells.number_formats import unit_of_format
from xl_perf.files.xml_parts import elements, remembered
from xl_perf.saved.sheet_xml import NO_STYLES

K = TypeVar("K")

BEFORE_YUAN: Final = ("（", "(", "：", ":", "千", "亿")
"""Texts name another unit than 万元 by these and 元, which alone is part of many words, such as 单元格."""


def telling_formats(
    codes: Mapping[K, str], texts: Iterable[bytes | bytearray], encoding: str = "utf-8"
) -> dict[K, str]:
    """Those of some format codes that are to be reported; none if they only say 万元 and so do all the texts."""
    telling = {key: code for key, code in codes.items() if unit_of_format(code)}
    if all(map(says_only_wan, telling.values())) and not any(names_other_unit(text, encoding) for text in texts):
        return {}
    return telling


def names_other_unit(text: bytes | bytearray, encoding: str) -> bool:
    before = tuple([sign.encode(encoding) for sign in BEFORE_YUAN])
    # One split takes a third of the time that a search for each of them takes.
    return any(piece.endswith(before) for piece in text.split("元".encode(encoding))[:-1])


def says_only_wan(code: str) -> bool:
    """The number is shown as it is stored, and called 万元."""
    told = unit_of_format(code)
    return told is not None and told.unit == "万元" and told.divisor == 1


def telling_styles(styles: bytes, texts: bytes | None) -> Mapping[str, str]:
    """Style number -> number format, of the cell styles in styles.xml that are to be reported.

    `texts` are the shared strings of the book; None where its texts stand in the cells, which are not searched.
    """
    codes = named_formats(element_in(styles, b"numFmts"))
    telling = codes and (codes if texts is None else telling_formats(codes, (texts,)))
    return styles_with_formats(element_in(styles, b"cellXfs"), telling) if telling else NO_STYLES


def element_in(styles: bytes, name: bytes) -> bytes:
    """An element of styles.xml with its content, whatever its prefix; empty if it is not there."""
    named = styles.find(name)
    begin = styles.rfind(b"<", 0, named) if named > 0 else -1
    end = styles.find(name + b">", named + 1)
    return styles[begin : end + len(name) + 1] if 0 <= begin < end else b""


@remembered
def named_formats(part: bytes) -> Mapping[str, str]:
    """Number -> code of the formats in an element numFmts that tell something of money."""
    if not part:
        return NO_STYLES
    codes = {element.get("numFmtId"): element.get("formatCode") for element in elements(part)}
    return {number: code for number, code in codes.items() if unit_of_format(code)}


def styles_with_formats(part: bytes, codes: Mapping[str, str]) -> dict[str, str]:
    """Style number -> format code, of the styles in an element cellXfs that have one of these formats."""
    if not part:
        return {}
    formats = [element.get("numFmtId") for element in elements(part) if element.name == "xf"]
    return {str(style): codes[number] for style, number in enumerate(formats) if number in codes}

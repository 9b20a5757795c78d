"""Which cell styles of a workbook have number formats that tell something of money (ECMA-376 Part 1, 18.8.30).

A percentage tells that what stands there is no money; every book has such cells, and few of them are amounts.

Every book made from our own template has the format ``General"万元"``, which says what its labels say. It is reported
only where it could contradict something: beside another telling format, or where the book's texts name another unit.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeVar

from xl_perf.core.cells.number_formats import BUILT_IN_PERCENT, PERCENT, unit_of_format
from xl_perf.files.xml_parts import attributes_of, elements, remembered
from xl_perf.saved.rich_text import OFF
from xl_perf.saved.sheet_xml import NO_STYLES

K = TypeVar("K")

BEFORE_YUAN: Final = (*"（(：: 　以按为是币", *"十百千亿拾佰仟")
"""Texts name another unit than 万元 by these and 元, which alone is part of many words, such as 单元格."""


def telling_formats(codes: Mapping[K, str], text: bytes | bytearray, encoding: str) -> dict[K, str]:
    """Those of some format codes that are to be reported: without those of money if they and the text only say 万元."""
    percents, telling = percents_and_others(codes)
    return percents if only_wan(telling.values()) and not names_other_unit(text, encoding) else percents | telling


def percents_and_others(codes: Mapping[K, str]) -> tuple[dict[K, str], dict[K, str]]:
    """The format codes that show percentages, and the others that tell something of money."""
    percents: dict[K, str] = {}
    others: dict[K, str] = {}
    for key, code in codes.items():
        told = unit_of_format(code)
        if told is not None:
            (percents if told.unit == PERCENT else others)[key] = code
    return percents, others


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
    percents: Mapping[str, str]


class TellingStyles(NamedTuple):
    """Style number -> number format, of the cell styles that are to be reported: those of money, and percentages."""

    money: Mapping[str, str] = NO_STYLES
    percents: Mapping[str, str] = NO_STYLES
    struck: Collection[str] = ()
    """The cell styles whose font is struck out."""


def telling_styles(styles: bytes, texts: bytes | None, struck: Collection[str] = ()) -> TellingStyles:
    """What styles.xml names, and the `struck` styles.

    `texts` are the shared strings of the book; None where its texts stand in the cells, which are not searched.
    """
    codes, are_only_wan, percents = named_formats(element_in(styles, b"numFmts"))
    cells = element_in(styles, b"cellXfs")
    numbers = numbers_of_formats(cells)
    is_silent = not codes or (are_only_wan and texts is not None and not names_other_unit(texts))
    return TellingStyles(NO_STYLES if is_silent else with_codes(numbers, codes), with_codes(numbers, percents), struck)


def struck_styles(styles: bytes) -> Collection[str]:
    """The numbers of the cell styles of a whole styles.xml whose font is struck out (18.8.22, 18.4.10)."""
    if b"strike" not in styles:
        return ()
    fonts = element_in(styles, b"fonts")
    struck = struck_fonts(fonts) if b"strike" in fonts else ()
    cells = attributes_of(element_in(styles, b"cellXfs"), "xf") if struck else ()
    return frozenset(str(style) for style, one in enumerate(cells) if one.get("fontId", "0") in struck)


def struck_fonts(part: bytes) -> Collection[str]:
    """The numbers of such fonts, in an element fonts."""
    struck = set()
    number = -1
    for one in elements(part):
        number += one.name == "font"
        if one.name == "strike" and one.get("val") not in OFF:
            struck.add(str(number))
    return struck


def needed_styles(styles: bytes) -> bytes:
    """Number formats and cell styles: of styles.xml calamine needs nothing else, and reads it all.

    Styles of conditional formatting stay where they have number formats of their own (`conditional_formats`).
    """
    cells = element_in(styles, b"cellXfs")
    if not cells:
        return styles
    conditional = element_in(styles, b"dxfs")
    kept = conditional if b"numFmt" in conditional else b""
    return b"".join((b"<styleSheet>", element_in(styles, b"numFmts"), cells, kept, b"</styleSheet>"))


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
    built_in = {str(number): code for number, code in BUILT_IN_PERCENT.items()}
    percents, codes = percents_and_others(built_in | found)
    return NamedFormats(codes, only_wan(codes.values()), percents)


@remembered
def numbers_of_formats(part: bytes) -> Sequence[str]:
    """The number of each style's format, in an element cellXfs."""
    return [style.get("numFmtId", "") for style in attributes_of(part, "xf")]


def with_codes(numbers: Sequence[str], codes: Mapping[str, str]) -> dict[str, str]:
    """Style number -> format code, of the styles that have one of these formats."""
    return {str(style): codes[number] for style, number in enumerate(numbers) if number in codes}

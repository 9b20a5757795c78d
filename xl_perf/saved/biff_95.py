"""Workbook streams of Excel 5 and 95, rewritten as of Excel 97: calamine takes the bytes of their texts for characters.

Texts there are bytes of a code page, without the byte that says how wide characters are; all else that is wanted of a
workbook stands in the same places ([MS-XLS] tells of Excel 97 only; the older format is in OpenOffice's description).
"""

import codecs
from struct import pack, unpack_from
from typing import Final

from xl_perf.files.guard import SAVE_AS_XLSX, Refused, damaged, scrambled, too_large
from xl_perf.saved.biff_records import (
    BOF,
    BOOLERR,
    BOUNDSHEET,
    CODEPAGE,
    EOF,
    FILEPASS,
    FORMAT,
    FORMULA,
    LABEL,
    MULRK,
    NUMBER,
    RK,
    RSTRING,
    STRING,
    XF,
    records,
)
from xl_perf.saved.extent import MAX_SHEETS

DATE1904: Final = 0x22
COPIED: Final = frozenset({DATE1904, XF, NUMBER, RK, MULRK, BOOLERR, FORMULA})
VERSION: Final = b"\0\x06"
CHINESE: Final = "gb18030"
CODECS: Final = {936: CHINESE, 0x8001: "cp1252", 10000: "mac_roman", 10001: "shift_jis", 10002: "big5", 10003: "euc_kr"}
"""Of code pages that Python names otherwise; what bears a number that nobody knows was written in Chinese."""


def modernised(stream: bytes) -> bytearray:
    """The same workbook in the format of Excel 97: sheets, cells and number formats.

    Raises Refused: encrypted, and unreadable where the encoding of the texts is not noted.
    """
    encoding = encoding_of(stream)
    starts: list[int] = []
    out = bytearray()
    for type_, at, length in records(stream, 0):
        if type_ == BOUNDSHEET:
            starts.append(len(out))
        out += rewritten(stream, type_, at, length, encoding)
    if len(starts) > MAX_SHEETS:
        raise too_large(f"工作表超过 {MAX_SHEETS} 张，没有读取")
    for place in starts:
        begin = unpack_from("<I", out, place + 4)[0]
        out[place + 4 : place + 8] = pack("<I", len(out))
        depth = 0
        for type_, at, length in records(stream, begin):
            depth += type_ == BOF
            if len(out) > 3 * len(stream):
                raise damaged()  # sheets that begin within each other
            if depth <= 1:  # charts on sheets stay behind
                out += rewritten(stream, type_, at, length, encoding)
            depth -= type_ == EOF
    return out


def encoding_of(stream: bytes) -> str:
    for type_, at, length in records(stream, 0):
        if type_ == FILEPASS and any(stream[at : at + length]):
            raise scrambled()
        if type_ == CODEPAGE:
            page = unpack_from("<H", stream, at)[0]
            try:
                return codecs.lookup(CODECS.get(page, f"cp{page}")).name
            except LookupError:
                return CHINESE
    raise Refused("unreadable", "是 Excel 95 或更早的工作簿，没有注明文字编码", SAVE_AS_XLSX)


def rewritten(stream: bytes, type_: int, at: int, length: int, encoding: str) -> bytes:
    """A record in the format of Excel 97; empty if it is not wanted."""
    content = stream[at : at + length]
    if type_ in COPIED or type_ == EOF:
        return record(type_, content)
    if type_ == BOF:
        return record(type_, VERSION + content[2:].ljust(14, b"\0"))
    if type_ == CODEPAGE:
        return record(type_, pack("<H", 1200))
    if type_ == BOUNDSHEET:
        return record(type_, content[:6] + text_of(content, 6, "B", encoding))
    if type_ == FORMAT:
        text = text_of(content, 2, "B", encoding)
        return record(type_, content[:2] + pack("<H", text[0]) + text[1:])
    if type_ in (LABEL, RSTRING):  # the same, the one with fonts behind it
        return record(LABEL, content[:6] + text_of(content, 6, "H", encoding))
    return record(type_, text_of(content, 0, "H", encoding)) if type_ == STRING else b""


def text_of(content: bytes, at: int, size: str, encoding: str) -> bytes:
    """A text with its length before it, which takes a byte (B) or two (H), in UTF-16."""
    length = unpack_from("<" + size, content, at)[0]
    begin = at + (1 if size == "B" else 2)
    units = content[begin : begin + length].decode(encoding, "replace").encode("utf-16-le")
    return pack("<" + size, len(units) // 2) + b"\1" + units


def record(type_: int, content: bytes) -> bytes:
    return pack("<HH", type_, len(content)) + content

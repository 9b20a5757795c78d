""".xls and binary .et: the records of the workbook stream ([MS-XLS]), looked through before calamine reads them."""

from collections.abc import Iterator
from struct import error as StructError
from struct import unpack_from
from typing import Final

from xl_perf.files.compound_file import Compound, packed
from xl_perf.files.guard import GIVE_A_WORKBOOK, Refused, damaged, encrypted, too_large
from xl_perf.saved.extent import MAX_SHEETS, Extent, check_areas
from xl_perf.saved.source import Source

# Record types ([MS-XLS] 2.3.2).
FORMULA, EOF, FILEPASS, BOUNDSHEET, MULRK, SST, LABELSST = 0x06, 0x0A, 0x2F, 0x85, 0xBD, 0xFC, 0xFD
DIMENSIONS, BLANK, NUMBER, LABEL, BOOLERR, STRING, RK = 0x200, 0x201, 0x203, 0x204, 0x205, 0x207, 0x27E
CELLS: Final = frozenset({FORMULA, MULRK, LABELSST, NUMBER, LABEL, BOOLERR, RK})
"""Records that calamine makes cells of. It passes over BLANK, which is how others are taken out of its sight."""
OTHERS: Final = (
    ("WordDocument", "是旧版 Word 文档"),
    ("PowerPoint Document", "是旧版演示文稿"),
    ("__properties_version1.0", "是 Outlook 邮件"),
)


def open_biff(data: bytes) -> Source:
    """Raises Refused (damaged, encrypted, not-a-workbook, unreadable)."""
    compound = Compound(data)
    if "EncryptedPackage" in compound:
        raise encrypted()
    name = next((name for name in ("Workbook", "Book") if name in compound), "")
    if not name:
        what = next((what for stream, what in OTHERS if stream in compound), "里面没有工作簿")
        raise Refused("not-a-workbook", f"不是工作簿，{what}", GIVE_A_WORKBOOK)
    stream = bytearray(compound.stream(name))
    try:
        sheets = boundsheets(stream)
        extents = [look_through(stream, start) for _, start in sheets]
    except (StructError, IndexError):
        raise damaged() from None
    check_areas(extents)
    notes = [extent.note(sheet) for (sheet, _), extent in zip(sheets, extents, strict=True) if not extent.sane]
    return Source(packed(name, bytes(stream)), notes=notes, sees_errors=False)


def records(stream: bytes | bytearray, position: int) -> Iterator[tuple[int, int, int]]:
    """Type, position of the content and its length, to the EOF record of the substream."""
    while True:
        type_, length = unpack_from("<HH", stream, position)
        yield type_, position + 4, length
        if type_ == EOF:
            return
        position += 4 + length


def boundsheets(stream: bytearray) -> list[tuple[str, int]]:
    """The sheets' names and where they begin in the stream. Raises Refused for what must not reach calamine."""
    sheets = []
    for type_, at, _ in records(stream, 0):
        if type_ == FILEPASS and unpack_from("<H", stream, at)[0]:
            raise encrypted()
        if type_ == BOUNDSHEET:
            sheets.append((sheet_name(stream, at), unpack_from("<I", stream, at)[0]))
        # calamine reserves room for as many strings as are claimed; each takes three bytes at least.
        elif type_ == SST and unpack_from("<4xI", stream, at)[0] * 3 > len(stream):
            raise damaged()
    if len(sheets) > MAX_SHEETS:
        raise too_large(f"工作表超过 {MAX_SHEETS} 张，没有读取")
    return sheets


def sheet_name(stream: bytearray, at: int) -> str:
    """The name in a BOUNDSHEET record (2.4.28); before Excel 97 its bytes were of the system's code page."""
    length, wide = stream[at + 6], stream[at + 7] & 1
    if stream[4:6] != b"\0\x06":  # the version in the BOF record, which begins the stream
        return stream[at + 7 : at + 7 + length].decode("gbk", "replace")
    return stream[at + 8 : at + 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def look_through(stream: bytearray, start: int) -> Extent:
    """Finds the extent of one sheet and blanks out, in the stream, what calamine cannot bear."""
    extent = Extent()
    strays: list[int] = []
    stray = False
    for type_, at, length in records(stream, start):
        if type_ == DIMENSIONS:
            blank(stream, at)  # calamine reserves whatever rectangle is claimed here
        elif type_ in CELLS:
            row, column = unpack_from("<HH", stream, at)
            if type_ == MULRK and length >= 6:
                column += (length - 6) // 6 - 1
            stray = extent.add(row, column)
            if stray:
                strays.append(at)
        elif type_ == STRING and stray:
            strays.append(at)  # the text that the formula before it gave
    if not extent.sane:
        for at in strays:
            blank(stream, at)
    return extent


def blank(stream: bytearray, at: int) -> None:
    stream[at - 4 : at - 2] = BLANK.to_bytes(2, "little")

"""The records of a workbook stream ([MS-XLS] 2.1.4): how they follow each other, and the types that matter here."""

from collections.abc import Iterator
from struct import unpack_from
from typing import Final

# Record types ([MS-XLS] 2.3.2).
FORMULA, EOF, EXTERNSHEET, LBL, FILEPASS, CONTINUE, CODEPAGE, BOUNDSHEET = (
    0x06,
    0x0A,
    0x17,
    0x18,
    0x2F,
    0x3C,
    0x42,
    0x85,
)
HEADER, FOOTER = 0x14, 0x15
FONT, OBJ, COLINFO, TXO, ROW = 0x31, 0x5D, 0x7D, 0x1B6, 0x208
MULRK, RSTRING, XF, SST, LABELSST, SUPBOOK, DIMENSIONS, BLANK = 0xBD, 0xD6, 0xE0, 0xFC, 0xFD, 0x1AE, 0x200, 0x201
NUMBER, LABEL, BOOLERR, STRING, RK, FORMAT, BOF = 0x203, 0x204, 0x205, 0x207, 0x27E, 0x41E, 0x809
OLD_FORMULAS: Final = frozenset({0x206, 0x406})
"""As BIFF3 and BIFF4 number the same record; Numbers of macOS writes such into a workbook of today's Excel."""
CELLS: Final = frozenset({FORMULA, MULRK, LABELSST, NUMBER, LABEL, BOOLERR, RK})
"""Records that calamine makes cells of. It passes over BLANK, which is how others are taken out of its sight."""


def records(stream: bytes | bytearray, position: int) -> Iterator[tuple[int, int, int]]:
    """Type, position of the content and its length, to the EOF record of the substream.

    A substream may stand in another, as charts do in sheets; its records come too.
    """
    depth = 0
    while True:
        type_, length = unpack_from("<HH", stream, position)
        yield type_, position + 4, length
        depth += (type_ == BOF) - (type_ == EOF)
        if type_ == EOF and depth <= 0:
            return
        position += 4 + length


def retyped(stream: bytearray, at: int, type_: int) -> None:
    """Makes another record of the one whose content stands there."""
    stream[at - 4 : at - 2] = type_.to_bytes(2, "little")


def blank(stream: bytearray, at: int) -> None:
    """Takes a record out of calamine's sight."""
    retyped(stream, at, BLANK)


def put(stream: bytearray, at: int, number: int, size: int = 2) -> None:
    """Writes a number of two bytes, or of another size."""
    stream[at : at + size] = number.to_bytes(size, "little")

"""The shared strings of a workbook stream ([MS-XLS] 2.4.265), gone through where their number or length matters."""

from collections.abc import Iterator
from struct import error as StructError
from struct import unpack_from

from xl_perf.saved.biff_records import CONTINUE

WIDE, EXTENDED, RICH = 1, 4, 8
"""What the byte of flags before the characters says."""


def lengths(stream: bytes | bytearray, at: int, length: int) -> list[int]:
    """The number of characters of each string in the SST record with this content, and in those that continue it.

    A string that is cut short at the end does not count.
    """
    return list(_lengths(stream, Pieces(stream, at + 8, at + length)))


def _lengths(stream: bytes | bytearray, pieces: "Pieces") -> Iterator[int]:
    try:
        while pieces.has_more():
            characters, flags = unpack_from("<HB", stream, pieces.position)
            pieces.skip(3)
            behind = 0
            if flags & RICH:
                behind = 4 * unpack_from("<H", stream, pieces.position)[0]
                pieces.skip(2)
            if flags & EXTENDED:
                behind += unpack_from("<I", stream, pieces.position)[0]
                pieces.skip(4)
            pieces.skip_characters(characters, 1 + (flags & WIDE))
            pieces.skip(behind)
            yield characters
    except (StructError, IndexError, EOFError):
        return


class Pieces:
    """A position in content that goes on in further records."""

    def __init__(self, stream: bytes | bytearray, position: int, end: int) -> None:
        self.position = position
        self._stream = stream
        self._end = end

    def has_more(self) -> bool:
        """Goes on to the next record where this one is at its end."""
        while self.position >= self._end:
            type_, length = unpack_from("<HH", self._stream, self._end)
            if type_ != CONTINUE:
                return False
            self.position = self._end + 4
            self._end = self.position + length
        return True

    def skip(self, count: int) -> None:
        """Raises EOFError where there is not so much."""
        while count > self._end - self.position:
            count -= self._end - self.position
            self.position = self._end
            if not self.has_more():
                raise EOFError
        self.position += count

    def skip_characters(self, count: int, width: int) -> None:
        """As many characters of so many bytes; in a further record a byte says anew how wide they are."""
        while count > (room := (self._end - self.position) // width):
            count -= room
            self.position = self._end
            if not self.has_more():
                raise EOFError
            width = 1 + (self._stream[self.position] & WIDE)
            self.position += 1
        self.position += count * width

"""The shared strings of a workbook stream ([MS-XLS] 2.4.265), gone through where their number or length matters."""

from collections.abc import Iterator, Mapping, Sequence
from struct import error as StructError
from struct import unpack_from
from typing import Final, NamedTuple

from xl_perf.saved.biff_records import CONTINUE
from xl_perf.saved.rich_text import HEIGHTS, struck

WIDE, EXTENDED, RICH = 1, 4, 8
"""What the byte of flags before the characters says."""


class Font(NamedTuple):
    """What a FONT record (2.4.122) says of strokes and heights."""

    struck: bool
    height: str
    """A key of `rich_text.HEIGHTS`; empty for none."""


PLAIN: Final = Font(struck=False, height="")
HEIGHT_NAMES: Final = {1: "superscript", 2: "subscript"}
IS_STRUCK: Final = 8
MISSING_FONT: Final = 4
"""No font has this number: the fifth record is font 5."""


def font(stream: bytes | bytearray, at: int) -> Font:
    flags, height = unpack_from("<2xH4xH", stream, at)
    return Font(bool(flags & IS_STRUCK), HEIGHT_NAMES.get(height, ""))


def font_of(number: int, fonts: Sequence[Font]) -> Font:
    """The font with this number, which is not its place."""
    place = number - (number > MISSING_FONT)
    return fonts[place] if place < len(fonts) else PLAIN


def rich_texts(stream: bytes | bytearray, at: int, length: int, fonts: Sequence[Font]) -> Mapping[int, str]:
    """The shared strings that look otherwise than their characters say, as they look, by their numbers."""
    found: dict[int, str] = {}
    pieces = Pieces(stream, at + 8, at + length)
    number = 0
    try:
        while pieces.has_more():
            characters, flags = unpack_from("<HB", stream, pieces.position)
            pieces.skip(3)
            runs = behind = 0
            if flags & RICH:
                runs = unpack_from("<H", stream, pieces.position)[0]
                pieces.skip(2)
            if flags & EXTENDED:
                behind = unpack_from("<I", stream, pieces.position)[0]
                pieces.skip(4)
            if runs:
                text = pieces.characters(characters, flags & WIDE)
                said = [unpack_from("<HH", pieces.take(4)) for _ in range(runs)]
                seen = as_it_looks(text, said, fonts)
                if seen != text.decode("utf-16-le", "replace"):
                    found[number] = seen
            else:
                pieces.skip_characters(characters, 1 + (flags & WIDE))
            pieces.skip(behind)
            number += 1
    except (StructError, IndexError, EOFError):
        pass  # what is cut short is damaged, and found to be so elsewhere
    return found


def as_it_looks(text: bytes, runs: Sequence[tuple[int, ...]], fonts: Sequence[Font]) -> str:
    """A text in UTF-16 whose runs (2.5.132 FormatRun) each say where they begin, and the number of their font."""
    ends = [begin for begin, _ in runs[1:]] + [len(text) // 2]
    pieces = [text[: 2 * runs[0][0]].decode("utf-16-le", "replace")] if runs else []
    for (begin, number), end in zip(runs, ends, strict=True):
        one = font_of(number, fonts)
        piece = text[2 * begin : 2 * max(begin, end)].decode("utf-16-le", "replace")
        piece = piece.translate(HEIGHTS.get(one.height, {}))
        pieces.append(struck(piece) if one.struck else piece)
    return "".join(pieces)


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

    def take(self, count: int) -> bytes:
        """So many bytes, wherever the record that holds them ends."""
        taken = bytearray()
        while len(taken) < count:
            if not self.has_more():
                raise EOFError
            step = min(count - len(taken), self._end - self.position)
            taken += self._stream[self.position : self.position + step]
            self.position += step
        return bytes(taken)

    def characters(self, count: int, wide: int) -> bytes:
        """So many characters in UTF-16; in a further record a byte says anew how wide they are."""
        taken = bytearray()
        while True:
            step = min(count, (self._end - self.position) // (1 + wide))
            raw = self._stream[self.position : self.position + step * (1 + wide)]
            taken += raw if wide else raw.decode("latin-1").encode("utf-16-le")
            self.position += len(raw)
            count -= step
            if not count:
                return bytes(taken)
            self.position = self._end
            if not self.has_more():
                raise EOFError
            wide = self._stream[self.position] & WIDE
            self.position += 1

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

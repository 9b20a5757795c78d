"""The first substream of a workbook stream: sheets, strings, number formats; mended where calamine misreads it.

calamine decodes texts by the code page, although they are always UTF-16; and it passes over formats with numbers
beyond those that Excel gives, and takes 50 to 58 for dates. So the code page is set, and formats get other numbers.
Names and links, at which it may panic, are taken out.
"""

from collections.abc import Mapping
from functools import cached_property
from struct import unpack_from
from typing import Final

from xl_perf.core.cells.number_formats import BUILT_IN_PERCENT, STRUCK
from xl_perf.files.guard import too_large
from xl_perf.saved.biff_records import (
    BOUNDSHEET,
    CODEPAGE,
    EXTERNSHEET,
    FILEPASS,
    FONT,
    FORMAT,
    LBL,
    SST,
    SUPBOOK,
    XF,
    blank,
    put,
    records,
)
from xl_perf.saved.biff_strings import Font, font, font_of, rich_texts
from xl_perf.saved.carried import link_of
from xl_perf.saved.extent import MAX_SHEETS
from xl_perf.saved.number_styles import telling_formats

UTF16: Final = 1200
SELF, ADDIN_FUNCTIONS = 0x0401, 0x3A01
"""In place of the length of a name: SupBook records of the workbook itself, of functions of add-ins."""
FONT_LENGTH: Final = 10
"""Bytes of a FONT record at least."""
OWN_NUMBERS: Final = range(164, 383)
"""What number formats are numbered that are not built in."""
ACCEPTED: Final = frozenset({*range(5, 9), *range(23, 27), *range(41, 45), *range(63, 67), *OWN_NUMBERS})


class Globals:
    """What the first substream says. Raises Refused for what must not reach calamine."""

    def __init__(self, stream: bytearray) -> None:
        self.sheets: list[tuple[str, int]] = []
        """Names, and where the sheets begin in the stream."""
        self.strings = 0
        """How many shared strings calamine will know."""
        self.links: list[str] = []
        """Files and programs that it takes values from."""
        self._sst = 0, 0
        self._stream = stream
        self._formats: dict[int, list[int]] = {}
        self._styles: list[int] = []
        self.fonts: list[Font] = []
        for type_, at, length in records(stream, 0):
            if type_ == FILEPASS and any(stream[at : at + length]):
                from xl_perf.saved.biff_encryption import decrypt

                decrypt(stream, at, length)
            self._take_in(type_, at, length)
        # calamine reserves room for as many strings as are claimed; each takes three bytes at least.
        if self.strings * 3 > len(stream):
            self.count_strings()
        if len(self.sheets) > MAX_SHEETS:
            raise too_large(f"工作表超过 {MAX_SHEETS} 张，没有读取")
        self._telling = self._telling_styles()
        self._renumber_formats()

    @property
    def telling(self) -> Mapping[int, str]:
        """Number of a cell style -> number format, of those that are to be reported."""
        return self._telling

    @cached_property
    def rich_texts(self) -> Mapping[int, str]:
        """The shared strings with raised, lowered or struck characters, as they look, by their numbers."""
        if not self._sst[1] or not any(one.struck or one.height for one in self.fonts):
            return {}
        return rich_texts(self._stream, *self._sst, self.fonts)

    @property
    def size_of_strings(self) -> int:
        """Bytes within which all shared strings stand, or more."""
        return len(self._stream) - self._sst[0]

    def lengths_of_strings(self) -> list[int]:
        """The number of characters of each shared string."""
        from xl_perf.saved.biff_strings import lengths

        return lengths(self._stream, *self._sst) if self._sst[1] else []

    def count_strings(self) -> None:
        """Sees to it that as many strings are claimed as there are."""
        self.strings = len(self.lengths_of_strings())
        if self._sst[1] >= 8:
            put(self._stream, self._sst[0] + 4, self.strings, 4)

    def _take_in(self, type_: int, at: int, length: int) -> None:
        stream = self._stream
        if type_ == BOUNDSHEET:
            self.sheets.append((self._sheet_name(at), unpack_from("<I", stream, at)[0]))
        elif type_ == SST:
            self.strings = unpack_from("<4xI", stream, at)[0]
            self._sst = at, length
        elif type_ == CODEPAGE:
            put(stream, at, UTF16)
        elif type_ == FORMAT:
            self._formats.setdefault(unpack_from("<H", stream, at)[0], []).append(at)
        elif type_ == FONT and length >= FONT_LENGTH:
            self.fonts.append(font(stream, at))
        elif type_ == XF:
            unpack_from("<4s", stream, at)
            self._styles.append(at)
        elif type_ == SUPBOOK:
            self._take_in_link(at, length)
        elif type_ in (LBL, EXTERNSHEET):
            blank(stream, at)

    def _take_in_link(self, at: int, length: int) -> None:
        """A SupBook record (2.4.271): the workbook itself, functions of an add-in, another file, or a program."""
        characters = unpack_from("<2xH", self._stream, at)[0] if length >= 4 else SELF
        if characters not in (SELF, ADDIN_FUNCTIONS) and length > 4:
            link = link_of(self._text(at + 4, min(characters, length)))
            if link is not None:
                self.links.append(link)

    def _sheet_name(self, at: int) -> str:
        """The name in a BOUNDSHEET record (2.4.28)."""
        return self._text(at + 7, self._stream[at + 6])

    def _format_code(self, at: int) -> str:
        """The code in a FORMAT record (2.4.126)."""
        return self._text(at + 4, unpack_from("<H", self._stream, at + 2)[0])

    def _text(self, at: int, length: int) -> str:
        """A text behind the byte that says how wide its characters are."""
        wide = self._stream[at] & 1
        raw = self._stream[at + 1 : at + 1 + length * (1 + wide)]
        return raw.decode("utf-16-le" if wide else "latin-1", "replace")

    def _format_of(self, style: int) -> int:
        number: int = unpack_from("<H", self._stream, style + 2)[0]
        return number

    def _telling_styles(self) -> dict[int, str]:
        named = {number: self._format_code(places[-1]) for number, places in self._formats.items()}
        codes = BUILT_IN_PERCENT | named
        telling = telling_formats(codes, self._stream, "utf-16-le")
        numbers = map(self._format_of, self._styles) if telling else ()
        styles = {style: telling[number] for style, number in enumerate(numbers) if number in telling}
        if any(one.struck for one in self.fonts):
            fonts = (font_of(unpack_from("<H", self._stream, at)[0], self.fonts) for at in self._styles)
            styles |= {style: STRUCK for style, one in enumerate(fonts) if one.struck}
        return styles

    def _renumber_formats(self) -> None:
        """Gives the formats that calamine would pass over numbers that it accepts, as long as there are any."""
        free = (number for number in OWN_NUMBERS if number not in self._formats)
        renumbered = dict(zip((number for number in self._formats if number not in ACCEPTED), free, strict=False))
        for number, instead in renumbered.items():
            for at in self._formats[number]:
                put(self._stream, at, instead)
        for style in self._styles if renumbered else ():
            number = self._format_of(style)
            put(self._stream, style + 2, renumbered.get(number, number))

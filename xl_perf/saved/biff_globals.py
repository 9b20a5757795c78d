"""The first substream of a workbook stream: sheets, strings, number formats; mended where calamine misreads it.

calamine decodes the texts of Excel 97 by the code page, although they are always UTF-16; it passes over formats
with numbers beyond those that Excel gives, and takes 50 to 58 for dates; it reads names and links as Excel 97 has
them and panics at older ones. So the code page is set, formats get other numbers, and names and links are taken out.
"""

from collections.abc import Mapping
from struct import unpack_from
from typing import Final

from xl_perf.files.guard import SAVE_AS_XLSX, Refused, damaged, too_large
from xl_perf.saved.biff_records import (
    BOUNDSHEET,
    CODEPAGE,
    EXTERNSHEET,
    FILEPASS,
    FORMAT,
    LBL,
    SST,
    XF,
    blank,
    put,
    records,
)
from xl_perf.saved.extent import MAX_SHEETS
from xl_perf.saved.number_styles import telling_formats

UTF16, CHINESE = 1200, 936
KNOWN_CODE_PAGES: Final = frozenset({874, 932, 936, 949, 950, *range(1250, 1259), 10000, 54936})
"""Of texts before Excel 97, those that calamine knows; what bears another number here was written in Chinese."""
OWN_NUMBERS: Final = range(164, 383)
"""What number formats are numbered that are not built in."""
ACCEPTED: Final = frozenset({*range(5, 9), *range(23, 27), *range(41, 45), *range(63, 67), *OWN_NUMBERS})


class Globals:
    """What the first substream says. Raises Refused for what must not reach calamine."""

    def __init__(self, stream: bytearray) -> None:
        self.sheets: list[tuple[str, int]] = []
        """Names, and where the sheets begin in the stream."""
        self.strings = 0
        self._stream = stream
        self._is_97 = stream[4:6] == b"\0\x06"  # the version in the BOF record, which begins the stream
        self._formats: dict[int, list[int]] = {}
        self._styles: list[int] = []
        self._has_code_page = self._is_97
        for type_, at, length in records(stream, 0):
            if type_ == FILEPASS and any(stream[at : at + length]):
                from xl_perf.saved.biff_encryption import decrypt

                decrypt(stream, at, length)
            self._take_in(type_, at)
        if len(self.sheets) > MAX_SHEETS:
            raise too_large(f"工作表超过 {MAX_SHEETS} 张，没有读取")
        if not self._has_code_page:
            raise Refused("unreadable", "是 Excel 95 或更早的工作簿，没有注明文字编码", SAVE_AS_XLSX)
        self._telling = self._telling_styles()
        self._renumber_formats()

    @property
    def telling(self) -> Mapping[int, str]:
        """Number of a cell style -> number format, of those that are to be reported."""
        return self._telling

    def _take_in(self, type_: int, at: int) -> None:
        stream = self._stream
        if type_ == BOUNDSHEET:
            self.sheets.append((self._sheet_name(at), unpack_from("<I", stream, at)[0]))
        elif type_ == SST:
            self.strings = unpack_from("<4xI", stream, at)[0]
            # calamine reserves room for as many strings as are claimed; each takes three bytes at least.
            if self.strings * 3 > len(stream):
                raise damaged()
        elif type_ == CODEPAGE:
            self._set_code_page(at)
        elif type_ == FORMAT:
            self._formats.setdefault(unpack_from("<H", stream, at)[0], []).append(at)
        elif type_ == XF:
            unpack_from("<4s", stream, at)
            self._styles.append(at)
        elif type_ in (LBL, EXTERNSHEET):
            blank(stream, at)

    def _set_code_page(self, at: int) -> None:
        page = unpack_from("<H", self._stream, at)[0]
        self._has_code_page = True
        if self._is_97:
            put(self._stream, at, UTF16)
        elif page not in KNOWN_CODE_PAGES:
            put(self._stream, at, CHINESE)

    def _sheet_name(self, at: int) -> str:
        """The name in a BOUNDSHEET record (2.4.28); before Excel 97 its bytes were of the system's code page."""
        length = self._stream[at + 6]
        return self._text(at + 7, length) if self._is_97 else self._old_text(at + 7, length)

    def _format_code(self, at: int) -> str:
        """The code in a FORMAT record (2.4.126)."""
        if self._is_97:
            return self._text(at + 4, unpack_from("<H", self._stream, at + 2)[0])
        return self._old_text(at + 3, self._stream[at + 2])

    def _text(self, at: int, length: int) -> str:
        """A text behind the byte that says how wide its characters are."""
        wide = self._stream[at] & 1
        raw = self._stream[at + 1 : at + 1 + length * (1 + wide)]
        return raw.decode("utf-16-le" if wide else "latin-1", "replace")

    def _old_text(self, at: int, length: int) -> str:
        return self._stream[at : at + length].decode("gbk", "replace")

    def _format_of(self, style: int) -> int:
        number: int = unpack_from("<H", self._stream, style + 2)[0]
        return number

    def _telling_styles(self) -> dict[int, str]:
        codes = {number: self._format_code(places[-1]) for number, places in self._formats.items()}
        telling = telling_formats(codes, (self._stream,), "utf-16-le" if self._is_97 else "gbk")
        if not telling:
            return {}
        numbers = map(self._format_of, self._styles)
        return {style: telling[number] for style, number in enumerate(numbers) if number in telling}

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

"""Zip packages in memory: the few parts that matter are inflated here, within limits, and packed again as stored.

python-calamine gets the repacked bytes only. So it never sees a zip bomb, folder entries or backslashes in names
(older WPS writes both), a part twice, or a broken checksum; and since nothing in them is compressed, repacking costs
it less than the original. The standard `zipfile` would do, but its import alone takes longer than reading a workbook.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from struct import Struct
from struct import error as StructError
from typing import Final

from zlib_ng import zlib_ng as zlib

from xl_perf.files.guard import damaged, encrypted, incomplete, too_large

MAX_PART: Final = 64 * 1024 * 1024
"""Bytes of one inflated part."""
MAX_SHEET: Final = 256 * 1024 * 1024
"""Of a worksheet: some programs write hundreds of thousands of rows of blank cells."""
MAX_PARTS: Final = 256 * 1024 * 1024
"""Bytes of all parts that are inflated of one package."""

# PKWARE APPNOTE 6.3: 4.3.7 local file header, 4.3.12 central directory header, 4.3.16 end of central directory.
LOCAL_NAMES = Struct("<26xHH")
LENGTHS = Struct("<4s24xHHH12x")
CENTRAL = Struct("<8xHH4xIII14xI")
END = Struct("<10xHII")
HEADER = Struct("<HHHHHIIIHH")
CENTRAL_REST = Struct("<HHHII")
END_REST = Struct("<HHHHIIH")
STORED, DEFLATED = 0, 8
IS_ENCRYPTED = 1
UTF8_NAMES = 0x800
FIRST_OF_JANUARY_1980 = 0x21


class Package:
    """The parts of a zip archive by name: slashes forward, letters small, no folders. The last of two alike counts."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._inflated = 0
        try:
            self._places = dict(_places(data))
        except StructError:
            raise incomplete() from None

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def checksum(self, name: str) -> tuple[int, int]:
        """CRC-32 and length of a part, as the archive states them; `read` holds it to both."""
        _, _, checksum, _, size, _ = CENTRAL.unpack_from(self._data, self._places[name])
        return checksum, size

    def header(self, name: str) -> int:
        """Where the central directory speaks of a part."""
        return self._places[name]

    def read(self, name: str, most: int = MAX_PART) -> bytes:
        """One part of at most so many bytes, checked.

        Raises Refused: missing or broken (damaged), encrypted, beyond the limits (unreadable).
        """
        if name not in self._places:
            raise damaged(f"缺少 {name}")
        flags, method, checksum, packed, size, offset = CENTRAL.unpack_from(self._data, self._places[name])
        if flags & IS_ENCRYPTED:
            raise encrypted()
        self._inflated += size
        if size > most or self._inflated > MAX_PARTS:
            raise too_large(f"解压后的内容过大（{name}），没有读取")
        try:
            # The local header repeats the name; only the lengths there say where the content begins.
            begin = offset + 30 + sum(LOCAL_NAMES.unpack_from(self._data, offset))
            part = _unpacked(self._data[begin : begin + packed], method, size)
        except (StructError, zlib.error):  # type: ignore[misc]  # its stub calls `error` an instance
            raise damaged(name) from None
        if len(part) != size or zlib.crc32(part) != checksum:
            raise damaged(name)
        return part


def _unpacked(packed: bytes, method: int, size: int) -> bytes:
    """What was packed; of a part larger than ``size`` one byte more, which is enough to see that."""
    if method == STORED:
        return packed
    if method != DEFLATED:
        raise damaged()
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)


def _places(data: bytes) -> Iterator[tuple[str, int]]:
    """The parts, and where their headers stand in the central directory: few of them are wanted."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0:
        raise incomplete()
    count, _, position = END.unpack_from(data, end)
    for _ in range(count):
        start, named, extra, comment = LENGTHS.unpack_from(data, position)
        if start != b"PK\x01\x02":
            raise incomplete()
        begin = position + LENGTHS.size
        name = _part_name(data[begin : begin + named])
        if name and not name.endswith("/"):
            yield name, position
        position = begin + named + extra + comment


@lru_cache(maxsize=256)  # workbooks hold much the same parts
def _part_name(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").replace("\\", "/").lower().removeprefix("/")


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of these parts, uncompressed."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, part in parts.items():
        raw = name.encode()
        size = len(part)
        fixed = HEADER.pack(20, UTF8_NAMES, STORED, 0, FIRST_OF_JANUARY_1980, zlib.crc32(part), size, size, len(raw), 0)
        body += (b"PK\x03\x04", fixed, raw, part)
        directory += (b"PK\x01\x02\x14\x00", fixed, CENTRAL_REST.pack(0, 0, 0, 0, offset), raw)
        offset += 30 + len(raw) + size
    listing = b"".join(directory)
    end = b"PK\x05\x06" + END_REST.pack(0, 0, len(parts), len(parts), len(listing), offset, 0)
    return b"".join((*body, listing, end))

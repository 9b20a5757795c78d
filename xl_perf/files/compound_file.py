"""Compound files ([MS-CFB]), which hold .xls, binary .et and every encrypted OOXML workbook.

calamine believes a compound file's sizes and chains: one flipped bit makes it ask for terabytes and abort, or follow
a chain for ever. So the one stream that it needs is taken out here and packed into a compound file of our own.
"""

from array import array
from collections.abc import Iterator
from struct import error as StructError
from struct import pack, unpack_from
from typing import Final

from xl_perf.files.guard import COMPOUND_START, damaged

END_OF_CHAIN: Final = 0xFFFFFFFE
FREE: Final = 0xFFFFFFFF
FAT_SECTOR: Final = 0xFFFFFFFD
NO_STREAM: Final = 0xFFFFFFFF
MINI: Final = 64
MINI_CUTOFF: Final = 4096
STREAM: Final = 2
SECTOR: Final = 4096
"""Of what is written: with version 4 the header alone lists sectors for 450 MB."""


class Compound:
    """The streams that stand in the root of a compound file, by name; letters count the same, small and capital."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._read_structure()
        except (StructError, IndexError, ValueError):
            raise damaged() from None

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._streams

    def __iter__(self) -> Iterator[str]:
        return iter(self._streams)

    def stream(self, name: str) -> bytes:
        """The bytes of one stream. Raises Refused (damaged)."""
        start, size = self._streams[name.lower()]
        if size >= MINI_CUTOFF:
            content = self._chain(start)
        else:
            minis = self._follow(start, self._mini_fat)
            content = b"".join(self._mini[n * MINI : (n + 1) * MINI] for n in minis)
        if len(content) < size:
            raise damaged()
        return content[:size]

    def _read_structure(self) -> None:
        shift = unpack_from("<H", self._data, 30)[0]
        if shift not in (9, 12):
            raise ValueError(shift)
        self._size: int = 1 << shift
        first_directory, first_mini, difat, difats = unpack_from("<48xI8xI4xII", self._data)
        fat_sectors = [n for n in unpack_from("<109I", self._data, 76) if n < FAT_SECTOR]
        self._sectors = len(self._data) // self._size
        # As many as the whole file can need: a chain that is longer goes round in circles.
        most = self._sectors // (self._size // 4) + 1
        for _ in range(min(difats, most // (self._size // 4 - 1) + 1)):
            *more, difat = unpack_from(f"<{self._size // 4}I", self._data, self._offset(difat))
            fat_sectors += [n for n in more if n < FAT_SECTOR]
        self._fat = integers(b"".join(self._sector(n) for n in fat_sectors[: most + 1]))
        directory = self._chain(first_directory)
        self._streams: dict[str, tuple[int, int]] = {}
        self._mini_fat = integers(self._chain(first_mini)) if first_mini < FAT_SECTOR else array("I")
        start, size = unpack_from("<II", directory, 116)
        self._mini = self._chain(start)[:size] if start < FAT_SECTOR else b""
        self._read_directory(directory)

    def _read_directory(self, directory: bytes) -> None:
        """The children of the root only: a workbook embedded in this one has a stream of the same name further down."""
        waiting: list[int] = [unpack_from("<I", directory, 76)[0]]
        seen: set[int] = set()
        while waiting:
            entry = waiting.pop()
            if entry == NO_STREAM or entry in seen:
                continue
            seen.add(entry)
            raw = directory[entry * 128 : entry * 128 + 128]
            length, kind, left, right, start, size = unpack_from("<64xHBxII40xII", raw)
            waiting += (left, right)
            name = raw[: max(length - 2, 0)].decode("utf-16-le", "replace").lower()
            # A storage counts too when its name tells what the file is; it has no content of its own.
            self._streams[name] = (start, size) if kind == STREAM else (END_OF_CHAIN, 0)

    def _offset(self, sector: int) -> int:
        return (sector + 1) * self._size

    def _sector(self, sector: int) -> bytes:
        return self._data[self._offset(sector) : self._offset(sector + 1)]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._follow(start, self._fat)))

    @staticmethod
    def _follow(sector: int, fat: "array[int]") -> list[int]:
        """The sectors of a chain, of which none comes twice."""
        chain = []
        while sector != END_OF_CHAIN:
            chain.append(sector)
            if len(chain) > len(fat):
                raise damaged()
            sector = fat[sector]
        return chain


def integers(raw: bytes) -> "array[int]":
    """Unsigned 32-bit little-endian numbers."""
    return array("I", unpack_from(f"<{len(raw) // 4}I", raw))


def packed(name: str, content: bytes) -> bytes:
    """A compound file (version 4) with this one stream, in the order header, stream, directory, FAT."""
    content = content.ljust(MINI_CUTOFF, b"\0")  # what is shorter would have to stand in a mini stream
    streams = -(-len(content) // SECTOR)
    fats = 1
    while fats * (SECTOR // 4) < streams + 1 + fats:
        fats += 1
    chain = [*range(1, streams), END_OF_CHAIN, END_OF_CHAIN, *[FAT_SECTOR] * fats]
    chain += [FREE] * (fats * SECTOR // 4 - len(chain))
    header = pack("<8s16xHHHHH6xIIIIIIIIII", COMPOUND_START, 0x3E, 4, 0xFFFE, 12, 6, 1, fats, streams, 0, MINI_CUTOFF,
                  END_OF_CHAIN, 0, END_OF_CHAIN, 0, streams + 1)  # fmt: skip
    header += pack(f"<{fats - 1}I", *range(streams + 2, streams + 1 + fats))
    header = header.ljust(512, b"\xff").ljust(SECTOR, b"\0")
    # calamine refuses a root without a mini stream; a sector of ours with length 0 will do.
    directory = entry("Root Entry", 5, 1, streams, 0) + entry(name, STREAM, NO_STREAM, 0, len(content))
    return b"".join(
        (
            header,
            content.ljust(streams * SECTOR, b"\0"),
            directory.ljust(SECTOR, b"\0"),
            pack(f"<{len(chain)}I", *chain),
        )
    )


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """One directory entry ([MS-CFB] 2.6.1)."""
    raw = name.encode("utf-16-le")
    fields = pack("<HBBIII36xIQ", len(raw) + 2, kind, 1, NO_STREAM, NO_STREAM, child, start, size)
    return raw.ljust(64, b"\0") + fields

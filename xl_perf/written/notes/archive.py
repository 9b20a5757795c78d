"""A copy of a zip archive in which some parts are new; every other part's compressed bytes are taken over as they are.

PKWARE APPNOTE 6.3: 4.3.7 local file header, 4.3.12 central directory header, 4.3.16 end of central directory.
"""

import zlib
from collections.abc import Iterator, Mapping
from struct import Struct, pack, unpack_from
from struct import error as StructError
from typing import Final, NamedTuple

from xl_perf.files.guard import damaged, encrypted

_CENTRAL: Final = 46
_LOCAL_NAMES: Final = Struct("<26xHH")
_DEFLATED: Final = 8
_IS_ENCRYPTED, _SIZES_FOLLOW, _UTF8_NAMES = 0x1, 0x8, 0x800
_ZIP64: Final = 0xFFFFFFFF
_VERSION: Final = 20
_FIRST_OF_JANUARY_1980: Final = 0x21


class _Entry(NamedTuple):
    """A central directory header and the bytes of the name; ``name`` as `formats.package.Package` knows it."""

    name: str
    raw_name: bytes
    header: bytes
    data: bytes


def patched(data: bytes, changed: Mapping[str, bytes], added: Mapping[str, bytes]) -> bytes:
    """The archive with the contents of some parts changed and others added at its end.

    ``changed`` goes by the names of `Package` (small letters, slashes forward), ``added`` by the names to be written.
    Raises Refused (damaged, encrypted) for what cannot be copied.
    """
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    entries = [_with(entry, changed[entry.name]) if entry.name in changed else entry for entry in _entries(data)]
    for entry in [*entries, *(_new(name, content) for name, content in added.items())]:
        flags = int.from_bytes(entry.header[8:10], "little") & ~_SIZES_FOLLOW
        length = pack("<HH", len(entry.raw_name), 0)
        common = entry.header[6:8] + pack("<H", flags) + entry.header[10:28] + length
        local = b"PK\x03\x04" + common + entry.raw_name
        rest = b"\0\0" + entry.header[34:42] + pack("<I", offset)
        directory.append(b"PK\x01\x02" + entry.header[4:6] + common + rest + entry.raw_name)
        body += local, entry.data
        offset += len(local) + len(entry.data)
    listing = b"".join(directory)
    end = b"PK\x05\x06" + pack("<HHHHIIH", 0, 0, len(directory), len(directory), len(listing), offset, 0)
    return b"".join((*body, listing, end))


def _entries(data: bytes) -> Iterator[_Entry]:
    end = data.rfind(b"PK\x05\x06")
    try:
        count, _, position = unpack_from("<10xHII", data, end)
        for _ in range(count):
            header = data[position : position + _CENTRAL]
            flags, packed = unpack_from("<8xH10xI", header)
            name_length, extra, comment, offset = unpack_from("<28xHHH8xI", header)
            if not header.startswith(b"PK\x01\x02") or _ZIP64 in (packed, offset):
                raise damaged()
            if flags & _IS_ENCRYPTED:
                raise encrypted()
            raw = data[position + _CENTRAL : position + _CENTRAL + name_length]
            begin = offset + 30 + sum(_LOCAL_NAMES.unpack_from(data, offset))
            content = data[begin : begin + packed]
            if len(content) != packed:
                raise damaged()
            name = raw.decode("utf-8", "replace").replace("\\", "/").lower().removeprefix("/")
            yield _Entry(name, raw, header, content)
            position += _CENTRAL + name_length + extra + comment
    except StructError:
        raise damaged() from None


def _with(entry: _Entry, content: bytes) -> _Entry:
    """The entry with another content."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    sizes = pack("<III", zlib.crc32(content), len(packed), len(content))
    header = entry.header[:10] + pack("<H", _DEFLATED) + entry.header[12:16] + sizes + entry.header[28:]
    return entry._replace(header=header, data=packed)


def _new(name: str, content: bytes) -> _Entry:
    head = pack("<4sHHHHHH", b"PK\x01\x02", _VERSION, _VERSION, _UTF8_NAMES, 0, 0, _FIRST_OF_JANUARY_1980)
    return _with(_Entry(name.lower(), name.encode(), head.ljust(_CENTRAL, b"\0"), b""), content)

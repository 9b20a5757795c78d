"""A VBA project without what Excel has compiled: as [MS-OVBA] demands of everything that is not VBA itself.

2.3.4.1: the version is 0xFFFF and there is no performance cache; 2.3.4.2.3.2.5 and 2.3.4.3: modules begin with their
source, at offset 0. A version of VBA in the header would have Excel believe in a cache that is not there.
"""

import struct
from typing import Final

NO_CACHE: Final = bytes.fromhex("CC61 FFFF 00 0000")
"""The whole stream _VBA_PROJECT: Reserved1, Version, Reserved2, Reserved3."""
_VERSION_RECORD, _STREAM_NAME, _OFFSET = 0x0009, 0x001A, 0x0031


def without_cache(project: bytes) -> bytes:
    """The compound file vbaProject.bin with sources alone."""
    from pyopenvba.cfb import CFB
    from pyopenvba.vba import compress, decompress

    file = CFB.from_bytes(project)
    directory = bytearray(decompress(file.get_stream_in_storage("VBA", "dir")))
    for name, at in _offsets(directory):
        (offset,) = struct.unpack_from("<I", directory, at)
        if offset:
            source = file.get_stream_in_storage("VBA", name)[offset:]
            file.write_stream_in_storage("VBA", name, source)
            struct.pack_into("<I", directory, at, 0)
    file.write_stream_in_storage("VBA", "dir", compress(bytes(directory)))
    file.write_stream_in_storage("VBA", "_VBA_PROJECT", NO_CACHE)
    return bytes(file.to_bytes())


def _offsets(directory: bytes | bytearray) -> list[tuple[str, int]]:
    """Each module's stream, and where in the directory its offset stands."""
    found, at, name = [], 0, ""
    while at + 6 <= len(directory):
        record, length = struct.unpack_from("<HI", directory, at)
        if record == _VERSION_RECORD:
            length = 6  # what stands there is reserved
        if record == _STREAM_NAME:
            # Followed by the same in Unicode, behind a reserved number and its length.
            (wide,) = struct.unpack_from("<I", directory, at + 6 + length + 2)
            start = at + 6 + length + 6
            name = bytes(directory[start : start + wide]).decode("utf-16-le")
        if record == _OFFSET:
            found.append((name, at + 6))
        at += 6 + length
    return found

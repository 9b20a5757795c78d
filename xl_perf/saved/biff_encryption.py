"""Workbook streams that are encrypted ([MS-XLS] 2.2.10), opened with Excel's default password where that is theirs.

A .xls whose structure somebody protected is encrypted in this way, and yet opens without asking.
"""

import hashlib
from collections.abc import Callable
from struct import pack, unpack_from
from typing import Final

from xl_perf.files.default_password import MOST_DECRYPTED, PASSWORD, protected
from xl_perf.files.guard import encrypted, scrambled
from xl_perf.saved.biff_records import BOF, BOUNDSHEET, FILEPASS, blank

BLOCK: Final = 1024
"""Bytes after which the key changes."""
PLAIN: Final = frozenset({BOF, FILEPASS, 0x194, 0x195, 0xE1, 0x138, 0x139})
"""Records that are never encrypted: beside these two UsrExcl, FileLock, InterfaceHdr, RRDInfo and RRDHead."""

Keys = Callable[[int], bytes]
"""The key of a block of the stream."""


def decrypt(stream: bytearray, at: int, length: int) -> None:
    """Decrypts a stream in its place, as its FILEPASS record says. Raises Refused (encrypted): a password is needed."""
    filepass = bytes(stream[at : at + length])
    keys = keys_of(filepass)
    if keys is None:
        raise encrypted() if filepass.startswith(b"\1\0") else scrambled()
    if len(stream) > MOST_DECRYPTED:
        raise protected()
    replace_contents(stream, keys)
    blank(stream, at)


def keys_of(filepass: bytes) -> Keys | None:
    """The keys that a FILEPASS record (2.4.117) describes, if the default password is the right one."""
    if len(filepass) < 6:
        return None
    kind, major, minor = unpack_from("<3H", filepass)
    if kind != 1:
        return None
    if (major, minor) == (1, 1):
        return keys_of_97(filepass)
    return keys_of_2002(filepass) if minor == 2 else None


def keys_of_97(filepass: bytes) -> Keys | None:
    """RC4 with MD5 ([MS-OFFCRYPTO] 2.3.6)."""
    salt, verifier, verifier_hash = filepass[6:22], filepass[22:38], filepass[38:54]
    start = hashlib.md5(PASSWORD.encode("utf-16-le"), usedforsecurity=False).digest()[:5]
    hashed = hashlib.md5((start + salt) * 16, usedforsecurity=False).digest()[:5]

    def key(block: int) -> bytes:
        return hashlib.md5(hashed + pack("<I", block), usedforsecurity=False).digest()

    shown = xor(verifier + verifier_hash, keystream(key(0)))
    return key if hashlib.md5(shown[:16], usedforsecurity=False).digest() == shown[16:] else None


def keys_of_2002(filepass: bytes) -> Keys | None:
    """RC4 with SHA-1, of the system's making ([MS-OFFCRYPTO] 2.3.5)."""
    header_size = unpack_from("<I", filepass, 10)[0]
    bits = unpack_from("<I", filepass, 30)[0] or 40
    at = 14 + header_size + 4
    salt, verifier, verifier_hash = filepass[at : at + 16], filepass[at + 16 : at + 32], filepass[at + 36 : at + 56]
    start = hashlib.sha1(salt + PASSWORD.encode("utf-16-le"), usedforsecurity=False).digest()

    def key(block: int) -> bytes:
        hashed = hashlib.sha1(start + pack("<I", block), usedforsecurity=False).digest()[: bits // 8]
        return hashed.ljust(16, b"\0") if bits == 40 else hashed

    shown = xor(verifier + verifier_hash, keystream(key(0)))
    return key if hashlib.sha1(shown[:16], usedforsecurity=False).digest() == shown[16:] else None


def replace_contents(stream: bytearray, keys: Keys) -> None:
    """Decrypts what stands in the records; their types and lengths are plain, but count for the keystream."""
    plain = b"".join(
        xor(bytes(stream[at : at + BLOCK]), keystream(keys(at // BLOCK))) for at in range(0, len(stream), BLOCK)
    )
    position = 0
    while position + 4 <= len(stream):
        type_, length = unpack_from("<HH", stream, position)
        begin = position + 4 + (4 if type_ == BOUNDSHEET else 0)  # where a sheet begins is plain
        position += 4 + length
        if type_ not in PLAIN:
            stream[begin:position] = plain[begin:position]


def keystream(key: bytes) -> bytes:
    """The first bytes of RC4 with this key, for one block."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for _ in range(BLOCK):
        i = (i + 1) & 255
        a = state[i]
        j = (j + a) & 255
        b = state[i] = state[j]
        state[j] = a
        out.append(state[(a + b) & 255])
    return bytes(out)


def xor(content: bytes, stream: bytes) -> bytes:
    size = len(content)
    return (int.from_bytes(content, "big") ^ int.from_bytes(stream[:size], "big")).to_bytes(size, "big")

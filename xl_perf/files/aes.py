"""AES decryption (FIPS 197), which the standard library lacks; for workbooks that open without a password.

Slow, some 40,000 blocks a second, and no protection of secrets: the password is in Microsoft's documentation.
"""

from collections.abc import Iterator
from struct import Struct
from typing import Final

BLOCK: Final = 16
_WORDS: Final = Struct(">4I")


def _doubled(value: int) -> int:
    """Times two in the field of AES."""
    return (value << 1) ^ (0x11B if value & 0x80 else 0)


def _product(a: int, b: int) -> int:
    result = 0
    while b:
        if b & 1:
            result ^= a
        a = _doubled(a)
        b >>= 1
    return result


def _substitutions() -> list[int]:
    """The S-box (5.1.1): the inverse in the field, and an affine map."""
    box = [0x63] * 256
    power = inverse = 1
    for _ in range(255):
        power ^= _doubled(power)  # times three
        inverse = _product(inverse, 0xF6)  # divided by three
        spread = inverse
        for shift in range(1, 5):
            spread ^= (inverse << shift | inverse >> 8 - shift) & 0xFF
        box[power] = spread ^ 0x63
    return box


_BOX: Final = _substitutions()
_INVERSE_BOX: Final = bytes(_BOX.index(value) for value in range(256))
_FACTORS: Final = (0x0E, 0x09, 0x0D, 0x0B)


def _mixed_byte(value: int, column: int) -> int:
    """What InvMixColumns makes of a byte in a row of a column, in all rows of it (5.3.3)."""
    return int.from_bytes(bytes(_product(value, _FACTORS[(row - column) % 4]) for row in range(4)), "big")


_MIXED: Final = [[_mixed_byte(value, column) for value in range(256)] for column in range(4)]
_ROUND: Final = [[mixed[substitute] for substitute in _INVERSE_BOX] for mixed in _MIXED]
"""InvSubBytes and InvMixColumns in one."""


class Decryption:
    """Decrypts with one key of 16, 24 or 32 bytes."""

    def __init__(self, key: bytes) -> None:
        words = list(_expanded(key))
        rounds = [words[at : at + 4] for at in range(0, len(words), 4)][::-1]
        self._first, *middle, self._last = rounds
        self._middle = [[_mixed(word) for word in four] for four in middle]

    def cbc(self, data: bytes, before: bytes) -> bytes:
        """Blocks that were chained; `before` is the initialisation vector."""
        chained = int.from_bytes(before + data[:-BLOCK], "big")
        plain = int.from_bytes(self.ecb(data), "big") ^ chained
        return plain.to_bytes(len(data), "big")

    def ecb(self, data: bytes) -> bytes:
        """Whole blocks, each by itself."""
        return b"".join(self._block(*four) for four in _WORDS.iter_unpack(data))

    def _block(self, a: int, b: int, c: int, d: int) -> bytes:
        zero, one, two, three = _ROUND
        k = self._first
        a, b, c, d = a ^ k[0], b ^ k[1], c ^ k[2], d ^ k[3]
        for k in self._middle:
            a, b, c, d = (
                zero[a >> 24] ^ one[d >> 16 & 255] ^ two[c >> 8 & 255] ^ three[b & 255] ^ k[0],
                zero[b >> 24] ^ one[a >> 16 & 255] ^ two[d >> 8 & 255] ^ three[c & 255] ^ k[1],
                zero[c >> 24] ^ one[b >> 16 & 255] ^ two[a >> 8 & 255] ^ three[d & 255] ^ k[2],
                zero[d >> 24] ^ one[c >> 16 & 255] ^ two[b >> 8 & 255] ^ three[a & 255] ^ k[3],
            )
        state = _WORDS.pack(a, b, c, d).translate(_INVERSE_BOX)
        shifted = bytes(state[(at - 4 * (at % 4)) % BLOCK] for at in range(BLOCK))
        a, b, c, d = _WORDS.unpack(shifted)
        k = self._last
        return _WORDS.pack(a ^ k[0], b ^ k[1], c ^ k[2], d ^ k[3])


def _expanded(key: bytes) -> Iterator[int]:
    """The words of the key schedule (5.2)."""
    size = len(key) // 4
    words = [int.from_bytes(key[at : at + 4], "big") for at in range(0, len(key), 4)]
    constant = 1
    for at in range(size, 4 * (size + 7)):
        word = words[-1]
        if at % size == 0:
            word = _substituted((word << 8 | word >> 24) & 0xFFFFFFFF) ^ constant << 24
            constant = _doubled(constant)
        elif size == 8 and at % size == 4:
            word = _substituted(word)
        words.append(words[at - size] ^ word)
    return iter(words)


def _substituted(word: int) -> int:
    return int.from_bytes(bytes(_BOX[byte] for byte in word.to_bytes(4, "big")), "big")


def _mixed(word: int) -> int:
    """InvMixColumns on a word of the key, for decryption in the order of encryption (5.3.5)."""
    a, b, c, d = word.to_bytes(4, "big")
    return _MIXED[0][a] ^ _MIXED[1][b] ^ _MIXED[2][c] ^ _MIXED[3][d]

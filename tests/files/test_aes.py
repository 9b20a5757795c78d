"""Decryption with AES, by the examples of the standard."""

import pytest

from xl_perf.files.aes import Decryption

PLAIN = "00112233445566778899aabbccddeeff"


@pytest.mark.parametrize(
    ("size", "encrypted"),
    [
        (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
        (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (32, "8ea2b7ca516745bfeafc49904b496089"),
    ],
)
def test_examples_of_fips_197(size: int, encrypted: str) -> None:
    assert Decryption(bytes(range(size))).ecb(bytes.fromhex(encrypted)).hex() == PLAIN


def test_chained_blocks() -> None:
    """NIST SP 800-38A, F.2.2: the first two blocks."""
    key = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
    encrypted = bytes.fromhex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2")
    plain = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
    assert Decryption(key).cbc(encrypted, bytes(range(16))).hex() == plain

"""Workbooks that are encrypted, and yet open without asking ([MS-OFFCRYPTO]).

Excel encrypts with a password of its own, which it also tries first, where somebody protected a workbook but set no
password for opening it.
"""

import hashlib
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable
from struct import error as StructError
from struct import pack, unpack_from
from typing import Final

from xl_perf.files.aes import BLOCK, Decryption
from xl_perf.files.compound_file import Compound
from xl_perf.files.guard import Refused
from xl_perf.files.xml_parts import elements

PASSWORD: Final = "VelvetSweatshop"
MOST_DECRYPTED: Final = 4 * 1024 * 1024
"""Bytes; that takes some five seconds."""
MOST_TURNS: Final = 200_000
"""Of hashing the password; Excel makes 100,000."""
KEY_BITS: Final = frozenset({128, 192, 256})
AES: Final = frozenset({0x660E, 0x660F, 0x6610})
SEGMENT: Final = 4096

# What the password's hash is mixed with for each purpose (2.3.4.11).
VERIFIER, VERIFIER_HASH, KEY = (
    bytes.fromhex(block) for block in ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6")
)


def opened_by_default(compound: Compound) -> bytes | None:
    """The workbook in an encrypted compound file; None if it takes a password to open it.

    Raises Refused (encrypted) for one that opens by itself, but is too large to be decrypted here.
    """
    if "EncryptionInfo" not in compound:
        return None
    try:
        decrypt = decryption(compound.stream("EncryptionInfo"))
        if decrypt is None:
            return None
        package = compound.stream("EncryptedPackage")
        size = unpack_from("<Q", package)[0]
        if len(package) > MOST_DECRYPTED:
            raise protected()
        content = package[8:]
        return decrypt(content[: len(content) // BLOCK * BLOCK])[:size]
    except (StructError, ValueError, KeyError, IndexError, Base64Error):
        return None


def protected() -> Refused:
    how = "请在 Excel 中打开，取消工作簿保护后另存为一份新的 .xlsx，再试"
    return Refused("encrypted", "文件用 Excel 的默认密码加了密（打开时不用输密码），内容过大，没有读取", how)


def decryption(info: bytes) -> Callable[[bytes], bytes] | None:
    """How the package is decrypted, if the default password is the right one."""
    major, minor = unpack_from("<HH", info)
    if (major, minor) == (4, 4):
        return agile(info[8:])
    return standard(info) if minor == 2 else None


def agile(description: bytes) -> Callable[[bytes], bytes] | None:
    """Agile encryption (2.3.4.10 to 2.3.4.15)."""
    found = {element.name: element for element in elements(description)}
    data, key = found["keyData"], found["encryptedKey"]
    if any(element.get("cipherChaining") != "ChainingModeCBC" for element in (data, key)):
        return None
    salt = b64decode(key.get("saltValue"))
    name = key.get("hashAlgorithm")
    turns, key_bits, data_bits = int(key.get("spinCount")), int(key.get("keyBits")), int(data.get("keyBits"))
    if turns > MOST_TURNS or not {key_bits, data_bits} <= KEY_BITS:
        return None
    hashed = hashed_password(name, salt, turns)

    def decrypted(attribute: str, purpose: bytes) -> bytes:
        derived = fitted(digest(name, hashed + purpose), key_bits // 8)
        return Decryption(derived).cbc(b64decode(key.get(attribute)), salt[:BLOCK])

    expected = decrypted("encryptedVerifierHashValue", VERIFIER_HASH)
    verifier = decrypted("encryptedVerifierHashInput", VERIFIER)[: int(key.get("saltSize"))]
    if not expected.startswith(digest(name, verifier)):
        return None
    cipher = Decryption(decrypted("encryptedKeyValue", KEY)[: data_bits // 8])
    data_salt = b64decode(data.get("saltValue"))

    def decrypt(content: bytes) -> bytes:
        segments = (content[at : at + SEGMENT] for at in range(0, len(content), SEGMENT))
        vectors = (digest(data.get("hashAlgorithm"), data_salt + pack("<I", n))[:BLOCK] for n in range(len(content)))
        return b"".join(map(cipher.cbc, segments, vectors))

    return decrypt


def standard(info: bytes) -> Callable[[bytes], bytes] | None:
    """Standard encryption (2.3.4.5 to 2.3.4.9): AES and SHA-1, as Excel 2007 writes it."""
    header_size = unpack_from("<8xI", info)[0]
    algorithm, _, key_bits = unpack_from("<20x3I", info)
    if algorithm not in AES or key_bits not in KEY_BITS:
        return None
    verifier = 12 + header_size
    salt = info[verifier + 4 : verifier + 20]
    hashed = digest("sha1", hashed_password("sha1", salt, 50_000) + pack("<I", 0))
    halves = (digest("sha1", bytes(byte ^ fill for byte in fitted(hashed, 64, 0))) for fill in (0x36, 0x5C))
    cipher = Decryption(b"".join(halves)[: key_bits // 8])
    shown = cipher.ecb(info[verifier + 20 : verifier + 36])
    expected = cipher.ecb(info[verifier + 40 : verifier + 72])
    return cipher.ecb if expected.startswith(digest("sha1", shown)) else None


def hashed_password(name: str, salt: bytes, turns: int) -> bytes:
    """The default password's hash, hashed again so many times with a counter before it."""
    hashed = digest(name, salt + PASSWORD.encode("utf-16-le"))
    for turn in range(turns):
        hashed = digest(name, pack("<I", turn) + hashed)
    return hashed


def digest(name: str, content: bytes) -> bytes:
    return hashlib.new(name, content).digest()


def fitted(key: bytes, size: int, filling: int = 0x36) -> bytes:
    return key[:size].ljust(size, bytes([filling]))

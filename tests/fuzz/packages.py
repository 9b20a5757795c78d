"""Files with random changes: bytes of any file, entries of a zip package, XML in one."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from tests.fuzz import markup

Entries = list[tuple[str, bytes]]
"""The entries of a package in their order; a name may stand there twice."""


# --- bytes -----------------------------------------------------------------------------------------------------------


def _flipped(data: bytearray, chance: Random) -> None:
    for _ in range(chance.choice([1, 2, 8])):
        bit = chance.randrange(len(data) * 8)
        data[bit // 8] ^= 1 << bit % 8


def _cut(data: bytearray, chance: Random) -> None:
    del data[chance.randrange(len(data)) :]


def _hole(data: bytearray, chance: Random) -> None:
    at, length = chance.randrange(len(data)), chance.choice([1, 16, 512, 4096])
    data[at : at + length] = bytes(len(data[at : at + length]))


def _lost(data: bytearray, chance: Random) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.choice([1, 4, 512])]


def _grown(data: bytearray, chance: Random) -> None:
    at = chance.randrange(len(data))
    data[at:at] = chance.randbytes(chance.choice([1, 4, 512])) if chance.random() < 0.5 else data[at : at + 512]


def _number(data: bytearray, chance: Random) -> None:
    """A length or an offset, somewhere, is another one."""
    at = chance.randrange(max(1, len(data) - 4))
    number = chance.choice([0, 1, 0xFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 0x7FFFFFFF, len(data), len(data) // 512])
    data[at : at + 4] = struct.pack("<I", number)


BYTES: Final[Sequence[Callable[[bytearray, Random], None]]] = (_flipped, _cut, _hole, _lost, _grown, _number)


def with_other_bytes(data: bytes, chance: Random) -> tuple[bytes, str]:
    """The file with one to three changes of its bytes, and their names."""
    changed, names = bytearray(data), []
    for _ in range(chance.choice([1, 1, 2, 3])):
        if changed:
            change = chance.choice(BYTES)
            change(changed, chance)
            names.append(change.__name__)
    return bytes(changed), " ".join(names)


# --- entries ---------------------------------------------------------------------------------------------------------


def entries_of(data: bytes) -> Entries:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(one.filename, package.read(one)) for one in package.infolist()]


def packed(entries: Entries, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in entries:
            _add(package, name, content)
    return out.getvalue()


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name that is there already
        package.writestr(zipfile.ZipInfo(name, (2024, 1, 5, 8, 0, 0)), content, package.compression)


def _drop(entries: Entries, at: int, chance: Random) -> None:
    del entries[at]


def _rename(entries: Entries, at: int, chance: Random) -> None:
    name, content = entries[at]
    new = chance.choice([name.upper(), name.title(), name.replace("/", "\\"), f"/{name}", f"{name}x"])
    entries[at] = new, content


def _twice(entries: Entries, at: int, chance: Random) -> None:
    name, content = entries[at]
    entries.insert(chance.randrange(len(entries) + 1), (name, chance.choice([content, b"", content[:50], b"<a/>"])))


def _swap(entries: Entries, at: int, chance: Random) -> None:
    other = chance.randrange(len(entries))
    (name, content), (its_name, its_content) = entries[at], entries[other]
    entries[at], entries[other] = (name, its_content), (its_name, content)


def _emptied(entries: Entries, at: int, chance: Random) -> None:
    entries[at] = entries[at][0], chance.choice([b"", b"\0" * 100, b"<", b"<a/>", chance.randbytes(200)])


def _folders(entries: Entries, at: int, chance: Random) -> None:
    entries.insert(0, (f"{entries[at][0]}/", b""))


def _reordered(entries: Entries, at: int, chance: Random) -> None:
    chance.shuffle(entries)


ENTRIES: Final[Sequence[Callable[[Entries, int, Random], None]]] = (
    *(_drop, _rename, _twice, _swap, _emptied, _folders, _reordered),
)


def with_other_entries(data: bytes, chance: Random) -> tuple[bytes, str]:
    """The package with one or two changed entries, and what was done."""
    entries, names = entries_of(data), []
    for _ in range(chance.choice([1, 1, 2])):
        at, change = chance.randrange(len(entries)), chance.choice(ENTRIES)
        names.append(f"{change.__name__} {entries[at][0]}")
        change(entries, at, chance)
    return packed(entries, chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])), "; ".join(names)


def with_other_markup(data: bytes, chance: Random) -> tuple[bytes, str]:
    """The package with changed XML in one part, under right checksums, and what was done."""
    entries = entries_of(data)
    parts = [at for at, (_, content) in enumerate(entries) if content.lstrip(b"\xef\xbb\xbf").startswith(b"<")]
    if not parts:
        return with_other_entries(data, chance)
    sheets = [at for at in parts if "sheet" in entries[at][0] or entries[at][0] == "content.xml"]
    at = chance.choice(sheets if sheets and chance.random() < 0.5 else parts)
    name, content = entries[at]
    new, done = markup.changed(content, chance)
    entries[at] = name, new
    return packed(entries), f"{name}: {done}"


def mutant(data: bytes, chance: Random) -> tuple[bytes, str]:
    """The file after one kind of change, and what was done."""
    if data.startswith(b"PK"):
        ways = [with_other_bytes, with_other_entries, *[with_other_markup] * 3]
    else:
        ways = [with_other_bytes]
    return chance.choice(ways)(data, chance)


LOSES_SHEETS: Final = ("workbook.xml", ".rels", "[Content_Types].xml", "manifest.xml", "workbook.bin")
"""Parts that say which sheets there are: without one of them, the file itself says that a sheet is not there."""


def may_lose_sheets(done: str) -> bool:
    """Whether a total may be another one because the package itself has other sheets."""
    return any(part in done for part in LOSES_SHEETS) or "content.xml: " in done

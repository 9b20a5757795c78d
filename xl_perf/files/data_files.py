"""Databases and folders of tables that nobody has edited since xl-perf wrote them.

A database carries a fingerprint behind its last page, where neither SQLite nor DuckDB looks; whatever writes to it
makes it another one. A folder of tables has a list of SHA-256 fingerprints beside them, as ``sha256sum -c`` reads it.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Final

DATABASES: Final = (".sqlite", ".duckdb")
_SEAL: Final = re.compile(rb"\nxl-perf ([0-9a-f]{64})\n")
_LENGTH: Final = 74
"""Bytes of the fingerprint with what stands around it."""
_SQLITE: Final = b"SQLite format 3\0"
_DUCKDB: Final = b"DUCK"
"""Behind the checksum of its first page."""
_BLOCK: Final = 1 << 20
_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")


def is_database(path: Path) -> bool:
    """The file is a database of SQLite or DuckDB; false where it cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE))
    except (OSError, ValueError):
        return False
    return start == _SQLITE or start[8:12] == _DUCKDB


def seal_database(path: Path) -> None:
    """Writes its fingerprint behind a database that has just been written and is closed."""
    with path.open("r+b") as file:
        digest = _digest(file, file.seek(0, os.SEEK_END))
        file.seek(0, os.SEEK_END)
        file.write(b"\nxl-perf %b\n" % digest.encode())


def is_untouched_database(path: Path) -> bool:
    """The file is a database that xl-perf wrote, and nobody has written to since; false where it cannot be read."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END) - _LENGTH
            if size < 0:
                return False
            file.seek(size)
            seal = _SEAL.fullmatch(file.read())
            return seal is not None and seal[1].decode() == _digest(file, size)
    except OSError:
        return False


def _digest(file: IO[bytes], size: int) -> str:
    """Of so many bytes from the beginning."""
    found = hashlib.sha256()
    file.seek(0)
    while size > 0 and (block := file.read(min(size, _BLOCK))):
        found.update(block)
        size -= len(block)
    return found.hexdigest()


def sums_of(files: Mapping[str, Path]) -> str:
    """The list of fingerprints of files, by the names that they are to have."""
    lines = []
    for name, path in files.items():
        with path.open("rb") as file:
            lines.append(f"{_digest(file, path.stat().st_size)}  {name}\n")
    return "".join(lines)


def edited_in(folder: Path, sums: str, names: Iterable[str]) -> list[str]:
    """Of the files of these names in a folder those that are not as its list ``sums`` says; without it, all."""
    try:
        lines = (folder / sums).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    known = {found[2]: found[1] for found in map(_LINE.fullmatch, lines) if found}
    return [name for name in names if os.path.lexists(folder / name) and not _is_as(folder / name, known.get(name))]


def _is_as(path: Path, digest: str | None) -> bool:
    try:
        with path.open("rb") as file:
            return digest is not None and _digest(file, path.stat().st_size) == digest
    except OSError:
        return False

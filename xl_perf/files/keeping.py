"""Originals kept for good: each file once, unchanged, below a folder under a name that is its own SHA-256."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.files.temporary import TEMPORARY_START, new_name, sweep

_BLOCK: Final = 1 << 20
_LONGEST_SUFFIX: Final = 8


class Kept(NamedTuple):
    """A file that is kept: SHA-256 in hexadecimal, number of bytes, the suffix of its name, where it is."""

    sha256: str
    size: int
    suffix: str
    path: Path


def keep(source: Path, folder: Path) -> Kept:
    """Copies a file to ``folder/ab/abcd….xlsx``, whole or not at all; what is there already is left as it is.

    Nothing of the file's name goes into the path but letters and figures of its suffix. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    temp = folder / new_name(TEMPORARY_START)
    try:
        with source.open("rb") as original, temp.open("xb") as copy:
            found = hashlib.sha256()
            while block := original.read(_BLOCK):
                found.update(block)
                copy.write(block)
            size = copy.tell()
            copy.flush()
            os.fsync(copy.fileno())
        kept = Kept(found.hexdigest(), size, suffix := suffix_of(source.name), place(folder, found.hexdigest(), suffix))
        if not _is_there(kept):
            kept.path.parent.mkdir(exist_ok=True)
            temp.replace(kept.path)
        return kept
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def place(folder: Path, sha256: str, suffix: str) -> Path:
    """Where the original with this digest is kept."""
    return folder / sha256[:2] / f"{sha256}{suffix}"


def suffix_of(name: str) -> str:
    """The suffix of a file's name, if it is one that every system can have; else none."""
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122  # the name may hold anything
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= _LONGEST_SUFFIX else ""


def _is_there(kept: Kept) -> bool:
    try:
        return kept.path.stat().st_size == kept.size
    except OSError:
        return False

"""Archives of a folder that are the same bytes whenever and wherever they are made."""

import gzip
import hashlib
import io
import os
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

EPOCH: Final = 1735689600
"""2025-01-01, in seconds: what files in packages are dated where SOURCE_DATE_EPOCH does not say otherwise."""


def epoch() -> int:
    """The date of all files, in seconds since 1970."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or EPOCH)


def files_of(folder: Path) -> Iterator[Path]:
    """All files, sorted by their path in the folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return iter(sorted(files, key=lambda path: path.relative_to(folder).as_posix()))


def digest(folder: Path) -> str:
    """Of all names and contents."""
    whole = hashlib.sha256()
    for path in files_of(folder):
        whole.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def write_zip(folder: Path, target: Path, top: str) -> None:
    """A .zip with everything below one folder ``top``."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files_of(folder):
            member = zipfile.ZipInfo(f"{top}/{path.relative_to(folder).as_posix()}", _zip_time())
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            member.create_system = 3
            archive.writestr(member, path.read_bytes())


def write_tar(folder: Path, target: Path, top: str) -> None:
    """A .tar.gz with everything below one folder ``top``; programs stay programs, and nobody owns them."""
    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", compresslevel=9, fileobj=file, mtime=epoch()) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        for path in files_of(folder):
            content = path.read_bytes()
            member = tarfile.TarInfo(f"{top}/{path.relative_to(folder).as_posix()}")
            member.size, member.mtime = len(content), epoch()
            member.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            archive.addfile(member, io.BytesIO(content))


def _zip_time() -> tuple[int, int, int, int, int, int]:
    year, month, day, hour, minute, second = time.gmtime(epoch())[:6]
    return year, month, day, hour, minute, second

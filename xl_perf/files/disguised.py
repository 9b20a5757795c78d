"""Workbooks and archives under a foreign extension, told by their content: 教育局.xlsx(1), 教育局.xlsx.download."""

import zipfile
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from xl_perf.core.errors import BookError
from xl_perf.files.containers import SEPARATOR, container_of, is_member
from xl_perf.files.guard import (
    ASK_AGAIN,
    COMPOUND_START,
    MAX_FILE,
    TEMPLATE_SUFFIXES,
    UNPACK,
    WORKBOOK_SUFFIXES,
    ZIP_START,
)

ARCHIVES: Final = frozenset({".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"})
_ARCHIVE_STARTS: Final = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
LOOKED_AT: Final = 8
"""Bytes from the beginning that say whether a file is worth opening."""
_OTHER_PROGRAMS: Final = TEMPLATE_SUFFIXES | {".xlam", ".xla", ".xll"}
"""What is a workbook inside and holds no department's figures: templates, add-ins."""
_DAMAGED: Final = "damaged"
_UNFINISHED: Final = 65536
"""Bytes of an unfinished download in which the name of its first sheet or of the workbook stands."""


def archive_unread(shown: str) -> BookError:
    """For an archive that is not opened: there may be workbooks in it."""
    return BookError("not-a-workbook", shown, "是压缩包，里面可能有工作簿，没有读", UNPACK)


def disguised(path: Path, shown: str) -> BookError | None:
    """What a file that is named as no workbook really is: a workbook or an archive; None for any other.

    Nothing is raised: a file that cannot be opened is none.
    """
    try:
        with path.open("rb") as file:
            return disguised_in(file, path.stat().st_size, shown)
    except OSError:
        return archive_unread(shown) if path.suffix.lower() in ARCHIVES else None


def disguised_in(file: BinaryIO, size: int, shown: str) -> BookError | None:
    """The same for an open file of so many bytes, by what it is called in ``shown``."""
    path = PurePath(shown.removeprefix(f"{container_of(shown)}{SEPARATOR}"))
    suffix = path.suffix.lower()
    if suffix in ARCHIVES:
        return archive_unread(shown)
    if suffix in _OTHER_PROGRAMS or size > MAX_FILE:
        return None
    try:
        right = _right_suffix(file, path.name)
    except Exception:  # whatever a damaged file does to the parsers
        return None
    if right in ARCHIVES:
        return archive_unread(shown)
    if right == _DAMAGED:
        return BookError("damaged", shown, "像是没有下载完或没有传完的工作簿，没有读", ASK_AGAIN)
    if not right:
        return None
    message = f"内容是工作簿，扩展名{f'却是 {path.suffix}' if suffix else '却没有'}，没有读"
    unpacked = "解压后" if is_member(shown) else ""
    return BookError("wrong-extension", shown, message, f"请{unpacked}改名为 {_renamed(path.name, right)}")


def _right_suffix(file: BinaryIO, name: str) -> str:
    """The extension that a workbook or an archive should have, or `_DAMAGED`; empty for anything else."""
    head = file.read(LOOKED_AT)
    if head.startswith(_ARCHIVE_STARTS):
        return ".rar"
    if head.startswith(ZIP_START):
        return _in_zip(file, name)
    return _in_compound(file, name) if head.startswith(COMPOUND_START) else ""


def kind_of_zip(names: set[str], mimetype: bytes) -> str:
    """The extension that a zip archive with these members (small letters) should have; empty for no workbook."""
    if "xl/workbook.bin" in names:
        return ".xlsb"
    if "xl/workbook.xml" in names:
        return ".xlsm" if "xl/vbaproject.bin" in names else ".xlsx"
    is_spreadsheet = mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet") and b"templ" not in mimetype
    return ".ods" if is_spreadsheet and "content.xml" in names else ""


def mimetype_of(archive: zipfile.ZipFile) -> bytes:
    """What an OpenDocument file says of itself; empty for others."""
    try:
        with archive.open("mimetype") as file:
            return file.read(100)
    except (KeyError, OSError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile):
        return b""


def _in_zip(file: BinaryIO, name: str) -> str:
    """The right extension: of a workbook, or of an archive that holds some."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = {one.lower() for one in archive.namelist()}
            right = kind_of_zip(names, mimetype_of(archive))
    except zipfile.BadZipFile:
        file.seek(0)
        return _DAMAGED if b"xl/work" in file.read(_UNFINISHED) else _archive_of(name)
    if right:
        return right
    if "[content_types].xml" in names or "mimetype" in names:
        return ""  # a document, perhaps with workbooks embedded
    return ".zip" if any(PurePath(one).suffix in WORKBOOK_SUFFIXES | ARCHIVES for one in names) else ""


def _archive_of(name: str) -> str:
    """The archive that an unfinished download was to become, by its name; empty for none."""
    return ".zip" if ".zip" in name.lower() else ""


def _in_compound(file: BinaryIO, name: str) -> str:
    from xl_perf.files.compound_file import Compound

    file.seek(0)
    compound = Compound(file.read())
    if "Workbook" in compound or "Book" in compound:
        return ".xls"
    named = next((one for one in sorted(WORKBOOK_SUFFIXES, key=len, reverse=True) if one in name.lower()), "")
    return named if "EncryptedPackage" in compound else ""


def _renamed(name: str, right: str) -> str:
    """The name with the right extension: of 教育局.xlsx(1) without what came behind, else in place of its own."""
    stem = name
    while suffix := PurePath(stem).suffix:
        stem = stem.removesuffix(suffix)
        if suffix.lower().startswith(right):
            extra = suffix[len(right) :].strip(" -_")
            return f"{stem}{extra}{right}"
    return f"{PurePath(name).stem}{right}"

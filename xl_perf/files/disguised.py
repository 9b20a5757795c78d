"""Workbooks and archives under a foreign extension, told by their content: 教育局.xlsx(1), 教育局.xlsx.download."""

import re
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
MORE: Final = 8192
"""Further bytes, where the name says that it was a workbook."""
_OTHER_PROGRAMS: Final = TEMPLATE_SUFFIXES | {".xlam", ".xla", ".xll"}
"""What is a workbook inside and holds no department's figures: templates, add-ins."""
_OTHER_DOCUMENTS: Final = frozenset(
    {".docx", ".docm", ".dotx", ".doc", ".pptx", ".pptm", ".ppsx", ".ppt", ".vsdx", ".vsd", ".mpp", ".msg"}
)
"""What else Office encrypts; such a name is believed."""
_DAMAGED: Final = "damaged"
_ENCRYPTED: Final = "encrypted"
_NAMED: Final = re.compile(r"(\.(?:xls[xmb]?|et|ods))(?![a-z0-9])")
_PARTS: Final = re.compile(rb"PK\x03\x04.{26}(xl/|word/|ppt/)", re.DOTALL)
"""The members of an unfinished archive, by how their names begin."""
_OTHER_PARTS: Final = frozenset({b"word/", b"ppt/"})
_SPREADSHEET: Final = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_STREAMS: Final = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "\0Book"))
"""The names of streams as they stand in a compound file ([MS-CFB] 2.6.1)."""
_BOF: Final = b"\t\b"
"""How the workbook stream begins, which stands first where Excel wrote it ([MS-XLS] 2.4.21)."""
_UNFINISHED: Final = 65536
"""Bytes of an unfinished download in which the names of some of its members stand."""


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
    """The same for an open file of so many bytes, by what it is called in ``shown``.

    What is damaged or encrypted counts as a workbook where its content or its name says that it was one.
    """
    name = PurePath(shown.removeprefix(f"{container_of(shown)}{SEPARATOR}")).name
    suffix = PurePath(name).suffix.lower()
    if suffix in ARCHIVES:
        return archive_unread(shown)
    if suffix in _OTHER_PROGRAMS or size > MAX_FILE:
        return None
    head = file.read(LOOKED_AT)
    if not head.startswith((*_ARCHIVE_STARTS, ZIP_START, COMPOUND_START)):
        return _named_as_workbook(head + file.read(MORE), shown) if is_named_as_workbook(name) else None
    try:
        right = _right_suffix(file, head)
    except Exception:  # whatever a damaged file does to the parsers
        right = _what_it_was(file, name)
    return _said(right, name, shown)


def _said(right: str, name: str, shown: str) -> BookError | None:
    """What is said of a file of this name that is such a thing (`_right_suffix`)."""
    suffix = PurePath(name).suffix
    if not right or (right == _ENCRYPTED and suffix.lower() in _OTHER_DOCUMENTS):
        return None
    if right in ARCHIVES:
        return archive_unread(shown)
    if right == _DAMAGED:
        return BookError("damaged", shown, "像是没有下载完、没有传完或已损坏的工作簿，没有读", ASK_AGAIN)
    if right == _ENCRYPTED and not is_named_as_workbook(name):
        remedy = f"是工作簿的，请改名为 {_renamed(name, '.xlsx')} 后再试；不是的，请移到别处"
        return BookError("encrypted", shown, "是加了密的 Office 文件，看不出是不是工作簿，没有读", remedy)
    what = "加了密的工作簿" if right == _ENCRYPTED else "工作簿"
    message = f"内容是{what}，扩展名{f'却是 {suffix}' if suffix else '却没有'}，没有读"
    unpacked = "解压后" if is_member(shown) else ""
    right = _suffix_in(name) if right == _ENCRYPTED else right
    return BookError("wrong-extension", shown, message, f"请{unpacked}改名为 {_renamed(name, right)}")


def is_named_as_workbook(name: str) -> bool:
    """Its name holds the extension of a workbook: 教育局.xlsx(1), 教育局.xlsx.download."""
    return bool(_suffix_in(name))


def _suffix_in(name: str) -> str:
    found = _NAMED.findall(name.lower())
    return found[-1] if found else ""


def _named_as_workbook(head: bytes, shown: str) -> BookError | None:
    """What is said of a file that is no workbook any more; None for what never was one, such as 教育局.xlsx.pdf."""
    if not head:
        return BookError("empty-file", shown, "文件是空的（0 字节），没有读", "请重新保存，或请对方重新发送")
    from xl_perf.files.foreign import told

    refused = told(head)
    return refused.at(shown) if refused.kind in ("damaged", "encrypted") else None


def _right_suffix(file: BinaryIO, head: bytes) -> str:
    """The extension that a workbook or an archive should have, `_DAMAGED` or `_ENCRYPTED`; empty for anything else."""
    if head.startswith(_ARCHIVE_STARTS):
        return ".rar"
    return _in_zip(file) if head.startswith(ZIP_START) else _in_compound(file)


def _what_it_was(file: BinaryIO, name: str) -> str:
    """`_DAMAGED` for a workbook whose structure cannot be read; the extension of an archive; empty for others."""
    file.seek(0)
    data = file.read(_UNFINISHED)
    if data.startswith(COMPOUND_START):
        data += file.read()
        was_one = any(stream in data for stream in _STREAMS) or data[512:514] == _BOF
    else:
        parts = {found[1] for found in _PARTS.finditer(data)}
        was_one = b"xl/" in parts or _SPREADSHEET in data[:200]
        if not was_one and parts & _OTHER_PARTS:
            return ""
    if was_one or is_named_as_workbook(name):
        return _DAMAGED
    return ".zip" if ".zip" in name.lower() else ""


def kind_of_zip(names: set[str], mimetype: bytes) -> str:
    """The extension that a zip archive with these members (small letters) should have; empty for no workbook."""
    if "xl/workbook.bin" in names:
        return ".xlsb"
    if "xl/workbook.xml" in names:
        return ".xlsm" if "xl/vbaproject.bin" in names else ".xlsx"
    is_spreadsheet = mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet") and b"templ" not in mimetype
    return ".ods" if is_spreadsheet and names & {"content.xml", "encrypted-package"} else ""


def mimetype_of(archive: zipfile.ZipFile) -> bytes:
    """What an OpenDocument file says of itself; empty for others."""
    try:
        with archive.open("mimetype") as file:
            return file.read(100)
    except (KeyError, OSError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile):
        return b""


def _in_zip(file: BinaryIO) -> str:
    """The right extension: of a workbook, or of an archive that holds some. Raises what comes."""
    with zipfile.ZipFile(file) as archive:
        names = {one.lower() for one in archive.namelist()}
        right = kind_of_zip(names, mimetype_of(archive))
    if right:
        return right
    if any(one.startswith("xl/") for one in names):
        return _DAMAGED
    if "[content_types].xml" in names or "mimetype" in names:
        return ""  # a document, perhaps with workbooks embedded
    return ".zip" if any(PurePath(one).suffix in WORKBOOK_SUFFIXES | ARCHIVES for one in names) else ""


def _in_compound(file: BinaryIO) -> str:
    """The right extension of an old workbook, or `_ENCRYPTED`. Raises what comes."""
    from xl_perf.files.compound_file import Compound

    file.seek(0)
    compound = Compound(file.read())
    if "Workbook" in compound or "Book" in compound:
        return ".xls"
    return _ENCRYPTED if "EncryptedPackage" in compound else ""


def _renamed(name: str, right: str) -> str:
    """The name with the right extension: of 教育局.xlsx(1) without what came behind, else in place of its own."""
    stem = name
    while suffix := PurePath(stem).suffix:
        stem = stem.removesuffix(suffix)
        if suffix.lower().startswith(right):
            extra = suffix[len(right) :].strip(" -_")
            return f"{stem}{extra}{right}"
    return f"{PurePath(name).stem}{right}"

"""Zip archives as inputs: the workbooks in them go to a temporary folder, within limits, and are read from there.

Nothing leaves that folder, whatever a member is called. Names without the UTF-8 flag are in UTF-8 (macOS) or GBK
(Windows and most Chinese programs); the standard library takes them for a code page of MS-DOS.
"""

import errno
import os
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from xl_perf.core.errors import BookError
from xl_perf.files.disguised import ARCHIVES, archive_unread, disguised_in, kind_of_zip, mimetype_of
from xl_perf.files.guard import MAX_FILE, UNPACK, unreachable
from xl_perf.files.temporary import CLEAN_UP, FULL, folder_until_the_end, why_full

SUFFIX: Final = ".zip"
SEPARATOR: Final = "!"
"""Between an archive and a member: ``归档.zip!部门/书.xlsx``."""
MAX_UNPACKED: Final = 1024 * 1024 * 1024
"""Bytes of all workbooks of one archive."""
MAX_MEMBERS: Final = 20_000
_MAX_LIST: Final = 16 * 1024 * 1024
"""Bytes of the list of members, which is read before anything else is known."""
_END: Final = b"PK\x05\x06"
_LONGEST_END: Final = 22 + 0xFFFF
_BLOCK: Final = 1 << 20
_UTF8_NAME, _IS_ENCRYPTED = 0x800, 0x1
_AGAIN: Final = "请重新下载或复制一次；还是不行，就请对方重新发送"
_TAKE_APART: Final = "请先解压，再给出需要的工作簿"


class Member(NamedTuple):
    """A file in an archive: its name there, and where it is now; or why it is not read."""

    name: str
    path: Path | None = None
    error: BookError | None = None


def members(archive: Path, shown: str, is_wanted: Callable[[str], bool]) -> Iterator[Member]:
    """The files in a zip archive, sorted by name; those whose names are wanted are unpacked.

    Raises BookError for what is no archive, is a workbook, or is too large. A member that cannot be unpacked comes
    with its error; where the disk is full it is the error of the whole.
    """
    with _opened(archive, shown) as opened:
        listed = sorted((_name(one), number, one) for number, one in enumerate(opened.infolist()) if not one.is_dir())
        chosen = [(name, one if is_wanted(name) else None) for name, _, one in listed]
        _refuse(chosen, shown, mimetype_of(opened))
        place = _Place(archive, shown)
        for (name, entry), (_, _, other) in zip(chosen, listed, strict=True):
            if entry is None:
                yield Member(name, None, _disguised(opened, other, f"{shown}{SEPARATOR}{name}"))
                continue
            try:
                path = place.unpacked(opened, entry, name)
            except Exception as error:  # whatever zlib, bz2, lzma and the parser stumble over
                if isinstance(error, OSError) and error.errno in FULL:
                    message = f"没有全部解压，{why_full(error)}，从 {name} 起没有读取"
                    raise BookError("unreadable", shown, message, CLEAN_UP) from error
                yield Member(name, None, _not_unpacked(error, f"{shown}{SEPARATOR}{name}"))
            else:
                yield Member(name, path)


def _opened(archive: Path, shown: str) -> zipfile.ZipFile:
    try:
        with archive.open("rb") as file:
            file.seek(max(0, archive.stat().st_size - _LONGEST_END))
            tail = file.read()
        end = tail.rfind(_END)
        if end >= 0 and int.from_bytes(tail[end + 12 : end + 16], "little") > _MAX_LIST:
            raise _too_large(shown)
        return zipfile.ZipFile(archive)
    except (OSError, ValueError) as error:
        raise unreachable(error, archive, shown) from error
    except BookError:
        raise
    except Exception as error:
        raise BookError("damaged", shown, "压缩包已损坏或不完整，打不开", _AGAIN) from error


def _disguised(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> BookError | None:
    """What a member that is named as no workbook really is, as `disguised` says; it is not unpacked for that."""
    try:
        with opened.open(entry) as file:
            return disguised_in(cast("BinaryIO", file), entry.file_size, shown)
    except Exception:  # encrypted, damaged, packed in an unknown way: its name alone tells
        return archive_unread(shown) if Path(shown).suffix.lower() in ARCHIVES else None


def _too_large(shown: str) -> BookError:
    return BookError("unreadable", shown, "压缩包里的文件过多，或解压后过大，没有读取", _TAKE_APART)


def _refuse(chosen: "Sequence[tuple[str, zipfile.ZipInfo | None]]", shown: str, mimetype: bytes) -> None:
    """Raises BookError for what is a document itself, and for what is too much."""
    names = {name.lower() for name, _ in chosen}
    right = kind_of_zip(names, mimetype)
    if right:
        raise BookError("wrong-extension", shown, "扩展名是 .zip，内容却是工作簿", f"请把扩展名改为 {right}")
    whole = sum(entry.file_size for _, entry in chosen if entry is not None)
    if len(chosen) > MAX_MEMBERS or whole > MAX_UNPACKED:
        raise _too_large(shown)


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name as the person who packed it saw it, with forward slashes."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        with suppress(UnicodeEncodeError):  # where another field of the entry gave the name
            raw = entry.orig_filename.partition("\0")[0].encode("cp437")
            for encoding in ("utf-8", "gb18030"):
                with suppress(UnicodeDecodeError):
                    name = raw.decode(encoding)
                    break
    return name.replace("\\", "/")


class _Place:
    """Where the members of one archive are unpacked; made when the first one is."""

    def __init__(self, archive: Path, shown: str) -> None:
        self._archive = archive
        self._shown = f"{shown}{SEPARATOR}"
        self._root: Path | None = None

    def unpacked(self, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Path:
        """One member in a file of its own, below folders called as in the archive. Raises what comes."""
        parts = [part for part in name.split("/") if part not in ("", ".")]
        if ".." in parts or any(":" in part for part in parts) or entry.flag_bits & _IS_ENCRYPTED:
            raise _Refusal("压缩包设有密码" if entry.flag_bits & _IS_ENCRYPTED else "在压缩包里的路径不正常")
        if entry.file_size > MAX_FILE:
            raise _Refusal("解压后过大")
        if self._root is None:
            # Below folders called as the archive was given, for `as_given`.
            way = (part for part in self._shown.replace("\\", "/").split("/") if part.strip(".") and ":" not in part)
            self._root = folder_until_the_end("zip").joinpath(*way)
        target, number = self._root.joinpath(*parts), 2
        while target.exists():  # two members of one name
            target = self._root.joinpath(*parts[:-1], f"({number})", parts[-1])
            number += 1
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(entry) as source, target.open("wb") as file:
            while block := source.read(_BLOCK):
                file.write(block)
        with suppress(OSError, ValueError, OverflowError):
            changed = time.mktime((*entry.date_time, 0, 0, -1))
            os.utime(target, (changed, changed))
            target.chmod(self._archive.stat().st_mode & 0o666)  # copies of it are no wider than the archive
        return target


class _Refusal(Exception):
    """Why a member is not unpacked, in Chinese."""


def _not_unpacked(error: Exception, shown: str) -> BookError:
    if isinstance(error, _Refusal):
        kind = "encrypted" if "密码" in str(error) else "unreadable"
        return BookError(kind, shown, f"{error}，没有读取", UNPACK)
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return BookError("unreadable", shown, "文件名太长（超过 255 字节），没有读取", UNPACK)
    if isinstance(error, OSError) and error.errno is not None:
        return BookError("unreadable", shown, f"没有解压成，{why_full(error)}", CLEAN_UP)
    return BookError("damaged", shown, "压缩包里的这个文件已损坏，解不出来", _AGAIN)

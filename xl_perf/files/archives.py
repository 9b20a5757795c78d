"""Zip archives as inputs: the workbooks in them go to a temporary folder, within limits, and are read from there.

Nothing leaves that folder, whatever a member is called. Names without the UTF-8 flag are in UTF-8 (macOS) or GBK
(Windows and most Chinese programs); the standard library takes them for a code page of MS-DOS.
"""

import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, cast

from xl_perf.core.errors import BookError
from xl_perf.files.containers import (
    SEPARATOR,
    Member,
    Place,
    Refusal,
    Room,
    attempted,
    free_name,
    not_taken_out,
    too_large,
)
from xl_perf.files.disguised import (
    ARCHIVES,
    archive_unread,
    disguised_in,
    is_named_as_workbook,
    kind_of_zip,
    mimetype_of,
)
from xl_perf.files.guard import MAX_FILE, unreachable
from xl_perf.files.own_properties import own_output_in

_MAX_LIST: Final = 16 * 1024 * 1024
"""Bytes of the list of members, which is read before anything else is known."""
_END: Final = b"PK\x05\x06"
_LONGEST_END: Final = 22 + 0xFFFF
_UTF8_NAME, _IS_ENCRYPTED = 0x800, 0x1
_AGAIN: Final = "请重新下载或复制一次；还是不行，就请对方重新发送"


def members(archive: Path, shown: str, is_wanted: Callable[[str], bool], room: Room) -> Iterator[Member]:
    """The files in a zip archive, as `containers.members` gives them."""
    with _opened(archive, shown) as opened:
        listed = sorted((_name(one), number, one) for number, one in enumerate(opened.infolist()) if not one.is_dir())
        taken: set[str] = set()
        listed = [(free_name(name, taken), number, one) for name, number, one in listed]
        chosen = [(name, one if is_wanted(name) else None) for name, _, one in listed]
        _refuse(chosen, shown, mimetype_of(opened))
        room.take(len(chosen), sum(entry.file_size for _, entry in chosen if entry is not None), shown)
        place = Place(archive, shown)
        for (name, entry), (_, _, other) in zip(chosen, listed, strict=True):
            if entry is None:
                yield _foreign(opened, other, name, f"{shown}{SEPARATOR}{name}")
                continue
            outcome = attempted(partial(_unpacked, opened, entry, name, place), shown, name)
            yield Member(name, None, outcome) if isinstance(outcome, BookError) else Member(name, outcome)


def _unpacked(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, place: Place) -> Path:
    if entry.flag_bits & _IS_ENCRYPTED:
        raise Refusal("压缩包设有密码")
    if entry.file_size > MAX_FILE:
        raise Refusal("解压后过大")
    changed = None
    with suppress(ValueError, OverflowError):
        changed = time.mktime((*entry.date_time, 0, 0, -1))
    with opened.open(entry) as source:
        return place.written(cast("BinaryIO", source), name, changed)


def _opened(archive: Path, shown: str) -> zipfile.ZipFile:
    try:
        with archive.open("rb") as file:
            file.seek(max(0, archive.stat().st_size - _LONGEST_END))
            tail = file.read()
        end = tail.rfind(_END)
        if end >= 0 and int.from_bytes(tail[end + 12 : end + 16], "little") > _MAX_LIST:
            raise too_large(shown)
        return zipfile.ZipFile(archive)
    except (OSError, ValueError) as error:
        raise unreachable(error, archive, shown) from error
    except BookError:
        raise
    except Exception as error:
        raise BookError("damaged", shown, "压缩包已损坏或不完整，打不开", _AGAIN) from error


def _foreign(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, shown: str) -> Member:
    """A member that is named as no workbook, as what it really is (`disguised`); it is not unpacked for that."""
    try:
        if entry.flag_bits & _IS_ENCRYPTED:
            raise Refusal("压缩包设有密码")
        with opened.open(entry) as file:
            error = disguised_in(cast("BinaryIO", file), entry.file_size, shown)
        if error is not None and (own := own_output_in(opened.read(entry))):
            return Member(name, reason=own)
    except Exception as problem:  # encrypted, damaged, packed in an unknown way: its name alone tells
        if Path(shown).suffix.lower() in ARCHIVES:
            return Member(name, error=archive_unread(shown))
        return Member(name, error=not_taken_out(problem, shown) if is_named_as_workbook(Path(name).name) else None)
    return Member(name, error=error)


def _refuse(chosen: "Sequence[tuple[str, zipfile.ZipInfo | None]]", shown: str, mimetype: bytes) -> None:
    """Raises BookError for what is a workbook itself."""
    names = {name.lower() for name, _ in chosen}
    right = kind_of_zip(names, mimetype)
    if right:
        raise BookError("wrong-extension", shown, "扩展名是 .zip，内容却是工作簿", f"请把扩展名改为 {right}")


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

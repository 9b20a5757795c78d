"""Outputs that nobody has edited since xl-perf wrote them: each carries a fingerprint of its own content.

Workbooks and Word documents have it in a custom property, as marked copies do; a PDF in a comment at its end. Whatever
program saves one of them anew writes other bytes: then it is somebody's work.
"""

import hashlib
import zlib
from pathlib import Path
from struct import Struct
from struct import error as StructError
from typing import Final, NamedTuple

from xl_perf.core.errors import BookError
from xl_perf.files.data_files import is_database, is_untouched_database
from xl_perf.files.foreign import told
from xl_perf.files.guard import COMPOUND_START, MAX_FILE, ZIP_START, Refused, load
from xl_perf.files.own_files import (
    DEPARTMENT,
    FINGERPRINT_PROPERTY,
    KIND_PROPERTY,
    MARKED,
    OWN_OUTPUTS,
    PACKED,
    PROGRESS,
    TEXT,
    TYPED_PROPERTY,
)
from xl_perf.files.own_properties import PROPERTIES, fingerprint, properties, stated_properties, written_property
from xl_perf.files.zip_package import Package

_PDF_START: Final = b"%PDF"
_PDF_FINGERPRINT: Final = b"%xl-perf "
_PDF_KEYWORD: Final = b"/Keywords<FEFF" + KIND_PROPERTY.encode("utf-16-be").hex().upper().encode() + b">"
"""As LibreOffice stores it: UTF-16, in hexadecimal."""
_CALLED: Final = {**OWN_OUTPUTS, MARKED: "xl-perf 写出的标注副本", PROGRESS: "xl-perf 写出的监控表、自评表或任务分解"}
_SEALED: Final = _CALLED.keys() - {MARKED}
"""Marked copies are written with a fingerprint of their own."""


# --- is it? ----------------------------------------------------------------------------------------------------------


class Known(NamedTuple):
    """What a file is for us: what xl-perf wrote it as, whether it says so by a fingerprint, and the right one.

    ``holds_typed`` says that people's texts were carried over into it.
    """

    kind: str = ""
    is_sealed: bool = False
    is_untouched: bool = False
    holds_typed: bool = False


def is_untouched(path: Path) -> bool:
    """The file is an output that xl-perf wrote and nobody has edited; false for anything that cannot be read."""
    return is_untouched_database(path) if is_database(path) else known(path).is_untouched


def known(path: Path) -> Known:
    """What a file is for us; nothing where it cannot be read."""
    try:
        return _known(load(path, ""))
    except (BookError, Refused):
        return Known()


def what_it_is(path: Path) -> str:
    """Why a file is not taken for an output of ours that may be replaced: a Chinese sentence."""
    if is_database(path):
        return "它是数据库，不是 xl-perf 写出的，或写出后有人改过"
    try:
        data = load(path, "")
        found = _known(data)
        if found.kind in _CALLED:
            own = _CALLED[found.kind]
            return f"它是 {own}，但写出后有人改过" if found.is_sealed else f"它是旧版 {own}，不知道有没有人改过"
        if found.kind in {DEPARTMENT, PACKED}:
            return "它是部门填报的工作簿，不是 xl-perf 写出的汇总或报告"
        return f"它不是 xl-perf 写出的，{_foreign(data)}"
    except BookError as error:
        return f"它不是 xl-perf 写出的，{error.message.removeprefix('：')}"
    except Refused as refused:
        return f"它不是 xl-perf 写出的，{refused.message}"


def _foreign(data: bytes) -> str:
    if data.startswith(ZIP_START):
        names = tuple(Package(data))
        of_excel, of_word = (any(name.startswith(start) for name in names) for start in ("xl/", "word/"))
        return "是别的工作簿" if of_excel else "是别的 Word 文档" if of_word else "是压缩包或别的文档"
    if data.startswith(COMPOUND_START):
        return "是别的旧版文档"
    return told(data).message.removeprefix("不是工作簿，")


def _known(data: bytes) -> Known:
    if data.startswith(_PDF_START):
        own, sealed = _PDF_KEYWORD in data, data.rpartition(b"\n")[2]
        content = data[: len(data) - len(sealed)]
        is_same = own and sealed == _comment(content)
        return Known(TEXT if own else "", _PDF_FINGERPRINT in data, is_same)
    if not data.startswith(ZIP_START):
        return Known()
    package = Package(data)
    stated = stated_properties(package)
    kind = stated.get(KIND_PROPERTY, "")
    if kind == MARKED:
        return Known(kind, True, properties(package).kind == MARKED)
    value = stated.get(FINGERPRINT_PROPERTY, "")
    is_same = value != "" and value == fingerprint((name, *package.checksum(name)) for name in package)
    return Known(kind, value != "", kind in _CALLED and is_same, TYPED_PROPERTY in stated)


# --- writing it -----------------------------------------------------------------------------------------------------


def seal(path: Path) -> None:
    """Writes its fingerprint into an output of ours that has just been written; leaves every other file as it is.

    Of a workbook the parts behind the property are moved, and that is little: lists stand before it.
    """
    with path.open("r+b") as file:
        start = file.read(len(_PDF_START))
        if start == _PDF_START:
            file.seek(0)
            content = file.read()
            if _PDF_KEYWORD in content and _PDF_FINGERPRINT not in content:
                content = content if content.endswith(b"\n") else content + b"\n"
                file.seek(0)
                file.write(content + _comment(content))
            return
        if start != ZIP_START:
            return
        size = file.seek(0, 2)
        if size > MAX_FILE:
            return
        file.seek(0)
        tail = _Tail.of(file.read())
        if tail is not None:
            file.seek(tail.start)
            file.write(tail.content)
            file.truncate()


def _comment(content: bytes) -> bytes:
    return _PDF_FINGERPRINT + hashlib.sha256(content).hexdigest().encode()


_LOCAL: Final = Struct("<4s10xIIIHH")
_END_TAG: Final = b"</Properties>"
_END: Final = Struct("<10xHII")
_PLACE: Final = 42
"""Where a header of the central directory says where its entry begins."""


class _Tail(NamedTuple):
    """How a package goes on from where its custom properties stand, with the fingerprint among them."""

    start: int
    content: bytes

    @classmethod
    def of(cls, data: bytes) -> "_Tail | None":
        """None for what is no output of ours, or is sealed already."""
        try:
            package = Package(data)
            stated = stated_properties(package)
            if stated.get(KIND_PROPERTY) not in _SEALED or FINGERPRINT_PROPERTY in stated:
                return None
            part = package.read(PROPERTIES)
            value = fingerprint((name, *package.checksum(name)) for name in package)
            number = part.count(b"<property ") + 2  # the first one has number 2 (ECMA-376 Part 1, 22.3.2.2)
            new = part.replace(_END_TAG, written_property(FINGERPRINT_PROPERTY, value, number).encode() + _END_TAG)
            return cls._with(data, package.header(PROPERTIES), new) if new != part else None
        except (Refused, StructError):
            return None

    @classmethod
    def _with(cls, data: bytes, header: int, part: bytes) -> "_Tail":
        """``header`` is where the central directory speaks of the part."""
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(part) + packer.flush()
        numbers = Struct("<III").pack(zlib.crc32(part), len(packed), len(part))
        begin = int.from_bytes(data[header + _PLACE : header + _PLACE + 4], "little")
        _, _, old, _, named, extra = _LOCAL.unpack_from(data, begin)
        content = begin + 30 + named + extra
        end = data.rfind(b"PK\x05\x06")
        count, length, directory = _END.unpack_from(data, end)
        moved = len(packed) - old
        entry = bytearray(data[begin:content])
        entry[14:26] = numbers
        listing = bytearray(data[directory : directory + length])
        listing[header - directory + 16 : header - directory + 28] = numbers
        at = 0
        for _ in range(count):
            place = int.from_bytes(listing[at + _PLACE : at + _PLACE + 4], "little")
            if place > begin:
                listing[at + _PLACE : at + _PLACE + 4] = (place + moved).to_bytes(4, "little")
            at += 46 + sum(Struct("<HHH").unpack_from(listing, at + 28))
        last = bytearray(data[end:])
        last[16:20] = (directory + moved).to_bytes(4, "little")
        return cls(begin, b"".join((entry, packed, data[content + old : directory], listing, last)))

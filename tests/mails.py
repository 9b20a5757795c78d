"""Mails as the programs that people use write them: .eml by hand, Outlook's .msg as [MS-OXMSG] has it."""

import base64
import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pyopenvba.cfb import CFB

from tests.command_line import ROOT

_HEAD = (
    "From: {sender}\r\nTo: ysk@example.gov.cn\r\nSubject: {subject}\r\nDate: {date}\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'
)
SENT = "Sat, 06 May 2023 07:08:09 +0800"


def eml(
    *parts: bytes, sender: str = "jyj@example.gov.cn", subject: str = "=?gb18030?B?t6LLzQ==?=", boundary: str = "b"
) -> bytes:
    """A mail with these parts."""
    head = _HEAD.format(sender=sender, subject=subject, date=SENT, boundary=boundary)
    between = f"--{boundary}\r\n".encode()
    return head.encode() + b"".join(between + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()


def part(content: bytes, *headers: bytes) -> bytes:
    """A part with these headers, its content as base64."""
    lines = (*headers, b"Content-Transfer-Encoding: base64")
    return b"\r\n".join(lines) + b"\r\n\r\n" + base64.encodebytes(content).replace(b"\n", b"\r\n")


def attached(name: str, content: bytes) -> bytes:
    """An attachment, its name as RFC 2231 has it."""
    from urllib.parse import quote

    return part(
        content,
        b"Content-Type: application/octet-stream",
        f"Content-Disposition: attachment; filename*=UTF-8''{quote(name)}".encode(),
    )


def said(text: str, kind: str = "plain") -> bytes:
    return part(text.encode(), f"Content-Type: text/{kind}; charset=utf-8".encode())


def forwarded(mail: bytes) -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" + mail


# --- Outlook -------------------------------------------------------------------------------------------------------

TICKS = int((datetime(2023, 5, 6, 7, 8, 9, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
Files = Sequence[tuple[str, "bytes | Mapping[str, object] | None"]]


def msg(
    path: Path,
    files: Files,
    *,
    subject: str = "上报绩效文本",
    sender: str = "jyj@example.gov.cn",
    body: str = "",
    code_page: int | None = None,
) -> Path:
    """A mail as Outlook keeps it; texts in a code page where one is given, as older versions wrote them.

    A file without content is one that is only linked; a mapping is the mail within the mail, with these arguments.
    """
    compound = CFB.from_bytes(_some_compound_file())
    for name in compound.list_storages_at():
        compound.remove_storage_at((), name)
    for name in compound.list_streams_at():
        compound.remove_stream(name)
    _message(compound, (), files, subject, sender, body, code_page)
    path.write_bytes(compound.to_bytes())
    return path


def _some_compound_file() -> bytes:
    import zipfile

    with zipfile.ZipFile(ROOT / "workbooks" / "template.xlsm") as package:
        return package.read("xl/vbaProject.bin")


def _message(
    compound: CFB, way: tuple[str, ...], files: Files, subject: str, sender: str, body: str, code_page: int | None
) -> None:
    entries = [(0x0039, 0x0040, TICKS), (0x3FFD, 0x0003, code_page or 1200)]
    _properties(compound, way, 24 if way else 32, entries)
    for tag, text in ((0x0037, subject), (0x0C1A, "李 四"), (0x5D01, sender), (0x1000, body)):
        _text(compound, way, tag, text, code_page)
    for number, (name, content) in enumerate(files):
        place = f"__attach_version1.0_#{number:08X}"
        compound.add_substorage_at(way, place)
        inner = (*way, place)
        _properties(compound, inner, 8, [(0x3705, 0x0003, 1 if isinstance(content, bytes) else 5)])
        _text(compound, inner, 0x3707, name, code_page)
        if isinstance(content, bytes):
            compound.add_stream_at(inner, "__substg1.0_37010102", content)
        elif content is not None:
            compound.add_substorage_at(inner, "__substg1.0_3701000D")
            own = {"files": [], "subject": name, "sender": sender, "body": "", "code_page": code_page} | dict(content)
            _message(compound, (*inner, "__substg1.0_3701000D"), **own)  # type: ignore[arg-type]


def _properties(compound: CFB, way: tuple[str, ...], header: int, entries: Sequence[tuple[int, int, int]]) -> None:
    rows = b"".join(struct.pack("<HHIQ", kind, tag, 6, value) for tag, kind, value in entries)
    compound.add_stream_at(way, "__properties_version1.0", bytes(header) + rows)


def _text(compound: CFB, way: tuple[str, ...], tag: int, text: str, code_page: int | None) -> None:
    if text:
        kind, encoded = ("001F", text.encode("utf-16-le")) if code_page is None else ("001E", text.encode("gbk"))
        compound.add_stream_at(way, f"__substg1.0_{tag:04X}{kind}", encoded)

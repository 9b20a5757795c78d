"""A mail as Outlook keeps it: a compound file with properties in it, [MS-OXMSG]; olefile opens it.

A property is a stream called by its tag (2.1.3), or stands in the stream of properties (2.4). An attachment is a
storage (2.2.2), and so is a mail within the mail (2.2.2.1). The tags are those of [MS-OXPROPS].
"""

import io
import re
import struct
from codecs import lookup
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from html import unescape
from typing import Final

from olefile import OleFileIO

from xl_perf.files.containers import MAX_DEPTH, Letter, Refusal
from xl_perf.files.mails import Attachment, Mail

_SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_SUBJECT, _BODY, _HTML = 0x0037, 0x1000, 0x1013
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_CODE_PAGES: Final = (0x3FFD, 0x3FDE)
"""PidTagMessageCodepage, PidTagInternetCodepage."""
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _EXTENSION = 0x3707, 0x3704, 0x3001, 0x3703
_DATA: Final = 0x3701
_INTEGER, _TIME, _OBJECT, _STRING_8, _STRING, _BINARY = 0x0003, 0x0040, 0x000D, 0x001E, 0x001F, 0x0102
_ENTRY: Final = struct.Struct("<HHI8s")
_HEADERS: Final = (32, 24, 8)
"""Bytes before the entries of a mail, of a mail within it, of an attachment."""
_ATTACHMENT: Final = re.compile(r"__attach_version1\.0_#[0-9a-f]{8}", re.IGNORECASE)
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_SAID: Final = 8_000_000
"""Bytes of the text that are looked at."""


def outlook_message(data: bytes) -> Mail:
    """The mail. Raises ValueError for what is none, and what olefile raises."""
    file = OleFileIO(io.BytesIO(data))
    if not file.exists("__properties_version1.0"):
        raise ValueError("no mail")
    return _mail(file, (), 0)


class _Storage:
    """The properties of a mail or an attachment in the file."""

    def __init__(self, file: OleFileIO, way: tuple[str, ...], header: int, encoding: str) -> None:
        self._file = file
        self._way = way
        self._encoding = encoding
        entries = self._stream("__properties_version1.0")[header:]
        whole = len(entries) - len(entries) % _ENTRY.size
        self._values = {number: value for _, number, _, value in _ENTRY.iter_unpack(entries[:whole])}
        for tag in _CODE_PAGES:
            if self._values.get(tag):
                self._encoding = _encoding(self.integer(tag))
                break

    @property
    def encoding(self) -> str:
        return self._encoding

    def integer(self, tag: int) -> int:
        return int.from_bytes(self._values.get(tag, bytes(8))[:4], "little")

    def time(self, tag: int) -> str:
        """A time in UTC, as ISO 8601 has it; empty where there is none."""
        ticks = int.from_bytes(self._values.get(tag, bytes(8)), "little")
        try:
            return (_EPOCH + timedelta(microseconds=ticks // 10)).isoformat(timespec="seconds") if ticks else ""
        except OverflowError:
            return ""

    def text(self, *tags: int) -> str:
        """The first of these texts that there is."""
        for tag in tags:
            text = self._stream(_name(tag, _STRING)).decode("utf-16-le", "replace") or self._stream(
                _name(tag, _STRING_8)
            ).decode(self._encoding, "replace")
            if text.strip("\0 "):
                return " ".join(text.replace("\0", " ").split())
        return ""

    def said(self) -> str:
        text = self._stream(_name(_BODY, _STRING))[:_SAID].decode("utf-16-le", "replace")
        text = text or self._stream(_name(_BODY, _STRING_8))[:_SAID].decode(self._encoding, "replace")
        html = self.binary(_HTML)[:_SAID]
        return "\n".join(
            [text, *(unescape(html.decode(encoding, "replace")) for encoding in ("utf-8", self._encoding))]
        )

    def binary(self, tag: int) -> bytes:
        return self._stream(_name(tag, _BINARY))

    def has_binary(self, tag: int) -> bool:
        return bool(self._file.exists([*self._way, _name(tag, _BINARY)]))

    def holds(self, name: str) -> bool:
        return bool(self._file.exists([*self._way, name]))

    def _stream(self, name: str) -> bytes:
        way = [*self._way, name]
        if not self._file.exists(way) or self._file.get_type(way) != 2:  # a stream
            return b""
        with self._file.openstream(way) as stream:
            return bytes(stream.read())


def _mail(file: OleFileIO, way: tuple[str, ...], depth: int, encoding: str = "gb18030") -> Mail:
    if depth > MAX_DEPTH:
        return Mail(Letter(), [])
    own = _Storage(file, way, _HEADERS[1] if way else _HEADERS[0], encoding)
    letter = Letter(
        _sender(own.text(_SENDER_NAME), own.text(_SENDER_SMTP, _SENDER_ADDRESS)),
        own.text(_SUBJECT),
        own.time(_SUBMITTED) or own.time(_DELIVERED),
    )
    return Mail(letter, list(_attachments(file, way, depth, own.encoding)), own.said())


def _sender(name: str, address: str) -> str:
    """As a mail's header has it. An address without @ is one of Exchange's own, which says nothing to people."""
    if "@" not in address:
        return name
    return address if not name or name == address else f"{name} <{address}>"


def _attachments(file: OleFileIO, way: tuple[str, ...], depth: int, encoding: str) -> Iterator[Attachment]:
    places = {one[len(way)] for one in file.listdir() if len(one) > len(way) and tuple(one[: len(way)]) == way}
    for place in sorted(one for one in places if _ATTACHMENT.fullmatch(one)):
        storage = _Storage(file, (*way, place), _HEADERS[2], encoding)
        name = storage.text(_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME)
        inner = _name(_DATA, _OBJECT)
        if storage.holds(inner):
            embedded = (*way, place, inner)
            if file.exists([*embedded, "__properties_version1.0"]):
                mail = _mail(file, embedded, depth + 1, encoding)
                subject = mail.letter.subject or name or "转发的邮件"
                yield Attachment(f"{subject}.msg", mail=mail)
                continue
        if storage.has_binary(_DATA):
            yield Attachment(name, partial(storage.binary, _DATA), storage.text(_EXTENSION))
        else:
            yield Attachment(name or "附件", _linked, storage.text(_EXTENSION))


def _linked() -> bytes:
    """Raises Refusal: the mail holds a link to the file, or an object of another program."""
    raise Refusal("邮件里只有它的链接或别的程序的对象")


def _name(tag: int, kind: int) -> str:
    return f"__substg1.0_{tag:04X}{kind:04X}"


def _encoding(code_page: int) -> str:
    """Python's name of a code page of Windows; GBK for the Chinese ones, for US-ASCII and for what is unknown."""
    name = f"iso8859-{code_page - _ISO_8859}" if 1 <= code_page - _ISO_8859 <= 16 else f"cp{code_page}"
    try:
        lookup(name)
    except LookupError:
        return _NAMED.get(code_page, "gb18030")
    return _NAMED.get(code_page, name)


_ISO_8859: Final = 28590
_NAMED: Final = {65001: "utf-8", 1200: "utf-8", 936: "gb18030", 52936: "hz", 50220: "iso2022_jp", 20866: "koi8-r"}
"""Of code pages that Python has under another name, or has a wider one for."""

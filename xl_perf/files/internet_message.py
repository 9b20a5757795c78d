"""A mail as it is sent (RFC 5322, MIME), read by the standard library, and what mail programs do beside the rules.

Names of attachments come as RFC 2231 has them, as encoded words (RFC 2047) in quotation marks, or as plain bytes in
UTF-8 or GBK.
"""

import mimetypes
import re
import time
from contextlib import suppress
from email.errors import HeaderParseError, InvalidBase64LengthDefect
from email.header import decode_header
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import Compat32
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from html import unescape
from typing import Any, Final

from xl_perf.files.containers import MAX_DEPTH, Letter, Refusal
from xl_perf.files.mails import Attachment, Mail

_BLOCK: Final = 1 << 16
_SECONDS: Final = 20
"""A mail of 100 MB takes two; one that is made to do harm would take for ever."""
_LONGEST_HEADER: Final = 20_000
_SAID: Final = 2_000_000
"""Characters of the text that are looked at: the link to a large attachment comes after all that is quoted."""
_UUENCODED: Final = re.compile(r"^begin \d{3,4} (\S.*)$", re.MULTILINE)
"""An attachment as old programs write it, in the middle of the text; the standard library takes it for text."""
_NOT_WHOLE: Final = frozenset({"message/external-body", "message/partial"})
"""What is not in this mail, or only a part of it (RFC 2046, 5.2)."""
_OWN_SUFFIXES: Final = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-excel.sheet.macroenabled.12": ".xlsm",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/zip": ".zip",
}


class _AsItStands(Compat32):
    """Headers stay what they are: the usual policies put a question mark for every byte that is not ASCII."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002
        return value


def internet_message(data: bytes) -> Mail:
    """The mail. Raises ValueError for what is none or takes too long, and what the standard library raises."""
    parser: BytesFeedParser[Message] = BytesFeedParser(policy=_AsItStands())
    until = time.monotonic() + _SECONDS
    for start in range(0, len(data), _BLOCK):
        parser.feed(data[start : start + _BLOCK])
        if time.monotonic() > until:
            raise ValueError("takes too long")
    message = parser.close()
    if not message.keys() or not any(name in message for name in ("from", "subject", "date", "mime-version", "to")):
        raise ValueError("no mail")
    return _mail(message, 0)


def _mail(message: "Message[Any, Any]", depth: int) -> Mail:
    if depth > MAX_DEPTH:
        return Mail(Letter(), [])
    found: list[Attachment] = []
    text = ""
    waiting: list[Message[Any, Any]] = [message]
    while waiting:
        part = waiting.pop()
        kind = part.get_content_type()
        name = _file_name(part)
        if kind == "message/rfc822" and part.is_multipart():
            mail = _mail(_parts(part)[0], depth + 1)
            found.append(Attachment(name or f"{mail.letter.subject or '转发的邮件'}.eml", mail=mail))
        elif kind in _NOT_WHOLE:
            found.append(Attachment(name or "不全的附件", _not_whole))
        elif part.is_multipart():
            waiting += reversed(_parts(part))
        elif name or part.get_content_disposition() == "attachment" or kind in _OWN_SUFFIXES:
            found.append(Attachment(name, lambda part=part: _attached(part), _suffix(kind)))  # type: ignore[misc]
        elif part.get_content_maintype() == "text" and len(text) < _SAID:
            text += _text(part)
    found += [Attachment(name.strip(), _in_text) for name in _UUENCODED.findall(text)]
    return Mail(_letter(message), found, text)


def _attached(part: "Message[Any, Any]") -> bytes:
    """Raises ValueError where the mail ends in the middle: the standard library would give what is not decoded."""
    content = _content(part)
    if any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects):
        raise ValueError("cut")
    return content


def _not_whole() -> bytes:
    raise Refusal("不在这封邮件里，或只有一部分")


def _in_text() -> bytes:
    raise Refusal("是写在正文里的旧式附件（uuencode）")


def _letter(message: "Message[Any, Any]") -> Letter:
    sent = ""
    with suppress(TypeError, ValueError, IndexError, OverflowError):
        sent = parsedate_to_datetime(_said(message["date"])).isoformat()
    return Letter(_said(message["from"]), _said(message["subject"]), sent)


def _parts(part: "Message[Any, Any]") -> "list[Message[Any, Any]]":
    payload: Any = part.get_payload()
    return list(payload)


def _content(part: "Message[Any, Any]") -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: "Message[Any, Any]") -> str:
    content = _content(part)[: 4 * _SAID]
    for encoding in (part.get_content_charset("utf-8"), "utf-8", "gb18030"):
        try:
            return unescape(content.decode(encoding))
        except (LookupError, UnicodeDecodeError):
            pass
    return unescape(content.decode("utf-8", "replace"))


def _suffix(kind: str) -> str:
    kind = kind.lower()
    guessed = None if kind == "application/octet-stream" else mimetypes.guess_extension(kind)
    return _OWN_SUFFIXES.get(kind) or guessed or ""


def _file_name(part: "Message[Any, Any]") -> str:
    """The name under which the part is attached; empty where it has none."""
    for header, key in (("content-disposition", "filename"), ("content-type", "name")):
        if len(str(part.get(header, ""))) > _LONGEST_HEADER:
            continue
        given = part.get_param(key, header=header)
        if given:
            try:
                return _said(collapse_rfc2231_value(given)).strip()
            except (LookupError, ValueError):
                continue
    return ""


def _said(value: object) -> str:
    """A header's text on one line: encoded words decoded, plain bytes as UTF-8, else as GBK."""
    text = "" if value is None else str(value)
    if len(text) > _LONGEST_HEADER:
        return ""
    words = []
    try:
        for word, charset in decode_header(text):
            words.append(word if isinstance(word, str) else _decoded(word, charset))
    except (HeaderParseError, ValueError):
        words = [text]
    return " ".join(_decoded("".join(words).encode("utf-8", "surrogateescape"), None).split())


def _decoded(word: bytes, charset: str | None) -> str:
    wide = "gb18030" if charset and charset.lower() in {"gb2312", "gbk"} else charset
    for encoding in (wide, "utf-8", "gb18030"):
        try:
            return word.decode(encoding or "utf-8")
        except (LookupError, UnicodeDecodeError):
            pass
    return word.decode("utf-8", "replace")

"""XML parts in other encodings than UTF-8, which some exporters write and calamine takes for empty sheets."""

import re
from typing import Final

from xl_perf.files.guard import SAVE_AS_XLSX, Refused, damaged

_UTF16: Final = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
"""The first two bytes of a part: a byte order mark, or the first tag without one."""
_DECLARATION: Final = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]*)["'][^>]*>"""
)
_USUAL: Final = b'<?xml version="1.0" encoding="UTF-8"'
_UTF8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii", ""})
_FALSE: Final = ("utf-16", "utf16", "ucs-2", "iso-10646-ucs-2", "unicode")
"""What .NET declares of the text that it then stores in UTF-8: a declaration in single bytes proves it wrong."""
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030"}
"""Names under which writers store characters of the wider set as well."""


def as_utf8(part: bytes) -> bytes:
    """The same part in UTF-8: itself, unless it is in UTF-16 or declares another encoding.

    Raises Refused: damaged where the bytes are not what is declared, unreadable for an encoding that Python lacks.
    """
    if part.startswith(_USUAL):
        return part
    encoding = _UTF16.get(part[:2])
    if encoding is not None:
        return _declared_no_more(_decoded(part, encoding).removeprefix("\ufeff").encode())
    declaration = _DECLARATION.match(part)
    if declaration is None:
        return part
    name = declaration[1].decode().lower()
    if name in _UTF8:
        return part
    if name.startswith(_FALSE):
        return _declared_no_more(part)
    return _declared_no_more(_decoded(part, _WIDER.get(name, name)).encode())


_MARKUP: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>", re.DOTALL)
_PAIRS: Final = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))


def without_comments(part: bytes) -> bytes:
    """A part in UTF-8 without comments, and with its CDATA sections as plain text.

    calamine takes what stands before a comment for the whole of a number, and passes over some CDATA. Raises Refused
    (damaged) for what is left open, and for a DOCTYPE, which no office program writes.
    """
    if b"<!" not in part:
        return part
    # Each beginning finds an end at once, or there is none: nothing is gone through again and again.
    if any(part.rfind(begin) > part.rfind(end) for begin, end in _PAIRS):
        raise damaged("XML")
    part = _MARKUP.sub(_plain, part)
    if b"<!" in part:
        raise damaged("DOCTYPE")
    return part


def _plain(markup: re.Match[bytes]) -> bytes:
    if markup[0].startswith(b"<?"):
        return markup[0]
    return (markup[1] or b"").replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _decoded(part: bytes, encoding: str) -> str:
    try:
        return part.decode(encoding)
    except LookupError:
        raise Refused("unreadable", f"文件用了不认识的文字编码（{encoding}）", SAVE_AS_XLSX) from None
    except UnicodeError:
        raise damaged(f"文字编码 {encoding}") from None


def _declared_no_more(part: bytes) -> bytes:
    """Without the XML declaration, which names the encoding that was."""
    declaration = _DECLARATION.match(part)
    return part[declaration.end() :] if declaration else part

"""Changes in XML parts at exact places: what is not changed keeps its every byte."""

import re
from typing import Final, NamedTuple

from xl_perf.files.guard import damaged
from xl_perf.files.xml_parts import local, refuse_doctype

_START_TAG: Final = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_ENCODING: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")


class ByteRange(NamedTuple):
    """An element: its name as written, and where it begins, where its content does, where that ends, where it ends."""

    name: str
    attributes: dict[str, str]
    depth: int
    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def local(self) -> str:
        """The name without prefix."""
        return local(self.name)

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return self.name[: len(self.name) - len(self.local)]

    @property
    def is_empty_tag(self) -> bool:
        """Written as one tag, ``<a/>``."""
        return self.inner == self.end


def spans(part: bytes) -> list[ByteRange]:
    """All elements in the order of their start tags. Raises Refused for what is not well-formed UTF-8 XML."""
    import pyexpat

    encoding = _ENCODING.match(part)
    if part[:2] in {b"\xff\xfe", b"\xfe\xff"} or (encoding and encoding[1].lower() not in {b"utf-8", b"us-ascii"}):
        raise damaged("XML")  # texts are put in as UTF-8
    found: list[ByteRange | None] = []
    opened: list[tuple[int, str, dict[str, str], int, int]] = []
    parser = pyexpat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        begin = parser.CurrentByteIndex
        tag = _START_TAG.match(part, begin)
        if tag is None:
            raise damaged("XML")
        opened.append((len(found), name, attributes, begin, tag.end()))
        found.append(None)

    def end(name: str) -> None:
        at, _, attributes, begin, inner = opened.pop()
        is_empty = part[inner - 2 : inner] == b"/>"
        inner_end = inner if is_empty else parser.CurrentByteIndex
        finish = inner if is_empty else part.index(b">", inner_end) + 1
        found[at] = ByteRange(name, attributes, len(opened), begin, inner, inner_end, finish)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(part, True)
    except pyexpat.ExpatError:
        raise damaged("XML") from None
    return [span for span in found if span is not None]


class Editor:
    """Collects insertions and replacements, all told in places of the original, and makes them at once."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        self._edits: list[tuple[int, int, bytes]] = []

    def replace(self, start: int, end: int, text: str) -> None:
        """Puts a text in place of some bytes."""
        self._edits.append((start, end, text.encode()))

    def insert(self, place: int, text: str) -> None:
        """Puts a text before a place."""
        self.replace(place, place, text)

    def append_in(self, span: ByteRange, text: str) -> None:
        """Puts a text at the end of an element's content."""
        if span.is_empty_tag:
            self.replace(span.end - 2, span.end, f">{text}</{span.name}>")
        else:
            self.insert(span.inner_end, text)

    def result(self) -> bytes:
        """The part with all changes."""
        pieces: list[bytes] = []
        position = 0
        for start, end, text in sorted(self._edits, key=lambda edit: edit[:2]):
            pieces += self._part[position:start], text
            position = end
        return b"".join((*pieces, self._part[position:]))

"""Raised, lowered and struck characters inside the cells of an OpenDocument spreadsheet, as `rich_text` has them.

A span (OpenDocument 1.3 Part 3, 6.1.7) names a style whose text properties (16.29.28) say how it looks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from xl_perf.files.xml_parts import Element, elements
from xl_perf.files.zip_package import Package
from xl_perf.saved.ods_formats import AUTOMATIC, LARGEST, struck_by
from xl_perf.saved.rich_text import LOWERED, RAISED, STROKE

SPAN: Final = b"<text:span"
SIGNS: Final = (b"text-line-through-", b"text-position")
TOKEN: Final = re.compile(rb"<(/?)text:span((?:\s[^<>]*?)?)(/?)>|<[^<>]*>|([^<]+)")
STYLE_NAME: Final = re.compile(rb"""\btext:style-name\s*=\s*["']([^"']*)["']""")
CHARACTER: Final = re.compile(r"&[^;&]*;|\S")


class Look(NamedTuple):
    """How a span looks; None for what its style does not say."""

    struck: bool | None = None
    height: Mapping[int, int] | None = None


NO_LOOK: Final = Look()


def as_it_looks(package: Package, content: bytes) -> bytes:
    """The content with such spans rewritten in characters that look the same."""
    if SPAN not in content:
        return content
    automatic = AUTOMATIC.search(content)
    parts = [package.read("styles.xml") if "styles.xml" in package else b"", automatic[0] if automatic else b""]
    looks: dict[bytes, Look] = {}
    for part in parts:
        if len(part) <= LARGEST and any(sign in part for sign in SIGNS):
            looks |= _looks(elements(part))
    if not any(look.struck or look.height for look in looks.values()):
        return content
    return b"".join(_rewritten(content, looks))


def _looks(found: Sequence[Element]) -> dict[bytes, Look]:
    """The looks of the text styles, by name."""
    looks: dict[bytes, Look] = {}
    name = b""
    for one in found:
        if one.name == "style":
            name = one.get_local("name").encode() if one.get_local("family") == "text" else b""
        elif one.name == "text-properties" and name:
            looks[name] = look_of(one)
    return looks


def look_of(properties: Element) -> Look:
    """What text properties say of strokes and heights."""
    return Look(struck_by(properties), _height(properties.get_local("text-position")))


def _height(position: str) -> Mapping[int, int] | None:
    """``super 58%``, ``sub 58%``, ``33% 58%`` or ``-33% 58%``."""
    first = position.partition(" ")[0]
    if not first:
        return None
    if first == "super" or re.fullmatch(r"[1-9]\d*(?:\.\d+)?%", first):
        return RAISED
    return LOWERED if first == "sub" or first.startswith("-") else {}


def _rewritten(content: bytes, looks: Mapping[bytes, Look]) -> Iterator[bytes]:
    """Span by span; what stands outside of spans stays as it is."""
    at = 0
    while (begin := content.find(SPAN, at)) >= 0:
        yield content[at:begin]
        inside: list[Look] = []
        at = begin
        for token in TOKEN.finditer(content, begin):
            at = token.end()
            if token[2] is None:
                yield _looking(token[4], inside) if token[4] else token[0]
                continue
            yield token[0]
            if token[1]:
                del inside[-1:]
            elif not token[3]:
                named = STYLE_NAME.search(token[2])
                own = looks.get(named[1], NO_LOOK) if named else NO_LOOK
                before = inside[-1] if inside else NO_LOOK
                inside.append(
                    Look(
                        before.struck if own.struck is None else own.struck,
                        before.height if own.height is None else own.height,
                    )
                )
            if not inside:
                break
    yield content[at:]


def _looking(text: bytes, inside: list[Look]) -> bytes:
    look = inside[-1]
    if not (look.struck or look.height):
        return text
    seen = text.decode("utf-8", "replace")
    if look.height and "&" not in seen:
        seen = seen.translate(look.height)
    return (CHARACTER.sub(lambda match: match[0] + STROKE, seen) if look.struck else seen).encode()

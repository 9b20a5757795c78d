"""XML with random changes: attributes, elements, encodings, entities, cut off."""

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

ATTRIBUTE: Final = re.compile(rb"""\s([\w:.-]+)=("[^"]*"|'[^']*')""")
ELEMENT: Final = re.compile(rb"<([\w:.-]+)(?:\s[^<>]*)?/>|<([\w:.-]+)(?:\s[^<>]*)?>[^<>]*</\2>")
TEXT: Final = re.compile(rb">([^<>]+)<")
DECLARATION: Final = re.compile(rb"^\xef\xbb\xbf?<\?xml[^>]*\?>|^<\?xml[^>]*\?>")
VALUES: Final = (
    *(
        b"",
        b"0",
        b"-1",
        b"1",
        b"99999999999999999999",
        b"4294967296",
        b"1e999",
        b"NaN",
        b"true",
        b"A1",
        b"C3",
        b"XFD1048576",
    ),
    *(
        b"AAAAAAAA1",
        b"abc",
        "预算数".encode(),
        b"&#0;",
        b"&amp;",
        b"&nope;",
        b"../../../etc/passwd",
        b"s",
        b"str",
        b"e",
        b"d",
    ),
)
WORDS: Final = (
    b"abc",
    b"&#x10FFFF;",
    b"&#0;",
    b"&lt;",
    b"]]>",
    "预算数".encode(),
    b"\xff\xfe",
    b" ",
    b"\x0b",
    b"&laugh;",
    b"#REF!",
)
LAUGHS: Final = (
    b"<!DOCTYPE a [<!ENTITY laugh '"
    + b"x" * 1000
    + b"'>%s<!ENTITY last '%s'>]>"
    % (
        b"".join(b"<!ENTITY l%d '%s'>" % (n, (b"&l%d;" % (n - 1) if n else b"&laugh;") * 10) for n in range(9)),
        b"&l8;" * 10,
    )
)


def _attribute_changed(xml: bytes, chance: Random) -> bytes:
    return _replaced(ATTRIBUTE, xml, chance, lambda m: b' %s="%s"' % (m[1], chance.choice(VALUES)))


def _attribute_gone(xml: bytes, chance: Random) -> bytes:
    return _replaced(ATTRIBUTE, xml, chance, lambda _: b"")


def _attribute_twice(xml: bytes, chance: Random) -> bytes:
    return _replaced(ATTRIBUTE, xml, chance, lambda m: m[0] + m[0])


def _attribute_renamed(xml: bytes, chance: Random) -> bytes:
    return _replaced(ATTRIBUTE, xml, chance, lambda m: b" x:%s=%s" % (m[1], m[2]))


def _element_gone(xml: bytes, chance: Random) -> bytes:
    return _replaced(ELEMENT, xml, chance, lambda _: b"")


def _element_twice(xml: bytes, chance: Random) -> bytes:
    return _replaced(ELEMENT, xml, chance, lambda m: m[0] * chance.choice([2, 2, 3, 50]))


def _element_commented(xml: bytes, chance: Random) -> bytes:
    return _replaced(ELEMENT, xml, chance, lambda m: b"<!-- %s -->" % m[0] if b"--" not in m[0] else m[0])


def _text_changed(xml: bytes, chance: Random) -> bytes:
    return _replaced(TEXT, xml, chance, lambda _: b">%s<" % chance.choice(WORDS))


def _text_in_pieces(xml: bytes, chance: Random) -> bytes:
    """The same to every reader of XML."""
    how = chance.choice([b"<!-- x -->%s", b"<?x y?>%s", b"%s<![CDATA[]]>"])
    return _replaced(TEXT, xml, chance, lambda m: b">%s<" % (how % m[1]))


def _white_space(xml: bytes, chance: Random) -> bytes:
    """Pretty-printed; texts of one cell are left alone."""
    return re.sub(rb">(?=<(?:row|c|sheet|si|table:table-row|table:table-cell|Relationship|Override)\b)", b">\n  ", xml)


def _cut(xml: bytes, chance: Random) -> bytes:
    return xml[: chance.randrange(len(xml) + 1)]


def _encoded(xml: bytes, chance: Random) -> bytes:
    """In another encoding, rightly declared."""
    text, name = xml.decode("utf-8", "replace"), chance.choice(["utf-16", "gbk", "utf-8-sig", "utf-16-be", "gb18030"])
    body = DECLARATION.sub(b"", text.encode()).decode()
    declared = name if name != "utf-8-sig" else "UTF-8"
    return f'<?xml version="1.0" encoding="{declared}"?>{body}'.encode(name, "replace")


def _wrongly_declared(xml: bytes, chance: Random) -> bytes:
    name = chance.choice([b"gbk", b"utf-16", b"x-nobody", b"utf-7", b"iso-8859-1", b"", b"ebcdic-cp-us", b"UTF-32"])
    return b'<?xml version="1.0" encoding="%s"?>' % name + DECLARATION.sub(b"", xml)


def _with_entities(xml: bytes, chance: Random) -> bytes:
    outside = b'<!DOCTYPE a [<!ENTITY laugh SYSTEM "file:///etc/hostname">]>'
    start = chance.choice([LAUGHS, outside, b"<!DOCTYPE a>", b'<!DOCTYPE a SYSTEM "http://localhost:9/a.dtd">'])
    body = DECLARATION.sub(b"", xml)
    return start + _replaced(TEXT, body, chance, lambda m: b">%s<" % chance.choice([b"&laugh;", b"&last;", m[1]]))


def _deep(xml: bytes, chance: Random) -> bytes:
    many = chance.choice([100, 5_000])
    return _replaced(ELEMENT, xml, chance, lambda m: b"<a>" * many + m[0] + b"</a>" * many)


def _other_prefix(xml: bytes, chance: Random) -> bytes:
    """Elements without a prefix get one, as some programs write them."""
    if b'xmlns="' not in xml or b"<x:" in xml:
        return xml
    return re.sub(rb"(</?)(?=[A-Za-z]+[\s/>])", rb"\1x:", xml).replace(b'xmlns="', b'xmlns:x="', 1)


def _replaced(pattern: re.Pattern[bytes], xml: bytes, chance: Random, new: Callable[[re.Match[bytes]], bytes]) -> bytes:
    found = list(pattern.finditer(xml))
    if not found:
        return xml
    one = chance.choice(found)
    return xml[: one.start()] + new(one) + xml[one.end() :]


CHANGES: Final[Sequence[Callable[[bytes, Random], bytes]]] = (
    *(_attribute_changed, _attribute_changed, _attribute_gone, _attribute_twice, _attribute_renamed),
    *(_element_gone, _element_twice, _element_commented, _text_changed, _text_in_pieces, _white_space),
    *(_cut, _encoded, _wrongly_declared, _with_entities, _deep, _other_prefix),
)


def changed(xml: bytes, chance: Random) -> tuple[bytes, str]:
    """The XML with one to three changes, and their names."""
    names = []
    for _ in range(chance.choice([1, 1, 2, 3])):
        change = chance.choice(CHANGES)
        xml = change(xml, chance)
        names.append(change.__name__.removeprefix("_"))
    return xml, " ".join(names)

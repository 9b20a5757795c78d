"""On which page of a PDF its named destinations stand, as LibreOffice writes them: once for each bookmark of a text.

Only what that needs is read of the file (ISO 32000-1, 7.3, 7.5.7, 7.7.3, 12.3.2.3).
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

_OBJECT: Final = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj\b", re.DOTALL)
_STREAM: Final = re.compile(rb"\bstream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PACKED: Final = re.compile(rb"/Type\s*/ObjStm\b")
_CATALOG: Final = re.compile(rb"/Type\s*/Catalog\b")
_KIDS: Final = re.compile(rb"/Kids\s*\[([^]]*)\]")
_REFERENCE: Final = re.compile(rb"(\d+) 0 R\b")
_DESTINATION: Final = re.compile(rb"/([^\s/\[\]<>()]+)\s*\[\s*(\d+) 0 R\b")
_MOST_PAGES: Final = 20_000


def places_of(data: bytes) -> dict[str, int]:
    """The page (from 1) of each named destination by its name; empty where the file does not say so.

    The names are as LibreOffice stores them: what is no letter, digit or hyphen is replaced by its code.
    """
    objects = dict(_objects(data))
    catalog = next((content for content in objects.values() if _CATALOG.search(content)), b"")
    pages = {number: at for at, number in enumerate(_pages(objects, _referred(catalog, b"Pages")), 1)}
    destinations = _DESTINATION.findall(objects.get(_referred(catalog, b"Dests"), b""))
    return {name.decode("latin-1"): pages[int(page)] for name, page in destinations if int(page) in pages}


def _objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of every object, also of those that are packed together."""
    for match in _OBJECT.finditer(data):
        content = match[2]
        yield int(match[1]), content
        if _PACKED.search(content[:200]) and (stream := _STREAM.search(content)):
            try:
                yield from _unpacked(content, zlib.decompress(stream[1]))
            except (zlib.error, ValueError):
                continue


def _unpacked(head: bytes, stream: bytes) -> Iterator[tuple[int, bytes]]:
    found = re.search(rb"/First\s+(\d+)", head)
    first = int(found[1]) if found else 0
    numbers = [int(one) for one in stream[:first].split()]
    places = [*numbers[1::2], len(stream) - first]
    for at, number in enumerate(numbers[::2]):
        yield number, stream[first + places[at] : first + places[at + 1]]


def _referred(content: bytes, key: bytes) -> int:
    """The object that a key of a dictionary points to; 0 where it has none."""
    match = re.search(rb"/" + key + rb"\s+(\d+) 0 R\b", content)
    return int(match[1]) if match else 0


def _pages(objects: Mapping[int, bytes], root: int) -> Iterator[int]:
    """The numbers of the page objects, first page first."""
    waiting, seen = [root], set[int]()
    while waiting and len(seen) < _MOST_PAGES:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        kids = _KIDS.search(objects.get(number, b""))
        if kids is None:
            yield number
        else:
            waiting.extend(int(one) for one in reversed(_REFERENCE.findall(kids[1])))

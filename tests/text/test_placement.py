"""Pages of bookmarks, read out of a PDF whether its objects are packed or not."""

import zlib
from collections.abc import Callable

import pytest

from xl_perf.text.pdf_places import places_of
from xl_perf.text.placement import Placement, found_placement

PAGES = [10, 12, 14]
DESTINATIONS = {
    "5FToc000000001": 10,
    "5FToc000000002": 14,
    "5FRow0x0": 12,
    "5FRow0x1": 12,
    "5FEnd0x1": 14,
    "5FRow0x2": 14,
    "5FRow1x0": 14,
    "5FRow1x1": 14,
}
ROWS = (3, 2)


def objects(destinations: dict[str, int] = DESTINATIONS) -> dict[int, bytes]:
    """A catalog, a tree of pages of two levels, the named destinations."""
    named = b"\n".join(b"/%s[%d 0 R/XYZ 10.5 700 0]" % (name.encode(), page) for name, page in destinations.items())
    return {
        1: b"<</Type/Catalog/Pages 2 0 R\n/Dests 4 0 R>>",
        2: b"<</Type/Pages\n/Kids[ 3 0 R 14 0 R ]/Count 3>>",
        3: b"<</Type/Pages/Kids [10 0 R 12 0 R]/Count 2>>",
        4: b"<<" + named + b">>",
        **dict.fromkeys(PAGES, b"<</Type/Page/Parent 2 0 R>>"),
    }


def plain(parts: dict[int, bytes]) -> bytes:
    return b"%PDF-1.6\n" + b"".join(b"%d 0 obj\n%s\nendobj\n\n" % one for one in parts.items())


def packed(parts: dict[int, bytes]) -> bytes:
    """All objects in one stream, as newer programs store them."""
    head, body = b"", b""
    for number, content in parts.items():
        head += b"%d %d " % (number, len(body))
        body += content + b" "
    stream = zlib.compress(head + body)
    described = b"<</Type/ObjStm/N %d/First %d/Length %d/Filter/FlateDecode>>" % (len(parts), len(head), len(stream))
    return b"%PDF-1.7\n20 0 obj\n" + described + b"\nstream\n" + stream + b"\nendstream\nendobj\n"


@pytest.mark.parametrize("stored", [plain, packed])
def test_pages_of_destinations(stored: Callable[[dict[int, bytes]], bytes]) -> None:
    places = places_of(stored(objects()))
    assert places == {name: PAGES.index(page) + 1 for name, page in DESTINATIONS.items()}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.6",
        plain({1: b"<</Type/Catalog>>"}),
        plain({1: b"<</Type/Catalog/Pages 2 0 R/Dests 3 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]>>"}),
        b"1 0 obj<</Type/ObjStm/First 4>>\nstream\nno stream\nendstream\nendobj",
    ],
)
def test_what_says_nothing_has_no_places(data: bytes) -> None:
    assert places_of(data) == {}


def test_where_things_stand() -> None:
    """Pages count from the first heading's. A row below a split one begins no page, nor does one that follows."""
    assert found_placement(plain(objects()), 2, ROWS) == Placement((1, 3), ((), ()), (True, False))
    unsplit = {name: page for name, page in DESTINATIONS.items() if "End" not in name}
    assert found_placement(plain(objects(unsplit)), 2, ROWS) == Placement((1, 3), ((2,), ()), (True, False))


@pytest.mark.parametrize("missing", ["5FToc000000002", "5FRow0x1", "5FRow1x0"])
def test_one_that_is_missing_spoils_all(missing: str) -> None:
    known = {name: page for name, page in DESTINATIONS.items() if name != missing}
    assert found_placement(plain(objects(known)), 2, ROWS) is None

"""Small XML parts as flat lists of elements."""

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any, Final, TypeVar, cast

from xl_perf.files.guard import damaged
from xl_perf.files.xml_text import as_utf8

F = TypeVar("F", bound=Callable[..., Any])


class Element:
    """Local name and attributes of an element, and the text up to the next start tag.

    For a leaf that is its own text, perhaps with the white space behind it: strip it.
    """

    __slots__ = ("attributes", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = local(name)
        self.attributes = attributes
        self.text = ""

    def get(self, name: str, default: str = "") -> str:
        """An attribute that has no prefix."""
        return self.attributes.get(name, default)

    def get_local(self, name: str) -> str:
        """An attribute by its local name, such as `r:id`, whose prefix is the writer's choice."""
        return next((value for key, value in self.attributes.items() if local(key) == name), "")


def local(name: str) -> str:
    return name[name.rfind(":") + 1 :]


MOST_REMEMBERED: Final = 32 * 1024
"""Bytes of a part that is kept in mind; larger ones are hardly ever alike in two workbooks."""


def remembered(understand: F) -> F:
    """Keeps in mind what a function makes of small parts; nobody may change that.

    Workbooks from one template have many parts alike to the byte.
    """
    known = lru_cache(maxsize=32)(understand)

    @wraps(understand)
    def remembering(part: bytes, *more: str) -> object:
        return (known if len(part) <= MOST_REMEMBERED else understand)(part, *more)

    return cast("F", remembering)


@remembered
def elements(part: bytes) -> Sequence[Element]:
    """All elements in the order of their start tags. Raises Refused: damaged for what is not well-formed."""
    import pyexpat  # of all XML modules the one that imports in no time

    found: list[Element] = []

    pieces: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if pieces:
            found[-1].text = "".join(pieces)
            pieces.clear()
        found.append(Element(name, attributes))

    parser = pyexpat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = pieces.append
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(as_utf8(part), True)
    except pyexpat.ExpatError:
        raise damaged("XML") from None
    found[-1].text = "".join(pieces)
    return found


def attributes_of(part: bytes, wanted: str) -> list[dict[str, str]]:
    """The attributes of all elements with this local name; none for no part. Raises Refused as `elements` does."""
    import pyexpat

    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == wanted:
            found.append(attributes)

    parser = pyexpat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        if part:
            parser.Parse(part, True)
    except pyexpat.ExpatError:
        raise damaged("XML") from None
    return found


def refuse_ill_formed(part: bytes) -> None:
    """Raises Refused (damaged) where tags do not match: calamine may look for the end of one for ever."""
    import pyexpat

    try:
        pyexpat.ParserCreate().Parse(part, True)
    except pyexpat.ExpatError:
        raise damaged("XML") from None


def refuse_doctype(*_: object) -> None:
    """No office program writes a DOCTYPE; entities that multiply are declared in one."""
    raise damaged("DOCTYPE")

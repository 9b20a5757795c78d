"""The main part of a Word document as small trees, one child of the body at a time.

expat reads it as a stream: memory does not grow with the number of paragraphs, no entity is ever expanded, and what
says nothing about the text (fonts, borders …) is not kept.
"""

from collections.abc import Iterator
from typing import Final

from xl_perf.files.guard import damaged, too_large
from xl_perf.files.xml_parts import local, refuse_doctype

MAX_DEPTH: Final = 160
"""Of elements within each other: tables in tables in text boxes need some forty."""
MOST_NODES: Final = 1_000_000
"""Of one paragraph, table or control in the body; a form has some six hundred. They take about 250 bytes each."""
_CHUNK: Final = 1 << 18
_TEXTS: Final = frozenset({"t"})
"""Elements whose characters are text: w:t, and m:t in formulas."""
_SAY_SOMETHING: Final = frozenset(
    {
        *("p", "r", "t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym"),
        *("tbl", "tr", "tc", "gridCol", "gridSpan", "gridBefore", "vMerge", "hMerge"),
        *("pStyle", "rStyle", "numId", "ilvl", "ins", "del", "cellDel", "showingPlcHdr"),
    }
)
"""Elements that matter even when they are empty."""


class Node:
    """An element by its local name, with what it holds; ``text`` of text elements only."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node] = []
        self.text = ""

    def child(self, name: str) -> "Node | None":
        """The first child of that name."""
        return next((one for one in self.children if one.name == name), None)

    def value(self, *path: str) -> str | None:
        """The attribute w:val at the end of a path of children; "" where it has none, None without such a child."""
        node: Node | None = self
        for name in path:
            node = node.child(name) if node is not None else None
        return None if node is None else node.attributes.get("val", "")

    def number(self, *path: str) -> int:
        """The value at a path as a whole number; 0 for anything else."""
        return whole(self.value(*path))


def whole(text: str | None) -> int:
    """A whole number of at most nine digits; 0 for anything else that a file may say."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def body_nodes(part: bytes) -> Iterator[Node]:
    """The children of w:body in their order.

    Raises Refused: ill-formed, a DOCTYPE (damaged), too deep or too much at a time (unreadable).
    """
    import pyexpat

    builder = _Builder()
    parser = pyexpat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.StartDoctypeDeclHandler = refuse_doctype
    view = memoryview(part)
    try:
        for start in range(0, len(part), _CHUNK):
            parser.Parse(bytes(view[start : start + _CHUNK]), False)
            yield from builder.take()
        parser.Parse(b"", True)
    except pyexpat.ExpatError:
        raise damaged("XML") from None
    if not builder.has_body:
        raise damaged("没有正文")
    yield from builder.take()


class _Builder:
    """Builds the trees below w:body."""

    def __init__(self) -> None:
        self.has_body = False
        self._open: list[Node] = []
        self._nodes = 0
        self._done: list[Node] = []

    def take(self) -> list[Node]:
        """The children of the body that are complete."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise too_large(f"文档中的内容嵌套超过 {MAX_DEPTH} 层，没有读取")
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise too_large(f"文档中的一个表格超过 {MOST_NODES} 个元素，没有读取")
        self._open.append(Node(local(name), {local(key): value for key, value in attributes.items()}))
        self.has_body |= len(self._open) == 2 and self._open[1].name == "body"

    def characters(self, text: str) -> None:
        if self._open and self._open[-1].name in _TEXTS:
            self._open[-1].text += text

    def end(self, _: str) -> None:
        node = self._open.pop()
        depth = len(self._open)
        if depth <= 2:
            self._nodes = 0
        if depth < 2 or not (node.children or node.text or node.name in _SAY_SOMETHING):
            return
        if depth > 2:
            self._open[-1].children.append(node)
        elif self._open[1].name == "body":
            self._done.append(node)

"""Reads a Word document (.docx) into paragraphs and tables, as Word shows it once all changes are accepted.

Tracked insertions count and deletions do not; content controls, hyperlinks, text boxes and fields give what they
show. Tables within tables come after the table that holds them. Headers and footers are not read.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from xl_perf.files.guard import Refused, damaged, too_large
from xl_perf.files.ooxml_package import relations
from xl_perf.files.xml_parts import Element, elements
from xl_perf.files.zip_package import Package
from xl_perf.text.blocks import MOST_COLUMNS, Block, Cell, Note, Paragraph, StyledText, Table
from xl_perf.text.numbering import Numbering
from xl_perf.text.typography import BY_ID, GOES_ON, GOES_ON_IN_LINE
from xl_perf.text.word_xml import Node, body_nodes, whole

MOST_CELLS: Final = 500_000
"""Of all tables; a form has some sixty."""
_GONE: Final = frozenset(
    {"del", "moveFrom", "Fallback", "rt", "sectPr", "sdtPr", "rPr", "pPr", "tcPr", "trPr", "tblPr"}
)
"""Deleted, said elsewhere, or said in another way."""
MOST_BESIDE: Final = 4 * 1024 * 1024
"""Bytes of a part other than the text itself, such as styles; some have a hundred thousand."""
_BESIDE: Final = {"footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
_JOINTS: Final = {BY_ID[GOES_ON].name: "\n", BY_ID[GOES_ON_IN_LINE].name: ""}
"""What parts the text of a merged cell that goes on over a page, by the name of its style there."""
_CHARACTERS: Final = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-"}


def read_word(package: Package) -> Iterator[Block]:
    """The document's blocks in reading order. Raises Refused where it cannot be read."""
    document = _document_part(package)
    targets = _related(package, document)
    styles = _Styles(package, targets.get("styles"))
    numbering = targets.get("numbering")
    lists = Numbering(_elements(package, numbering) if numbering else ())
    yield from _Reader(styles, lists).blocks(body_nodes(package.read(document)))
    for kind, what in _BESIDE.items():
        if kind in targets:
            found = _elements(package, targets[kind])
            text = "".join(one.text for one in found if one.name == "t")
            if text.strip():
                yield Note(what, text)


def _document_part(package: Package) -> str:
    for target, type_ in relations(package, "").values():
        if type_ == "officeDocument" and target in package:
            return target
    raise damaged("缺少 word/document.xml")


def _related(package: Package, document: str) -> dict[str, str]:
    """The parts of styles and numbering; a document without them is odd, but readable."""
    try:
        found = relations(package, document).values()
    except Refused:
        return {}
    return {type_: target for target, type_ in found if target in package}


def _elements(package: Package, name: str) -> Sequence[Element]:
    part = package.read(name)
    if len(part) > MOST_BESIDE:
        raise too_large(f"{name} 超过 {MOST_BESIDE // 1024**2} MB，没有读取")
    return elements(part)


class _Styles:
    """Names of styles by their ids, in small letters, and the list that a style belongs to."""

    def __init__(self, package: Package, part: str | None) -> None:
        self.names: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {}
        style = ""
        for element in _elements(package, part) if part else ():
            if element.name == "style":
                style = element.get_local("styleId")
            elif element.name == "name" and style:
                self.names[style] = element.get_local("val").lower()
            elif element.name in {"numId", "ilvl"} and style:
                self.lists.setdefault(style, ["", "0"])[element.name == "ilvl"] = element.get_local("val")


class _Reader:
    """Walks through the document from top to bottom."""

    def __init__(self, styles: _Styles, lists: Numbering) -> None:
        self.styles, self.lists = styles, lists
        self.cells = 0

    def blocks(self, nodes: Iterable[Node]) -> Iterator[Block]:
        """Paragraphs and tables; a paragraph whose mark was deleted flows into the next one."""
        held: list[Paragraph] = []
        for node in self._unwrapped(nodes, {"p", "tbl"}):
            if node.name == "tbl":
                if held:
                    yield _together(held)
                held = []
                yield from self._table(node)
                continue
            held.append(self._paragraph(node))
            if node.value("pPr", "rPr", "del") is None:
                yield _together(held)
                held = []
            for box in _inside(node, "txbxContent"):
                yield from self.blocks(box.children)
        if held:
            yield _together(held)

    def _unwrapped(self, nodes: Iterable[Node], wanted: set[str]) -> Iterator[Node]:
        """The wanted elements, taken out of content controls, insertions and other wrappers."""
        for node in nodes:
            if node.name in wanted:
                yield node
            elif node.name not in _GONE and not _is_placeholder(node):
                yield from self._unwrapped(node.children, wanted)

    # --- paragraphs

    def _paragraph(self, node: Node) -> Paragraph:
        properties = node.child("pPr")
        style, number, level = "", None, 0
        if properties is not None:
            style = properties.value("pStyle") or ""
            own, level = properties.value("numPr", "numId"), properties.number("numPr", "ilvl")
            listed = self.styles.lists.get(style)
            number = own if own is not None else listed[0] if listed else None
            level = whole(listed[1]) if own is None and listed else level
        spans = tuple(self._spans(node, ""))
        shown = any(span.text.strip() for span in spans)
        before = self.lists.next(number, level) if number and number != "0" and shown else ""
        return Paragraph(spans, self.styles.names.get(style, ""), before)

    def _spans(self, node: Node, style: str) -> Iterator[StyledText]:
        for child in node.children:
            if child.name == "t":
                yield StyledText(child.text, style)
            elif child.name in _CHARACTERS:
                yield StyledText(_CHARACTERS[child.name], style)
            elif child.name == "br":
                if child.attributes.get("type", "textWrapping") == "textWrapping":
                    yield StyledText("\n", style)
            elif child.name == "sym":
                yield StyledText(_symbol(child), style)
            elif child.name == "r":
                yield from self._spans(child, self.styles.names.get(child.value("rPr", "rStyle") or "", ""))
            elif child.name not in _GONE and child.name != "txbxContent" and not _is_placeholder(child):
                yield from self._spans(child, style)

    # --- tables

    def _table(self, node: Node) -> Iterator[Block]:
        rows: list[tuple[Cell, ...]] = []
        nested: list[Block] = []
        for row in self._unwrapped(node.children, {"tr"}):
            properties = row.child("trPr")
            if properties is None or properties.child("del") is None:
                rows.append(_joined(rows, list(self._row(row, nested))))
        grid = node.child("tblGrid")
        widths = [whole(column.attributes.get("w")) for column in _children(grid)]
        yield Table(tuple(rows), _edges(widths[:MOST_COLUMNS], rows))
        yield from nested

    def _row(self, row: Node, nested: list[Block]) -> Iterator[Cell]:
        column = min(row.number("trPr", "gridBefore"), MOST_COLUMNS - 1)
        cells = list(self._unwrapped(row.children, {"tc"}))
        for node in cells:
            properties = node.child("tcPr") or Node("tcPr", {})
            if properties.child("cellDel") is not None or column >= MOST_COLUMNS:
                continue
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise too_large(f"表格超过 {MOST_CELLS} 格，没有读取")
            span = min(max(properties.number("gridSpan"), 1), MOST_COLUMNS - column)
            text, joint = self._cell_text(node, nested, is_alone=len(cells) == 1)
            merges = [properties.value("vMerge"), properties.value("hMerge")]
            is_rest = any(merge is not None and merge != "restart" for merge in merges)
            yield Cell(column, span, text, is_rest and not text.strip(), joint)
            column += span

    def _cell_text(self, node: Node, nested: list[Block], *, is_alone: bool) -> tuple[str, str | None]:
        """The cell's paragraphs, one a line, and how they go on from the cell above; tables in it are kept for later.

        A cell alone in its row that holds tables only frames them: its paragraphs are text like any other.
        """
        blocks = list(self.blocks(node.children))
        tables = [block for block in blocks if isinstance(block, Table)]
        if is_alone and tables:
            nested += blocks
            return "", None
        nested += [one._replace(is_nested=True) for one in tables]
        paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
        joint = _JOINTS.get(paragraphs[0].style) if paragraphs else None
        return "\n".join(one.text for one in paragraphs), joint


def _joined(above: list[tuple[Cell, ...]], cells: list[Cell]) -> tuple[Cell, ...]:
    """A row whose cells that go on from a page before belong to the ones above: their texts are put behind those."""
    for at, cell in enumerate(cells):
        if cell.joint is None:
            continue
        for row in range(len(above) - 1, -1, -1):
            place = next((at for at, one in enumerate(above[row]) if one.column == cell.column), None)
            if place is None:
                break
            begins = above[row][place]
            if not begins.continues:
                whole_text = begins._replace(text=f"{begins.text}{cell.joint}{cell.text}")
                above[row] = (*above[row][:place], whole_text, *above[row][place + 1 :])
                cells[at] = cell._replace(text="", continues=True)
                break
    return tuple(cells)


def _together(paragraphs: list[Paragraph]) -> Paragraph:
    """Paragraphs whose marks between them were deleted."""
    first = paragraphs[0]
    return first if len(paragraphs) == 1 else first._replace(spans=tuple(s for one in paragraphs for s in one.spans))


def _children(node: Node | None) -> list[Node]:
    return [] if node is None else node.children


def _inside(node: Node, name: str) -> Iterator[Node]:
    """Elements of that name below a node, none within another."""
    for child in node.children:
        if child.name == name:
            yield child
        elif child.name not in _GONE:
            yield from _inside(child, name)


def _is_placeholder(node: Node) -> bool:
    """A content control that shows its prompt, such as 单击此处输入文字: nobody has filled it in."""
    return node.name == "sdt" and node.value("sdtPr", "showingPlcHdr") is not None


def _symbol(node: Node) -> str:
    """A character of a symbol font; those in the private area stand for it as they are."""
    try:
        return chr(int(node.attributes.get("char", "25A1"), 16))
    except (ValueError, OverflowError):
        return "□"


def _edges(widths: list[int], rows: list[tuple[Cell, ...]]) -> tuple[int, ...]:
    """The columns' edges in twips; columns that the grid does not name are as wide as the average."""
    needed = max((cell.column + cell.span for row in rows for cell in row), default=0)
    usual = max(sum(widths) // len(widths), 1) if any(widths) else 1000
    edges = [0]
    for at in range(max(needed, len(widths))):
        edges.append(edges[-1] + (widths[at] if at < len(widths) and widths[at] else usual))
    return tuple(edges)

"""Small pieces of WordprocessingML (ECMA-376 Part 1, 17) that python-docx has no words for."""

from typing import Final

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML: Final = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF],
)


def node(tag: str, /, *children: BaseOxmlElement, **values: object) -> BaseOxmlElement:
    """``node("gridSpan", val=2)`` is ``<w:gridSpan w:val="2"/>``; attributes and children are in the w: namespace."""
    made = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def run(text: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """A run; line breaks and tabs become elements, what XML cannot hold is left out."""
    made = node("r", *([node("rPr", *properties)] if properties else []))
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_NOT_XML)
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(node("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                made.append(node("tab"))
            if piece:
                made.append(_text("t", piece))
    return made


def _text(name: str, text: str) -> BaseOxmlElement:
    made = node(name)
    made.text = text
    made.set(_XML_SPACE, "preserve")
    return made


def paragraph(style: str, *content: BaseOxmlElement) -> BaseOxmlElement:
    """A paragraph of a style (by its id), holding runs, bookmarks, hyperlinks."""
    return node("p", node("pPr", node("pStyle", val=style)), *content)


def field(code: str, result: str) -> list[BaseOxmlElement]:
    """A field with the result that shows until a program updates it."""
    return [*field_start(code), run(result), field_end()]


def field_start(code: str) -> list[BaseOxmlElement]:
    """The runs before a field's result, which may go on over several paragraphs."""
    return [
        node("r", node("fldChar", fldCharType="begin")),
        node("r", _text("instrText", f" {code} ")),
        node("r", node("fldChar", fldCharType="separate")),
    ]


def field_end() -> BaseOxmlElement:
    """The run after a field's result."""
    return node("r", node("fldChar", fldCharType="end"))


def bookmarked(name: str, number: int, *content: BaseOxmlElement) -> list[BaseOxmlElement]:
    """The content between the two ends of a bookmark."""
    return [node("bookmarkStart", id=number, name=name), *content, node("bookmarkEnd", id=number)]

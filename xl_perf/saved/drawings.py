"""Pictures and text boxes on worksheets: what somebody sees there, in place of a form or beside one.

Charts do not count, and neither do buttons and comments, which stand in the legacy drawing.
"""

import re
from collections.abc import Sequence
from typing import Final

from xl_perf.files.guard import Refused
from xl_perf.files.ooxml_package import relations
from xl_perf.files.xml_parts import Element, elements
from xl_perf.files.zip_package import Package

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a drawing that is looked at."""
DRAWING: Final = re.compile(rb"""<(?:\w+:)?drawing\s[^<>]*?:id\s*=\s*["']([^"']*)""")
EMBEDDED: Final = re.compile(rb"""<(?:\w+:)?oleObject\s[^<>]*?\bshapeId\s*=\s*["']([^"']*)""")
_PREFIX: Final = 40
"""Bytes before the name of the element that may be its prefix."""
PICTURE_IN_CELL: Final = re.compile(rb"<f[^<>]*>[^<]*\bDISPIMG\(")
"""The formula by which WPS shows a picture in a cell."""


def drawn_on(package: Package, part: str, xml: bytes) -> tuple[int, tuple[str, ...]]:
    """How many pictures stand on a worksheet, and the texts of its boxes.

    Embedded documents count as pictures: they are shown as one.
    """
    folder, _, name = part.rpartition("/")
    has_relations = f"{folder}/_rels/{name}.rels" in package
    if not has_relations and "xl/cellimages.xml" not in package:
        return 0, ()
    pictures = len(set(EMBEDDED.findall(xml))) if b"oleObject" in xml else 0
    pictures += len(PICTURE_IN_CELL.findall(xml)) if b"DISPIMG" in xml else 0
    drawing = DRAWING.search(xml, max(xml.rfind(b"drawing ") - _PREFIX, 0)) if b"drawing " in xml else None
    if not drawing or not has_relations:
        return pictures, ()
    try:
        target, _ = relations(package, part)[drawing[1].decode()]
        drawn, boxes = _drawn_in(package.read(target))
    except (Refused, KeyError, UnicodeDecodeError):
        return pictures, ()  # the cells can be read nevertheless
    return pictures + drawn, boxes


def drawn_beside(package: Package, part: str) -> tuple[int, tuple[str, ...]]:
    """The same of a worksheet of .xlsb, which has no more than one drawing among its relations."""
    folder, _, name = part.rpartition("/")
    if f"{folder}/_rels/{name}.rels" not in package:
        return 0, ()
    try:
        found = [_drawn_in(package.read(at)) for at, type_ in relations(package, part).values() if type_ == "drawing"]
    except (Refused, KeyError):
        return 0, ()
    return sum(pictures for pictures, _ in found), tuple(text for _, boxes in found for text in boxes)


def _drawn_in(content: bytes) -> tuple[int, tuple[str, ...]]:
    """Pictures and texts of a drawing. Raises Refused (damaged)."""
    is_chart_only = b"pic>" not in content and b"sp>" not in content
    found: Sequence[Element] = () if is_chart_only or len(content) > LARGEST else elements(content)
    return sum(element.name == "pic" for element in found), box_texts(found)


def box_texts(found: Sequence[Element]) -> tuple[str, ...]:
    """The texts of the shapes in a drawing (ECMA-376 Part 1, 20.5.2.29), a line per paragraph."""
    boxes: list[list[str]] = []
    in_shape = False
    for element in found:
        if element.name in ("sp", "pic", "cxnSp", "graphicFrame"):
            in_shape = element.name == "sp"
            if in_shape:
                boxes.append([])
        elif in_shape and element.name in ("p", "br"):
            boxes[-1].append("\n")
        elif in_shape and element.name == "t":
            boxes[-1].append(element.text if "\n" not in element.text else element.text.strip())
    return tuple(text for pieces in boxes if (text := "".join(pieces).strip()))

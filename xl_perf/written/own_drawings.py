"""What lies over the cells of an office's sheet: pictures, and what cannot be taken over, which is named.

ECMA-376 Part 1, 20.5 (drawings on worksheets). Pictures are read from the file's parts: openpyxl reads them with a
library for pictures only.
"""

import io
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_perf.files.guard import Refused
from xl_perf.files.ooxml_package import relations, wanted_part, workbook_part
from xl_perf.files.xml_parts import Element, elements
from xl_perf.files.zip_package import Package
from xl_perf.written.own_margins import MarginPicture, margin_pictures

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

EMU: Final = 9525
"""Of a pixel, at 96 dpi."""
LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a picture that is taken over; a form is written once for every project."""
MOST_PIXELS: Final = 40_000_000
"""Of a picture; programs unpack it whole."""
_STAYS: Final = 3
MOST: Final = 50
"""Pictures of one sheet."""
_PICTURES: Final = frozenset({"png", "jpeg", "jpg", "gif", "bmp"})
_BROKEN: Final = "图片打不开或者太大"
_OTHER: Final = "图片不是 PNG、JPEG，或者裁剪、旋转过"
_SHAPES: Final = "文本框或图形"
CHARTS: Final = "图表"
_IN_MARGINS: Final = "页眉页脚里的图片"
_LONG: Final = "过长的页眉页脚"
_LONGEST: Final = 255
"""Characters of a header or footer; Excel takes no more."""
_OF_PAGES: Final = "首页、偶数页另有的页眉页脚"
_IN_CELLS: Final = "嵌在单元格里的图片"
_OBJECTS: Final = "控件或嵌入的文件"
_CONDITIONS: Final = "Excel 2010 以后的条件格式"
_SPARKLINES: Final = "迷你图"
_MEASURES: Final = {
    _BROKEN: "张",
    _OTHER: "张",
    _SHAPES: "个",
    CHARTS: "个",
    _IN_CELLS: "张",
    _OBJECTS: "个",
    _CONDITIONS: "条",
}
Corner = tuple[int, int, int, int]
"""Row, column and what lies between the cell's corner and this one, to the right and down, in EMU."""


class Picture(NamedTuple):
    """A picture: what kind of file it is, its bytes, where it begins and ends; or how large it is, in EMU."""

    kind: str
    data: bytes
    begin: Corner
    end: Corner | None
    size: tuple[int, int]
    text: str
    moves: int
    """As XlsxWriter counts: 1 it goes with the cells and grows, 2 it goes with them, 3 it stays."""

    @property
    def stands(self) -> bool:
        """It has a place on the sheet and none among the cells."""
        return self.end is None and self.moves == _STAYS


class Drawn(NamedTuple):
    """The pictures of a sheet; ``lost`` says in Chinese what else lies there, and how often.

    ``header`` and ``footer`` are those of its pages, in the code of the file format, which openpyxl drops where it does
    not understand it.
    """

    pictures: tuple[Picture, ...] = ()
    lost: tuple[str, ...] = ()
    header: str = ""
    footer: str = ""
    margins: tuple[MarginPicture, ...] = ()
    """The pictures in these, as many as they have marks for them."""


def drawn_in(path: str, sheet: str) -> Drawn:
    """What lies over a sheet of a .xlsx; nothing where its parts cannot be read."""
    try:
        package = Package(Path(path).read_bytes())
        workbook = workbook_part(package)
        targets = relations(package, workbook)
        wanted = [one for one in elements(package.read(workbook)) if one.name == "sheet" and one.get("name") == sheet]
        part = wanted_part(wanted[0], targets) if wanted else None
        return Drawn() if part is None else _on(package, part)
    except (Refused, OSError):
        return Drawn()


def opened(path: str | Path, **how: bool) -> "Workbook":
    """The workbook as openpyxl reads it; without its drawings where those keep openpyxl from reading it."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it drops we name ourselves
        try:
            return load_workbook(path, **how)
        except Exception:  # whatever a broken drawing makes it raise
            return load_workbook(_without_drawings(Path(path)), **how)


def _without_drawings(path: Path) -> io.BytesIO:
    """The workbook without the relations of its sheets to drawings."""
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _TO_DRAWING.sub(b"", part) if name.startswith("xl/worksheets/_rels/") else part)
    return made


_TO_DRAWING: Final = re.compile(rb"""<Relationship\s[^<>]*?relationships/drawing["'][^<>]*>""")


def _on(package: Package, part: str) -> Drawn:
    found = elements(package.read(part))
    lost = Counter(_CONDITIONS for one in found if one.name == "cfRule" and one.get("id") and _is_new(one.get("type")))
    lost.update(_SPARKLINES for one in found if one.name == "sparklineGroup")
    lost.update(_OBJECTS for _ in {one.get("shapeId") for one in found if one.name in {"oleObject", "control"}})
    lost.update(_IN_CELLS for one in found if one.name == "f" and "DISPIMG(" in one.text)
    if _IN_CELLS not in lost:
        lost.update(_IN_CELLS for one in found if one.name == "c" and one.get("vm"))
    folder, _, name = part.rpartition("/")
    pictures: list[Picture] = []
    if f"{folder}/_rels/{name}.rels" in package:
        for target, type_ in relations(package, part).values():
            if type_ == "drawing" and target in package:
                _read(package, target, pictures, lost)
    around = {one.name: one.text.strip() for one in found if one.name in {"oddHeader", "oddFooter"}}
    margins, said = _margins(package, part, found, [around.get(name, "") for name in ("oddHeader", "oddFooter")])
    lost.update({_IN_MARGINS: 1} if margins is None else {})
    lost.update({_LONG: 1} if max(map(len, said)) > _LONGEST else {})
    header, footer = ("" if len(one) > _LONGEST else one for one in said)
    lost.update(_OF_PAGES for one in found if one.name in {"evenHeader", "firstHeader"} and one.text.strip())
    return Drawn(tuple(pictures), tuple(_said(lost)), header, footer, margins or ())


def _margins(
    package: Package, part: str, found: Sequence[Element], around: Sequence[str]
) -> tuple[tuple[MarginPicture, ...] | None, list[str]]:
    """The pictures of header and footer, and these; without their marks where not all can be taken over."""
    read = [one._replace(kind=_kind(one.data)) for one in margin_pictures(package, part, found)]
    marks = {f"{side}{place}" for place, code in zip("HF", around, strict=True) for side in _PICTURES_IN.findall(code)}
    pictures = tuple(one for one in read if one.place in marks and one.kind in _PICTURES)
    number = sum(code.count("&G") for code in around)
    if number == len(pictures) == len(marks):
        return pictures, [_plain(code) for code in around]
    return None, [_plain(code.replace("&G", "")) for code in around]


_PICTURES_IN: Final = re.compile(r"&([LCR])(?:(?!&[LCR]).)*?&G", re.DOTALL)
"""The sections of a header or footer in which a picture stands."""


def _plain(code: str) -> str:
    """A header or footer (ECMA-376 Part 1, 18.3.1.46) with plain line breaks, without empty sections."""
    text = code.replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("\r\n", "\n")
    return _EMPTY_SECTIONS.sub("", text)


_EMPTY_SECTIONS: Final = re.compile(r"&[LCR]\s*(?=&[LCR]|$)")


def _is_new(type_: str) -> bool:
    """A condition of Excel 2010; those of data bars only refine what stands among the others."""
    return type_ != "dataBar"


def _said(lost: Mapping[str, int]) -> Iterator[str]:
    for what, count in lost.items():
        measure = _MEASURES.get(what, "")
        yield f"{what} {count} {measure}" if measure else what


def sentence(where: str, lost: Iterable[str]) -> str:
    """What cannot be taken over from a form, in one sentence."""
    return f"{where}上这些带不过来：{'、'.join(dict.fromkeys(lost))}。要用的请在写出的表上自己补"


def _read(package: Package, part: str, pictures: list[Picture], lost: "Counter[str]") -> None:
    """Adds what a drawing holds. One that cannot be read counts as one shape."""
    try:
        content = package.read(part, LARGEST)
        elements(content)  # well-formed, and without entities
        folder, _, name = part.rpartition("/")
        has_targets = f"{folder}/_rels/{name}.rels" in package
        targets = relations(package, part) if has_targets else {}
    except Refused:
        lost[_SHAPES] += 1
        return
    from xml.etree import ElementTree as Tree

    for anchor in Tree.fromstring(content):
        if not _name(anchor).endswith("Anchor"):
            continue
        for one in _objects(anchor):
            what = _name(one)
            if what == "pic" and _child(anchor, "pic") is not None:
                found = _picture(package, anchor, one, targets) if len(pictures) < MOST else _BROKEN
                if isinstance(found, Picture):
                    pictures.append(found)
                else:
                    lost[found] += 1
            elif what == "pic":
                lost[_OTHER] += 1
            elif what == "graphicFrame":
                lost[CHARTS] += 1
            else:
                lost[_SHAPES] += 1


def _objects(anchor: Any) -> Iterator[Any]:
    """What is drawn at an anchor, groups opened; of alternatives the first one counts."""
    open_ = list(anchor)
    while open_:
        one = open_.pop()
        name = _name(one)
        if name in {"sp", "pic", "cxnSp", "graphicFrame"}:
            yield one
        elif name in {"grpSp", "Choice"}:
            open_ += one
        elif name == "AlternateContent":
            open_ += one[:1]


def _picture(package: Package, anchor: Any, drawn: Any, targets: Mapping[str, tuple[str, str]]) -> Picture | str:
    """The picture, or why it is none of ours."""
    blip = next((one for one in drawn.iter() if _name(one) == "blip"), None)
    frame = next((one for one in drawn.iter() if _name(one) == "xfrm"), None)
    cut = next((one for one in drawn.iter() if _name(one) == "srcRect"), None)
    named = None if blip is None else next((value for key, value in blip.items() if key.endswith("}embed")), None)
    is_turned = frame is not None and any(frame.get(key) not in {None, "0"} for key in ("rot", "flipH", "flipV"))
    is_cut = cut is not None and any(cut.get(side) not in {None, "0"} for side in "ltrb")
    if named is None or named not in targets or is_turned or is_cut:
        return _OTHER
    part = targets[named][0]
    if part.rpartition(".")[2] not in _PICTURES:
        return _OTHER
    try:
        data = package.read(part, LARGEST)
        begin, end, size = _place(anchor)
    except (Refused, ValueError):
        return _BROKEN
    kind = _kind(data)
    if kind not in _PICTURES:
        return _BROKEN
    said = next((one.get("descr") for one in drawn.iter() if _name(one) == "cNvPr"), None)
    usual = {"oneCellAnchor": 2, "absoluteAnchor": _STAYS}.get(_name(anchor), 1)
    moves = {"oneCell": 2, "absolute": _STAYS}.get(anchor.get("editAs") or "", usual)
    return Picture(kind, data, begin, end, size, said or "", moves)


def _kind(data: bytes) -> str:
    """What XlsxWriter takes a picture for; empty for what it cannot read, has no end, or is a flood of pixels."""
    from xlsxwriter.image import Image

    try:
        image = Image(io.BytesIO(data))
    except Exception:  # whatever a broken file makes it raise
        return ""
    kind = str(image.image_type).lower().replace("jpg", "jpeg")
    end = {"png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9"}.get(kind, b"")
    return kind if 0 < image.width * image.height <= MOST_PIXELS and end in data[-4096:] else ""


def _place(anchor: Any) -> tuple[Corner, Corner | None, tuple[int, int]]:
    """Where it begins and ends, or its size. Raises `ValueError` for what is no place."""
    begin, end, extent, at = (_child(anchor, name) for name in ("from", "to", "ext", "pos"))
    size = (0, 0) if extent is None else (int(extent.get("cx", "")), int(extent.get("cy", "")))
    if begin is not None:
        return _corner(begin), None if end is None else _corner(end), size
    if at is None:
        raise ValueError
    return (0, 0, int(at.get("x", "")), int(at.get("y", ""))), None, size


def _corner(marker: Any) -> Corner:
    said = {_name(one): int(one.text or "") for one in marker}
    corner = said.get("row", 0), said.get("col", 0), said.get("colOff", 0), said.get("rowOff", 0)
    if min(corner[:2]) < 0:
        raise ValueError
    return corner[0], corner[1], max(corner[2], 0), max(corner[3], 0)


def _name(one: Any) -> str:
    return str(one.tag).rpartition("}")[2]


def _child(one: Any, name: str) -> Any:
    return next((child for child in one if _name(child) == name), None)

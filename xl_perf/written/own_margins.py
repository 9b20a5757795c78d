"""Pictures in the header and footer of an office's sheet: read from its file, and put into the 样表 that is made of it.

ECMA-376 Part 1, 18.3.1.38 (legacyDrawingHF) and Part 4, 19.1 (VML): a shape for each, called LH, CH, RH, LF, CF or RF
after its place. openpyxl knows nothing of them.
"""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.files.guard import Refused
from xl_perf.files.ooxml_package import OFFICE, PACKAGE, relations
from xl_perf.files.xml_parts import Element, elements
from xl_perf.files.zip_package import Package

SIDES: Final = {"L": "left", "C": "center", "R": "right"}
_PLACES: Final = frozenset(f"{side}{margin}" for side in SIDES for margin in "HF")
LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a picture that is taken over."""
_SIZE: Final = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9.]{1,9})\s*(pt|px|in|mm|cm)?")
_POINTS: Final = {"pt": 1.0, "px": 0.75, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "": 0.75}


class MarginPicture(NamedTuple):
    """A picture in a margin: its place as the file calls it, what kind of file it is, its bytes, its size in points."""

    place: str
    kind: str
    data: bytes
    width: float
    height: float


def margin_pictures(package: Package, part: str, sheet: Sequence[Element]) -> list[MarginPicture]:
    """The pictures in the margins of a worksheet, ready to be written; those that cannot be read are left out."""
    drawing = next((one.get_local("id") for one in sheet if one.name == "legacyDrawingHF"), "")
    try:
        target, _ = relations(package, part)[drawing]
        shapes = elements(package.read(target, LARGEST))
        pictures = relations(package, target)
    except (Refused, KeyError):
        return []
    found: list[MarginPicture] = []
    place, size = "", dict[str, float]()
    for one in shapes:
        if one.name == "shape":
            place = one.get("id")
            said = _SIZE.findall(one.get("style"))
            size = {name: float(number) * _POINTS[unit] for name, number, unit in said if number.count(".") <= 1}
        elif one.name == "imagedata" and one.get_local("relid") in pictures and size.keys() == {"width", "height"}:
            try:
                data = package.read(pictures[one.get_local("relid")][0], LARGEST)
            except Refused:
                continue
            found.append(MarginPicture(place, "", data, size["width"], size["height"]))
    return [one for one in found if one.place in _PLACES and one.width and one.height]


def put_margin_pictures(path: Path, part: str, pictures: Sequence[MarginPicture]) -> None:
    """Adds the pictures to a worksheet of a workbook that openpyxl has saved, whose header and footer mark them."""
    if not pictures:
        return
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    folder, _, name = part.rpartition("/")
    own = f"{folder}/_rels/{name}.rels"
    before = parts.get(own, f'<Relationships xmlns="{PACKAGE}"></Relationships>'.encode())
    parts[own] = _with(before, b"</Relationships>", _relation("margins", "vmlDrawing", "/xl/drawings/margins.vml"))
    said = f'<legacyDrawingHF xmlns:r="{OFFICE}" r:id="margins"/>'.encode()
    end = next(tag for tag in (b"<picture", b"<tableParts", b"<extLst", b"</worksheet>") if tag in parts[part])
    parts[part] = _with(parts[part], end, said)
    shapes, targets, types = [], [], {b"vml": b"application/vnd.openxmlformats-officedocument.vmlDrawing"}
    for number, one in enumerate(pictures, 1):
        target = f"/xl/media/margin{number}.{one.kind}"
        parts[target[1:]] = one.data
        targets.append(_relation(f"r{number}", "image", target))
        types[one.kind.encode()] = f"image/{one.kind}".encode()
        style = f"position:absolute;margin-left:0;margin-top:0;width:{one.width:g}pt;height:{one.height:g}pt"
        shapes.append(
            f'<v:shape id="{one.place}" o:spid="_x0000_s{1024 + number}" type="#_x0000_t75" style="{style}">'
            f'<v:imagedata o:relid="r{number}" o:title=""/></v:shape>'
        )
    parts["xl/drawings/margins.vml"] = f"{_VML}{''.join(shapes)}</xml>".encode()
    parts["xl/drawings/_rels/margins.vml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">'.encode() + b"".join(targets) + b"</Relationships>"
    )
    known = parts["[Content_Types].xml"]
    for ending, type_ in types.items():
        if b'Extension="%b"' % ending not in known:
            known = known.replace(
                b"<Default ", b'<Default Extension="%b" ContentType="%b"/><Default ' % (ending, type_), 1
            )
    parts["[Content_Types].xml"] = known
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(zipfile.ZipInfo(name, _WRITTEN), content, zipfile.ZIP_DEFLATED)


_WRITTEN: Final = (1980, 1, 1, 0, 0, 0)
_VML: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t75" coordsize="21600,21600" o:spt="75" o:preferrelative="t" filled="f" stroked="f">'
    '<v:path o:extrusionok="f" gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def _with(part: bytes, end: bytes, more: bytes) -> bytes:
    """The part with something more before its first such tag."""
    at = part.index(end)
    return part[:at] + more + part[at:]


def _relation(name: str, type_: str, target: str) -> bytes:
    return f'<Relationship Id="{name}" Type="{OFFICE}/{type_}" Target="{target}"/>'.encode()

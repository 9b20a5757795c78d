""".xlsx and .xlsm (and the .et files that WPS writes as such): the structure is read here, the cells by calamine.

ECMA-376 Part 1, 18.2 (workbook) and Part 2 (packages). Prefixes, quotes, absolute targets and the strict namespaces
make no difference. calamine gets a package with the worksheets that are wanted, and nothing else.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from xl_perf.books.formats import sheet_xml
from xl_perf.books.formats.extent import Extent, check_areas
from xl_perf.books.formats.guard import damaged
from xl_perf.books.formats.package import Package, stored
from xl_perf.books.formats.source import AUXILIARY, SheetSource, Source, Special
from xl_perf.books.formats.xml_parts import Element, elements, remembered
from xl_perf.books.kinds import DEPARTMENT, KIND_PROPERTY, TEMPLATE_PROPERTY

PROPERTIES: Final = "docprops/custom.xml"

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"

# calamine reserves room for as many strings as sharedStrings.xml claims to hold; a false claim aborts the process.
FALSE_COUNT: Final = re.compile(rb"ount\s*=\s*[\"'][^\"']{8}")


def open_ooxml(package: Package) -> Source:
    """Raises Refused (damaged, encrypted, unreadable)."""
    workbook = workbook_part(package)
    targets = relations(package, workbook)
    found: dict[str, list[Element]] = defaultdict(list)
    for element in elements(package.read(workbook)):
        found[element.name].append(element)
    kind, version = properties(package)
    date1904 = any(element.get("date1904") in ("1", "true") for element in found["workbookPr"])
    parts = shared_parts(package, targets)
    shared = tuple(parts)
    sheets: list[SheetSource] = []
    special: dict[int, Sequence[Special]] = {}
    notes: list[str] = []
    extents: list[Extent | None] = []
    for element in found["sheet"]:
        part = wanted_part(element, targets)
        name = element.get("name")
        if part is None or (kind == DEPARTMENT and name in AUXILIARY):
            continue
        sheet = sheet_xml.prepared(package.read(part))
        if sheet.special:
            special[len(sheets)] = sheet.special
        sheets.append(SheetSource(name, element.get("state", "visible") != "visible", sheet.merges))
        parts[f"xl/worksheets/sheet{len(sheets)}.xml"] = sheet.xml
        extents.append(sheet.extent)
        if sheet.extent and not sheet.extent.sane:
            notes.append(sheet.extent.note(name))
    check_areas(extents)
    packed = stored({**skeleton(len(sheets), date1904, shared), **parts})
    return Source(packed, sheets, special, defined_names(found["definedName"]), kind, version, notes)


def workbook_part(package: Package) -> str:
    """The name of the workbook part: xl/workbook.xml, unless the package's relations say otherwise."""
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    for target, type_ in relations(package, "").values():
        if type_ == "officeDocument" and target in package:
            return target
    raise damaged("缺少 xl/workbook.xml")


def relations(package: Package, part: str) -> Mapping[str, tuple[str, str]]:
    """Relation id -> part name and the last word of the relation's type, of one part or (``""``) of the package."""
    folder, name = posixpath.split(part)
    return named_relations(package.read(posixpath.join(folder, "_rels", f"{name}.rels")), folder)


@remembered
def named_relations(part: bytes, folder: str) -> Mapping[str, tuple[str, str]]:
    """The `relations` that a part names for those in a folder."""
    found = {}
    for element in elements(part):
        if element.name == "Relationship" and element.get("TargetMode") != "External":
            path = resolved(folder, element.get("Target").replace("\\", "/"))
            type_ = element.get("Type").rpartition("/")[2]
            found[element.get("Id")] = path, type_
    return found


def resolved(folder: str, target: str) -> str:
    """The part that a target names, seen from a part in this folder."""
    path = target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
    if "./" in path:
        path = posixpath.normpath(path)
    return path.lower()


def wanted_part(element: Element, targets: Mapping[str, tuple[str, str]]) -> str | None:
    """The part of a `sheet` element if it is a worksheet; None for chart, dialog and macro sheets."""
    if element.name != "sheet" or not element.get("sheetId"):
        return None
    part, type_ = targets.get(element.get("r:id") or element.get_local("id"), ("", ""))
    if not part:
        raise damaged("缺少工作表")
    return part if type_ == "worksheet" else None


def shared_parts(package: Package, targets: Mapping[str, tuple[str, str]]) -> dict[str, bytes]:
    """Shared strings and styles, under the names by which calamine looks for them."""
    parts = {}
    for part, type_ in targets.values():
        if type_ in ("sharedStrings", "styles") and part in package:
            parts[f"xl/{type_}.xml"] = package.read(part)
    if FALSE_COUNT.search(parts.get("xl/sharedStrings.xml", b"")):
        raise damaged("sharedStrings.xml")
    return parts


@lru_cache(maxsize=64)
def skeleton(sheets: int, date1904: bool, shared: tuple[str, ...]) -> Mapping[str, bytes]:
    """The parts around so many sheets and the `shared_parts`: only what calamine looks at."""
    numbers = range(1, sheets + 1)
    entries = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    links = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    links += [(name, name, f"{name}.xml") for name in ("sharedStrings", "styles") if f"xl/{name}.xml" in shared]
    return {
        "_rels/.rels": relationships([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="{int(date1904)}"/>'
            f"<sheets>{entries}</sheets></workbook>"
        ).encode(),
        "xl/_rels/workbook.xml.rels": relationships(links),
    }


def relationships(links: list[tuple[str, str, str]]) -> bytes:
    entries = (f'<Relationship Id="{i}" Type="{OFFICE}/{type_}" Target="{target}"/>' for i, type_, target in links)
    return f'<Relationships xmlns="{PACKAGE}">{"".join(entries)}</Relationships>'.encode()


def defined_names(found: Sequence[Element]) -> dict[str, str]:
    """The names of the whole book. Excel makes a sheet's own copies of them when a sheet is copied: not these."""
    return {
        element.attributes.get("name", ""): element.text.strip()
        for element in found
        if not element.attributes.get("localSheetId")
    }


def properties(package: Package) -> tuple[str, str]:
    """What xl-perf wrote the file as, and the template's version: custom properties (ECMA-376 Part 1, 15.2.12.2)."""
    part = package.read(PROPERTIES) if PROPERTIES in package else b""
    if KIND_PROPERTY.encode() not in part:
        return "", ""
    values: dict[str, str] = {}
    name = ""
    for element in elements(part):
        if element.name == "property":
            name = element.get("name")
        else:
            values[name] = element.text.strip()
    return values.get(KIND_PROPERTY, ""), values.get(TEMPLATE_PROPERTY, "")

"""The structure of an OOXML package: which part is which (ECMA-376 Part 2)."""

import posixpath
from collections.abc import Mapping
from typing import Final

from xl_perf.files.guard import damaged
from xl_perf.files.xml_parts import Element, elements, remembered
from xl_perf.files.zip_package import Package

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


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

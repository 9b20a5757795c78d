"""What xl-perf wrote a workbook as, from its document properties."""

from typing import Final

from xl_perf.files.own_files import KIND_PROPERTY, TEMPLATE_PROPERTY
from xl_perf.files.xml_parts import elements
from xl_perf.files.zip_package import Package

PROPERTIES: Final = "docprops/custom.xml"


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


def user_defined(package: Package) -> tuple[str, str]:
    """What xl-perf wrote the file as, and the template's version, as LibreOffice hands them on in meta.xml."""
    part = package.read("meta.xml") if "meta.xml" in package else b""
    if KIND_PROPERTY.encode() not in part:
        return "", ""
    values = {e.get_local("name"): e.text.strip() for e in elements(part) if e.name == "user-defined"}
    return values.get(KIND_PROPERTY, ""), values.get(TEMPLATE_PROPERTY, "")

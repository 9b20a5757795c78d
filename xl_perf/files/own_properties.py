"""What xl-perf wrote a workbook as, from its document properties."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from xl_perf.files.guard import COMPOUND_START
from xl_perf.files.own_files import (
    DEPARTMENT,
    GUIDE,
    KIND_PROPERTY,
    MARK_PROPERTY,
    MARKED,
    OWN_OUTPUTS,
    PROFILE_PROPERTY,
    TEMPLATE_PROPERTY,
)
from xl_perf.files.own_marks import has_marks
from xl_perf.files.xml_parts import elements
from xl_perf.files.zip_package import Package

LARGEST: Final = 1024 * 1024
"""Bytes of document properties that are looked at."""
PROPERTIES: Final = "docprops/custom.xml"
_NOT_TELLING: Final = frozenset({PROPERTIES, "[content_types].xml", "_rels/.rels"})
"""Parts that the fingerprint itself changes where it is written."""
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


class WrittenAs(NamedTuple):
    """What xl-perf wrote a file as, the version of its template, and the profile that somebody asked for."""

    kind: str = ""
    version: str = ""
    profile: str = ""


def properties(package: Package) -> WrittenAs:
    """What the custom properties of a package say (ECMA-376 Part 1, 15.2.12.2).

    A marked copy that somebody edited is again what it was a copy of.
    """
    part = _small(package, PROPERTIES)
    if KIND_PROPERTY.encode() not in part:
        return WrittenAs()
    values = _values(part)
    found = _written_as(values)
    is_edited = found.kind == MARKED and not _is_as_marked(package, part, values.get(MARK_PROPERTY))
    return _before_marking(found) if is_edited else found


def own_kind_of(data: bytes) -> str:
    """What xl-perf wrote a file with these bytes as; empty for anybody else's. A binary .xls does not tell.

    A 样表 of which somebody has filled in a copy is no 样表: no mark is left in it. Raises what the parsers raise for
    what is no package.
    """
    if data.startswith(COMPOUND_START):
        return ""
    package = Package(data)
    kind = (user_defined(package) if "meta.xml" in package else properties(package)).kind
    return "" if kind == GUIDE and not has_marks(data) else kind


def own_output_in(data: bytes) -> str:
    """What an output of ours with these bytes is called; empty for anything else, be it damaged."""
    try:
        return OWN_OUTPUTS.get(own_kind_of(data), "")
    except Exception:  # whatever a damaged file does to the parsers
        return ""


def stated_properties(package: Package) -> Mapping[str, str]:
    """The custom properties of a package as they stand there, if they name xl-perf."""
    part = package.read(PROPERTIES) if PROPERTIES in package else b""
    return _values(part) if KIND_PROPERTY.encode() in part else {}


def _values(part: bytes) -> dict[str, str]:
    values: dict[str, str] = {}
    name = ""
    for element in elements(part):
        if element.name == "property":
            name = element.get("name")
        else:
            values[name] = element.text.strip()
    return values


def user_defined(package: Package) -> WrittenAs:
    """The same as LibreOffice hands it on in meta.xml."""
    part = _small(package, "meta.xml")
    if KIND_PROPERTY.encode() not in part:
        return WrittenAs()
    values = {e.get_local("name"): e.text.strip() for e in elements(part) if e.name == "user-defined"}
    found = _written_as(values)
    # Marked copies are written as .xlsx and .xlsm: somebody has saved this one.
    return _before_marking(found) if found.kind == MARKED else found


def _small(package: Package, name: str) -> bytes:
    """A part of the document properties; nothing where it is far larger than such a part ever is."""
    return package.read(name) if name in package and package.checksum(name)[1] <= LARGEST else b""


def _written_as(values: Mapping[str, str]) -> WrittenAs:
    return WrittenAs(*(values.get(name, "") for name in (KIND_PROPERTY, TEMPLATE_PROPERTY, PROFILE_PROPERTY)))


def _before_marking(found: WrittenAs) -> WrittenAs:
    """What a marked copy was before: our outputs are never marked, and department workbooks name their template."""
    return found._replace(kind=DEPARTMENT if found.version else "")


# --- marked copies ---------------------------------------------------------------------------------------------


def written_property(name: str, value: str, number: int, prefix: str = "") -> str:
    """A custom property as marked copies have it."""
    return (
        f'<{prefix}property fmtid="{_FORMAT_ID}" pid="{number}" name="{name}">'
        f'<vt:lpwstr xmlns:vt="{_TYPES}">{value}</vt:lpwstr></{prefix}property>'
    )


_AS_0_1_WROTE_IT: Final = (
    rf'<(?:\w+:)?property fmtid="[^"]*" pid="\d+" name="{KIND_PROPERTY}">'
    rf'<vt:lpwstr xmlns:vt="{_TYPES}">{MARKED}<'.encode()
)


def fingerprint(checksums: Iterable[tuple[str, int, int]]) -> str:
    """What tells whether anybody has saved a package since: name, CRC-32 and length of its parts."""
    from hashlib import sha256

    told = sorted(f"{name} {checksum:08x} {length}" for name, checksum, length in checksums if name not in _NOT_TELLING)
    return sha256("\n".join(told).encode()).hexdigest()


def _is_as_marked(package: Package, part: bytes, marked: str | None) -> bool:
    """Nobody has saved the marked copy since it was written.

    Version 0.1 wrote no fingerprint. There the property itself tells: it declares its namespace on the value, and names
    ``fmtid`` first. Whatever program saves a workbook writes the part anew, with the namespace on the root element
    (Excel as XlsxWriter mimics it, LibreOffice) or with ``name`` first (openpyxl). A program that keeps the part byte
    for byte while it changes a sheet would not be noticed; none is known.
    """
    if marked is not None:
        return marked == fingerprint((name, *package.checksum(name)) for name in package)
    return re.search(_AS_0_1_WROTE_IT, part) is not None

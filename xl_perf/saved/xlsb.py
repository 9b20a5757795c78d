""".xlsb: the binary records of each sheet ([MS-XLSB] 2.1.4), looked through before calamine reads them."""

from collections.abc import Iterator
from struct import error as StructError
from struct import unpack_from
from typing import Final

from xl_perf.files.guard import damaged
from xl_perf.files.ooxml_package import relations
from xl_perf.files.own_properties import properties
from xl_perf.files.zip_package import Package, stored
from xl_perf.saved.extent import Extent, check_areas
from xl_perf.saved.ooxml import relationships
from xl_perf.saved.source import Source

# Record types ([MS-XLSB] 2.3.2): a row's header, cells (blank; RK number to formula error; rich text), a sheet's entry.
ROW, BLANK, END_SHEET_DATA, BUNDLE_SHEET = 0, 1, 0x92, 0x9C
CELLS: Final = frozenset({*range(2, 12), 0x3E})
LEAST: Final = {ROW: 4} | dict.fromkeys(CELLS, 8)
"""Bytes of a row number; of a column and a style."""


def open_xlsb(package: Package) -> Source:
    """Raises Refused (damaged, encrypted, unreadable)."""
    names = sheet_names(package)
    parts = {"_rels/.rels": relationships([("r1", "officeDocument", "xl/workbook.bin")])}
    for name, spelt in (
        ("xl/workbook.bin", "xl/workbook.bin"),
        ("xl/sharedstrings.bin", "xl/sharedStrings.bin"),
        ("xl/styles.bin", "xl/styles.bin"),
    ):
        if name in package:
            parts[spelt] = package.read(name)
    links = []
    extents = []
    notes = []
    for identifier, (part, type_) in relations(package, "xl/workbook.bin").items():
        if not part.startswith("xl/") or not part.endswith(".bin"):
            continue
        links.append((identifier, type_, part.removeprefix("xl/")))
        if type_ == "worksheet":
            parts[part], extent = looked_through(package.read(part))
            extents.append(extent)
            if not extent.sane:
                notes.append(extent.note(names.get(identifier, "")))
    parts["xl/_rels/workbook.bin.rels"] = relationships(links)
    check_areas(extents)
    kind, version = properties(package)
    return Source(stored(parts), kind=kind, template_version=version, notes=notes, sees_errors=False)


def records(part: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """Type, position of the record, position of its content. Types take one or two bytes, lengths one to four.

    Raises Refused (damaged) for a row or cell too short to say where it stands: calamine would take that from what
    the record before has left in memory.
    """
    position = 0
    end = len(part)
    while position < end:
        begin = position
        type_ = part[position]
        position += 1
        if type_ & 0x80:
            type_ = type_ & 0x7F | (part[position] & 0x7F) << 7
            position += 1
        length = 0
        for shift in (0, 7, 14, 21):
            byte = part[position]
            position += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        if position + length > end or length < LEAST.get(type_, 0):
            raise damaged()
        yield type_, begin, position
        position += length


def looked_through(raw: bytes) -> tuple[bytes, Extent]:
    """A sheet without the cells that calamine cannot bear, and how far its cells reach."""
    part = bytearray(raw)
    extent = Extent()
    strays = []
    row = 0
    try:
        for type_, begin, content in records(part):
            if type_ == ROW:
                row = unpack_from("<I", part, content)[0]
            elif type_ in CELLS and extent.add(row, unpack_from("<I", part, content)[0]):
                strays.append(begin)
            elif type_ == END_SHEET_DATA:
                break
    except (StructError, IndexError):
        raise damaged() from None
    if not extent.sane:
        for begin in strays:
            part[begin] = BLANK  # calamine passes over it, whatever it holds
    return bytes(part), extent


def sheet_names(package: Package) -> dict[str, str]:
    """Relation id -> sheet name (BrtBundleSh, [MS-XLSB] 2.4.304)."""
    part = package.read("xl/workbook.bin")
    names = {}
    try:
        for type_, _, at in records(part):
            if type_ == BUNDLE_SHEET:
                identifier, length = wide_string(part, at + 8)
                name, _ = wide_string(part, at + 8 + length)
                names[identifier] = name
    except (StructError, IndexError):
        raise damaged() from None
    return names


def wide_string(part: bytes, at: int) -> tuple[str, int]:
    """A text that stands behind its number of UTF-16 units, and how many bytes both take ([MS-XLSB] 2.5.168)."""
    units = unpack_from("<I", part, at)[0]
    if units == 0xFFFFFFFF:  # null
        return "", 4
    return part[at + 4 : at + 4 + units * 2].decode("utf-16-le", "replace"), 4 + units * 2

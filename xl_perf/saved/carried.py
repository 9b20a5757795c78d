"""What a workbook carries beside its cells: links, macros, objects of other programs. It is named, never followed.

Where it stands in each format: ECMA-376 Part 1, 12.3 (parts of SpreadsheetML) and [MS-OFFMACRO2]; [MS-XLS] 2.4.271
(SupBook) and 2.1.7 (storages of the file); OpenDocument 1.3 Part 3, 9.1.6, 9.3.1, 14.6 (links, DDE), Part 2, 3 (parts).
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

from xl_perf.core.cells.grid import Carried
from xl_perf.files.compound_file import Compound
from xl_perf.files.own_files import DEPARTMENT
from xl_perf.files.zip_package import Package

_PARTS: Final = (
    ("macros", ("xl/vbaproject.bin", "xl/macrosheets/", "xl/intlmacrosheets/")),
    ("object", ("xl/embeddings/",)),
    ("control", ("xl/activex/",)),
    ("connection", ("xl/connections.xml", "xl/connections.bin", "xl/querytables/")),
)
_LINK: Final = re.compile(r"xl/externallinks/(externallink\d+\.(?:xml|bin))")
_TARGET: Final = re.compile(rb"\sTarget\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DDE: Final = re.compile(rb"<(?:\w+:)?ddeLink\s[^>]*>")
_CALLING: Final = (b"dde(", b"dde ", b"service")
"""What a formula that reaches out holds, in small letters: a quick look, nearly no sheet has it."""
_FORMULAS: Final = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]{1,8192})<")
FORMULAS_IN_ODS: Final = re.compile(rb"\stable:formula=(?:\"([^\"]{1,8192})\"|'([^']{1,8192})')")
_QUOTED: Final = re.compile(r'"[^"]*"')
_REACHING: Final = re.compile(
    r"""(?P<dde>[A-Za-z][\w.]*\|\s*(?:'[^']*'|[^!'"\s|()]+)(?=!))|\b(?P<call>(?:DDE|WEBSERVICE)\s*\([^)]{0,200}\)?)""",
    re.IGNORECASE,
)
"""``cmd|'/C calc'!A0``, ``DDE("soffice";"a.ods";"A1")``, ``WEBSERVICE("http://…")``: OpenFormula 6.11, [MS-XLSX]."""
_FUTURE: Final = b"_xlfn.WEBSERVICE"
"""How .xls and .xlsb name the function; their DDE is a link of the workbook."""
_MOST_NAMED: Final = 100
_MOST: Final = 1_000_000
"""Bytes of one part that is looked at."""

_IN_ODS: Final = re.compile(rb"<table:(?:table-source|cell-range-source)\s[^>]*>")
_IN_FORMULA: Final = re.compile(rb"\[(?:&apos;|')([A-Za-z]{2,9}:[^'\"<>]{1,2000}?)(?:&apos;|')#")
"""A reference into another file; LibreOffice writes no more than this where it has not loaded that."""
_DDE_IN_ODS: Final = re.compile(rb"<office:dde-source\s[^>]*>")
_LIBRARY_LISTS: Final = ("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml")
_ENTRY: Final = re.compile(rb"<manifest:file-entry\s[^>]*>")
_OBJECT_IN_ODS: Final = re.compile(r"Object \d+/?")
_CHART: Final = "opendocument.chart"


def in_package(package: Package, kind: str, links: Sequence[str] = ()) -> tuple[Carried, ...]:
    """What an .xlsx, .xlsm or .xlsb carries; the macros of a department workbook of ours (``kind``) are its buttons.

    ``links`` are what its formulas reach out to.
    """
    found: dict[str, list[str]] = {"link": [*links]} if links else {}
    for name in package:
        link = _LINK.fullmatch(name)
        if link:
            found.setdefault("link", []).extend(_targets(package, name, link[1]))
        for what, starts in _PARTS:
            if name.startswith(starts) and not (what == "macros" and kind == DEPARTMENT):
                found.setdefault(what, [])
    return _sorted(found)


def _targets(package: Package, part: str, name: str) -> Iterator[str]:
    """Where a link leads; nothing where that cannot be told."""
    relations = f"xl/externallinks/_rels/{name}.rels"
    if relations in package and package.checksum(relations)[1] < _MOST:
        for target in _TARGET.finditer(package.read(relations)):
            yield _text(target[1] or target[2] or b"")
    elif name.endswith(".xml") and package.checksum(part)[1] < _MOST:
        for source in _DDE.findall(package.read(part)):
            yield f"DDE {_attribute(source, b'ddeService')}|{_attribute(source, b'ddeTopic')}"


def reaching_out(xml: bytes, formulas: "re.Pattern[bytes]" = _FORMULAS) -> list[str]:
    """What the formulas on a sheet fetch from other programs or the net; few sheets are looked at twice."""
    has_bar = b"|" in xml and any(one[-1:].isalnum() for one in xml.split(b"|")[:-1])
    small = xml.lower()
    if not has_bar and not any(one in small for one in _CALLING):
        return []
    found: dict[str, None] = {}
    for match in formulas.finditer(xml):
        formula = _text(next(filter(None, match.groups())))
        if any(one in formula.lower() for one in ("|", "dde", "webservice")):
            # In a text such characters say nothing, but for the place that a call is given.
            bare = _QUOTED.sub('""', formula)
            for one in _REACHING.finditer(bare):
                if one["dde"]:
                    found[f"DDE {one['dde']}"] = None
                else:
                    found[_called(one["call"], formula)] = None
        if len(found) >= _MOST_NAMED:
            break
    return list(found)


def _called(bare: str, formula: str) -> str:
    """The call with the texts that it is given."""
    name = bare.partition("(")[0].strip()
    whole = re.search(rf"\b{name}\s*\([^)]{{0,200}}\)?", formula, re.IGNORECASE)
    return whole[0] if whole else name


def future_calls(stream: bytes | bytearray) -> list[str]:
    """The same of an .xls or .xlsb, which names such functions once for all sheets."""
    return ["WEBSERVICE"] if _FUTURE in stream or _FUTURE.decode().encode("utf-16-le") in stream else []


def in_compound(compound: Compound, links: list[str]) -> tuple[Carried, ...]:
    """What an .xls carries; ``links`` are what its SupBook records name."""
    found: dict[str, list[str]] = {"link": links} if links else {}
    if "_vba_project_cur" in compound:
        found["macros"] = []
    if any(name.startswith("mbd") for name in compound):
        found["object"] = []
    if "ctls" in compound:
        found["control"] = []
    return _sorted(found)


def link_of(path: str) -> str | None:
    """What a SupBook record names by its encoded path ([MS-XLS] 2.5.277); None for what is in the workbook itself."""
    if not path.strip(" \0"):
        return None
    plain = path.replace("\x03", "\\").translate(dict.fromkeys(range(32)))
    if path.startswith("\x01"):
        return plain or None
    return f"DDE {path.replace(chr(3), '|', 1).translate(dict.fromkeys(range(32)))}" if "\x03" in path else plain


def in_ods(package: Package, content: bytes, manifest: bytes) -> tuple[Carried, ...]:
    """What an .ods carries, whose content and manifest these are."""
    found: dict[str, list[str]] = {}
    links = [_attribute(link, b"xlink:href") for link in _IN_ODS.findall(content)]
    links += [_text(link) for link in _IN_FORMULA.findall(content)]
    links += [
        f"DDE {_attribute(source, b'office:dde-application')}|{_attribute(source, b'office:dde-topic')}"
        for source in _DDE_IN_ODS.findall(content)
    ]
    links += reaching_out(content, FORMULAS_IN_ODS)
    if links:
        found["link"] = links
    for name in package:
        if name.startswith(("basic/", "scripts/")) and not name.endswith(("/", *_LIBRARY_LISTS)):
            found["macros"] = []
    for entry in _ENTRY.findall(manifest):
        place, kind = _attribute(entry, b"manifest:full-path"), _attribute(entry, b"manifest:media-type")
        if _OBJECT_IN_ODS.fullmatch(place) and kind.startswith("application/vnd.") and _CHART not in kind:
            found["object"] = []
    return _sorted(found)


def _sorted(found: dict[str, list[str]]) -> tuple[Carried, ...]:
    order = ("link", "connection", "macros", "object", "control")
    return tuple(Carried(what, tuple(dict.fromkeys(found[what]))) for what in order if what in found)


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    return _text(found[1] or found[2] or b"") if found else ""


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace")).strip()

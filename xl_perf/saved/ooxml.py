""".xlsx and .xlsm (and the .et files that WPS writes as such): the structure is read here, the cells by calamine.

ECMA-376 Part 1, 18.2 (workbook) and Part 2 (packages). Prefixes, quotes, absolute targets and the strict namespaces
make no difference. calamine gets a package with the worksheets that are wanted, and nothing else.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Final

from xl_perf.files.guard import damaged
from xl_perf.files.last_saved import last_saved
from xl_perf.files.ooxml_package import MAIN, OFFICE, PACKAGE, relations, wanted_part, workbook_part
from xl_perf.files.own_files import DEPARTMENT
from xl_perf.files.own_properties import properties
from xl_perf.files.xml_parts import Element, attributes_of, elements
from xl_perf.files.xml_text import as_utf8, without_comments
from xl_perf.files.zip_package import MAX_SHEET, Package, stored
from xl_perf.saved import sheet_xml
from xl_perf.saved.attached import attached_to
from xl_perf.saved.carried import in_package, reaching_out
from xl_perf.saved.conditional_formats import conditional_formats, conditional_styles
from xl_perf.saved.drawings import drawn_on
from xl_perf.saved.extent import check_areas, check_sheets
from xl_perf.saved.flood import refuse_flood
from xl_perf.saved.hidden_lines import hidden_lines, page_texts
from xl_perf.saved.never_calculated import never_calculated
from xl_perf.saved.number_styles import needed_styles, struck_styles, telling_styles
from xl_perf.saved.rich_text import as_it_looks
from xl_perf.saved.shared_strings import blank_strings
from xl_perf.saved.source import AUXILIARY, Facts, SheetSource, Source

HEADINGS: Final = ("一级指标".encode(), "三级指标".encode())
"""Of an indicator table, which no AUXILIARY sheet of ours has."""
CELLS: Final = b"sheetData"
"""The element that no worksheet lacks, be it empty."""
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"

# calamine reserves room for as many strings as sharedStrings.xml claims to hold; a false claim aborts the process.
LARGE_COUNT: Final = re.compile(rb"ount\s*=\s*[\"'][^\"']{8}")

SST: Final = re.compile(rb"""<(?:[\w.-]+:)?sst\s(?:[^>"']|"[^"]*"|'[^']*')*>""")
COUNT: Final = re.compile(rb"""(\s(?:uniqueC|c))ount(\s*=)""")


def open_ooxml(package: Package, left_out: Collection[str] = AUXILIARY) -> Source:
    """``left_out`` are sheets of a department workbook that are not read.

    Raises Refused (damaged, encrypted, unreadable)."""
    workbook = workbook_part(package)
    targets = relations(package, workbook)
    found: dict[str, list[Element]] = defaultdict(list)
    for element in elements(package.read(workbook)):
        found[element.name].append(element)
    own = properties(package)
    is_to_calculate = not own.kind and any(one.get("fullCalcOnLoad") in ("1", "true") for one in found["calcPr"])
    date1904 = any(element.get("date1904") in ("1", "true") for element in found["workbookPr"])
    parts = shared_parts(package, targets)
    shared = tuple(parts)
    styles = parts.get(STYLES, b"")
    struck, conditional = struck_styles(styles), conditional_styles(styles)
    parts |= {STYLES: needed_styles(styles)} if STYLES in parts else {}
    telling = telling_styles(parts.get(STYLES, b""), parts.get(STRINGS), struck)
    strings = parts.get(STRINGS, b"")
    headings = _as_values(strings)
    are_spelt_out = has_references(strings)
    blank = cache(partial(blank_strings, strings))
    sheets: list[SheetSource] = []
    facts: dict[int, Facts] = {}
    extents = []
    links: list[str] = []
    check_sheets(len(found["sheet"]))
    for element in found["sheet"]:
        part = wanted_part(element, targets)
        name = element.get("name")
        if part is None:
            continue
        xml = as_utf8(package.read(part, MAX_SHEET))
        if CELLS not in xml:
            raise damaged(part)
        links += reaching_out(xml)
        if (
            own.kind == DEPARTMENT
            and name in left_out
            and not (are_spelt_out or has_references(xml) or _shows_table(xml, headings))
        ):
            continue
        sheet = sheet_xml.prepared(xml, *telling)
        drawn = drawn_on(package, part, xml)
        surely = partial(sheet.surely, blank)
        special = [*sheet.special, *never_calculated(sheet.xml)] if is_to_calculate else sheet.special
        facts[len(sheets)] = Facts(
            special,
            sheet.merges,
            {**sheet.formats, **conditional_formats(xml, conditional)} if conditional else sheet.formats,
            sheet.filled,
            surely,
            *drawn,
            page_texts(xml),
            *hidden_lines(xml),
            sheet.extent.far(blank) if sheet.extent else None,
            attached_to(package, part, xml),
        )
        sheets.append(SheetSource(name, element.get("state", "visible") != "visible"))
        parts[f"xl/worksheets/sheet{len(sheets)}.xml"] = as_it_looks(sheet.xml)
        extents.append(sheet.extent)
    check_areas(extents)
    if STRINGS in parts:
        refuse_flood(parts[STRINGS], [part for name, part in parts.items() if name not in (STRINGS, STYLES)])
    packed = stored({**skeleton(len(sheets), date1904, shared), **parts})
    return Source(
        packed,
        sheets,
        facts,
        defined_names(found["definedName"]),
        own,
        modified=last_saved(package),
        carried=in_package(package, own.kind, links),
    )


def has_references(xml: bytes) -> bool:
    """Characters are spelled by their numbers. One byte is found, or missed, ten times as fast as two."""
    return b"#" in xml and b"&#" in xml


def _as_values(strings: bytes) -> list[bytes]:
    """What a cell with one of the `HEADINGS` holds: the number of the shared string."""
    found = [strings.find(b">%s<" % heading) for heading in HEADINGS]
    # <si> and </si> of every string before, and its own <si>.
    return [b"<v>%d</v>" % ((strings.count(b"si>", 0, at) - 1) // 2) for at in found if at > 0]


def _shows_table(xml: bytes, headings: Sequence[bytes]) -> bool:
    """An AUXILIARY sheet on which somebody has put a form: it is read after all."""
    of_strings = len(headings) == len(HEADINGS) and all(heading in xml for heading in headings)
    return of_strings or all(heading in xml for heading in HEADINGS)


def shared_parts(package: Package, targets: Mapping[str, tuple[str, str]]) -> dict[str, bytes]:
    """Shared strings and styles, under the names by which calamine looks for them."""
    parts = {}
    for part, type_ in targets.values():
        if type_ in ("sharedStrings", "styles") and part in package:
            parts[f"xl/{type_}.xml"] = as_utf8(package.read(part))
    if STRINGS in parts:
        parts[STRINGS] = as_it_looks(without_false_count(without_comments(parts[STRINGS])))
    return parts


def without_false_count(strings: bytes) -> bytes:
    """The shared strings, claiming nothing where they claim to be more than any book has."""
    # A text may hold the same characters: only then the claim itself is looked at.
    if LARGE_COUNT.search(strings) and any(
        len(claim) >= 8
        for attributes in attributes_of(strings, "sst")
        for name, claim in attributes.items()
        if "ount" in name
    ):
        return SST.sub(lambda tag: COUNT.sub(rb"\1none\2", tag[0]), strings)
    return strings


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

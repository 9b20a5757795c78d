""".ods: content.xml (OpenDocument 1.3 Part 3, chapter 9) looked through before calamine reads it.

calamine takes `table:` and `office:` for the prefixes, as every office program writes them, and so do these modules.
"""

import re
from typing import Final

from xl_perf.files.guard import GIVE_A_WORKBOOK, Refused, damaged, encrypted
from xl_perf.files.last_saved import last_saved
from xl_perf.files.own_properties import user_defined
from xl_perf.files.xml_parts import elements, refuse_ill_formed
from xl_perf.files.xml_text import as_utf8, without_comments
from xl_perf.files.zip_package import Package, stored
from xl_perf.saved.carried import in_ods
from xl_perf.saved.extent import check_areas
from xl_perf.saved.flood import MOST, flood
from xl_perf.saved.ods_formats import telling_cell_styles
from xl_perf.saved.ods_pages import page_texts
from xl_perf.saved.ods_rich_text import as_it_looks
from xl_perf.saved.ods_tables import edited, read_tables
from xl_perf.saved.source import Source

MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
SPREADSHEET: Final = b"<office:spreadsheet"
MANIFEST: Final = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'

WHITE_SPACE: Final = re.compile(rb">\s+(?=<(?:/?(?:table|office|draw|form|svg|dc|calcext|loext):|text:[ph][\s/>]))")
"""Between elements, as Gnumeric and SheetJS write it: calamine takes it for content. Within paragraphs it stays."""
LINE_BREAK: Final = re.compile(rb"<text:line-break\s*/>")
RUBY: Final = re.compile(rb"<text:ruby-text(?:\s[^<>]*(?<!/))?>.*?</text:ruby-text>", re.DOTALL)
TAB: Final = re.compile(rb"<text:tab\s*/>")
ATTRIBUTE: Final = rb"""\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')"""
MANY_SPACES: Final = re.compile(rb"<text:s(?:" + ATTRIBUTE + rb")*?\s+text:c\s*=\s*[\"'][^\"']{5}")
NAMED: Final = re.compile(rb"<table:named-range\s([^>]*)>")
ADDRESS: Final = re.compile(r"\$?('(?:[^']|'')+'|[^.'$]+)\.(\$?[A-Z]+\$?[0-9]+)(?::\.?(\$?[A-Z]+\$?[0-9]+))?")


def open_ods(package: Package) -> Source:
    """Raises Refused (damaged, encrypted, not-a-workbook, unreadable)."""
    # LibreOffice 24.8 and later encrypt the whole package, older ones its parts.
    manifest = package.read("meta-inf/manifest.xml") if "meta-inf/manifest.xml" in package else b""
    if "encrypted-package" in package or b"encryption-data" in manifest:
        raise encrypted()
    # Some exporters leave it out.
    is_other = "mimetype" in package and not package.read("mimetype").startswith(MIMETYPE)
    content = b"" if is_other else without_comments(as_utf8(package.read("content.xml")))
    if SPREADSHEET not in content:
        raise Refused("not-a-workbook", "不是工作簿，是别的 OpenDocument 文档", GIVE_A_WORKBOOK)
    # Instructions are never written, and could hide tags. And calamine writes out every space.
    if content.count(b"<?") > 1 or MANY_SPACES.search(content):
        raise damaged("content.xml")
    refuse_ill_formed(content)
    content = as_it_looks(package, tidied(content))
    tables = list(read_tables(content, telling_cell_styles(package, content)))
    check_areas([table.extent for table in tables])
    if sum(table.text for table in tables) > MOST:
        raise flood()
    said = page_texts(package, content)
    parts = {"mimetype": MIMETYPE, "META-INF/manifest.xml": MANIFEST, "content.xml": edited(content, tables)}
    return Source(
        stored(parts),
        facts={place: table.facts()._replace(around=said.get(table.name, ())) for place, table in enumerate(tables)},
        names=named_ranges(content),
        written_as=user_defined(package),
        modified=last_saved(package),
        carried=in_ods(package, content, manifest),
    )


def tidied(content: bytes) -> bytes:
    """No white space between elements, and no phonetic guides; line breaks and tabs as characters.

    calamine drops the elements of these, and joins a guide (OpenDocument 1.3 Part 3, 6.4) to the text below it.
    """
    content = WHITE_SPACE.sub(b">", content)
    if b"<text:ruby-text" in content:
        content = RUBY.sub(b"", content)
    if b"<text:line-break" in content or b"<text:tab" in content:
        content = TAB.sub(b"\t", LINE_BREAK.sub(b"\n", content))
    return content


def named_ranges(content: bytes) -> dict[str, str]:
    """The names of the whole book, which stand after the last sheet, with references as Excel writes them."""
    names = {}
    for match in NAMED.finditer(content, content.rfind(b"</table:table>") + 1):
        element = elements(b'<a xmlns:table="t" ' + match[1].rstrip(b"/") + b"/>")[0]
        address = ADDRESS.fullmatch(element.get_local("cell-range-address"))
        if address:
            sheet, first, last = address.groups()
            names[element.get_local("name")] = f"{sheet}!{first}" + (f":{last}" if last else "")
    return names

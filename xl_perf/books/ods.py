""".ods: content.xml (OpenDocument 1.3 Part 3, 9.1) looked through before calamine reads it.

calamine takes `table:` and `office:` for the prefixes, as all office programs write them, and so does this module.
Rows and cells that are repeated are what makes sheets large here: everything is counted as calamine expands it.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from xl_perf.books.extent import WINDOW_COLUMNS, WINDOW_ROWS, Extent, check_areas
from xl_perf.books.guard import Refused, damaged, encrypted
from xl_perf.books.ooxml import KIND, TEMPLATE
from xl_perf.books.package import Package, stored
from xl_perf.books.sheet_xml import Special
from xl_perf.books.source import SheetSource, Source
from xl_perf.books.xml_parts import elements
from xl_perf.core.grid import ErrorValue, NoValue

MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST: Final = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'

# A quoted attribute may hold ">"; one that is cut short could hide how often a cell is repeated.
ATTRIBUTES = rb"""((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)"""
TAG: Final = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])" + ATTRIBUTES + rb"(/?)>")
REPEATED: Final = re.compile(rb"""(table:number-(?:rows|columns)-repeated\s*=\s*["'])([^"']*)""")
VALUE: Final = re.compile(rb"""\boffice:(?:value|[a-z]+-value)\s*=""")
TYPE: Final = re.compile(rb"""\boffice:value-type\s*=\s*["']([a-z]*)""")
FORMULA: Final = re.compile(rb"""\btable:formula\s*=\s*(?:"([^"]*)"|'([^']*)')""")
ERROR: Final = re.compile(rb"""\bcalcext:value-type\s*=\s*["']error""")
COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
SPACES: Final = re.compile(rb"text:c\s*=\s*[\"'][^\"']{5}")
MARKUP: Final = re.compile(rb"<[^>]*>")
ERROR_TEXT: Final = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!)|Err:\d+")
NAMED: Final = re.compile(r"\$?('(?:[^']|'')+'|[^.'$]+)\.(\$?[A-Z]+\$?[0-9]+)(?::\.?(\$?[A-Z]+\$?[0-9]+))?")


def open_ods(package: Package) -> Source:
    """Raises Refused (damaged, encrypted, not-a-workbook, unreadable)."""
    if "encrypted-package" in package or b"encryption-data" in package.read("meta-inf/manifest.xml"):
        raise encrypted()
    if not package.read("mimetype").startswith(MIMETYPE):
        remedy = "请给出工作簿文件（.xlsx .xlsm .xlsb .xls .et .ods）"
        raise Refused("not-a-workbook", "不是工作簿，是别的 OpenDocument 文档", remedy)
    content = COMMENT.sub(b"", package.read("content.xml"))
    # Neither is ever written; both could hide tags from the expressions above. And calamine writes out every space.
    if b"<!" in content or content.count(b"<?") > 1 or SPACES.search(content):
        raise damaged("content.xml")
    content, tables = looked_through(content)
    check_areas([table.extent for table in tables])
    parts = {"mimetype": MIMETYPE, "META-INF/manifest.xml": MANIFEST, "content.xml": content}
    names = [element.get_local("name") for element in elements(content) if element.name == "table"]
    notes = [t.extent.note(name) for t, name in zip(tables, names, strict=True) if not t.extent.sane]
    kind, version = properties(package)
    sheets = [SheetSource(name, False, table.special) for name, table in zip(names, tables, strict=True)]
    return Source(stored(parts), sheets, named_ranges(content), kind, version, notes)

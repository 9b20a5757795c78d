""".ods: content.xml (OpenDocument 1.3 Part 3, chapter 9) looked through before calamine reads it.

calamine takes `table:` and `office:` for the prefixes, as every office program writes them, and so does this module.
Repeated rows and cells are what makes sheets large here; they are counted as calamine expands them.
"""

import re
from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.grid import ErrorValue, NoValue
from xl_perf.files.guard import GIVE_A_WORKBOOK, Refused, damaged, encrypted
from xl_perf.files.own_properties import user_defined
from xl_perf.files.xml_parts import elements, refuse_ill_formed
from xl_perf.files.zip_package import Package, stored
from xl_perf.saved.extent import SANE_AREA, WINDOW_COLUMNS, WINDOW_ROWS, Extent, check_areas
from xl_perf.saved.source import Source, Special

MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST: Final = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'

START: Final = re.compile(rb"</?table:(?:table-row|table-cell|covered-table-cell|table)(?=[\s/>])")
# A quoted attribute may hold ">": a tag that is cut short there could hide how often a cell is repeated. No program
# writes so many attributes; without that bound they would all have to be kept for going back.
TAG: Final = re.compile(
    rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])"
    rb"""((?:[^>"']*+(?:"[^"]*+"|'[^']*+')){0,64}[^>"']*+)>"""
)
REPEATED: Final = re.compile(rb"""(table:number-(?:rows|columns)-repeated\s*=\s*["'])([^"']*)""")
VALUE: Final = re.compile(rb"\boffice:(?:value|[a-z]+-value)\s*=")
IS_TEXT: Final = re.compile(rb"""\boffice:value-type\s*=\s*["']string""")
IS_ERROR: Final = re.compile(rb"""\bcalcext:value-type\s*=\s*["']error""")
FORMULA: Final = re.compile(rb"""\btable:formula\s*=\s*(?:"([^"]*)"|'([^']*)')""")
NAME: Final = re.compile(rb"""\btable:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
MANY_SPACES: Final = re.compile(rb"text:c\s*=\s*[\"'][^\"']{5}")
MARKUP: Final = re.compile(rb"<[^>]*>")
ERROR_TEXT: Final = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!)|Err:[0-9]+")
NAMED: Final = re.compile(rb"<table:named-range\s([^>]*)>")
ADDRESS: Final = re.compile(r"\$?('(?:[^']|'')+'|[^.'$]+)\.(\$?[A-Z]+\$?[0-9]+)(?::\.?(\$?[A-Z]+\$?[0-9]+))?")

MAX_REPEATED_SPECIALS: Final = 10_000


def open_ods(package: Package) -> Source:
    """Raises Refused (damaged, encrypted, not-a-workbook, unreadable)."""
    # LibreOffice 24.8 and later encrypt the whole package, older ones its parts.
    if "encrypted-package" in package or b"encryption-data" in package.read("meta-inf/manifest.xml"):
        raise encrypted()
    if not package.read("mimetype").startswith(MIMETYPE):
        raise Refused("not-a-workbook", "不是工作簿，是别的 OpenDocument 文档", GIVE_A_WORKBOOK)
    content = COMMENT.sub(b"", package.read("content.xml"))
    # Neither CDATA nor instructions are ever written, and both could hide tags. And calamine writes out every space.
    if b"<!" in content or content.count(b"<?") > 1 or MANY_SPACES.search(content):
        raise damaged("content.xml")
    refuse_ill_formed(content)
    tables = list(read_tables(content))
    check_areas([table.extent for table in tables])
    parts = {"mimetype": MIMETYPE, "META-INF/manifest.xml": MANIFEST, "content.xml": without_strays(content, tables)}
    kind, version = user_defined(package)
    return Source(
        stored(parts),
        names=named_ranges(content),
        kind=kind,
        template_version=version,
        notes=[note for table in tables if (note := table.note())],
        special={index: table.special for index, table in enumerate(tables) if table.special},
    )


class Table:
    """One sheet: where calamine's counting stands, and what was found."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.extent = Extent()
        self.special: list[Special] = []
        self.edits: list[tuple[int, int, bytes]] = []
        self.row = self.column = 0
        self.rows = 1
        self._written = 0

    @property
    def sane(self) -> bool:
        return self.extent.sane and self._written <= SANE_AREA

    def note(self) -> str:
        return "" if self.extent.sane else self.extent.note(self.name)

    def start_row(self, tag: re.Match[bytes]) -> None:
        self.column = 0
        self.rows = self._repeated(tag, WINDOW_ROWS - self.row)

    def end_row(self) -> None:
        self._written += self.column
        self.row += self.rows

    def add_cell(self, tag: re.Match[bytes], end: int, body: bytes) -> None:
        """Takes in a cell that begins with this tag and ends there."""
        attributes = tag[3]
        columns = self._repeated(tag, WINDOW_COLUMNS - self.column)
        has_formula = b"table:formula" in attributes
        if has_formula or b"office:" in attributes:
            self.extent.add(self.row + self.rows - 1, self.column + columns - 1)
            if has_formula or b"error" in attributes:
                self._note_special(hidden_value(attributes, body), columns)
        if self.row >= WINDOW_ROWS or self.column >= WINDOW_COLUMNS:
            self.edits.append((tag.start(), end, b""))
        self.column += columns

    def _note_special(self, value: ErrorValue | NoValue | None, columns: int) -> None:
        if value is None or self.rows * columns > MAX_REPEATED_SPECIALS:
            return
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + columns):
                if row < WINDOW_ROWS and column < WINDOW_COLUMNS:
                    self.special.append((row, column, value))

    def _repeated(self, tag: re.Match[bytes], room: int) -> int:
        """How often a row or cell is repeated; notes the edit that makes it end with the window."""
        if b"-repeated" not in tag[3]:
            return 1
        found = list(REPEATED.finditer(tag[3]))
        # The last of several wins here and the first for calamine, if they are in quotes: the largest is safe.
        times = max((int(match[2]) for match in found), default=1)
        if 0 < room < times:
            begin = tag.start(3)
            self.edits += [(begin + m.start(2), begin + m.end(2), str(room).encode()) for m in found]
        return max(times, 1)


def read_tables(content: bytes) -> Iterator[Table]:
    """The sheets in their order. Raises Refused (damaged)."""
    table: Table | None = None
    for tag, end, body in outer_tags(content):
        closing, name, closed = tag[1], tag[2], tag[3].endswith(b"/")
        if name == b"table":
            if table and closing:
                yield table
            # calamine leaves out tables without a name, such as stored copies of linked ones.
            named = NAME.search(tag[3])
            table = None if closing or not named else Table(unescaped(named))
        elif table is None:
            continue
        elif name != b"table-row":
            table.add_cell(tag, end, body)
        else:
            if not closing:
                table.start_row(tag)
            if closing or closed:
                table.end_row()


def outer_tags(content: bytes) -> Iterator[tuple[re.Match[bytes], int, bytes]]:
    """The tags of tables and rows, and each cell as its start tag, its end and its body.

    Whatever stands inside a cell, such as a table in a table, calamine passes over.
    """
    cell: re.Match[bytes] | None = None
    depth = tags = 0
    for tag in TAG.finditer(content):
        tags += 1
        is_open_cell = tag[2].endswith(b"cell") and not tag[3].endswith(b"/")
        if cell is None:
            if is_open_cell:
                cell, depth = tag, 1
            else:
                yield tag, tag.end(), b""
        elif is_open_cell:
            depth += -1 if tag[1] else 1
            if not depth:
                yield cell, tag.end(), content[cell.end() : tag.start()]
                cell = None
    if tags != len(START.findall(content)):
        raise damaged("content.xml")


def hidden_value(attributes: bytes, body: bytes) -> ErrorValue | NoValue | None:
    """The error value of a cell, or the formula without a result, that calamine would show as ''."""
    formula = FORMULA.search(attributes)
    is_text = IS_TEXT.search(attributes)
    # LibreOffice gives an empty text no type, but a paragraph.
    if formula and not is_text and not VALUE.search(attributes) and b"<text:p" not in body:
        return NoValue(unescaped(formula))
    if IS_ERROR.search(attributes) or (formula and is_text):
        text = MARKUP.sub(b"", body).decode("utf-8", "replace").strip()
        # Excel marks an error only by the text of its formula.
        if IS_ERROR.search(attributes) or ERROR_TEXT.fullmatch(text):
            return ErrorValue(text)
    return None


def without_strays(content: bytes, tables: list[Table]) -> bytes:
    edits = sorted(edit for table in tables if not table.sane for edit in table.edits)
    pieces = []
    position = 0
    for begin, end, instead in edits:
        if begin >= position:  # else inside a cell that is taken out
            pieces += [content[position:begin], instead]
            position = end
    return b"".join((*pieces, content[position:]))


def unescaped(match: re.Match[bytes]) -> str:
    """The text of an attribute, of which either group 1 or group 2 is set."""
    raw = match[1] or match[2] or b""
    return elements(b'<a b="' + raw.replace(b'"', b"&quot;") + b'"/>')[0].get("b") if raw else ""


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

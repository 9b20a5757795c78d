"""The sheets of an OpenDocument spreadsheet: how far their cells reach, and what calamine must not see of them.

Repeated rows and cells are what makes sheets large here; they are counted as calamine expands them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.grid import Lines
from xl_perf.core.cells.number_formats import STRUCK
from xl_perf.files.guard import damaged
from xl_perf.saved.extent import SANE_AREA, WINDOW_COLUMNS, WINDOW_ROWS, Extent, clipped
from xl_perf.saved.ods_cells import (
    NUMBER,
    drawings,
    format_of_type,
    hidden_value,
    span,
    surely_holds,
    truth_value,
    unescaped,
)
from xl_perf.saved.ods_drawings import drawn_in
from xl_perf.saved.source import Facts, Special

START: Final = re.compile(rb"</?table:(?:table-row|table-cell|covered-table-cell|table)(?=[\s/>])")
# A quoted attribute may hold ">": a tag that is cut short there could hide how often a cell is repeated. No program
# writes so many attributes; without that bound they would all have to be kept for going back.
TAG: Final = re.compile(
    rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])"
    rb"""((?:[^>"']*+(?:"[^"]*+"|'[^']*+')){0,64}[^>"']*+)>"""
)
REPEATED: Final = re.compile(rb"""(table:number-(?:rows|columns)-repeated\s*=\s*["'])([^"']*)""")
NAME: Final = re.compile(rb"""\btable:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
STYLE: Final = re.compile(rb"""\btable:style-name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
DEFAULT_STYLE: Final = re.compile(rb"""\btable:default-cell-style-name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
COLUMN: Final = re.compile(rb"<table:table-column(?=[\s/>])([^<>]*)>")
HIDDEN: Final = re.compile(rb"""\btable:visibility\s*=\s*["'](?:collapse|filter)["']""")
"""Of a row or of columns: hidden by hand, or by a filter."""

SPACES: Final = re.compile(rb"""\btext:c\s*=\s*["']([0-9]{1,4})["']""")

MAX_REPEATED: Final = 10_000
"""Cells alike of which each is noted; nobody means more of them."""

Edit = tuple[int, int, bytes]
"""Where a piece of content.xml begins and ends, and what stands there instead."""


class Table:
    """One sheet: where calamine's counting stands, and what was found."""

    def __init__(self, name: str, telling: Mapping[str, str], column_styles: Sequence[str], hidden: Lines = ()) -> None:
        self.name = name
        self.extent = Extent()
        self.row = self.column = 0
        self.rows = 1
        self._telling = telling
        self._column_styles = column_styles
        self._row_style = ""
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns = hidden
        self._special: list[Special] = []
        self._formats: dict[tuple[int, int], str] = {}
        self._merges: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._filled = 0
        self._edits: list[Edit] = []
        self._edits_of_large: list[Edit] = []
        self._written = 0
        self._pictures = 0
        self._boxes: list[str] = []
        self.text = 0
        """Bytes of all cells with content, as often as they are repeated."""

    @property
    def edits(self) -> list[Edit]:
        """What calamine must not see, or cannot bear."""
        is_sane = self.extent.sane and self._written <= SANE_AREA
        return self._edits if is_sane else self._edits_of_large

    def facts(self) -> Facts:
        hidden = tuple(self._hidden_rows), self._hidden_columns
        merges = clipped(self._merges)
        return Facts(
            self._special,
            merges,
            self._formats,
            self._filled,
            pictures=self._pictures,
            boxes=tuple(self._boxes),
            hidden_rows=hidden[0],
            hidden_columns=hidden[1],
            far=self.extent.far(),
        )

    def start_row(self, tag: re.Match[bytes]) -> None:
        self.column = 0
        self.rows = self._repeated(tag, WINDOW_ROWS - self.row)
        if b"visibility" in tag[3] and HIDDEN.search(tag[3]):
            with_run(self._hidden_rows, self.row, self.rows)
        if self._telling:
            default = DEFAULT_STYLE.search(tag[3])
            self._row_style = unescaped(default) if default else ""

    def end_row(self) -> None:
        self._written += self.column
        self.row += self.rows

    def add_cell(self, tag: re.Match[bytes], end: int, body: bytes) -> None:
        """Takes in a cell that begins with this tag and ends there."""
        room = WINDOW_COLUMNS - self.column
        columns = self._repeated(tag, room)
        holds_something = b"table:formula" in tag[3] or b"office:" in tag[3]
        if tag[2] == b"covered-table-cell":
            if holds_something or body:
                self._edits.append((tag.start(), end, covered(columns)))
                self._edits_of_large.append((tag.start(), end, covered(min(columns, max(room, 1)))))
        elif holds_something:
            self._take_in(tag[3], body, columns)
            self.text += (end - tag.start() + spaces(body)) * min(self.rows, WINDOW_ROWS) * min(columns, WINDOW_COLUMNS)
            for first, last in drawings(body) if b"<draw:" in body else ():
                self._edit((tag.end() + first, tag.end() + last, b""))
        if b"<draw:" in body:
            self.add_drawings(b"".join(body[first:last] for first, last in drawings(body)))
        if b"-spanned" in tag[3]:
            rows, width = span(tag[3])
            self._merges.append(((self.row, self.column), (self.row + rows - 1, self.column + width - 1)))
        if self.row >= WINDOW_ROWS or room <= 0:
            self._edits_of_large.append((tag.start(), end, b""))
        self.column += columns

    def add_drawings(self, drawn: bytes) -> None:
        pictures, boxes = drawn_in(drawn)
        self._pictures += pictures
        self._boxes += boxes

    def _edit(self, edit: Edit) -> None:
        self._edits.append(edit)
        self._edits_of_large.append(edit)

    def _take_in(self, attributes: bytes, body: bytes, columns: int) -> None:
        """Notes what a cell with content tells beside its value."""
        is_far = self.extent.add(self.row + self.rows - 1, self.column + columns - 1)
        value = None
        if b"table:formula" in attributes or b"error" in attributes:
            value = hidden_value(attributes, body)
            if value is not None:
                self._special += [(row, column, value) for row, column in self._places(columns)]
        if value is None and surely_holds(attributes, body):
            if is_far:
                self.extent.far_filled += self.rows * columns
            else:
                self._filled += self.rows * columns
        truth = truth_value(attributes, body) if value is None else None
        if truth is not None:
            self._special += [(row, column, truth) for row, column in self._places(columns)]
        code = self._telling.get(self._style_of(attributes), "") if self._telling else ""
        if code != STRUCK:
            code = (code or format_of_type(attributes)) if NUMBER.search(attributes) else ""
        if code:
            self._formats.update((place, code) for place in self._places(columns))

    def _style_of(self, attributes: bytes) -> str:
        named = STYLE.search(attributes)
        if named:
            return unescaped(named)
        by_column = self._column_styles[self.column] if self.column < len(self._column_styles) else ""
        return self._row_style or by_column

    def _places(self, columns: int) -> Iterator[tuple[int, int]]:
        """Where the cells stand that a repeated one means, as far as the window reaches."""
        if self.rows * columns > MAX_REPEATED:
            return
        for row in range(self.row, min(self.row + self.rows, WINDOW_ROWS)):
            for column in range(self.column, min(self.column + columns, WINDOW_COLUMNS)):
                yield row, column

    def _repeated(self, tag: re.Match[bytes], room: int) -> int:
        """How often a row or cell is repeated; notes the edit that makes it end with the window."""
        if b"-repeated" not in tag[3]:
            return 1
        found = list(REPEATED.finditer(tag[3]))
        # The last of several wins here and the first for calamine, if they are in quotes: the largest is safe.
        times = max((int(match[2]) for match in found), default=1)
        if 0 < room < times:
            begin = tag.start(3)
            self._edits_of_large += [(begin + m.start(2), begin + m.end(2), str(room).encode()) for m in found]
        return max(times, 1)


def spaces(body: bytes) -> int:
    """The spaces that elements in a cell stand for; `open_ods` sees to it that none stands for very many."""
    return sum(map(int, SPACES.findall(body))) if b"text:c" in body else 0


def covered(columns: int) -> bytes:
    """So many cells that are hidden under a merged one, and hold nothing."""
    return b'<table:covered-table-cell table:number-columns-repeated="%d"/>' % columns


def read_tables(content: bytes, telling: Mapping[str, str]) -> Iterator[Table]:
    """The sheets in their order. Raises Refused (damaged).

    `telling` are the number formats to be reported, by the names of the cell styles that have them.
    """
    table: Table | None = None
    for tag, end, body in outer_tags(content):
        closing, name, closed = tag[1], tag[2], tag[3].endswith(b"/")
        if name == b"table":
            if table and closing:
                yield table
            # calamine leaves out tables without a name, such as stored copies of linked ones.
            named = NAME.search(tag[3])
            table = None
            if named and not closing:
                columns = columns_of(content, tag.end())
                styles = column_styles(columns) if telling else ()
                table = Table(unescaped(named), telling, styles, hidden_columns(columns))
                table.add_drawings(shapes_of(content, tag.end()))
        elif table is None:
            continue
        elif name != b"table-row":
            if not closing:
                table.add_cell(tag, end, body)
        else:
            if not closing:
                table.start_row(tag)
            if closing or closed:
                table.end_row()


def shapes_of(content: bytes, begin: int) -> bytes:
    """What is drawn on a sheet as a whole, which stands before its first row (9.2.8)."""
    end = content.find(b"<table:table-row", begin)
    shapes = content.find(b"<table:shapes", begin, end if end >= 0 else len(content))
    return content[shapes : max(content.find(b"</table:shapes>", shapes), shapes)] if shapes >= 0 else b""


def columns_of(content: bytes, begin: int) -> list[tuple[bytes, int]]:
    """The attributes of each column and how often it is repeated; columns stand before the first row."""
    found = []
    for tag in COLUMN.finditer(content, begin, max(content.find(b"<table:table-row", begin), begin)):
        repeated = REPEATED.search(tag[1])
        found.append((tag[1], int(repeated[2]) if repeated and repeated[2].isdigit() else 1))
    return found


def column_styles(columns: Sequence[tuple[bytes, int]]) -> list[str]:
    """The style of each column for cells that name none."""
    styles: list[str] = []
    for attributes, times in columns:
        default = DEFAULT_STYLE.search(attributes)
        styles += [unescaped(default) if default else ""] * min(times, WINDOW_COLUMNS - len(styles))
    return styles


def hidden_columns(columns: Sequence[tuple[bytes, int]]) -> Lines:
    runs: list[tuple[int, int]] = []
    at = 0
    for attributes, times in columns:
        if HIDDEN.search(attributes):
            with_run(runs, at, times)
        at += times
    return tuple(runs)


def with_run(runs: list[tuple[int, int]], first: int, number: int) -> None:
    """Adds so many rows or columns to runs of them; what follows the last run at once belongs to it."""
    begin = runs.pop()[0] if runs and runs[-1][1] == first - 1 else first
    runs.append((begin, first + number - 1))


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


def edited(content: bytes, tables: Sequence[Table]) -> bytes:
    """The content without what calamine must not see."""
    pieces = []
    position = 0
    for begin, end, instead in sorted(edit for table in tables for edit in table.edits):
        if begin >= position:  # else inside a cell that is taken out
            pieces += [content[position:begin], instead]
            position = end
    return b"".join((*pieces, content[position:]))

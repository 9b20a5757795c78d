"""Finds the project forms among the tables of a text: each becomes a grid that `core.form_reader` reads.

A form may be split over several tables or share one with others; its heading may stand in a paragraph before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Area, Grid, Scalar
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.labels import find_labels, label_key
from xl_perf.core.forms.layout import BLANK_LABEL
from xl_perf.core.forms.titles import heading_of
from xl_perf.core.model.project import Project
from xl_perf.files.guard import too_large
from xl_perf.text.blocks import Block, Note, Paragraph, Table

MOST_PARAGRAPHS: Final = 500_000
MOST_TABLES: Final = 20_000
"""A performance text has some hundred paragraphs, and a table for every project."""
_HEADING_REACH: Final = 4
"""How many paragraphs above a table its title may stand."""
_LONGEST_HEADING: Final = 80
_NEAR: Final = 0.02
"""Edges of columns that are less apart, in parts of the table's width, are the same edge."""
_READ: Final = tuple(kind for kind in KINDS if kind.is_read)
_HEADS: Final = frozenset().union(*(kind.starters for kind in _READ)) - {"title"}
_FORM_KEYS: Final = frozenset().union(*(kind.telling | kind.starters for kind in _READ))


class Unplaced(NamedTuple):
    """A text that found no place in the workbook, and where it stands."""

    place: str
    text: str

    def __str__(self) -> str:
        shown = " ".join(self.text.split())
        return f"{self.place}没有收进来：{shown}"


class RowOrigin(NamedTuple):
    """What a row of a grid is: a row of a table (both from 1), or a paragraph of the text (table 0)."""

    table: int
    row: int


class Form(NamedTuple):
    """A grid with one form or more (or none: some other table), and where its rows come from."""

    grid: Grid
    rows: tuple[RowOrigin, ...]


class Split(NamedTuple):
    """A text taken apart: grids of its tables, the paragraphs that are no headings of forms by their numbers, notes."""

    forms: tuple[Form, ...]
    paragraphs: tuple[tuple[int, Paragraph], ...]
    notes: tuple[Note, ...]


def split(blocks: Iterable[Block]) -> Split:
    """Takes a text apart. Tables that continue the form above share its grid. Raises Refused beyond the limit."""
    sheets: list[_Sheet] = []
    rest: list[tuple[int, Paragraph]] = []
    between: list[tuple[int, Paragraph]] = []
    notes: list[Note] = []
    paragraphs = tables = 0
    for block in blocks:
        if paragraphs > MOST_PARAGRAPHS or tables > MOST_TABLES:
            raise too_large(f"文档超过 {MOST_PARAGRAPHS} 段或 {MOST_TABLES} 个表格，没有读取")
        if isinstance(block, Note):
            notes.append(block)
            continue
        if isinstance(block, Paragraph):
            paragraphs += 1
            if block.text.strip():
                between.append((paragraphs, block))
            continue
        if not any(cell.text.strip() for row in block.rows for cell in row):
            continue
        tables += 1
        if sheets and sheets[-1].is_continued_by(block, [one for _, one in between]):
            sheets[-1].add(tables, block)
        else:
            heading = _heading(between, block)
            between = [one for one in between if one not in heading]
            sheets.append(_Sheet(heading))
            sheets[-1].add(tables, block)
        rest += between
        between = []
    return Split(tuple(sheet.form() for sheet in sheets), tuple(rest + between), tuple(notes))


def _heading(paragraphs: Sequence[tuple[int, Paragraph]], table: Table) -> list[tuple[int, Paragraph]]:
    """The title line above a table, with the line before it where the title names no project; what states the unit.

    Where the title stands in the table's first row, the line above the table.
    """
    title = _title_lines(paragraphs, table)
    units = [one for one in paragraphs[-_HEADING_REACH:] if one not in title and label_key(one[1].unnumbered) == "unit"]
    return [*title, *units]


def _title_lines(paragraphs: Sequence[tuple[int, Paragraph]], table: Table) -> list[tuple[int, Paragraph]]:
    first = next((cell.text for row in table.rows for cell in row if cell.text.strip()), "")
    if label_key(first) == "title" and not heading_of(first):
        return [one for one in paragraphs[-1:] if _may_be_heading(one[1])]
    for at in range(len(paragraphs) - 1, max(len(paragraphs) - _HEADING_REACH, 0) - 1, -1):
        text = paragraphs[at][1].unnumbered
        if label_key(text) == "title":
            above = paragraphs[at - 1 : at] if at and not heading_of(text) else []
            return [*(one for one in above if _may_be_heading(one[1])), paragraphs[at]]
    return []


def _may_be_heading(paragraph: Paragraph) -> bool:
    text = paragraph.unnumbered.strip()
    return paragraph.style.startswith("heading") or (
        len(text) <= _LONGEST_HEADING and text[-1] not in "。；：:;" and text[0] not in "（(" and text[1:2] != "、"
    )


class _Sheet:
    """A form being put together: its heading lines and its tables with their numbers."""

    def __init__(self, heading: list[tuple[int, Paragraph]]) -> None:
        self.heading = heading
        self.tables: list[tuple[int, Table]] = []
        self.keys: set[str] = set()

    def add(self, number: int, table: Table) -> None:
        """Takes in a further table."""
        self.tables.append((number, table))
        self.keys |= _keys(table)

    def is_continued_by(self, table: Table, between: Sequence[Paragraph]) -> bool:
        """A further part of this form: no head of its own, and its rows look like those of a form."""
        if any(label_key(one.unnumbered) == "title" for one in between):
            return False
        if any(len(one.text.strip()) > _LONGEST_HEADING for one in between):
            return False
        if not _keys(self.tables[-1][1]) & _FORM_KEYS and not _has_branches(self.tables[-1][1]):
            return False
        keys = _keys(table)
        if "title" in keys or keys & _HEADS & self.keys:
            return False
        return bool(keys & _FORM_KEYS or any(key.startswith("month:") for key in keys) or _has_branches(table))

    def form(self) -> Form:
        """The grid of all that belongs together."""
        edges = self._edges()
        rows: list[list[Scalar]] = [[one.unnumbered] for _, one in self.heading]
        places = [RowOrigin(0, number) for number, _ in self.heading]
        merges: list[Area] = []
        for number, table in self.tables:
            column_of = edges[number]
            for at, cells in enumerate(table.rows, 1):
                row: list[Scalar] = [""] * column_of[-1]
                for cell in cells:
                    if not cell.continues:
                        row[column_of[cell.column]] = _text(cell.text)
                rows.append(row)
                places.append(RowOrigin(number, at))
            merges += _merges(table, column_of, len(rows) - len(table.rows))
        return Form(Grid(f"表{self.tables[0][0]}", rows, merges), tuple(places))

    def _edges(self) -> dict[int, list[int]]:
        """For each table, the column of the common grid at which each of its own columns begins; the end too."""
        if len(self.tables) == 1:
            return {number: list(range(len(table.edges))) for number, table in self.tables}
        scaled = {number: [edge / table.edges[-1] for edge in table.edges] for number, table in self.tables}
        common: list[float] = []
        for edge in sorted(edge for edges in scaled.values() for edge in edges):
            if not common or edge - common[-1] > _NEAR:
                common.append(edge)
        return {number: [_nearest(common, edge) for edge in edges] for number, edges in scaled.items()}


def _nearest(edges: Sequence[float], wanted: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - wanted))


def _text(text: str) -> str:
    """A cell's text; white space alone is nothing, but for the en space of our own blank labels (`form_table`)."""
    return text if text.strip() else BLANK_LABEL if text == BLANK_LABEL else ""


def _keys(table: Table) -> set[str]:
    return {key for row in table.rows for cell in row if (key := label_key(cell.text)) is not None}


def _has_branches(table: Table) -> bool:
    """First or second levels of indicators stand in the first columns."""
    return any(is_branch(cell.text) for row in table.rows for cell in row[:2] if cell.text.strip())


def _merges(table: Table, column_of: Sequence[int], first: int) -> Iterator[Area]:
    """The merged areas of a table whose first row is ``first`` in the grid."""
    for at, cells in enumerate(table.rows):
        for cell in cells:
            if cell.continues:
                continue
            below = at
            while below + 1 < len(table.rows) and any(
                one.continues and one.column == cell.column for one in table.rows[below + 1]
            ):
                below += 1
            left, right = column_of[cell.column], column_of[cell.column + cell.span] - 1
            if below > at or right > left:
                yield first + at, left, first + below, max(right, left)


# --- what found no place ------------------------------------------------------------------------------------------


def unplaced(one: Form, projects: Sequence[Project]) -> list[Unplaced]:
    """Every text of a grid that is neither a label nor in one of its projects; those of a row together."""
    placed = {
        (entry.row, entry.column)
        for project in projects
        for _, entry in project.entries()
        if entry.status not in {Status.ABSENT, Status.BLANK}
    }
    headings = {project.heading.value for project in projects}
    labels = {(row, column): key for key, row, column, _ in find_labels(one.grid)}
    found = []
    for row, cells in enumerate(one.grid.rows):
        left: list[tuple[int, str]] = []
        for column, typed in enumerate(cells):
            if not isinstance(typed, str) or not typed.strip() or (row, column) in placed:
                continue
            key = labels.get((row, column)) if projects else None
            if key == "title" and (heading := heading_of(typed)) and heading not in headings:
                key = None
            if key is None and not (projects and is_branch(typed)):
                left.append((column, typed))
        if left:
            alone = left[0][0] if len(left) == 1 else None
            found.append(Unplaced(_shown(one.rows[row], alone), "｜".join(text for _, text in left)))
    return found


def _shown(place: RowOrigin, column: int | None) -> str:
    if not place.table:
        return f"正文第{place.row}段"
    return f"表{place.table}第{place.row}行" + ("" if column is None else f"第{column + 1}列")

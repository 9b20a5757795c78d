"""Puts the tables of one form together: a grid as the reader of all forms takes it, and where its rows come from."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area, Grid, Scalar
from xl_perf.core.forms.box import BLANK_LABEL
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.kind import MINIMUM_TELLING
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.units import STATEMENTS
from xl_perf.text.blocks import Paragraph, Table

Numbered = tuple[int, Paragraph]
"""A paragraph and its number, from 1."""
LONGEST_HEADING: Final = 80
_NEAR: Final = 0.02
"""Edges of columns that are less apart, in parts of the table's width, are the same edge."""
_READ: Final = tuple(kind for kind in KINDS if kind.is_read)
_HEADS: Final = frozenset().union(*(kind.starters for kind in _READ)) - {"title"}
_TELLING: Final = frozenset().union(*(kind.telling for kind in _READ)) - {"title"}
_FORM_KEYS: Final = frozenset().union(*(kind.telling | kind.starters for kind in _READ))
_ABOVE_FORMS: Final = STATEMENTS | {"title"}
_YEAR: Final = frozenset({"annual_column"})
"""A line above a form may say 2024年度 beside the unit."""
_CONTINUED: Final = re.compile(r"[(（]续表?[)）]\s*$")


class RowOrigin(NamedTuple):
    """What a row of a grid is: a row of a table (both from 1), or a paragraph of the text (table 0)."""

    table: int
    row: int


class Form(NamedTuple):
    """A grid with one form or more (or none: some other table), and where its rows come from."""

    grid: Grid
    rows: tuple[RowOrigin, ...]


class FormTables:
    """A form being put together: its heading lines, its tables with their numbers, lines behind it about its unit."""

    def __init__(self, heading: list[Numbered]) -> None:
        self.heading = heading
        self.footing: list[Numbered] = []
        self.tables: list[tuple[int, Table]] = []
        self.keys: set[str] = set()

    def add(self, number: int, table: Table) -> None:
        """Takes in a further table."""
        self.tables.append((number, table))
        self.keys |= keys_of(table)

    @property
    def is_form(self) -> bool:
        """It has labels of a form, or levels of indicators."""
        return bool(self.keys & _FORM_KEYS - _ABOVE_FORMS) or any(_has_branches(table) for _, table in self.tables)

    def is_continued_by(self, table: Table, between: Sequence[Paragraph]) -> bool:
        """A further part of this form: no head of its own, and its rows look like those of a form."""
        titles = [one.unnumbered for one in between if label_key(one.unnumbered) == "title"]
        if not all(map(_CONTINUED.search, titles)) or any(len(one.text.strip()) > LONGEST_HEADING for one in between):
            return False
        last, keys = keys_of(self.tables[-1][1]), keys_of(table)
        if self.keys and self.keys <= _ABOVE_FORMS | _YEAR and not titles:
            return bool(keys & _FORM_KEYS or (bool(keys) and keys <= STATEMENTS))
        if not last & _FORM_KEYS and not _has_branches(self.tables[-1][1]):
            return False
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
        rows += [[one.unnumbered] for _, one in self.footing]
        places += [RowOrigin(0, number) for number, _ in self.footing]
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


def begins_form(table: Table) -> bool:
    """The table holds the head of a form and enough of what follows; a list of projects does not."""
    keys = keys_of(table)
    return bool(keys & _HEADS) and len(keys & _TELLING) >= MINIMUM_TELLING


def _nearest(edges: Sequence[float], wanted: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - wanted))


def _text(text: str) -> str:
    """A cell's text; white space alone is nothing, but for the en space of our own blank labels (`form_table`)."""
    return text if text.strip() else BLANK_LABEL if text == BLANK_LABEL else ""


def keys_of(table: Table) -> set[str]:
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

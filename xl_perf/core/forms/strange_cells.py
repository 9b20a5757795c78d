"""What somebody put into an office's own form that its 样表 does not have: a column more, a label called otherwise.

Such a form is read by its own labels alone, so that nothing of it is read. Columns that the 样表 names and leaves out
are no such cells, nor is what stands below or beside the form, but for a bare number below it: it may be an amount.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import CellLine, Grid
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, text_of, to_amount
from xl_perf.core.forms.footers import is_footer, is_signing
from xl_perf.core.forms.kind import FormKind, Shape
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import lasting
from xl_perf.core.forms.printed_columns import printed_columns, stand_in
from xl_perf.core.forms.strange_in_lists import strange_in_lists
from xl_perf.core.forms.units import STATEMENTS
from xl_perf.core.forms.unplaced import left_in
from xl_perf.core.model.department import StrangeCells
from xl_perf.core.model.project import Project


def strange_cells(grid: Grid, projects: Sequence[Project], kinds: Kinds = KINDS) -> Iterator[StrangeCells]:
    """For each form of a sheet the cells that its 样表 does not have; ``projects`` are those of the sheet."""
    own = [one for one in projects if one.table is not None and _prints(one.kind)]
    if not own:
        return
    left = list(left_in(grid, projects, kinds=kinds))
    listed = [one for one in own if one.kind.shape is Shape.LIST]
    if listed:
        yield from strange_in_lists(grid, listed, left, kinds)
    cells = CellLine(grid.rows)
    for project in (one for one in own if one.kind.shape is Shape.FORM):
        form = _Form(project, cells)
        nexts = [one.area[0] for one in own if one.area[0] > project.area[0]]
        below = range(form.bottom + 1, min(nexts, default=len(grid.rows)))
        found = [
            (line.row, column, text)
            for line in left
            for column, text in line.cells
            if form.has(line.row, column, text) or (line.row in below and form.has_number(line.row, column, text))
        ]
        added = [*added_columns(project, cells)]
        if found or added:
            row, column, text = min((*found, *added))
            is_read = (row, column, text) in added
            yield StrangeCells(text, len(found) + len(added), grid.sheet, row, column, is_read)


def added_columns(project: Project, cells: CellLine) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of what stands in a column of the table that is read and that the 样表 does not have.

    Its heading first: 权重, where the 样表 prints none.
    """
    entries = [entry for key in unprinted_columns(project) for entry in project.column(key)]
    if project.table is not None and entries:
        header = range(project.table[0], min(entry.row for entry in entries))
        for column in dict.fromkeys(entry.column for entry in entries):
            typed = [(row, cells.line[row * cells.width + column]) for row in header]
            yield from ((row, column, text_of(one)) for row, one in typed if not is_blank(one))
    yield from ((entry.row, entry.column, entry.text) for entry in entries)


def unprinted_columns(project: Project) -> list[str]:
    """Keys of such columns, of an office's own form with a project in it."""
    own = project.kind.own_sheet
    if own is None or project.kind.shape is not Shape.FORM:
        return []
    printed = {place.key for place in own.columns}
    return [key for key in ("description", "basis", "weight") if key not in printed and project.column(key)]


def _has_gaps(text: str) -> bool:
    """A printed text with a label and room for what is filled in behind it."""
    return len(_without_gaps(text)) >= _SHORTEST and ":" in folded(text)


def _without_gaps(text: str) -> str:
    return _GAPS.sub("", folded(text))


def _prints(kind: FormKind) -> bool:
    return kind.own_sheet is not None and bool(kind.own_sheet.texts)


_GAPS: Final = re.compile(r"\d[\d,.]*|[\s_]+")
_SHORTEST: Final = 3
"""Characters of a printed label with its colon."""


class _Form:
    """The cells of one form, and which of them its 样表 leaves out."""

    def __init__(self, project: Project, cells: CellLine) -> None:
        self.cells = cells
        _, self.left, _, right = project.area
        self.header = 0 if project.table is None else project.table[0]
        self.top = min((one.row for one in project.values if one.cell), default=self.header)
        rows = [one.row for indicator in project.indicators for one in indicator if one.cell]
        self.bottom = max([*rows, self.header])
        self.right = max(right, self._last_heading())
        sheet = project.kind.own_sheet
        printed = [text for texts in (sheet.texts if sheet else ()) for text in texts if text.strip()]
        self.known = {bare(text).text for text in printed}
        """What the 样表 prints, whether it is read or not."""
        self.gaps = {_without_gaps(text): folded(text).endswith(":") for text in printed if _has_gaps(text)}
        """Printed texts in which something is filled in, and whether at their end: 起止时间：  年  月, 填表人：."""
        self.behind = [
            _without_gaps(place.after) for place in (sheet.fields if sheet else ()) if _has_gaps(place.after)
        ]
        """What it prints behind an amount in its cell: （其中：上级财政资金：    万元）."""
        kind = project.kind
        read = {*kind.place, *(part.key for part in kind.parts)}
        self.read = {bare(label).text for label, key in kind.own_words if key in read}
        self.unread = {lasting(text) for text in (kind.learned.printed if kind.learned else ())}
        """Headings of columns beside that of the budget, which are not read."""
        self.details = [{*map(lasting, one.split("\n"))} for one in (kind.learned.details if kind.learned else ())]
        """What the headers of tables of details read, which are not read."""
        said = [*project.beside, *project.unlabelled, *project.whole]
        self.told = {(entry.row, entry.column) for _, entry in said}
        self.names = {(entry.row, bare(name).text) for name, entry in said}
        """What stands before them: who tells of the amount names it."""
        self.amounts = {to_amount(entry.typed) for _, entry in project.amounts}
        self.printed_columns = printed_columns(kind, project.budget, cells)

    def has(self, row: int, column: int, text: str) -> bool:
        """A cell of the form that nobody has told of, and that the 样表 does not leave out."""
        if not (self.top <= row <= self.bottom and self.left <= column <= self.right) or (row, column) in self.told:
            return False
        if row < self.header and stand_in(self.printed_columns, row, column):
            return False
        is_amount = row < self.header and to_amount(text) is not None  # other rules tell of these
        if is_amount or is_footer(text) or is_signing(text) or label_key(text) in STATEMENTS:
            return False
        if bare(text).text in self.known or (row, bare(text).text) in self.names:
            return False
        if self._fills_gaps(text):
            return False
        if row == self.header:
            return True
        if row < self.header and lasting(self._head_of(row, column)) in self.unread:
            return False
        if row < self.header and any(map(self._heads_details, range(row - 1, self.top - 1, -1))):
            return False
        label = bare(self._label_of(row, column)).text
        return label not in self.known or (row < self.header and label in self.read)

    def has_number(self, row: int, column: int, text: str) -> bool:
        """A number below the form without a label, none of its own amounts said again."""
        if not self.left <= column <= self.right or (row, column) in self.told:
            return False
        value = to_amount(text)
        line = self.cells.line[row * self.cells.width : row * self.cells.width + column]
        return value is not None and value not in self.amounts and all(map(is_blank, line))

    def _heads_details(self, row: int) -> bool:
        line = self.cells.line[row * self.cells.width : (row + 1) * self.cells.width]
        texts = {lasting(bare(typed).text) for typed in line if isinstance(typed, str)} if self.details else set()
        return any(header <= texts for header in self.details)

    def _fills_gaps(self, text: str) -> bool:
        """It reads as the 样表 does, with the gaps filled in that this prints."""
        own = _without_gaps(text)
        if len(own) >= _SHORTEST and any(printed.endswith(own) for printed in self.behind):
            return True
        return own in self.gaps or any(at_end and own.startswith(printed) for printed, at_end in self.gaps.items())

    def _label_of(self, row: int, column: int) -> str:
        """What heads a cell of the table; else the nearest text left of it."""
        rows = [self.header] if row > self.header else [row]
        last = column if row > self.header else column - 1
        line = self.cells.line[rows[0] * self.cells.width : (rows[0] + 1) * self.cells.width]
        return next((text_of(line[at]) for at in range(last, self.left - 1, -1) if not is_blank(line[at])), "")

    def _head_of(self, row: int, column: int) -> str:
        """The nearest text above a cell, in its column, that the 样表 prints; empty for none."""
        above = (self.cells.line[at * self.cells.width + column] for at in range(row - 1, self.top - 1, -1))
        texts = (bare(typed).text for typed in above if isinstance(typed, str))
        return next((text for text in texts if text in self.known), "")

    def _last_heading(self) -> int:
        line = self.cells.line[self.header * self.cells.width : (self.header + 1) * self.cells.width]
        return max((at for at, typed in enumerate(line) if not is_blank(typed)), default=0)

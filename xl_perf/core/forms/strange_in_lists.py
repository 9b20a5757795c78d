"""What somebody put into a list of an office's own that its 样表 does not have: a column more, another heading.

Columns that the 样表 prints and leaves out are no such cells, nor is what stands above the header or below projects.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from xl_perf.core.cells.grid import CellLine, Grid
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, text_of, to_amount
from xl_perf.core.forms.finding import forms_on
from xl_perf.core.forms.kinds import Kinds
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import lasting
from xl_perf.core.forms.list_frame import ListFrame
from xl_perf.core.forms.list_rows import panel_of
from xl_perf.core.forms.own_columns import COUNTING
from xl_perf.core.forms.reworded import printed_labels
from xl_perf.core.forms.units import STATEMENTS
from xl_perf.core.forms.unplaced import Left
from xl_perf.core.forms.variants import EXTRA
from xl_perf.core.model.department import StrangeCells
from xl_perf.core.model.project import Project

_ABOVE: Final = 1
"""Rows above the headings of the indicators in which those of a list may stand."""


def strange_in_lists(
    grid: Grid, projects: Sequence[Project], left: Sequence[Left], kinds: Kinds
) -> Iterator[StrangeCells]:
    """For each list of a sheet such cells; ``projects`` are those of its lists, ``left`` what found no place on it."""
    found, cells = forms_on(grid, kinds)
    for one in found.lists:
        if one.kind.learned is None:
            continue
        top, _, bottom, _ = one.area
        own = _List(one, [project for project in projects if top <= project.area[0] <= bottom], cells)
        strange = [
            (line.row, column, text) for line in left for column, text in line.cells if own.has(line.row, column, text)
        ]
        if strange:
            row, column, text = strange[0]
            yield StrangeCells(text, len(strange), grid.sheet, row, column)


class _List:
    """The cells of one list, and which of them its 样表 leaves out."""

    def __init__(self, frame: ListFrame, projects: Sequence[Project], cells: CellLine) -> None:
        self.frame, self.cells = frame, cells
        first = min((project.area[0] for project in projects), default=0)
        headers = frame.headers or (first,)
        self.header = sorted({max(min(headers) - _ABOVE, 0), *headers})
        """The rows of the header; where it stands again on a further page only that row."""
        self.rows = {row for project in projects for row in range(project.area[0], project.area[2] + 1)}
        self.printed = printed_labels(frame.kind)
        money = {field.key for field in frame.kind.money}
        self.labels = {lasting(bare(label).text) for label, key in frame.kind.own_words if key in money}
        """What heads amounts that are read: in another column it is another year's."""
        self.read = {at for key, span in frame.columns.items() if not key.startswith(EXTRA) for at in span}
        self.money = {at for field in frame.kind.amounts for at in frame.columns.get(field.key, ())}
        self.panel = panel_of(cells)
        said = [one for project in projects for one in project.beside]
        self.told = {(entry.row, entry.column) for _, entry in said}
        self.names = {bare(name).text for name, _ in said}

    def has(self, row: int, column: int, text: str) -> bool:
        """A cell of the list that nobody has told of, and that the 样表 does not leave out."""
        if (row, column) in self.told or (self.panel and column >= min(self.panel)) or label_key(text) in STATEMENTS:
            return False
        if row in self.header:
            return bare(text).text not in self.names | self.printed | COUNTING
        if row not in self.rows or (column in self.money and to_amount(text) is not None):
            return False
        heading = self._heading(column)
        return column in self.read or heading not in self.printed or lasting(heading) in self.labels

    def _heading(self, column: int) -> str:
        """What heads a column; that of a merged heading left of it, where nothing stands above it."""
        for row in reversed(self.header):
            line = self.cells.line[row * self.cells.width : row * self.cells.width + column + 1]
            if line and not is_blank(line[-1]):
                return bare(text_of(line[-1])).text
        return ""

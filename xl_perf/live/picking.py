"""Indicators put into blank rows of a form: what is there stays, rows are added where there are none."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import a1
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.frame import INDICATOR_TEXTS
from xl_perf.core.workbook.library import LibraryRow
from xl_perf.live import heights, log_sheet, rows
from xl_perf.live.edits import put
from xl_perf.live.forms import LiveBranch, LiveForm, form_of
from xl_perf.live.log_sheet import EDIT, ROW_ADDED, Record
from xl_perf.live.protection import unlocked

if TYPE_CHECKING:
    from xl_perf.live.host import Host

ACTION: Final = "选用指标"
_ELSEWHERE: Final = {"成本": "产出"}
"""The first level under which a form has what another has under one of its own."""


class Outcome(NamedTuple):
    """What came of each indicator; rows are counted from 0."""

    placed: Sequence[tuple[LibraryRow, int]]
    present: Sequence[LibraryRow]
    """The form had them already."""
    left: Sequence[LibraryRow]
    """The form has no such first level."""
    added: int
    """Rows that were added."""


def fill_in(host: "Host", live: LiveForm, wanted: Sequence[LibraryRow]) -> Outcome:
    """Puts indicators into the form, in their order, and logs that as one operation. Raises `Locked`."""
    filling = _Filling(host, live)
    present, left = [], []
    with unlocked(live.sheet):
        try:
            for indicator in wanted:
                branches = filling.branches_for(indicator)
                if not branches:
                    left.append(indicator)
                elif filling.has(branches, indicator):
                    present.append(indicator)
                else:
                    filling.place(branches, indicator)
            filling.fit()
        finally:
            filling.log()
    placed = [(indicator, row) for row, indicator in sorted(filling.placed, key=lambda one: one[0])]
    return Outcome(placed, present, left, len(filling.added))


class _Filling:
    """A form that is being filled: what it holds by now, and where everything went."""

    def __init__(self, host: "Host", live: LiveForm) -> None:
        self._host, self._live = host, live
        self._branches = live.branches()
        self._written: dict[tuple[int, str], str] = {}
        """What was written since the form was read."""
        self._edits: list[tuple[int, int, str, str]] = []
        """Row, column, text, the cell's format of before."""
        self.placed: list[tuple[int, LibraryRow]] = []
        self.added: list[int] = []

    # --- what is there

    def branches_for(self, indicator: LibraryRow) -> list[LiveBranch]:
        """The groups of the indicator's first level."""
        key = branch_key(indicator.level1)
        for name in (key, _ELSEWHERE.get(key)):
            found = [one for one in self._branches if name and branch_key(one.label) == name]
            if found:
                return found
        return []

    def has(self, branches: Sequence[LiveBranch], indicator: LibraryRow) -> bool:
        """An indicator of that name stands under the same levels."""
        second, name = branch_key(indicator.level2), folded(indicator.level3)
        return any(
            folded(self._text(row, "level3")) == name and self._second(branch, row) == second
            for branch, row in _rows_of(branches)
        )

    def _text(self, row: int, key: str) -> str:
        columns = self._live.frame.columns.get(key)
        if not columns:
            return ""
        return self._written.get((row, key)) or text_of(self._live.cell(row, columns.start))

    def _second(self, branch: LiveBranch, row: int) -> str:
        """The second level that a row is under: its own, else the nearest above in its group."""
        texts = (self._text(at, "level2") for at in range(row, branch.first - 1, -1))
        return branch_key(next(filter(None, texts), ""))

    def _is_blank(self, row: int) -> bool:
        return not self._live.has_more(row) and not any((row, key) in self._written for key in INDICATOR_TEXTS)

    # --- where it goes

    def place(self, branches: Sequence[LiveBranch], indicator: LibraryRow) -> None:
        """Into the first blank row of its second level; below the others of it, so that they stay together. Where there
        are none, into a blank row without second level, else at the end.
        """
        second = branch_key(indicator.level2)
        same = [(branch, row) for branch, row in _rows_of(branches) if self._second(branch, row) == second]
        blanks = [row for _, row in same if self._is_blank(row)]
        if not same:
            blanks = [row for branch, row in _rows_of(branches) if self._is_free(branch, row)]
        branch, last = same[-1] if same else (branches[-1], branches[-1].last)
        self._write(branches, blanks[0] if blanks else self._added(branch, last + 1), indicator)

    def _is_free(self, branch: LiveBranch, row: int) -> bool:
        """Blank, without a second level, and what is below it takes none from above."""
        following = row + 1
        inherits = following <= branch.last and not self._text(following, "level2") and not self._is_blank(following)
        return self._is_blank(row) and not self._text(row, "level2") and not inherits

    def _added(self, branch: LiveBranch, at: int) -> int:
        """A new row at that place of the group."""
        rows.put_in(self._host, self._live, self._branches, branch, at)
        self._edits = [(row + (row >= at), column, text, look) for row, column, text, look in self._edits]
        self.placed = [(row + (row >= at), indicator) for row, indicator in self.placed]
        self.added = [*(row + (row >= at) for row in self.added), at]
        live = form_of(self._host, self._live.sheet)
        if live is None:
            raise AssertionError(self._live.sheet.name)
        self._live, self._branches, self._written = live, live.branches(), {}
        return at

    def _write(self, branches: Sequence[LiveBranch], row: int, indicator: LibraryRow) -> None:
        texts = {key: getattr(indicator, key) for key in INDICATOR_TEXTS}
        if not self._text(row, "level2") and not self._is_merged(row):
            texts["level2"] = self._label_of(branches, indicator)
        for key, text in texts.items():
            columns = self._live.frame.columns.get(key)
            if text and columns:
                cell = self._live.sheet.range((row + 1, columns.start + 1))
                look = cell.number_format or ""
                put(cell, text, look)
                self._written[row, key] = text
                self._edits.append((row, columns.start, text, look))
        self.placed.append((row, indicator))

    def _is_merged(self, row: int) -> bool:
        """The second level is one cell with that of the row above."""
        column = self._live.frame.columns["level2"].start
        return bool(self._live.sheet.range((row + 1, column + 1)).merge_area.row != row + 1)

    def _label_of(self, branches: Sequence[LiveBranch], indicator: LibraryRow) -> str:
        """The second level as the form writes it elsewhere, else as the indicator does."""
        second = branch_key(indicator.level2)
        texts = (self._text(row, "level2") for _, row in _rows_of(branches))
        return next((text for text in texts if branch_key(text) == second), indicator.level2)

    # --- afterwards

    def fit(self) -> None:
        """Rows that are too low for what was put in get higher."""
        live = form_of(self._host, self._live.sheet)
        if live is None or not self.placed:
            return
        widths = [live.sheet.range((1, column + 1)).column_width or 8.0 for column in range(live.right + 1)]
        needed = heights.heights(live, widths)
        for row, _ in self.placed:
            cell = live.sheet.range((row + 1, 1))
            if (cell.row_height or 0) < needed[row - live.frame.area[0]]:
                cell.row_height = needed[row - live.frame.area[0]]

    def log(self) -> None:
        """One operation: the texts, then the rows."""
        records = log_sheet.read(self._host)
        number, when, sheet = log_sheet.next_number(records), log_sheet.now(), self._live.sheet.name
        edits = [
            Record(number, when, ACTION, EDIT, sheet, a1(row, column), "", log_sheet.coded(text), look)
            for row, column, text, look in self._edits
        ]
        added = [Record(number, when, ACTION, ROW_ADDED, sheet, a1(row, self._live.left)) for row in self.added]
        if edits or added:
            log_sheet.write(self._host, [*records, *edits, *added])


def _rows_of(branches: Sequence[LiveBranch]) -> Iterator[tuple[LiveBranch, int]]:
    return ((branch, row) for branch in branches for row in range(branch.first, branch.last + 1))

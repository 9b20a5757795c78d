"""Where the parts of a monitoring or self-evaluation table stand, worked out from its labels.

Nothing is taken from fixed cells: columns may be shifted, rows inserted, merges lost or filled in.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.cells.labels import LONGEST_LABEL
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.amounts_beside import is_meant_for_amount
from xl_perf.core.forms.recognising import Table
from xl_perf.core.forms.report_words import ReportWords, heading, words_of

Cell = tuple[int, int, Scalar]
"""Row, column and what stands there."""
_FEWEST_COLUMNS: Final = 2
_FUND_KEYS: Final = 2


class Heading(NamedTuple):
    """A heading of a column: what it heads (empty for what the kind does not know), and the columns below it."""

    keys: tuple[str, ...]
    text: str
    row: int
    columns: range


class Columns(NamedTuple):
    """The header of a table: its last row, and its headings from left to right."""

    last: int
    headings: tuple[Heading, ...]

    @property
    def by_key(self) -> Mapping[str, Heading]:
        """The first heading of every column."""
        return {key: one for one in reversed(self.headings) for key in one.keys}


class ReportFrame:
    """The parts of one table: ``header`` is the first row of the indicators' header, ``funds`` that of the money."""

    def __init__(self, grid: Grid, cells: CellLine, table: Table) -> None:
        self.kind, self.sheet, self.width = table.kind, grid.sheet, cells.width
        self.words: Final[ReportWords] = words_of(table.kind)
        self.area: Final = table.area
        top, left, bottom, right = table.area
        self.top, self.left, self.right = top, left, min(right, cells.width - 1)
        self.rows: Final[dict[int, list[Cell]]] = {}
        for row in range(top, min(bottom + 1, len(grid.rows))):
            line = cells.line[row * cells.width + left : row * cells.width + self.right + 1]
            filled = [(row, column, typed) for column, typed in enumerate(line, left) if not is_blank(typed)]
            if filled:
                self.rows[row] = filled
        self.bottom = max(self.rows, default=top)
        self.merged_to: Final = {
            (first, column): last for first, column, _, last in grid.merges if top <= first <= bottom
        }
        self.header = self._header()
        self.columns = Columns(self.top, ()) if self.header is None else self._columns(self.header)
        self.funds = self._funds()

    # --- cells ---

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """The texts of a row, with their columns."""
        return ((column, typed) for _, column, typed in self.rows.get(row, ()) if isinstance(typed, str))

    def above_header(self) -> list[int]:
        """The filled rows above the indicators."""
        return [row for row in self.rows if self.header is None or row < self.header]

    def below_indicators(self, first: int) -> list[int]:
        """The filled rows from one on, below the indicators."""
        return [row for row in self.rows if row >= first]

    def last_column(self, row: int, column: int) -> int:
        """The last column of a cell, which may be merged."""
        return self.merged_to.get((row, column), column)

    def right_of(self, row: int, column: int) -> Cell:
        """What stands right of a label, before the next one; a blank beside it for nothing."""
        start = self.last_column(row, column) + 1
        own = next((typed for _, at, typed in self.rows.get(row, ()) if at == column), None)
        for _, at, typed in self.rows.get(row, ()):
            if at <= column:
                continue
            if typed == own:  # a lost merge that was filled in
                start = at + 1
                continue
            if isinstance(typed, str) and self.words.is_label(typed):
                break
            return row, at, typed
        return row, start, None

    def first_in(self, row: int, columns: range) -> Cell:
        """The first filled cell of a row in some columns; a blank in the first one for none."""
        found = next((one for one in self.rows.get(row, ()) if one[1] in columns), None)
        return found or (row, columns.start, None)

    # --- the indicators ---

    def _header(self) -> int | None:
        """The row with the headings of the indicators: three of them, 三级指标 or 指标值 among them."""
        best: tuple[int, int] | None = None
        for row in self.rows:
            keys = {key for _, text in self.texts(row) if (key := self.words.column(text))}
            keys |= {text for _, text in self.texts(row) if self.words.group(text)}
            if len(keys) > _FEWEST_COLUMNS and not keys.isdisjoint({"level3", "target", "level2"}):
                best = max(best or (0, 0), (len(keys), -row))
        return None if best is None else -best[1]

    def _columns(self, row: int) -> Columns:
        """The headings of the header, whose second row may stand below groups: 经费保障 below 偏差原因分析."""
        firsts = self._headings(row)
        sub = row + 1 if self._is_second_row(row + 1, firsts) else None
        target_at = max(
            (one.columns.start for one in firsts if {"target", "actual", "reached"} & {*one.keys}), default=0
        )
        made: list[Heading] = []
        for one in firsts:
            below = (
                []
                if sub is None
                else [(column, text) for column, text in self.texts(sub) if column in one.columns and text != one.text]
            )
            group = self.words.group(one.text)
            if not below:
                made.append(one if one.keys else one._replace(keys=self._outside(one, target_at, group)))
                continue
            is_target = "target" in one.keys
            starts = [*(column for column, _ in below), one.columns.stop]
            for (column, text), (_, stop) in zip(below, pairwise(starts), strict=True):
                keys = self.words.below(text, group, is_target=is_target)
                made.append(Heading(keys, text, row + 1, range(column, stop)))
        seen: set[str] = set()
        headings: list[Heading] = []
        for one in made:
            keys = tuple(key for key in one.keys if key not in seen)
            seen.update(keys)
            headings.append(one._replace(keys=keys))
        return Columns(sub or row, tuple(headings))

    def _outside(self, one: Heading, target_at: int, group: Mapping[str, str] | None) -> tuple[str, ...]:
        """What a heading right of the target says that is no column of the printed table, or a whole group."""
        if group is not None:
            return tuple(group.values())
        key = self.words.outside.get(heading(one.text)) if one.columns.start > target_at else None
        return () if key is None else (key,)

    def _headings(self, row: int) -> list[Heading]:
        """The headings of a row; each reaches to the next one, the last as far as it is merged."""
        found: list[Heading] = []
        cells = [(column, typed) for _, column, typed in self.rows.get(row, ()) if isinstance(typed, str)]
        for at, (column, text) in enumerate(cells):
            stop = cells[at + 1][0] if at + 1 < len(cells) else self.last_column(row, column) + 1
            if found and found[-1].text == text:
                found[-1] = found[-1]._replace(columns=range(found[-1].columns.start, stop))
                continue
            key = self.words.column(text)
            if key is not None and key in self.words.split.values() and self._is_right_of_values(found):
                key = self.words.outside.get(heading(text))
            found.append(Heading(() if key is None else (key,), text, row, range(column, stop)))
        if found and found[-1].columns.stop <= self.right and self._is_last_wide(found[-1], row):
            found[-1] = found[-1]._replace(columns=range(found[-1].columns.start, self.right + 1))
        return found

    def _is_right_of_values(self, found: Sequence[Heading]) -> bool:
        """性质 right of what was reached is no operator."""
        return any({"reached", "actual"} & {*one.keys} for one in found)

    def _is_last_wide(self, last: Heading, row: int) -> bool:
        """The last heading is a group whose merge was lost: its columns stand below it."""
        group = self.words.group(last.text)
        return group is not None and any(
            self.words.below(text, group, is_target=False)
            for column, text in self.texts(row + 1)
            if column >= last.columns.start
        )

    def _is_second_row(self, row: int, firsts: Sequence[Heading]) -> bool:
        """All that stands in the row, but for the headings above again, are headings of a group or of a target."""
        own = {one.text for one in firsts}
        found = 0
        for _, column, typed in self.rows.get(row, ()):
            above = next((one for one in firsts if column in one.columns), None)
            if not isinstance(typed, str):
                return False
            if typed in own:
                continue
            group = None if above is None else self.words.group(above.text)
            if above is None or (group is None and "target" not in above.keys):
                return False
            found += bool(self.words.below(typed, group, is_target="target" in above.keys))
        return found > 0

    # --- the money ---

    def _funds(self) -> int | None:
        """The row with the headings of the money; None where labels stand beside their amounts, or there is none."""
        best: tuple[int, int] | None = None
        for row in self.rows:
            if self.header is not None and self.header <= row <= self.columns.last:
                continue
            keys = {key for _, text in self.texts(row) if (key := self.words.fund_column(text))}
            if len(keys) < _FUND_KEYS or keys.isdisjoint(self.words.amounts):
                continue
            if not any(is_meant_for_amount(typed) for _, _, typed in self.rows[row]):
                best = max(best or (0, 0), (len(keys), -row))
        return None if best is None else -best[1]

    def fund_headings(self) -> list[Heading]:
        """The headings of the columns of money, left of which the sources stand."""
        if self.funds is None:
            return []
        cells = list(self.texts(self.funds))
        first = self._first_column_of_money(cells)
        found: list[Heading] = []
        for at, (column, text) in enumerate(cells):
            stop = cells[at + 1][0] if at + 1 < len(cells) else self.last_column(self.funds, column) + 1
            if found and found[-1].text == text:
                found[-1] = found[-1]._replace(columns=range(found[-1].columns.start, stop))
            elif column >= first:
                key = self.words.fund_column(text)
                found.append(Heading(() if key is None else (key,), text, self.funds, range(column, stop)))
        seen: set[str] = set()
        for at, one in enumerate(found):
            keys = tuple(key for key in one.keys if key not in seen)
            seen.update(keys)
            found[at] = one._replace(keys=keys)
        return found

    def _first_column_of_money(self, cells: Sequence[tuple[int, str]]) -> int:
        """The first known heading that does not stand over the names of sources, as 年度预算数 may."""
        sources = {column for row in self.fund_rows() for column, text in self.texts(row) if self.words.source(text)}
        last = max(sources, default=-1)
        known = (column for column, text in cells if self.words.fund_column(text) and column > last)
        return next(known, max((column for column, _ in cells), default=0) + 1)

    def fund_rows(self) -> list[int]:
        """The rows of the money below its headings: down to where another part begins."""
        found: list[int] = []
        for row in self.rows:
            if self.funds is None or row <= self.funds:
                continue
            if row == self.header or self._begins_other_part(row):
                break
            found.append(row)
        return found

    def _begins_other_part(self, row: int) -> bool:
        for _, text in self.texts(row):
            if self.words.source(text):
                return False
        texts = [text for _, text in self.texts(row) if len(text) <= LONGEST_LABEL]
        own = {text for _, text in self.texts(self.funds or 0)}
        return any(
            self.words.goal(text) or self.words.field(text) or (self.words.part(text) and text not in own)
            for text in texts
        ) or any(self.words.in_cell(text) for _, text in self.texts(row))

"""Reads the indicators of a monitoring or self-evaluation table: the rows down to 总分, or to what follows."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.entries import target_entry, text_entry, tick_entry, weight_entry
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.grid import NO_FORMATS, Scalar
from xl_perf.core.cells.number_formats import as_percent
from xl_perf.core.cells.values import is_blank, is_placeholder, stored_number
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.footers import is_footer, is_total_row, is_unfilled
from xl_perf.core.forms.indicators import below_level, counts_columns, first_level, level_entry
from xl_perf.core.forms.kind import Column, Value
from xl_perf.core.forms.report_frame import Cell, Heading, ReportFrame
from xl_perf.core.forms.split_targets import Split
from xl_perf.core.model.project import Levels

_LEVELS: Final = ("level1", "level2", "level3")
_ADJUSTED: Final = "adjusted_target"
_PART_OF: Final = "小计"


class Total(NamedTuple):
    """The row that adds the indicators up."""

    weight: Entry[Decimal]
    score: Entry[Decimal]


class ReportRows(NamedTuple):
    """The indicators: for each the entries of the columns that were found, by their keys."""

    rows: tuple[dict[str, Entry[Any]], ...]
    unfilled: tuple[Levels, ...]
    total: Total | None
    end: int
    """The first row below them."""
    first_column: int


class RowReader:
    """Reads the rows below the header of one frame."""

    def __init__(self, frame: ReportFrame, formats: Mapping[tuple[int, int], str] = NO_FORMATS) -> None:
        self.frame, self.sheet, self.words, self.formats = frame, frame.sheet, frame.words, formats
        self.columns: Final = {one.key: one for one in frame.kind.columns}
        self.by_key = dict(frame.columns.by_key)
        if "level3" not in self.by_key and "level2" in self.by_key:
            self.by_key["level3"] = self.by_key.pop("level2")
        self.first = min((one.columns.start for key, one in self.by_key.items() if key in self.columns), default=0)
        self.names = {one.text for one in frame.columns.headings}
        operator, measure = self.by_key.get("operator"), self.by_key.get("measure")
        self.split = Split(operator and operator.columns, measure and measure.columns)
        self.of_target = Split(None, measure and measure.columns)
        self.unfilled: list[Levels] = []
        self.total: Total | None = None
        self.end = frame.columns.last + 1

    def read(self) -> ReportRows:
        """The rows of the table."""
        rows = tuple(self._rows()) if self.frame.header is not None else ()
        return ReportRows(rows, tuple(self.unfilled), self.total, self.end, self.first)

    def _rows(self) -> Iterator[dict[str, Entry[Any]]]:
        level1: Entry[str] = absent(self.sheet)
        level2: Entry[str] = absent(self.sheet)
        for row in [one for one in self.frame.rows if one > self.frame.columns.last]:
            cells = self.frame.rows[row]
            own = [cell for cell in cells if cell[1] >= self.first]
            if self._is_over(row, cells, own):
                return
            self.end = row + 1
            if self._is_header_again(own) or counts_columns([typed for _, _, typed in own]):
                continue
            if self._is_total(cells):
                if self.total is not None:
                    return
                continue
            first, second, third = (self._cell(row, key) for key in _LEVELS)
            if first is not None and first[2] == level1.typed:
                first = None  # a lost merge that was filled in
            if first is not None and first[2] is not None:
                level1 = first_level(first[2], self.sheet, row, first[1])
            if second is not None and second[2] is not None:
                level2 = level_entry(second[2], self.sheet, row, second[1])
            elif first is not None and first[2] is not None:
                level2 = below_level(level1, row, first[1] if second is None else second[1])
            if not self._says_something(row, third):
                if "level1" in self.by_key or second:
                    self.unfilled.append((level1, level2))
                continue
            yield {"level1": level1, "level2": level2, **self._entries(row)}

    def _cell(self, row: int, key: str) -> Cell | None:
        """What stands in a column; None where the table has no such column."""
        one = self.by_key.get(key)
        return None if one is None else self.frame.first_in(row, one.columns)

    # --- which rows ---

    def _is_over(self, row: int, cells: Sequence[Cell], own: Sequence[Cell]) -> bool:
        """Something else begins: a footer, another part of the table, a field such as 整改要求和建议."""
        first = cells[0][2]
        if not isinstance(first, str):
            return False
        if is_footer(first) or self.words.in_cell(first):
            return True
        lead = first if cells[0][1] < self.first or not own else str(own[0][2])
        if self.words.field(lead) or self.words.goal(lead):
            return len([cell for cell in own if cell[1] in self._middle()]) < 2
        is_left = cells[0][1] < self.first
        is_known = self.words.part(first) == "indicators_part" or is_total_row(first) or first in self.names
        if is_left and not is_known and len(first.strip()) >= 4 and not is_branch(first):
            return "\n" not in first
        name = self._cell(row, "level3")
        is_no_level = own and own[0][1] == cells[0][1] and "level1" in self.by_key and not is_branch(first)
        says_nothing = (name is None or name[2] is None) and not is_total_row(first)
        return bool(is_no_level and says_nothing and cells[0][1] in self.by_key["level1"].columns and len(cells) <= 2)

    def _middle(self) -> set[int]:
        """The columns of names and targets, which fields below the table do not fill."""
        keys = ("level3", "target", "actual", "reached")
        return {column for key in keys if (one := self.by_key.get(key)) for column in one.columns}

    def _is_header_again(self, own: Sequence[Cell]) -> bool:
        """The header, repeated on a further page."""
        texts = [typed for _, _, typed in own]
        return len(texts) > 1 and all(typed in self.names for typed in texts)

    def _is_total(self, cells: Sequence[Cell]) -> bool:
        """A row that adds up; what the last one says is kept, but for sums of some."""
        label = next((text for _, _, text in cells[:3] if isinstance(text, str) and is_total_row(text)), None)
        if label is None:
            return False
        if _PART_OF not in label and not is_branch(label.split("合计")[0]):
            row = cells[0][0]
            self.total = Total(self._points(row, "weight"), self._points(row, "score"))
        return True

    def _points(self, row: int, key: str) -> Entry[Decimal]:
        cell = self._cell(row, key)
        return absent(self.sheet) if cell is None else weight_entry(cell[2], self.sheet, row, cell[1])

    def _says_something(self, row: int, name: Cell | None) -> bool:
        """The row holds more than its levels; what a model has in place of a name is nothing."""
        if name is not None and name[2] is not None and not _is_of_model(name[2]):
            return True
        keys = [key for key in self.by_key if key in self.columns and key not in _LEVELS]
        cells = (self._cell(row, key) for key in keys)
        return any(cell is not None and cell[2] is not None and not _is_of_model(cell[2]) for cell in cells)

    # --- what they say ---

    def _entries(self, row: int) -> dict[str, Entry[Any]]:
        found: dict[str, Entry[Any]] = {}
        for key, one in self.by_key.items():
            column = self.columns.get(key)
            if column is not None and key not in {"level1", "level2"}:
                found[key] = self._entry(row, column, one)
        adjusted = found.pop(_ADJUSTED, None)
        if adjusted is not None and not adjusted.is_empty:
            found["target"] = adjusted
        return self._with_named_ticks(found)

    def _entry(self, row: int, column: Column, one: Heading) -> Entry[Any]:
        _, at, typed = self.frame.first_in(row, one.columns)
        if column.value in {Value.TARGET, Value.ACTUAL}:
            typed = self._as_shown(row, at, typed)
        if column.value is Value.TARGET:
            typed, at = self._joined(self.split, row, typed, at)
            return target_entry(typed, self.sheet, row, at)
        if column.value is Value.ACTUAL:
            if typed is not None and self.of_target.is_split:
                typed, at = self._joined(self.of_target, row, typed, at)
            return target_entry(typed, self.sheet, row, at)
        if column.value in {Value.WEIGHT, Value.SCORE}:
            return weight_entry(typed, self.sheet, row, at)
        if column.value is Value.TICK:
            return tick_entry(typed, self.sheet, row, at)
        return text_entry(typed, self.sheet, row, at)

    def _as_shown(self, row: int, column: int, typed: Scalar) -> Scalar:
        """What a number that is shown in per cent is shown as: 97.82% of 0.9782."""
        code = self.formats.get((row, column)) if self.formats else None
        number = stored_number(typed) if isinstance(typed, int | float) and not isinstance(typed, bool) else None
        return typed if code is None or number is None else as_percent(code, number) or typed

    def _joined(self, split: Split, row: int, typed: Scalar, at: int) -> tuple[Scalar, int]:
        """A target with its operator and unit from the columns beside it."""
        if not split.is_split:
            return typed, at
        line: list[Scalar] = [None] * self.frame.width
        for _, column, one in self.frame.rows[row]:
            line[column] = one
        return split.joined(line, typed, at)

    def _with_named_ticks(self, found: dict[str, Entry[Any]]) -> dict[str, Entry[Any]]:
        """A cell that several ticks share may name the one that is meant: 有可能 below 完成目标可能性."""
        for key, entry in list(found.items()):
            column = self.columns[key]
            if column.value is not Value.TICK or entry.status is not Status.UNREADABLE:
                continue
            named = self.words.below(entry.text, self.words.group(column.group), is_target=False)
            shared = [one for one in self.by_key if self.by_key[one] is self.by_key[key]]
            if named and set(named) <= set(shared):
                ticked = key in named
                found[key] = entry._replace(value=ticked or None, status=Status.FILLED if ticked else Status.BLANK)
                if not ticked:
                    found[key] = found[key]._replace(typed=None)
        return found


def _is_of_model(typed: Scalar) -> bool:
    """What says nothing: a blank, a dash, dots, 指标1："""
    return is_blank(typed) or (isinstance(typed, str) and (is_unfilled(typed) or is_placeholder(typed)))

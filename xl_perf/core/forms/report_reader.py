"""Reads monitoring and self-evaluation tables, wherever they stand: a record for each that somebody has filled in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entries import code_entry, text_entry, weight_entry
from xl_perf.core.cells.entry import Entry, PartOfCell, Status, absent
from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.forms.footers import is_unfilled
from xl_perf.core.forms.kind import Family, Field, Holds, Value
from xl_perf.core.forms.recognising import Table
from xl_perf.core.forms.report_formulas import with_sum, with_sums
from xl_perf.core.forms.report_frame import Cell, ReportFrame
from xl_perf.core.forms.report_funds import FundReader, Funds
from xl_perf.core.forms.report_rows import ReportRows, RowReader
from xl_perf.core.forms.report_words import month_in, month_of_sheet
from xl_perf.core.forms.sign_off import sign_off_of
from xl_perf.core.model.progress import EvaluatedIndicator, Evaluation, MonitoredIndicator, Monitoring

_YEAR: Final = re.compile(r"(?:^|[(（\D])((?:19|20|21)\d\d)年")
_TITLE_ROWS: Final = 3
_CODED: Final = re.compile(r"([0-9A-Z][0-9A-Z.]{9,})[-—_–]+(\S.*)", re.DOTALL)
"""A code before the name, as budget systems print it: 51000021R000000019951-工资性支出."""


def read_report(grid: Grid, cells: CellLine, table: Table) -> Monitoring | Evaluation | None:
    """What a table says; None where nobody has filled it in: no project and no amounts."""
    reader = ReportReader(grid, cells, table)
    return None if reader.is_blank else reader.report()


class ReportReader:
    """Reads what stands in one table."""

    def __init__(self, grid: Grid, cells: CellLine, table: Table) -> None:
        self.grid, self.cells, self.table, self.kind, self.sheet = grid, cells, table, table.kind, grid.sheet
        self.frame = ReportFrame(grid, cells, table)
        self.words = self.frame.words
        title = table.title
        at = None if title is None else cells.line[title[0] * cells.width + title[1]]
        self.title: Cell | None = None if title is None else (*title, at)
        self.funds: Funds = FundReader(grid, self.frame, table.units, self.title).read()
        self.rows: ReportRows = RowReader(self.frame, grid.formats).read()
        self.goal_rows: set[int] = set()
        self.values: Mapping[str, Entry[Any]] = self._coded(dict(self._fields()))
        self.goals: Mapping[str, Entry[str]] = dict(self._goals())

    @property
    def is_blank(self) -> bool:
        """Nothing says which project it is, and there is no money."""
        name = self.values.get("name")
        if name is not None and name.value:
            return False
        amounts = (entry for line in self.funds.lines for entry in line[2:7])
        return not self.funds.unread and all(entry.is_empty or entry.status is Status.ABSENT for entry in amounts)

    def report(self) -> Monitoring | Evaluation:
        """The record of the table."""
        kind, frame = self.kind, self.frame
        found: dict[str, Entry[Any]] = {**self.goals, **self.values}
        values = tuple(found.get(field.key) or absent(self.sheet) for field in kind.fields)
        area = frame.top, frame.left, frame.bottom, frame.right
        common: dict[str, Any] = {
            "kind": kind,
            "sheet": self.sheet,
            "area": area,
            "values": values,
            "funds": self.funds.lines if self.funds.unread else with_sums(self.funds.lines),
            "year": self._year(),
            "missing": tuple(self._missing()),
            "unread": self.funds.unread,
            "unfilled": self.rows.unfilled,
            "sign_off": sign_off_of(self.cells, self.sheet, area),
            "is_hidden": self.grid.hidden,
            "table": None if frame.header is None else (frame.header, self.rows.first_column),
            "conflicts": self.funds.conflicts,
            "unit": self.funds.unit,
            "says_unit": self.funds.says_unit or not self._has_money(),
        }
        goal = self._goal()
        nothing: Entry[Any] = absent(self.sheet)
        if kind.family is Family.MONITORING:
            indicators = tuple(self._indicator(MonitoredIndicator, row) for row in self.rows.rows)
            progress = found.get("goal_progress", nothing)
            month, other = self._months()
            return Monitoring(
                **common,
                month=month,
                other_month=other,
                goal=goal,
                goal_progress=progress,
                indicators=indicators,
            )
        total = self.rows.total
        stated, done, grade = (found.get(key, nothing) for key in ("total", "goal_done", "grade"))
        scored: tuple[EvaluatedIndicator, ...] = tuple(
            self._indicator(EvaluatedIndicator, row) for row in self.rows.rows
        )
        return Evaluation(
            **common,
            goal=goal,
            goal_done=done,
            indicators=scored,
            total_weight=self._of_all("weight", nothing if total is None else total.weight, scored),
            total=self._of_all("score", stated if total is None else total.score, scored),
            grade=grade,
        )

    def _of_all(self, key: str, total: Entry[Any], rows: Iterable[EvaluatedIndicator]) -> Entry[Any]:
        """The total; where its formula has no stored result, what the money and all the rows come to."""
        whole = next((line for line in self.funds.lines if line.key == "budget"), None)
        parts = [getattr(one, key) for one in (*rows, whole) if one is not None]
        known = [entry for entry in parts if entry.status is not Status.ABSENT]
        return total if any(entry.value is None for entry in known) else with_sum(total, known)

    def _has_money(self) -> bool:
        return any(entry.value for line in self.funds.lines for entry in line[2:5])

    def _indicator(self, record: type[Any], row: Mapping[str, Entry[Any]]) -> Any:
        nothing = absent(self.sheet)
        return record(**{key: row.get(key, nothing) for key in record._fields})

    # --- the fields around the tables ---

    def _fields(self) -> Iterator[tuple[str, Entry[Any]]]:
        """The values beside the labels of the head and of what stands below the indicators; the first ones count."""
        parts = {part.key: part for part in self.kind.parts}
        own = {one.key: one for one in self.kind.fields if parts[one.part].holds is Holds.FIELDS and not one.money}
        seen: set[str] = set()
        for row in self._rows_of_fields():
            for column, text in self.frame.texts(row):
                key = self.words.field(text)
                if key in own and key not in seen:
                    seen.add(key)
                    _, at, typed = self.frame.right_of(row, column)
                    yield key, self._entry(own[key], typed, row, at)
                elif key is None:
                    for key, value in self.words.in_cell(text):
                        if key in own and key not in seen:
                            seen.add(key)
                            yield key, self._entry(own[key], PartOfCell(value), row, column)

    def _rows_of_fields(self) -> Iterable[int]:
        above = (row for row in self.frame.above_header() if row not in self.funds.rows)
        return *above, *(self.frame.below_indicators(self.rows.end) if self.frame.header is not None else ())

    def _entry(self, field: Field, typed: Scalar, row: int, column: int) -> Entry[Any]:
        if field.value is Value.CODE:
            return code_entry(typed, self.sheet, row, column)
        if field.value in {Value.SCORE, Value.WEIGHT}:
            return weight_entry(typed, self.sheet, row, column)
        return text_entry(typed, self.sheet, row, column)

    def _coded(self, values: dict[str, Entry[Any]]) -> dict[str, Entry[Any]]:
        """The values, with the code that stands before the name in its cell."""
        name, code = values.get("name"), values.get("code")
        found = _CODED.fullmatch(name.value) if name is not None and name.value else None
        if name is None or found is None or "code" not in self.kind.place or (code is not None and code.value):
            return values
        values["name"] = name._replace(value=found[2])
        values["code"] = name._replace(value=found[1], typed=PartOfCell(found[1]))
        return values

    # --- the goal ---

    def _goals(self) -> Iterator[tuple[str, Entry[str]]]:
        """The texts on the goal: right of their labels, else below them."""
        seen: set[str] = set()
        for row in self._rows_of_fields():
            labels = [(column, key) for column, text in self.frame.texts(row) if (key := self.words.goal(text))]
            for at, (column, key) in enumerate(labels):
                if key in seen:
                    continue
                seen.add(key)
                stop = labels[at + 1][0] if at + 1 < len(labels) else self.frame.right + 1
                yield key, self._goal_text(row, column, stop)

    def _goal_text(self, row: int, column: int, stop: int) -> Entry[str]:
        _, at, typed = self.frame.right_of(row, column)
        if typed is not None and at < stop:
            return self._text(typed, row, at)
        # What stands below the indicators is no text on the goal, however blank the row in between.
        own = self.frame.above_header() if row in self.frame.above_header() else self._rows_of_fields()
        below = next((one for one in own if one > row), None)
        if below is not None and below not in self.funds.rows:
            columns = range(column, max(self.frame.last_column(row, column) + 1, stop))
            cell = self.frame.first_in(below, columns)
            if cell[2] is not None and not (isinstance(cell[2], str) and self.words.is_label(cell[2])):
                return self._text(cell[2], below, cell[1])
        return self._text(None, row + 1, column)

    def _goal(self) -> Entry[str]:
        """The goal: as it was adjusted, as it was set, or what stands right of 年度总体目标."""
        for key in ("goal", "initial_goal"):
            entry = self.goals.get(key)
            if entry is not None and not entry.is_empty:
                return entry
        return next(self._beside_part(), self.goals.get("goal") or absent(self.sheet))

    def _beside_part(self) -> Iterator[Entry[str]]:
        """The texts right of the part's label; those of further rows belong to the first."""
        for row in self._rows_of_fields():
            for column, text in self.frame.texts(row):
                if self.words.part(text) == "goals_part":
                    _, at, typed = self.frame.right_of(row, column)
                    further = [one for one in self._further(row, column, at) if typed is not None]
                    whole = "\n".join([str(typed), *further]) if further else typed
                    yield self._text(PartOfCell(whole) if further else whole, row, at)

    def _further(self, row: int, column: int, at: int) -> Iterator[str]:
        """Texts below the first one, in rows over which the part's label is merged."""
        last = next((bottom for top, left, bottom, _ in self.grid.merges if (top, left) == (row, column)), row)
        for below in range(row + 1, last + 1):
            _, _, typed = self.frame.first_in(below, range(at, self.frame.right + 1))
            if isinstance(typed, str):
                yield typed

    def _text(self, typed: Scalar, row: int, column: int) -> Entry[str]:
        is_model = isinstance(typed, str) and is_unfilled(typed)
        return text_entry(None if is_model else typed, self.sheet, row, column)

    # --- year and month ---

    def _near_title(self) -> Iterator[Cell]:
        """The title and the lines below it, above all that is labelled."""
        top = self.frame.top if self.title is None else self.title[0]
        for row in range(top, top + _TITLE_ROWS):
            texts = list(self.frame.texts(row))
            if any(self.words.is_label(text) for _, text in texts):
                return
            yield from ((row, column, text) for column, text in texts)

    def _year(self) -> Entry[int] | None:
        for row, column, text in self._near_title():
            found = _YEAR.search(folded(str(text)))
            if found is not None:
                return Entry(int(found[1]), Status.FILLED, text, self.sheet, row, column)
        return None

    def _months(self) -> tuple[Entry[int], Entry[int] | None]:
        """N of 1-N月: from a heading, from the line below the title, else from the sheet's name; and another N."""
        headings = [(one.row, one.columns.start, one.text) for one in self.frame.fund_headings()]
        headings += [(one.row, one.columns.start, one.text) for one in self.frame.columns.headings]
        labels = [(row, column, text) for row in self.funds.rows for column, text in self.frame.texts(row)]
        found: Entry[int] | None = None
        for row, column, text in (*headings, *labels, *self._near_title()):
            month = month_in(str(text))
            if month is None:
                continue
            entry = Entry(month, Status.FILLED, text, self.sheet, row, column)
            if found is not None and found.value != month:
                return found, entry
            found = found or entry
        month = month_of_sheet(self.sheet)
        if found is None and month is not None:
            found = Entry(month, Status.FILLED, self.sheet, self.sheet, self.frame.top, self.frame.left)
        return found or absent(self.sheet), None

    # --- what is not there ---

    def _missing(self) -> Iterator[str]:
        """Keys of the labels that every such table has and this one lacks."""
        goals = {part.key for part in self.kind.parts if part.holds in {Holds.GOALS, Holds.OUTCOMES}}
        for field in self.kind.fields:
            if field.required and not field.money and field.part not in goals and field.key not in self.values:
                yield field.key
        if not any(line.key == "budget" for line in self.funds.lines):
            yield "budget"
        yield from (one.key for one in self.kind.fund_columns if one.required and one.key not in self.funds.heads)
        if self._goal().status is Status.ABSENT:
            yield next(iter(goals), "goal")
        by_key = self.frame.columns.by_key
        yield from (one.key for one in self.kind.columns if one.required and one.key not in by_key)

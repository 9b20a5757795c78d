"""Where the parts of one form stand: rows, columns and cells, whatever the kind of form."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area
from xl_perf.core.cells.labels import Label
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.units import AmountUnit

TEXTS: Final = ("level1", "level2", "level3", "description", "target", "basis")
"""The fields of an `Indicator` that hold what people write, in their order."""

INDICATOR_TEXTS: Final = TEXTS[2:]
"""Those without the levels: a row with one of them is an indicator."""


class Slot(NamedTuple):
    """Where a value stands: the first cell that is not blank in some rows and columns, else ``blank``."""

    rows: Sequence[int]
    columns: range
    blank: tuple[int, int]
    first: tuple[int, int]
    """Row and column of the first cell, where it nearly always stands."""
    at: int
    """Where that cell stands in `CellLine.line`."""


class Frame(NamedTuple):
    """Where the parts of one form stand; rows and columns from 0."""

    kind: FormKind
    area: Area
    slots: tuple[Slot | None, ...]
    """Of the kind's fields, in their order; None for a field whose label is missing."""
    units: Mapping[str, AmountUnit]
    """What a bare number counts in, for each amount."""
    title: tuple[int, int] | None
    above_title: Slot | None
    months: tuple[tuple[int, Slot], ...]
    plans_money: bool
    """The form says that what stands below the months are amounts: 支出计划（万元）."""
    goals: tuple[Slot, ...]
    unnamed_goals: tuple[Slot, ...]
    """Rows of the part without 目标n: they count only where they have a text."""
    columns: Mapping[str, range]
    """Of the indicator table, by the keys of the kind's, those of an office's own form that are carried as well; empty
    for a column whose label is missing."""
    rows: tuple[int, ...]
    """Of the indicator table, below its header."""
    texts: tuple[range, ...]
    """The columns that hold an indicator's texts, as `TEXTS` names them; empty where there is none."""
    cells: tuple[slice | None, ...]
    """What of `CellLine.line` is the first of each of ``texts``, over all of ``rows``; None if nothing."""
    beside: tuple[tuple[int, int, slice], ...]
    """The other cells of merged columns: the number in ``texts``, the column of the sheet, and its cells."""
    table: tuple[int, int] | None
    headers: tuple[int, ...]
    """Rows of the table's header, and where it stands again."""
    first_column: int
    """Of the table, whatever its heading reads."""
    other_tables: tuple[int, ...]
    """Headers of further tables of the form: 年度绩效指标 below 长期绩效指标."""
    missing: tuple[str, ...]
    repeated: tuple[Label, ...]
    further: tuple[tuple[Label, Slot], ...]
    """Amounts whose field has another label already: 一般公共预算 below 财政拨款."""
    in_text: frozenset[tuple[int, int]]
    """Cells that hold a label and its value: 财政拨款：100万元."""
    set_aside: frozenset[tuple[int, int]]
    """Labels of amounts for the whole time, beside which the year's stand."""
    is_continued: bool
    """Its title says that it goes on with the form before it: 项目支出绩效目标表（续）."""
    added: tuple[range, int] | None
    """Rows whose amounts the budget adds up (成本构成, 主要任务), and their column."""
    money_rows: range
    """From the first amount, or the label of their part, to above the next label."""
    money_heads: int | None
    """The row with the headings of the columns of amounts: 上年预算数 | 本年预算数; None where there are none."""
    money_side: int | None
    """The column with the headings of the rows of amounts, 上年预算数 above 本年预算数; None where there are none."""
    outturn_points: tuple[Slot, ...]
    """Where the points for spending the budget may stand, 执行率分值（10） 10: beside the label, below it, in it."""
    goal_periods: Mapping[tuple[int, int], str]
    """What goals are for, by the first cells of their slots: `goal_places.WHOLE`, `goal_places.YEAR`."""
    amount_labels: tuple[tuple[int, int], ...]
    """The cells of the labels of its amounts, and of the heading over them."""
    details: range
    """The rows of a table of details among the amounts that an office's own form does not read."""
    told_by: frozenset[tuple[int, int]]
    """Cells whose texts, and not their places alone, tell which amounts are the year's: 2024年, 2025年."""

    def slot(self, key: str) -> Slot | None:
        """Where a field's value stands; None where its label is missing, or the kind has no such field."""
        at = self.kind.place.get(key)
        return None if at is None else self.slots[at]

    @property
    def is_whole(self) -> bool:
        """Every column that the kind demands is there; of an office's own form every one that its sheet has."""
        own = self.kind.own_sheet
        demanded = self.kind.demanded if own is None else {place.key for place in own.columns}
        return all(self.columns[key] for key in self.kind.header if key in demanded)

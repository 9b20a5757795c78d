"""Labels of official forms on a sheet that nobody described, and where its table is; whether it is filled in."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from xl_perf.core.cells.grid import Grid
from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.cells.values import text_of, to_amount
from xl_perf.core.forms.branches import printed_levels
from xl_perf.core.forms.cell_room import (
    BLANK_AMOUNT,
    BLANK_TEXT,
    LABEL_WITH_COLON,
    SHARING,
    TELLING,
    UP_TO_VALUE,
    with_room_beside,
)
from xl_perf.core.forms.department_line import department_line
from xl_perf.core.forms.filled_forms import is_filled
from xl_perf.core.forms.filled_texts import is_printed
from xl_perf.core.forms.finding import forms_on
from xl_perf.core.forms.footers import foot_of, is_unfilled
from xl_perf.core.forms.head_tables import head_tables, headings_over_amounts
from xl_perf.core.forms.in_text import IN_TEXT, value_in_text
from xl_perf.core.forms.kind import Stands, Value
from xl_perf.core.forms.labels import FORM_LABELS
from xl_perf.core.forms.learned import COLUMNS, FIELDS, MONEY
from xl_perf.core.forms.sheet_cells import Cell, SheetCells
from xl_perf.core.forms.titles import CONTINUED
from xl_perf.core.forms.units import STATEMENTS

_FEWEST_HEADINGS: Final = 2
_HEADINGS: Final = frozenset({*COLUMNS, *(column.instead for column in COLUMNS.values() if column.instead)})
_SECOND_ROW: Final = MONEY | {"operator", "measure", "target", "annual_column", "whole_column", "row_total"}
"""What a second row of the table's header may name: below 指标值, in lists below 预算数."""
_DEPARTMENT: Final = "department"
ABOVE_LISTS: Final = frozenset({"department_code", "unit_name"})
"""Keys of what stands above a list, behind its label."""
TEXTS: Final = frozenset({_DEPARTMENT, "contact", "central_department", "project_class"})
"""Keys of labels that shipped kinds know and do not read: what stands beside them is a text of the office's form."""
_FILLED_IN: Final = frozenset({"level3", "target", "whole_target"})


class KnownLabels(SheetCells):
    """The known labels of one sheet.

    ``labels`` are those of the form, ``known`` are their keys by their cells, ``taken`` the keys that are no longer
    free; in the cells ``with_value`` stands the value too. ``header`` is the row of the table's headings, ``foot`` the
    row below its last: what stands there is no indicator. Cells of ``aims`` are filled in with goals and texts.
    """

    def __init__(self, grid: Grid, *, is_filled: bool | None = None) -> None:
        """``is_filled`` says of a form that was filled in and has been emptied that it was."""
        grid = grid._replace(rows=with_room_beside(grid))
        super().__init__(grid)
        every = FORM_LABELS.places(self.cells)
        self.title = next((one for one in every if one.key == "title"), None)
        self.statements = {(one.row, one.column) for one in every if one.key in STATEMENTS}
        own = [one for one in every if one.key not in {*STATEMENTS, "title", CONTINUED}]
        self.levels = printed_levels(grid.rows)
        known = _header_row(own)
        self.header = self.levels[0] - 1 if known is None and self.levels else known
        self.foot = len(grid.rows) if self.header is None else foot_of(grid.rows, self.header + 1)
        self.is_list = any(one.key == "name" and self._reaches_header(one) for one in own)
        self.line = self._department_line(own)
        if self.line is not None:
            own = [one for one in own if one[1:3] != self.line]
            own.append(Label(f"{IN_TEXT}department_code", *self.line))
        own = self._of_project(own)
        self.has_value_in_text = any(map(self._holds_value, own))
        self.labels = [self._with_room(one) for one in own if self._may_be(one)]
        self.known = {(one.row, one.column): one.key for one in self.labels}
        self.taken = {one.key.removeprefix(IN_TEXT) for one in self.labels}
        self.with_value = {at for at, key in self.known.items() if key.startswith(IN_TEXT)}
        self.is_filled = (self.has_value_in_text or self._is_filled()) if is_filled is None else is_filled
        self.aims = self._goals_and_texts()
        self.head_tables = tuple(head_tables(self, grid.merges, self.header))
        self.over_amounts = headings_over_amounts(self, self.header) if self.is_filled else set()
        self.in_head_tables = {at for table in self.head_tables for at in (*table.headings, *table.body)}

    def label_at(self, at: Cell) -> str:
        """The label in a cell as it is compared; of a cell with a value too, what stands before that."""
        text = text_of(self.typed(at))
        found = UP_TO_VALUE.match(text) if at in self.with_value else None
        return bare(found[0] if found else text).text

    def cost_rows(self) -> range:
        """The rows of a table of costs (成本构成 | 金额), from its header down to its total: no labels stand there.

        None where its headings are the sources of the money, 支出内容 | 小计 | 一般公共预算 | 自筹.
        """
        first = next((one.row for one in self.labels if one.key == "cost_item"), None)
        if first is None:
            return range(0)
        total = next((one.row for one in self.labels if one.key == "row_total" and one.row > first), first)
        heads = [one for one in self.labels if one.key in MONEY and one.row in range(first, max(total, first + 1))]
        if len(heads) > 1:
            return range(0)
        return range(first, total + 1)

    def has_none_beside(self, at: Cell) -> bool:
        """No blank cell stands right of a label: there is none, or another label stands in it."""
        beside = self.beside(at)
        typed = None if beside is None else self.typed(beside)
        return beside is None or (isinstance(typed, str) and LABEL_WITH_COLON(typed) is not None)

    def _may_be(self, label: Label) -> bool:
        """Below the table's header a cell that reads 指标值 is what somebody measures."""
        if self.header is None or label.row <= self.header:
            return True
        return label.row == self.header + 1 and label.key in _SECOND_ROW

    def _reaches_header(self, label: Label) -> bool:
        """It stands in the row of the table's header, or is merged down to it: above it heads what stands there."""
        area = self.merged.get((label.row, label.column))
        return label.row == self.header or (area is not None and area[0] <= (self.header or 0) == area[2])

    def _department_line(self, own: Iterable[Label]) -> Cell | None:
        """Where a form without a field for its department has a line for it."""
        if self.is_list or any(one.key.endswith("department_code") for one in own):
            return None
        return department_line(self.grid, 0 if self.title is None else self.title.row + 1)

    def _of_project(self, own: Sequence[Label]) -> list[Label]:
        """预算单位 or 部门名称 beside a project is its 主管部门; where that stands there as well, its 实施单位.

        Of both the first with 部门 in it is the 主管部门, the others are the 实施单位.
        """
        keys = {one.key.removeprefix(IN_TEXT) for one in own}
        said = {one: self._said(one) for one in own if _is_department(one)}
        first = next((label for label in said.values() if "部门" in label), "")
        if first and len({*said.values()}) > 1 and not keys & {"department_code", "unit_name"}:
            names = {one: "department_code" if label == first else "unit_name" for one, label in said.items()}
            return [one._replace(key=one.key.replace(_DEPARTMENT, names.get(one, ""))) for one in own]
        left = [key for key in ("department_code", "unit_name") if key not in keys]
        made: list[Label] = []
        for one in own:
            key = (left.pop(0) if left else _DEPARTMENT) if _is_department(one) else ""
            made.append(one._replace(key=one.key.replace(_DEPARTMENT, key)) if key else one)
        return made

    def _said(self, label: Label) -> str:
        """The words of a label, without what is filled in behind them."""
        return re.split("[：:]", "".join(text_of(self.typed((label.row, label.column))).split()))[0]

    def _holds_value(self, label: Label) -> bool:
        """Behind a label, in its own cell, stands what somebody filled in."""
        key, text = label.key.removeprefix(IN_TEXT), text_of(self.typed((label.row, label.column)))
        if key == label.key or key not in TELLING or (label.row, label.column) == self.line:
            return False
        said = value_in_text(text, Value.AMOUNT if key in MONEY else Value.TEXT)
        amount = to_amount(said) if key in MONEY else None
        return bool(amount.value) if amount is not None else not (is_printed(said) or is_unfilled(said))

    def _with_room(self, label: Label) -> Label:
        """The label; one that shares its cell where that has room for its value: 财政拨款：    万元, 项目名称：    ."""
        at = (label.row, label.column)
        typed = str(self.typed(at))
        if label.key in MONEY:
            found = BLANK_AMOUNT.match(text_of(typed).strip())
        else:
            found = BLANK_TEXT.fullmatch(typed) if label.key in SHARING | TEXTS else None
        is_inside = found is not None and (
            len(found["room"]) > 1 or self.has_none_beside(at) or self._is_line_of_list(label, typed)
        )
        return label._replace(key=f"{IN_TEXT}{label.key}") if is_inside else label

    def _is_line_of_list(self, label: Label, typed: str) -> bool:
        """部门名称： above the header of a list: readers take what stands behind its colon."""
        is_above = self.is_list and self.header is not None and label.row < self.header
        return is_above and label.key in ABOVE_LISTS and typed.rstrip().endswith(("：", ":"))

    def _is_filled(self) -> bool:
        """Somebody filled the form in."""
        columns = [one.column for one in self.labels if one.row == self.header and one.key in _FILLED_IN]
        head = {at: key for at, key in self.known.items() if key in FIELDS or key in TEXTS}
        if self.header is not None:
            head = {at: key for at, key in head.items() if at[0] < self.header}
        first = 0 if self.header is None else self.header + 2
        return is_filled(self, head, self.known, columns, range(first, self.foot))

    def _goals_and_texts(self) -> set[Cell]:
        """The cells of goals and of texts without a label, as far as known labels tell: no labels stand there."""
        frames = forms_on(self.grid)[0].frames[:1]
        slots = [slot for frame in frames for slot in (*frame.goals, *frame.unnamed_goals)]
        for frame in frames:
            fields = zip(frame.kind.fields, frame.slots, strict=True)
            slots += [slot for field, slot in fields if slot is not None and field.stands is Stands.BELOW_PART]
        return {(row, column) for slot in slots for row in slot.rows for column in slot.columns} - {*self.known}


def _is_department(label: Label) -> bool:
    return label.key.removeprefix(IN_TEXT) == _DEPARTMENT


def _header_row(labels: Iterable[Label]) -> int | None:
    """The first row with two headings of the table of indicators, or more."""
    number = Counter(label.row for label in labels if label.key in _HEADINGS)
    return min((row for row, found in number.items() if found >= _FEWEST_HEADINGS), default=None)

"""The labels of a sheet that nobody described: those that are known, those like known ones, those that nobody knows.

A label that is nearly a known one is proposed for an officer to confirm; one that is like two, or that speaks of money
and is like none, is asked. Nothing is guessed where money depends on it.
"""

import re
from collections.abc import Collection, Sequence
from typing import Final

from xl_perf.core.cells.grid import Grid
from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.cells.units import stated_units
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.amount_columns import AmountColumns
from xl_perf.core.forms.cell_room import BLANK_AMOUNT, INNER_AMOUNT
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.filled_texts import is_hint
from xl_perf.core.forms.goal_places import WHOLE_GOAL
from xl_perf.core.forms.group_headings import HEADS_COLUMNS, leave_group_headings
from xl_perf.core.forms.in_text import IN_TEXT
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.known_labels import TEXTS, KnownLabels
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import COLUMNS, MONEY, TEXT, Word
from xl_perf.core.forms.named_columns import name_columns
from xl_perf.core.forms.own_columns import CARRIED, COUNTING, COUNTS
from xl_perf.core.forms.parted_sources import ask_levels, name_more, name_parts
from xl_perf.core.forms.printed_room import is_room
from xl_perf.core.forms.sheet_cells import Cell
from xl_perf.core.forms.titles import is_year_line
from xl_perf.core.forms.unknown_headings import look_at_headings
from xl_perf.core.forms.unknown_labels import look_at_labels

_FEWEST_OF_FORM: Final = 4
"""Labels, known or not, that a sheet without a title must have to be looked at as a form."""
_TOTALS: Final = frozenset({"小计", "合计", "总计", "总额"})
_MONEY_PART: Final = "money_part"
_BUDGETS: Final = frozenset({"budget", "whole_budget"})
_CARRIED: Final = frozenset({"direction", "attribute", "whole_target", "unit_code"})
_OF_WHOLE_TIME: Final = re.compile("[长中]期|实施期|总体").search
AIM_AS_TEXT: Final = "整个实施期的，不算年度的目标，按文字收"
_IN_TEXT: Final = {wording: field.key for kind in KINDS for field in kind.fields for wording in field.in_text}


class FormWords(KnownLabels):
    """The labels of one sheet, looked for at once.

    ``labels`` are the known ones, ``guessed`` those like known ones; ``words`` say what every label of the form is, by
    its cell, ``inner`` what further labels of amounts stand in it (年度资金总额：100（其中：财政拨款90）). ``doubts``
    say of labels that are not known how sure it is what they are, and why; ``extra`` are headings of the table that are
    not read.
    """

    def __init__(self, grid: Grid, *, is_filled: bool | None = None) -> None:
        """``is_filled`` says of a form that was filled in and has been emptied that it was."""
        super().__init__(grid, is_filled=is_filled)
        self.guessed: list[Label] = []
        self.doubts: dict[Cell, tuple[Certainty, str]] = {}
        self.words: dict[Cell, Word] = {}
        self.inner: dict[Cell, list[Word]] = {}
        self.extra: list[str] = []
        look_at_labels(self)
        look_at_headings(self)
        self._take_known()
        self.column_heads: tuple[Cell, ...] = ()
        """The headings of several columns or rows of amounts, of which one is the budget."""
        self.amounts: AmountColumns | None = None
        """These columns or rows, and below the heading of the budget's:"""
        self.head: Cell = (0, 0)
        self.other_columns: list[str] = []
        """What those read that are not the budget."""
        name_columns(self)
        leave_group_headings(self)
        name_parts(self)
        name_more(self)
        ask_levels(self)

    @property
    def is_like_form(self) -> bool:
        """Something on the sheet speaks for a form: a title, printed levels, or some labels."""
        found = len(self.words) + len(self.doubts)
        return self.title is not None or bool(self.levels) or found >= _FEWEST_OF_FORM

    def first_line(self) -> str:
        """The text that stands alone in the first filled row, above all labels: a title that is called no 表.

        A line with the year, or the unit, is none.
        """
        first = min((row for row, _ in self.words), default=len(self.grid.rows))
        for row in range(first):
            filled = [typed for typed in self.row(row) if not is_blank(typed)]
            if filled:
                alone = text_of(filled[0]) if len(filled) == 1 and isinstance(filled[0], str) else ""
                return "" if is_year_line(alone) or stated_units(alone) else alone
        return ""

    def is_print(self, at: Cell) -> bool:
        """A text that the form prints for all: of a form that nobody filled in, every one but a hint for a value.

        Among the indicators only known labels are.
        """
        typed = self.typed(at)
        if self.is_filled:
            return at in self.over_amounts
        is_among_indicators = self.header is not None and self.header < at[0] < self.foot
        if not isinstance(typed, str) or is_blank(typed):
            return False
        return label_key(typed) is not None or not (is_among_indicators or is_hint(typed) or is_room(typed))

    def may_hold_label(self, at: Cell) -> bool:
        """It is no part of another cell, and no place of a unit, a goal or a table that is not read."""
        return not (self.is_covered(at) or at in self.statements or at in self.aims or at in self.in_head_tables)

    def guess(self, at: Cell, key: str, why: str) -> None:
        """A label is taken for a known one, for an officer to confirm."""
        self.taken.add(key)
        self.guessed.append(Label(key, *at))
        self.doubts[at] = Certainty.CHECK, why

    def carry(self, at: Cell, label: str, why: str = "") -> None:
        """A column of the table of which nothing is made; ``why`` asks an officer to look at it."""
        self.extra.append(label)
        said = why or (COUNTS if label in COUNTING else CARRIED)
        self.doubts[at] = (Certainty.CHECK if why else Certainty.UNKNOWN), said

    def take_amount_inside(self, at: Cell) -> bool:
        """财政拨款：    万元: a known label, and room for its amount in the same cell."""
        typed = self.typed(at)
        found = BLANK_AMOUNT.match(typed.strip()) if isinstance(typed, str) else None
        label = bare(found["label"]).text if found else ""
        key = self._new_amount(label) if found else ""
        if key:
            self.words[at] = Word(key, label, is_in_text=True)
            self._look_further(at)
        return bool(key)

    def _look_further(self, at: Cell) -> None:
        """The labels of further amounts in the same cell; what stands behind a source is what that is made of."""
        first = self.words[at].key
        for found in INNER_AMOUNT.finditer(text_of(self.typed(at))) if first == "budget" else ():
            label = bare(found["label"].removeprefix("其中")).text
            if key := self._new_amount(label):
                self.inner.setdefault(at, []).append(Word(key, label, is_in_text=True))

    def _new_amount(self, label: str) -> str:
        """The key of an amount whose label shares its cell, as in 其他：    万元; empty where it is taken or none."""
        key = label_key(label) or _IN_TEXT.get(label, "")
        if key not in MONEY or key in self.taken:
            return ""
        self.taken.add(key)
        return key

    def _take_known(self) -> None:
        known = [*self.labels, *self.guessed]
        column_total = self._total_of_columns()
        if column_total is not None:
            self.words[column_total] = Word("budget", self.label_at(column_total))
            heads = [one for one in known if one.key in _BUDGETS and self._is_over((one.row, one.column), column_total)]
            self.doubts |= {(one.row, one.column): (Certainty.UNKNOWN, HEADS_COLUMNS) for one in heads}
            known = [one for one in known if one not in heads]
        has_budget = column_total is not None or any(
            one.key.removeprefix(IN_TEXT) in _BUDGETS and not self._heads_total(one) for one in known
        )
        for row, column, key in ((one.row, one.column, one.key) for one in known):
            is_total = key == "row_total" and not (has_budget or self.is_list) and row < (self.header or row + 1)
            if key in _BUDGETS and not is_total and self._heads_total(Label(key, row, column)):
                key = _MONEY_PART if _MONEY_PART not in {one.key for one in known} else key
            key = "budget" if is_total else key  # 合计 above the sources of a form without another label for the whole
            key = self._heading(key, (row, column), {one.key for one in known})
            if (row == self.header or row - 1 == self.header) and self._is_carried(key, known):
                self.carry((row, column), self.label_at((row, column)))
            elif not key.startswith("month:") and key != "goal":
                is_inside, label = key.startswith(IN_TEXT), self.label_at((row, column))
                is_text = key.removeprefix(IN_TEXT) in TEXTS and (is_inside or self.beside((row, column)) is not None)
                if key == WHOLE_GOAL and self._is_beside_goals((row, column)):
                    is_text = True
                    self.doubts[row, column] = Certainty.UNKNOWN, AIM_AS_TEXT
                own = f"{TEXT}{label}" if is_text else key.removeprefix(IN_TEXT)
                self.words[row, column] = Word(own, label, is_inside)
                if is_inside:
                    self._look_further((row, column))

    def _total_of_columns(self) -> Cell | None:
        """小计 before 一般公共预算 | 政府性基金, over a row 合计: the budget, whatever columns stand left of it."""
        rows = {one.row: one.column for one in self.labels if one.key == "row_total"}
        sources = {(one.row, one.column) for one in self.labels if one.key in MONEY - _BUDGETS}
        for row, column in sorted(sources):
            at = (row, column - 1)
            is_first = (row, column + 1) in sources and column > 0 and rows.get(row + 1, column) < column - 1
            if is_first and bare(text_of(self.typed(at))).text in _TOTALS and is_blank(self.typed((row + 1, at[1]))):
                return at
        return None

    def _is_over(self, at: Cell, cell: Cell) -> bool:
        _, left, bottom, right = self.merged.get(at, (*at, *at))
        return bottom < cell[0] and left <= cell[1] <= right

    def _heads_total(self, label: Label) -> bool:
        """年度资金 | 合计 | 财政拨款: the amount is that of 合计; the label heads a block, or all rows right of it."""
        at = label.row, label.column
        beside = self.beside(at)
        if beside is not None and label_key(text_of(self.typed(beside))) == "row_total":
            return True
        top, _, bottom, right = self.merged.get(at, (*at, *at))
        totals = [one for one in self.labels if one.key == "row_total" and one.row in range(top + 1, bottom + 1)]
        return any(one.column == right + 1 for one in totals)

    def _is_beside_goals(self, at: Cell) -> bool:
        """长期目标 with room of its own, where the goals of the form stand elsewhere."""
        beside, below = self.beside(at), (at[0] + 1, at[1])
        is_above = not self.is_list and (self.header is None or at[0] < self.header)
        if not (is_above and self.aims) or beside is None or {beside, below} & self.aims:
            return False
        return is_blank(self.typed(beside)) and not self.is_covered(beside)

    def _is_carried(self, key: str, known: Sequence[Label]) -> bool:
        """A heading that kinds know and do not read: 指标方向性; 指标内容 where 三级指标 stands beside it."""
        return key in _CARRIED or (key == "content" and any(one.key == "level3" for one in known))

    def _heading(self, key: str, at: Cell, known: Collection[str]) -> str:
        """指标类型 over printed levels heads these; 指标内容, 年度绩效指标 right of 二级指标 head third levels."""
        if at[0] != self.header or self.is_list:
            return key
        if self.levels is not None and at[1] == self.levels[1] and key not in COLUMNS and "level1" not in known:
            return "level1"
        if "level3" in known:
            return key
        is_behind = key == "indicators_part" and label_key(text_of(self.typed((at[0], at[1] - 1)))) == "level2"
        is_of_year = is_behind and not _OF_WHOLE_TIME(text_of(self.typed(at)))
        return "level3" if key == "content" or is_of_year else key

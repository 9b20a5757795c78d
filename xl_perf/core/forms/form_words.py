"""The labels of a sheet that nobody described: those that are known, those like known ones, those that nobody knows.

A label that is nearly a known one is proposed for an officer to confirm; one that is like two, or that speaks of money
and is like none, is asked. Nothing is guessed where money depends on it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from xl_perf.core.cells.grid import Grid
from xl_perf.core.cells.labels import Label, bare, unit_of_label
from xl_perf.core.cells.units import stated_units
from xl_perf.core.cells.values import is_blank, text_of, to_amount
from xl_perf.core.forms.branches import is_branch, printed_levels
from xl_perf.core.forms.cell_room import (
    BLANK_AMOUNT,
    BLANK_TEXT,
    DATED,
    INNER_AMOUNT,
    LABEL_WITH_COLON,
    SHARING,
    TELLING,
    UP_TO_VALUE,
    with_room_beside,
)
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.department_line import department_line
from xl_perf.core.forms.filled_forms import is_filled
from xl_perf.core.forms.filled_texts import is_hint, is_note, is_printed, label_behind
from xl_perf.core.forms.finding import forms_on
from xl_perf.core.forms.footers import foot_of, is_signing, is_total_row, is_unfilled
from xl_perf.core.forms.head_tables import head_tables, headings_over_amounts, heads_rows
from xl_perf.core.forms.in_text import IN_TEXT, value_in_text
from xl_perf.core.forms.kind import Stands, Value
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.labels import FORM_LABELS, label_key
from xl_perf.core.forms.learned import COLUMNS, FIELDS, MONEY, MORE, PART_OF, PARTS, TEXT, Word
from xl_perf.core.forms.likeness import is_of_text, likeness, speaks_of_money
from xl_perf.core.forms.money_labels import OF_OTHER_YEARS
from xl_perf.core.forms.named_columns import name_columns
from xl_perf.core.forms.own_columns import CARRIED, COUNTING, COUNTS
from xl_perf.core.forms.parted_sources import name_more, name_parts
from xl_perf.core.forms.sheet_cells import Cell, SheetCells
from xl_perf.core.forms.titles import CONTINUED, is_title, is_year_line
from xl_perf.core.forms.units import STATEMENTS

_LONGEST_LABEL: Final = 24
_FEWEST_HEADINGS: Final = 2
_FEWEST_AMOUNTS: Final = 2
_FEWEST_OF_FORM: Final = 4
"""Labels, known or not, that a sheet without a title must have to be looked at as a form."""
_HEADINGS: Final = frozenset({*COLUMNS, *(column.instead for column in COLUMNS.values() if column.instead)})
_SECOND_ROW: Final = MONEY | {"operator", "measure", "target", "annual_column", "whole_column", "row_total"}
"""What a second row of the table's header may name: below 指标值, in lists below 预算数."""
_DEPARTMENT: Final = "department"
_TEXTS: Final = frozenset({_DEPARTMENT, "contact", "central_department", "project_class"})
"""Keys of labels that shipped kinds know and do not read: what stands beside them is a text of the office's form."""
_FILLED_IN: Final = frozenset({"level3", "target", "whole_target"})
_CARRIED: Final = frozenset({"direction", "attribute", "whole_target", "unit_code"})
_MONEY_PART: Final = "money_part"
_OF_AMOUNTS: Final = frozenset({_MONEY_PART, "budget_part"})
"""Keys of parts with amounts: right of their labels stand labels."""
_OTHER_YEAR: Final = re.compile(OF_OTHER_YEARS)
_OF_WHOLE_TIME: Final = re.compile("[长中]期|实施期|总体").search
_HAS_WORDS: Final = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_SENTENCE: Final = re.compile(r"[。；！？]")
UNKNOWN_AMOUNT: Final = "像是金额，不知道是哪一种"
_LABEL_AND_VALUE: Final = re.compile(r"[:：]\s*\S")
_IN_TEXT: Final = {wording: field.key for kind in KINDS for field in kind.fields for wording in field.in_text}


class FormWords(SheetCells):
    """The labels of one sheet, looked for at once.

    ``labels`` are the known ones, ``guessed`` those like known ones; ``words`` say what every label of the form is, by
    its cell, ``inner`` what further labels of amounts stand in it (年度资金总额：100（其中：财政拨款90）). ``doubts``
    say of labels that are not known how sure it is what they are, and why; ``extra`` are headings of the table that are
    not read; ``header`` is its row, ``foot`` the row below its last: what stands there is no indicator.
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
        self.taken = {one.key.removeprefix(IN_TEXT) for one in self.labels}
        self.with_value = {(one.row, one.column) for one in self.labels if one.key.startswith(IN_TEXT)}
        self.is_filled = (self.has_value_in_text or self._is_filled()) if is_filled is None else is_filled
        self.aims = self._goals_and_texts()
        self.head_tables = tuple(head_tables(self, grid.merges, self.header))
        self.over_amounts = headings_over_amounts(self, self.header) if self.is_filled else set()
        self.in_head_tables = {at for table in self.head_tables for at in (*table.headings, *table.body)}
        self.guessed: list[Label] = []
        self.doubts: dict[Cell, tuple[Certainty, str]] = {}
        self.words: dict[Cell, Word] = {}
        self.inner: dict[Cell, list[Word]] = {}
        self.extra: list[str] = []
        self._look_at_texts()
        self._take_known()
        self.column_heads: tuple[Cell, ...] = ()
        """The headings of several columns of amounts, of which one is the budget."""
        self.other_columns: list[str] = []
        """What those read that are not the budget."""
        name_columns(self)
        name_parts(self)
        name_more(self)

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

    # --- known labels --------------------------------------------------------------------------------------------

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
            found = BLANK_TEXT.fullmatch(typed) if label.key in SHARING | _TEXTS else None
        is_inside = found is not None and (len(found["room"]) > 1 or self._has_none_beside(at))
        return label._replace(key=f"{IN_TEXT}{label.key}") if is_inside else label

    def _has_none_beside(self, at: Cell) -> bool:
        """No blank cell stands right of a label: there is none, or another label stands in it."""
        beside = self.beside(at)
        typed = None if beside is None else self.typed(beside)
        return beside is None or (isinstance(typed, str) and LABEL_WITH_COLON(typed) is not None)

    def _is_filled(self) -> bool:
        """Somebody filled the form in."""
        columns = [one.column for one in self.labels if one.row == self.header and one.key in _FILLED_IN]
        head = {(one.row, one.column): one.key for one in self.labels if one.key in FIELDS or one.key in _TEXTS}
        if self.header is not None:
            head = {at: key for at, key in head.items() if at[0] < self.header}
        known = {(one.row, one.column) for one in self.labels}
        first = 0 if self.header is None else self.header + 2
        return is_filled(self, head, known, columns, range(first, self.foot))

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
        return label_key(typed) is not None or not (is_among_indicators or is_hint(typed))

    def _goals_and_texts(self) -> set[Cell]:
        """The cells of goals and of texts without a label, as far as known labels tell: no labels stand there."""
        frames = forms_on(self.grid)[0].frames[:1]
        slots = [slot for frame in frames for slot in (*frame.goals, *frame.unnamed_goals)]
        for frame in frames:
            fields = zip(frame.kind.fields, frame.slots, strict=True)
            slots += [slot for field, slot in fields if slot is not None and field.stands is Stands.BELOW_PART]
        labels = {(one.row, one.column) for one in self.labels}
        return {(row, column) for slot in slots for row in slot.rows for column in slot.columns} - labels

    def _take_known(self) -> None:
        known = [*self.labels, *self.guessed]
        has_budget = any(one.key.removeprefix(IN_TEXT) in {"budget", "whole_budget"} for one in known)
        for row, column, key in ((one.row, one.column, one.key) for one in known):
            is_total = key == "row_total" and not (has_budget or self.is_list) and row < (self.header or row + 1)
            key = "budget" if is_total else key  # 合计 above the sources of a form without another label for the whole
            key = self._heading(key, (row, column), {one.key for one in known})
            if (row == self.header or row - 1 == self.header) and self._is_carried(key, known):
                self._carry((row, column), self.label_at((row, column)))
            elif not key.startswith("month:") and key != "goal":
                is_inside, label = key.startswith(IN_TEXT), self.label_at((row, column))
                is_text = key.removeprefix(IN_TEXT) in _TEXTS and (is_inside or self.beside((row, column)) is not None)
                own = f"{TEXT}{label}" if is_text else key.removeprefix(IN_TEXT)
                self.words[row, column] = Word(own, label, is_inside)
                if is_inside:
                    self._look_further((row, column))

    def _is_carried(self, key: str, known: Sequence[Label]) -> bool:
        """A heading that kinds know and do not read: 指标方向性; 指标内容 where 三级指标 stands beside it."""
        return key in _CARRIED or (key == "content" and any(one.key == "level3" for one in known))

    def _carry(self, at: Cell, label: str, why: str = "") -> None:
        """A column of the table of which nothing is made; ``why`` asks an officer to look at it."""
        self.extra.append(label)
        said = why or (COUNTS if label in COUNTING else CARRIED)
        self.doubts[at] = (Certainty.CHECK if why else Certainty.UNKNOWN), said

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

    def label_at(self, at: Cell) -> str:
        """The label in a cell as it is compared; of a cell with a value too, what stands before that."""
        text = text_of(self.typed(at))
        found = UP_TO_VALUE.match(text) if at in self.with_value else None
        return bare(found[0] if found else text).text

    # --- texts that are no known labels ----------------------------------------------------------------------------

    def _look_at_texts(self) -> None:
        """From the title to the table's header; right of a label stands its value, where the form is filled in."""
        first = 0 if self.title is None else self.title.row + 1
        last = len(self.grid.rows) - 1 if self.header is None else self.header
        known = {(one.row, one.column): one.key for one in self.labels}
        costs = self.cost_rows()
        for row in (row for row in range(first, last + 1) if row not in costs):
            is_header, expects_value, is_of_money = row == self.header, False, self._is_beside_money(row, known)
            for column in range(self.cells.width):
                at = (row, column)
                if self.is_covered(at) or at in self.statements or at in self.aims or at in self.in_head_tables:
                    continue
                if at in known:
                    expects_value = not (is_header or known[at].startswith(IN_TEXT) or known[at] in _OF_AMOUNTS)
                elif self._has_room_for_amount(at) or (
                    expects_value and self.is_filled and at not in self.over_amounts
                ):
                    expects_value = False
                elif self.is_copy(at):
                    continue
                elif not is_header and self._has_own_room(at):
                    self._take_with_room(at)
                    expects_value = False
                elif self._is_like_label(at, is_header=is_header):
                    is_of_money = self._take_unknown(at, is_heading=is_header, is_of_money=is_of_money) or is_of_money
                    expects_value = not (is_header or self._heads_labels(at))

    def _may_be_value(self, at: Cell) -> bool:
        """Of a filled form: what stands right of a label, but for the headings of columns of amounts."""
        return self.is_filled and at not in self.over_amounts

    def _is_beside_money(self, row: int, known: dict[Cell, str]) -> bool:
        """The row stands under the label of a part with amounts."""
        for (top, left), key in known.items():
            if key not in _OF_AMOUNTS or row < top:
                continue
            bottom = self.merged[top, left][2] if (top, left) in self.merged else top
            while bottom + 1 < len(self.grid.rows) and is_blank(self.typed((bottom + 1, left))):
                bottom += 1
            if row <= bottom:
                return True
        return False

    def cost_rows(self) -> range:
        """The rows of a table of costs (成本构成 | 金额), from its header down to its total: no labels stand there."""
        first = next((one.row for one in self.labels if one.key == "cost_item"), None)
        if first is None:
            return range(0)
        total = next((one.row for one in self.labels if one.key == "row_total" and one.row > first), first)
        return range(first, total + 1)

    def _has_room_for_amount(self, at: Cell) -> bool:
        """财政拨款：    万元: a known label, and room for its amount in the same cell."""
        typed = self.typed(at)
        found = BLANK_AMOUNT.match(typed.strip()) if isinstance(typed, str) else None
        key = _key_in_text(bare(found["label"]).text) if found else None
        if found is None or key not in MONEY or key in self.taken:
            return False
        self.taken.add(key)
        self.words[at] = Word(key, bare(found["label"]).text, is_in_text=True)
        self._look_further(at)
        return True

    def _look_further(self, at: Cell) -> None:
        """The labels of further amounts in the same cell; what stands behind a source is what that is made of."""
        first = self.words[at].key
        for found in INNER_AMOUNT.finditer(text_of(self.typed(at))) if first == "budget" else ():
            label = bare(found["label"].removeprefix("其中")).text
            key = _key_in_text(label)
            if key in MONEY and key not in self.taken:
                self.taken.add(key)
                self.inner.setdefault(at, []).append(Word(key, label, is_in_text=True))

    def _is_like_label(self, at: Cell, *, is_header: bool) -> bool:
        """Short, no sentence, no line for signatures, and with room beside it."""
        typed = self.typed(at)
        if not isinstance(typed, str) or to_amount(typed) is not None or _SENTENCE.search(typed):
            return False
        seen = bare(typed).text
        if _HAS_WORDS.search(seen) is None or is_printed(typed):
            return False
        if not 1 < len(seen) <= _LONGEST_LABEL or is_title(typed) or is_year_line(typed):
            return False
        if _LABEL_AND_VALUE.search(label_behind(typed).strip()) or is_branch(typed) or is_total_row(typed):
            return False
        beside = self.beside(at)
        if at in self.over_amounts:
            return True
        if is_header or beside is None:
            return is_header or self._is_last_heading(at)
        value = self.typed(beside)
        known = {(one.row, one.column): one.key for one in self.labels}
        if not isinstance(value, str | None):
            return self.is_filled and (speaks_of_money(seen) or self._is_beside_money(at[0], known))
        return not self.is_filled or label_key(text_of(value)) is None or is_year_line(text_of(value))

    def _is_last_heading(self, at: Cell) -> bool:
        """In the last column, directly right of another label, with nothing but numbers below: a heading of amounts."""
        row, column = at
        below = self.typed((self.merged[at][2] + 1 if at in self.merged else row + 1, column))
        is_free = is_blank(below) or to_amount(below) is not None
        return column > 0 and is_free and ((row, column - 1) in self.words or (row, column - 1) in self.doubts)

    def _take_unknown(self, at: Cell, *, is_heading: bool, is_of_money: bool) -> bool:
        """What a label that is not known may be; True for the label of a part with amounts."""
        label = self.label_at(at)
        if is_heading and (self._take_by_place(at) or self._take_below_money(at, label)):
            return False
        is_of_other_year = _OTHER_YEAR.search(label) is not None
        alike = None if is_of_other_year else likeness(label, self.taken, is_heading=is_heading, is_list=self.is_list)
        if alike is not None and alike.is_clear:
            self._guess(at, alike.key, f"像“{alike.wording}”")
            return alike.key in _OF_AMOUNTS
        said = f"像“{alike.wording}”，也像“{alike.other_wording}”" if alike else ""
        if is_heading and self.is_list and not said and speaks_of_money(label):
            said = UNKNOWN_AMOUNT
        if is_heading:
            self._carry(at, label, said)
            return False
        is_part = self._heads_labels(at)
        is_among = self._is_among_amounts(at)
        is_money = speaks_of_money(label) or unit_of_label(str(self.typed(at)))
        if is_part and not is_among and is_money and _MONEY_PART not in self.taken:
            self._guess(at, _MONEY_PART, "右边是几项金额，应是资金这一部分的名称")
            return True
        is_amount = speaks_of_money(label) or ((is_of_money or is_among) and not is_of_text(label))
        if not said and is_amount and not is_of_other_year and (is_among or not is_part):
            said = UNKNOWN_AMOUNT
            if is_among and self._is_heading(at):
                self.doubts[at] = Certainty.CHECK, said
                return False
        if is_part and not said:
            self.doubts[at] = Certainty.UNKNOWN, "右边是别的栏目，不读"
            return False
        self.words[at] = Word(f"{TEXT}{label}", label)
        self.doubts[at] = (Certainty.CHECK if said else Certainty.UNKNOWN), said or "不认识的一项，按文字收"
        return False

    def _is_heading(self, at: Cell) -> bool:
        """No cell is free right of it: its amount stands below."""
        beside = self.beside(at)
        return beside is None or self.is_covered(beside) or not is_blank(self.typed(beside))

    def _has_own_room(self, at: Cell) -> bool:
        """A label that nobody knows, with room for its text in the same cell: 项目特点：____."""
        typed = self.typed(at)
        found = BLANK_TEXT.fullmatch(typed) if isinstance(typed, str) and not is_year_line(typed) else None
        is_of_signing = is_signing(str(typed)) and DATED(str(typed)) is not None
        if found is None or is_of_signing or is_note(str(typed)) or _HAS_WORDS.search(bare(str(typed)).text) is None:
            return False
        return len(found["room"]) > 1 or self._has_none_beside(at)

    def _take_with_room(self, at: Cell) -> None:
        """It is a text, or to be looked at where it speaks of money or is like a known label."""
        self.with_value.add(at)
        label = self.label_at(at)
        alike = likeness(label, self.taken, is_heading=False, is_list=self.is_list)
        said = f"像“{alike.wording}”" if alike is not None and alike.key in MONEY | SHARING else ""
        said = said or (UNKNOWN_AMOUNT if speaks_of_money(label) else "")
        self.words[at] = Word(f"{TEXT}{label}", label, is_in_text=True)
        self.doubts[at] = (Certainty.CHECK if said else Certainty.UNKNOWN), said or "不认识的一项，按文字收"

    def _guess(self, at: Cell, key: str, why: str) -> None:
        self.taken.add(key)
        self.guessed.append(Label(key, *at))
        self.doubts[at] = Certainty.CHECK, why

    def _heads_labels(self, at: Cell) -> bool:
        """Another text stands right of it, in a form that nobody filled in: it is the label of a part."""
        beside = self.beside(at)
        is_label = not self.is_filled or beside in self.in_head_tables | self.over_amounts or heads_rows(self, at)
        return is_label and beside is not None and not is_blank(self.typed(beside))

    def _is_among_amounts(self, at: Cell) -> bool:
        """It heads a column, in a row with the labels of other amounts: a label stands beside it, none below."""
        area = self.merged.get(at, (*at, *at))
        known = [one for one in (*self.labels, *self.guessed) if one.row == at[0] and one.key in MONEY]
        below = self.typed((area[2] + 1, at[1]))
        fewest = 1 if at in self.over_amounts else _FEWEST_AMOUNTS
        return len(known) >= fewest and (is_blank(below) or to_amount(below) is not None)

    def _take_below_money(self, at: Cell, label: str) -> bool:
        """财政 and 其他 alone below 预算金额, in the second row of a list's header."""
        key = {"财政": "fiscal", "其他": "other"}.get(label)
        above = [one for one in self.labels if one.key == "budget" and one.row == at[0] - 1 and one.column <= at[1]]
        over = max(above, key=lambda one: one.column, default=None)
        if key is None or key in self.taken or over is None:
            return False
        area = self.merged.get((over.row, over.column))
        if area is None or area[3] < at[1]:
            return False
        self._guess(at, key, f"在“{self.label_at((over.row, over.column))}”下面")
        return True

    def _take_by_place(self, at: Cell) -> bool:
        """Headings over printed levels, and the two behind them: 三级指标 and 指标值."""
        if self.levels is None:
            return False
        _, first, second = self.levels
        last = first if second is None else second
        keys = {first: "level1", last: "level1" if second is None else "level2"}
        names_more = not {"level1", "level3", "target"}.isdisjoint(self.taken - _BY_PLACE)
        behind = (
            []
            if names_more
            else [column for column in range(last + 1, self.cells.width) if not self.is_covered((at[0], column))]
        )
        keys |= dict(zip(behind, ("level3", "target"), strict=False))
        key = keys.get(at[1])
        if key is None or key in self.taken:
            return False
        why = "下面印着级次" if at[1] <= last else "在级次的右边，一般是它"
        self._guess(at, key, why)
        return True


_BY_PLACE: Final = frozenset({"level1", "level2", "level3", "target"})


def has_own_row(key: str) -> bool:
    """A label of a field, a column or a part: not one that only tells what others mean."""
    return key.startswith((TEXT, PART_OF, MORE)) or key in FIELDS or key in COLUMNS or key in PARTS


def _is_department(label: Label) -> bool:
    return label.key.removeprefix(IN_TEXT) == _DEPARTMENT


def _key_in_text(label: str) -> str | None:
    """The key of a label that shares its cell with the amount: 其他：    万元 as well."""
    return label_key(label) or _IN_TEXT.get(label)


def _header_row(labels: Iterable[Label]) -> int | None:
    """The first row with two headings of the table of indicators, or more."""
    number = Counter(label.row for label in labels if label.key in _HEADINGS)
    return min((row for row, found in number.items() if found >= _FEWEST_HEADINGS), default=None)

"""Which label of a form stands for what: of labels that stand twice, the one that counts.

Forms of several years print their amounts, goals and indicators twice, side by side or one above the other: for the
whole time (中期, 实施期) and for the year. The year's count.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from xl_perf.core.cells.grid import CellLine, Scalar
from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.cells.values import to_amount
from xl_perf.core.forms.detail_tables import rows_of_details
from xl_perf.core.forms.in_text import IN_TEXT, amounts_in_text
from xl_perf.core.forms.kind import MINIMUM_TELLING, PRINTED, FormKind, Holds, Shape, Value
from xl_perf.core.forms.labels import key_in, label_key
from xl_perf.core.forms.learned import PART_OF
from xl_perf.core.forms.money_labels import OF_OTHER_YEARS, MoneyLabels
from xl_perf.core.forms.own_columns import OF_WHOLE_TIME
from xl_perf.core.forms.reworded import give_to_missing
from xl_perf.core.forms.stated import year_of_form
from xl_perf.core.forms.titles import CONTINUED
from xl_perf.core.forms.units import Statement
from xl_perf.core.forms.variants import EXTRA
from xl_perf.core.forms.year_heads import labels_in_blocks

_MAY_REPEAT: Final = frozenset({"title", "goal", "whole_goal"})
_OF_AMOUNTS: Final = frozenset({"annual_column", "whole_column", "row_total"})
_WHOLE: Final = frozenset({"whole_budget", "whole_goal", "whole_column"})
_ANNUAL: Final = frozenset({"budget", "goals_part", "annual_column"})
_SPLIT: Final = frozenset({"operator", "target", "measure", "annual_column", "whole_column"})
"""What a second row of the header may name, below 指标值."""
_COLUMN_OF: Final = {"budget": "annual_column", "whole_budget": "whole_column"}
_TWICE: Final = 2
_ABOVE: Final = 2
"""Rows above that of 一级指标 | 三级指标 in which a list's other headings may begin: 备注, merged down."""
_OTHER_COLUMN: Final = re.compile(rf"{OF_OTHER_YEARS}|调[增减整]|20\d\d年").search
"""Headings of amounts that are not the budget, or no longer."""


class Placed:
    """The labels of one form in reading order; ``end`` is the row below its last, ``units`` what states units.

    ``cells`` are the sheet's; ``merged_to`` gives the last column of merged cells by their first cell.
    """

    def __init__(
        self,
        kind: FormKind,
        labels: Sequence[Label],
        end: int,
        merged_to: Mapping[tuple[int, int], int],
        cells: CellLine,
        units: Iterable[Statement],
    ) -> None:
        self.kind, self.end, self.merged_to, self.cells = kind, end, merged_to, cells
        own = [label for label in labels if _is_of(kind, label)]
        self.top, self.left = own[0].row, min(label.column for label in own)
        self.is_continued = own[0].key == CONTINUED
        self.labels: dict[str, Label] = {}
        """The label that counts, by key."""
        self.months: list[Label] = []
        self.goals: dict[int, Label] = {}
        """目标n by row."""
        self.goal_headings: dict[int, list[Label]] = {}
        """年度目标, 中期目标 within the part, by row."""
        self.in_text: dict[str, Label] = {}
        self.set_aside: list[Label] = []
        """Labels of amounts for the whole time."""
        self.goals_in_text: list[Label] = []
        """年度总体目标：… in one cell."""
        self.amount_columns: list[Label] = []
        """Headings of columns of amounts: 年度, 当年金额; 中期, 实施期; 合计 for rows that add up."""
        self.told_by: set[tuple[int, int]] = set()
        """Cells whose texts tell where the amounts stand: the years of columns, what blocks are about."""
        self.repeated: list[Label] = []
        self.further: list[Label] = []
        """Second labels of amounts: 一般公共预算 below 财政拨款, another 年度资金总额."""
        self.copies: set[tuple[int, int]] = set()
        self.in_row: dict[int, list[int]] = {}
        """Columns of labels by row: where the value right of a label ends."""
        for one in units:
            if one.is_alone:
                self.in_row.setdefault(one.row, []).append(one.column)
        self.has_two_levels = False
        """The table's first column holds second levels: 数量指标 below 一级指标."""
        self._money: list[Label] = []
        self._parts_of_sources: list[Label] = []
        self._before: Label | None = None
        columns = (*kind.columns, *kind.target_parts)
        self._columns = {*(column.key for column in columns), *(one.key for one in kind.extra)}
        self._find_header(own)
        last = end if self.header_row is None else self.header_row
        self.details = rows_of_details(kind, own, cells, last)
        """The rows of a table of details that is not read."""
        self.told_by |= {(row, column) for row in self.details[:1] for column in range(cells.width)}
        for label in own:
            if self._is_in_place(label):
                self._place(label)
        self._place_money()
        self._serve_goals()
        self._find_edges()

    # --- the header of the indicator table --------------------------------------------------------------------

    def _find_header(self, own: Sequence[Label]) -> None:
        self.header_row = _header_row(own, self.kind)
        last = self.end if self.header_row is None else self.header_row
        below = Counter(label.row for label in own if label.row > last and label.key in self.kind.header)
        self.header_again = {row for row, number in below.items() if number >= MINIMUM_TELLING}
        self._other_period: set[tuple[int, int]] = set()
        self._in_header = [label for label in own if label.key in self._columns]
        continued = {label.row for label in own if label.key == CONTINUED}
        self._next_pages = {row for row in self.header_again if continued & {row - 1, row - 2}}
        name = next((label for label in own if label.key == "indicators_part" and label.row == last), None)
        self.second_row: int | None = None
        names = {} if name is None else {row: self._text(name._replace(row=row)) for row in (last, *self.header_again)}
        self.other_tables = {row for row in self.header_again if names.get(row) and names[row] != names[last]}
        """Headers of further tables of the form: 年度绩效指标 below 长期绩效指标."""
        if self.header_row is None:
            return
        second = _SPLIT | self._amounts_of_list()
        split = [label for label in own if label.row == last + 1 and label.key in second]
        if len({label.column for label in split}) >= _TWICE:
            self.second_row = last + 1
            again = Counter(label.row for label in own if label.row > last + 1 and label.key in _SPLIT)
            self.header_again |= {row for row, number in again.items() if number >= _TWICE and row - 1 in below}
        header = [label for label in own if label.row == last and label.key in self._columns]
        self._other_period = self._not_of_the_year(own, header)

    def _amounts_of_list(self) -> set[str]:
        """What a second row of a list's header may name as well, below 预算数: 合计 | 财政资金 | 其他资金."""
        if self.kind.shape is not Shape.LIST:
            return set()
        return {"row_total", *(field.key for field in self.kind.money)}

    def _not_of_the_year(self, own: Sequence[Label], header: Sequence[Label]) -> set[tuple[int, int]]:
        """The headings of the other set, where the table's columns stand twice side by side."""
        sets: list[list[Label]] = [[]]
        for label in header:
            known = [one for one in sets[-1] if one.key == label.key]
            if known and not self._is_copy_of(known[-1], label):
                sets.append([])
            sets[-1].append(label)
        if len(sets) != _TWICE or not any(label.key == "target" for label in sets[1]):
            return set()
        whole = [label for label in own if label.key in _WHOLE and label.row < header[0].row]
        if not whole:
            return set()
        is_left = any(self._is_left_of(own, label) for label in whole)
        keys = {label.key for label in sets[1]}
        of_other = sets[1] if is_left else [label for label in sets[0] if label.key in keys]
        return {(label.row, label.column) for label in of_other}

    def _is_left_of(self, own: Sequence[Label], whole: Label) -> bool:
        """The year's heading stands left of the one for the whole time: 年度目标 | 中期目标; the part's is none."""
        return any(one.key in _ANNUAL and one.row == whole.row and self.left < one.column < whole.column for one in own)

    def _is_copy_of(self, before: Label, label: Label) -> bool:
        """A merged heading that was unmerged and filled to the right."""
        return label.column == self.last_column(before) + 1

    # --- placing ------------------------------------------------------------------------------------------------

    def _is_in_place(self, label: Label) -> bool:
        """Below the header a cell that reads 指标值 or 财政资金 is what somebody measures, not a label; above it a
        column that not every table has is none."""
        if label.row in self.details:
            return False
        last = self.end if self.header_row is None else self.header_row
        if self.second_row is not None and label.row == self.second_row:
            own = _SPLIT | self._amounts_of_list()
            return label.key in own or (self.kind.shape is Shape.LIST and label.key in self.kind.place)
        is_above = self.kind.shape is Shape.LIST and label.key.startswith(EXTRA) and last - _ABOVE <= label.row < last
        is_column = label.key in self._columns and label.key not in self.kind.header
        if label.row != self.header_row and is_column and not is_above:
            return False
        return label.row <= last or label.row in self.header_again or label.key in self.kind.starters

    def _place(self, label: Label) -> None:
        key = label.key
        if key.startswith(IN_TEXT):
            self._place_in_text(label._replace(key=key.removeprefix(IN_TEXT)))
            return
        self.in_row.setdefault(label.row, []).append(label.column)
        before, self._before = self._before, label
        # A merged label that was unmerged and filled to the right is still one label.
        if before is not None and before[:3] == (key, label.row, label.column - 1) and self._reads_as(before, label):
            self.copies.add((label.row, label.column))
        elif self._is_of_other_period(label) or key == CONTINUED or key.startswith(PRINTED):
            pass
        elif key.startswith("month:"):
            known = any(key == month.key for month in self.months)
            (self.repeated if known else self.months).append(label)
        elif key == "goal":
            self.goals.setdefault(label.row, label)
        elif self._heads_goals(label):
            self.goal_headings.setdefault(label.row, []).append(label)
        elif self._is_money(key):
            self._money.append(label)
        elif key.startswith(PART_OF):
            self._parts_of_sources.append(label)
        elif key in _OF_AMOUNTS:
            self.amount_columns.append(label)
        elif key not in self.labels or (label.row == self.second_row and key == "target"):
            self.labels[key] = label
        elif self._must_be_one(label):
            self.repeated.append(label)

    def _place_in_text(self, own: Label) -> None:
        """A label that shares its cell with the value, perhaps with other amounts and their labels."""
        if own.key in {"whole_goal", *(part.key for part in self.kind.parts)} and self._is_headed_goal(own):
            return
        if any(own.key == part.key for part in self.kind.parts):
            self.goals_in_text.append(own)
            self.labels.setdefault(own.key, own)
            return
        self.in_text.setdefault(own.key, own)
        # What stands behind the amount of a source is what that is made of.
        for other, *_ in amounts_in_text(str(self._text(own)), key_in(self.kind)) if own.key == "budget" else ():
            if other is not None and self._is_money(other):
                self.in_text.setdefault(other, own._replace(key=other))

    def _is_of_other_period(self, label: Label) -> bool:
        """A heading of the half of the table that is not read: on an office's own form its column is carried."""
        if (label.row, label.column) not in self._other_period:
            return False
        key = f"{EXTRA}{OF_WHOLE_TIME}{bare(self._text(label)).text}"
        if self.kind.learned is not None and key in self._columns:
            self.labels.setdefault(key, label._replace(key=key))
        return True

    def _is_headed_goal(self, own: Label) -> bool:
        """年度目标：… right of or below 年度目标, of several such headings: what somebody has filled in, no label."""
        part = self.kind.part_of(Holds.GOALS)
        heads = [self.labels[key] for key in (part.key, part.instead) if key in self.labels] if part else []
        heads += [label for headings in self.goal_headings.values() for label in headings]
        around = [one for one in heads if self._is_beside(one, own) or self._is_above(one, own)]
        return bool(around) and len(heads) > 1

    def _is_beside(self, label: Label, own: Label) -> bool:
        return label.row == own.row and self.last_column(label) + 1 == own.column

    def _is_above(self, label: Label, own: Label) -> bool:
        return label.row < own.row and label.column <= own.column <= self.last_column(label)

    def _reads_as(self, before: Label, label: Label) -> bool:
        """The same text, not another wording: 年度目标 right of 总体目标."""
        return self._text(before) == self._text(label)

    def shares_cell(self, label: Label) -> bool:
        """On an office's own form the value of such a label stands behind it in its cell, and this one is blank."""
        at = self.kind.place.get(label.key)
        if self.kind.learned is None or at is None or label.key in self.in_text:
            return False
        inside = self.kind.fields[at].in_text
        return bool(inside) and bare(self._text(label)).text in inside

    def _text(self, label: Label) -> Scalar:
        return self.cells.line[label.row * self.cells.width + label.column]

    def _heads_goals(self, label: Label) -> bool:
        """年度目标, 中期目标 right of the part's label: what stands right of or below it is a goal.

        So is what stands right of 年度目标 below 总体目标.
        """
        part = self.kind.part_of(Holds.GOALS)
        own = self.labels.get(part.key) if part else None
        if part is None or (self.header_row is not None and label.row >= self.header_row):
            return False
        if label.key == "whole_goal":
            return own is not None and label.column > own.column
        if own is None or label.key != part.key:
            return False
        is_below = label.column == own.column and label.row > own.row and not self._reads_as(own, label)
        return is_below or label.column > self.last_column(own)

    def _is_money(self, key: str) -> bool:
        at = self.kind.place.get(key)
        return key == "whole_budget" or (at is not None and self.kind.fields[at].money is not None)

    def _must_be_one(self, label: Label) -> bool:
        """A second one is a fault; not that of a field that need not be there, nor of a merged label filled down."""
        key, at = label.key, self.kind.place.get(label.key)
        if key in _MAY_REPEAT or label.row in {*self._next_pages, *self.other_tables} or self._fills_down(label):
            return False
        if at is not None:
            field = self.kind.fields[at]
            return field.required or field.value is not Value.TEXT
        own = self.labels[key]
        is_part = any(key == part.key for part in self.kind.parts)
        # Right of the part's own label 资金来源 heads the names of the sources.
        return key in self.kind.header or (is_part and not (label.row == own.row and label.column > own.column))

    def _fills_down(self, label: Label) -> bool:
        """A merged label that was unmerged and filled down is still one label: a part's, a first level's.

        So is the part's label beside a table whose header is repeated.
        """
        is_part = any(label.key == part.key for part in self.kind.parts)
        if label.row in self.header_again:
            return is_part and label.key not in self.kind.header
        goes_down = label.key == "level1" or is_part
        return goes_down and label.column == self.labels[label.key].column

    def _serve_goals(self) -> None:
        """实施期目标 is the label of the goals where a form has no other."""
        part = self.kind.part_of(Holds.GOALS)
        if part is None or part.key in self.labels or self.kind.shape is Shape.LIST:
            return
        label = self.labels.get(part.instead)
        if label is not None and (self.header_row is None or label.row < self.header_row):
            self.labels[part.key] = label._replace(key=part.key)

    # --- amounts ------------------------------------------------------------------------------------------------

    def _place_money(self) -> None:
        """Of the budget's labels and those of its sources, the year's."""
        self._take_block()
        known = MoneyLabels(self._money, self.cells)
        totals: dict[int, str] = {}
        """The last total of each column."""
        for label in self._money:
            if self._is_heading_of_money(label, known):
                continue
            if self._heads_column(label, known):
                self.amount_columns.append(label._replace(key=_COLUMN_OF[label.key]))
                continue
            if label.key in {"budget", "whole_budget"}:
                totals[label.column] = label.key
            if totals.get(label.column) == "whole_budget":
                self.set_aside.append(label)
            elif label.key not in self.labels:
                self.labels[label.key] = label
            elif self._is_copy(label):
                pass
            elif label.key == "budget" or not self._reads_as(self.labels[label.key], label):
                self.further.append(label)
            else:
                self.repeated.append(label)
        give_to_missing(self.kind, self.labels, self.further, self._text)
        self._place_parts_of_sources(totals)
        self.repeated.sort(key=lambda label: label[1:3])
        for key, label in self.in_text.items():
            self.labels.setdefault(key, label)

    def _take_block(self) -> None:
        """Of several blocks of amounts the year's: the labels of the others are set aside, headings are no labels."""
        last = self.end if self.header_row is None else self.header_row
        above = [label for label in self._money if label.row < last]
        found = None
        if len(above) > _TWICE:
            found = labels_in_blocks(self.kind, above, self._typed, self._is_broad, self.year)
        self.in_blocks = found is not None
        """The amounts stand in blocks, so that no column tells the year's."""
        if found is not None:
            self._money = list(found.own)
            self.set_aside += found.others
            self.told_by |= found.heads
            named = {self._typed(at) for at in found.heads}
            self.amount_columns = [one for one in self.amount_columns if self._text(one) not in named]

    @cached_property
    def year(self) -> int | None:
        """The year that the form's title says; None where it says none."""
        title = self.labels.get("title")
        found = year_of_form(self.cells, self.top if title is None else title.row, "")
        return None if found is None else found.value

    def _typed(self, at: tuple[int, int]) -> Scalar:
        return self.cells.line[at[0] * self.cells.width + at[1]] if at[1] < self.cells.width else None

    def _is_broad(self, at: tuple[int, int]) -> bool:
        return self.merged_to.get(at, at[1]) > at[1]

    def _place_parts_of_sources(self, totals: Mapping[int, str]) -> None:
        """上级补助 | 上级补助, for the whole time and for the year: ``totals`` tell by column; the year's counts."""
        for label in self._parts_of_sources:
            if totals.get(label.column) == "whole_budget":
                self.set_aside.append(label)
            elif self.labels.setdefault(label.key, label) is not label and not self._is_copy(label):
                self.repeated.append(label)

    def _is_heading_of_money(self, label: Label, known: MoneyLabels) -> bool:
        """预算金额 above 总额 | 财政拨款, or 项目预算 before a table of costs: the label of a part, not of a value."""
        if label.key != "budget":
            return False
        beside = self.next_in_row(label)
        stop = self.last_column(label) + 1
        if stop == label.column + 1:  # not merged, or the merge was lost
            stop = beside or 1 << 30
        below = [one for one in known.in_row(label.row + 1) if label.column <= one.column < stop]
        if self.has_amount(label, stop):
            return False
        part = next((part for part in self.kind.parts if part.holds is Holds.FIELDS and part.label), None)
        is_part = part is not None and part.key not in self.labels and label.column == self.left
        if len(below) >= _TWICE or (is_part and beside == self.last_column(label) + 1):
            if part is not None:
                self.labels.setdefault(part.key, label._replace(key=part.key))
            self.labels["money_heading"] = label
            return True
        return False

    def has_amount(self, label: Label, stop: int | None = None) -> bool:
        """A number stands right of the label, before the column ``stop`` or the next label: it is the label's."""
        first = label.row * self.cells.width
        end = min(stop or self.next_in_row(label) or self.cells.width, self.cells.width)
        cells = self.cells.line[first + self.last_column(label) + 1 : first + end]
        return any(to_amount(typed) is not None for typed in cells)

    def _heads_column(self, label: Label, known: MoneyLabels) -> bool:
        """实施期金额 | 年度金额, 上年预算数 | 本年预算数 above rows of amounts: headings without a value."""
        if label.key not in _COLUMN_OF or self.has_amount(label):
            return False
        pair = [one for one in known.in_row(label.row) if one.key in _COLUMN_OF]
        is_pair = len(pair) == _TWICE and pair[1].column == self.last_column(pair[0]) + 1
        if is_pair and known.stand_below(label.row, pair[0].column):
            return True
        return known.have_amount_below(label.row, label.column) or self._is_beside_other_column(label, known)

    def _is_beside_other_column(self, label: Label, known: MoneyLabels) -> bool:
        """上年预算数 stands in its row, above amounts too: then its own column holds this year's, filled in or not."""
        first = label.row * self.cells.width
        cells = enumerate(self.cells.line[first : first + self.cells.width])
        others = [at for at, typed in cells if at != label.column and isinstance(typed, str) and _OTHER_COLUMN(typed)]
        below = known.columns_below(label.row, label.column) if others else ()
        return len(below) >= _TWICE and max(others) > max(below)

    def _is_copy(self, label: Label) -> bool:
        return (label.row, label.column) in self.copies

    # --- places -------------------------------------------------------------------------------------------------

    def _find_edges(self) -> None:
        header = [self.labels[key] for key in self._columns if key in self.labels and not self._begins_above(key)]
        self.header_row = min((label.row for label in header), default=None)
        rows = [label.row for label in header]
        if header and self.second_row is not None and self.kind.shape is Shape.LIST:
            rows.append(self.second_row)  # which may part the amounts alone
        self.last_header_row = max(rows, default=None)
        first_row = [label.column for label in self._in_header if label.row == self.header_row]
        # Without first levels the table begins with whatever heads its first column.
        is_headed = "level1" in self.labels or self.has_part_beside
        self.first_column = min(first_row, default=self.left) if is_headed else self.left
        self.table = min(((label.row, label.column) for label in header), default=None)
        right = [self.labels[field.key].column + 1 for field in self.kind.labelled if field.key in self.labels]
        right += [label.column + 1 for label in (*self.further, *(self.set_aside if self.in_blocks else ()))]
        edge = max((self.last_column(label) for label in header), default=self.left)
        self.right = max([*right, self.left, self._end_of_header(edge)])

    def _begins_above(self, key: str) -> bool:
        """A heading of a list that goes down into the header's row: 备注 beside 绩效指标 over 三级指标."""
        return key.startswith(EXTRA) and self.header_row is not None and self.labels[key].row < self.header_row

    def _end_of_header(self, edge: int) -> int:
        """The last column of the table: behind its last label ``edge`` the header may go on with 备注, 评分标准 ….

        Where another form stands beside this one, its first label ends the table.
        """
        row, kind = self.header_row, self.kind
        of_next = {*kind.telling, *kind.starters, *(part.key for part in kind.parts)}
        while row is not None and edge + 1 < self.cells.width:
            typed = self.cells.line[row * self.cells.width + edge + 1]
            if not isinstance(typed, str) or not typed.strip() or label_key(typed) in of_next:
                break
            edge = self.merged_to.get((row, edge + 1), edge + 1)
        return edge

    @property
    def has_part_beside(self) -> bool:
        """The label of the indicators' part stands left of the table."""
        part = self.kind.part_of(Holds.INDICATORS)
        return part is not None and part.key in self.labels

    def goals_across(self) -> tuple[Label, ...]:
        """年度目标, or 长期目标 and 年度目标, as wide as the form together: texts stand below."""
        part = self.kind.part_of(Holds.GOALS)
        own = None if part is None else self.labels.get(part.key)
        if part is None or own is None or own in self.goals_in_text:
            return ()
        beside = [self.labels.get(part.instead), *self.goal_headings.get(own.row, [])]
        found = {label.column: label for label in (own, *beside) if label is not None and label.row == own.row}
        heads = [found[column] for column in sorted(found)]
        edge = self.left
        for label in heads:
            if label.column != edge or self.last_column(label) == label.column:
                return ()
            edge = self.last_column(label) + 1
        return tuple(heads) if edge == self.right + 1 else ()

    def last_column(self, label: Label) -> int:
        """The last column of the label's merged area, or of its copies where a lost merge was filled."""
        return max(self.merged_to.get((label.row, label.column), label.column), self.last_copy(label))

    def last_copy(self, label: Label) -> int:
        """The last column that reads the same, where a lost merge was filled; its own column where there is no copy."""
        last = label.column
        while (label.row, last + 1) in self.copies:
            last += 1
        return last

    def next_in_row(self, label: Label) -> int | None:
        """The column of the next label in the row; None where there is none."""
        last = self.last_column(label)
        return min((column for column in self.in_row[label.row] if column > last), default=None)

    def places_in_text(self) -> frozenset[tuple[int, int]]:
        """The cells that hold a label and its value."""
        cells = [(label.row, label.column) for key, label in self.in_text.items() if self.is_in_text(key)]
        return frozenset([*cells, *((label.row, label.column) for label in self.goals_in_text)])

    def is_in_text(self, key: str) -> bool:
        """The label of a field shares its cell with the value."""
        return key in self.in_text and self.labels.get(key) is self.in_text[key]


def _is_of(kind: FormKind, label: Label) -> bool:
    """The kind has such a label."""
    key = label.key.removeprefix(IN_TEXT)
    return key in kind.labels or key in {"title", "goal", CONTINUED} or key.startswith("month:")


def _header_row(labels: Sequence[Label], kind: FormKind) -> int | None:
    """The row of the indicator table's header: the first with two of its labels or more, else the first with one."""
    header = {*kind.header, *(column.instead for column in kind.columns if column.instead)}
    rows = [label.row for label in labels if label.key in header]
    telling = [label.row for label in labels if label.key in {"level2", "level3", "basis"}]
    return next((row for row, number in Counter(rows).items() if number > 1), min(telling, default=None))

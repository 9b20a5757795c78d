"""Which label of a form stands for what: of labels that stand twice, the one that counts.

Forms of several years print their amounts, goals and indicators twice, side by side or one above the other: for the
whole time (中期, 实施期) and for the year. The year's count.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from xl_perf.core.cells.grid import CellLine
from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.forms.amount_headings import column_headed
from xl_perf.core.forms.detail_tables import rows_of_details
from xl_perf.core.forms.in_text import IN_TEXT, amounts_in_text
from xl_perf.core.forms.kind import PRINTED, FormKind, Holds, Shape, Value
from xl_perf.core.forms.label_cells import LabelCells
from xl_perf.core.forms.labels import key_in, label_key
from xl_perf.core.forms.learned import PART_OF
from xl_perf.core.forms.money_labels import MoneyLabels
from xl_perf.core.forms.own_columns import OF_WHOLE_TIME
from xl_perf.core.forms.reworded import give_to_missing
from xl_perf.core.forms.section_heads import section_heads
from xl_perf.core.forms.stated import year_of_form
from xl_perf.core.forms.table_header import keys_of_columns, table_header
from xl_perf.core.forms.titles import CONTINUED
from xl_perf.core.forms.units import Statement
from xl_perf.core.forms.variants import EXTRA
from xl_perf.core.forms.year_heads import labels_in_blocks

_MAY_REPEAT: Final = frozenset({"title", "goal", "whole_goal"})
_OF_AMOUNTS: Final = frozenset({"annual_column", "whole_column", "row_total"})
_TWICE: Final = 2
_ABOVE: Final = 2
"""Rows above that of 一级指标 | 三级指标 in which a list's other headings may begin: 备注, merged down."""


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
        self.kind, self.end, self.cells = kind, end, cells
        self.label_cells = LabelCells(cells, merged_to)
        own = [label for label in labels if _is_of(kind, label)]
        self.top, self.left = own[0].row, min(label.column for label in own)
        self.is_continued = own[0].key == CONTINUED
        self.labels: dict[str, Label] = {}
        """The label that counts, by key."""
        self.months: list[Label] = []
        self.printed = [label for label in own if label.key.startswith(PRINTED)]
        """Labels that an office's own form does not read."""
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
        for one in units:
            if one.is_alone:
                self.label_cells.in_row.setdefault(one.row, []).append(one.column)
        self.has_two_levels = False
        """The table's first column holds second levels: 数量指标 below 一级指标."""
        self._money: list[Label] = []
        self._parts_of_sources: list[Label] = []
        self._before: Label | None = None
        self._columns = keys_of_columns(kind)
        self._in_header = [label for label in own if label.key in self._columns]
        self.header = table_header(kind, own, end, self.label_cells)
        self.header_row = self.header.row
        last = end if self.header_row is None else self.header_row
        self.details = rows_of_details(kind, own, cells, last)
        """The rows of a table of details that is not read."""
        self.told_by |= {(row, column) for row in self.details[:1] for column in range(cells.width)}
        sections = section_heads(kind, own, self.header_row, self.label_cells.last_column)
        self.told_by |= {label[1:3] for label in sections}
        for label in own:
            if self._is_in_place(label) and label not in sections:
                self._place(label)
        self._place_money()
        self._serve_goals()
        self._find_edges()

    # --- placing ------------------------------------------------------------------------------------------------

    def _is_in_place(self, label: Label) -> bool:
        """Below the header a cell that reads 指标值 or 财政资金 is what somebody measures, not a label; above it a
        column that not every table has is none."""
        if label.row in self.details:
            return False
        last = self.end if self.header_row is None else self.header_row
        if self.header.second_row is not None and label.row == self.header.second_row:
            return label.key in self.header.split or (self.kind.shape is Shape.LIST and label.key in self.kind.place)
        is_above = self.kind.shape is Shape.LIST and label.key.startswith(EXTRA) and last - _ABOVE <= label.row < last
        is_column = label.key in self._columns and label.key not in self.kind.header
        if label.row != self.header_row and is_column and not is_above:
            return False
        return label.row <= last or label.row in self.header.again or label.key in self.kind.starters

    def _place(self, label: Label) -> None:
        key = label.key
        if key.startswith(IN_TEXT):
            self._place_in_text(label._replace(key=key.removeprefix(IN_TEXT)))
            return
        self.label_cells.in_row.setdefault(label.row, []).append(label.column)
        before, self._before = self._before, label
        # A merged label that was unmerged and filled to the right is still one label.
        if (
            before is not None
            and before[:3] == (key, label.row, label.column - 1)
            and self.label_cells.reads_as(before, label)
        ):
            self.label_cells.copies.add((label.row, label.column))
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
        elif self._counts(label):
            self.labels[key] = label
        elif self._must_be_one(label):
            self.repeated.append(label)

    def _counts(self, label: Label) -> bool:
        """It is the first of its key, or stands before the first: 实施单位 before 申报单位：, which no 样表 prints."""
        first = self.labels.get(label.key)
        if first is None or (label.row == self.header.second_row and label.key == "target"):
            return True
        return self._is_printed(label) and not self._is_printed(first)

    def _is_printed(self, label: Label) -> bool:
        """An office's own form calls its field so."""
        return (bare(self.label_cells.text(label)).text, label.key) in self.kind.own_words

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
        for other, *_ in (
            amounts_in_text(str(self.label_cells.text(own)), key_in(self.kind)) if own.key == "budget" else ()
        ):
            if other is not None and self._is_money(other):
                self.in_text.setdefault(other, own._replace(key=other))

    def _is_of_other_period(self, label: Label) -> bool:
        """A heading of the half of the table that is not read: on an office's own form its column is carried."""
        if (label.row, label.column) not in self.header.other_period:
            return False
        key = f"{EXTRA}{OF_WHOLE_TIME}{bare(self.label_cells.text(label)).text}"
        if self.kind.learned is not None and key in self._columns:
            self.labels.setdefault(key, label._replace(key=key))
        return True

    def _is_headed_goal(self, own: Label) -> bool:
        """年度目标：… right of or below 年度目标, of several such headings: what somebody has filled in, no label."""
        part = self.kind.part_of(Holds.GOALS)
        heads = [self.labels[key] for key in (part.key, part.instead) if key in self.labels] if part else []
        heads += [label for headings in self.goal_headings.values() for label in headings]
        around = [one for one in heads if self.label_cells.is_beside(one, own) or self.label_cells.is_above(one, own)]
        return bool(around) and len(heads) > 1

    def shares_cell(self, label: Label) -> bool:
        """On an office's own form the value of such a label stands behind it in its cell, and this one is blank."""
        at = self.kind.place.get(label.key)
        if self.kind.learned is None or at is None or label.key in self.in_text:
            return False
        inside = self.kind.fields[at].in_text
        return bool(inside) and bare(self.label_cells.text(label)).text in inside

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
        is_below = label.column == own.column and label.row > own.row and not self.label_cells.reads_as(own, label)
        return is_below or label.column > self.label_cells.last_column(own)

    def _is_money(self, key: str) -> bool:
        at = self.kind.place.get(key)
        return key == "whole_budget" or (at is not None and self.kind.fields[at].money is not None)

    def _must_be_one(self, label: Label) -> bool:
        """A second one is a fault; not that of a field that need not be there, nor of a merged label filled down."""
        key, at = label.key, self.kind.place.get(label.key)
        if (
            key in _MAY_REPEAT
            or label.row in self.header.next_pages | self.header.other_tables
            or self._fills_down(label)
        ):
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
        if label.row in self.header.again:
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
            if (heading := column_headed(label, known, self.label_cells)) is not None:
                self.amount_columns.append(heading)
                continue
            if label.key in {"budget", "whole_budget"}:
                totals[label.column] = label.key
            if totals.get(label.column) == "whole_budget" or self._is_of_other_half(label):
                self.set_aside.append(label)
            elif label.key not in self.labels:
                self.labels[label.key] = label
            elif self.label_cells.is_copy(label):
                pass
            elif label.key == "budget" or not self.label_cells.reads_as(self.labels[label.key], label):
                self.further.append(label)
            else:
                self.repeated.append(label)
        give_to_missing(self.kind, self.labels, self.further, self.label_cells.text)
        self._place_parts_of_sources(totals)
        self.repeated.sort(key=lambda label: label[1:3])
        for key, label in self.in_text.items():
            self.labels.setdefault(key, label)

    def _is_of_other_half(self, label: Label) -> bool:
        """Left of the half that the budget heads the same sources stand again: 总投资 | __ | 年度资金总额 | __."""
        column = [one.column for one in self._money if one.key == "budget"]
        if self.kind.learned is None or len(column) != 1 or label.column >= column[0] or label.key == "budget":
            return False
        return any(one[:3] == (label.key, label.row, column[0]) for one in self._money)

    def _take_block(self) -> None:
        """Of several blocks of amounts the year's: the labels of the others are set aside, headings are no labels."""
        last = self.end if self.header_row is None else self.header_row
        above = [label for label in self._money if label.row < last]
        found = None
        if len(above) > _TWICE:
            found = labels_in_blocks(self.kind, above, self.label_cells.typed, self.label_cells.end_of, self.year)
        self.in_blocks = found is not None
        """The amounts stand in blocks, so that no column tells the year's."""
        if found is not None:
            self._money = list(found.own)
            self.set_aside += found.others
            self.told_by |= found.heads
            named = {self.label_cells.typed(at) for at in found.heads}
            self.amount_columns = [one for one in self.amount_columns if self.label_cells.text(one) not in named]

    @cached_property
    def year(self) -> int | None:
        """The year that the form's title says; None where it says none."""
        title = self.labels.get("title")
        found = year_of_form(self.cells, self.top if title is None else title.row, "")
        return None if found is None else found.value

    def _place_parts_of_sources(self, totals: Mapping[int, str]) -> None:
        """上级补助 | 上级补助, for the whole time and for the year: ``totals`` tell by column; the year's counts."""
        for label in self._parts_of_sources:
            if totals.get(label.column) == "whole_budget":
                self.set_aside.append(label)
            elif self.labels.setdefault(label.key, label) is not label and not self.label_cells.is_copy(label):
                self.repeated.append(label)

    def _is_heading_of_money(self, label: Label, known: MoneyLabels) -> bool:
        """预算金额 above 总额 | 财政拨款, or 项目预算 before a table of costs: the label of a part, not of a value."""
        if label.key != "budget":
            return False
        beside = self.label_cells.next_in_row(label)
        stop = self.label_cells.last_column(label) + 1
        is_broad = stop > label.column + 1
        if not is_broad:  # not merged, or the merge was lost
            stop = beside or 1 << 30
        below = [one for one in known.in_row(label.row + 1) if label.column <= one.column < stop]
        if not is_broad and not any(self.label_cells.is_beside(*pair) for pair in pairwise(below)):
            below = []  # 财政资金 | 60 | 其他资金 | 40 below 项目总额 | 100
        if self.label_cells.has_amount(label, stop):
            return False
        part = next((part for part in self.kind.parts if part.holds is Holds.FIELDS and part.label), None)
        is_part = part is not None and part.key not in self.labels and label.column == self.left
        if len(below) >= _TWICE or (is_part and beside == self.label_cells.last_column(label) + 1):
            if part is not None:
                self.labels.setdefault(part.key, label._replace(key=part.key))
            self.labels["money_heading"] = label
            return True
        return False

    # --- places -------------------------------------------------------------------------------------------------

    def _find_edges(self) -> None:
        header = [self.labels[key] for key in self._columns if key in self.labels and not self._begins_above(key)]
        self.header_row = min((label.row for label in header), default=None)
        rows = [label.row for label in header]
        if header and self.header.second_row is not None and self.kind.shape is Shape.LIST:
            rows.append(self.header.second_row)  # which may part the amounts alone
        self.last_header_row = max(rows, default=None)
        first_row = [label.column for label in self._in_header if label.row == self.header_row]
        # Without first levels the table begins with whatever heads its first column.
        is_headed = "level1" in self.labels or self.has_part_beside
        self.first_column = min(first_row, default=self.left) if is_headed else self.left
        self.table = min(((label.row, label.column) for label in header), default=None)
        right = [self._room_of(self.labels[field.key]) for field in self.kind.labelled if field.key in self.labels]
        right += [label.column + 1 for label in (*self.further, *(self.set_aside if self.in_blocks else ()))]
        edge = max((self.label_cells.last_column(label) for label in header), default=self.left)
        self.right = max([*right, self.left, self._end_of_header(edge)])

    def _room_of(self, label: Label) -> int:
        """The column right of a label with what is merged to it; of its second cell where that has no room."""
        beside = self.label_cells.last_column(label) + 1
        is_free = beside < self.cells.width and beside not in self.label_cells.in_row.get(label.row, ())
        return beside if is_free else label.column + 1

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
            edge = self.label_cells.merged_to.get((row, edge + 1), edge + 1)
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
            if label.column != edge or self.label_cells.last_column(label) == label.column:
                return ()
            edge = self.label_cells.last_column(label) + 1
        return tuple(heads) if edge > self.right else ()

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

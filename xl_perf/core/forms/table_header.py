"""The header of a form's table of indicators: its row, a second row below it, and where it stands again."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.labels import Label
from xl_perf.core.forms.kind import MINIMUM_TELLING, FormKind, Shape
from xl_perf.core.forms.label_cells import LabelCells
from xl_perf.core.forms.titles import CONTINUED

_WHOLE: Final = frozenset({"whole_budget", "whole_goal", "whole_column"})
_ANNUAL: Final = frozenset({"budget", "goals_part", "annual_column"})
_SPLIT: Final = frozenset({"operator", "target", "measure", "annual_column", "whole_column"})
"""What a second row of the header may name, below 指标值."""
_TWICE: Final = 2


class TableHeader(NamedTuple):
    """Where the header stands; rows from 0."""

    row: int | None
    """None where the form has no such table."""
    second_row: int | None
    """The row below it, which parts its columns: 符号 | 指标值 | 单位 below 指标值."""
    split: frozenset[str]
    """What a second row may name, by the keys of the labels."""
    again: frozenset[int]
    """The rows below in which a header stands again."""
    next_pages: frozenset[int]
    """Those of them at the top of a further page (续表)."""
    other_tables: frozenset[int]
    """Those of them that head another table of the form: 年度绩效指标 below 长期绩效指标."""
    other_period: frozenset[tuple[int, int]]
    """The headings of the half that is not the year's, where the columns stand twice side by side."""


def keys_of_columns(kind: FormKind) -> frozenset[str]:
    """What a header may name: the keys of the table's columns, of the parts of 指标值 and of an office's own ones."""
    columns = (*kind.columns, *kind.target_parts)
    return frozenset({*(column.key for column in columns), *(one.key for one in kind.extra)})


def table_header(kind: FormKind, labels: Sequence[Label], end: int, label_cells: LabelCells) -> TableHeader:
    """The header, from a form's labels in reading order; ``end`` is the row below its last."""
    row = _header_row(labels, kind)
    last = end if row is None else row
    below = Counter(label.row for label in labels if label.row > last and label.key in kind.header)
    again = {at for at, number in below.items() if number >= MINIMUM_TELLING}
    continued = {label.row for label in labels if label.key == CONTINUED}
    next_pages = frozenset(at for at in again if continued & {at - 1, at - 2})
    name = next((label for label in labels if label.key == "indicators_part" and label.row == last), None)
    names = {} if name is None else {at: label_cells.text(name._replace(row=at)) for at in (last, *again)}
    other_tables = frozenset(at for at in again if names.get(at) and names[at] != names[last])
    split = _SPLIT | _amounts_of_list(kind)
    second_row: int | None = None
    other_period: set[tuple[int, int]] = set()
    if row is not None:
        if len({label.column for label in labels if label.row == row + 1 and label.key in split}) >= _TWICE:
            second_row = row + 1
            parted = Counter(label.row for label in labels if label.row > row + 1 and label.key in _SPLIT)
            again |= {at for at, number in parted.items() if number >= _TWICE and at - 1 in below}
        columns = keys_of_columns(kind)
        header = [label for label in labels if label.row == row and label.key in columns]
        other_period = _not_of_the_year(labels, header, label_cells)
    return TableHeader(row, second_row, split, frozenset(again), next_pages, other_tables, frozenset(other_period))


def _header_row(labels: Sequence[Label], kind: FormKind) -> int | None:
    """The first row with two labels of the header or more, else the first with one."""
    header = {*kind.header, *(column.instead for column in kind.columns if column.instead)}
    rows = [label.row for label in labels if label.key in header]
    telling = [label.row for label in labels if label.key in {"level2", "level3", "basis"}]
    return next((row for row, number in Counter(rows).items() if number > 1), min(telling, default=None))


def _amounts_of_list(kind: FormKind) -> frozenset[str]:
    """What a second row of a list's header may name as well, below 预算数: 合计 | 财政资金 | 其他资金."""
    if kind.shape is not Shape.LIST:
        return frozenset()
    return frozenset({"row_total", *(field.key for field in kind.money)})


def _not_of_the_year(labels: Sequence[Label], header: Sequence[Label], label_cells: LabelCells) -> set[tuple[int, int]]:
    """The headings of the other set, where the table's columns stand twice side by side."""
    sets: list[list[Label]] = [[]]
    for label in header:
        known = [one for one in sets[-1] if one.key == label.key]
        # Directly right of the same heading stands a copy of it, where a merge was lost and filled.
        if known and not label_cells.is_beside(known[-1], label):
            sets.append([])
        sets[-1].append(label)
    if len(sets) != _TWICE or not any(label.key == "target" for label in sets[1]):
        return set()
    whole = [label for label in labels if label.key in _WHOLE and label.row < header[0].row]
    if not whole:
        return set()
    left = min(label.column for label in labels)
    is_left = any(_is_left_of(labels, label, left) for label in whole)
    keys = {label.key for label in sets[1]}
    of_other = sets[1] if is_left else [label for label in sets[0] if label.key in keys]
    return {(label.row, label.column) for label in of_other}


def _is_left_of(labels: Sequence[Label], whole: Label, left: int) -> bool:
    """The year's heading stands left of the one for the whole time: 年度目标 | 中期目标; the part's is none.

    ``left`` is the form's first column.
    """
    return any(one.key in _ANNUAL and one.row == whole.row and left < one.column < whole.column for one in labels)

"""Columns that an office's own table of indicators has and no kind: 评分标准, 备注. Their texts are carried."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.entries import text_entry
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Scalar, cell_at
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.variants import EXTRA
from xl_perf.core.model.project import Indicator

OwnColumn = tuple[str, tuple[Entry[str], ...]]
"""A heading, and what stands below it for each indicator."""


COUNTING: Final = frozenset({"序号", "编号"})
"""Headings of columns that count rows or projects: they are written anew, not carried."""

CARRIED: Final = "表头里不认识的一栏，照样带着，不核对"
COUNTS: Final = "数行的一栏，不读"
"""Why an officer finds such a heading in 对照."""

OF_WHOLE_TIME: Final = "实施期"
"""Begins the heading of a column of the other half of a table: 实施期三级指标, beside 三级指标 for the year."""
CARRIED_BESIDE: Final = "左右两半的指标表，只读年度的一半；这一栏照样带着，不核对"
TWO_HALVES: Final = (
    "指标表分左右两半，只读、只核对年度的一半；另一半的{names}跟着同一行的年度指标带着，new、publish 照样写出来，"
    "同一行没有年度指标的不带，写明是哪一格"
)
"""What an officer is told of such a table."""


def keys_of(kind: FormKind) -> list[str]:
    """The keys of such columns; a shipped kind has none, whatever a region's profile knows."""
    return [one.key for one in kind.extra if one.label not in COUNTING] if kind.learned else []


def own_columns(
    kind: FormKind,
    columns: Mapping[str, range],
    indicators: Sequence[Indicator],
    line: Sequence[Scalar],
    width: int,
) -> Iterator[OwnColumn]:
    """Those that a form has; ``line`` are the cells of its sheet, which has so many columns."""
    for key in keys_of(kind):
        span = columns.get(key)
        if span:
            entries = (_entry(one.level3, span, line, width) for one in indicators)
            yield key.removeprefix(EXTRA), tuple(entries)


def _entry(beside: Entry[str], span: range, line: Sequence[Scalar], width: int) -> Entry[str]:
    """The first cell of merged ones that is not blank, in the row of an indicator."""
    row = beside.row
    cells = [(line[cell_at(row, column, width)], column) for column in span if column < width]
    typed, column = next(((typed, at) for typed, at in cells if not is_blank(typed)), (None, span.start))
    return text_entry(typed, beside.sheet, row, column)

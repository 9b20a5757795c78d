"""Lists that a department keeps beside its forms, 任务分解 and 监督记录: where they stand on a sheet, row by row.

Columns stand in any order under their headings, which may take two rows; cells merged downwards hold for all of their
rows. Sheets may have any name.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entries import target_entry
from xl_perf.core.cells.entry import Entry, absent
from xl_perf.core.cells.grid import Grid, Scalar, a1
from xl_perf.core.cells.labels import Vocabulary, normal_label
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import is_blank, text_of

T = TypeVar("T")

_HEADER_ROWS: Final = 20
"""The headings stand within the first rows."""
_FEWEST_LABELS: Final = 3
"""Headings again, on a further page."""
_LEVELS: Final = frozenset({"一级指标", "二级指标", "三级指标"})
_FOOTER: Final = re.compile(
    r"(?:单位|部门|主管|分管)*(?:填报|填表|制表|审核|审批|复核|负责|联系)(?:单位|部门)?(?:人员?|日期|时间|电话|领导)?[^:]{0,8}:"
    r"|(?:备注|附?注|说明)\d*:"
)
_TYPED_ON: Final = r"(?:填报|填表)(?:日期|时间)"
_DATE: Final = re.compile(rf"(?:{_TYPED_ON}|(?:统计|截至|截止)(?:日期|时间|日)?):?(.*)")
"""Above the list; below it only what people sign with, for a task may tell what is done 截至 6 月."""
_SIGNED_ON: Final = re.compile(rf"{_TYPED_ON}:?(.*)")
_DAY: Final = re.compile(r"\d{4}(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?")


class Head(NamedTuple):
    """The headings of a list: their first row, the first row below them, the columns by the keys of their fields."""

    row: int
    first: int
    columns: Mapping[str, int]


def head_of(
    rows: Sequence[Sequence[Scalar]], vocabulary: Vocabulary, suffices: Callable[[Collection[str]], bool]
) -> Head | None:
    """The first row, or two rows, whose headings suffice to tell the list; None where there are none."""
    for row, cells in enumerate(rows[:_HEADER_ROWS]):
        columns = vocabulary.in_row(cells)
        if not columns:
            continue
        below = rows[row + 1] if row + 1 < len(rows) else ()
        further = vocabulary.in_row(below)
        if further and all(vocabulary.key(typed) for typed in below if not is_blank(typed)):
            # 责任主体 over 牵头单位 and 责任单位: what stands below a heading says it more exactly.
            taken = frozenset(further.values())
            whole = {key: at for key, at in columns.items() if at not in taken} | further
            if suffices(whole):
                return Head(row, row + 2, whole)
        if suffices(columns):
            return Head(row, row + 1, columns)
    return None


def holds_indicators(grid: Grid) -> bool:
    """The sheet has the headings of a table of indicators: it may hold a form as well."""
    texts = (typed for typed in chain.from_iterable(grid.rows) if isinstance(typed, str) and "级" in typed[:20])
    return any(normal_label(typed) in _LEVELS for typed in texts)


class Row:
    """A row of a list: its cells by the keys of their fields, those of cells merged downwards too."""

    def __init__(self, grid: Grid, head: Head, row: int, origins: Mapping[tuple[int, int], int]) -> None:
        self._grid, self._head, self._row, self._origins = grid, head, row, origins

    @property
    def filled(self) -> set[int]:
        """The columns in which something stands."""
        return {column for column, typed in enumerate(self._grid.rows[self._row]) if not is_blank(typed)}

    def read(self, key: str, read: Callable[[Scalar, str, int, int], Entry[T]]) -> Entry[T]:
        """What stands under a heading; absent where the list has no such heading."""
        column = self._head.columns.get(key)
        if column is None:
            return absent(self._grid.sheet)
        row = self._origins.get((self._row, column), self._row)
        return read(_cell(self._grid, row, column), self._grid.sheet, row, column)


def rows_of(grid: Grid, head: Head, vocabulary: Vocabulary, but: Collection[str]) -> Iterator[Row]:
    """The rows below the headings, to the last one that is filled.

    Left out: rows that hold nothing of their own under other headings than ``but`` (such as the running number),
    headings that stand again on a further page, and lines such as 填报人：.
    """
    origins = {
        (row, left): top
        for top, left, bottom, _ in grid.merges
        if bottom > top >= head.first
        for row in range(top, bottom + 1)
    }
    own = [column for key, column in head.columns.items() if key not in but]
    for row in range(head.first, len(grid.rows)):
        cells = grid.rows[row]
        if all(is_blank(_cell(grid, row, column)) for column in own):
            continue
        labels = len(vocabulary.in_row(cells))
        if labels >= _FEWEST_LABELS and labels * 2 > sum(not is_blank(typed) for typed in cells):
            continue
        first = next((typed for typed in cells if not is_blank(typed)), None)
        if isinstance(first, str) and _FOOTER.match(folded(first)):
            continue
        yield Row(grid, head, row, origins)


def left_out(grid: Grid, head: Head, rows: Iterable[Row]) -> list[str]:
    """The headings of filled columns that are none of the list's, such as 年度投资; without one the column's name."""
    filled = {column for row in rows for column in row.filled} - {*head.columns.values()}
    return [_heading(grid, head, column) for column in sorted(filled)]


def _heading(grid: Grid, head: Head, column: int) -> str:
    texts = [text_of(_cell(grid, row, column)) for row in range(head.first - 1, head.row - 1, -1)]
    return next(("".join(text.split()) for text in texts if text.strip()), f"{a1(0, column)[:-1]} 列")


def reported_on(grid: Grid, head: Head) -> Entry[Target]:
    """填报日期, above the headings or in a line below the list; absent where nobody typed one."""
    above = ((row, _DATE) for row in range(head.row))
    below = ((row, _SIGNED_ON) for row in range(len(grid.rows) - 1, head.first - 1, -1))
    for row, label in chain(above, below):
        cells = grid.rows[row]
        for column, typed in enumerate(cells):
            said = label.search(folded(typed)) if isinstance(typed, str) else None
            if said is None:
                continue
            if (day := _DAY.match(said[1])) is not None:
                return target_entry(day[0], grid.sheet, row, column)
            at = next((one for one in range(column + 1, len(cells)) if not is_blank(cells[one])), None)
            if not said[1] and at is not None:
                return target_entry(cells[at], grid.sheet, row, at)
    return absent(grid.sheet)


def merged_word(entry: Entry[str], words: Mapping[str, str]) -> Entry[str]:
    """The entry with the usual word for what was typed, such as 已完成 for 已办结."""
    return entry if entry.value is None else entry._replace(value=words.get(folded(entry.value), entry.value))


def _cell(grid: Grid, row: int, column: int) -> Scalar:
    cells = grid.rows[row]
    return cells[column] if column < len(cells) else None

"""The columns of a form's indicator table, whatever its header: one row or two, three levels or two."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from xl_perf.core.cells.grid import CellLine
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.frame import TEXTS
from xl_perf.core.forms.own_columns import keys_of
from xl_perf.core.forms.placing import Placed


class IndicatorTable(NamedTuple):
    """The part of a `Frame` that says where the indicators stand; what each means stands there."""

    columns: Mapping[str, range]
    rows: tuple[int, ...]
    texts: tuple[range, ...]
    cells: tuple[slice | None, ...]
    beside: tuple[tuple[int, int, slice], ...]
    table: tuple[int, int] | None
    headers: tuple[int, ...]
    first_column: int
    other_tables: tuple[int, ...]


def table_of(placed: Placed, cells: CellLine) -> IndicatorTable:
    """The indicator table of a form. Labels that serve for others are counted as those from then on."""
    return _Columns(placed, cells).table()


class _Columns:
    """Works the columns out."""

    def __init__(self, placed: Placed, cells: CellLine) -> None:
        self.placed, self.labels, self.cells, self.width = placed, placed.labels, cells, cells.width

    def table(self) -> IndicatorTable:
        placed = self.placed
        self._fill_in()
        columns = self._columns()
        last = placed.last_header_row
        below = () if last is None else range(last + 1, placed.end)
        rows = tuple(row for row in below if row not in placed.header.again)
        headers = () if placed.header_row is None or last is None else range(placed.header_row, last + 1)
        texts = tuple(columns.get(key, range(0)) for key in TEXTS)
        starts = [self._cells(rows, span.start) if span else None for span in texts]
        beside = [(number, column) for number, span in enumerate(texts) for column in span[1:]]
        return IndicatorTable(
            columns,
            rows,
            texts,
            tuple(starts),
            tuple((*one, found) for one in beside if (found := self._cells(rows, one[1])) is not None),
            placed.table,
            (*headers, *sorted(placed.header.again)),
            placed.first_column,
            tuple(sorted(placed.header.other_tables)),
        )

    def _fill_in(self) -> None:
        """Headings that serve for others: 指标内容 for 三级指标; 二级指标 where a form has two levels only."""
        labels = self.labels
        for column in self.placed.kind.columns:
            if column.instead and column.key not in labels and column.instead in labels:
                labels[column.key] = labels.pop(column.instead)._replace(key=column.key)
        first, second = labels.get("level1"), labels.get("level2")
        if "level3" not in labels and first and second and self._is_followed_by_label(second):
            labels["level3"] = second._replace(key="level3")
            labels["level2"] = first._replace(key="level2")
            del labels["level1"]
            self.placed.has_two_levels = True

    def _is_followed_by_label(self, label: Label) -> bool:
        return self.placed.label_cells.next_in_row(label) == self.placed.label_cells.last_column(label) + 1

    def _columns(self) -> dict[str, range]:
        """Of each column, from its heading to the next one, whatever that one reads."""
        kind, labels = self.placed.kind, self.labels
        keys = [column.key for column in (*kind.columns, *kind.target_parts)]
        keys += keys_of(kind)
        starts = {key: labels[key].column for key in keys if key in labels}
        end = max([self.placed.right, *starts.values()]) + 1
        edges = sorted({*starts.values(), *self._other_headings(starts.values()), end})
        spans = {key: range(start, edges[edges.index(start) + 1]) for key, start in starts.items()}
        return {key: spans.get(key, range(0)) for key in keys}

    def _other_headings(self, known: Iterable[int]) -> list[int]:
        """Columns that are not read: 序号, 备注, 实施期目标值."""
        placed, row = self.placed, self.placed.header_row
        if row is None:
            return []
        own = {*known, *(column for at, column in placed.label_cells.copies if at == row)}
        heads = enumerate(self.cells.line[row * self.width : (row + 1) * self.width])
        return [
            column for column, typed in heads if column not in own and column <= placed.right and not is_blank(typed)
        ]

    def _cells(self, rows: Sequence[int], column: int) -> slice | None:
        """What of the line of cells is a column from the first to the last of the rows."""
        if not rows or column >= self.width:
            return None
        return slice(rows[0] * self.width + column, (rows[-1] + 1) * self.width, self.width)

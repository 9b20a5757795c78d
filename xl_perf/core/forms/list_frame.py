"""Where a list of targets stands: its columns by their headings, the rows below, and the lines above it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area, CellLine
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.list_years import labels_of_year, with_contradictions
from xl_perf.core.forms.placing import Placed
from xl_perf.core.forms.table_columns import table_of
from xl_perf.core.forms.units import AmountUnit, Statement, units_of
from xl_perf.core.forms.variants import EXTRA

GOALS: Final = "goals_part"
"""Key of the column with the goals."""
ROW_TOTAL: Final = "row_total"
"""The key of 合计, which stands over the whole amounts below 预算金额."""


class ListFrame(NamedTuple):
    """Where a list stands: its columns by key, and the rows below its header."""

    kind: FormKind
    area: Area
    columns: Mapping[str, range]
    rows: tuple[int, ...]
    headers: tuple[int, ...]
    units: Mapping[str, AmountUnit]
    title: tuple[int, int] | None
    missing: tuple[str, ...]
    unit_name: tuple[int, int] | None
    """The cell above the list that names the unit: 单位名称：某局."""
    department: tuple[int, int] | None = None
    """The cell above it that names the department, where units have a column: 部门名称：某局."""
    amount_labels: tuple[tuple[int, int], ...] = ()
    """The cells of its header over the columns of amounts."""


def list_frame(
    kind: FormKind,
    labels: Sequence[Label],
    end: int,
    merged_to: Mapping[tuple[int, int], int],
    cells: CellLine,
    units: Sequence[Statement],
) -> ListFrame:
    """The frame of a list from its labels in reading order; ``end`` is the row below its last."""
    placed = Placed(kind, labels, end, merged_to, cells, ())
    table = table_of(placed, cells)
    own = {key: label for key, label in placed.labels.items() if not placed.is_in_text(key)}
    of_year, lost = labels_of_year(placed, labels, table.headers)
    own |= {key: label for key, label in of_year.items() if key in own}
    headings = own | {label.key: label for label in reversed(placed.amount_columns)}
    below = {placed.header.second_row} if kind.money[0].key in own else {placed.header.second_row, placed.header_row}
    totals = [one for one in placed.amount_columns if one.key == ROW_TOTAL and one.row in below]
    if totals:  # 合计 | 财政资金 below 预算数: the whole amount stands below 合计
        own[kind.money[0].key] = totals[0]._replace(key=kind.money[0].key)
    serving = [(one.key, one.instead) for one in kind.fields] + [(one.key, one.instead) for one in kind.parts]
    for key, instead in serving:
        if instead in headings:
            own.setdefault(key, headings[instead]._replace(key=key))
    unit = placed.in_text.get("unit_name") or own.get("unit_name")
    if unit is not None and "unit_name" not in placed.in_text and not placed.shares_cell(unit):
        unit = None
    columns = dict(table.columns)
    # A blank line above the header, 单位名称：, is no heading of the column below it.
    top = min(table.headers, default=0)
    heads = {label.column for label in own.values() if label.row >= top}
    starts = {key: own[key].column for key in (*kind.place, GOALS) if key in own}
    starts = {
        key: at
        for key, at in starts.items()
        if own[key].row >= top or (at not in heads and not _is_line(cells, own[key]))
    }
    second = placed.header_row if placed.header.second_row is None else placed.header.second_row
    heading_rows = Counter(own[key].row for key in starts)
    rows = [row for row, number in heading_rows.items() if number > 1] + ([] if second is None else [second])
    lines = (cells.line[row * cells.width : (row + 1) * cells.width] for row in rows)
    named = {at for line in lines for at, typed in enumerate(line) if not is_blank(typed)}  # known or not
    edges = sorted({*starts.values(), *named, *(span.start for span in columns.values() if span), placed.right + 1})
    printed = _printed_widths(kind)
    for key, at in starts.items():
        # Beside a heading of an office's own form a column without one was put in.
        stop = max(at + printed.get(key, cells.width), placed.label_cells.last_column(own[key]) + 1)
        columns[key] = range(at, min(stop, next(edge for edge in edges if edge > at)))
    known = {column for key, span in columns.items() if not key.startswith(EXTRA) for column in span}
    # 财政资金 over 一般公共预算 heads columns that are read, and is none itself.
    columns = {
        key: range(0) if key.startswith(EXTRA) and span.start in known else span for key, span in columns.items()
    }
    missing = [key for key in (*kind.required, *_printed_budget(kind)) if key not in own]
    if kind.learned is not None and kind.money[0].key not in own and "money_heading" in own:
        # 预算金额 is there, over other headings than 合计.
        missing = [*(key for key in missing if key != kind.money[0].key), ROW_TOTAL]
    first = min([label.row for label in own.values() if label.key != "title"])
    near = [one for one in units if one.row <= first]
    title = own.get("title")
    return ListFrame(
        kind,
        (placed.top, placed.left, end - 1, max(placed.right, cells.width - 1)),
        columns,
        table.rows,
        table.headers,
        with_contradictions(units_of(kind, own, near), lost),
        None if title is None else (title.row, title.column),
        tuple(missing),
        None if unit is None else (unit.row, unit.column),
        _department_above(placed, cells, columns, top),
        tuple((row, columns[one.key].start) for row in table.headers for one in kind.money if columns.get(one.key)),
    )


def _printed_widths(kind: FormKind) -> dict[str, int]:
    """How many columns of an office's own list a field takes, by its key."""
    sheet = kind.own_sheet
    places = (*sheet.fields, *(one._replace(key=GOALS) for one in sheet.goals)) if sheet else ()
    return {place.key: place.area[3] - place.area[1] + 1 for place in places}


def _printed_budget(kind: FormKind) -> list[str]:
    """The key of the budget, where an office's own list prints it: of others it may stand on another sheet."""
    key, sheet = kind.money[0].key, kind.own_sheet
    return [key for place in (sheet.fields if sheet else ()) if place.key == key and key not in kind.required]


def _department_above(
    placed: Placed, cells: CellLine, columns: Mapping[str, range], top: int
) -> tuple[int, int] | None:
    """The line above a list that names the department; None where that has a column, or none."""
    inside = placed.in_text.get("department_code")
    label = inside or placed.labels.get("department_code")
    if label is None or label.row >= top or columns.get("department_code"):
        return None
    return (label.row, label.column) if inside is not None or _is_line(cells, label) else None


def _is_line(cells: CellLine, label: Label) -> bool:
    """It stands above the list with room behind its colon: 部门名称：."""
    return text_of(cells.line[label.row * cells.width + label.column]).endswith(("：", ":"))

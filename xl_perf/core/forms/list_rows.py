"""The rows of a list of projects: those of its projects, those that add up, and what somebody wrote below its end.

A row adds up where it begins with 合计, or says nothing of indicators and names a sum: 区第一中学小计. So does the row
of a unit over its projects (`unit_rows`). Below a line such as 填表人： no more rows are read; what stands there with
an amount, or as a row of a project, is named. So are amounts in columns that the list of an office does not have.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Final, NamedTuple

from xl_perf.core.cells.entries import amount_entry
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import EXACT, is_blank, text_of, to_amount
from xl_perf.core.forms.box import HOME_LINK
from xl_perf.core.forms.footers import is_footer, is_total_row
from xl_perf.core.forms.indicators import counts_columns
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import source_of
from xl_perf.core.forms.money_labels import is_no_money
from xl_perf.core.forms.part_rows import part_rows
from xl_perf.core.forms.reworded import printed_labels
from xl_perf.core.forms.unit_of_amount import is_undeclared, without_declaration
from xl_perf.core.forms.unit_rows import MAY_BE_SUM, UnitRow, unit_rows
from xl_perf.core.forms.units import AmountUnit
from xl_perf.core.forms.variants import EXTRA
from xl_perf.core.model.department import ListTotal, UnreadSheet
from xl_perf.core.model.project import Project

_NAMES_SUM: Final = re.compile(r".{0,30}(?:小计|合计|总计|共计|累计)|过次页|承前页").fullmatch
_PART_OF_ALL: Final = "小计"
_OF_INDICATORS: Final = ("level1", "level2", "level3", "description", "target", "goals_part")
_OF_ROW: Final = ("name", "level1", "level3", "target")
"""What tells a row of a project."""
_FEWEST: Final = 3
_MOVE: Final = "请移到表尾以上、紧接着前面的项目；不要的请删去"


class ListRows(NamedTuple):
    """Rows of a list by what they are, each top to bottom."""

    own: tuple[int, ...]
    sums: tuple[int, ...]
    below: tuple[int, ...]
    units: tuple[UnitRow, ...]
    doubtful: Mapping[int, str]
    """Those of ``own`` that may be the rows of units, or parts of other projects, and why, in Chinese."""


def rows_of(rows: Sequence[int], columns: Mapping[str, range], line: Sequence[Scalar], width: int) -> ListRows:
    """What the ``rows`` below a list's header are; ``line`` are the cells of its sheet, which has so many columns."""
    own: list[int] = []
    sums: list[int] = []
    for at, row in enumerate(rows):
        cells = line[row * width : (row + 1) * width]
        filled = [typed for typed in cells if not is_blank(typed)]
        if not filled or counts_columns(cells):
            continue
        first = text_of(filled[0])
        if is_footer(first):
            return _sorted(own, sums, rows[at:], columns, line, width)
        is_sum = _names_sum(cells, columns) or (is_total_row(first) and not _is_of_project(cells, columns))
        (sums if is_sum else own).append(row)
    return _sorted(own, sums, (), columns, line, width)


def _sorted(
    own: Sequence[int],
    sums: Sequence[int],
    below: Sequence[int],
    columns: Mapping[str, range],
    line: Sequence[Scalar],
    width: int,
) -> ListRows:
    found = unit_rows(own, columns, line, width)
    units = tuple(one for one in found if one.is_sure)
    of_units = {one.row for one in units}
    left = tuple(row for row in own if row not in of_units)
    doubtful = {one.row: MAY_BE_SUM for one in found if not one.is_sure}
    doubtful = {**part_rows(left, columns, line, width), **doubtful}
    return ListRows(left, tuple(sums), tuple(below), units, doubtful)


def _is_of_project(cells: Sequence[Scalar], columns: Mapping[str, range]) -> bool:
    """A row with a project's name and an indicator, whatever stands in the column that counts."""
    names = [cells[at] for at in columns.get("name", ()) if at < len(cells)]
    is_named = any(isinstance(typed, str) and not _NAMES_SUM(bare(typed).text) for typed in names)
    return is_named and any(_says(cells, columns, key) for key in ("level3", "target"))


def _names_sum(cells: Sequence[Scalar], columns: Mapping[str, range]) -> bool:
    """A row that says nothing of indicators, and names a sum in any of its texts."""
    if any(_says(cells, columns, key) for key in _OF_INDICATORS):
        return False
    return any(isinstance(typed, str) and _NAMES_SUM(bare(typed).text) for typed in cells)


def _says(cells: Sequence[Scalar], columns: Mapping[str, range], key: str) -> bool:
    return any(not is_blank(cells[column]) for column in columns.get(key, ()) if column < len(cells))


def below_list(
    sheet: str, kind: FormKind, rows: Sequence[int], columns: Mapping[str, range], cells: CellLine
) -> Iterator[UnreadSheet]:
    """The ``rows`` below the end of a list that hold an amount where the list has amounts, or a row of a project."""
    money = [columns[field.key] for field in kind.money if columns.get(field.key)]
    found: list[tuple[int, int]] = []
    for row in rows:
        line = cells.line[row * cells.width : (row + 1) * cells.width]
        first = next((text_of(typed) for typed in line if not is_blank(typed)), "")
        if not first or counts_columns(line):
            continue
        amounts = [at for span in money for at in span if at < len(line) and to_amount(line[at]) is not None]
        if is_footer(first):
            amounts = [at for at in amounts if not _is_said_of_signer(line[:at])]
        is_row = not is_footer(first) and sum(_says(line, columns, key) for key in _OF_ROW) >= _FEWEST
        if amounts or is_row:
            column = amounts[0] if amounts else next(at for at, typed in enumerate(line) if not is_blank(typed))
            found.append((row, column))
    if found:
        row, column = found[0]
        more = f"起的 {len(found)} 行" if len(found) > 1 else ""
        reason = f"第 {row + 1} 行{more}在表尾下面，没有读"
        number = sum(
            not is_blank(typed) for row, _ in found for typed in cells.line[row * cells.width :][: cells.width]
        )
        yield UnreadSheet(sheet, reason, number, looks_like_form=True, row=row, column=column, remedy=_MOVE)


def _is_said_of_signer(before: Sequence[Scalar]) -> bool:
    """What stands behind a label with a colon, 联系电话：, is no amount; nor is anything right below 注：."""
    nearest = next((text_of(typed) for typed in reversed(before) if not is_blank(typed)), "")
    return nearest.rstrip().endswith(("：", ":")) or is_footer(nearest)


def amounts_in_added_columns(
    kind: FormKind,
    headers: Sequence[int],
    columns: Mapping[str, range],
    rows: Sequence[int],
    cells: CellLine,
    entry: Callable[[Scalar, int, int], Entry[Decimal]],
) -> Iterator[tuple[str, Entry[Decimal]]]:
    """The amounts of a project in columns that the 样表 of an office's own list does not have, by their headings.

    One that it prints and does not read is none of them, unless it is called as a source is.
    """
    if kind.learned is None or not headers:
        return
    read = [span for key, span in columns.items() if not key.startswith(EXTRA)]
    own = {column for span in read for column in span} | panel_of(cells)
    printed, sources = printed_labels(kind), {source_of(field.key) for field in kind.sources}
    for column in sorted({*range(cells.width)} - own):
        heads = [cells.line[at * cells.width + column] for at in range(max(headers), max(min(headers) - 2, -1), -1)]
        heading = next((text_of(typed) for typed in heads if not is_blank(typed)), "")
        is_source = label_key(heading) in sources if heading else False  # printed, and marked as nothing
        if (bare(heading).text in printed and not is_source) or (heading and is_no_money(heading)):
            continue
        for row in rows:
            typed = cells.line[row * cells.width + column]
            amount = entry(typed, row, column) if to_amount(typed) is not None else None
            if amount is not None and amount.value:
                yield heading, amount


def panel_of(cells: CellLine) -> set[int]:
    """The columns right of a list in a workbook of ours: the numbers of projects, and their state."""
    home = next((at % cells.width for at, typed in enumerate(cells.line) if typed == HOME_LINK), None)
    return set() if home is None else {home - 1, home}


def totals_of_list(
    grid: Grid,
    kind: FormKind,
    sorted_rows: ListRows,
    columns: Mapping[str, range],
    units: Mapping[str, AmountUnit],
    cells: CellLine,
    projects: Sequence[Project],
    above: Sequence[Project] = (),
    *,
    goes_on: bool = False,
) -> Iterator[ListTotal]:
    """What the rows 合计 of a list say, and what its projects add up to.

    Such a row may add up all projects, those above it, or those since the one before; and with them those of the pages
    ``above``, where the header stands again on every page. It ``goes_on`` with these where it has no title.
    """
    rows = [row for row in sorted_rows.sums if not _is_part(cells.line[row * cells.width : (row + 1) * cells.width])]
    for field in kind.money:
        own = [(project.area[0], project.value(field.key)) for project in projects]
        if not columns.get(field.key) or any(one.value is None and not one.is_empty for _, one in own):
            continue
        before, unit = -1, units[field.key]
        of_pages = [project.value(field.key) for project in above]
        amounts = {
            row: _amount_of_sum(grid, kind, units, cells, row, columns[field.key], unit)
            for row in (*rows, *(one.row for one in sorted_rows.units))
        }
        for one in sorted_rows.units:
            amount = amounts[one.row]
            of_unit = _sum([entry for at, entry in own if at in one.projects])
            if amount is not None and amount.value != of_unit:
                yield ListTotal(field.name, amount, of_unit, one.name)
        for row in rows:
            amount = amounts[row]
            of_all = _sum([one for _, one in own])
            likely = (of_all, _sum([one for at, one in own if at < row]))
            since = _sum([one for at, one in own if before < at < row])
            before = row
            is_known = all(one.value is not None or one.is_empty for one in of_pages)
            of_pages_too = EXACT.add(of_all, _sum(of_pages)) if is_known else of_all
            if amount is not None and amount.value not in {*likely, since, of_pages_too}:
                yield ListTotal(field.name, amount, of_pages_too if goes_on else of_all)


def _amount_of_sum(
    grid: Grid,
    kind: FormKind,
    units: Mapping[str, AmountUnit],
    cells: CellLine,
    row: int,
    columns: Collection[int],
    unit: AmountUnit,
) -> Entry[Decimal] | None:
    typed = [cells.line[row * cells.width + at] for at in columns if at < cells.width]
    is_silent = kind.states_unit and is_undeclared(units.values())
    its = without_declaration(unit, typed, kind) if is_silent else unit
    return _amount(grid, cells, its, row, columns)


def _is_part(line: Sequence[Scalar]) -> bool:
    """小计 of some of the projects: which, nobody knows."""
    return any(isinstance(typed, str) and bare(typed).text.endswith(_PART_OF_ALL) for typed in line)


def _amount(grid: Grid, cells: CellLine, unit: AmountUnit, row: int, columns: Collection[int]) -> Entry[Decimal] | None:
    """What a row says in some columns, in 万元; None where it says nothing, or in a unit that is not known."""
    for column in columns:
        typed = cells.line[row * cells.width + column] if column < cells.width else None
        if not is_blank(typed):
            amount = amount_entry(typed, grid.sheet, row, column, unit.factor)
            has_format = (row, column) in grid.formats
            return None if unit.contradiction or has_format or amount.status is not Status.FILLED else amount
    return None


def _sum(entries: Sequence[Entry[Decimal]]) -> Decimal:
    return reduce(EXACT.add, [one.value for one in entries if one.value is not None], Decimal(0))

"""Amounts behind labels that a form has for its own, outside every form: 资金总额 | 50 below the line for signatures.

No form reads them, for it has its amounts already; with a label that is unknown they would be a note.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entries import amount_entry
from xl_perf.core.cells.entry import Entry, PartOfCell, Status
from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.cells.units import OF_FORMS, UNITS
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.cells.year_words import OF_OTHER_YEARS
from xl_perf.core.forms.amounts_beside import is_meant_for_amount
from xl_perf.core.forms.finding import SheetForms
from xl_perf.core.forms.in_text import IN_TEXT, value_in_text
from xl_perf.core.forms.kind import Shape, Value
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.list_frame import ListFrame
from xl_perf.core.model.project import Project

_YEAR: Final = re.compile(r"((?:19|20)\d\d)年?")
_IS_OF_OTHER_YEARS: Final = re.compile(OF_OTHER_YEARS).search


class LabelledAmount(NamedTuple):
    """The key of its label, what stands there, and the amount in 万元 (without a value where it cannot be read)."""

    key: str
    text: str
    amount: Entry[Decimal]


def labelled_outside(
    grid: Grid, found: SheetForms, cells: CellLine, projects: Sequence[Project], year: int | None
) -> Iterator[LabelledAmount]:
    """The amounts behind such labels, in reading order, but for those of other years than the budget's.

    ``found`` is what stands on the sheet, ``projects`` are those that were read there.
    """
    placed = {(one.row, one.column) for project in projects for _, one in project.entries() if one.cell}
    levels = {
        (one.row, one.column)
        for project in projects
        for indicator in project.indicators
        for one in (indicator.level1, indicator.level2)
    }
    tables = [(project, _last_row(project)) for project in projects if project.table is not None]
    listed = {row for one in found.lists for row in range(min(one.headers), _last_of_list(one, placed) + 1)}
    unit = _unit(found, projects)
    printed = {project.kind: _printed_below(project) for project in projects}
    for label in found.money:
        at = label.row, label.column
        text = text_of(cells.line[label.row * cells.width + label.column])
        if at in levels:  # without a line for signatures above it, its row was read as one of indicators
            placed = {one for one in placed if one[0] != label.row}
        elif at in placed or label.row in listed or any(_is_in_table(project, last, *at) for project, last in tables):
            continue
        if _names_other_year(text, year) or any(bare(text).text in texts for texts in printed.values()):
            continue
        factor = UNITS[label.more if label.more in OF_FORMS else unit]
        if label.key.startswith(IN_TEXT):
            typed: Scalar = PartOfCell(value_in_text(text, Value.AMOUNT))
            place, said = at, text
        else:
            beside = _beside(cells, label, placed)
            if beside is None:
                continue
            typed, place = beside
            said = f"{text} {text_of(typed)}"
        amount = amount_entry(typed, grid.sheet, *place, factor)
        if amount.value or amount.status is Status.UNREADABLE:
            yield LabelledAmount(label.key.removeprefix(IN_TEXT), said, amount)


def _last_row(project: Project) -> int:
    """The last row of its indicators."""
    rows = [entry.row for indicator in project.indicators for entry in indicator.texts if entry.cell]
    last: int = max([*rows, *((project.table[0],) if project.table else ())])
    return last


def _last_of_list(one: ListFrame, placed: set[tuple[int, int]]) -> int:
    rows = {row for row, _ in placed}
    return max([*(row for row in one.rows if row in rows), *one.headers])


def _is_in_table(project: Project, last: int, row: int, column: int) -> bool:
    """Among the indicators of a form: what stands there is told of with these."""
    _, left, _, right = project.area
    return project.table is not None and project.table[0] < row <= last and left <= column <= right


def _printed_below(project: Project) -> frozenset[str]:
    """What an office's own form prints below its indicators, such as the heading of a table of details."""
    sheet = project.kind.own_sheet
    if sheet is None or not sheet.tables:
        return frozenset()
    below = sheet.texts[sheet.tables[0].first :]
    return frozenset(bare(text).text for texts in below for text in texts if text.strip())


def _names_other_year(text: str, year: int | None) -> bool:
    seen = folded(text)
    years = {int(one) for one in _YEAR.findall(seen)}
    return _IS_OF_OTHER_YEARS(seen) is not None or (year is not None and bool(years) and year not in years)


def _unit(found: SheetForms, projects: Sequence[Project]) -> str:
    """What a bare number counts in on the sheet."""
    of_lists = (one.units[key].unit for one in found.lists if (key := one.kind.money[0].key) in one.units)
    units = (*(one.bare_unit for one in projects if one.kind.shape is Shape.FORM), *of_lists)
    return next((one for one in units if one in OF_FORMS), "万元")


def _beside(cells: CellLine, label: Label, placed: set[tuple[int, int]]) -> tuple[Scalar, tuple[int, int]] | None:
    """The amount right of a label, else the one below it; none where a form has read it."""
    width = cells.width
    right = range(label.row * width + label.column + 1, (label.row + 1) * width)
    below = range((label.row + 1) * width + label.column, len(cells.line), width)
    for places in (right, below):
        at = next((at for at in places if not is_blank(cells.line[at])), None)
        if at is None or divmod(at, width) in placed:
            continue
        typed = cells.line[at]
        is_label = isinstance(typed, str) and label_key(typed) is not None
        if not is_label and is_meant_for_amount(typed):
            return typed, divmod(at, width)
    return None

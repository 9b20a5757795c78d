"""调整行高: every text of a form shows whole, in merged cells too, which no spreadsheet program fits."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from xl_perf.core.cells.grid import Area, Grid, Scalar
from xl_perf.core.forms.frame import Frame, Slot
from xl_perf.core.forms.kind import Holds, Stands, Value
from xl_perf.live.forms import LiveForm, active_form, table_of
from xl_perf.live.protection import unlocked
from xl_perf.sheets import form_heights
from xl_perf.sheets.form_names import PANEL_WIDTH
from xl_perf.sheets.last_year import LAST_YEAR, ROWS_OF_AMOUNTS, is_of_last_year

if TYPE_CHECKING:
    from xl_perf.live.host import Host


def fit_rows(host: "Host") -> None:
    """Sets the heights of the form in front."""
    live = active_form(host, model=True)
    with unlocked(live.sheet):
        fit(live)


def fit(live: LiveForm) -> None:
    """Sets the heights, rows of the same height in one call."""
    widths = [live.sheet.range((1, column + 1)).column_width or 8.0 for column in range(live.right + 1)]
    top = live.frame.area[0]
    found = heights(live, widths)
    rows = enumerate(found, top)
    for height, run in groupby(rows, key=lambda one: round(one[1], 1)):
        numbers = [row for row, _ in run]
        live.sheet.range((numbers[0] + 1, 1), (numbers[-1] + 1, 1)).row_height = height


def heights(live: LiveForm, widths: list[float]) -> list[float]:
    """The heights of the form's rows in points, given the widths of the sheet's columns in characters."""
    top = live.frame.area[0]
    of_text = form_heights.of_text if live.frame.kind.own_sheet is None else form_heights.of_own_text
    branches = live.branches()
    last = max([branch.last for branch in branches], default=live.frame.area[2])
    needed = [
        ((area[0] - top, area[1], area[2] - top, area[3]), of_text(text, _room(widths, area)))
        for area, text in texts_of(live.frame, live.grid)
        if area[2] <= last  # what stands below the table is no part of the form
    ]
    needed += [
        (
            (area[0] - top, area[1], area[2] - top, area[3]),
            of_text(text, sum(widths[area[1] : area[3] + 1])),
        )
        for area, text in _labels(live)
    ]
    label_width = sum(widths[live.left : live.inner])
    needed += [((one.first - top, 0, one.last - top, 0), of_text(one.label, label_width)) for one in branches]
    needed += _beside(live, top, last)
    return form_heights.spread(_least(live, last), needed)


def _beside(live: LiveForm, top: int, last: int) -> Iterator[tuple[Area, float]]:
    """What last year's figures right of the form need, from the first row to ``last``."""
    at = live.note(top).column - 1
    for row, cells in enumerate(live.grid.rows[top : last + 1]):
        note = cells[at] if at < len(cells) else None
        if isinstance(note, str) and is_of_last_year(note):
            rows = ROWS_OF_AMOUNTS if note.startswith(LAST_YEAR) else 1
            yield (row, at, row + rows - 1, at), form_heights.of_note(note, PANEL_WIDTH)


def _room(widths: list[float], area: Area) -> float:
    return sum(widths[area[1] : area[3] + 1]) - form_heights.INDENT


def _least(live: LiveForm, last: int) -> list[float]:
    """The least of every row from the form's first to ``last``, by what stands in it."""
    frame, kind = live.frame, live.frame.kind
    top = frame.area[0]
    of_goal = form_heights.of_goal(len(live.goals), numbered=kind.numbers_goals)
    found = {_row(slot): of_goal for slot in live.goals}
    for field, slot in zip(kind.fields, frame.slots, strict=True):
        if slot is not None:
            found[_row(slot)] = max(form_heights.of_field(field.value), found.get(_row(slot), 0))
    if frame.title is not None:
        found[frame.title[0]] = form_heights.TITLE
        if kind.part_of(Holds.YEAR) is not None:
            found[frame.title[0] + 1] = form_heights.YEAR
    header = frame.table[0] if frame.table else last + 1
    found[header] = form_heights.HEADER
    rows = range(top, last + 1)
    if kind.own_sheet is not None:  # an office's own rows are as high as it made them
        return [live.sheet.range((row + 1, 1)).row_height or form_heights.INDICATOR for row in rows]
    return [found.get(row, form_heights.PLAN if row < header else form_heights.INDICATOR) for row in rows]


def _row(slot: Slot) -> int:
    return slot.rows[0] if slot.rows else slot.blank[0]


def _labels(live: LiveForm) -> Iterator[tuple[Area, str]]:
    """The labels of fields that stand left of their inputs, in as many columns as the official form gives them.

    Those that an office prints on its own form have their room there.
    """
    if live.frame.kind.own_sheet is not None:
        return
    for field, slot in zip(live.frame.kind.fields, live.frame.slots, strict=True):
        labelled = field.span[0]
        if slot is not None and field.stands is Stands.RIGHT and slot.columns.start >= labelled:
            row, column = _row(slot), slot.columns.start
            yield (row, column - labelled, row, column - 1), field.printed or field.label


def texts_of(frame: Frame, grid: Grid) -> Iterator[tuple[Area, str]]:
    """The texts that people fill in, with the cells over which each may spread."""
    rows = grid.rows

    def text(row: int, column: int) -> str:
        cells = rows[row] if row < len(rows) else ()
        typed: Scalar = cells[column] if column < len(cells) else None
        return typed if isinstance(typed, str) and typed.strip() else ""

    fields = [
        slot for field, slot in zip(frame.kind.fields, frame.slots, strict=True) if field.value is not Value.AMOUNT
    ]
    slots = [slot for slot in (*fields, *frame.goals, *frame.unnamed_goals) if slot is not None]
    for slot in slots:
        row = _row(slot)
        first = max(slot.columns.start, slot.blank[1])
        found = next((typed for at in slot.columns if (typed := text(row, at))), "")
        yield (row, first, row, slot.columns.stop - 1), found
    for row in frame.rows:
        for columns in table_of(frame):
            yield (row, columns.start, row, columns.stop - 1), text(row, columns.start)

"""A workbook of ours from which an office's form is learned again: last year's book is often all that an officer has.

What we put around the form is none of it: our other sheets, and what stands right of the form or list, off the printed
page. What an officer decided for the 样表 that the workbook was made of is known from the kind that it carries.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area, Book, Grid, Scalar
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.box import HOME_LINK, YEAR_UNKNOWN
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.forms.learned import COLUMNS, FIELDS, LearnedForm
from xl_perf.core.forms.learned_json import carried_forms
from xl_perf.core.forms.learning import Learning, with_unit
from xl_perf.core.forms.own_sheet import OwnSheet
from xl_perf.core.forms.proposals import Proposal
from xl_perf.core.workbook.sheets import FORMS_SHEET, LIST_SHEET, MODEL_NAME, MODEL_SHEET, OTHER_SHEETS
from xl_perf.files.own_files import DEPARTMENT, PACKED

_ALIKE: Final = 0.8
"""So much of what a carried kind prints stands on the sheet of a form of that kind, in the same cells."""
_SAID: Final = "照工作簿里带着的样表"


class Surplus(NamedTuple):
    """The first row of a list's body, from where ``number`` rows are ours, what the office merges in the body, and its
    formulas there and below.
    """

    first: int
    row: int
    number: int
    merges: tuple[Area, ...]
    formulas: tuple[tuple[int, int, str], ...]


class OwnForms(NamedTuple):
    """The sheets of a workbook of ours with forms, the blank one first, without what stands beside them; the kinds
    that it carries; and for each sheet, by its name, the column from which on nothing is the office's.
    """

    grids: tuple[Grid, ...]
    carried: tuple[LearnedForm, ...]
    ends: dict[str, int]
    surplus: dict[str, Surplus]
    """Of lists, by their sheets: the rows that the office's list does not print."""

    def is_blank(self, grid: Grid) -> bool:
        """The sheet has as many rows as the office's own, not as many as a project needed."""
        return grid.sheet == MODEL_SHEET or grid.sheet in self.surplus


def is_own(book: Book) -> bool:
    """xl-perf wrote the workbook, though another program may have saved it since."""
    return book.kind in {DEPARTMENT, PACKED} or MODEL_NAME in book.names


def own_forms(book: Book) -> OwnForms:
    """What of a workbook of ours a form can be learned of."""
    carried = tuple(form for grid in book.grids if grid.sheet == FORMS_SHEET for form in carried_forms(grid.rows))
    grids = [grid for grid in book.grids if not (grid.hidden or grid.sheet in OTHER_SHEETS)]
    first = [grid.sheet for grid in grids if grid.sheet in {MODEL_SHEET, LIST_SHEET}]
    grids.sort(key=lambda grid: grid.sheet not in first)
    ends = {grid.sheet: end for grid in grids if (end := _panel_on(grid)) is not None}
    made = [_cut(grid, ends[grid.sheet]) if grid.sheet in ends else grid for grid in grids]
    surplus = {grid.sheet: one for grid in made if (one := _surplus_on(grid, carried)) is not None}
    made = [_without(grid, surplus[grid.sheet]) if grid.sheet in surplus else grid for grid in made]
    return OwnForms(tuple(_as_printed(grid, carried) for grid in made), carried, ends, surplus)


def _surplus_on(grid: Grid, carried: Sequence[LearnedForm]) -> Surplus | None:
    """What a list has of us below the rows that the office's prints; None for a form, or where that cannot be told."""
    for form in carried if grid.sheet == LIST_SHEET else ():
        sheet = form.sheet
        if sheet is None or not sheet.tables or BY_NAME[form.base].shape is not Shape.LIST:
            continue
        first, last = sheet.body
        heads = sheet.texts[sheet.header]
        if [text_of(_typed(grid, sheet.header, at)).strip() for at in range(len(heads))] != [
            one.strip() for one in heads
        ]:
            continue
        foot = [texts for texts in sheet.texts[last + 1 :] if any(one.strip() for one in texts)]
        begins = len(grid.rows)
        if foot:
            marks = {text.strip() for text in foot[0] if text.strip()}
            rows = range(last + 1, len(grid.rows))
            found = [row for row in rows if marks <= {text_of(one).strip() for one in grid.rows[row]}]
            if not found:
                continue
            begins = found[-1] - next(at for at, texts in enumerate(sheet.texts[last + 1 :]) if texts == foot[0])
        merges = tuple(area for area in sheet.merges if first <= area[0] <= last)
        if begins >= last + 1:
            formulas = tuple(one for one in sheet.formulas if one[0] >= first)
            return Surplus(first, last + 1, begins - last - 1, merges, formulas)
    return None


def _without(grid: Grid, surplus: Surplus) -> Grid:
    first, row, number, merges, _ = surplus
    kept = [area for area in grid.merges if area[2] < first]
    below = [
        (top - number, left, bottom - number, right) for top, left, bottom, right in grid.merges if top >= row + number
    ]
    rows = [*grid.rows[:row], *grid.rows[row + number :]]
    return grid._replace(rows=rows, merges=(*kept, *merges, *below))


def _panel_on(grid: Grid) -> int | None:
    """The column left of the link to 首页: it holds no text of the form, of a list the numbers of its projects."""
    first = grid.rows[0] if grid.rows else ()
    at = next((column for column, typed in enumerate(first) if typed == HOME_LINK), 0)
    return at - 1 if at > 1 else None


def _cut(grid: Grid, end: int) -> Grid:
    return grid._replace(
        rows=[list(cells[:end]) for cells in grid.rows],
        merges=tuple(area for area in grid.merges if area[1] < end),
    )


def _as_printed(grid: Grid, carried: Sequence[LearnedForm]) -> Grid:
    """The sheet with the office's own words where ours show a year that nobody has typed: （    年度）."""
    form = _carried_on(grid, carried)
    if form is None or form.sheet is None:
        return grid
    rows = [list(cells) for cells in grid.rows]
    for row, texts in enumerate(form.sheet.texts[: len(rows)]):
        for column, text in enumerate(texts[: len(rows[row])]):
            if text.strip() and f"{YEAR_UNKNOWN}年" in str(rows[row][column]):
                rows[row][column] = text
    return grid._replace(rows=rows)


def _carried_on(grid: Grid, carried: Sequence[LearnedForm]) -> LearnedForm | None:
    """The carried kind that the sheet shows; None where it is none of them."""
    found = [(_alike(form.sheet, grid), -at, form) for at, form in enumerate(carried) if form.sheet is not None]
    best = max(found, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] >= _ALIKE else None


def _alike(sheet: OwnSheet, grid: Grid) -> float:
    """How much of what a sheet prints stands on another, in the same cells."""
    texts = [(row, at, text) for row, cells in enumerate(sheet.texts) for at, text in enumerate(cells) if text.strip()]
    same = sum(text_of(_typed(grid, row, column)).strip() == text.strip() for row, column, text in texts)
    return same / len(texts) if texts else 0


def _typed(grid: Grid, row: int, column: int) -> Scalar:
    cells = grid.rows[row] if row < len(grid.rows) else ()
    return cells[column] if column < len(cells) else None


def learned_again(learned: Learning, grid: Grid, own: OwnForms) -> Learning:
    """What was learned of a sheet of a workbook of ours, with what is known of its kind; nothing beside it is kept."""
    end = own.ends.get(grid.sheet)
    if end is not None:
        learned = learned._replace(beside=min(end, end if learned.beside is None else learned.beside))
    form = _carried_on(grid, own.carried)
    if form is None or form.sheet is None:
        return with_unit(learned, BY_NAME[learned.form.base].unit)
    made = list(_decided(learned.proposals, form, form.sheet))
    learned = learned._replace(
        proposals=tuple(made),
        form=learned.form._replace(base=form.base, required=form.required, year=learned.form.year or form.year),
    )
    return with_unit(learned, form.unit) if form.unit else learned


def _decided(proposals: Sequence[Proposal], form: LearnedForm, sheet: OwnSheet) -> Iterator[Proposal]:
    """The proposals as an officer decided on the 样表: what stands in a cell, or what a label means."""
    places = {place.area[:2]: place.key for place in (*sheet.fields, *sheet.columns)}
    meant = {word.label: word.key for word in form.words}
    for one in proposals:
        key = places.get(one.cell, "") if one.cell is not None else ""
        if not key and one.cell is None and one.certainty is Certainty.CHECK:
            key = meant.get(one.label, "")
        is_asked = one.certainty is Certainty.CHECK
        if key and (key != one.key or is_asked) and (one.key in {*FIELDS, *COLUMNS, ""} or is_asked):
            yield one._replace(key=key, certainty=Certainty.SURE, why=_SAID)
        else:
            yield one

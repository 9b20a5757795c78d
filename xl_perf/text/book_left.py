"""What of a workbook's forms and goals is not taken in: every cell, with its sheet and address."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from xl_perf.core.cells.grid import Book, Grid, a1
from xl_perf.core.forms.box import HOME_LINK
from xl_perf.core.forms.footers import is_signing
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.learned import TEXT
from xl_perf.core.forms.printed_room import is_room
from xl_perf.core.forms.reader import read_forms
from xl_perf.core.forms.sign_off import LABELS
from xl_perf.core.forms.strange_cells import unprinted_columns
from xl_perf.core.forms.unplaced import BETWEEN, Cell, not_taken_over
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.reading import form_grids, kinds_of_book, without_marks
from xl_perf.core.workbook.goals import unread_cells
from xl_perf.core.workbook.sheets import GOALS_SHEET, MODEL_SHEET
from xl_perf.sheets.form_names import STATE_ROW
from xl_perf.sheets.last_year import is_of_last_year


def left_in_book(book: Book, department: Department, kinds: Kinds = KINDS) -> Iterator[str]:
    """A line for each row with cells that found no place, in the order of the sheets, as `rows_left` gives them."""
    for sheet, row, cells in rows_left(book, department, kinds):
        yield f"{sheet}!{_places(row, cells)}没有收进来：{BETWEEN.join(' '.join(text.split()) for _, text in cells)}"


def places_left(book: Book, department: Department, kinds: Kinds = KINDS) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The same cells without what they say, ``01!I3、J3``; and apart from them those of rows in which people sign.

    Without the department's `MoneyText`, of which more is to be said. Of an office's own form, which is printed with
    its lines for them, nobody is apart.
    """
    on_own = {one.sheet for one in department.projects if one.kind.own_sheet is not None}
    others: list[str] = []
    signed: list[str] = []
    named = {(one.sheet, one.row, one.column) for one in department.money_texts}
    for sheet, row, cells in rows_left(book, department, kinds):
        left = [(column, text) for column, text in cells if (sheet, row, column) not in named]
        if left:
            (signed if is_signing(left[0][1]) and sheet not in on_own else others).append(
                f"{sheet}!{_places(row, left)}"
            )
    others += [place for project in department.projects for place in _without_place(project)]
    return tuple(others), tuple(signed)


def _without_place(project: Project) -> Iterator[str]:
    """What an office's own form was read to say and has no place for: a column that was put in, a text without mark."""
    own = project.kind.own_sheet
    if own is None or project.kind.shape is not Shape.FORM:
        return
    places = {place.key for place in own.fields}
    for field, entry in zip(project.kind.fields, project.values, strict=True):
        if field.key.startswith(TEXT) and field.key not in places and entry.text and not is_room(entry.text):
            yield f"{project.sheet}!{entry.cell}"
    for key in unprinted_columns(project):
        first, *others = [entry.cell for entry in project.column(key)]
        yield f"{project.sheet}!{first}" + (f"—{others[-1]}" if others else "")


def rows_left(book: Book, department: Department, kinds: Kinds) -> Iterator[tuple[str, int, Sequence[tuple[int, str]]]]:
    """Sheet, row and cells (column and text) of what found no place.

    Sheets without a form are not looked at: they are named as a whole. What our own forms show beside themselves
    (their state, messages, last year's figures) is nobody's, and what a 样表 prints is nobody's content.
    """
    book = without_marks(book)
    kinds = kinds_of_book(book, kinds, department.cover.year.value)
    forms = {id(grid) for grid in form_grids(book)}
    for grid in book.grids:
        if grid.sheet == GOALS_SHEET:
            found = unread_cells(grid, [department.overall_goal, *department.goal_texts()])
            for row, cells in groupby(found, key=lambda cell: cell[0]):
                yield grid.sheet, row, [(column, text) for _, column, text in cells]
        elif id(grid) in forms:
            read = read_forms(grid, kinds)
            is_model = bool(book.kind) and grid.sheet == MODEL_SHEET  # what it shows is printed, or worked out
            if read.projects or (read.blanks and not is_model):
                printed = _printed(read.projects)
                for left in not_taken_over(grid, read.projects, set(_panel(grid, read.projects)), kinds):
                    own = [
                        (column, text)
                        for column, text in left.cells
                        if column in left.levels or "".join(text.split()) not in printed
                    ]
                    if own:
                        yield grid.sheet, left.row, own


def _printed(projects: Iterable[Project]) -> frozenset[str]:
    """The texts that the offices' own forms print, without white space."""
    sheets = {one.kind.name: one.kind.own_sheet for one in projects}.values()
    return frozenset(
        "".join(text.split()) for one in sheets if one is not None for cells in one.texts for text in cells
    )


def _places(row: int, cells: Sequence[tuple[int, str]]) -> str:
    return "、".join(a1(row, column) for column, _ in cells)


def _panel(grid: Grid, projects: Sequence[Project]) -> Iterator[Cell]:
    """The cells right of our own form: what is marked, the way back to 首页, the state, the messages, last year's
    figures; and the line for signatures below it.
    """
    home = next(
        ((row, cells.index(HOME_LINK)) for row, cells in enumerate(grid.rows) if HOME_LINK in cells),
        None,
    )
    if home is None:
        return
    top, column = home
    yield from ((top, column - 1), (top, column), (top + STATE_ROW, column))
    for project in projects:
        yield project.budget.row, column
        yield from ((point.percent.row, column) for point in project.plan[:1])
        if project.sign_off is not None:
            yield from ((one.row, one.column) for one in project.sign_off)
    if any(project.kind.shape is Shape.LIST for project in projects):  # every row has its project's number and state
        yield from ((row, at) for row in range(len(grid.rows)) for at in (column - 1, column))
    for row, cells in enumerate(grid.rows):
        yield from ((row, at) for at, typed in enumerate(cells) if typed in LABELS)
        if column < len(cells) and is_of_last_year(cells[column]):
            yield row, column

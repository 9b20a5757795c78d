"""The open book as the core reads it: the same model as from the saved file.

A sheet is read in one call. Error values come as texts and become `ErrorValue`; formulas all have their values.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.grid import Area, Book, CellLine, ErrorValue, Grid, Scalar
from xl_perf.core.forms import unread
from xl_perf.core.forms.finding import forms_on
from xl_perf.core.forms.kind import MINIMUM_TELLING
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.labels import labels_of
from xl_perf.core.forms.learned_json import with_carried
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.settings import BY_FORM, PROFILE_LABEL, VERSION_LABEL, read_setting
from xl_perf.core.workbook.sheets import (
    COVER_SHEET,
    FORMS_SHEET,
    HELP_SHEET,
    LIBRARY_SHEET,
    LISTS_SHEET,
    LOG_SHEET,
    MODEL_NAME,
)
from xl_perf.files.own_files import DEPARTMENT
from xl_perf.live.drawings import drawn_on
from xl_perf.live.extent import far_cells, read_area
from xl_perf.live.hidden import areas_in_hidden, hidden_lines
from xl_perf.live.merged import doubtful_places, hiding_areas, label_areas
from xl_perf.live.number_formats import amount_formats
from xl_perf.live.protection import is_visible
from xl_perf.live.sheet_names import names_of
from xl_perf.profiles import DEFAULT, beside, fitting
from xl_perf.saved.guides import kinds_beside, load, load_own

if TYPE_CHECKING:
    import xlwings as xw

    from xl_perf.live.host import Host

_OWN: Final = frozenset({COVER_SHEET, LISTS_SHEET})
"""A book with both is a department workbook of ours."""
_NOT_READ: Final = frozenset({FORMS_SHEET, LIBRARY_SHEET, HELP_SHEET, LISTS_SHEET, LOG_SHEET})
"""Sheets of such a book on which nobody fills in anything."""
_ERROR: Final = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|FIELD!|GETTING_DATA)")
_MIDNIGHT: Final = datetime.time()
Steps = Callable[[Sequence["xw.Sheet"]], Iterable["xw.Sheet"]]
Merges = dict[tuple[object, ...], tuple[Area, ...]]
"""The merged areas of labels by the labels of a sheet, and those that hide something by the cells in question too."""


def department_of(host: "Host") -> Department:
    """The model of the open book. Raises `Stopped` where the person presses Esc meanwhile."""
    return read_department(book_of(host), host.kinds)


def book_of(host: "Host") -> Book:
    """The open book, read while the status bar says how far it is. Raises `Stopped`."""
    return read_book(host.book, host.kinds, partial(host.steps, doing="读取工作表"))


def read_book(book: "xw.Book", kinds: Kinds = KINDS, steps: Steps = iter) -> Book:
    """Every sheet that says something. Merges are asked once for all forms whose labels stand alike.

    ``steps`` gives the sheets one by one.
    """
    own = is_own(book)
    lists = values_of(book.sheets[LISTS_SHEET]) if own else []
    merges: Merges = {}
    skipped = _NOT_READ if own else {LOG_SHEET}
    sheets = [sheet for sheet in book.sheets if sheet.name not in skipped]
    grids: list[Grid] = []
    notes: list[str] = []
    for sheet in steps(sheets):
        far, note = far_cells(sheet)
        grid = read_sheet(sheet, kinds, merges)._replace(far=far)
        grids.append(grid)
        notes += [note] if note else [f"工作表“{one.sheet}”的 {one.reason}" for one in unread.far_cells(grid)]
    return Book(
        path=book.fullname,
        grids=tuple(grids),
        names=_model_form(book),
        kind=DEPARTMENT if own else "",
        template_version=read_setting(lists, VERSION_LABEL),
        profile_name=_asked_for(lists),
        notes=tuple(notes),
    )


def read_sheet(sheet: "xw.Sheet", kinds: Kinds = KINDS, merges: Merges | None = None) -> Grid:
    """The sheet's cells from A1 on, the merged areas of its forms that matter, the formats of amounts, hidden lines.

    Of a sheet without a form, what is drawn there. ``merges`` are those of labels on sheets that were read before.
    """
    grid = Grid(sheet.name, values_of(sheet), (), hidden=not is_visible(sheet))
    cells = CellLine(grid.rows)
    labels = labels_of(kinds).places(cells)
    if len(labels) < MINIMUM_TELLING:
        return drawn_on(sheet, grid)
    known = {} if merges is None else merges
    key = tuple(labels)
    if key not in known:
        known[key] = tuple(label_areas(sheet, labels, kinds))
    grid = grid._replace(merges=known[key])
    frames = forms_on(grid, kinds, cells)[0].frames
    if not frames:
        return drawn_on(sheet, grid)
    doubtful = doubtful_places(cells, frames)
    if (key, doubtful) not in known:
        known[key, doubtful] = tuple(hiding_areas(sheet, doubtful))
    if known[key, doubtful]:
        grid = grid._replace(merges=(*grid.merges, *known[key, doubtful]))
        found, cells = forms_on(grid, kinds, cells)
        frames = found.frames
    hidden = hidden_lines(sheet, len(grid.rows), cells.width)
    merged = areas_in_hidden(sheet, cells, frames, *hidden) if any(hidden) else []
    return grid._replace(
        formats=amount_formats(sheet, cells, frames),
        merges=(*grid.merges, *merged),
        hidden_rows=hidden[0],
        hidden_columns=hidden[1],
    )


def is_own(book: "xw.Book") -> bool:
    """A department workbook of ours."""
    return set(names_of(book)) >= _OWN


def own_kinds(book: "xw.Book") -> Kinds:
    """The kinds of form as the department's own profile and 样表 beside the book have them, and those that it carries.

    Raises `ProfileError`.
    """
    path = Path(book.fullname)
    own = beside(path)
    kinds = kinds_beside(path, KINDS if own is None else load_own(own).kinds)
    return with_carried(values_of(book.sheets[FORMS_SHEET]), kinds) if FORMS_SHEET in names_of(book) else kinds


def profile_of(book: "xw.Book", department: Department | None = None) -> Profile:
    """The department's own profile beside the book, else the one that its 字典 names, else that of its kind of form.

    ``department`` is what was read of the book; without it the default stands for the last. Raises `ProfileError` where
    a profile is not known or cannot be used.
    """
    own = beside(Path(book.fullname))
    if own is not None:
        return load_own(own)
    has_lists = department is None and LISTS_SHEET in names_of(book)
    asked = _asked_for(values_of(book.sheets[LISTS_SHEET])) if has_lists else ""
    name = asked if department is None else department.profile_name
    if name not in {"", DEFAULT}:
        return load(name)
    return load() if department is None else fitting(department)


def _asked_for(lists: list[list[Scalar]]) -> str:
    """The profile that 字典 names; empty where nobody asked for one."""
    name = read_setting(lists, PROFILE_LABEL)
    return "" if name == BY_FORM else name


def values_of(sheet: "xw.Sheet") -> list[list[Scalar]]:
    """The cells from A1 on, as far as something is filled in, in one call."""
    cells = read_area(sheet.used_range)
    found: list[list[Any]] = cells.options(ndim=2, err_to_str=True, empty="").value
    while len(found) > 1 and not any(value != "" for value in found[-1]):
        found.pop()
    return [[_scalar(value) for value in row] for row in found]


def _scalar(value: Any) -> Scalar:
    if value.__class__ is str:
        return ErrorValue(value) if value[:1] == "#" and _ERROR.fullmatch(value) else value
    if isinstance(value, datetime.datetime) and value.time() == _MIDNIGHT:
        return value.date()
    scalar: Scalar = value
    return scalar


def _model_form(book: "xw.Book") -> dict[str, str]:
    defined = book.names
    if not defined.contains(MODEL_NAME):
        return {}
    return {MODEL_NAME: defined[MODEL_NAME].refers_to or ""}

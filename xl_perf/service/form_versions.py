"""What is to be said of an office's own forms by which a workbook was read: another version, a later year, its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from xl_perf.core.cells.grid import Book, Scalar
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import Kinds
from xl_perf.core.forms.learned import LearnedForm
from xl_perf.core.forms.learned_json import carried_forms, without_carried, without_known
from xl_perf.core.model.department import Department
from xl_perf.core.workbook.sheets import FORMS_SHEET

OF_FORMS: Final = "样表“"
"""What these sentences begin with."""
_TO_FOLLOW: Final = (
    "要改按新的一版，请运行 xl-perf new 新书.xlsx --from 旧书.xlsx --form 样表.xlsx，没有收进来的会逐项写明"
)
"""How a workbook comes to follow the form that lies beside it."""


def untrusted(book: Book, kinds: Kinds) -> Book:
    """The book without the forms that it carries and that are known: how these are read the office says, no sender."""
    if not book.kind or not any(kind.learned for kind in kinds):
        return book
    return _with_forms(book, lambda rows: without_known(rows, kinds))


def of_given_form_only(book: Book, form: LearnedForm) -> tuple[Book, str]:
    """The book without the forms that it carries, so that the given one alone says how it is read.

    With it a sentence where the book carries another version; else nothing.
    """
    if not book.kind:
        return book, ""
    rows = next((grid.rows for grid in book.grids if grid.sheet == FORMS_SHEET), ())
    carried = tuple(carried_forms(rows))
    differs = bool(carried) and all(_meaning(one) != _meaning(form) for one in carried)
    said = (
        f"这本自带的是样表的另一版，这里只按给出的样表试读，check 仍按它自带的一版读；{_TO_FOLLOW}" if differs else ""
    )
    return _with_forms(book, without_carried), said


def _with_forms(book: Book, change: Callable[[Sequence[Sequence[Scalar]]], list[Sequence[Scalar]]]) -> Book:
    """The book with its sheet 表样 changed."""
    grids = [grid._replace(rows=change(grid.rows)) if grid.sheet == FORMS_SHEET else grid for grid in book.grids]
    return replace(book, grids=tuple(grids))


def said_of_versions(department: Department, kinds: Kinds, *, is_trusted: bool = True) -> Iterator[str]:
    """Sentences without full stop; ``kinds`` are those that were offered, not those that the workbook carries."""
    known = {kind.name: kind.learned for kind in kinds if kind.learned}
    for kind in dict.fromkeys(project.kind for project in department.projects):
        own = kind.learned
        if own is None:
            continue
        yield from _of_later_year(kind, own, department.year)
        beside = known.get(kind.name)
        if beside is not None and _meaning(beside) != _meaning(own):
            units = f"（金额单位 {own.unit or '按表上所写'}，现在的是 {beside.unit or '按表上所写'}）"
            more = units if own.unit != beside.unit else ""
            yield f"{OF_FORMS}{kind.name}”：这本是照另一版做的{more}，仍按它自带的一版读，请核对；{_TO_FOLLOW}"
        elif beside is None and not is_trusted:
            yield f"{OF_FORMS}{kind.name}”是工作簿自己带来的，这里没有这一份：按它读的，请核对金额单位"


def _meaning(form: LearnedForm) -> tuple[object, ...]:
    """What of a form decides how its amounts are read."""
    return frozenset(form.words), form.unit, form.base


def _of_later_year(kind: FormKind, own: LearnedForm, year: int | None) -> Iterator[str]:
    """It holds only from a later year than the book's: none that holds lies beside it."""
    if own.year is not None and year is not None and own.year > year:
        yield f"{OF_FORMS}{kind.name}”从 {own.year} 年度起用，这本是 {year} 年的：没有更合的样表，仍按它读"

"""Two states of one department compared: all of its books, as one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.comparing.matching import Matching
from xl_perf.core.comparing.projects import Placed, compared_project, only_on_one_side, paired
from xl_perf.core.comparing.records import (
    BookPlace,
    Change,
    DepartmentDifference,
    ProjectDifference,
)
from xl_perf.core.comparing.reports import reports_compared
from xl_perf.core.comparing.texts import texts_of_department_compared
from xl_perf.core.figures.totals import add_up, totals_of_department
from xl_perf.core.model.department import Cover, Department

_BLANK: Final[Entry[Any]] = Entry(None, Status.BLANK, None, "", 0, 0)
_EMPTY: Final = Department("", (), Cover(*[_BLANK] * 5), None, _BLANK, (), (), ())
"""What a book is compared with that has no counterpart."""


@dataclass(frozen=True)
class Compared:
    """A department's difference, and its projects that only one side has: they may have come from another one."""

    difference: DepartmentDifference
    removed: tuple[Placed, ...]
    added: tuple[Placed, ...]


def compared_department(old: Sequence[Department], new: Sequence[Department], note: str = "") -> Compared:
    """The books of one department on both sides; either may be empty. Cells are those of the books."""
    of_old, of_new = ([_placed(book) for book in side] for side in (old, new))
    pool_old, pool_new = ([one for book in side for one in book] for side in (of_old, of_new))
    matched, matching = paired(pool_old, pool_new)
    projects = [compared_project(*pair) for pair in matched]
    changed = tuple(one for one in projects if one is not None)
    changes: tuple[Change, ...] = ()
    if old and new:
        counterparts = _books_paired(old, new, [(one.path, other.path) for one, other, _ in matched])
        changes = tuple(change for pair in counterparts for change in texts_of_department_compared(*pair))
    difference = DepartmentDifference(
        tuple(map(_book, old)),
        tuple(map(_book, new)),
        add_up(map(totals_of_department, old)),
        add_up(map(totals_of_department, new)),
        changes,
        changed,
        tuple(_own_compared(old, new)),
        tuple(reports_compared(old, new)),
        len(projects) - len(changed),
        note=note,
    )
    removed, added = ([pool[at] for at in left] for pool, left in _left(pool_old, pool_new, matching))
    return Compared(difference, tuple(removed), tuple(added))


def _left(
    old: Sequence[Placed], new: Sequence[Placed], matching: Matching
) -> tuple[tuple[Sequence[Placed], list[int]], tuple[Sequence[Placed], list[int]]]:
    return (old, matching.old_left), (new, matching.new_left)


def _placed(book: Department) -> list[Placed]:
    return [Placed(project, book.path, book.name) for project in book.projects]


def _book(book: Department) -> BookPlace:
    forms = tuple(dict.fromkeys(project.kind.title for project in book.projects))
    return BookPlace(book.path, book.name, book.year, book.sha256, len(book.projects), forms, book.notes)


def _books_paired(
    old: Sequence[Department], new: Sequence[Department], common: Sequence[tuple[str, str]]
) -> Iterator[tuple[Department, Department]]:
    """Each book with that which has most projects in common; one without is compared with nothing."""
    matching = Matching(old, new)
    if len(old) == len(new) == 1:
        matching.alike(lambda _: True, lambda _, __: 1.0)
    matching.best(lambda one, other: float(common.count((one.path, other.path))), lambda *_: 1.0)
    yield from ((old[at], new[match]) for at, match in matching.pairs.items())
    yield from ((old[at], _nothing_of(old[at], new)) for at in matching.old_left)
    yield from ((_nothing_of(new[at], old), new[at]) for at in matching.new_left)


def _nothing_of(book: Department, others: Sequence[Department]) -> Department:
    """A book that says nothing but whose it is and of which year, and what a book of the other side says there too."""
    own = [
        name
        for name in (field.name for field in fields(book.cover))
        if name in {"department", "year"}
        or any(getattr(one.cover, name).value == getattr(book.cover, name).value for one in others)
    ]
    return replace(_EMPTY, cover=replace(_EMPTY.cover, **{name: getattr(book.cover, name) for name in own}))


def _own_compared(old: Sequence[Department], new: Sequence[Department]) -> Iterator[ProjectDifference]:
    """The department's own tables (部门整体绩效目标表), by the department that they name, then by their order."""
    of_old, of_new = (
        [Placed(one, book.path, book.name) for book in side for one in book.own_targets] for side in (old, new)
    )
    matching = Matching(list(enumerate(of_old)), list(enumerate(of_new)))
    matching.only(lambda one: folded(one[1].project.value("department").text))
    matching.only(lambda one: one[0] + 1)
    found = [compared_project(of_old[at], of_new[match], None) for at, match in matching.pairs.items()]
    yield from (one for one in found if one is not None)
    yield from (only_on_one_side(of_new[at], is_new=True) for at in matching.new_left)
    yield from (only_on_one_side(of_old[at], is_new=False) for at in matching.old_left)

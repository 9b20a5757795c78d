"""Which workbooks of one side belong to which of the other: by department, else by their projects."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.delivered import Delivered
from xl_perf.core.comparing.matching import Matching

_BY_PROJECTS: Final = "按共同的项目对上，两边的部门名称不同或没有写"
_TWO_BOOKS: Final = "两边各一本，直接比较；部门名称不同或没有写"
_STRANGERS: Final = "两边各一本，直接比较；部门名称不同，也没有共同的项目，可能不是同一个部门"
_HALF: Final = 0.5


class Together(NamedTuple):
    """The places of a department's books in the lists of both sides, and how they were found, if not by its name."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    note: str = ""


class _Group(NamedTuple):
    """The books of one side that name the same department; those that name none are each by themselves."""

    name: str
    books: tuple[int, ...]
    keys: frozenset[str]
    """Of its projects: codes, and names of those that have none."""
    projects: int


def books_paired(old: Sequence[Delivered], new: Sequence[Delivered]) -> list[Together]:
    """The books of both sides, those of one department together, in the order of the new side, then what is left.

    One book on either side is compared whatever it names. Departments whose names do not meet are one where at least
    half of the projects of the larger are common.
    """
    of_old, of_new = _groups(old), _groups(new)
    if len(old) == len(new) == 1:
        return [Together((0,), (0,), _note_on_two(of_old[0], of_new[0]))]
    matching = Matching(of_old, of_new)
    named = matching.only(lambda group: group.name)
    matching.best(_common, lambda *_: _HALF, lambda group: group.keys)
    found = [
        Together(of_old[at].books, of_new[match].books, "" if (at, match) in named else _BY_PROJECTS)
        for match, at in sorted(matching.of_new.items())
    ]
    found += [Together((), of_new[at].books) for at in matching.new_left]
    found += [Together(of_old[at].books, ()) for at in matching.old_left]
    return found


def _groups(books: Sequence[Delivered]) -> list[_Group]:
    groups: dict[object, list[int]] = {}
    for at, book in enumerate(books):
        groups.setdefault(folded(book.shown or "") or at, []).append(at)
    return [_group(books, places) for places in groups.values()]


def _group(books: Sequence[Delivered], places: Sequence[int]) -> _Group:
    keys: frozenset[str] = frozenset()
    for at in places:
        book = books[at]
        keys |= {f"code:{code}" for code in book.codes} | {f"name:{name}" for name in book.names}
    projects = sum(len(books[at].projects) for at in places)
    return _Group(folded(books[places[0]].shown or ""), tuple(places), keys, projects)


def _common(one: _Group, other: _Group) -> float:
    """The share of projects that both have, by code or by name, whichever is more."""
    both = one.keys & other.keys
    number = max(sum(key.startswith(what) for key in both) for what in ("code:", "name:"))
    return number / max(one.projects, other.projects, 1)


def _note_on_two(old: _Group, new: _Group) -> str:
    if old.name and old.name == new.name:
        return ""
    both_named = bool(old.name) and bool(new.name)
    return (
        _STRANGERS
        if both_named and not old.keys & new.keys
        else _TWO_BOOKS
        if both_named or old.name or new.name
        else ""
    )

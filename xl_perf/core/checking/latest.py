"""Which of several versions count: the latest, and what has no project in common with any that counts."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.checking.delivered import Delivered, ListedProject

_Key = tuple[object, ...]
_Order = tuple[int, int, str]


class Latest(NamedTuple):
    """Of a group of versions, all by their numbers: those that count, newest first, and why the others do not.

    ``instead`` has for each that does not count the one that does; ``undecided`` for each of several of one time the
    others with the same projects. ``apart`` has for each that counts without a project in common with a later one that
    one, and the draft that links them.
    """

    order: dict[int, _Order]
    counting: list[int]
    instead: dict[int, int]
    undecided: dict[int, list[int]]
    apart: dict[int, tuple[int, int]]

    def later(self, at: int) -> Iterator[int]:
        """Those that came after it."""
        return (other for other, its in self.order.items() if its > self.order[at])


def latest_of(books: Sequence[Delivered], group: Sequence[int]) -> Latest:
    """Who counts of a group of versions, the latest first; each that has a project of those stays out."""
    order = dict(zip(group, _orders([books[at] for at in group]), strict=True))
    found = Latest(order, [], {}, {}, {})
    known, former = _Known(books), _Known(books)
    of_time: dict[_Order, list[int]] = {}
    for at in sorted(group, key=order.__getitem__, reverse=True):
        of_time.setdefault(order[at], []).append(at)
    for same in of_time.values():
        others = {at: known.sharing(at) for at in same}
        for at, other in others.items():
            if other is not None:
                found.instead[at] = other
                former.add(at)
        free = sorted(at for at, other in others.items() if other is None)
        found.undecided.update(_with_same(books, free))
        found.counting.extend(free)
        for at in free:
            known.add(at)
    for at in found.counting[1:]:
        between = former.sharing(at)
        if between is not None and at not in found.undecided:
            found.apart[at] = found.counting[0], between
    return found


def _orders(group: Sequence[Delivered]) -> list[_Order]:
    """By what versions follow each other: standing, the number that their manifests give them if all do, the time."""
    have_numbers = all(book.version is not None for book in group)
    return [(book.standing, (book.version or 0) if have_numbers else 0, book.modified) for book in group]


def _with_same(books: Sequence[Delivered], group: Sequence[int]) -> dict[int, list[int]]:
    """Those of the group that have projects of others in it, with all that are so linked."""
    linked = {at: [at] for at in group}
    known = _Known(books)
    for at in group:
        for other in known.all_sharing(at):
            mine, its = linked[at], linked[other]
            if mine is not its:
                its += mine
                linked.update(dict.fromkeys(mine, its))
        known.add(at)
    return {at: sorted(other for other in linked[at] if other != at) for at in group if len(linked[at]) > 1}


class _Known:
    """Projects of books, by what they are found again: the first book that has each."""

    def __init__(self, books: Sequence[Delivered]) -> None:
        self._books = books
        self._first: dict[_Key, int] = {}

    def add(self, at: int) -> None:
        for project in self._books[at].projects:
            for key in _own_keys(project):
                self._first.setdefault(key, at)

    def all_sharing(self, at: int) -> Iterator[int]:
        """The books that have a project of this one."""
        for project in self._books[at].projects:
            for key in _sought(project):
                if key in self._first:
                    yield self._first[key]

    def sharing(self, at: int) -> int | None:
        """The first of them."""
        return next(self.all_sharing(at), None)


_CODE: Final = "code"


def _own_keys(project: ListedProject) -> Iterator[_Key]:
    """By what others find it again."""
    yield from _both_ways(project)
    if name := project.bare_name:
        yield "of anyone", name
    if code := project.code_key:
        yield _CODE, code
        if _lacks(project):
            yield _CODE, code, None


def _sought(project: ListedProject) -> Iterator[_Key]:
    """By what it finds others: of an equal code name or amount is equal, too, or missing (`contradicts`).

    Of an equal name who carries it out is the same, too, or one of both does not say it.
    """
    yield from _both_ways(project)
    if name := project.bare_name:
        yield ("name", project.unitless_key) if project.unit else ("of anyone", name)
    if code := project.code_key:
        yield (_CODE, code) if _lacks(project) else (_CODE, code, None)


def _both_ways(project: ListedProject) -> Iterator[_Key]:
    code, name, amount = project.code_key, project.bare_name, project.budget
    if code and name:
        yield _CODE, code, "name", name
    if code and amount is not None:
        yield _CODE, code, "amount", amount
    if name:
        yield "name", project.name_key
        if amount:
            yield "name and amount", name, amount


def _lacks(project: ListedProject) -> bool:
    return not project.bare_name or project.budget is None


def differing(book: Delivered, other: Delivered) -> int:
    """How many of the book's projects have another amount in the other book: found by their code, else by name."""
    theirs = {**other.by_name, **other.by_code}
    found = ((one, theirs.get(one.code_key) or theirs.get(one.name_key) or []) for one in book.projects)
    return sum(bool(same) and all(one.budget != its.budget for its in same) for one, same in found)

"""Which workbooks are versions of each other, and what a former one has that the later ones have not."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.delivered import Delivered, ListedProject

_TELLING: Final = 1000
"""A project that more books have tells nothing about whose version a book is that names no department."""


def versions(books: Sequence[Delivered], counting: Sequence[int]) -> tuple[list[list[int]], dict[int, list[int]]]:
    """Those that are versions of each other, each group in the order of the books; and those of two departments.

    The latter, each with the others, have projects in common as versions have, and would be versions but that their
    files' names say two departments, and that no amount is the same.
    """
    doubtful: dict[int, list[int]] = defaultdict(list)
    group_of = {at: [at] for at in counting}
    for one, other in _pairs(books, counting):
        mine, its = group_of[one], group_of[other]
        if mine is its or not _are_versions(books[one], books[other]):
            continue
        if _of_two_departments(books[one], books[other]):
            doubtful[one].append(other)
            doubtful[other].append(one)
        else:
            mine += its
            group_of.update(dict.fromkeys(its, mine))
    groups = {id(group): sorted(group) for group in group_of.values() if len(group) > 1}
    apart = {at: [other for other in others if other not in group_of[at]] for at, others in doubtful.items()}
    return list(groups.values()), apart


def _pairs(books: Sequence[Delivered], counting: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each book with those before it that may be versions of it: a project in common, no other department."""
    of_department: dict[tuple[object, ...], list[int]] = defaultdict(list)
    of_nobody: dict[tuple[object, ...], list[int]] = defaultdict(list)
    of_all: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at in counting:
        book = books[at]
        whose = folded(book.department or "")
        before: set[int] = set()
        for key in ("code", *book.codes), ("name", *book.names):
            for one in key[1:]:
                place = (book.year, key[0], one)
                if whose:
                    before.update(of_department[whose, *place], of_nobody[place])
                    of_department[whose, *place].append(at)
                elif len(of_all[place]) <= _TELLING:
                    before.update(of_all[place])
                if not whose:
                    of_nobody[place].append(at)
                of_all[place].append(at)
        before.discard(at)
        yield from ((at, other) for other in sorted(before))


def _are_versions(one: Delivered, other: Delivered) -> bool:
    common = sum(_has_same(one, other, code) for code in one.codes & other.codes)
    common += len(one.uncoded & other.names) + len(other.uncoded & (one.names - one.uncoded))
    return 2 * common >= max(len(one.projects), len(other.projects))


def _has_same(one: Delivered, other: Delivered, code: str) -> bool:
    """A project with the code is the same in both: not every one differs in name and in amount."""
    return any(not mine.contradicts(its) for mine in one.by_code[code] for its in other.by_code[code])


def _of_two_departments(one: Delivered, other: Delivered) -> bool:
    """Not both name their department, the names of their files say two, and no common project has the same amount."""
    if (one.department and other.department) or not one.shown or not other.shown:
        return False
    if folded(one.shown) == folded(other.shown):
        return False
    pairs = [(one.by_code[code], other.by_code[code]) for code in one.codes & other.codes]
    pairs += [(one.by_name[name], other.by_name[name]) for name in one.names & other.names]
    return not any(a.budget is not None and a.budget == b.budget for mine, its in pairs for a in mine for b in its)


def dropped(book: Delivered, later: Sequence[Delivered]) -> list[ListedProject]:
    """The book's projects that stand in none of the later versions: neither code nor name does, each counted once.

    What has neither a name nor an amount is no loss.
    """
    own = [project for project in book.projects if project.bare_name or project.budget]
    lost = own
    for other in later:
        if not lost:
            break
        left, its = own, list(other.projects)
        for key in _KEYS:
            left, its = _without_same(left, its, key)
        missing = set(map(id, left))
        lost = [project for project in lost if id(project) in missing]
    return lost


_Key = Callable[[ListedProject], Hashable]
_KEYS: Final[tuple[_Key, ...]] = (
    lambda project: project.code_key,
    lambda project: project.name_key,
    lambda project: project.bare_name and project.budget and (project.bare_name, project.budget),
)
"""By which a project is found again, the surest first; one of `_NOTHING` where it has none."""
_NOTHING: Final = ("", None, 0)


def _without_same(
    mine: Sequence[ListedProject], its: Sequence[ListedProject], key: _Key
) -> tuple[list[ListedProject], list[ListedProject]]:
    """What of both is left when each project has been taken out with the one that has its key."""
    there: dict[Hashable, list[ListedProject]] = defaultdict(list)
    for project in its:
        there[key(project)].append(project)
    left, taken = [], set()
    for project in mine:
        known = key(project)
        same = there.get(known, ()) if known not in _NOTHING else ()
        found = next((one for one in same if id(one) not in taken and not project.contradicts(one)), None)
        if found is None:
            left.append(project)
        else:
            taken.add(id(found))
    return left, [project for project in its if id(project) not in taken]

"""Books that name different departments and yet have the same projects: one department may have written two names.

All of them count, for departments may have projects alike; it is said at each of them, and beside the total.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.checking.delivered import Delivered, ListedProject, file_name
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.named_files import naming

CODE: Final = "X610"
_TELLING: Final = 50
"""A project that more books have, with the same amount, is one that everybody has."""
_MOST_NAMED: Final = 3


class Alike(NamedTuple):
    """Two books, by their numbers, and the projects that are alike in both, by their numbers in the two books."""

    one: int
    other: int
    projects: tuple[tuple[int, int], ...]


_Key = tuple[str, Decimal]


def renamed(books: Sequence[Delivered], counting: Sequence[int]) -> list[Alike]:
    """The pairs of counting books with other departments that have half of the smaller one's projects in common.

    A project is common by name and amount, which is neither blank nor zero. A single one tells something only where
    the code or the goals are the same, too.
    """
    found = []
    for one, other in _pairs(books, counting):
        mine, its = books[one], books[other]
        projects = _common(mine.projects, its.projects)
        half = 2 * len(projects) >= min(len(mine.projects), len(its.projects))
        if half and (len(projects) > 1 or any(_says_more(mine.projects[a], its.projects[b]) for a, b in projects)):
            found.append(Alike(one, other, tuple(projects)))
    return found


def _pairs(books: Sequence[Delivered], counting: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each book with those after it that have a project in common, and are not of the same department."""
    having: dict[_Key, list[int]] = defaultdict(list)
    for at in counting:
        for key in {key for project in books[at].projects if (key := _key(project))}:
            having[key].append(at)
    pairs = {
        (one, other)
        for same in having.values()
        if len(same) <= _TELLING
        for number, one in enumerate(same)
        for other in same[number + 1 :]
        if _other_department(books[one], books[other])
    }
    return iter(sorted(pairs))


def _other_department(one: Delivered, other: Delivered) -> bool:
    return not one.shown or not other.shown or folded(one.shown) != folded(other.shown)


def _key(project: ListedProject) -> _Key | None:
    return (project.bare_name, project.budget) if project.bare_name and project.budget else None


def _common(mine: Sequence[ListedProject], its: Sequence[ListedProject]) -> list[tuple[int, int]]:
    """The projects that are alike in name and amount, each of them once."""
    places: dict[_Key, list[int]] = defaultdict(list)
    for number, project in enumerate(its):
        if key := _key(project):
            places[key].append(number)
    return [
        (number, places[key].pop(0))
        for number, project in enumerate(mine)
        if (key := _key(project)) and places.get(key)
    ]


def _says_more(one: ListedProject, other: ListedProject) -> bool:
    """The code, or what the goals say, is the same as well."""
    return bool((one.code_key and one.code_key == other.code_key) or (one.goals and one.goals == other.goals))


def findings_on(books: Sequence[Delivered], alike: Sequence[Alike]) -> dict[int, list[Finding]]:
    """One finding for each book that is alike another one: the one with most projects in common, and how many more."""
    partners: dict[int, list[tuple[int, list[ListedProject]]]] = defaultdict(list)
    for one, other, common in alike:
        partners[one].append((other, [books[one].projects[a] for a, _ in common]))
        partners[other].append((one, [books[other].projects[b] for _, b in common]))
    found = {}
    for at, others in partners.items():
        most, projects = max(others, key=lambda partner: (len(partner[1]), -partner[0]))
        found[at] = [_finding(books[at], books[most], projects, len(others))]
    return found


def _finding(book: Delivered, other: Delivered, projects: Sequence[ListedProject], others: int) -> Finding:
    amounts = [project.budget or Decimal(0) for project in projects]
    amount = plain(reduce(EXACT.add, amounts))
    named = [
        f"“{project.name}” {plain(amount)}" for project, amount in zip(projects[:_MOST_NAMED], amounts, strict=False)
    ]
    more = f" 等 {len(projects)} 个" if len(projects) > _MOST_NAMED else ""
    many = f"等 {others} 本" if others > 1 else ""
    departments = f"部门一本是{_whose(book)}，一本是{_whose(other)}"
    message = (
        f"与 {other.path} {many}有 {len(projects)} 个项目名称和金额都相同，"
        f"共 {amount} 万元（{'、'.join(named)}{more}）；"
        f"{departments}，都计入了合计，可能重复"
    )
    remedy = "请核对：是同一个部门写了两个名称的，只留一本或改成同一个名称；确是两个部门的，不用处理"
    # An acceptance holds wherever the folder lies.
    found = f"{file_name(other.path)}：{len(projects)} 个项目，{amount} 万元"
    return Finding(CODE, naming(message, other.path), remedy, found=found, severity=Severity.WARNING)


def _whose(book: Delivered) -> str:
    return f"“{book.shown}”" if book.shown else "没有写的"

"""Projects that may stand in a total more than once, with the amount that may be too much: said beside the total."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from functools import reduce
from typing import Final, NamedTuple

from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.checking.across import repeated
from xl_perf.core.checking.counting import Outcome
from xl_perf.core.checking.delivered import Delivered, ListedProject, delivered
from xl_perf.core.checking.renamed import CODE, Alike, findings_on, renamed
from xl_perf.core.figures.totals import ZERO, Doubled
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding
from xl_perf.core.model.named_files import naming

_MOST_PLACES: Final = 3


class _Place(NamedTuple):
    """A project by the numbers of its book and within that."""

    book: int
    project: int


_Link = tuple[str, _Place, _Place]
"""The rule by which two projects may be the same."""
Settled = tuple[str, int, str | None, str | None]
"""An accepted finding: its rule, the number of its book, its sheet and its cell."""


def said_across(
    books: Sequence[Delivered], outcomes: Sequence[Outcome]
) -> tuple[dict[int, list[Finding]], list[Alike]]:
    """What is to be said of books by their numbers, where anything is, once it is known which count; and who is alike.

    The findings are those of which books count, of other departments' books, of codes and names that stand twice.
    """
    counting = [at for at, outcome in enumerate(outcomes) if outcome.left is None]
    alike = renamed(books, counting)
    whose, common = findings_on(books, alike), repeated(books, counting)
    found = {at: [*outcome.findings, *whose.get(at, ()), *common.get(at, ())] for at, outcome in enumerate(outcomes)}
    return {at: own for at, own in found.items() if own}, alike


def settled_among(found: Mapping[int, Iterable[Finding]]) -> frozenset[Settled]:
    """Those that people have accepted of findings by the numbers of their books."""
    return frozenset((one.code, at, one.sheet, one.cell) for at, own in found.items() for one in own if one.accepted)


def doubled(
    books: Sequence[Delivered], counting: Sequence[int], alike: Sequence[Alike], settled: Set[Settled] = frozenset()
) -> dict[int, tuple[Doubled, ...]]:
    """By the first book of each: the projects of counting books that may be the same as others in them.

    Two of which people have accepted at both that they are two (``settled``) are none.
    """
    all_links = (*_links(alike), *_repeated(books, counting))
    links = [link for link in all_links if not _is_settled(link, books, settled)] if settled else all_links
    group_of: dict[_Place, list[_Place]] = {}
    rules: dict[_Place, set[str]] = defaultdict(set)
    for rule, one, other in links:
        mine, its = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        rules[one].add(rule)
        rules[other].add(rule)
        if mine is not its:
            mine += its
            group_of.update(dict.fromkeys(its, mine))
    found: dict[int, tuple[Doubled, ...]] = {}
    for group in sorted({id(group): sorted(group) for group in group_of.values()}.values()):
        first = group[0].book
        it = _doubled(books, group, sorted(set().union(*(rules[place] for place in group))))
        if it.amount:
            found[first] = (*found.get(first, ()), it)
    return found


def _is_settled(link: _Link, books: Sequence[Delivered], settled: Set[Settled]) -> bool:
    rule, *places = link
    return all(
        (rule, place.book, None, None) in settled or (rule, place.book, project.sheet, project.code_cell) in settled
        for place in places
        for project in [_project(books, place)]
    )


def doubled_in(department: Department) -> tuple[Doubled, ...]:
    """The same of a book alone."""
    return doubled([delivered(department, "", department.name, "")], [0], []).get(0, ())


def _links(alike: Sequence[Alike]) -> Iterator[_Link]:
    for one, other, projects in alike:
        for mine, its in projects:
            yield CODE, _Place(one, mine), _Place(other, its)


def _repeated(books: Sequence[Delivered], counting: Sequence[int]) -> Iterator[_Link]:
    """Each project with the first one that has its code, or its name within the department, in any of the books.

    Of an equal code the name or the amount must be the same, too, where both have them (`ListedProject.contradicts`).
    """
    firsts: dict[tuple[object, ...], _Place] = {}
    for at in counting:
        book = books[at]
        for number, project in enumerate(book.projects):
            place = _Place(at, number)
            for rule, known in _known_by(book.shown or f"\n{at}", project):
                first = firsts.setdefault((rule, *known), place)
                if first != place:
                    yield rule, first, place
            if code := project.code_key:
                first = firsts.setdefault((code,), place)
                if project.bare_name and project.budget is not None:
                    first = firsts.get((code, "bare"), place)
                else:  # what lacks a name or an amount contradicts nothing
                    firsts.setdefault((code, "bare"), place)
                if first != place:
                    yield "X601", first, place


def _known_by(department: str, project: ListedProject) -> Iterator[tuple[str, tuple[object, ...]]]:
    """By what a project is recognised, with the rule that reports it."""
    if code := project.code_key:
        if name := project.bare_name:
            yield "X601", (code, "name", name)
        if project.budget is not None:
            yield "X601", (code, "amount", project.budget)
    if project.name_key:
        yield "X602", (department, project.name_key)


def _project(books: Sequence[Delivered], place: _Place) -> ListedProject:
    return books[place.book].projects[place.project]


def _doubled(books: Sequence[Delivered], group: Sequence[_Place], rules: Sequence[str]) -> Doubled:
    projects = [_project(books, place) for place in group]
    amounts = [project.budget or ZERO for project in projects]
    amount = EXACT.subtract(reduce(EXACT.add, amounts), max(amounts))
    is_one_amount = len(set(amounts)) == 1
    places = [
        f"{f'{books[place.book].path} 的 ' if len(books) > 1 else ''}{_where(project)}"
        f"{'' if is_one_amount else _said(project.budget)}"
        for place, project in zip(group, projects, strict=True)
    ]
    more = f" 等 {len(places)} 处" if len(places) > _MOST_PLACES else ""
    name = next((project.name for project in projects if project.name), "没有名称的项目")
    said = f"“{name}” {plain(amount)} 万元（{'、'.join(places[:_MOST_PLACES])}{more}）"
    paths = tuple(books[place.book].path for place in group)
    return Doubled(amount, naming(said, *paths), tuple(rules), paths)


def _where(project: ListedProject) -> str:
    cell = project.name_cell or project.code_cell
    return f"{project.sheet}!{cell}" if cell else project.sheet


def _said(budget: Decimal | None) -> str:
    return " 没有金额" if budget is None else f" {plain(budget)}"

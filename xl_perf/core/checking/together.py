"""A department's forms and its reports in several workbooks: the rules of the year see them as one book, as `monitor`.

Which projects lack a table, whether a target was changed, what an earlier period says: none of that stands in a report
alone. Only workbooks of one department and year that hold such tables are looked at together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.check import check_seen
from xl_perf.core.checking.counting import Outcome, decide
from xl_perf.core.checking.delivered import Delivered, delivered
from xl_perf.core.checking.reported import reported
from xl_perf.core.checking.rules import RULES
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding
from xl_perf.core.model.named_files import naming
from xl_perf.core.model.progress import Report
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

_CODES: Final = ("M8", "E9")
_NUMBERED: Final = "\x1f"
"""Stands between the name of a sheet and the number of its book."""


class Together(NamedTuple):
    """What a book comes to beside others of its department.

    ``findings`` take the place of its own by `is_of_year`; None where those stay. ``paths`` are the other books.
    ``note`` is a Chinese sentence without full stop.
    """

    findings: tuple[Finding, ...] | None
    paths: tuple[str, ...]
    note: str


def is_of_year(finding: Finding) -> bool:
    """A rule on monitoring, self-evaluation or tasks found it."""
    return finding.code.startswith(_CODES)


def has_reports(department: Department) -> bool:
    """It holds tables of the year after the text."""
    return bool(department.monitoring or department.evaluations or department.tasks)


def groups(
    books: Sequence[Delivered | None], reporting: Sequence[bool], outcomes: Mapping[int, Outcome]
) -> list[list[int]]:
    """The numbers of the books that are to be looked at together, by department and year.

    ``reporting`` says which hold reports, ``outcomes`` which of the books count: former versions and copies do not.
    Books of sections that each have their own forms and reports need no others.
    """
    found: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for at, book in enumerate(books):
        if book is not None and book.department and (reporting[at] or book.projects) and outcomes[at].left is None:
            found[folded(book.department), book.year].append(at)
    apart = {at for at, book in enumerate(books) if book is not None and reporting[at] and not book.projects}
    return [group for group in found.values() if len(group) > 1 and not apart.isdisjoint(group)]


def look_together(books: Sequence[Department], profile: Profile) -> list[Together]:
    """What the rules of the year find in workbooks of one department, for each of them, in their order.

    Of several drafts of one report the latest is looked at; the others keep what was found in them alone.
    """
    former = _former(books)
    looked_at = _with_own_sheets(without_former(books))
    clash = _clash(looked_at)
    if clash:
        one, other, sheet = clash
        note = f"{one} 和 {other} 都有工作表“{sheet}”，监控、自评没有放在一起校验；请把其中一张改名"
        return [Together(None, (), naming(note, one, other))] * len(books)
    owners = {sheet: at for at, book in enumerate(looked_at) for sheet in _sheets(book)}
    first = next((at for at, book in enumerate(looked_at) if book.projects), 0)
    last = max(range(len(books)), key=lambda at: max((_month(one) for one in looked_at[at].monitoring), default=0))
    found: list[list[Finding]] = [[] for _ in books]
    rules = [rule for rule in RULES if rule.code.startswith(_CODES)]
    for its in check_seen(Seen(_merged(looked_at, first)), profile, rules):
        at = last if its.sheet is None else owners.get(its.sheet, first)
        found[at].append(its if its.sheet is None else its._replace(sheet=its.sheet.partition(_NUMBERED)[0]))
    return [_outcome(books, at, own, former[at]) for at, own in enumerate(found)]


def without_former(books: Sequence[Department]) -> list[Department]:
    """The workbooks of one department without the reports of which another one has a later draft."""
    return [_without(book, kinds) for book, kinds in zip(books, _former(books), strict=True)]


def _outcome(books: Sequence[Department], at: int, found: Iterable[Finding], former: Mapping[str, str]) -> Together:
    if former:
        later = tuple(dict.fromkeys(former.values()))
        note = f"监控表、自评表是 {'、'.join(later)} 的前一稿，没有与别的工作簿一起校验"
        return Together(None, (), naming(note, *later))
    paths = tuple(book.path for number, book in enumerate(books) if number != at)
    note = f"监控、自评和任务的规则与 {'、'.join(paths)} 一起校验"
    return Together(tuple(found), paths, naming(note, *paths))


def _former(books: Sequence[Department]) -> list[dict[str, str]]:
    """Of each book the kinds of report of which another one has a later draft, with its path."""
    found: list[dict[str, str]] = [{} for _ in books]
    if sum(map(has_reports, books)) < 2:
        return found
    kinds: dict[str, list[tuple[int, Sequence[Report]]]] = defaultdict(list)
    for at, book in enumerate(books):
        for kind, tables in _by_kind(book).items():
            kinds[kind].append((at, tables))
    for kind, those in kinds.items():
        compared = [reported(tables, _delivered(books[at])) for at, tables in those]
        for (at, _), outcome in zip(those, decide(compared), strict=True):
            if outcome.left is not None and outcome.left.instead is not None:
                found[at][kind] = outcome.left.instead
    return found


def _delivered(book: Department) -> Delivered:
    return delivered(book, "", book.name, book.modified)


def _by_kind(book: Department) -> dict[str, Sequence[Report]]:
    found: dict[str, list[Report]] = defaultdict(list)
    for one in book.monitoring:
        found[f"monitoring-{_month(one)}"].append(one)
    for own in book.evaluations:
        found["evaluation"].append(own)
    return dict(found)


def _month(one: Report) -> int:
    month = getattr(one, "month", None)
    return 0 if month is None or month.value is None else int(month.value)


def _without(book: Department, former: Mapping[str, str]) -> Department:
    """The book without the reports of which another one has a later draft."""
    if not former:
        return book
    kept = tuple(one for one in book.monitoring if f"monitoring-{_month(one)}" not in former)
    return replace(book, monitoring=kept, evaluations=() if "evaluation" in former else book.evaluations)


def _with_own_sheets(books: Sequence[Department]) -> list[Department]:
    """The books, forms on sheets of names that a book before has as well (01) on numbered ones: what is found on one
    is found in one book.
    """
    met: set[str] = set()
    made = []
    for number, book in enumerate(books):
        projects = tuple(_moved(one, number) if one.sheet in met else one for one in book.projects)
        met |= set(_sheets(book))
        made.append(replace(book, projects=projects))
    return made


def _moved(project: Project, number: int) -> Project:
    sheet = f"{project.sheet}{_NUMBERED}{number}"
    return replace(project, sheet=sheet, values=tuple(entry._replace(sheet=sheet) for entry in project.values))


def _sheets(book: Department) -> Iterator[str]:
    """The sheets on which its forms and reports stand."""
    of_forms = (one.sheet for one in book.projects)
    of_reports = (one.sheet for one in (*book.monitoring, *book.evaluations))
    yield from dict.fromkeys(chain(of_forms, of_reports, (one.content.sheet for one in book.tasks)))


def _clash(books: Sequence[Department]) -> tuple[str, str, str] | None:
    """Two of the books whose sheets have one name: nobody could tell where a finding is."""
    owners: dict[str, str] = {}
    for book in books:
        for sheet in _sheets(book):
            if sheet in owners:
                return owners[sheet], book.path, sheet
        owners |= dict.fromkeys(_sheets(book), book.path)
    return None


def _merged(books: Sequence[Department], first: int) -> Department:
    return replace(
        books[first],
        sheets=tuple(sheet for book in books for sheet in book.sheets),
        projects=tuple(one for book in books for one in book.projects),
        monitoring=tuple(one for book in books for one in book.monitoring),
        evaluations=tuple(one for book in books for one in book.evaluations),
        tasks=tuple(one for book in books for one in book.tasks),
        supervision=tuple(one for book in books for one in book.supervision),
        kind=books[first].kind or next((book.kind for book in books if book.kind), ""),
        accepted=(),
    )

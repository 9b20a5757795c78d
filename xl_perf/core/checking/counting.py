"""Which of several workbooks count in one total: copies, versions and other years stay out, and are named.

A copy is a workbook with the same content, department and year included. Versions are books of one department and one
year that have at least half of their projects in common, by code, else by name; where a book does not name its
department, the common projects alone decide. Of versions the latest counts. Years are never mixed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.values import is_placeholder
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.project import Project

LEAVING: Final = frozenset({"X607", "X608", "X609"})
"""Codes of the findings that say which books count."""
_UNIT: Final = "unit_name"
_TELLING: Final = 1000
"""A project that more books have tells nothing about whose version a book is that names no department."""


class Choice(NamedTuple):
    """What a person asked for: the ``year`` that counts, and that all versions do."""

    year: int | None = None
    all_versions: bool = False


class ListedProject(NamedTuple):
    """A project as it is compared between books: code and name as typed, with the cells where they stand.

    ``unit`` is who carries it out (实施单位), where the form says so: several may have a project of one name.
    """

    sheet: str
    code: str | None
    code_cell: str | None
    name: str | None
    name_cell: str | None
    unit: str = ""

    @property
    def code_key(self) -> str:
        """The code as it is compared; empty where there is none, or a placeholder."""
        return "" if self.code is None or is_placeholder(self.code) else folded(self.code)

    @property
    def name_key(self) -> str:
        """The name as it is compared; empty where there is none."""
        name = folded(self.name or "")
        return f"{name}\n{folded(self.unit)}" if name else ""


def listed(project: Project) -> ListedProject:
    """The project as it is compared."""
    unit = project.value(_UNIT).value if _UNIT in project.kind.place else None
    code, name = project.code, project.name
    return ListedProject(project.sheet, code.text or None, code.cell, name.value, name.cell, unit or "")


def content_of(department: Department, texts: str) -> bytes:
    """A digest of all that was read of a book, ``texts`` being what people wrote freely: the same for its copies."""
    parts = [department.typed_name or "", str(department.year), texts]
    for project in department.projects:
        parts += map(_said_by, (*project.values, *(percent for _, percent in project.plan)))
        for row in project.indicators:
            parts += map(_said_by, (row.level1, row.level2, row.target, row.weight))
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _said_by(entry: Entry[Any]) -> str:
    """What was understood, else what was typed: amounts in another unit are other amounts."""
    return str(entry.typed if entry.value is None else entry.value)


@dataclass(frozen=True)
class Delivered:
    """What is remembered of a workbook until all have been seen.

    ``department`` is what the book itself names, ``shown`` what people are told (perhaps from the file's name);
    ``digest`` is the same for the same content; ``modified`` is a UTC time in ISO 8601, empty where nothing tells it.
    """

    path: str
    department: str | None
    shown: str | None
    year: int | None
    digest: bytes
    modified: str
    projects: tuple[ListedProject, ...]

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of its projects."""
        return frozenset(filter(None, (one.code_key for one in self.projects)))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its projects."""
        return frozenset(filter(None, (one.name_key for one in self.projects)))

    @cached_property
    def uncoded(self) -> frozenset[str]:
        """The names of projects without a code."""
        return frozenset(one.name_key for one in self.projects if one.name_key and not one.code_key)


def delivered(department: Department, texts: str, shown: str | None, modified: str) -> Delivered:
    """What is remembered of a department's workbook."""
    projects = tuple(map(listed, department.projects))
    digest = content_of(department, texts)
    return Delivered(department.path, department.typed_name, shown, department.year, digest, modified, projects)


class Left(NamedTuple):
    """Why a workbook is in no total, in Chinese, and which one counts instead, if one does."""

    reason: str
    instead: str | None


class Outcome(NamedTuple):
    """Whether a workbook counts (``left`` is None), and what is to be said of that."""

    left: Left | None = None
    findings: tuple[Finding, ...] = ()


def decide(books: Sequence[Delivered], choice: Choice = Choice()) -> list[Outcome]:  # noqa: B008
    """Which of the books count, in their order. Books without projects have nothing to count twice."""
    outcomes = [Outcome()] * len(books)
    left = [at for at, book in enumerate(books) if book.projects]
    for step in (_copies, _of_other_years, _versions):
        for at, outcome in step(books, left, choice):
            findings = (*outcomes[at].findings, *outcome.findings)
            outcomes[at] = Outcome(outcome.left, findings)
        left = [at for at in left if outcomes[at].left is None]
    return outcomes


Decided = Iterator[tuple[int, Outcome]]


def _copies(books: Sequence[Delivered], counting: Iterable[int], _: Choice) -> Decided:
    first: dict[bytes, int] = {}
    for at in counting:
        original = first.setdefault(books[at].digest, at)
        if original != at:
            path = books[original].path
            said = f"与 {path} 内容相同，是同一本交了两次，只计一次"
            yield (
                at,
                Outcome(Left(f"与 {path} 内容相同", path), (_on_book("X607", said, "不用处理；不需要的一份可以移走"),)),
            )


def _of_other_years(books: Sequence[Delivered], counting: Sequence[int], choice: Choice) -> Decided:
    number = Counter(year for at in counting if (year := books[at].year) is not None)
    wanted = choice.year
    if wanted is None:
        wanted = max(number, key=lambda year: (number[year], year), default=None)
    if wanted is None:
        return
    for at in counting:
        year = books[at].year
        if year is None:
            if len(books) > 1:
                said = f"读不出是哪一年的工作簿，按 {wanted} 年计入合计"
                yield at, Outcome(None, (_on_book("X609", said, "请在首页填写预算年度"),))
        elif year != wanted:
            said = f"是 {year} 年的工作簿，合计的是 {wanted} 年，没有计入"
            finding = _on_book("X609", said, f"要合计 {year} 年的，请用 --year {year}")
            yield at, Outcome(Left(f"是 {year} 年的，合计的是 {wanted} 年", None), (finding,))


def _versions(books: Sequence[Delivered], counting: Sequence[int], choice: Choice) -> Decided:
    if choice.all_versions:
        return
    for group in _groups(books, counting):
        latest = max(books[at].modified for at in group)
        counted = [at for at in group if books[at].modified == latest]
        for at in group:
            if at not in counted:
                yield at, _superseded(books[at], books[counted[0]])
        if len(counted) > 1:
            for at in counted:
                others = "、".join(books[other].path for other in counted if other != at)
                said = f"与 {others} 是同一部门同一年的几稿，修改时间相同，分不出先后，都计入了合计"
                yield at, Outcome(None, (_on_book("X608", said, "请只留下定稿，把别的移走", Severity.ERROR),))


def _superseded(book: Delivered, by: Delivered) -> Outcome:
    when = f"（{_said(book.modified)}，后一稿 {_said(by.modified)}）" if book.modified else ""
    said = f"是 {by.path} 的前一稿{when}，只计后一稿"
    return Outcome(
        Left(f"是 {by.path} 的前一稿", by.path),
        (_on_book("X608", said, "请核对；两本都要计入的，用 --all-versions"),),
    )


def _said(modified: str) -> str:
    return modified[:16].replace("T", " ")


def _groups(books: Sequence[Delivered], counting: Sequence[int]) -> list[list[int]]:
    """Those that are versions of each other, each group in the order of the books."""
    group_of = {at: [at] for at in counting}
    for one, other in _pairs(books, counting):
        mine, its = group_of[one], group_of[other]
        if mine is not its and _are_versions(books[one], books[other]):
            mine += its
            group_of.update(dict.fromkeys(its, mine))
    groups = {id(group): sorted(group) for group in group_of.values() if len(group) > 1}
    return list(groups.values())


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
    common = len(one.codes & other.codes)
    common += len(one.uncoded & other.names) + len(other.uncoded & (one.names - one.uncoded))
    return 2 * common >= max(len(one.projects), len(other.projects))


def _on_book(code: str, message: str, remedy: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(code, message, remedy, severity=severity)

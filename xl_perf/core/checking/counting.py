"""Which of several workbooks count in one total: copies, versions and other years stay out, and are named.

A copy is a workbook with the same content, department and year included. Versions are books of one department and one
year that have at least half of their projects in common, by code, else by name; where a book does not name its
department, the common projects alone decide, unless the files' names say two departments and no common project has
the same amount: then both count. Of versions the latest counts, and whatever has no project in common with what counts:
books of sections, which a book of the whole department between them has linked. Years are never mixed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from typing import Final, NamedTuple

from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.checking.delivered import Delivered, ListedProject, Standing, file_name
from xl_perf.core.checking.latest import Latest, differing, latest_of
from xl_perf.core.checking.version_names import is_named_copy, names_say_later
from xl_perf.core.checking.versions import dropped, versions
from xl_perf.core.figures.totals import Doubled
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.named_files import naming

VERSIONS: Final = "X608"
LEAVING: Final = frozenset({"X607", VERSIONS, "X609"})
"""Codes of the findings that say which books count."""
_NAME_YEAR: Final = "请写明预算年度：有首页的写在首页，没有首页的写在表的标题里（“2025年……表”）"
_MOST_NAMED: Final = 5
_ZERO: Final = Decimal(0)


class Choice(NamedTuple):
    """What a person asked for: the ``year`` that counts, and that all versions do."""

    year: int | None = None
    all_versions: bool = False


class Left(NamedTuple):
    """Why a workbook is in no total, in Chinese, which one counts instead, if one does, and what to do.

    ``lost`` are projects of a former version that stand in no later one. ``is_copy``: it has the same content.
    ``lost`` are projects of a former version that stand in no later one. ``year`` is its own, where it is left out
    because another one is totalled.
    """

    reason: str
    instead: str | None
    remedy: str
    lost: tuple[ListedProject, ...] = ()
    is_copy: bool = False
    year: int | None = None


class Outcome(NamedTuple):
    """Whether a workbook counts (``left`` is None), and what is to be said of that.

    ``undecided`` is one of several drafts, all of which count for want of a last one; ``doubtful`` one of which nobody
    knows whether it is a draft of another; ``apart`` one that counts for having no project in common with later ones,
    though a draft between links them. ``drafts`` is what of it and the others may be counted twice; one of them has it.
    """

    left: Left | None = None
    findings: tuple[Finding, ...] = ()
    undecided: bool = False
    doubtful: bool = False
    apart: bool = False
    drafts: Doubled | None = None


def decide(books: Sequence[Delivered], choice: Choice = Choice()) -> list[Outcome]:  # noqa: B008
    """Which of the books count, in their order. Books without projects have nothing to count twice."""
    outcomes = [Outcome()] * len(books)
    left = [at for at, book in enumerate(books) if book.projects]
    for step in (_copies, _of_other_years, _versions):
        for at, outcome in step(books, left, choice):
            findings = (*outcomes[at].findings, *outcome.findings)
            outcomes[at] = outcome._replace(
                findings=findings,
                undecided=outcomes[at].undecided or outcome.undecided,
                drafts=outcomes[at].drafts or outcome.drafts,
            )
        left = [at for at in left if outcomes[at].left is None]
    return outcomes


Decided = Iterator[tuple[int, Outcome]]


def _copies(books: Sequence[Delivered], counting: Iterable[int], _: Choice) -> Decided:
    first: dict[bytes, int] = {}
    for at in sorted(counting, key=lambda at: is_named_copy(books[at].path)):  # else as they come
        original = first.setdefault(books[at].digest, at)
        if original != at:
            path = books[original].path
            said = naming(f"与 {path} 内容相同，是同一本交了两次，只计一次", path)
            left = Left(naming(f"与 {path} 内容相同", path), path, "不用处理；不需要的一份可以移走", is_copy=True)
            yield at, Outcome(left, (_on_book("X607", said, left.remedy),))


def usual_year(books: Iterable[Delivered]) -> int | None:
    """The year that most of the books have; of several the last one."""
    number = Counter(book.year for book in books if book.year is not None)
    return max(number, key=lambda year: (number[year], year), default=None)


def _of_other_years(books: Sequence[Delivered], counting: Sequence[int], choice: Choice) -> Decided:
    wanted = usual_year(books[at] for at in counting) if choice.year is None else choice.year
    if wanted is None:
        return
    for at in counting:
        year = books[at].year
        if year is None:
            if len(books) > 1:
                said = f"读不出是哪一年的工作簿，按 {wanted} 年计入合计"
                yield at, Outcome(None, (_on_book("X609", said, _NAME_YEAR),))
        elif year != wanted:
            said = f"是 {year} 年的工作簿，合计的是 {wanted} 年，没有计入"
            remedy = f"要合计 {year} 年的，请用 --year {year}"
            left = Left(f"是 {year} 年的，合计的是 {wanted} 年", None, remedy, year=year)
            yield at, Outcome(left, (_on_book("X609", said, left.remedy),))


def _versions(books: Sequence[Delivered], counting: Sequence[int], choice: Choice) -> Decided:
    if choice.all_versions:
        return
    groups, doubtful = versions(books, counting)
    superseded: set[int] = set()
    for group in groups:
        found = latest_of(books, group)
        superseded.update(found.instead)
        yield from _among_versions(books, found)
    for at, partners in doubtful.items():
        still = [books[other] for other in partners if other not in superseded]
        if still and at not in superseded:
            outcome = _two_departments(books[at], still)
            is_last = at > max(other for other in partners if other not in superseded)
            yield at, outcome._replace(drafts=_drafts([*still, books[at]])) if is_last else outcome


def _among_versions(books: Sequence[Delivered], found: Latest) -> Decided:
    for at, other in found.instead.items():
        kept = [books[one] for one in {*found.later(at), *found.counting}]
        yield at, _superseded(books[at], books[other], dropped(books[at], kept))
    for at, others in found.undecided.items():
        paths = [books[other].path for other in others]
        said = f"与 {'、'.join(paths)} 是同一部门同一年的几稿，修改时间相同，分不出先后，都计入了合计"
        all_of_them = _drafts([books[one] for one in sorted({*others, at})])
        said = naming(f"{said}，{_at_most(all_of_them)}", *paths)
        remedy = f"{_KEEP_ONE}，把别的移走；{_COUNT_ALL}"
        drafts = all_of_them if at > max(others) else None
        yield at, Outcome(None, (_on_book(VERSIONS, said, remedy, Severity.ERROR),), undecided=True, drafts=drafts)
    for at, (other, between) in found.apart.items():
        yield at, _apart(books[at], books[other], books[between])


def _apart(book: Delivered, other: Delivered, between: Delivered) -> Outcome:
    """It counts beside the other one: they may be of two sections, or drafts whose projects were renamed in between."""
    said = f"与计入的 {other.path} 没有相同的项目，没有计入的 {between.path} 把两本连在一起，按分开报的都计入了合计"
    if number := differing(book, between):
        said += f"；{number} 个项目的金额与 {between.path} 里的不同，计入的是这本的"
    drafts = _drafts([other, book])
    remedy = f"请核对：是分科室报的，不用处理；项目改了名称、编码的几稿，{_KEEP_ONE}，把别的移走；{_COUNT_ALL}"
    found = _on_book(VERSIONS, naming(f"{said}；{_at_most(drafts)}", other.path, between.path), remedy)
    # An acceptance holds wherever the folder lies.
    return Outcome(None, (found._replace(found=file_name(between.path)),), apart=True, drafts=drafts)


_KEEP_ONE: Final = "请只留下定稿（收件箱里用 inbox keep 选定一本）"
_COUNT_ALL: Final = "确要都计入的，用 --all-versions"


def _drafts(books: Sequence[Delivered]) -> Doubled:
    """What of books that all count may be too much: all but the largest of their budgets."""
    amounts = [reduce(EXACT.add, [one.budget or Decimal(0) for one in book.projects], Decimal(0)) for book in books]
    names = [file_name(book.path) for book in books]
    shown = names if len({*names}) == len(names) else [book.path for book in books]
    said = " 与 ".join(f"{name}（{plain(amount)} 万元）" for name, amount in zip(shown, amounts, strict=True))
    much = EXACT.subtract(reduce(EXACT.add, amounts), max(amounts))
    return Doubled(much, said, (VERSIONS,), tuple(book.path for book in books))


def _at_most(drafts: Doubled) -> str:
    return f"如果是几稿，合计多算了 {plain(drafts.amount)} 万元"


def _two_departments(book: Delivered, others: Sequence[Delivered]) -> Outcome:
    """Both count: nobody typed whose the books are, and their names say two departments."""
    many = f"等 {len(others)} 本" if len(others) > 1 else ""
    said = (
        f"与 {others[0].path} {many}的项目名称相同，金额都不同；部门没有都写明，按文件名或文件夹名是“{book.shown}”和"
        f"“{others[0].shown}”，都计入了合计，如果是同一部门的两稿就重复了"
    )
    said = naming(f"{said}；{_at_most(_drafts([*others, book]))}", others[0].path)
    found = _on_book(VERSIONS, said, f"请在首页填写部门名称；是两稿的，{_KEEP_ONE}，把别的移走")
    # An acceptance holds wherever the folder lies.
    return Outcome(None, (found._replace(found=f"{file_name(others[0].path)}{many}"),), doubtful=True)


def _superseded(book: Delivered, by: Delivered, lost: Sequence[ListedProject]) -> Outcome:
    if book.standing != by.standing:
        reason = said = _set_aside(book, by)
    else:
        reason, said = _former(book, by)
    if lost:
        said += f"；{said_lost(lost)}"
    remedy = "请核对；两本都要计入的，用 --all-versions"
    if book.standing == Standing.CHANGED:  # the same once more, but for what was changed: both would be twice as much
        remedy = "请向报送单位核实改动；确要用改过的，请改好重新打包，或把没有改过的一本移走"
    left = Left(naming(reason, by.path), by.path, remedy, tuple(lost))
    return Outcome(left, (_on_book(VERSIONS, naming(said, by.path), left.remedy),))


def _set_aside(book: Delivered, by: Delivered) -> str:
    """Why one of another standing does not count, whatever its date."""
    if book.standing == Standing.CHANGED:
        return f"内容与自己的报送清单不符，没有替换 {by.path}"
    return f"已经选定或批复过一稿，现在计入的是 {by.path}"


def _former(book: Delivered, by: Delivered) -> tuple[str, str]:
    """Why a former version does not count, for lists; and in full."""
    when = ""
    if book.version is not None and by.version is not None and book.version != by.version:
        when = f"（第 {book.version} 版，后一稿是第 {by.version} 版）"
    elif book.modified:
        mine, its = _said_times(book.modified, by.modified)
        when = f"（{mine}，后一稿 {its}）"
    said = f"是 {by.path} 的前一稿{when}，只计后一稿"
    reason = f"是 {by.path} 的前一稿"
    if names_say_later(book.path, by.path):
        reason += "，文件名说的先后相反"
        said += "；文件名说的先后相反，这本是后一稿"
    return reason, said


def _said_times(earlier: str, later: str) -> tuple[str, str]:
    """Both to the minute, and with seconds or what tells them apart where the minutes are equal."""
    length = next((length for length in (16, 19) if earlier[:length] != later[:length]), None)
    return earlier[:length].replace("T", " "), later[:length].replace("T", " ")


def said_lost(lost: Sequence[ListedProject]) -> str:
    """How many projects stand in no later version, with their amount, and the first of them, in Chinese."""
    named = "、".join(
        f"“{one.name or '没有名称的项目'}” {plain(one.budget or _ZERO)} 万元" for one in lost[:_MOST_NAMED]
    )
    more = f"，另有 {len(lost) - _MOST_NAMED} 个" if len(lost) > _MOST_NAMED else ""
    return f"其中 {len(lost)} 个项目 {plain(amount_of(lost))} 万元后一稿里没有：{named}{more}"


def lost_note(lost: Sequence[ListedProject]) -> str:
    """The same of several books, for a line beside the total; empty where nothing is lost."""
    amount = plain(amount_of(lost))
    return f"前一稿里有 {len(lost)} 个项目，共 {amount} 万元，后一稿里没有，没有计入（X608）" if lost else ""


def amount_of(projects: Iterable[ListedProject]) -> Decimal:
    """What they come to, in 万元."""
    return reduce(EXACT.add, (one.budget or _ZERO for one in projects), _ZERO)


def _on_book(code: str, message: str, remedy: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(code, message, remedy, severity=severity)

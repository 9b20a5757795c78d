"""The use cases. Each function does one thing that a person asks for, and knows no file format's details.

Errors that a person can mend are `BookError` or `OutputError` (both `XlPerfError`), in Chinese.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from xl_perf.books.bulk import read_book
from xl_perf.books.inputs import OWN_OUTPUTS, Found, find_books
from xl_perf.core import checking
from xl_perf.core.across import Register
from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.core.findings import Finding
from xl_perf.core.model import Department
from xl_perf.core.profile import Profile
from xl_perf.core.reading import read_department
from xl_perf.core.summary import ProjectLine, Summary, line_of
from xl_perf.core.totals import Totals, add_up
from xl_perf.profiles import load


@dataclass(frozen=True, slots=True)
class BookResult:
    """What one workbook gave: its projects' lines and findings, or the error that kept it from being read."""

    path: str
    department: str | None = None
    year: int | None = None
    sha256: str | None = None
    sheets: tuple[str, ...] = ()
    lines: tuple[ProjectLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    error: BookError | None = None

    @property
    def totals(self) -> Totals:
        """The book's projects added up, in 万元."""
        return add_up(line.totals for line in self.lines)


def read(path: str | Path) -> Department:
    """The department that a saved workbook describes (.xlsx .xlsm .xlsb .xls .et .ods).

    Amounts are `Decimal` in 万元, percentages `Decimal` in per cent. Raises `BookError` with a Chinese sentence if
    the file is missing, no workbook, encrypted or damaged.
    """
    return read_department(read_book(Path(path), str(path)))


def check(department: Department, profile: Profile | str | None = None) -> list[Finding]:
    """The findings on a department, in the order in which people go through the book.

    ``profile`` is a `Profile`, the name of one that comes with xl-perf, or the path of a TOML file; the default is
    ``hebei-2023``. Raises `ProfileError` for a profile that cannot be used; a rule that fails is the finding K000.
    """
    settings = profile if isinstance(profile, Profile) else load(profile) if profile else load()
    return checking.check(department, settings)


def examine(place: tuple[Path, str], profile: Profile) -> BookResult:
    """Reads and checks one workbook. What cannot be read is a result too; nothing is raised."""
    path, shown = place
    try:
        book = read_book(path, shown)
        if book.kind in OWN_OUTPUTS:
            return BookResult(shown, error=own_output(shown))
        department = read_department(book)
    except BookError as error:
        return BookResult(shown, error=error)
    return result_of(department, checking.check(department, profile), profile)


def own_output(shown: str) -> BookError:
    """The error for a workbook that xl-perf itself wrote as a summary, report, receipt or marked copy."""
    return BookError("own-output", shown, "这是 xl-perf 写出的汇总或报告，不是填报的工作簿", "请改用填报的工作簿")


def result_of(department: Department, findings: Sequence[Finding], profile: Profile) -> BookResult:
    """The compact result of a department that has been checked."""
    return BookResult(
        department.path,
        department.name,
        department.year,
        department.sha256,
        department.sheets,
        tuple(line_of(department, project, findings) for project in department.projects),
        tuple(findings),
        department.notes,
    )


POOL_FROM = 200
"""From so many workbooks on processes pay for their start; below that threads do (calamine releases the GIL)."""


def examine_all(found: Found, profile: Profile, workers: int = 1) -> Iterator[BookResult]:
    """The results of all books in the order found, the unreadable inputs last; the same for any number of workers.

    Codes and names that stand in several books are findings on the later one. Memory stays flat: at most a
    few hundred results are under way.
    """
    register = Register(profile)
    for result in _examined(found.books, profile, workers):
        if result.error is None:
            extra = list(register.add(result.lines))
            yield _with_findings(result, extra) if extra else result
        elif result.error.kind != "own-output" or len(found.books) == 1:
            yield result
    for error in found.errors:
        yield BookResult(error.path, error=error)


def _with_findings(result: BookResult, extra: Iterable[Finding]) -> BookResult:
    """The result with further findings in their places; the lines' counts follow."""
    more = list(extra)
    findings = sorted([*result.findings, *more], key=checking.order(result.sheets))
    return replace(
        result,
        findings=tuple(findings),
        lines=tuple(line.counting(one for one in more if one.sheet == line.sheet) for line in result.lines),
    )


def _examined(books: Sequence[tuple[Path, str]], profile: Profile, workers: int) -> Iterator[BookResult]:
    one = partial(examine, profile=profile)
    if workers <= 1 or len(books) < 2:
        yield from map(one, books)
        return
    from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
    from multiprocessing import get_context

    spawn = get_context("spawn")
    make: Callable[[], Executor] = (
        (lambda: ProcessPoolExecutor(workers, spawn))
        if len(books) > POOL_FROM
        else (lambda: ThreadPoolExecutor(workers))
    )
    with make() as pool:
        batch = 64 * workers
        for start in range(0, len(books), batch):
            yield from pool.map(one, books[start : start + batch], chunksize=8)

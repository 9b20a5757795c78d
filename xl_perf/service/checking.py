"""Reading and checking workbooks: one, or thousands on several processors.

Errors that a person can mend are `BookError` (`XlPerfError`), in Chinese.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from xl_perf.core.cells.grid import Book
from xl_perf.core.checking import check as checking
from xl_perf.core.checking.counting import Choice
from xl_perf.core.checking.seen import Seen
from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.learned import holding_in
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding
from xl_perf.core.profile import Profile, ProfileError
from xl_perf.files.guard import Refused
from xl_perf.files.inputs import Found, find_books
from xl_perf.profiles import beside, fitting
from xl_perf.saved.guides import kinds_beside, load
from xl_perf.saved.sent import department_in
from xl_perf.saved.workbook import OpenedBook, open_book, read_book
from xl_perf.service.counting import Held, counted, hold
from xl_perf.service.form_versions import said_of_versions, untrusted
from xl_perf.service.results import BookResult, not_read, own_profile, profile_at, result_of
from xl_perf.sheets.last_year import with_last_year

if TYPE_CHECKING:
    from xl_perf.saved.children import At, Work
    from xl_perf.saved.limits import Limits


R = TypeVar("R")
Workers = int | str | None
"""So many processes on this machine, the address of a Dask cluster, or what this machine is good for."""


def read(path: str | Path, profile: Profile | str | None = None, shown: str | None = None) -> Department:
    """The department that a saved workbook describes (.xlsx .xlsm .xlsb .xls .et .ods).

    Amounts are `Decimal` in 万元, percentages `Decimal` in per cent. ``profile`` says how its forms look, as for
    `check`; the default is the department's own beside the workbook, else the kinds of form that are known. Raises
    `BookError` with a Chinese sentence if the file is missing, no workbook, encrypted or damaged, `ProfileError` for a
    profile that cannot be used. ``shown`` stands for the path in messages and in the department. Last year's figures
    beside the forms of a workbook of ours are in `Project.last_year`.

    It is read in this process, which is the fastest for a file that you know. A file that is made to do harm could take
    all of its time and memory: `read_all` reads strangers' files, be it one, in a process of their own.
    """
    return _read_by_kinds(Path(path), profile, shown)[1]


def _read_by_kinds(path: Path, profile: Profile | str | None, shown: str | None) -> tuple[Book, Department, Kinds]:
    chosen = _chosen(profile, path)
    book = read_book(path, str(path) if shown is None else shown)
    kinds = kinds_beside(path, chosen.kinds if chosen else KINDS)
    return book, with_last_year(book, department_in(book, kinds)[0]), kinds


def read_with_left(path: Path, profile: Profile | None, shown: str) -> tuple[Department, tuple[str, ...]]:
    """The same as `read`; and the cells of its forms that found no place, as ``01!I3、J3``: what no text says."""
    from xl_perf.text.book_left import places_left

    book, department, kinds = _read_by_kinds(path, profile, shown)
    return department, places_left(book, department, kinds)[0]


def read_guarded(path: Path, profile: Profile | None, shown: str, limits: "Limits | None" = None) -> Department:
    """The same as `read`, in a process that is held to limits."""
    from xl_perf.saved.guarded import guarded

    return guarded(read, shown, path, profile, shown, limits=limits)


def check(department: Department, profile: Profile | str | None = None) -> list[Finding]:
    """The findings on a department, in the order in which people go through the book.

    ``profile`` is a `Profile`, the name of one that comes with xl-perf, or the path of a TOML file; the default is the
    department's own beside its workbook, else the one for the kind of its forms (`profiles.fitting`). Raises
    `ProfileError` for a profile that cannot be used; a rule that fails is the finding K000.
    """
    chosen = _chosen(profile, Path(department.path) if department.path else None)
    return checking.check(department, chosen or fitting(department))


def read_all(
    paths: Iterable[str | Path],
    profile: Profile | str | None = None,
    errors: list[BookError] | None = None,
    limits: "Limits | None" = None,
) -> list[Department]:
    """The departments of workbooks, and of all workbooks in folders, in the order found; as `read` for each.

    They are read in processes that are held to ``limits`` (`xl_perf.saved.limits.Limits`: seconds and MiB for each
    file), so that none does harm to others or to this one. Raises `BookError` for the first input that cannot be read;
    with a list of ``errors`` these go there instead. Raises `ProfileError` for a profile that cannot be used.
    """
    found = find_books([str(path) for path in paths])
    failed = list(found.errors)
    departments = list(read_found(found, profile, failed, limits))
    if errors is None and failed:
        raise failed[0]
    if errors is not None:
        errors += failed
    return departments


def read_found(
    found: Found,
    profile: Profile | str | None,
    failed: list[BookError],
    limits: "Limits | None" = None,
    workers: Workers = None,
) -> Iterator[Department]:
    """The departments of workbooks that were found, in their order; those that cannot be read go to ``failed``."""
    from xl_perf.saved.limits import Limits

    limits = limits or Limits(is_fixed=True)
    for outcome in guarded_results(found.books, partial(_read_each, profile=profile), _too_much, workers, limits):
        if isinstance(outcome, BookError):
            failed.append(outcome)
        elif isinstance(outcome, XlPerfError):
            raise outcome
        else:
            yield outcome


def _read_each(
    places: Sequence[tuple[Path, str]], at: "At", *, profile: Profile | str | None
) -> list[Department | XlPerfError]:
    """The departments of some workbooks, or why they cannot be had."""
    outcomes: list[Department | XlPerfError] = []
    for number, (path, shown) in enumerate(places):
        at(number)
        try:
            outcomes.append(read(path, profile, shown))
        except XlPerfError as error:
            outcomes.append(error)
    return outcomes


def _too_much(place: tuple[Path, str], refused: Refused) -> BookError:
    return refused.at(place[1])


def check_all(
    departments: Iterable[Department],
    profile: Profile | str | None = None,
    choice: Choice = Choice(),  # noqa: B008
) -> list[list[Finding]]:
    """The findings on each department, in the same order; as `check`, with those that only several books show.

    These are codes and names that stand in several (X601, X602), copies, former versions and other years (X607 to
    X609). A department's reports are checked beside its forms in another workbook. No file is opened but profiles.
    Raises `ProfileError` for a profile that cannot be used.
    """
    books = list(departments)
    results = (hold(_checked(department, profile)) for department in books)
    return [
        list(result.findings) for result in counted(results, choice, lambda numbers: map(books.__getitem__, numbers))
    ]


def _checked(department: Department, profile: Profile | str | None) -> BookResult:
    chosen = _chosen(profile, Path(department.path) if department.path else None)
    settings = chosen or fitting(department)
    seen = Seen(department)
    return result_of(seen, checking.check_seen(seen, settings), settings)


def _chosen(profile: Profile | str | None, workbook: Path | None) -> Profile | None:
    """The profile that was given, or that lies beside the workbook; None where its forms tell."""
    if profile:
        return load(profile) if isinstance(profile, str) else profile
    own = None if workbook is None else own_profile(workbook)
    return own.profile if own else None


class Wanted(NamedTuple):
    """What the results are to hold beside figures and findings: SHA-256 of the files, the projects as a whole.

    Without ``trusts_senders`` a workbook's own version of an office's form does not count where the office's is known.
    """

    fingerprints: bool = True
    projects: bool = False
    trusts_senders: bool = True


USUAL: Final = Wanted()
Passing = Callable[[Iterator[Held]], Iterable[Held]]


def _untold(_: int) -> None:
    """Nobody wants to know which workbook is worked on."""


def examine(
    places: Sequence[tuple[Path, str]], at: "At" = _untold, *, profile: Profile | None, wanted: Wanted = USUAL
) -> list[BookResult]:
    """Reads and checks some workbooks. What cannot be read is a result too; nothing is raised.

    ``at`` is told at every step the number of the workbook that is worked on.

    Without a profile each book's department may have its own beside it; else that of the kind of its forms holds.

    All are opened, then all are read, then all are understood, each let go of when it is: doing the same for many
    keeps the processor's caches warm, and saves a sixth of the time. As many as `HELD_BYTES` allow are held at a time.
    """
    results: list[BookResult] = []
    for opened in _opened_together(places, wanted.fingerprints, at):
        first = len(results)
        own = [beside(path) if profile is None else None for path, _ in opened]
        books: deque[Book | BookError] = deque()
        for number in range(len(own)):
            at(first + number)
            books.append(_read(opened.popleft()[1]))
        for number, path in enumerate(own, first):
            at(number)
            results.append(_examine(books.popleft(), profile, path, wanted, places[number][0]))
    return results


HELD_BYTES = 16 * 1024 * 1024
"""Of inflated workbooks; the last one may go beyond. A department's workbook has 0.1 MB."""


def _opened_together(
    places: Sequence[tuple[Path, str]], fingerprints: bool, at: "At"
) -> Iterator[deque[tuple[Path, OpenedBook | BookError]]]:
    """The workbooks, opened, in groups that may be held together."""
    opened: deque[tuple[Path, OpenedBook | BookError]] = deque()
    held = 0
    for number, (path, shown) in enumerate(places):
        at(number)
        opened.append((path, _opened(path, shown, fingerprints)))
        held += _size(opened[-1][1])
        if held >= HELD_BYTES:
            yield opened
            opened, held = deque(), 0
    if opened:
        yield opened


def _size(opened: OpenedBook | BookError) -> int:
    return 0 if isinstance(opened, BookError) else len(opened.source.data)


def _opened(path: Path, shown: str, fingerprint: bool) -> OpenedBook | BookError:
    try:
        return open_book(path, shown, fingerprint=fingerprint)
    except BookError as error:
        return error


def _read(opened: OpenedBook | BookError) -> Book | BookError:
    try:
        return opened if isinstance(opened, BookError) else opened.read()
    except BookError as error:
        return error


def _examine(
    book: Book | BookError, profile: Profile | None, own_path: Path | None, wanted: Wanted, place: Path
) -> BookResult:
    if isinstance(book, BookError):
        return not_read(book)
    try:
        own = None if own_path is None else profile_at(own_path)
        chosen = own.profile if own else profile
        kinds = kinds_beside(place, chosen.kinds if chosen else KINDS)
    except ProfileError as error:
        return not_read(BookError("profile", book.path, error.message, error.remedy))
    read, sent = department_in(book if wanted.trusts_senders else untrusted(book, kinds), kinds)
    department, said = named_by_file(read)
    said = (*said, *said_of_versions(department, kinds, is_trusted=wanted.trusts_senders))
    settings = chosen or fitting(department)
    seen = Seen(department)
    result = result_of(seen, checking.check_seen(seen, settings), settings, own, said, sent)
    offered = tuple(kind.name for kind in holding_in(department.year, kinds) if kind.learned is not None)
    blank = tuple({one.kind.name for one in department.blank_forms if one.kind.learned is not None})
    used = {project.kind.name for project in department.projects if project.kind.learned is not None}
    carried = tuple(sorted({*used, *blank} - {kind.name for kind in kinds}))
    result = replace(result, offered=offered, blank=blank, carried=carried) if offered or blank or carried else result
    return replace(result, projects=department.projects) if wanted.projects else result


def named_by_file(department: Department) -> tuple[Department, Sequence[str]]:
    """The department with a name from its file or folder where it has none of its own, and what is said of that."""
    if department.typed_name is not None or not department.projects:
        return department, ()
    from xl_perf.service.naming import department_of

    found = department_of(department.path)
    if found is None:
        return department, ()
    said = f"工作簿里没有写部门名称，按{found.where}当作“{found.department}”"
    return replace(department, named_by_file=found.department), (said,)


BATCH = 128
"""So many workbooks at most does a process examine before it hands their results over."""
PROCESSES_FROM = 20
"""With fewer workbooks than that a second process saves nothing that anybody would notice."""


def examine_all(
    found: Found,
    profile: Profile | None,
    workers: Workers = None,
    wanted: Wanted = USUAL,
    choice: Choice = Choice(),  # noqa: B008 (immutable)
    passing: Passing = iter,
    limits: "Limits | None" = None,
) -> Iterator[BookResult]:
    """The results of all books in the order found, the unreadable inputs last; the same for any number of workers.

    Of several books it is decided which count in the totals (`counting.decide`), and codes and names that stand in
    several are findings. ``passing`` sees every result as soon as it is there. Memory stays flat: at most two batches
    of results for each worker are under way, and what is held until the last book has come goes to a file.

    The workers are processes of their own, held to ``limits``: what a book does to one, or with one, is an error of
    that book. They start before ``passing`` gets anything to see.
    """
    examined = guarded_results(found.books, partial(_held, profile=profile, wanted=wanted), _refused, workers, limits)

    def again(numbers: Sequence[int]) -> Iterator[Department | XlPerfError]:
        places = [found.books[at] for at in numbers]
        return guarded_results(places, partial(_read_each, profile=profile), _too_much, workers, limits)

    yield from counted(passing(examined), choice, again)
    yield from map(not_read, found.errors)


def _held(places: Sequence[tuple[Path, str]], at: "At", *, profile: Profile | None, wanted: Wanted) -> list[Held]:
    return [hold(result) for result in examine(places, at, profile=profile, wanted=wanted)]


def guarded_results(
    books: Sequence[tuple[Path, str]],
    one_batch: "Work[tuple[Path, str], R]",
    failed: Callable[[tuple[Path, str], Refused], R],
    workers: Workers,
    limits: "Limits | None",
) -> Iterator[R]:
    """The results in order. Without a number of workers there are as many as it takes processors and pays off."""
    if not books:
        return iter(())
    from xl_perf.saved.guarded import Guarded
    from xl_perf.saved.limits import Limits

    if isinstance(workers, str):
        from xl_perf.service.cluster import cluster_results

        return cluster_results(workers, books, one_batch, failed, limits or Limits())
    if workers is None:
        workers = 1 if len(books) < PROCESSES_FROM else min(os.cpu_count() or 1, 8)
    batches = batches_of(books, workers)
    guarded = Guarded(one_batch, failed, limits or Limits(), min(workers, len(batches)))
    return guarded.results(batches)


def _refused(place: tuple[Path, str], refused: Refused) -> Held:
    return hold(not_read(refused.at(place[1])))


def batches_of(books: Sequence[tuple[Path, str]], workers: int) -> list[Sequence[tuple[Path, str]]]:
    """The books in batches, so small that every worker has one."""
    size = max(1, min(BATCH, len(books) // workers))
    return [books[start : start + size] for start in range(0, len(books), size)]

"""The use cases. Each function does one thing that a person asks for, and knows no file format's details.

Errors that a person can mend are `BookError` or `OutputError` (both `XlPerfError`), in Chinese.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xl_perf.books.bulk import read_book
from xl_perf.books.inputs import Found, find_books, the_one_book
from xl_perf.books.output import WITH_MACROS, check_new, check_target, replacing
from xl_perf.core import checking
from xl_perf.core.accepting import accept
from xl_perf.core.across import Register
from xl_perf.core.errors import BookError
from xl_perf.core.findings import Finding
from xl_perf.core.grid import Book
from xl_perf.core.model import Department
from xl_perf.core.profile import Profile, ProfileError
from xl_perf.core.reading import read_department
from xl_perf.core.totals import Totals, add_up, totals_of
from xl_perf.profiles import load
from xl_perf.results import BookResult, OwnProfile, own_profile, result_of

__all__ = ["BookResult", "OwnProfile", "own_profile", "result_of"]

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from xl_perf.core.rolling import Amounts


def read(path: str | Path) -> Department:
    """The department that a saved workbook describes (.xlsx .xlsm .xlsb .xls .et .ods).

    Amounts are `Decimal` in 万元, percentages `Decimal` in per cent. Raises `BookError` with a Chinese sentence if
    the file is missing, no workbook, encrypted or damaged.
    """
    return read_department(read_book(Path(path), str(path)))


def check(department: Department, profile: Profile | str | None = None) -> list[Finding]:
    """The findings on a department, in the order in which people go through the book.

    ``profile`` is a `Profile`, the name of one that comes with xl-perf, or the path of a TOML file; the default is the
    department's own beside its workbook, else ``hebei-2023``. Raises `ProfileError` for a profile that cannot be used;
    a rule that fails is the finding K000.
    """
    if isinstance(profile, Profile):
        return checking.check(department, profile)
    own = own_profile(Path(department.path)) if not profile and department.path else None
    return checking.check(department, own.profile if own else load(profile) if profile else load())


def examine(places: Sequence[tuple[Path, str]], profile: Profile | None) -> list[BookResult]:
    """Reads and checks some workbooks. What cannot be read is a result too; nothing is raised.

    Without a profile each book's department may have its own beside it; else the default holds.

    First all are read, then all are understood: that keeps the processor's caches warm and saves a seventh of the time.
    """
    books = [_read(*place) for place in places]
    return [
        BookResult(shown, error=book) if isinstance(book, BookError) else _examine(path, book, profile)
        for (path, shown), book in zip(places, books, strict=True)
    ]


def _examine(path: Path, book: Book, profile: Profile | None) -> BookResult:
    try:
        own = own_profile(path) if profile is None else None
    except ProfileError as error:
        return BookResult(book.path, error=BookError("profile", book.path, error.message, error.remedy))
    department = read_department(book)
    settings = own.profile if own else profile or load()
    return result_of(department, checking.check(department, settings), own)


def _read(path: Path, shown: str) -> Book | BookError:
    try:
        return read_book(path, shown)
    except BookError as error:
        return error


BATCH = 16
"""So many workbooks are in memory at a time, for each worker."""
POOL_FROM = 200
"""From so many workbooks on processes pay for their start; below that threads do (calamine releases the GIL)."""
THREADS_FROM = 20
"""With fewer workbooks than that a second thread saves nothing that anybody would notice."""


def examine_all(found: Found, profile: Profile | None, workers: int | None = None) -> Iterator[BookResult]:
    """The results of all books in the order found, the unreadable inputs last; the same for any number of workers.

    Codes and names that stand in several books are findings on the later one. Memory stays flat: at most a
    few hundred results are under way.
    """
    register = Register(profile or load())
    for result in _examined(found.books, profile, workers):
        if result.error is None:
            extra = list(register.add(result.lines, result.own.profile if result.own else None))
            yield _with_findings(result, extra) if extra else result
        else:
            yield result
    for error in found.errors:
        yield BookResult(error.path, error=error)


def _with_findings(result: BookResult, extra: Iterable[Finding]) -> BookResult:
    """The result with further findings in their places; the lines' counts follow."""
    more = accept(extra, result.accepted)
    findings = sorted([*result.findings, *more], key=checking.order(result.sheets))
    return replace(
        result,
        findings=tuple(findings),
        lines=tuple(line.counting(one for one in more if one.sheet == line.sheet) for line in result.lines),
    )


def _examined(books: Sequence[tuple[Path, str]], profile: Profile | None, workers: int | None) -> Iterator[BookResult]:
    """The results in order. Without a number of workers there are as many as it takes processors and pays off."""
    one_batch = partial(examine, profile=profile)
    batches = [books[start : start + BATCH] for start in range(0, len(books), BATCH)]
    if workers is None:
        workers = 1 if len(books) < THREADS_FROM else min(os.cpu_count() or 1, 8)
    if workers == 1 or len(batches) < 2:
        yield from chain.from_iterable(map(one_batch, batches))
        return
    with _pool(workers, len(books)) as pool:
        ahead = 4 * workers
        for start in range(0, len(batches), ahead):
            yield from chain.from_iterable(pool.map(one_batch, batches[start : start + ahead]))


def _pool(workers: int, books: int) -> "Executor":
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
    from multiprocessing import get_context

    if books < POOL_FROM:
        return ThreadPoolExecutor(workers)
    return ProcessPoolExecutor(workers, get_context("spawn"))


# --- what is written -----------------------------------------------------------------------------------------------


class Written(NamedTuple):
    """Where an output landed, and a Chinese sentence if that is not where it was meant to."""

    path: Path
    notice: str | None = None

    def message(self, what: str) -> str:
        """One line for the person who asked for it."""
        return self.notice or f"已写出{what}：{self.path}"


def find(inputs: Sequence[str]) -> Found:
    """The workbooks that the inputs (files and folders, mixed) stand for, and the inputs that stand for none."""
    return find_books(inputs)


def check_output(out: str, found: Found, overwrite: bool = False) -> None:
    """Raises `OutputError` early if OUT must not be written."""
    check_target(Path(out), [path for path, _ in found.books], overwrite)


def write_report(out: str, results: Iterable[BookResult]) -> Written:
    """The findings workbook, 总览 and 明细: at most one row per finding in memory."""
    from xl_perf.books.report import Report

    with replacing(Path(out)) as output, Report(output.temp) as report:
        for result in results:
            if result.error is not None:
                report.add_error(result.error)
            else:
                report.add(result.path, result.department, result.year, result.lines, result.findings)
    return Written(output.path, output.notice)


def consolidate(out: str, found: Found, profile: Profile, results: Iterable[BookResult]) -> Written | None:
    """The summary workbook of one book (部门汇总) or of many (汇总, 明细); None if not one book could be read.

    Books that could not be read are listed in the summary of many.
    """
    if len(found.books) + len(found.errors) == 1:
        return _consolidate_one(out, profile, next(iter(results)))
    from xl_perf.books.combined import CombinedSummary

    with replacing(Path(out)) as output:
        read_any = False
        with CombinedSummary(output.temp, profile) as summary:
            for result in results:
                if result.error is not None:
                    summary.add_error(result.error)
                else:
                    read_any = True
                    summary.add(result.path, result.department, result.year, result.lines, result.findings)
        if not read_any:
            raise BookError("no-workbooks", out, "没有写出，因为没有一本工作簿能读", "请先处理上面列出的文件")
    return Written(output.path, output.notice)


def _consolidate_one(out: str, profile: Profile, result: BookResult) -> Written | None:
    from xl_perf.books.summary import write_summary

    if result.error is not None:
        return None
    with replacing(Path(out)) as output:
        settings = result.own.profile if result.own else profile
        write_summary(output.temp, result.path, result.department, result.year, result.lines, result.findings, settings)
    return Written(output.path, output.notice)


# --- new workbooks ---------------------------------------------------------------------------------------------------


class Made(NamedTuple):
    """A new workbook: where it landed, what is in it, and which sources could not be read."""

    written: Written
    totals: Totals
    notes: tuple[str, ...]
    errors: tuple[BookError, ...]


def new_workbook(
    out: str,
    sources: Sequence[str],
    name: str | None,
    year: int | None,
    profile: Profile,
    amounts: "Amounts | None" = None,
) -> Made:
    """A department workbook, empty or with all forms of the sources: performance texts, workbooks and folders of them.

    A .xlsm has buttons.

    With ``year`` every source is rolled forward from its own year (`core.rolling`), with what ``amounts`` says, which
    are kept otherwise. Raises `OutputError` where OUT exists or cannot be written, `BookError` where not one source can
    be read. A bad source among good ones is listed in the result, and so is every text of a source that found no place.
    """
    from xl_perf.core.merging import merge, origins
    from xl_perf.core.rolling import Amounts, roll
    from xl_perf.text.sources import read_sources

    check_new(Path(out), WITH_MACROS)
    sought = read_sources(sources)
    if sources and not sought.departments:
        raise sought.errors[0]
    rolled = [roll(department, year, amounts or Amounts.KEEP) for department in sought.departments]
    department = merge([one.department for one in rolled], name, year)
    written = _write_department(out, department, profile, new=True)
    notes = (*origins(sought.departments), *(note for one in rolled for note in one.notes), *sought.unplaced)
    return Made(written, add_up(map(totals_of, department.projects)), notes, sought.errors)


# --- the performance text ------------------------------------------------------------------------------------------


def check_text_output(out: str, source: Path, overwrite: bool = False) -> None:
    """Raises `OutputError` early if OUT (.docx or .pdf) must not be written."""
    from xl_perf.text import publishing

    publishing.check_text_target(Path(out), [source], overwrite)


def publish(out: str, department: Department, profile: Profile) -> Written:
    """The performance text of a department as .docx, or as .pdf through LibreOffice.

    What is wrong in the workbook does not keep it from being published: `check` says it. Raises `OutputError` where
    OUT cannot be written or LibreOffice is missing.
    """
    from xl_perf.text import publishing

    output = publishing.publish(Path(out), department, profile)
    return Written(output.path, output.notice)


# --- templates -----------------------------------------------------------------------------------------------------


def write_template(out: str, profile: Profile, overwrite: bool = False) -> Written:
    """The blank template, .xlsm with buttons or .xlsx without; as .xlam the add-in, which brings the buttons only.

    Raises `OutputError` where OUT must not or cannot be written.
    """
    check_target(Path(out), (), overwrite, (*WITH_MACROS, ".xlam"))
    if Path(out).suffix.lower() != ".xlam":
        from xl_perf.core.merging import merge

        return _write_department(out, merge([]), profile)
    from xl_perf.books.template import write_addin

    with replacing(Path(out)) as output:
        write_addin(output.temp)
    return Written(output.path, output.notice)


def _write_department(out: str, department: Department, profile: Profile, *, new: bool = False) -> Written:
    from xl_perf.books.template import write_department

    with replacing(Path(out), new=new) as output:
        write_department(output.temp, department, profile, macros=output.path.suffix.lower() == ".xlsm")
    return Written(output.path, output.notice)


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def open_in_office(book: str, headless: bool, pipe: str | None, say: Callable[[str], None]) -> None:
    """Opens a workbook in LibreOffice with working buttons, listening on the pipe; stays until it is closed.

    ``say`` is told in Chinese what people should know. Raises `BookError` for what is no workbook, `XlPerfError` where
    LibreOffice or its bridge to Python is missing or does not start.
    """
    from xl_perf.books.libreoffice import office

    path, shown = the_one_book(book)
    name = pipe or office.free_pipe()
    with office.running(name, headless=headless) as app:
        office.open_with_buttons(app, path)
        say(f"已在 LibreOffice 中打开 {shown}，关闭窗口后结束。管道：{name}")
        if path.suffix.lower() == ".xlsm":
            say(
                "注意：LibreOffice 保存的 .xlsm 在 Excel 里宏会失效；要交给 Excel 用时，"
                f"请另建一本：xl-perf new 新文件.xlsm --from {shown}"
            )
        office.wait_until_closed(app)

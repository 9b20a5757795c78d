"""The year after the text: what a department's monitoring, self-evaluation and tasks come to, and their workbooks.

A department may bring its reports in several workbooks: the book with the forms, and tables that were filled in apart.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.core.figures.report_pairs import evaluations_of, key_of, months_of, months_of_year, paired
from xl_perf.core.figures.sample import sample
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.files.output import check_target, replacing
from xl_perf.profiles import fitting
from xl_perf.service.checking import named_by_file, read_guarded
from xl_perf.service.placing import Written
from xl_perf.service.results import own_profile

if TYPE_CHECKING:
    from xl_perf.saved.limits import Limits

SUFFIXES = (".xlsx", ".docx", ".pdf")
"""What monitoring and self-evaluation may be written as."""


class OpenBook(NamedTuple):
    """A department with all of its reports, the profile that judges them, and the files that it was read from."""

    department: Department
    profile: Profile
    paths: tuple[Path, ...]


def read_department(
    places: Sequence[tuple[Path, str]], chosen: Profile | None, limits: "Limits | None" = None
) -> OpenBook:
    """The department of the first workbook, with the reports of the further ones.

    Raises `BookError` for what cannot be read, and for a first one that holds neither forms nor reports; `XlPerfError`
    for workbooks of different departments or years.
    """
    own = None if chosen else own_profile(places[0][0])
    profile = own.profile if own else chosen
    books = [named_by_file(read_guarded(path, profile, shown, limits))[0] for path, shown in places]
    first = books[0]
    if not (first.projects or first.monitoring or first.evaluations or first.tasks):
        message = f"{first.path} 里没有项目绩效目标表，也没有监控表、自评表"
        raise BookError("no-forms", first.path, message, "请给出部门填报的工作簿，或填好的监控表、自评表")
    for other in books[1:]:
        _check_same(first, other)
    department = replace(
        first,
        monitoring=tuple(one for book in books for one in book.monitoring),
        evaluations=tuple(one for book in books for one in book.evaluations),
        tasks=tuple(one for book in books for one in book.tasks),
        supervision=tuple(one for book in books for one in book.supervision),
    )
    return OpenBook(department, profile or fitting(first), tuple(path for path, _ in places))


def _check_same(first: Department, other: Department) -> None:
    if not (other.monitoring or other.evaluations or other.tasks):
        message = f"{other.path} 里没有监控表、自评表，加在后面没有用"
        raise XlPerfError(message, "请去掉它，或给出填好的监控表、自评表")
    for what, one, two in (("部门", first.typed_name, other.typed_name), ("年度", first.year, other.year)):
        if one and two and one != two:
            message = f"{first.path} 和 {other.path} 的{what}不同：{one}，{two}"
            raise XlPerfError(message, "请只给出同一部门、同一年度的工作簿")


def month_of(department: Department, wanted: int | None) -> int:
    """The month that was asked for, else the last one that has tables. `XlPerfError` where there is none."""
    month = wanted or max(months_of_year(department), default=None)
    if month is None:
        message = f"{department.path} 里没有监控表，不知道监控到几月"
        raise XlPerfError(message, "请加 --month，如 --month 6")
    return month


def sampled(department: Department, number: int, seed: str) -> tuple[list[str], int]:
    """The keys of projects that are drawn for review, and how many there were to draw from."""
    pairs = paired(department, evaluations_of(department))
    keys = {key_of(project, one) for project, one in pairs if one is not None}
    if not keys:
        raise XlPerfError(f"{department.path} 里没有自评表，没有可抽的", "请先填好自评表，或去掉 --sample")
    return sample(keys, number, seed), len(keys)


def only(department: Department, keys: Collection[str]) -> Department:
    """The department with these projects, and their self-evaluations, alone."""
    pairs = paired(department, evaluations_of(department))
    kept = [(project, one) for project, one in pairs if key_of(project, one) in keys]
    return replace(
        department,
        projects=tuple(project for project, _ in kept if project is not None),
        evaluations=tuple(one for _, one in kept if one is not None),
    )


def check_out(out: str, book: OpenBook, overwrite: bool, suffixes: tuple[str, ...] = SUFFIXES) -> None:
    """Raises `OutputError` where OUT must not be written."""
    check_target(Path(out), book.paths, overwrite, suffixes)


def monitoring_workbook(out: str, book: OpenBook, month: int) -> Written:
    """OUT.xlsx with the tables of a month, results beside what was filled in, and 监控汇总 where something was.

    `XlPerfError` where there is nothing to make them from.
    """
    department = book.department
    if not department.projects and month not in months_of(department):
        message = f"{department.path} 里没有项目绩效目标表，也没有 {month} 月的监控表，没有可写的"
        raise XlPerfError(message, "请把部门填报的工作簿写在最前面")
    from xl_perf.written.report_books import write_monitoring

    return _written(out, lambda path: write_monitoring(path, book.department, month, book.profile, with_summary=True))


def evaluation_workbook(out: str, book: OpenBook) -> Written:
    """OUT.xlsx with the self-evaluations, scores beside what was filled in, and 自评汇总 where something was."""
    department = book.department
    if not department.projects and not evaluations_of(department):
        message = f"{department.path} 里没有项目绩效目标表，也没有项目的自评表，没有可写的"
        raise XlPerfError(message, "请把部门填报的工作簿写在最前面")
    from xl_perf.written.report_books import write_evaluation

    return _written(out, lambda path: write_evaluation(path, book.department, book.profile, with_summary=True))


def tasks_workbook(out: str, book: OpenBook, as_of: date | None) -> Written:
    """OUT.xlsx with 任务分解, overdue tasks marked as of a day, and 监督记录."""
    from xl_perf.written.report_books import write_tasks

    return _written(out, lambda path: write_tasks(path, book.department, book.profile, as_of, with_supervision=True))


def _written(out: str, write: Callable[[Path], None]) -> Written:
    with replacing(Path(out)) as output:
        write(output.temp)
    return Written(output.path, output.notice)

"""Which report belongs to which project of a book, and which periods there are."""

from collections.abc import Sequence
from typing import TypeVar

from xl_perf.core.forms.department_evaluation import DEPARTMENT_EVALUATION
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import Evaluation, Monitoring, Report
from xl_perf.core.model.project import Project

R = TypeVar("R", bound=Report)


def months_of(department: Department) -> tuple[int, ...]:
    """The months of which there is a monitoring table, in order."""
    return tuple(sorted({one.month.value for one in department.monitoring if one.month.value is not None}))


def months_of_year(department: Department) -> tuple[int, ...]:
    """Those of which there is one of the book's year; all where there is none."""
    own = [one for one in department.monitoring if not is_of_other_year(department, one)]
    return tuple(sorted({one.month.value for one in own if one.month.value is not None})) or months_of(department)


def monitoring_of(department: Department, month: int) -> tuple[Monitoring, ...]:
    """The monitoring tables of a month, as they stand."""
    return tuple(one for one in department.monitoring if one.month.value == month)


def evaluations_of(department: Department) -> tuple[Evaluation, ...]:
    """The self-evaluations of projects, as they stand; not that of the department itself, which is in no total."""
    return tuple(one for one in department.evaluations if one.kind.name != DEPARTMENT_EVALUATION.name)


def is_of_other_year(department: Department, report: Report) -> bool:
    """The table says another year than its book: last year's, that was left there."""
    year = None if report.year is None else report.year.value
    return None not in {year, department.year} and year != department.year


def latest_monitoring(department: Department, of: Project | Report, before: int = 13) -> Monitoring | None:
    """The last monitoring of a project (or of the project of another report) before a month, of the book's year."""
    found = [
        one
        for one in department.monitoring
        if one.month.value is not None
        and one.month.value < before
        and one.is_of(of)
        and not is_of_other_year(department, one)
    ]
    return max(found, key=lambda one: one.month.value or 0, default=None)


def paired(department: Department, reports: Sequence[R]) -> list[tuple[Project | None, R | None]]:
    """Every project with its report of the book's year; behind them the others, and further ones of the same."""
    left = list(range(len(reports)))
    others = {at for at in left if is_of_other_year(department, reports[at])}
    found: dict[int, R] = {}
    # A name that is typed alike comes first: two projects may differ by a mark alone.
    for is_its in (Report.names, Report.is_of):
        for number, project in enumerate(department.projects):
            at = next((at for at in left if at not in others and is_its(reports[at], project)), None)
            if number not in found and at is not None:
                left.remove(at)
                found[number] = reports[at]
    pairs = [(project, found.get(number)) for number, project in enumerate(department.projects)]
    return [*pairs, *((None, reports[at]) for at in left)]


def project_of(report: Report, projects: Sequence[Project]) -> Project | None:
    """The form of the same project: one whose name is typed alike before one whose name differs by blanks or marks."""
    found = [one for one in projects if report.is_of(one)]
    return next((one for one in found if report.names(one)), found[0] if found else None)


def key_of(project: Project | None, report: Report | None) -> str:
    """What identifies a project of which there is a form, a report or both."""
    if project is not None:
        return project.key
    return "" if report is None else report.key

"""Workbooks that hold the sheets of the year after the text and nothing else: tables to fill in, and roll-ups.

A button has one written and takes its sheets over; a command hands it out. What a person goes on filling in is an
input like any other.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from xlsxwriter.workbook import Workbook

from xl_perf.core.checking.report_errors import Errors, evaluation_errors, monitoring_errors, together
from xl_perf.core.figures.evaluation_rollup import evaluation_rollup
from xl_perf.core.figures.monitoring_rollup import monitoring_rollup
from xl_perf.core.figures.report_lines import GroupBy
from xl_perf.core.figures.report_pairs import evaluations_of, monitoring_of, months_of
from xl_perf.core.making.task_list import task_list
from xl_perf.core.making.whole_reports import evaluation_drafts, monitoring_drafts
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import (
    EVALUATION_SHEET,
    EVALUATION_SUMMARY_SHEET,
    MONITORING_SUMMARY_SHEET,
    SUPERVISION_SHEET,
    TASKS_SHEET,
    monitoring_sheet,
)
from xl_perf.files.own_files import PROGRESS, SUMMARY
from xl_perf.written.evaluation_summary import write_evaluation_summary_sheet
from xl_perf.written.monitoring_summary import write_monitoring_summary_sheet
from xl_perf.written.properties import set_properties
from xl_perf.written.report_sheets import write_reports
from xl_perf.written.rollup_rows import Link
from xl_perf.written.styles import Styles
from xl_perf.written.supervision_sheet import write_supervision_sheet
from xl_perf.written.tasks_sheet import write_tasks_sheet


def write_monitoring(
    path: Path, department: Department, month: int, profile: Profile, *, with_summary: bool = False
) -> None:
    """监控-N月: the tables of a month with their results; those that are missing to be filled in.

    ``with_summary``: 监控汇总 beside, where there are tables of that month.
    ValueError for a department with neither projects nor tables of that month.
    """
    drafts = monitoring_drafts(department, month, profile)
    if not drafts:
        raise ValueError("neither projects nor monitoring tables")
    with _book(path, f"{department.name or ''} {monitoring_sheet(month)}") as workbook:
        styles = Styles(workbook)
        write_reports(workbook.add_worksheet(monitoring_sheet(month)), styles, drafts, profile)
        if with_summary and monitoring_of(department, month):
            rollup = monitoring_rollup([(department, profile)], month)
            errors = monitoring_errors(department, month, profile)
            write_monitoring_summary_sheet(workbook, styles, rollup, profile, errors=errors)


def write_evaluation(
    path: Path,
    department: Department,
    profile: Profile,
    only: Collection[str] | None = None,
    *,
    with_summary: bool = False,
) -> None:
    """自评: the self-evaluations with their scores; those that are missing to be filled in.

    ``only`` are keys of projects; ``with_summary``: 自评汇总 beside, where there are tables.
    ValueError for a department with neither projects nor tables.
    """
    drafts = evaluation_drafts(department, profile, only)
    if not drafts:
        raise ValueError("neither projects nor self-evaluations")
    with _book(path, f"{department.name or ''} {EVALUATION_SHEET}") as workbook:
        styles = Styles(workbook)
        write_reports(workbook.add_worksheet(EVALUATION_SHEET), styles, drafts, profile)
        if with_summary and evaluations_of(department):
            rollup, errors = evaluation_rollup([(department, profile)]), evaluation_errors(department, profile)
            write_evaluation_summary_sheet(workbook, styles, rollup, profile, errors=errors)


Books = Sequence[tuple[Department, Profile]]
"""Departments, each with its profile."""


def write_monitoring_summary(path: Path, department: Department, profile: Profile, month: int | None = None) -> None:
    """监控汇总 of one department, of a month, else of the last that has tables. ValueError where none has."""
    wanted = month or max(months_of(department), default=None)
    if wanted is None:
        raise ValueError("no monitoring tables")
    write_monitoring_of_many(path, [(department, profile)], wanted)


def write_evaluation_summary(path: Path, department: Department, profile: Profile) -> None:
    """自评汇总 of one department."""
    write_evaluation_of_many(path, [(department, profile)])


def write_monitoring_of_many(
    path: Path,
    books: Books,
    month: int,
    link: Link | None = None,
    notes: Sequence[str] = (),
    by: GroupBy = GroupBy.DEPARTMENT,
) -> list[Errors]:
    """监控汇总 of a month over many books; the first one's profile judges the whole. Gives the errors of each."""
    errors = [monitoring_errors(department, month, profile) for department, profile in books]
    with _book(path, MONITORING_SUMMARY_SHEET, SUMMARY) as workbook:
        rollup = monitoring_rollup(books, month, by)
        profile = books[0][1]
        write_monitoring_summary_sheet(workbook, Styles(workbook), rollup, profile, link, notes, together(errors))
    return errors


def write_evaluation_of_many(
    path: Path,
    books: Books,
    link: Link | None = None,
    notes: Sequence[str] = (),
    by: GroupBy = GroupBy.DEPARTMENT,
) -> list[Errors]:
    """自评汇总 over many books; the first one's profile makes the whole score. Gives the errors of each."""
    errors = [evaluation_errors(department, profile) for department, profile in books]
    rollup, profile = evaluation_rollup(books, by), books[0][1]
    with _book(path, EVALUATION_SUMMARY_SHEET, SUMMARY) as workbook:
        write_evaluation_summary_sheet(workbook, Styles(workbook), rollup, profile, link, notes, together(errors))
    return errors


def write_tasks(
    path: Path,
    department: Department,
    profile: Profile,
    as_of: date | None = None,
    *,
    with_supervision: bool = False,
) -> None:
    """任务分解: the tasks that were read, else a list made from projects and sub-goals; overdue ones are marked.

    ``with_supervision``: 监督记录 beside.
    """
    with _book(path, f"{department.name or ''} {TASKS_SHEET}") as workbook:
        styles = Styles(workbook)
        tasks = department.tasks or task_list(department, profile)
        write_tasks_sheet(workbook.add_worksheet(TASKS_SHEET), styles, tasks, department, profile, as_of)
        if with_supervision:
            write_supervision_sheet(workbook.add_worksheet(SUPERVISION_SHEET), styles, department)


def write_supervision(path: Path, department: Department) -> None:
    """监督记录: what was recorded, and rows to go on with."""
    with _book(path, f"{department.name or ''} {SUPERVISION_SHEET}") as workbook:
        write_supervision_sheet(workbook.add_worksheet(SUPERVISION_SHEET), Styles(workbook), department)


@contextmanager
def _book(path: Path, title: str, kind: str = PROGRESS) -> Iterator[Workbook]:
    """A workbook that is written at the end, or not at all after an exception."""
    workbook = Workbook(str(path), {"in_memory": True})
    set_properties(workbook, kind, title.strip())
    yield workbook
    workbook.close()

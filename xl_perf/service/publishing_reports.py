"""Publishing what comes in the year after the text: the monitoring of a month, and the self-evaluation."""

from collections.abc import Sequence
from pathlib import Path

from xl_perf.core.errors import XlPerfError
from xl_perf.core.figures.report_pairs import evaluations_of, is_of_other_year, monitoring_of, months_of, paired
from xl_perf.core.making.report_draft import ReportDraft
from xl_perf.core.making.report_results import with_progress, with_scores
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.profiles import fitting
from xl_perf.service import checking
from xl_perf.service.placing import Written
from xl_perf.service.publishing import check_text_output, errors_left, text_beside


def publish_monitoring(
    book: str, out: str, month: int | None = None, profile: Profile | None = None, *, overwrite: bool = False
) -> Written:
    """The monitoring of a month, the last one without ``month``, of a workbook as .docx or .pdf.

    Raises `BookError` where the workbook cannot be read, `XlPerfError` where it has no table of that month, and
    `OutputError` where OUT must not or cannot be written, or LibreOffice is missing for a .pdf.
    """
    department, profile = _read(book, out, profile, overwrite)
    return publish_monitoring_of(department, out, month, profile)


def publish_evaluation(book: str, out: str, profile: Profile | None = None, *, overwrite: bool = False) -> Written:
    """The self-evaluation of a workbook as .docx or .pdf; raises as `publish_monitoring`."""
    department, profile = _read(book, out, profile, overwrite)
    return publish_evaluation_of(department, out, profile)


def publish_monitoring_of(
    department: Department, out: str, month: int | None, profile: Profile, *, laid_out: bool = True
) -> Written:
    """The same of a department that was read; whether OUT may be written has been asked (`check_text_output`)."""
    months = months_of(department)
    month = max(months, default=None) if month is None else month
    if month is None:
        message = f"{department.path} 里没有监控表"
        raise XlPerfError(
            message, "请先按“新建监控”，填好再写出；已有监控表的，请在表名下写明几月，如（2023年度 1—6月）"
        )
    if month not in months:
        there = "、".join(f"{one}月" for one in months)
        message = f"{department.path} 里没有 {month} 月的监控表" + (f"，有的是：{there}" if there else "")
        raise XlPerfError(message, "请改用其中一个月" if there else "请先按“新建监控”，填好再写出")
    from xl_perf.text.reports import monitoring_text, publish_reports

    drafts = monitoring_tables(department, month, profile)
    if not drafts:
        raise _of_other_year(department, "监控表")
    text = monitoring_text(department, month, drafts, profile)
    output = publish_reports(Path(out), text, profile, laid_out=laid_out)
    return Written(output.path, output.notice)


def publish_evaluation_of(department: Department, out: str, profile: Profile, *, laid_out: bool = True) -> Written:
    """The same of a department that was read; whether OUT may be written has been asked (`check_text_output`)."""
    drafts = evaluation_tables(department, profile)
    if not drafts and evaluations_of(department):
        raise _of_other_year(department, "自评表")
    if not drafts:
        raise XlPerfError(f"{department.path} 里没有自评表", "请先按“新建自评”，填好再写出")
    from xl_perf.text.reports import evaluation_text, publish_reports

    text = evaluation_text(department, drafts, profile)
    output = publish_reports(Path(out), text, profile, laid_out=laid_out)
    return Written(output.path, output.notice)


def monitoring_tables(department: Department, month: int, profile: Profile) -> Sequence[ReportDraft]:
    """The filled tables of a month, in the order of the projects; not those of another year."""
    pairs = paired(department, monitoring_of(department, month))
    year = department.year
    return [
        _of(year, with_progress(one, project, year, profile))
        for project, one in pairs
        if one is not None and not is_of_other_year(department, one)
    ]


def evaluation_tables(department: Department, profile: Profile) -> Sequence[ReportDraft]:
    """The filled self-evaluations, in the order of the projects; not those of another year."""
    pairs = paired(department, evaluations_of(department))
    year = department.year
    return [
        _of(year, with_scores(one, year, profile))
        for _, one in pairs
        if one is not None and not is_of_other_year(department, one)
    ]


def _of_other_year(department: Department, what: str) -> XlPerfError:
    return XlPerfError(f"{department.path} 里的{what}都不是 {department.year} 年度的", "请核对表名下写的年度")


def _of(year: int | None, draft: ReportDraft) -> ReportDraft:
    """The table with its year, that of the workbook where it names none itself."""
    return draft if draft.year else draft._replace(year=year)


def publish_monitoring_beside(workbook: str, department: Department, month: int | None, profile: Profile) -> str:
    """The monitoring as .docx beside an open workbook, an earlier one replaced; gives what the person is told.

    Raises as `publishing.publish_beside`, and `XlPerfError` where there is no table of that month.
    """
    month = max(months_of(department), default=None) if month is None else month
    out = text_beside(workbook, f"{month}月监控报告" if month else "监控报告", "发布监控")
    said = publish_monitoring_of(department, out, month, profile).message("绩效运行监控报告")
    return "\n".join([said, *errors_left(department, profile)])


def publish_evaluation_beside(workbook: str, department: Department, profile: Profile) -> str:
    """The self-evaluation as .docx beside an open workbook, as `publish_monitoring_beside`."""
    out = text_beside(workbook, "自评报告", "发布自评")
    said = publish_evaluation_of(department, out, profile).message("绩效自评报告")
    return "\n".join([said, *errors_left(department, profile)])


def _read(book: str, out: str, profile: Profile | None, overwrite: bool) -> tuple[Department, Profile]:
    path = Path(book)
    check_text_output(out, path, overwrite)
    department = checking.read_guarded(path, profile, book)
    return department, profile or fitting(department)

"""All monitoring or self-evaluation tables of a department: what was read with its results, and those to be filled in.

Both in the order of the projects, so that a person finds every project once.
"""

from collections.abc import Collection
from decimal import Decimal

from xl_perf.core.figures.report_pairs import (
    evaluations_of,
    key_of,
    latest_monitoring,
    monitoring_of,
    months_of,
    paired,
)
from xl_perf.core.figures.unconfirmed import is_accepted, unconfirmed
from xl_perf.core.making.report_draft import ReportDraft
from xl_perf.core.making.report_results import with_progress, with_scores
from xl_perf.core.making.reports import evaluation_draft, fund_keys, monitoring_draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import Evaluation, Monitoring
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import EVALUATION_SHEET, monitoring_sheet


def monitoring_drafts(department: Department, month: int, profile: Profile) -> list[ReportDraft]:
    """The tables of a month.

    What was read comes with its lights and shares; a project without a table has one to fill in, with the texts of the
    period before. Tables of projects that the book does not have stand at the end. Empty without projects and tables.
    """
    year, name = department.year, department.name or ""
    drafts = []
    for project, one in paired(department, monitoring_of(department, month)):
        before = None if project is None else latest_monitoring(department, project, month)
        if one is not None:
            outturns = {} if before is None else _outturns(one, before)
            drafts.append(_with_last(_of(year, with_progress(one, project, year, profile)), outturns))
        elif project is not None:
            drafts.append(monitoring_draft(project, month, year, name, before, profile))
    return drafts


def _outturns(one: Monitoring, before: Monitoring) -> dict[str, Decimal | None]:
    """What was spent by then, for each row of the money of a table."""
    same = map(before.same_line, one.funds)
    return {key: None if line is None else line.outturn.value for key, line in zip(fund_keys(one), same, strict=True)}


def _of(year: int | None, draft: ReportDraft) -> ReportDraft:
    """The table with its year, that of the workbook where it names none itself."""
    return draft if draft.year else draft._replace(year=year)


def _with_last(draft: ReportDraft, outturns: dict[str, Decimal | None]) -> ReportDraft:
    """The table with 上期执行数 beside each source."""
    funds = [fund._replace(aside={"last_outturn": outturns.get(fund.key), **fund.aside}) for fund in draft.funds]
    return draft._replace(funds=tuple(funds))


def evaluation_drafts(
    department: Department, profile: Profile, only: Collection[str] | None = None
) -> list[ReportDraft]:
    """The self-evaluations.

    What was read comes with its scores, explained; a project without a table has one to fill in, with what the last
    monitoring says as proposal. ``only`` are keys of projects, for a sample.
    """
    year, name = department.year, department.name or ""
    drafts = []
    for project, one in paired(department, evaluations_of(department)):
        if only is not None and key_of(project, one) not in only:
            continue
        if one is not None:
            draft = _of(year, with_scores(one, year, profile))
            drafts.append(draft._replace(proposed=_unconfirmed(department, one)))
        elif project is not None:
            last = latest_monitoring(department, project)
            drafts.append(evaluation_draft(project, year, name, last, profile))
    return drafts


def _unconfirmed(department: Department, one: Evaluation) -> frozenset[tuple[int | str, str]]:
    """What of a self-evaluation is still as the last monitoring said it: it goes on looking like a proposal."""
    found = unconfirmed(department, one)
    if found is None or is_accepted(department, found):
        return frozenset()
    rows = [(at, "actual") for at, row in enumerate(one.indicators) if any(row is its for its in found.rows)]
    return frozenset([*rows, *([("budget", "outturn")] if found.outturn else [])])


def reports_of(department: Department, profile: Profile) -> dict[str, list[ReportDraft]]:
    """The sheets of reports that a department's workbook has, with their results: by their names, in their order."""
    found = {monitoring_sheet(month): monitoring_drafts(department, month, profile) for month in months_of(department)}
    if evaluations_of(department):
        found[EVALUATION_SHEET] = evaluation_drafts(department, profile)
    return found

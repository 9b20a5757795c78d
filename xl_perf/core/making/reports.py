"""Monitoring and self-evaluation tables yet to be written: made from the projects' forms, or from what was read.

A table is written from a `ReportDraft`, whatever it was made from, so that a sheet, a Word page and what was read of
either say the same. Amounts are 万元; everything else is as people type it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.figures.monitoring import nature_of
from xl_perf.core.figures.report_money import amount_of
from xl_perf.core.figures.scoring import points_of
from xl_perf.core.forms.evaluation import EVALUATION
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.monitoring import MONITORING
from xl_perf.core.making.report_draft import Cell, DraftFund, DraftRow, ReportDraft
from xl_perf.core.model.progress import EvaluatedIndicator, Evaluation, FundLine, MonitoredIndicator, Monitoring, Report
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile

TICK: Final = "√"
_KEPT: Final = (
    *("expected", "funds_reason", "rules_reason", "staff_reason", "equipment_reason", "other_reason"),
    *("explanation", "remark", "nature"),
)
"""What a further monitoring takes over from the one before, to be looked over; 完成目标可能性 is asked anew."""


def monitoring_draft(
    project: Project, month: int, year: int | None, department: str, before: Monitoring | None, profile: Profile
) -> ReportDraft:
    """A monitoring table for a project: targets and budget of its form, texts of the period before, blank figures."""
    rows = []
    earlier = {} if before is None else _by_key(before.indicators)
    for row, own in zip(project.indicators, _target_cells(project), strict=True):
        last = _next(earlier, row.key)
        values: dict[str, Cell] = dict(own)
        if last is not None:
            values |= {key: cell for key in _KEPT if (cell := _cell(getattr(last, key))) is not None}
        else:
            values["nature"] = nature_of(MonitoredIndicator(row.level1, row.level2, row.level3, row.target))
        rows.append(DraftRow(values))
    fields = _head(project, department) | {"goal": _goals(project)}
    if before is not None:
        # What was to be mended is to be answered now.
        fields["rectify"] = before.value("rectify").text or None
    funds = tuple(_planned_funds(project, {} if before is None else _last_outturns(before)))
    return ReportDraft(monitoring_kind(profile), fields, funds, tuple(rows), year, month)


def evaluation_draft(
    project: Project, year: int | None, department: str, last: Monitoring | None, profile: Profile
) -> ReportDraft:
    """A self-evaluation for a project: targets and budget of its form, points by the shares, blank scores.

    What the last monitoring says is proposed: the outturn and what was reached are grey until somebody types over them.
    Last year's scores stand right of the table where the form says them.
    """
    levels = [row.level1.value or "" for row in project.indicators]
    own = [row.weight.value for row in project.indicators]
    total = sum((one for one in own if one is not None), Decimal(0))
    has_weights = bool(own) and None not in own and total == profile.evaluate.indicators
    points = own if has_weights else points_of(levels, profile.evaluate)
    earlier = {} if last is None else _by_key(last.indicators)
    rows: list[DraftRow] = []
    proposed: set[tuple[int | str, str]] = set()
    for at, (row, values, its) in enumerate(zip(project.indicators, _target_cells(project), points, strict=True)):
        before = _next(earlier, row.key)
        reached = None if before is None else before.reached.text or None
        if reached is not None:
            proposed.add((at, "actual"))
        scored = None if project.last_year is None else project.last_year.result(at).score.value
        rows.append(DraftRow({**values, "weight": its, "actual": reached, "last_score": scored}))
    fields = _head(project, department) | {"goal": _goals(project)}
    if last is not None and last.goal_progress.value:
        fields["goal_done"] = last.goal_progress.text
    outturns = {} if last is None else _last_outturns(last)
    funds = []
    for fund in _planned_funds(project, {}):
        outturn = outturns.get(fund.key)
        weight = profile.evaluate.execution if fund.key == "budget" else None
        funds.append(fund._replace(values={**fund.values, "outturn": outturn, "weight": weight}))
        if outturn is not None:
            proposed.add((fund.key, "outturn"))
    kind = evaluation_kind(profile)
    return ReportDraft(kind, fields, tuple(funds), tuple(rows), year, None, frozenset(proposed))


def draft_of(report: Report) -> ReportDraft:
    """What was read of a table, to be written again: every value as it was typed, amounts in 万元.

    The row of all the money stands first, wherever it stood.
    """
    fields = {
        field.key: entry.text or None
        for field, entry in zip(report.kind.fields, report.values, strict=True)
        if field.money is None
    }
    month = None
    rows: Sequence[MonitoredIndicator | EvaluatedIndicator] = ()
    if isinstance(report, Monitoring):
        fields |= {"goal": report.goal.text or None, "goal_progress": report.goal_progress.text or None}
        month, rows = report.month.value, report.indicators
    elif isinstance(report, Evaluation):
        fields |= {"goal": report.goal.text or None, "goal_done": report.goal_done.text or None}
        fields["grade"] = report.grade.text or None
        rows = report.indicators
    keys = fund_keys(report)
    funds = tuple(
        DraftFund(key, line.label.text, _fund_values(line))
        for key, line in sorted(zip(keys, report.funds, strict=True), key=lambda one: one[0] != "budget")
    )
    made = tuple(DraftRow({key: _cell(entry) for key, entry in row._asdict().items()}) for row in rows)
    year = None if report.year is None else report.year.value
    return ReportDraft(report.kind, fields, funds, made, year, month)


def fund_keys(report: Report) -> list[str]:
    """A key of its own for each row of the money: of several of one source the further ones are numbered, fiscal#2."""
    met: Counter[str] = Counter()
    keys = []
    for line in report.funds:
        met[line.key] += 1
        keys.append(line.key if line.key and met[line.key] == 1 else f"{line.key}#{met[line.key]}")
    return keys


def monitoring_kind(profile: Profile) -> FormKind:
    """The monitoring table as the profile has it."""
    return _kind(profile, MONITORING)


def evaluation_kind(profile: Profile) -> FormKind:
    """The self-evaluation as the profile has it."""
    return _kind(profile, EVALUATION)


def _kind(profile: Profile, usual: FormKind) -> FormKind:
    return next((kind for kind in profile.kinds if kind.name == usual.name), usual)


# --- parts --------------------------------------------------------------------------------------------------------


def _head(project: Project, department: str) -> dict[str, Cell]:
    return {
        "name": project.name.text or None,
        "code": project.code.text or None,
        "department_code": project.value("department_code").text or department or None,
        "unit_name": project.value("unit_name").text or department or None,
    }


def _goals(project: Project) -> str | None:
    """All goals in one cell: 目标1：… where there are several."""
    goals = [goal.text for goal in project.goals if goal.text]
    if len(goals) < 2:
        return goals[0] if goals else None
    return "\n".join(f"目标{number}：{goal}" for number, goal in enumerate(goals, 1))


def _target_cells(project: Project) -> Iterable[dict[str, Cell]]:
    """Levels, name and target of each indicator, as the form says them."""
    for row in project.indicators:
        yield {
            "level1": _level(row.level1),
            "level2": _level(row.level2),
            "level3": row.level3.text or None,
            "target": row.target.text or None,
        }


def _level(entry: Entry[str]) -> str | None:
    """A level as it is printed: 产出指标."""
    return entry.text or None


def _planned_funds(project: Project, outturns: Mapping[str, Cell]) -> Iterable[DraftFund]:
    """A row for the budget, and one for each source that the form has."""
    kind = project.kind
    is_first = True
    for field in kind.money:
        amount = project.value(field.key)
        if amount.status is Status.ABSENT or (field.is_extra and amount.value is None):
            continue
        if field.key == "budget":
            label = "年度资金总额"
        else:
            label = f"其中：{field.name}" if is_first else field.name
            is_first = False
        values = {"initial_budget": _amount(amount)}
        aside = {"last_outturn": outturns.get(field.key)}
        yield DraftFund(field.key, label, values, aside)


def _last_outturns(before: Monitoring) -> dict[str, Cell]:
    """What was spent by source; of several rows of one source what they come to."""
    found: dict[str, Cell] = {}
    for line in before.funds:
        rows = [one for one in before.funds if one.key == line.key]
        found[line.key] = _amount(line.outturn) if len(rows) == 1 else amount_of(before, line.key, "outturn")
    return found


def _fund_values(line: FundLine) -> dict[str, Cell]:
    values = {key: entry for key, entry in line._asdict().items() if isinstance(entry, Entry) and key != "label"}
    return {key: _cell(entry) for key, entry in values.items()}


def _amount(entry: Entry[Decimal]) -> Cell:
    """An amount as a number, what is none as it was typed."""
    return entry.value if entry.value is not None else entry.text or None


def _cell(entry: Entry[Any]) -> Cell:
    """A number as one, a tick as one, anything else as it was typed."""
    if isinstance(entry.value, bool):
        return TICK if entry.value else None
    if isinstance(entry.value, Decimal):
        return entry.value
    return entry.text or None


_Rows = Sequence[MonitoredIndicator]


def _by_key(rows: _Rows) -> dict[tuple[str, str, str], list[MonitoredIndicator]]:
    """Indicators by what identifies them; equal ones in their order."""
    found: dict[tuple[str, str, str], list[MonitoredIndicator]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def _next(
    found: Mapping[tuple[str, str, str], list[MonitoredIndicator]], key: tuple[str, str, str]
) -> MonitoredIndicator | None:
    rows = found.get(key)
    return rows.pop(0) if rows else None

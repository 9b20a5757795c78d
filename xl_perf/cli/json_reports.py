"""Monitoring and self-evaluation tables in ``check --json``: amounts as strings of 万元, null where blank."""

from decimal import Decimal
from typing import Any

from xl_perf.core.cells.entry import Entry, said, typed
from xl_perf.core.cells.values import plain
from xl_perf.core.model.progress import (
    EvaluatedIndicator,
    Evaluation,
    FundLine,
    MonitoredIndicator,
    Monitoring,
    Report,
)


def monitoring_object(report: Monitoring) -> dict[str, Any]:
    """One monitoring table: what was reached by the end of a month."""
    return {
        **_head(report),
        "month": report.month.value,
        "funds": [{**_fund(line), "expected": _number(line.expected_outturn)} for line in report.funds],
        "goal": said(report.goal),
        "indicators": len(report.indicators),
        "indicator_list": list(map(_monitored, report.indicators)),
    }


def evaluation_object(report: Evaluation) -> dict[str, Any]:
    """One self-evaluation: what was reached in the year, with its scores."""
    return {
        **_head(report),
        "funds": [
            {**_fund(line), "weight": _number(line.weight), "score": _number(line.score)} for line in report.funds
        ],
        "goal": said(report.goal),
        "goal_done": said(report.goal_done),
        "indicators": len(report.indicators),
        "total_weight": _number(report.total_weight),
        "total": _number(report.total),
        "grade": said(report.grade),
        "indicator_list": list(map(_evaluated, report.indicators)),
    }


def _head(report: Report) -> dict[str, Any]:
    return {
        "sheet": report.sheet,
        "name": report.name.value,
        "code": report.code.value,
        "year": None if report.year is None else report.year.value,
    }


def _fund(line: FundLine) -> dict[str, Any]:
    return {
        "key": line.key or None,
        "label": said(line.label),
        "initial": _number(line.initial_budget),
        "adjusted": _number(line.adjusted_budget),
        "outturn": _number(line.outturn),
        "rate": _number(line.outturn_rate),
    }


def _monitored(one: MonitoredIndicator) -> dict[str, Any]:
    return {
        **_names(one),
        "reached": typed(one.reached),
        "expected": typed(one.expected),
        "reasons": list(one.reason_names),
        "explanation": said(one.explanation),
        "possibility": one.possibility or None,
        "remark": said(one.remark),
        "nature": said(one.nature),
        "cell": one.level3.cell,
    }


def _evaluated(one: EvaluatedIndicator) -> dict[str, Any]:
    return {
        **_names(one),
        "actual": typed(one.actual),
        "weight": _number(one.weight),
        "score": _number(one.score),
        "reason": said(one.reason),
        "method": said(one.method),
        "evidence": said(one.evidence),
        "audit_score": _number(one.audit_score),
        "audit_reason": said(one.audit_reason),
        "cell": one.level3.cell,
    }


def _names(one: MonitoredIndicator | EvaluatedIndicator) -> dict[str, str | None]:
    levels = {key: said(entry) for key, entry in zip(("level1", "level2", "level3"), one[:3], strict=True)}
    return {**levels, "target": typed(one.target)}


def _number(entry: Entry[Decimal]) -> str | None:
    return None if entry.value is None else plain(entry.value)

"""``monitor``, ``evaluate`` and ``tasks`` as JSON: amounts are strings of 万元, rates strings of per cent."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xl_perf.cli.json_reports import evaluation_object, monitoring_object
from xl_perf.core.cells.entry import said, typed
from xl_perf.core.cells.values import plain
from xl_perf.core.figures.evaluation_rollup import EvaluationRollup
from xl_perf.core.figures.monitoring import Light, Spending
from xl_perf.core.figures.monitoring_rollup import MonitoringRollup
from xl_perf.core.figures.report_lines import Place
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.figures.tasks import Due
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import (
    Evaluation,
    Monitoring,
    SupervisionRecord,
    Task,
)
from xl_perf.core.profile import Profile


def head_object(department: Department, profile: Profile) -> dict[str, Any]:
    """Whose book it is, and by which profile."""
    path, name, year = department.path, department.name, department.year
    return {"path": path, "department": name, "year": year, "profile": profile.names}


def monitoring_rollup_object(rollup: MonitoringRollup, reports: Sequence[Monitoring]) -> dict[str, Any]:
    """What `monitor` shows: the tables of a month, a row per project, the total, what is not in it."""
    total = rollup.total
    return {
        "month": rollup.month,
        "monitoring": list(map(monitoring_object, reports)),
        "projects": [
            {
                **_place(line.place),
                "budget": _plain(line.budget),
                "outturn": _plain(line.outturn),
                **_spending(line.spent),
                "lights": {str(light): line.lights.get(light, 0) for light in Light},
                "missing": line.missing or None,
            }
            for line in rollup.lines
        ],
        "total": total and {"budget": plain(total.budget), "outturn": plain(total.outturn), **_spending(total)},
        "incomplete": [one.reason for one in rollup.incomplete],
    }


def _spending(spent: Spending | None) -> dict[str, Any]:
    plan = None if spent is None else spent.plan
    return {
        "rate": None if spent is None else _rate(spent.rate),
        "planned": None if spent is None or plan is None else plain(spent.planned),
        "plan": _rate(plan),
        "time": None if spent is None else _rate(spent.time),
        "gap": None if spent is None else _rate(spent.gap),
        "gap_amount": None if spent is None or plan is None else plain(spent.gap_amount),
        "light": None if spent is None else str(spent.light),
    }


def evaluation_rollup_object(rollup: EvaluationRollup, reports: Sequence[Evaluation]) -> dict[str, Any]:
    """What `evaluate` shows: the tables, a row per project with its scores, the department's score."""
    return {
        "evaluations": list(map(evaluation_object, reports)),
        "projects": [
            {
                **_place(line.place),
                "budget": _plain(line.budget),
                "outturn": _plain(line.outturn),
                "rate": None if line.result is None else _rate(line.result.rate),
                "scores": {name: plain(score) for name, score in line.scores.items()},
                "total": _plain(line.total),
                "grade": line.result.grade if line.result is not None and line.total is not None else None,
                "audit": _plain(line.audit),
                "losses": [
                    {"name": one.name, "points": plain(one.points), "reason": one.reason or None} for one in line.losses
                ],
                "missing": line.missing or None,
                "unconfirmed": line.unconfirmed or None,
            }
            for line in rollup.lines
        ],
        "total": {
            "budget": plain(rollup.budget),
            "outturn": plain(rollup.outturn),
            "rate": _plain(rollup.rate),
            "score": _plain(rollup.score),
            "how": rollup.label,
            "grades": dict(rollup.grades),
        },
        "incomplete": [one.reason for one in rollup.incomplete],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"sheet": place.sheet, "name": place.name, "code": place.code or None}


def task_object(task: Task, due: Due) -> dict[str, Any]:
    """One task as typed, and whether it is overdue."""
    keys = ("number", "project", "content", "standard", "leader", "section", "person", "start", "due", "done")
    return {
        **{key: typed(getattr(task, key)) for key in keys},
        "months": [said(entry) for entry in task.months],
        "done_on": typed(task.done_on),
        "progress": _plain(task.progress.value),
        "state": said(task.state),
        "note": said(task.note),
        "reminder": due.said or None,
        "sheet": task.content.sheet,
        "cell": task.content.cell,
    }


def record_object(record: SupervisionRecord) -> dict[str, Any]:
    """One line of 监督记录 as typed."""
    return {key: typed(entry) for key, entry in record._asdict().items()} | {"cell": record.found.cell}


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _rate(value: Fraction | None) -> str | None:
    return None if value is None else plain(rounded(value))

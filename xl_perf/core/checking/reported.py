"""Monitoring and self-evaluation tables as they are compared between workbooks: by the projects that they report on.

A workbook is of one kind for whoever receives it: one with forms of targets is that, whatever it reports besides; one
with nothing but reports is of the last thing that it reports.
"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Final

from xl_perf.core.checking.delivered import Delivered, ListedProject
from xl_perf.core.model.progress import Evaluation, Monitoring, Report

MONITORING: Final = "monitoring"
EVALUATION: Final = "evaluation"


def report_kind(monitoring: Sequence[Monitoring], evaluations: Sequence[Evaluation]) -> str:
    """Of a workbook without forms of targets: ``evaluation``, else ``monitoring-6`` by its last month.

    ``monitoring`` where nothing says the month; empty without tables.
    """
    if evaluations:
        return EVALUATION
    if not monitoring:
        return ""
    month = max((one.month.value for one in monitoring if one.month.value is not None), default=None)
    return MONITORING if month is None else f"{MONITORING}-{month}"


def is_report_kind(kind: str) -> bool:
    """It is one of those that `report_kind` gives."""
    return kind.partition("-")[0] in {MONITORING, EVALUATION}


def said_kind(kind: str) -> str:
    """For people, as the sheets are called: 监控-6月, 自评; empty for targets."""
    family, _, month = kind.partition("-")
    if family == MONITORING:
        return f"监控-{month}月" if month else "监控"
    return "自评" if family == EVALUATION else ""


def reported(reports: Sequence[Report], book: Delivered) -> Delivered:
    """A workbook as its reports are compared; ``book`` is what is remembered of it otherwise."""
    listed = tuple(
        ListedProject(
            one.sheet,
            one.code.text or None,
            one.code.cell,
            one.name.value,
            one.name.cell,
            budget=one.whole.budget.value,
            year=book.year,
        )
        for one in reports
    )
    said = "\x1f".join(_content(one) for one in reports)
    digest = blake2b(f"{book.department}\x1f{book.year}\x1f{said}".encode("utf-8", "surrogatepass"))
    return replace(book, projects=listed, digest=digest.digest()[:16])


def _content(report: Report) -> str:
    """Everything that was typed into a table."""
    rows = [*report.funds, *getattr(report, "indicators", ())]
    entries = [*report.values, *(one for row in rows for one in row if not isinstance(one, str))]
    return "\x1f".join(str(entry.typed) for entry in entries)

"""``check --json``: one document, written book by book so that memory stays flat in their number."""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from xl_perf.cli.json_reports import evaluation_object, monitoring_object
from xl_perf.core.cells.entry import said, typed
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import plain
from xl_perf.core.figures.delivery import Delivery
from xl_perf.core.figures.summary import ProjectLine
from xl_perf.core.figures.totals import Totals
from xl_perf.core.model.findings import Finding
from xl_perf.core.model.project import Indicator, Project
from xl_perf.files.inputs import Skipped
from xl_perf.service.results import BookResult


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def project_object(line: ProjectLine, months: Sequence[int]) -> dict[str, Any]:
    """One project: amounts as strings of 万元, plan values as strings of per cent, null where blank.

    The plan has ``months``, and further ones that the project plans for.
    """
    percents = dict(line.percents)
    return {
        "sheet": line.sheet,
        "form": line.form,
        "name": line.name,
        "code": line.code,
        **{key: _amount(amount) for key, amount in line.amounts.items()},
        "sources": {name: _amount(amount) for name, amount in line.sources},
        "plan": {str(month): _amount(percents.get(month)) for month in sorted({*months, *percents})},
        "indicators": line.indicators,
    }


def details_object(project: Project) -> dict[str, Any]:
    """What a project wants to reach: texts as they were understood, else as typed; numbers as strings."""
    return {
        "goals": [goal.text.strip() for goal in project.goals if not goal.is_empty],
        "indicator_list": list(map(_indicator, project.indicators)),
    }


def _indicator(one: Indicator) -> dict[str, Any]:
    target = one.target.value or Target("words")
    return {
        **{key: said(getattr(one, key)) for key in ("level1", "level2", "level3", "description")},
        "target": typed(one.target),
        "operator": target.operator or None,
        "low": _amount(target.low),
        "high": _amount(target.high),
        "unit": target.unit or None,
        "weight": _amount(one.weight.value),
        "basis": said(one.basis),
        "cell": one.level3.cell,
    }


def finding_object(finding: Finding) -> dict[str, Any]:
    """One finding as the contract names its parts; a warning that a person has accepted says why and by whom."""
    accepted = finding.accepted
    return {
        "code": finding.code,
        "severity": finding.severity,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "field": finding.field,
        "found": finding.found,
        "expected": finding.expected,
        "difference": finding.difference,
        "message": finding.message,
        "remedy": finding.remedy,
        "accepted": accepted and accepted._asdict(),
    }


def book_object(result: BookResult, months: Sequence[int]) -> dict[str, Any]:
    """One book with its projects and findings, or with the error that kept it from being read."""
    error = result.error
    return {
        "path": result.path,
        "department": result.department,
        "year": result.year,
        "sha256": result.sha256,
        "profile": result.profile,
        "projects": _projects(result, months),
        "departments": [
            {"sheet": one.sheet, "name": one.value("department").value, "total": _amount(one.budget.value)}
            for one in result.own_targets
        ],
        "others": [
            {"sheet": one.sheet, "kind": one.family, "title": one.title, "cells": one.cells} for one in result.tables
        ],
        "monitoring": list(map(monitoring_object, result.monitoring)),
        "evaluations": list(map(evaluation_object, result.evaluations)),
        "checked_with": list(result.checked_with),
        "unread": [{"sheet": one.sheet, "reason": one.reason, "cells": one.cells} for one in result.unread],
        "findings": [finding_object(finding) for finding in result.findings],
        "counted": True if result.left is None else {"reason": result.left.reason, "instead": result.left.instead},
        "error": error and {"kind": error.kind, "message": error.message, "remedy": error.remedy},
    }


def _projects(result: BookResult, months: Sequence[int]) -> list[dict[str, Any]]:
    projects = [project_object(line, months) for line in result.lines]
    for shown, project in zip(projects, result.projects, strict=False):
        shown |= details_object(project)
    return projects


def totals_object(totals: Totals, months: Sequence[int]) -> dict[str, Any]:
    """Totals in 万元 as strings; the number of projects as a number.

    Planned spending has ``months`` and every other that a project plans for, null where only others are planned for.
    """
    planned = dict(totals.planned) or dict.fromkeys(months, Decimal(0))
    return {
        "projects": totals.projects,
        **{key: plain(amount) for key, amount in totals.amounts.items()},
        "planned": {str(month): _amount(planned.get(month)) for month in sorted({*months, *planned})},
        "incomplete": [one._asdict() for one in totals.incomplete],
        "remarks": totals.remarks,
    }


class Document:
    """Writes the document to a binary stream as UTF-8 without BOM: `add` each book, then `close`."""

    def __init__(self, stream: BinaryIO, months: Sequence[int]) -> None:
        self._stream, self._months, self._first = stream, months, True

    def add(self, result: BookResult) -> None:
        """One more book."""
        self._begin_book()
        months = result.settings.checkpoints if result.settings else self._months
        self._stream.write(_encoded(book_object(result, months)))

    def _begin_book(self) -> None:
        """Nothing is written before the first: until then a plain error may be all that is said."""
        self._stream.write(b'{"books": [\n' if self._first else b",\n")
        self._first = False

    def close(
        self, skipped: Iterable[Skipped], totals: Totals, months: Sequence[int], delivery: Delivery | None = None
    ) -> None:
        """What was passed over, who did not deliver, the totals over all books at the ends of the months, the end."""
        self._stream.write(b'{"books": [' if self._first else b"")
        self._stream.write(b'],\n"skipped": ' + _encoded([one._asdict() for one in skipped]))
        if delivery is not None:
            said = {
                "missing": delivery.missing,
                "unexpected": [*delivery.unexpected],
                "nameless": delivery.nameless,
                "other_years": [
                    {"name": name, "years": years} for name in delivery.missing if (years := delivery.other_years(name))
                ],
                "likely": [{"missing": one, "unexpected": other} for one, other in delivery.likely],
            }
            self._stream.write(b',\n"expected": ' + _encoded(said))
        self._stream.write(b',\n"totals": ' + _encoded(totals_object(totals, months)) + b"}\n")
        self._stream.flush()


def _encoded(thing: Any) -> bytes:
    # A lone surrogate, which a damaged file may hold, has no UTF-8: it goes out as a question mark.
    return json.dumps(thing, ensure_ascii=False).encode("utf-8", "replace")

"""``diff --json``: one document. Amounts are strings of 万元; a side is null where it has no such thing."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from xl_perf.core.cells.values import plain
from xl_perf.core.comparing.records import (
    BookPlace,
    Change,
    DepartmentDifference,
    Difference,
    NotCompared,
    Pair,
    ProjectDifference,
    ProjectPlace,
    Value,
)
from xl_perf.core.figures.totals import Totals
from xl_perf.service.comparing import Given


def write(stream: BinaryIO, difference: Difference, sides: Sequence[Given]) -> None:
    """Writes the document as UTF-8 without BOM."""
    document: dict[str, Any] = {
        **{str(side.name): {"input": side.typed, "skipped": _skipped(side)} for side in sides},
        "totals": _totals(difference.amounts, difference.old_totals, difference.new_totals),
        "departments": list(map(_department, difference.departments)),
        "not_compared": list(map(_not_compared, difference.not_compared)),
        "notes": list(difference.notes),
    }
    # A lone surrogate, which a damaged file may hold, has no UTF-8: it goes out as a question mark.
    stream.write(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    stream.flush()


def _skipped(side: Given) -> list[dict[str, str]]:
    return [one._asdict() for one in side.found.skipped]


def _amounts(pairs: Mapping[str, Pair]) -> dict[str, Any]:
    months = {key.partition(":")[2]: pair for key, pair in pairs.items() if key.startswith("planned:")}
    own = {key: _pair(pair) for key, pair in pairs.items() if not key.startswith("planned:")}
    return {**own, "planned": {month: _pair(pair) for month, pair in months.items()}}


def _pair(pair: Pair) -> dict[str, str]:
    return {"old": plain(pair.old), "new": plain(pair.new), "difference": plain(pair.difference)}


def _totals(pairs: Mapping[str, Pair], old: Totals, new: Totals) -> dict[str, Any]:
    number = {"old": old.projects, "new": new.projects, "difference": new.projects - old.projects}
    return {"projects": number, **_amounts(pairs)}


def _department(one: DepartmentDifference) -> dict[str, Any]:
    return {
        "department": {"old": one.old_name, "new": one.new_name},
        "books": {"old": list(map(_book, one.old)), "new": list(map(_book, one.new))},
        "totals": _totals(one.amounts, one.old_totals, one.new_totals),
        "changes": list(map(_change, one.changes)),
        "projects": list(map(_project, one.projects)),
        "own_targets": list(map(_project, one.own)),
        "reports": list(map(_project, one.reports)),
        "unchanged": one.unchanged,
        "moved_away": one.moved_away,
        "note": one.note or None,
    }


def _book(book: BookPlace) -> dict[str, Any]:
    return {
        "path": book.path,
        "department": book.department,
        "year": book.year,
        "sha256": book.sha256 or None,
        "projects": book.projects,
        "notes": list(book.notes),
    }


def _project(one: ProjectDifference) -> dict[str, Any]:
    return {
        "change": one.change,
        "matched_by": one.matched_by,
        "old": _project_place(one.old),
        "new": _project_place(one.new),
        "amounts": _amounts(one.amounts),
        "changes": list(map(_change, one.changes)),
    }


def _project_place(place: ProjectPlace | None) -> dict[str, Any] | None:
    if place is None:
        return None
    keys = ("path", "department", "sheet", "cell", "code", "name", "form")
    return {key: getattr(place, key) for key in keys}


def _change(change: Change) -> dict[str, Any]:
    return {
        "field": change.field,
        "label": change.label,
        "change": change.nature,
        "old": _value(change.old),
        "new": _value(change.new),
        "difference": None if change.difference is None else plain(change.difference),
        "note": change.note or None,
    }


def _value(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "text": value.text,
        "item": value.item or None,
        "path": value.path or None,
        "sheet": value.sheet or None,
        "cell": value.cell if value.sheet else None,
    }


def _not_compared(one: NotCompared) -> dict[str, Any]:
    return {
        "side": one.side,
        "path": one.path,
        "sheet": one.sheet,
        "cell": one.cell,
        "reason": one.reason,
        "effect": one.effect,
        "amount": None if one.amount is None else plain(one.amount),
        "bears_on_difference": one.bears,
    }

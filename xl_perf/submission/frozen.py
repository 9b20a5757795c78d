"""Totals, and what is compared between workbooks, as JSON in the record of an inbox; and back."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xl_perf.core.checking.delivered import Delivered, ListedProject
from xl_perf.core.figures.missing import Incomplete
from xl_perf.core.figures.totals import MONEY, Totals


def _dump(said: object) -> str:
    # ASCII: names of sheets may hold what UTF-8 does not take.
    return json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def totals_to_json(totals: Totals) -> str:
    """What one workbook comes to; amounts are texts of `Decimal`."""
    return _dump(
        {
            "projects": totals.projects,
            "amounts": {key: str(totals.amounts[key]) for key in MONEY},
            "planned": [[month, str(amount)] for month, amount in totals.planned],
            "incomplete": [[one.sheet, one.reason] for one in totals.incomplete],
            "planning": totals.planning,
            "undivided": str(totals.undivided),
            "within_other": {name: str(amount) for name, amount in totals.within_other.items()},
            "altered": totals.altered,
            "money_texts": totals.money_texts,
            "unplanned": totals.unplanned,
            "planners": totals.planners,
        }
    )


def totals_of_json(text: str, path: str) -> Totals:
    """The same again; ``path`` is the workbook's."""
    said: dict[str, Any] = json.loads(text)
    return Totals(
        said["projects"],
        {key: Decimal(said["amounts"][key]) for key in MONEY},
        tuple((month, Decimal(amount)) for month, amount in said["planned"]),
        tuple(Incomplete(path, sheet, reason) for sheet, reason in said["incomplete"]),
        said["planning"],
        Decimal(said["undivided"]),
        {name: Decimal(amount) for name, amount in said["within_other"].items()},
        altered=said.get("altered", 0),
        money_texts=said.get("money_texts", 0),
        unplanned=tuple(said.get("unplanned", ())),
        planners=tuple((month, number) for month, number in said.get("planners", ())),
    )


def delivered_to_json(one: Delivered) -> str:
    """What is compared with other workbooks."""
    projects = [
        [
            *(project.sheet, project.code, project.code_cell, project.name, project.name_cell, project.unit),
            None if project.budget is None else str(project.budget),
            project.goals.hex(),
        ]
        for project in one.projects
    ]
    return _dump(
        {
            "department": one.department,
            "shown": one.shown,
            "year": one.year,
            "digest": one.digest.hex(),
            "modified": one.modified,
            "projects": projects,
            "version": one.version,
            "standing": int(one.standing),
        }
    )


def delivered_of_json(text: str, path: str) -> Delivered:
    """The same again."""
    said: dict[str, Any] = json.loads(text)
    projects = tuple(_listed(one, said["year"]) for one in said["projects"])
    return Delivered(
        path,
        said["department"],
        said["shown"],
        said["year"],
        bytes.fromhex(said["digest"]),
        said["modified"],
        projects,
        said["version"],
        said["standing"],
    )


def _listed(said: Sequence[Any], year: int | None) -> ListedProject:
    sheet, code, code_cell, name, name_cell, unit, budget, goals = said
    amount = None if budget is None else Decimal(budget)
    return ListedProject(sheet, code, code_cell, name, name_cell, unit, amount, bytes.fromhex(goals), year)

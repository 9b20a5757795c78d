"""部门汇总 as stored in the book, compared with what the forms say now."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from xl_perf.core.model import Department, Entry, Listed, Project
from xl_perf.core.totals import EXACT, ZERO
from xl_perf.core.values import folded

AMOUNTS = ("budget", "fiscal", "other")
_LABELS = ("预算数", "财政资金", "其他资金")
_Amounts = tuple[Decimal, Decimal, Decimal]


class Change(NamedTuple):
    """What differs: a row whose project is gone, a project without a row, or an amount (万元) of a row."""

    row: Listed | None = None
    project: Project | None = None
    label: str = ""
    entry: Entry[Decimal] | None = None
    now: Decimal = ZERO


def changes(department: Department) -> Iterator[Change]:
    """Every difference, rows first; none while the list is blank. A blank amount counts as 0."""
    if not department.listed:
        return
    now: dict[str, list[_Amounts]] = {}
    for project in department.projects:
        now.setdefault(folded(project.name.text), []).append(_amounts(*project.budget[:3]))
    listed = Counter(folded(row.name.text) for row in department.listed)
    for row in department.listed:
        yield from _compared(row, now.get(folded(row.name.text)))
    for project in department.projects:
        name = folded(project.name.text)
        if name and not listed[name]:
            yield Change(project=project)


def _compared(row: Listed, versions: list[_Amounts] | None) -> Iterator[Change]:
    if versions is None:
        yield Change(row)
        return
    entries = row.budget, row.fiscal, row.other
    if _amounts(*entries) not in versions:
        for label, entry, actual in zip(_LABELS, entries, versions[0], strict=True):
            if (entry.value or ZERO) != actual:
                yield Change(row, label=label, entry=entry, now=actual)


def _amounts(budget: Entry[Decimal], fiscal: Entry[Decimal], other: Entry[Decimal]) -> _Amounts:
    return budget.value or ZERO, fiscal.value or ZERO, other.value or ZERO


def sums(department: Department) -> dict[str, Decimal]:
    """What the rows of the list add up to, in 万元: budget, fiscal and other."""
    total = dict.fromkeys(AMOUNTS, ZERO)
    for row in department.listed:
        for key in AMOUNTS:
            total[key] = EXACT.add(total[key], getattr(row, key).value or ZERO)
    return total

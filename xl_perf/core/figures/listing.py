"""部门汇总 as stored in the book, compared with what the forms say now."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry
from xl_perf.core.figures.totals import EXACT, MONEY, ZERO, Totals, totals_of
from xl_perf.core.model.department import Department, Listed
from xl_perf.core.model.project import Project
from xl_perf.core.workbook.sheets import MONEY_LABELS

_Amounts = tuple[Decimal, ...]


class Change(NamedTuple):
    """What differs: a row whose project is gone, a project without a row, or an amount (万元) of a row."""

    row: Listed | None = None
    project: Project | None = None
    label: str = ""
    entry: Entry[Decimal] | None = None
    now: Decimal = ZERO


def changes(department: Department, totals: Sequence[Totals] = ()) -> Iterator[Change]:
    """Every difference, rows first; none while the list is blank. A blank amount counts as 0.

    ``totals`` are the projects' own, where they are known already.
    """
    if not department.listed:
        return
    own = totals or [totals_of(project) for project in department.projects]
    now = [
        (folded(project.name.text), tuple(its.amounts.values()))
        for project, its in zip(department.projects, own, strict=True)
    ]
    listed = [(folded(row.name.text), _amounts(row)) for row in department.listed]
    if listed == now:
        return
    versions: dict[str, list[_Amounts]] = defaultdict(list)
    for name, amounts in now:
        versions[name].append(amounts)
    for row, (name, amounts) in zip(department.listed, listed, strict=True):
        yield from _compared(row, amounts, versions.get(name))
    names = {name for name, _ in listed}
    for project, (name, _) in zip(department.projects, now, strict=True):
        if name and name not in names:
            yield Change(project=project)


def _compared(row: Listed, amounts: _Amounts, versions: list[_Amounts] | None) -> Iterator[Change]:
    if versions is None:
        yield Change(row)
    elif amounts not in versions:
        for (key, entry), listed, actual in zip(row.amounts.items(), amounts, versions[0], strict=True):
            if listed != actual:
                yield Change(row, label=MONEY_LABELS[key], entry=entry, now=actual)


def _amounts(row: Listed) -> _Amounts:
    return tuple([row.amounts[key].value or ZERO for key in MONEY])


def sums(department: Department) -> dict[str, Decimal]:
    """What the rows of the list add up to, in 万元: budget, fiscal and other."""
    total = dict.fromkeys(MONEY, ZERO)
    for row in department.listed:
        for key in MONEY:
            total[key] = EXACT.add(total[key], row.amounts[key].value or ZERO)
    return total

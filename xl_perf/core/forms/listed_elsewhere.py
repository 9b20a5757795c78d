"""What sheets that hold no forms list of projects: their amounts, or projects of which there is no form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Book, CellLine, Grid
from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.forms.amount_lists import Amounts, amounts_on, names_of, targets_listed, with_amounts
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.kinds import Kinds
from xl_perf.core.forms.labels import labels_of
from xl_perf.core.forms.list_frame import ROW_TOTAL
from xl_perf.core.model.department import WITHOUT_FORM, UnreadSheet
from xl_perf.core.model.project import Project

_SHOWN: Final = 3


def with_listed_amounts(
    book: Book, kinds: Kinds, projects: Sequence[Project], unread: Sequence[UnreadSheet]
) -> tuple[list[Project], list[UnreadSheet]]:
    """The listed projects with their amounts from the sheets that list these, and what is to be said of such sheets.

    A sheet of which all was taken is no longer unread. One that lists projects with forms and others without lacks
    these others' money.
    """
    others = {one.sheet for one in unread} - {project.sheet for project in projects}
    sheets = (amounts_on(grid, CellLine(grid.rows), labels_of(kinds)) for grid in book.grids if grid.sheet in others)
    found = [one for one in sheets if one is not None]
    made = [with_amounts(project, found) for project in projects]
    taken = {entry.sheet for project in made for entry in project.values}
    read = {name for project in made for name in names_of(project)}
    lacks = any(project.kind.shape is Shape.LIST and project.budget.status is Status.ABSENT for project in made)
    said: list[UnreadSheet] = []
    for one in unread:
        own = next((amounts for amounts in found if amounts.sheet == one.sheet), None)
        reason = "" if own is None else own.reason
        if own is not None and reason and lacks:
            said.append(one._replace(reason=f"项目的金额在这张表里，但{reason}，没有计入"))
        elif (
            own is not None and any(name not in read for name in own.rows) and (lacks or not read.isdisjoint(own.rows))
        ):
            said.append(_unmatched(one, own, read))
        elif own is None or one.sheet not in taken:
            said.append(one)
    return made, said


def _unmatched(one: UnreadSheet, own: Amounts, read: Collection[str]) -> UnreadSheet:
    """A sheet that lists amounts of projects of which there is no form."""
    left = {name: its["budget"] for name, its in own.rows.items() if name not in read}
    money = reduce(EXACT.add, (entry.value or Decimal(0) for entry in left.values()))
    reason = f"{_listed([*left])}在这张表里有金额，共 {plain(money)} 万元，但{WITHOUT_FORM}"
    first = next(iter(left.values()))
    return one._replace(reason=reason, row=first.row, column=first.column, unmatched=money)


def with_projects_listed(
    one: UnreadSheet, grids: Mapping[str, Grid], kinds: Kinds, projects: Sequence[Project]
) -> UnreadSheet:
    """A sheet that lists projects with amount and targets holds money if one of them was read nowhere else."""
    grid = grids.get(one.sheet)
    if grid is None or one.looks_like_form:
        return one
    read = {folded(project.name.text) for project in projects}
    left = [name for key, name in targets_listed(grid, labels_of(kinds)).items() if key not in read]
    if not left:
        return one
    return one._replace(reason=f"列有 {_listed(left)}，一个项目一行，读不出来", looks_like_form=True)


def with_missing_amount(project: Project) -> Project:
    """A listed project whose amount stands nowhere lacks it."""
    if project.kind.shape is not Shape.LIST or project.budget.status is not Status.ABSENT:
        return project
    if ROW_TOTAL in project.missing:
        return project
    return replace(project, missing=tuple(dict.fromkeys((*project.missing, project.kind.money[0].key))))


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:_SHOWN])
    return f"{shown}等 {len(names)} 个项目" if len(names) > _SHOWN else f"{len(names)} 个项目（{shown}）"

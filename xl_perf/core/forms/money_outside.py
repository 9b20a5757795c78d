"""Money that somebody wrote in words beside or below a form: 另：追加动物防疫补贴 500 万元. It is in no total.

Most sheets have no such text: cells are looked at closely only where one speaks of money and is no part of a form.
"""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import reduce

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Grid, Lines
from xl_perf.core.cells.money_in_words import HAS_MONEY_WORD, amounts_in
from xl_perf.core.cells.values import EXACT
from xl_perf.core.forms.amounts_beside import IS_CHECK
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.unplaced import Cell, left_in
from xl_perf.core.model.department import MoneyText
from xl_perf.core.model.project import Project


def money_outside(
    grid: Grid, projects: Sequence[Project], year: int | None = None, kinds: Kinds = KINDS
) -> Iterator[tuple[MoneyText, tuple[Decimal, ...]]]:
    """The texts outside the forms of a sheet that state amounts, with these in 万元.

    ``projects`` are those of the sheet, ``year`` the budget year where it is known.
    """
    speaking = [
        (row, column, typed)
        for row, cells in enumerate(grid.rows)
        for column, typed in enumerate(cells)
        if isinstance(typed, str) and HAS_MONEY_WORD(typed)
    ]
    inside = _Inside(projects) if speaking else None
    stated = {
        (row, column): (typed, amounts)
        for row, column, typed in speaking
        if not (inside is None or inside.holds(row, column) or IS_CHECK(typed)) and (amounts := amounts_in(typed, year))
    }
    for left in left_in(grid, projects, kinds=kinds) if stated else ():
        for column, _ in left.cells:
            if (left.row, column) in stated:
                typed, amounts = stated[left.row, column]
                is_hidden = grid.hidden or _are_among(left.row, grid.hidden_rows)
                is_hidden = is_hidden or _are_among(column, grid.hidden_columns)
                yield MoneyText(typed, grid.sheet, left.row, column, is_hidden), amounts


def are_own(amounts: Sequence[Decimal], own: Collection[Decimal]) -> bool:
    """They repeat a form's ``own`` amounts, or make one of these: 其中办公费 60 万元、差旅费 40 万元."""
    others = [amount for amount in amounts if amount not in own]
    return not others or (len(others) > 1 and reduce(EXACT.add, others) in own)


class _Inside:
    """The cells of forms: what was read, and what stands beside that within the columns of its form."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self.cells: set[Cell] = set()
        self.columns: dict[int, list[tuple[int, int]]] = {}
        for project in projects:
            _, left, _, right = project.area
            for _, entry in project.entries():
                if entry.status is not Status.ABSENT:
                    self.cells.add((entry.row, entry.column))
                    self.columns.setdefault(entry.row, []).append((left, right))
            for said in (project.beside, project.unlabelled, project.whole):
                self.cells |= {(entry.row, entry.column) for _, entry in said}

    def holds(self, row: int, column: int) -> bool:
        """Another place names such a cell, or need not."""
        if (row, column) in self.cells:
            return True
        return any(left <= column <= right for left, right in self.columns.get(row, ()))


def _are_among(number: int, lines: Lines) -> bool:
    return any(first <= number <= last for first, last in lines)

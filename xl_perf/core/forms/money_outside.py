"""Money that somebody wrote in words beside or below a form: 另：追加动物防疫补贴 500 万元. It is in no total.

Most sheets have no such text: cells are looked at closely only where one speaks of money and is no part of a form.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from functools import reduce

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Grid, Lines, Scalar
from xl_perf.core.cells.money_in_words import MONEY_MARKS, amounts_in
from xl_perf.core.cells.values import EXACT, is_blank, plain, to_amount
from xl_perf.core.forms.amounts_beside import IS_CHECK
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.unplaced import left_in
from xl_perf.core.model.department import MoneyText
from xl_perf.core.model.project import Project

_IS_UNIT = re.compile(r"[(（]?(?:金额|货币|计量|资金)*单位[:：为]?(?:人民币)?\d+万?元[)）]?").fullmatch
"""单位：1000元 is a unit, and no amount."""


def money_outside(
    grid: Grid,
    projects: Sequence[Project],
    own_amounts: Callable[[], Collection[Decimal]],
    year: int | None = None,
    kinds: Kinds = KINDS,
) -> Iterator[MoneyText]:
    """The texts outside the forms of a sheet that state an amount which is none of the forms' own.

    ``projects`` are those of the sheet, ``year`` the budget year where it is known. The forms' ``own_amounts`` in 万元
    are asked for only where there is such a text.
    """
    own = {typed for project in projects for typed in _texts_of(project)}
    whole = "".join([typed for cells in grid.rows for typed in cells if isinstance(typed, str) and typed not in own])
    if not any(mark in whole for mark in MONEY_MARKS):
        return
    stated = {
        (row, column): (typed, amounts)
        for row, cells in enumerate(grid.rows)
        for column, typed in enumerate(cells)
        if isinstance(typed, str) and typed not in own and (amounts := amounts_in(typed, year))
        if not IS_CHECK(typed) and not _IS_UNIT(folded(typed))
    }
    if not stated:
        return
    forms = [_Form(project) for project in projects]
    of_forms = own_amounts()
    for left in left_in(grid, projects, kinds=kinds):
        strange = {column for column, _ in left.cells}
        for column in sorted(strange):
            if (left.row, column) not in stated:
                continue
            typed, amounts = stated[left.row, column]
            others = [amount for amount in amounts if amount not in of_forms]
            # 其中办公费 60 万元、差旅费 40 万元: parts that add up to an amount are no other money.
            if not others or (len(others) > 1 and reduce(EXACT.add, others) in of_forms):
                continue
            if not any(
                form.names(left.row, column) or form.says(typed, left.row, column, strange, grid.rows[left.row])
                for form in forms
            ):
                is_hidden = grid.hidden or _are_among(left.row, grid.hidden_rows)
                is_hidden = is_hidden or _are_among(column, grid.hidden_columns)
                said = "、".join(f"{plain(amount)} 万元" for amount in others)
                yield MoneyText(typed, said, grid.sheet, left.row, column, is_hidden)


def _texts_of(project: Project) -> Iterator[Scalar]:
    """What its own cells hold."""
    yield from (entry.typed for entry in (*project.values, *project.goals))
    yield from (entry.typed for indicator in project.indicators for entry in indicator)


class _Form:
    """The cells of one form."""

    def __init__(self, project: Project) -> None:
        self.top, self.left, bottom, self.right = project.area
        entries = [entry for _, entry in project.entries() if entry.status is not Status.ABSENT]
        self.bottom = max((entry.row for entry in entries), default=bottom)
        said = (*project.beside, *project.unlabelled, *project.whole)
        self.named = {(entry.row, entry.column) for _, entry in said}
        self.of_amounts = {project.values[at].row for _, at in project.kind.amount_places}

    def names(self, row: int, column: int) -> bool:
        """An amount beside its own that others speak of."""
        return (row, column) in self.named

    def says(self, typed: str, row: int, column: int, strange: Collection[int], cells: Sequence[Scalar]) -> bool:
        """It stands between the form's own cells: a target of other years, behind a label that nobody reads.

        A text alone in its row does not, and a sentence in the row of an amount.
        """
        if not (self.top <= row <= self.bottom and self.left <= column <= self.right):
            return False
        if row in self.of_amounts:
            return to_amount(typed) is not None
        own = cells[self.left : self.right + 1]
        return any(at not in strange and not is_blank(one) for at, one in enumerate(own, self.left))


def _are_among(number: int, lines: Lines) -> bool:
    return any(first <= number <= last for first, last in lines)

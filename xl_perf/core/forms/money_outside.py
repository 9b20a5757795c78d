"""Money that somebody wrote beside or below a form: 另：追加动物防疫补贴 500 万元, 资金总额 | 50. It is in no total.

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
from xl_perf.core.forms.finding import forms_on
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.labelled_money import labelled_outside
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
    """What stands outside the forms of a sheet and states an amount which is none of the forms' own.

    ``projects`` are those of the sheet, ``year`` the budget year where it is known. The forms' ``own_amounts`` in 万元
    are asked for only where there is such a text.
    """
    found, cells = forms_on(grid, kinds)
    told: set[tuple[int, int]] = set()
    for key, text, amount in labelled_outside(grid, found, cells, projects, year) if found.money else ():
        if amount.value is None or not _is_said_again(amount.value, key, projects, own_amounts):
            told.add((amount.row, amount.column))
            said = amount.text if amount.value is None else f"{plain(amount.value)} 万元"
            yield MoneyText(
                text, said, grid.sheet, amount.row, amount.column, _is_hidden(grid, amount.row, amount.column)
            )
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
            if (left.row, column) not in stated or (left.row, column) in told:
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
                said = "、".join(f"{plain(amount)} 万元" for amount in others)
                yield MoneyText(typed, said, grid.sheet, left.row, column, _is_hidden(grid, left.row, column))


def _is_said_again(
    amount: Decimal, key: str, projects: Sequence[Project], own_amounts: Callable[[], Collection[Decimal]]
) -> bool:
    """A form has it behind the same label, or some add up to it; as large as another of its amounts is no reason."""
    if any(project.value(key).value == amount for project in projects):
        return True
    has_label = any(key in project.kind.place for project in projects)
    is_other = any(one.value == amount for project in projects for _, one in project.amounts)
    return not (has_label and is_other) and amount in own_amounts()


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


def _is_hidden(grid: Grid, row: int, column: int) -> bool:
    return grid.hidden or _are_among(row, grid.hidden_rows) or _are_among(column, grid.hidden_columns)


def _are_among(number: int, lines: Lines) -> bool:
    return any(first <= number <= last for first, last in lines)

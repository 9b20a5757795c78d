"""Rows of a list that name a unit over its projects, with what these add up to: 一 | 局本级 | 85.5.

Such a row is no project: its money would count twice. It says nothing of goals and indicators. It is known by a number
or a name that projects do not have, or by an amount that is the sum of the projects below it. A row that is numbered as
projects are, or has the amount of the only one below it, may be either: nobody can know.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import EXACT, is_blank, text_of, to_amount

_OF_PROJECTS: Final = ("level1", "level2", "level3", "description", "target", "goals_part")
_BUDGET: Final = "budget"
_ORDINAL: Final = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}(?:[)）]?[、.．]?\Z|[)）、.．])").match
_SERIAL: Final = re.compile(r"[\d.]+").fullmatch
_OWN_UNIT: Final = re.compile(r".{0,20}本级").fullmatch
_FEWEST: Final = 2
"""Projects whose sum tells by itself that a row is no further project."""


MAY_BE_SUM: Final = "没有目标和指标，像是下面各项目的小计"
"""Of the amounts of a row that may be a unit's."""


class UnitRow(NamedTuple):
    """The row of a unit, what it is called, and the rows of its projects; it may be a project where it is not sure."""

    row: int
    name: str
    projects: tuple[int, ...]
    is_sure: bool


class ListRow(NamedTuple):
    """What one row of a list says."""

    row: int
    first: str
    """The text of its first cell."""
    name: str
    amount: Decimal | None
    is_project: bool
    """It says something of goals or indicators."""

    @property
    def is_numbered(self) -> bool:
        """It has a number as projects have one."""
        return _SERIAL(self.first) is not None


def unit_rows(
    rows: Sequence[int], columns: Mapping[str, range], line: Sequence[Scalar], width: int
) -> tuple[UnitRow, ...]:
    """Those among the rows of a list, and those that may be; ``line`` are the cells of its sheet of so many columns."""
    read = [read_row(row, line[row * width : (row + 1) * width], columns) for row in rows]
    own = [at for at, one in enumerate(read) if not one.is_project and one.amount is not None and one.name]
    named = [at for at in own if _is_named_so(read, at)]
    found = []
    for at in own:
        ends = named if at in named else own
        end = min((one for one in ends if one > at), default=len(read))
        amounts = list(_amounts(read[at + 1 : end]))
        is_sum = bool(amounts) and reduce(EXACT.add, amounts, Decimal(0)) == read[at].amount
        is_numbered = read[at].is_numbered
        is_sure = at in named or (is_sum and len(amounts) >= _FEWEST and not is_numbered)
        if amounts and (is_sure or is_sum or _is_own_unit(read[at])):
            rows_below = tuple(one.row for one in read[at + 1 : end])
            found.append(UnitRow(read[at].row, bare(read[at].name).text, rows_below, is_sure))
    return tuple(found)


def _amounts(rows: Sequence[ListRow]) -> Iterator[Decimal]:
    """Of each project its amount, once where its rows are filled down."""
    before: ListRow | None = None
    for one in rows:
        if one.amount is None or not one.name:
            continue
        if before is None or (one.name, one.amount) != (before.name, before.amount):
            yield one.amount
        before = one


def read_row(row: int, cells: Sequence[Scalar], columns: Mapping[str, range]) -> ListRow:
    """Its cells, and the columns of the list by the keys of its fields."""
    first = next((text_of(typed).strip() for typed in cells if not is_blank(typed)), "")
    texts = [*_texts(cells, columns, "name"), *_texts(cells, columns, "unit_name")]
    if not texts and _SERIAL(first) is None and to_amount(first) is None:
        texts = [first]
    amounts = (to_amount(cells[at]) for at in columns.get(_BUDGET, ()) if at < len(cells))
    amount = next((one.value for one in amounts if one is not None), None)
    is_project = any(_texts(cells, columns, key) for key in _OF_PROJECTS)
    return ListRow(row, first, texts[0] if texts else "", amount, is_project)


def _is_named_so(read: Sequence[ListRow], at: int) -> bool:
    """It is called 局本级, or has a number 一 over projects that are numbered otherwise; none with a number 1 is."""
    one = read[at]
    if one.is_numbered:
        return False
    if _is_own_unit(one):
        return True
    below = next((other for other in read[at + 1 :] if other.name and other.amount is not None), None)
    return _ORDINAL(one.first) is not None and below is not None and _ORDINAL(below.first) is None


def _is_own_unit(one: ListRow) -> bool:
    return _OWN_UNIT(bare(one.name).text) is not None


def _texts(cells: Sequence[Scalar], columns: Mapping[str, range], key: str) -> list[str]:
    return [text_of(cells[at]).strip() for at in columns.get(key, ()) if at < len(cells) and not is_blank(cells[at])]

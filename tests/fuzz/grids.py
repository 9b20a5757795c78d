"""Sheets with random changes: their totals are what the changed cells say, or the result says what is wrong.

A change is drawn from a `random.Random`; whoever makes that of Hypothesis gets the smallest case that fails.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from tests import builders
from xl_perf.core.cells.grid import Area, Book, ErrorValue, Grid, NoValue, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import MONEY, totals_of_department
from xl_perf.core.forms.kind import Shape
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting
from xl_perf.saved.workbook import read_book

FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
WORDS: Final = ("", "备注", "一级指标", "项目名称", "合计", "3月底", "abc", "见附件", "资金", "单位", "10", "目标1")
UNITS: Final = ("单位：元", "单位：万元", "金额单位：千元", "（元）", "单位:亿元", "计量单位：公里")
NOTHING: Final = (None, "", " ", "————", "-", "/", "无", "待定", "约120万", "见附件", "#REF!", "12.3.4", "1e400")


@dataclass
class Amount:
    """A cell that holds an amount; ``factor`` makes 万元 of what stands in it."""

    name: str
    row: int
    column: int
    value: Decimal
    factor: Decimal


@dataclass
class Sheet:
    """A sheet under change; ``must_say``: an amount went, and the result has to name that."""

    rows: list[list[Scalar]]
    merges: list[Area]
    amounts: list[Amount]
    fixed: Decimal = Decimal(0)
    """What amounts that stand there twice come to: they are not changed any more."""
    must_say: bool = False
    hidden: bool = False
    done: list[str] = field(default_factory=list)
    """What was changed, for whoever looks at a failure."""


class Said:
    """What a result says: totals by `MONEY`, the codes that speak of money or of reading, what is missing."""

    def __init__(self, department: Department) -> None:
        self.totals = totals_of_department(department)
        findings = check(department, fitting(department))
        self.codes = Counter(
            f"B307 {one.message}" if one.code == "B307" else one.code for one in findings if one.code[0] in "SBTK"
        )
        self.codes["incomplete"] = len(self.totals.incomplete)
        self.codes["undivided"] = bool(self.totals.undivided)
        self.codes["unread"] = len(department.unread)
        self.codes["tables"] = len(department.tables)

    def lacks(self, sheet: str) -> bool:
        """The totals say that something of this sheet is missing."""
        return any(one.sheet == sheet for one in self.totals.incomplete)

    def more_than(self, base: "Said") -> list[str]:
        """What is said here and is not said of the base."""
        return sorted((self.codes - base.codes).elements())


@cache
def bases() -> tuple[Book, ...]:
    """The forms of tests/builders.py, and of many offices."""
    own = [
        Book("甲", [Grid("首页", builders.cover()), Grid("01", builders.form()), Grid("02", builders.form(name="乙"))]),
        Book("乙", [Grid("01", builders.form(other=20.5, budget=120.5, fiscal=100))]),
        Book("丙", [Grid("01", builders.national_form())]),
    ]
    files = sorted([*(FIXTURES / "layouts").glob("*.xlsx"), *(FIXTURES / "forms").glob("*.xls*")])
    return tuple(own + [book for book in map(read_book, files) if _amounts(read_department(book))])


def _amounts(department: Department) -> list[tuple[str, Amount]]:
    """Sheet and cell of each amount that is understood and stands alone in its cell as a number."""
    return [
        (entry.sheet, Amount(name, entry.row, entry.column, entry.value, entry.value / Decimal(repr(entry.typed))))
        for project in department.projects
        for name, entry in project.amounts
        if entry.value and isinstance(entry.typed, float) and entry.typed
    ]


# --- changes -------------------------------------------------------------------------------------------------------


def _cell(sheet: Sheet, row: int, column: int, value: Scalar) -> None:
    cells = sheet.rows[row]
    cells += [None] * (column + 1 - len(cells))
    cells[column] = value


def _new_number(sheet: Sheet, chance: Random) -> str:
    one = chance.choice(sheet.amounts)
    number = chance.choice([chance.randint(1, 999), round(chance.uniform(0.01, 5000), chance.randint(0, 4))])
    one.value = Decimal(repr(number)) * one.factor
    typed: Scalar = float(number)
    how = chance.randint(0, 3)
    if how == 1:
        typed = f" {number:,} "
    elif how == 2:
        typed, one.value = f"{number}万元", Decimal(repr(number))
    elif how == 3:
        typed, one.value = f"{number}元", Decimal(repr(number)) / 10_000
    _cell(sheet, one.row, one.column, typed)
    return f"amount {one.name} at {one.row},{one.column} = {typed!r}"


def _no_number(sheet: Sheet, chance: Random) -> str:
    one = chance.choice(sheet.amounts)
    others: Sequence[Scalar] = (*NOTHING, ErrorValue("#REF!"), NoValue("=A1"), True, datetime.date(2024, 3, 5))
    typed = chance.choice(others)
    _cell(sheet, one.row, one.column, typed)
    sheet.amounts.remove(one)
    sheet.must_say = True
    return f"amount {one.name} at {one.row},{one.column} = {typed!r}"


def _states_unit(typed: Scalar) -> bool:
    """Without that cell the form itself says another unit: its kind's own."""
    return isinstance(typed, str) and "元" in typed


def _other_text(sheet: Sheet, chance: Random) -> str:
    texts = [
        (r, c)
        for r, cells in enumerate(sheet.rows)
        for c, typed in enumerate(cells)
        if isinstance(typed, str) and not _states_unit(typed)
    ]
    near = {amount.row + by for amount in sheet.amounts for by in (-1, 0)}
    row, column = chance.choice([place for place in texts if place[0] in near] or texts)
    old, new = sheet.rows[row][column], chance.choice(WORDS)
    _cell(sheet, row, column, new)
    return f"text {old!r} at {row},{column} = {new!r}"


def _stray(sheet: Sheet, chance: Random) -> str:
    """Something in a cell that was blank: a unit, a number, a word."""
    top = max(amount.row for amount in sheet.amounts) + 2
    row, column = chance.randrange(min(top, len(sheet.rows))), chance.randrange(10)
    if column < len(sheet.rows[row]) and sheet.rows[row][column] not in (None, ""):
        return "nothing"
    anything: Sequence[Scalar] = (*UNITS, *WORDS, 12.5, 2024.0, "万元", "元")
    new = chance.choice(anything)
    _cell(sheet, row, column, new)
    return f"blank at {row},{column} = {new!r}"


def _insert_row(sheet: Sheet, chance: Random) -> str:
    at, many = chance.randrange(len(sheet.rows)), chance.choice([1, 1, 2, 40])
    sheet.rows[at:at] = [[] for _ in range(many)]
    _shift(sheet, at, many, rows=True)
    return f"{many} rows before {at}"


def _insert_column(sheet: Sheet, chance: Random) -> str:
    at, many = chance.randrange(8), chance.choice([1, 1, 3])
    sheet.rows = [[*cells[:at], *[None] * many, *cells[at:]] if len(cells) > at else cells for cells in sheet.rows]
    _shift(sheet, at, many, rows=False)
    return f"{many} columns before {at}"


def _shift(sheet: Sheet, at: int, many: int, *, rows: bool) -> None:
    for amount in sheet.amounts:
        if rows:
            amount.row += many * (amount.row >= at)
        else:
            amount.column += many * (amount.column >= at)
    first = 0 if rows else 1
    sheet.merges = [
        tuple(place + many * (place >= at and number % 2 == first) for number, place in enumerate(area))  # type: ignore[misc]
        for area in sheet.merges
    ]


def _delete_row(sheet: Sheet, chance: Random) -> str:
    at = chance.choice([chance.randrange(len(sheet.rows)), chance.choice(sheet.amounts).row])
    if any(area[0] != area[2] and area[0] <= at <= area[2] for area in sheet.merges):
        return "nothing"
    if any(map(_states_unit, sheet.rows[at])):
        return "nothing"
    sheet.amounts = [amount for amount in sheet.amounts if amount.row != at]
    del sheet.rows[at]
    sheet.merges = [area for area in sheet.merges if area[0] != at]
    _shift(sheet, at, -1, rows=True)
    return f"row {at} deleted"


def _repeat_row(sheet: Sheet, chance: Random) -> str:
    at = chance.choice([chance.randrange(len(sheet.rows)), chance.choice(sheet.amounts).row])
    sheet.fixed += sum(amount.value for amount in sheet.amounts if amount.row == at)
    sheet.amounts = [amount for amount in sheet.amounts if amount.row != at]
    sheet.rows.insert(at, list(sheet.rows[at]))
    _shift(sheet, at + 1, 1, rows=True)
    return f"row {at} repeated"


def _merge(sheet: Sheet, chance: Random) -> str:
    row, column = chance.randrange(len(sheet.rows)), chance.randrange(7)
    area = (row, column, row + chance.randrange(3), column + chance.randrange(3))
    if any(not (a[2] < area[0] or area[2] < a[0] or a[3] < area[1] or area[3] < a[1]) for a in sheet.merges):
        return "nothing"
    if any(area[0] <= one.row <= area[2] and area[1] <= one.column <= area[3] for one in sheet.amounts):
        return "nothing"  # what a merge hides has tests of its own
    sheet.merges.append(area)
    return f"merged {area}"


def _unmerge(sheet: Sheet, chance: Random) -> str:
    sheet.merges = []
    return "no merges"


def _hide(sheet: Sheet, chance: Random) -> str:
    sheet.hidden = True
    return "hidden"


Change = Callable[[Sheet, Random], str]
OF_LISTS: Final[Sequence[Change]] = (_new_number, _no_number, _insert_row, _insert_column, _unmerge, _hide)
"""In a list another name in a row is another project, and a row more or less is so much more or less money."""
OF_FORMS: Final[Sequence[Change]] = (*OF_LISTS, _other_text, _stray, _delete_row, _repeat_row, _merge)


# --- what must hold ------------------------------------------------------------------------------------------------


def judged(chance: Random) -> str | None:
    """Changes a sheet of a workbook and reads it. None if all is well, else what was done and what is wrong."""
    book = bases()[chance.randrange(len(bases()))]
    department = read_department(book)
    base = Said(department)
    amounts = _amounts(department)
    changed = chance.choice(sorted({sheet for sheet, _ in amounts}))
    at = next(number for number, grid in enumerate(book.grids) if grid.sheet == changed)
    grid = book.grids[at]
    own = [amount for sheet, amount in amounts if sheet == changed]
    sheet = Sheet([list(cells) for cells in grid.rows], list(grid.merges), own)
    before = sum(amount.value for amount in own)
    is_list = any(one.kind.shape is Shape.LIST for one in department.projects)
    changes = OF_LISTS if is_list else OF_FORMS
    for _ in range(chance.choice([1, 1, 2, 3])):
        if sheet.amounts:
            sheet.done.append(chance.choice(changes)(sheet, chance))
    formats = grid.formats if all("row" not in one and "column" not in one for one in sheet.done) else {}
    new = grid._replace(rows=sheet.rows, merges=sheet.merges, hidden=sheet.hidden, formats=formats, has_no_errors=False)
    grids = [*book.grids[:at], new, *book.grids[at + 1 :]]
    said = Said(read_department(Book(book.path, grids, names=book.names)))
    more = said.more_than(base)
    if (more or said.lacks(changed)) and said.codes["K000"] == 0:
        return None
    after = sheet.fixed + sum(amount.value for amount in sheet.amounts)
    difference = sum(said.totals.figures[key] - base.totals.figures[key] for key in MONEY)
    if said.codes["K000"] == 0 and not sheet.must_say and difference == after - before:
        return None
    if sheet.must_say and difference == 0:
        return None  # it stands in a further cell: in other rows of a list, in a merge that was filled
    what = f"{Path(book.path).name} {changed}: {'; '.join(sheet.done)}"
    return f"{what}\n  amounts {before} -> {after}, totals by {difference}; must say {sheet.must_say}; says {more}"

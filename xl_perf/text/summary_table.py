"""项目预算汇总表 as a Word table: a row per project, amounts below each other by their decimal points."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce
from itertools import chain
from typing import Final

from xl_perf.core.figures.totals import EXACT, MONEY, ZERO, Totals, planned_amount
from xl_perf.core.forms.kind import Field
from xl_perf.core.model.project import Project
from xl_perf.core.workbook.sheets import SUMMARY_FIELDS, TOTAL_LABEL
from xl_perf.sheets.cells import text_or_doubt
from xl_perf.text.figures import (
    SMALLEST,
    STEP,
    Type,
    decimals_of,
    narrowed,
    needed_width,
    width_of,
    with_decimals,
)
from xl_perf.text.typography import BY_ID, CELL, LABEL, SMALL, TEXT_WIDTH
from xl_perf.text.word_table import Cell, Table, word_table

_NUMBER_WIDTH, _AMOUNT_WIDTH = 26.0, 48.0
_FEWEST_NAME: Final = 80.0
_NARROWEST: Final = 55
"""Per cent of their usual width in which figures can still be read."""
_ROOM: Final = TEXT_WIDTH - _NUMBER_WIDTH - _FEWEST_NAME
"""Points that all the amounts of a row may take together."""
_NAME: Final = next(field.label for field in SUMMARY_FIELDS if field.key == "name")

_Amount = Decimal | str | None
"""What stands for an amount: the amount in 万元, else what was typed, None for nothing."""


def summary_table(projects: Sequence[Project], totals: Totals) -> Table:
    """One row per project in 万元, the header repeated on every page, 合计 last.

    The money of all projects has as many decimals as one of the amounts needs, two at least; a month's column has more
    where one of its own needs them. The months are those that projects plan for.
    """
    months = totals.months(())
    labels = [
        *(field.label for field in SUMMARY_FIELDS if field.key in MONEY),
        *(f"{month}月底" for month in months),
    ]
    amounts: list[list[_Amount]] = [
        [*(_amount_of(one, key) for key in MONEY), *(planned_amount(one, month) for month in months)]
        for one in projects
    ]
    amounts.append([*totals.amounts.values(), *(totals.planned_at(month) for month in months)])
    columns = _printed([list(column) for column in zip(*amounts, strict=True)])
    size = _size(columns)
    widths = _widths(columns, size)
    figures = zip(*(_cells(column, size, width) for column, width in zip(columns, widths, strict=True)), strict=True)

    plan = [Cell(len(months), "累计支出计划", LABEL)] if months else []
    head = [Cell(1, label, LABEL, "restart") for label in ("序号", _NAME, *labels[:3])]
    below = [Cell(1, "", LABEL, "continue")] * len(head) + [Cell(1, label, LABEL) for label in labels[3:]]
    rows = [[*head, *plan], below] if months else [[cell._replace(merge="") for cell in head]]
    header = len(rows)
    for number, (project, cells) in enumerate(zip(projects, figures, strict=False), 1):
        name = Cell(1, project.name.text or project.heading.text, CELL)
        rows.append([Cell(1, str(number), SMALL), name, *cells])
    rows.append([Cell(2, TOTAL_LABEL, LABEL), *next(figures)])
    return word_table((_NUMBER_WIDTH, TEXT_WIDTH - _NUMBER_WIDTH - sum(widths), *widths), rows, header)


def _amount_of(project: Project, key: str) -> _Amount:
    """An amount in 万元; what is no amount as it was typed."""
    entries = [project.value(one.key) for one in _fields_of(project, key)]
    known = [entry.value for entry in entries if entry.value is not None]
    if known:
        return reduce(EXACT.add, known, ZERO)
    return next((text_or_doubt(entry) for entry in entries if entry.text), None)


def _fields_of(project: Project, key: str) -> list[Field]:
    kind = project.kind
    if key == "other":
        return [kind.fields[at] for at in kind.other_places]
    if key == "fiscal":
        return [kind.fields[at] for at in kind.fiscal_places]
    return [kind.field(key)] if key in kind.place else []


def _printed(columns: Sequence[Sequence[_Amount]]) -> list[list[str]]:
    """The amounts as texts, column by column."""
    known = [[one for one in column if isinstance(one, Decimal)] for column in columns]
    of_money = decimals_of(chain.from_iterable(known[: len(MONEY)]))
    decimals = [max(of_money, decimals_of(column)) for column in known]
    return [
        [with_decimals(one, number) if isinstance(one, Decimal) else one or "" for one in column]
        for column, number in zip(columns, decimals, strict=True)
    ]


# --- how wide, how large -------------------------------------------------------------------------------------------


def _size(columns: Sequence[Sequence[str]]) -> float:
    """The size of type in which all amounts stand beside each other, the same for all of them.

    Characters are set narrower before they are set smaller: that can be read down to half of their width.
    """
    size = BY_ID[SMALL].size
    while size > SMALLEST and sum(needed_width(column, size) for column in columns) * _NARROWEST > _ROOM * 100:
        size -= STEP
    return size


def _widths(columns: Sequence[Sequence[str]], size: float) -> list[float]:
    """The widths of all columns: alike, where there is room for it."""
    needed = [needed_width(column, size) for column in columns]
    if sum(needed) > _ROOM:
        return [one * _ROOM / sum(needed) for one in needed]
    wanted = [max(_AMOUNT_WIDTH - one, 0) for one in needed]
    share = min((_ROOM - sum(needed)) / sum(wanted), 1) if any(wanted) else 0
    return [one + share * more for one, more in zip(needed, wanted, strict=True)]


def _cells(column: Sequence[str], size: float, width: float) -> Iterator[Cell]:
    """The amounts of a column, all set alike."""
    scale = narrowed(column, size, width)
    widest = max(width_of(text, size) for text in column) * scale / 100
    for text in column:
        yield Cell(1, text, SMALL, type=Type(size, scale), widest=widest)

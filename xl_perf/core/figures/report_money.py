"""The money of a monitoring or self-evaluation table: what its sources add up to, and what of it nobody could read."""

from collections.abc import Iterator
from decimal import Decimal
from functools import reduce
from itertools import groupby
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.grid import a1
from xl_perf.core.cells.values import EXACT
from xl_perf.core.model.progress import UNKNOWN, FundLine, Report

_MOST: Final = 3
"""Amounts under one label that are named."""
_LEAST: Final = 2
"""Parts that make a row above them their sum; one part alone may be another source of the same amount."""


class UnreadMoney(NamedTuple):
    """Amounts under one label that belong to no known row and column; the first one has the finding."""

    label: str
    amounts: tuple[Entry[Decimal], ...]

    @property
    def said(self) -> str:
        """“审定数”的 78（J7）、78（J8）."""
        name = "".join(self.label.split()).rstrip("：:")
        amounts = "、".join(f"{one.text}（{a1(one.row, one.column)}）" for one in self.amounts[:_MOST])
        more = f"等 {len(self.amounts)} 个数" if len(self.amounts) > _MOST else ""
        return f"{f'“{name}”的' if name else '没有标签的'} {amounts}{more}"


def sum_of(table: Report, column: str) -> Decimal | None:
    """What the sources add up to in a column, in 万元; None where nothing, or something unreadable, stands there.

    A source whose parts stand below it (财政资金, of it 一般公共预算 and 政府性基金) counts once, where that makes
    the whole.
    """
    entries: list[Entry[Decimal]] = [getattr(line, column) for line in table.sources]
    values = [entry.value for entry in entries if entry.value is not None]
    if not values or any(entry.status in UNKNOWN for entry in entries):
        return None
    plain = _sum(values)
    whole: Decimal | None = getattr(table.whole, column).value
    if plain != whole and whole is not None:
        nested = _sum([value for line in _without_parts(table, column) if (value := getattr(line, column).value)])
        return nested if nested == whole else plain
    return plain


def amount_of(table: Report, key: str, column: str) -> Decimal | None:
    """What all rows of one source come to in a column; None where that is not known."""
    if key == "budget":
        amount: Decimal | None = getattr(table.whole, column).value
        return amount
    rows = [line for line in table.sources if line.key == key]
    if sum_of(table, column) != _plain_sum(table, column):
        rows = [line for line in _without_parts(table, column) if line.key == key]
    entries: list[Entry[Decimal]] = [getattr(line, column) for line in rows]
    values = [entry.value for entry in entries if entry.value is not None]
    return _sum(values) if values and not any(entry.status in UNKNOWN for entry in entries) else None


def unread_money(table: Report) -> Iterator[UnreadMoney]:
    """What stands in the place of the money and was not read.

    A source of another name is read where all sources make the whole.
    """
    read = {
        (entry.row, entry.column)
        for line in table.sources
        if not line.key
        for column in ("initial_budget", "adjusted_budget", "outturn", "expected_outturn")
        if (entry := getattr(line, column)).value is not None
        and sum_of(table, column) == getattr(table.whole, column).value
    }
    left = [(label, amount) for label, amount in table.unread if (amount.row, amount.column) not in read]
    by_label: dict[str, list[Entry[Decimal]]] = {}
    for label, amount in left:
        by_label.setdefault(label, []).append(amount)
    yield from (UnreadMoney(label, tuple(amounts)) for label, amounts in by_label.items())


def unknown_sources(table: Report) -> Iterator[str]:
    """Amounts of single sources of which nobody can say how much they are: they change no total."""
    for line in table.sources:
        for column, name in (("initial_budget", "预算数"), ("adjusted_budget", "预算数"), ("outturn", "执行数")):
            entry: Entry[Decimal] = getattr(line, column)
            if entry.status in UNKNOWN:
                why = "单位不能确定" if entry.status is Status.CONTRADICTED else "读不出"
                yield f"{''.join(line.label.text.split()).rstrip('：:')}的{name}{why}（{entry.cell}）"


def _without_parts(table: Report, column: str) -> list[FundLine]:
    """The sources, without those below one of the same key that add up to it."""
    kept: list[FundLine] = []
    for _, group in groupby(table.sources, key=lambda line: line.key):
        first, *rest = group
        values = [value for line in rest if (value := getattr(line, column).value) is not None]
        is_sum = len(rest) >= _LEAST or (len(rest) == 1 and "其中" in rest[0].label.text)
        is_parts = bool(first.key) and is_sum and bool(values) and _sum(values) == getattr(first, column).value
        kept += [first] if is_parts else [first, *rest]
    return kept


def _plain_sum(table: Report, column: str) -> Decimal | None:
    values = [value for line in table.sources if (value := getattr(line, column).value) is not None]
    return _sum(values) if values else None


def _sum(values: list[Decimal]) -> Decimal:
    return reduce(EXACT.add, values, Decimal(0))

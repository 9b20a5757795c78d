"""Amounts whose field has another label already: 一般公共预算 below 财政拨款, another 年度资金总额.

Where the sources add up to the budget, such an amount is part of one of them; where they do with it, it is one more of
its source. Else nobody knows, and of two different budgets neither counts.

An office's own form says itself which amounts it has. A further one that somebody put into it is part of a source where
it makes all of that; else it is named, whether it counts with the sources or beside them.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from xl_perf.core.cells.entries import together
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.values import EXACT
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.learned import source_of

Named = tuple[str, Entry[Decimal]]
"""What a label reads, and its amount."""
Second = tuple[Label, Entry[Decimal]]
"""A second label, and its amount."""


def with_seconds(
    kind: FormKind, values: tuple[Entry[Any], ...], found: Sequence[Second]
) -> tuple[tuple[Entry[Any], ...], tuple[Label, ...]]:
    """The values of a form's fields with what stands behind second labels, and those that nobody can place."""
    if not found:
        return values, ()
    own, budget = list(values), kind.money[0].key
    filled = [one for one in found if not one[1].is_empty and one[1].value != 0]
    left = _budgets(own, kind.place[budget], [one for one in filled if one[0].key == budget])
    left += _sources(kind, own, [one for one in filled if one[0].key != budget])
    return tuple(own), tuple(sorted((label for label, _ in left), key=lambda label: label[1:3]))


def put_in(
    kind: FormKind, values: Sequence[Entry[Any]], found: Sequence[tuple[str, Second]]
) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Of the further amounts of sources in an office's own form, with what their labels read, those to name.

    The first are beside sources that add up to the budget without them, the others lack a place in any source.
    """
    filled = [one for one in found if not one[1][1].is_empty and one[1][1].value != 0]
    named = tuple((text, amount) for text, (_, amount) in filled)
    if not named:
        return (), ()
    if _sum(values[at] for at in kind.source_places) != values[kind.place[kind.money[0].key]].value:
        return (), named
    of_source: dict[str, list[Entry[Decimal]]] = {}
    for _, (label, amount) in filled:
        of_source.setdefault(label.key, []).append(amount)
    wholes = {
        key: _sum(one for its, one in zip(kind.fields, values, strict=True) if source_of(its.key) == key)
        for key in of_source
    }
    if all(_sum(amounts) == wholes[key] for key, amounts in of_source.items()):
        return (), ()
    return named, ()


def _budgets(own: list[Entry[Any]], at: int, seconds: list[Second]) -> list[Second]:
    """Takes a second budget where the first is blank; two different ones make neither count."""
    if seconds and own[at].is_empty:
        own[at] = seconds.pop(0)[1]
    if any(amount.value != own[at].value for _, amount in seconds):
        own[at] = own[at]._replace(value=None, status=Status.CONTRADICTED)
    return seconds


def _sources(kind: FormKind, own: list[Entry[Any]], seconds: list[Second]) -> list[Second]:
    """Adds further amounts of sources, or takes them for parts; gives back those that add up in neither way."""
    budget = own[kind.place[kind.money[0].key]].value
    if budget is None or any(amount.value is None for _, amount in seconds):
        return seconds
    known, added = _sum(own[at] for at in kind.source_places), _sum(amount for _, amount in seconds)
    if known == budget:
        keys = {label.key for label, _ in seconds}
        parts = {key: _sum(amount for label, amount in seconds if label.key == key) for key in keys}
        return [] if all(part <= _sum([own[kind.place[key]]]) for key, part in parts.items()) else seconds
    if EXACT.add(known, added) != budget:
        return seconds
    for label, amount in seconds:
        at = kind.place[label.key]
        own[at] = together(own[at], amount)
    return []


def _sum(entries: Iterable[Entry[Decimal]]) -> Decimal:
    return reduce(EXACT.add, [entry.value for entry in entries if entry.value is not None], Decimal(0))

"""Amounts behind labels that an office's own form has, and that its officer chose not to count as sources.

其中项, 不读 and 文字 are no sources because somebody decided so. They are asked about only where the sources lack just
these amounts, so that one of them may be a source after all.
"""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from functools import reduce
from itertools import combinations
from typing import Any, Final

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import EXACT
from xl_perf.core.forms.footers import is_total_row
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.learned import PART_OF, TEXT, lasting
from xl_perf.core.forms.marks import NOT_READ, OF_SOURCE, OTHER_TEXT
from xl_perf.core.forms.reworded import printed_labels

Named = tuple[str, Entry[Decimal]]
"""The nearest text left of an amount (empty for none), and the amount."""
_MOST: Final = 8
"""Amounts of which every combination is tried; no form has more that are no sources."""


def choice_of(kind: FormKind, name: str) -> str:
    """What an officer chose for a label of the office's own form: 其中项, 文字 or 不读; empty where it is a source, or
    the form has no such label.
    """
    own = kind.learned
    if own is None or not name:
        return ""
    seen = lasting(bare(name).text)
    keys = [word.key for word in own.words if lasting(word.label) == seen]
    if not keys:
        printed = {lasting(one) for one in (*own.printed, *own.extra, *printed_labels(kind))}
        return NOT_READ if seen in printed and not is_total_row(name) else ""
    if any(not key.startswith((PART_OF, TEXT)) for key in keys):
        return ""
    return OF_SOURCE if any(key.startswith(PART_OF) for key in keys) else OTHER_TEXT


def without_source(kind: FormKind, values: Sequence[Entry[Any]]) -> set[str]:
    """Keys of parts of sources, but for those of a source that is as large as all of its parts.

    Of a form without sources they are part of its budget.
    """
    if not kind.source_places:
        return set()
    parts = {field.key for field in kind.fields if field.key.startswith(PART_OF)}
    wholes = kind.learned.wholes if kind.learned else ()
    for source in {whole for _, whole in wholes if whole in kind.place}:
        own = [part for part, whole in wholes if whole == source and part in parts]
        if _sum(values[kind.place[part]] for part in own) <= (values[kind.place[source]].value or Decimal(0)):
            parts.difference_update(own)
    return parts


def without_chosen(
    kind: FormKind,
    values: Sequence[Entry[Any]],
    beside: Sequence[Named],
    unlabelled: Sequence[Named],
    parts: Collection[tuple[int, int]],
) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Those that are left beside the form's amounts, and those whose source nobody knows.

    ``parts`` are the cells of what is called a part of an amount: it is read, and stays with neither unless the sources
    lack it.
    """
    lack = _lack(kind, values)
    # Of a form with one source nobody says where the rest comes from: what stands beside is no difference.
    found = (*unlabelled, *(beside if len(kind.source_places) > 1 else ()))
    chosen = [one for one in found if choice_of(kind, one[0]) or _cell(one) in parts]
    others = [one for one in unlabelled if one not in chosen]
    asked = [] if lack is None else _making(lack, chosen, _sum(amount for _, amount in others))
    moved = [one for one in unlabelled if one in chosen and one not in asked]
    left = [one for one in (*beside, *moved) if _cell(one) not in parts and one not in asked]
    return _in_order(left), _in_order([*others, *asked])


def _lack(kind: FormKind, values: Sequence[Entry[Any]]) -> Decimal | None:
    """What the sources lack of the budget; None where that is not known, or the form has no sources."""
    budget = values[kind.place[kind.money[0].key]].value
    return (
        None
        if budget is None or not kind.source_places
        else EXACT.subtract(budget, _sum(values[at] for at in kind.source_places))
    )


def _making(lack: Decimal, chosen: Sequence[Named], others: Decimal) -> list[Named]:
    """Of some amounts the fewest that make up what the sources lack, alone or with the ``others``; empty for none."""
    filled = [one for one in chosen if one[1].value][:_MOST]
    for number in range(1, len(filled) + 1):
        for some in combinations(filled, number):
            made = _sum(amount for _, amount in some)
            if lack in {made, EXACT.add(made, others)}:
                return list(some)
    return []


def _cell(named: Named) -> tuple[int, int]:
    return named[1].row, named[1].column


def _in_order(named: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(sorted(named, key=_cell))


def _sum(entries: Iterable[Entry[Decimal]]) -> Decimal:
    return reduce(EXACT.add, (entry.value for entry in entries if entry.value is not None), Decimal(0))

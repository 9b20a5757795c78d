"""Totals of monitoring and self-evaluation tables whose formulas were stored without results: their parts make them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any, Final

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.values import EXACT
from xl_perf.core.model.progress import UNKNOWN, FundLine

_AMOUNTS: Final = ("initial_budget", "adjusted_budget", "outturn", "expected_outturn")
_BLANK_OF_NOTHING: Final = "IF(COUNT("
"""So begins the sum of our own tables: blank where all parts are."""


def with_sums(lines: Sequence[FundLine]) -> tuple[FundLine, ...]:
    """The lines; amounts of all the money that are formulas without results are the sums of their sources, in 万元.

    They stay without a value where a source is not known, or where one may be part of another.
    """
    sources = [line for line in lines if line.key != "budget"]
    keys = {line.key for line in sources}
    if not sources or "" in keys or len(keys) < len(sources):
        return tuple(lines)
    return tuple(_summed(line, sources) if line.key == "budget" else line for line in lines)


def _summed(whole: FundLine, sources: Sequence[FundLine]) -> FundLine:
    changes: dict[str, Any] = {}
    for column in _AMOUNTS:
        changes[column] = with_sum(getattr(whole, column), [getattr(line, column) for line in sources])
    return whole._replace(**changes)


def with_sum(total: Entry[Decimal], parts: Iterable[Entry[Decimal]]) -> Entry[Decimal]:
    """A total that is a formula without a result, with the sum of its parts; ``typed`` stays the formula.

    The unit of a sum is not known where that of a part is not.
    """
    entries = list(parts)
    if total.status is Status.NO_VALUE and any(entry.status is Status.CONTRADICTED for entry in entries):
        return total._replace(status=Status.CONTRADICTED)
    if total.status is not Status.NO_VALUE or any(entry.status in UNKNOWN for entry in entries):
        return total
    values = [entry.value for entry in entries if entry.value is not None]
    if values:
        return total._replace(value=reduce(EXACT.add, values, Decimal(0)), status=Status.FILLED)
    formula = getattr(total.typed, "formula", "").lstrip("=").replace(" ", "").upper()
    if formula.startswith(_BLANK_OF_NOTHING):
        return total._replace(typed=None, status=Status.BLANK)
    return total

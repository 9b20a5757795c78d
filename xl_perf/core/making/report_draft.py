"""A monitoring or self-evaluation table yet to be written: what is to stand in it, wherever it will stand."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from xl_perf.core.forms.kind import FormKind

Cell = Decimal | str | None
"""An amount in 万元, points or a number as `Decimal`; everything else is a text."""


class DraftFund(NamedTuple):
    """A row of the money; ``values`` by the keys of the kind's columns, ``aside`` what stands right of the table.

    ``key`` is that of the source, of a further row of the same one with its number: fiscal#2.
    """

    key: str
    label: str
    values: Mapping[str, Cell]
    aside: Mapping[str, Cell] = {}


class DraftRow(NamedTuple):
    """A row of indicators: levels, ``level3``, ``target`` and the rest by the keys of the kind's columns."""

    values: Mapping[str, Cell]


class ReportDraft(NamedTuple):
    """A table yet to be written. ``proposed`` are values that somebody has still to confirm: row or fund, and key."""

    kind: FormKind
    fields: Mapping[str, Cell]
    funds: tuple[DraftFund, ...]
    rows: tuple[DraftRow, ...]
    year: int | None = None
    month: int | None = None
    proposed: frozenset[tuple[int | str, str]] = frozenset()


def period(draft: ReportDraft) -> str:
    """The line below the title: （2023年度 1—6月）."""
    year = f"{draft.year}年度" if draft.year else "    年度"
    return f"（{year} 1—{draft.month}月）" if draft.month else f"（{year}）"

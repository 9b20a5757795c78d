"""A kind of form that nobody prints: the project form with one more source of money. It is one more row of data."""

import dataclasses
from typing import Final

from xl_perf.core.forms.kind import Field, FormKind, Money, Value
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.project_targets import PROJECT_TARGETS

CARRIED_OVER: Final = Field(
    "carried_over", "上年结转", "budget_part", Value.AMOUNT, (1, 1), "上年结转", money=Money.SOURCE
)


def with_field(kind: FormKind, field: Field, before: str) -> FormKind:
    """The kind with one more field before another."""
    at = kind.place[before]
    return dataclasses.replace(kind, fields=(*kind.fields[:at], field, *kind.fields[at:]))


TRIAL: Final = with_field(PROJECT_TARGETS, CARRIED_OVER, "purpose")
TRIAL_KINDS: Final[Kinds] = tuple(TRIAL if kind is PROJECT_TARGETS else kind for kind in KINDS)

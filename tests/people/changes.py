"""The ways in which people change workbooks, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from tests.people.books import Draft, Form

Apply = Callable[[Draft, Form], bool]
"""Changes a form or its book; False where the book does not allow it."""
Expectation = Literal["right", "said"]


@dataclass(frozen=True)
class Change:
    """One way in which people change workbooks."""

    name: str
    apply: Apply
    stage: int
    """Changes of a lower stage come first."""
    groups: frozenset[str]
    """A form has at most one change of a group."""
    expects: Expectation
    """Whether the book must still be read rightly, or the trouble must at least be said."""

    @property
    def family(self) -> str:
        return self.name.partition(":")[0]


CHANGES: Final[dict[str, Change]] = {}
WORDING, UNIT, MISSING, DECORATION, ADDED, MERGES, GAPS, SHEETS, COPIES, NOTES = range(10)


def register(name: str, apply: Apply, stage: int, *groups: str, expects: Expectation = "right") -> None:
    CHANGES[name] = Change(name, apply, stage, frozenset(groups), expects)

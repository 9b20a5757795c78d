"""A finding: where, what was found, what was expected, the difference, and how to mend it."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry, PartOfCell, Status
from xl_perf.core.cells.grid import Scalar, a1
from xl_perf.core.cells.values import is_blank, is_placeholder


class Severity(StrEnum):
    """error: must be mended before it goes up; warning: mended or accepted with a reason; hint."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The word that people read."""
        return {"error": "错误", "warning": "警告", "hint": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """Errors before warnings before hints."""
        return ("error", "warning", "hint").index(self.value)


class Edit(NamedTuple):
    """A mend that is certain: the new content of a cell. Described here, applied by whoever holds the book."""

    sheet: str
    row: int
    column: int
    old: Scalar
    new: Scalar


class Acceptance(NamedTuple):
    """Why a warning stands, and who answers for it."""

    reason: str
    by: str


class Accepted(NamedTuple):
    """A row of 校验结果 with a reason and a name; ``sheet`` and ``cell`` are empty for the book as a whole."""

    code: str
    sheet: str
    cell: str
    field: str
    found: str
    message: str
    acceptance: Acceptance

    @property
    def told(self) -> str:
        """What tells whether anything has changed; only what was found where no message stands there."""
        return fingerprint(self.found, self.message) if self.message else self.found


class Finding(NamedTuple):
    """What a rule found. ``row`` and ``column`` count from 0; sheet and cell are None for the book as a whole.

    ``severity`` is None until `checking.check` gives it the rule's own or the profile's.
    ``accepted`` is set by `accepting.accept` for a warning that a person has accepted.
    ``found``, ``expected`` and ``difference`` are texts for people; amounts in 万元, percentages in %.
    """

    code: str
    message: str
    remedy: str
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    field: str | None = None
    found: str | None = None
    expected: str | None = None
    difference: str | None = None
    severity: Severity | None = None
    edit: Edit | None = None
    accepted: Acceptance | None = None

    def graded(self, severity: Severity) -> "Finding":
        """The finding with this severity. Every finding passes here: `_replace` takes three times as long."""
        return Finding._make((*self[:_SEVERITY], severity, *self[_SEVERITY + 1 :]))

    @property
    def cell(self) -> str | None:
        """The cell's name, such as ``C3``; the top-left of a merged area."""
        return None if self.row is None or self.column is None else a1(self.row, self.column)

    @property
    def place(self) -> str:
        """Where, for people: ``01!C3``, the sheet alone, or 整本."""
        if self.sheet is None:
            return "整本"
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


_SEVERITY: Final = Finding._fields.index("severity")
_LONG_QUOTE: Final = re.compile(r"(“[^”]{50})[^”]{10,}”")
_SHORT: Final = 62
"""Shorter messages have no long quote."""


def at(
    entry: Entry[object],
    code: str,
    field: str,
    message: str,
    remedy: str,
    *,
    found: str | None = None,
    expected: str | None = None,
    difference: str | None = None,
    severity: Severity | None = None,
    edit: Edit | None = None,
) -> Finding:
    """A finding on the cell of an entry; what was found is what was typed there, unless said otherwise.

    A long text is quoted in the message by its beginning; ``found`` has the whole. There is no edit of a text that is
    only part of its cell.
    """
    _, status, typed, sheet, row, column = entry
    placed = status is not Status.ABSENT
    return Finding(
        code,
        message if len(message) < _SHORT else _LONG_QUOTE.sub(r"\1……”", message),
        remedy,
        sheet or None,
        row if placed else None,
        column if placed else None,
        field,
        found if found is not None else entry.text or None,
        expected,
        difference,
        severity,
        None if isinstance(typed, PartOfCell) else edit,
    )


_NONE: Final = dict.fromkeys(Severity, 0)


def count(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many of each severity are open; all three keys are there. Accepted warnings are counted apart."""
    counts = _NONE.copy()
    for finding in findings:
        if finding.severity is not None and finding.accepted is None:
            counts[finding.severity] += 1
    return counts


def count_accepted(findings: Iterable[Finding]) -> int:
    """How many warnings a person has accepted."""
    return sum([finding.accepted is not None for finding in findings])


def one_line(text: str | None) -> str:
    """White space does not count: a cell's line breaks differ between programs."""
    return " ".join((text or "").split())


def fingerprint(found: str | None, message: str | None) -> str:
    """What tells whether anything has changed: what was found, or the message where that says nothing by itself."""
    return one_line(message if is_blank(found) or is_placeholder(found) else found)

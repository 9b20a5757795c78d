"""What differs between two versions, folders or years, as plain records.

Every record has an old and a new side. Amounts and differences are `Decimal` in 万元; a difference is new minus old.
What has no amount counts as 0 in it, as it does in the totals.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from xl_perf.core.cells.values import plain
from xl_perf.core.figures.totals import EXACT, ZERO, Totals
from xl_perf.core.model.named_files import naming


class Nature(StrEnum):
    """How the two sides of a value differ."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    WORDING = "wording"
    """The same content in other characters: full-width digits, line breaks, 100万元 for 100."""
    NO_FIELD = "no_field"
    """The form of one side has no such field or column."""


class ProjectChange(StrEnum):
    """What became of a project; ``moved`` is to another department."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    CHANGED = "changed"


class MatchedBy(StrEnum):
    """By what a project of one side was found on the other."""

    CODE = "code"
    NAME = "name"
    CONTENT = "content"


class SideName(StrEnum):
    """Which of the two sides."""

    OLD = "old"
    NEW = "new"


class Value(NamedTuple):
    """One side of a change: what stands there (None for a blank), and where.

    ``text`` is an amount in 万元, a percentage in per cent, or a text as typed. ``item`` names the row of a table: an
    indicator, 目标2. ``cell`` is A1 style, None where there is no such cell.
    """

    text: str | None
    path: str = ""
    sheet: str = ""
    cell: str | None = None
    item: str = ""


class Change(NamedTuple):
    """A value that differs. ``field`` is a key such as ``budget``, ``plan:6``, ``indicator.target``.

    ``label`` is what people call it. A side is None where that side has no such row at all. ``difference`` is in 万元,
    None for what is no amount; ``note`` says in Chinese what is to be known of it.
    """

    field: str
    label: str
    nature: Nature
    old: Value | None
    new: Value | None
    difference: Decimal | None = None
    note: str = ""

    @property
    def item(self) -> str:
        """The row of a table, as the new side calls it."""
        return (self.new or self.old or _NOWHERE).item


_NOWHERE: Final = Value(None)


def signed(amount: Decimal) -> str:
    """A difference for people: ``+12.5``, ``-3``, ``0``."""
    return f"{'+' if amount > 0 else ''}{plain(amount)}"


class Pair(NamedTuple):
    """An amount of both sides in 万元, as it enters the totals."""

    old: Decimal = ZERO
    new: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        """New minus old."""
        return EXACT.subtract(self.new, self.old)


def pairs_of(old: Totals, new: Totals) -> dict[str, Pair]:
    """Every amount of two totals by its key: budget, fiscal, other, ``planned:6`` …, months in calendar order."""
    of_old, of_new = old.figures, new.figures
    months = sorted({month for month, _ in (*old.planned, *new.planned)})
    keys = (*old.amounts, *(f"planned:{month}" for month in months))
    return {key: Pair(of_old.get(key, ZERO), of_new.get(key, ZERO)) for key in keys}


class ProjectPlace(NamedTuple):
    """A project on one side: where it stands and what it is called there."""

    path: str
    department: str | None
    sheet: str
    cell: str | None
    code: str | None
    name: str | None
    title: str
    form: str


@dataclass(frozen=True)
class ProjectDifference:
    """A project that differs. A side is None where it has no such project.

    ``amounts`` are all of its amounts as they enter the totals, changed or not. A table that is no project
    (部门整体绩效目标表) has amounts that enter no total.
    """

    change: ProjectChange
    old: ProjectPlace | None
    new: ProjectPlace | None
    amounts: Mapping[str, Pair]
    changes: tuple[Change, ...] = ()
    matched_by: MatchedBy | None = None

    @property
    def place(self) -> ProjectPlace:
        """Where it stands: on the new side, else on the old one."""
        place = self.new or self.old
        assert place is not None
        return place

    @property
    def title(self) -> str:
        """What to call it, with both names where they differ."""
        if self.old is None or self.new is None or self.old.title == self.new.title:
            return self.place.title
        return f"{self.old.title} → {self.new.title}"


class BookPlace(NamedTuple):
    """A workbook of one side."""

    path: str
    department: str | None
    year: int | None
    sha256: str
    projects: int
    forms: tuple[str, ...]
    """The titles of the kinds of its forms."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class DepartmentDifference:
    """A department: its books on both sides, and what differs in them. One side may have none.

    ``changes`` are those of 首页 and 整体绩效目标; ``own`` those of its 部门整体绩效目标表, ``reports`` those of its
    monitoring, self-evaluations, tasks and supervision: both are in no total.
    """

    old: tuple[BookPlace, ...]
    new: tuple[BookPlace, ...]
    old_totals: Totals
    new_totals: Totals
    changes: tuple[Change, ...] = ()
    projects: tuple[ProjectDifference, ...] = ()
    own: tuple[ProjectDifference, ...] = ()
    reports: tuple[ProjectDifference, ...] = ()
    unchanged: int = 0
    """Projects without a difference."""
    moved_away: int = 0
    """Projects that another department has now, where they are listed."""
    note: str = ""
    """How its books were found to be those of one department, where that is not by its name."""

    @property
    def old_name(self) -> str | None:
        """The department as the old side calls it."""
        return next((book.department for book in self.old if book.department), None)

    @property
    def new_name(self) -> str | None:
        """The department as the new side calls it."""
        return next((book.department for book in self.new if book.department), None)

    @property
    def name(self) -> str:
        """What to call it, with both names where they differ; without a name its first book."""
        old, new = self.old_name, self.new_name
        if old and new and old != new:
            return f"{old} → {new}"
        path = (self.new or self.old)[0].path
        return new or old or naming(path, path)

    @property
    def amounts(self) -> dict[str, Pair]:
        """Its totals on both sides."""
        return pairs_of(self.old_totals, self.new_totals)

    @property
    def is_empty(self) -> bool:
        """Nothing differs."""
        differs = self.changes or self.projects or self.own or self.reports or self.moved_away
        return bool(self.old) and bool(self.new) and not differs

    def every(self) -> Iterator[tuple[ProjectDifference | None, Change]]:
        """Every change, those of no project first."""
        yield from ((None, change) for change in self.changes)
        for project in (*self.own, *self.projects, *self.reports):
            yield from ((project, change) for change in project.changes)


class NotCompared(NamedTuple):
    """What was not read, or is not in the totals, of one side: where, why, and what that does to the difference.

    ``amount`` is in 万元 where it is known; ``bears`` says that the difference of the totals depends on it, or may.
    """

    side: SideName
    path: str
    sheet: str | None
    cell: str | None
    reason: str
    effect: str
    amount: Decimal | None = None
    bears: bool = True

    @property
    def place(self) -> str:
        """Where, for people."""
        inside = f" 的 {self.sheet}" if self.sheet is not None else ""
        return f"{self.path}{inside}{f'!{self.cell}' if self.cell else ''}"


@dataclass(frozen=True)
class Difference:
    """All that differs between two sides; departments that are the same on both are listed too."""

    departments: tuple[DepartmentDifference, ...]
    old_totals: Totals
    new_totals: Totals
    not_compared: tuple[NotCompared, ...] = ()
    notes: tuple[str, ...] = ()
    """What is to be known of the comparison as a whole, in Chinese sentences."""

    def __repr__(self) -> str:
        """A line: how many projects changed, and the difference of the budgets."""
        changed = sum(len(one.projects) for one in self.departments)
        return f"<Difference {changed}个项目有变化 {signed(self.amounts['budget'].difference)}万元>"

    @property
    def amounts(self) -> dict[str, Pair]:
        """The totals of both sides."""
        return pairs_of(self.old_totals, self.new_totals)

    @property
    def is_empty(self) -> bool:
        """Nothing differs in what was compared; what was not compared stands in ``not_compared``."""
        return all(one.is_empty for one in self.departments)

"""What a book is: cells, sheets, forms, and what a person would read off them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

Value = str | float | None
Position = tuple[int, int]
Merge = tuple[int, int, int, int]
"""Top, left, bottom, right."""

UNITS: Final = {
    "元": Decimal(10000),
    "百元": Decimal(100),
    "千元": Decimal(10),
    "万元": Decimal(1),
    "百万元": Decimal("0.01"),
    "亿元": Decimal("0.0001"),
}
"""How many of a unit make one 万元."""
MONEY: Final = ("budget", "fiscal", "other")
MONEY_LABELS: Final = tuple(f"{role}-label" for role in MONEY)
HEADERS: Final = tuple(f"header-{key}" for key in ("level1", "level2", "level3", "description", "value", "basis"))
PARTS: Final = ("part-money", "part-plan", "part-goals")
LABELS: Final = ("code-label", "name-label", *PARTS, *MONEY_LABELS, "month-label", "goal-label", *HEADERS)
NUMBERED: Final = ("code-label", "name-label", *PARTS, *MONEY_LABELS)
"""Labels that still read well with a number before them; ``1.3月底`` does not."""
LEVELS: Final = ("level1", "level2")


@dataclass
class Cell:
    """What a cell holds, how it is shown, and what it is for the form that it belongs to."""

    value: Value
    role: str = ""
    form: int = 0
    shown: str = "General"


@dataclass(eq=False)
class Sheet:
    """Cells and merged areas that can be moved about."""

    name: str
    cells: dict[Position, Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    state: Literal["visible", "hidden", "veryHidden"] = "visible"
    picture: bool = False
    text_box: str = ""

    @property
    def bottom(self) -> int:
        """The last row of a cell or merged area."""
        return max([row for row, _ in self.cells] + [merge[2] for merge in self.merges], default=0)

    @property
    def right(self) -> int:
        """The last column of a cell or merged area."""
        return max([column for _, column in self.cells] + [merge[3] for merge in self.merges], default=0)

    def put(self, row: int, column: int, value: Value, role: str = "", form: int = 0) -> Cell:
        cell = self.cells[row, column] = Cell(value, role, form)
        return cell

    def merge(self, row: int, column: int, across: int = 1, down: int = 1) -> None:
        if across > 1 or down > 1:
            self.merges.append((row, column, row + down - 1, column + across - 1))

    def insert_rows(self, at: int, count: int = 1) -> None:
        """Blank rows before a row; merged areas around them grow."""
        self._renumber(lambda row: row + count if row >= at else row, lambda column: column)

    def insert_columns(self, at: int, count: int = 1) -> None:
        """Blank columns before a column; merged areas around them grow."""
        self._renumber(lambda row: row, lambda column: column + count if column >= at else column)

    def delete_row(self, at: int) -> None:
        self.cells = {place: cell for place, cell in self.cells.items() if place[0] != at}
        self.merges = [merge for merge in self.merges if not merge[0] == merge[2] == at]
        self._renumber(lambda row: row - 1 if row > at else row, lambda column: column)

    def _renumber(self, row: Callable[[int], int], column: Callable[[int], int]) -> None:
        self.cells = {(row(r), column(c)): cell for (r, c), cell in self.cells.items()}
        self.merges = [(row(top), column(left), row(end), column(right)) for top, left, end, right in self.merges]


@dataclass(eq=False)
class Form:
    """A form on a sheet, with what a person reads off it. Amounts are in 万元."""

    number: int
    sheet: Sheet
    name: str | None
    code: str
    budget: Decimal
    fiscal: Decimal
    other: Decimal | None
    rows: Sequence[tuple[str, ...]]
    known: bool = True
    """Whether the amounts can be known at all."""
    touched: set[str] = field(default_factory=set)
    """Groups of changes of which the form has had one."""

    def places(self, *roles: str) -> list[Position]:
        """Where the cells of these roles stand, in reading order."""
        cells = self.sheet.cells.items()
        return sorted(place for place, cell in cells if cell.form == self.number and cell.role in roles)

    def at(self, role: str) -> Position:
        return self.places(role)[0]

    def cell(self, role: str) -> Cell:
        return self.sheet.cells[self.at(role)]

    def texts(self, *roles: str) -> list[Cell]:
        """The cells of these roles that hold a text."""
        found = [self.sheet.cells[place] for place in self.places(*roles)]
        return [cell for cell in found if isinstance(cell.value, str)]

    def amount(self, role: str) -> Decimal | None:
        return {"budget": self.budget, "fiscal": self.fiscal, "other": self.other}[role]


@dataclass(frozen=True)
class Demand:
    """Something that a finding must say, whatever the totals are."""

    forms: tuple[Form, ...]
    codes: tuple[str, ...]
    """Beginnings of codes."""
    why: str


@dataclass
class Draft:
    """A book that is being made."""

    rng: random.Random
    sheets: list[Sheet] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    clear: bool = True
    demands: list[Demand] = field(default_factory=list)
    allowed: set[str] = field(default_factory=set)

    def demand(self, why: str, codes: Sequence[str], *forms: Form) -> None:
        self.demands.append(Demand(forms, tuple(codes), why))

    def unclear(self, why: str, form: Form, *codes: str) -> None:
        """A person is not sure what stands there, so the program has to say it too."""
        self.clear = False
        self.demand(why, codes or ("B3", "S1"), form)

    def lonely(self, form: Form) -> bool:
        """Whether no other form stands on the sheet."""
        return all(one is form or one.sheet is not form.sheet for one in self.forms)


@dataclass(frozen=True)
class Expected:
    """What a person reads off one form; amounts are None where they are blank or cannot be known."""

    sheet: str
    name: str | None
    budget: Decimal | None
    fiscal: Decimal | None
    other: Decimal | None
    indicators: int
    known: bool


@dataclass(frozen=True)
class Said:
    """A finding of one of these codes (their beginnings) that must stand at one of these sheets, or at the book."""

    sheets: tuple[str, ...]
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Book:
    """A workbook on disk, and what a person reads off it."""

    path: Path
    seed: int
    changes: tuple[str, ...]
    projects: tuple[Expected, ...]
    clear: bool
    """Whether a person can read it unambiguously."""
    demands: tuple[Said, ...]
    allowed: frozenset[str]
    """Error codes that are true of the book as it was changed."""

    @property
    def total(self) -> tuple[Decimal, Decimal, Decimal]:
        """Budget, fiscal and other, of what can be known."""
        known = [one for one in self.projects if one.known]
        nought = Decimal(0)
        return (
            sum((one.budget or nought for one in known), nought),
            sum((one.fiscal or nought for one in known), nought),
            sum((one.other or nought for one in known), nought),
        )

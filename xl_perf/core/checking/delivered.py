"""What is remembered of a workbook until all have been seen, to compare them."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.values import is_placeholder
from xl_perf.core.checking.project_names import compared_name
from xl_perf.core.figures.report_entries import said_of_the_year
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project

_UNIT: Final = "unit_name"


class ListedProject(NamedTuple):
    """A project as it is compared between books: code and name as typed, with the cells where they stand.

    ``unit`` is who carries it out (实施单位), where the form says so: several may have a project of one name.
    ``budget`` is its whole amount in 万元, None where there is none; ``goals`` a digest of what its goals say, empty
    where they say nothing. ``year`` is that of its book: where it stands in the name it tells nothing.
    """

    sheet: str
    code: str | None
    code_cell: str | None
    name: str | None
    name_cell: str | None
    unit: str = ""
    budget: Decimal | None = None
    goals: bytes = b""
    year: int | None = None

    @property
    def code_key(self) -> str:
        """The code as it is compared; empty where there is none, or a placeholder."""
        return "" if self.code is None or is_placeholder(self.code) else folded(self.code)

    @property
    def name_key(self) -> str:
        """The name as it is compared; empty where there is none."""
        return f"{self.bare_name}\n{folded(self.unit)}" if self.bare_name else ""

    @property
    def unitless_key(self) -> str:
        """The same where nobody says who carries it out."""
        return f"{self.bare_name}\n" if self.bare_name else ""

    @property
    def bare_name(self) -> str:
        """The name alone as it is compared (`compared_name`), whoever carries it out; empty where there is none."""
        return compared_name(self.name or "", self.year)

    def contradicts(self, other: "ListedProject") -> bool:
        """Name and amount both differ: an equal code was mistyped, and does not make one project of the two."""
        names, amounts = (self.bare_name, other.bare_name), (self.budget, other.budget)
        return all(names) and None not in amounts and names[0] != names[1] and amounts[0] != amounts[1]


def listed(project: Project, year: int | None = None) -> ListedProject:
    """The project of a book of the year as it is compared."""
    unit = project.value(_UNIT).value if _UNIT in project.kind.place else None
    code, name = project.code, project.name
    goals = folded("".join(goal.value or "" for goal in project.goals))
    return ListedProject(
        project.sheet,
        code.text or None,
        code.cell,
        name.value,
        name.cell,
        unit or "",
        project.budget.value,
        blake2b(goals.encode("utf-8", "surrogatepass"), digest_size=8).digest() if goals else b"",
        year,
    )


def file_name(path: str) -> str:
    """The name of a file without its folders and the archive that it lies in."""
    return path.replace("\\", "/").rpartition("/")[2].rpartition("!")[2]


def content_of(department: Department, texts: str) -> bytes:
    """A digest of all that was read of a book, ``texts`` being what people wrote freely: the same for its copies."""
    entries: list[Entry[Any]] = []
    for project in department.projects:
        entries += project.values
        entries += [percent for _, percent in project.plan]
        entries += [entry for row in project.indicators for entry in (row.level1, row.level2, row.weight)]
        # Targets are texts, and stand in ``texts``; but for numbers.
        entries += [row.target for row in project.indicators if not isinstance(row.target.typed, str)]
    entries += [one.entry for one in said_of_the_year(department)]
    # What was understood, else what was typed: amounts in another unit are other amounts.
    said = [str(entry[2] if entry[0] is None else entry[0]) for entry in entries]
    parts = department.typed_name or "", str(department.year), texts, *said
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Standing(IntEnum):
    """What goes before the date where the last of several versions is looked for."""

    CHANGED = 0
    """Its content is not what its manifest says: it never replaces one of which that is not so."""
    USUAL = 1
    """What is above was chosen by a person, or came after such a one: the later the choice, the higher."""


@dataclass(frozen=True)
class Delivered:
    """What is remembered of a workbook until all have been seen.

    ``department`` is what the book itself names, ``shown`` what people are told (perhaps from the file's name);
    ``digest`` is the same for the same content; ``modified`` is a UTC time in ISO 8601, empty where nothing tells it.
    ``version`` is the number that its manifest gives it, None without one.
    """

    path: str
    department: str | None
    shown: str | None
    year: int | None
    digest: bytes
    modified: str
    projects: tuple[ListedProject, ...]
    version: int | None = None
    standing: int = Standing.USUAL

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of its projects."""
        return frozenset(filter(None, (one.code_key for one in self.projects)))

    @cached_property
    def by_code(self) -> dict[str, list[ListedProject]]:
        """Its projects by their codes."""
        found: dict[str, list[ListedProject]] = defaultdict(list)
        for one in self.projects:
            if one.code_key:
                found[one.code_key].append(one)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[ListedProject]]:
        """Its projects by their names."""
        found: dict[str, list[ListedProject]] = defaultdict(list)
        for one in self.projects:
            if one.name_key:
                found[one.name_key].append(one)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its projects, with who carries them out, and without: another book may not say it."""
        return frozenset(filter(None, (key for one in self.projects for key in (one.name_key, one.unitless_key))))

    @cached_property
    def uncoded(self) -> frozenset[str]:
        """The names of projects without a code."""
        return frozenset(one.name_key for one in self.projects if one.name_key and not one.code_key)


def delivered(
    department: Department,
    texts: str,
    shown: str | None,
    modified: str,
    projects: tuple[ListedProject, ...] | None = None,
) -> Delivered:
    """What is remembered of a department's workbook; ``projects`` are its own as they are compared, where known.

    Of a packed one its manifest knows version and time, also where a program saved it anew; one that was changed since
    is of a standing of its own.
    """
    if projects is None:
        projects = tuple(listed(one, department.year) for one in department.projects)
    digest = content_of(department, texts)
    version, standing = None, Standing.USUAL
    if department.packed is not None and department.packed.is_same:
        version, modified = department.packed.version, department.packed.time or modified
    elif department.packed is not None:
        standing = Standing.CHANGED
    name, year = department.typed_name, department.year
    return Delivered(department.path, name, shown, year, digest, modified, projects, version, standing)

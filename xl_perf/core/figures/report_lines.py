"""What the roll-ups of the year have in common: whose row it is, and what is in no total, or in one with doubts.

What is in no total is named (`NotWhole`): a project without a table, an outturn that is blank or cannot be read, a
second table of the same project.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.figures.report_money import unknown_sources, unread_money
from xl_perf.core.figures.report_pairs import is_of_other_year
from xl_perf.core.figures.summary import folder_of
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import FundLine, Report
from xl_perf.core.model.project import Project


class NotWhole(NamedTuple):
    """A project that a total lacks, or (``is_counted``) of which something is in doubt; why, in Chinese."""

    path: str
    sheet: str
    reason: str
    is_counted: bool = False
    is_unconfirmed: bool = False
    """It counts, with figures of the last monitoring that nobody confirmed as those of the year."""


class Place(NamedTuple):
    """Whose row it is: ``sheet`` has the report, or where there is none the project's form."""

    path: str
    department: str | None
    year: int | None
    sheet: str
    code: str
    name: str


def place_of(department: Department, project: Project | None, report: Report | None) -> Place:
    """Whose row it is: of a project with a report, without one, or of a report without a project."""
    found = report if report is not None else project
    assert found is not None
    own = project if project is not None else found
    return Place(
        department.path,
        department.name,
        department.year,
        found.sheet,
        own.code.value or found.code.value or "",
        own.name.value or found.name.value or found.title,
    )


def _why_unread(name: str, entry: Entry[Decimal]) -> str:
    if entry.status is Status.CONTRADICTED:
        return f"{name}的单位不能确定"
    if entry.status is Status.ABSENT:
        return f"没有找到{name}"
    return f"没有填{name}" if entry.is_empty else f"{name}读不出"


def unread_of_money(line: FundLine) -> list[str]:
    """Which of budget and outturn are not known."""
    found = (("预算数", line.budget), ("执行数", line.outturn))
    return [_why_unread(name, entry) for name, entry in found if entry.value is None]


def doubt_of(one: Report) -> str:
    """What of its money was not read, though the table may count; empty where all was."""
    unread = [f"{its.said}没有读" for its in unread_money(one)]
    return "、".join([*unread, *unknown_sources(one)])


def why_aside(department: Department, project: Project | None, one: Report) -> str:
    """Why a table that belongs to no project of the book does not count; empty where it does."""
    if project is not None:
        return ""
    if is_of_other_year(department, one):
        return f"的表是 {one.year.value if one.year else ''} 年的"
    if any(map(one.is_of, department.projects)):
        return "又有一张表，只计第一张"
    return "：表上的项目不在目标表里" if department.projects else ""


class GroupBy(StrEnum):
    """What subtotals are of."""

    DEPARTMENT = "department"
    FOLDER = "folder"

    @property
    def label(self) -> str:
        """For people."""
        return "部门" if self is GroupBy.DEPARTMENT else "文件夹"

    def of(self, place: Place) -> str:
        """To which of them a row belongs."""
        return (place.department or place.path) if self is GroupBy.DEPARTMENT else folder_of(place.path)


class Line(Protocol):
    """A row of a roll-up, as far as both kinds are alike."""

    @property
    def place(self) -> Place:
        """Whose row it is."""

    @property
    def missing(self) -> str:
        """Why it is in no total; empty where it is."""

    @property
    def doubt(self) -> str:
        """What of its money was not read; empty where all was."""

    @property
    def unconfirmed(self) -> str:
        """Which of its figures nobody confirmed; empty where none is."""

    @property
    def has_table(self) -> bool:
        """There is a table."""


L = TypeVar("L", bound="Line")


def parted(lines: Iterable[L], by: GroupBy) -> dict[str, list[L]]:
    """The rows by what they belong to, in the order met; empty where all belong to one."""
    found: dict[str, list[L]] = {}
    for line in lines:
        found.setdefault(by.of(line.place), []).append(line)
    return found if len(found) > 1 else {}


def incomplete_of(lines: Iterable[Line]) -> Iterator[NotWhole]:
    """The rows that a total lacks, or that are in it though something of them is in doubt; of several, whose."""
    every = list(lines)
    are_several = len({line.place.path for line in every}) > 1
    for line in every:
        place = line.place
        name = f"{place.department or place.path}的“{place.name}”" if are_several else f"“{place.name}”"
        said = "、".join(filter(None, (line.missing, line.doubt)))
        if said:
            yield NotWhole(place.path, place.sheet, f"{name}{said}", is_counted=not line.missing)
        elif line.unconfirmed:
            reason = f"{name}{line.unconfirmed}"
            yield NotWhole(place.path, place.sheet, reason, is_counted=True, is_unconfirmed=True)


def said_incomplete(incomplete: Sequence[NotWhole], most: int = 10) -> str:
    """What is missing from the totals, in a Chinese sentence without full stop; empty where nothing is."""
    left_out = [one.reason for one in incomplete if not one.is_counted]
    doubtful = [one.reason for one in incomplete if one.is_counted and not one.is_unconfirmed]
    taken = [one.reason for one in incomplete if one.is_unconfirmed]
    heads = (
        ("合计不含 {} 个项目", left_out),
        ("计入合计而有数没有读的 {} 个项目", doubtful),
        ("得分按年中监控的数计算、没有确认是全年数的 {} 个项目", taken),
    )
    return "；".join(_listed(head.format(len(reasons)), reasons, most) for head, reasons in heads if reasons)


def _listed(head: str, reasons: Sequence[str], most: int) -> str:
    more = f" 等 {len(reasons)} 个" if len(reasons) > most else ""
    return f"{head}：{'；'.join(reasons[:most])}{more}"


def said_projects(lines: Sequence[Line], what: str) -> str:
    """8 个项目（另有 32 个没有自评表）: those with a table of their own, and those without."""
    without = sum(not line.has_table for line in lines)
    own = len(lines) - without
    return f"{own} 个项目" + (f"（另有 {without} 个没有{what}）" if without else "")

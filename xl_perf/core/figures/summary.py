"""The consolidated figures: a line per project, totals per department and over all of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import a1
from xl_perf.core.cells.organisations import Names
from xl_perf.core.errors import needing_pandas
from xl_perf.core.figures.totals import MONEY, Totals, add_up, other_sources, planned_amounts, totals_of
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity, count, count_accepted
from xl_perf.core.model.project import Project

if TYPE_CHECKING:
    import pandas as pd


class ProjectLine(NamedTuple):
    """One project in a summary. Amounts in 万元, percents in %; None where the form is blank or unreadable."""

    path: str
    department: str | None
    year: int | None
    sheet: str
    code: str | None
    name: str | None
    kind: FormKind
    sources: tuple[tuple[str, Decimal | None], ...]
    """Where the money comes from: short names and amounts, in the form's order."""
    amounts: Mapping[str, Decimal | None]
    """By `totals.MONEY`."""
    others: tuple[str, ...]
    """Keys of the form's fields that ``other`` is made of."""
    percents: tuple[tuple[int, Decimal | None], ...]
    planned: tuple[tuple[int, Decimal | None], ...]
    branches: tuple[tuple[str, int], ...]
    """Number of indicators under each first level, in the order met."""
    cells: tuple[tuple[str, str | None], ...]
    """Where the form's fields and ``percent:6`` … stand: key and cell name, such as ``C3``."""
    totals: Totals
    errors: int = 0
    warnings: int = 0
    hints: int = 0
    checked: bool = True
    """False where nobody looked for findings: then the three counts mean nothing."""
    accepted: int = 0
    """Warnings that a person has accepted; they are not among the others."""

    @property
    def budget(self) -> Decimal | None:
        """The whole amount, in 万元."""
        return self.amounts["budget"]

    @property
    def has_plan(self) -> bool:
        """Its kind of form plans the spending by months."""
        return self.kind.has_plan

    @property
    def form(self) -> str:
        """Name of the kind of form."""
        return self.kind.name

    @property
    def indicators(self) -> int:
        """Number of indicators."""
        return sum([number for _, number in self.branches])

    def cell(self, key: str) -> str | None:
        """The cell that `cells` names for the key; None where the form has none."""
        for its_key, cell in self.cells:
            if its_key == key:
                return cell
        return None

    def counting(self, findings: Iterable[Finding]) -> "ProjectLine":
        """The line with further findings counted."""
        found = list(findings)
        more = count(found)
        return self._replace(
            errors=self.errors + more[Severity.ERROR],
            warnings=self.warnings + more[Severity.WARNING],
            hints=self.hints + more[Severity.HINT],
            accepted=self.accepted + count_accepted(found),
        )

    def without(self, findings: Iterable[Finding]) -> "ProjectLine":
        """The line with these findings counted no more."""
        found = list(findings)
        less = count(found)
        return self._replace(
            errors=self.errors - less[Severity.ERROR],
            warnings=self.warnings - less[Severity.WARNING],
            hints=self.hints - less[Severity.HINT],
            accepted=self.accepted - count_accepted(found),
        )

    @property
    def state(self) -> str:
        """What the check said, in a few characters."""
        if not self.checked:
            return "未校验"
        accepted = f"，接受{self.accepted}个警告" if self.accepted else ""
        if self.errors:
            return f"{self.errors}个错误" + (f"，{self.warnings}个警告" if self.warnings else "") + accepted
        return (f"{self.warnings}个警告" if self.warnings else "通过") + accepted


def lines_of(
    department: Department,
    findings: Sequence[Finding] | None = None,
    totals: Sequence[Totals] | None = None,
) -> tuple[ProjectLine, ...]:
    """The lines of all projects; of the findings, those in each form are counted for its state (None: not checked).

    ``totals`` are the projects' parts in the totals, where they are known already.
    """
    parts = tuple(map(totals_of, department.projects)) if totals is None else totals
    of_sheet: dict[str | None, list[Finding]] = {}
    for finding in findings or ():
        of_sheet.setdefault(finding.sheet, []).append(finding)
    return tuple(
        line_of(department, project, None if findings is None else of_sheet.get(project.sheet, ()), part)
        for project, part in zip(department.projects, parts, strict=True)
    )


def line_of(
    department: Department,
    project: Project,
    findings: Iterable[Finding] | None = None,
    totals: Totals | None = None,
) -> ProjectLine:
    """The project's line; of the findings, those in its form are counted for its state (None: not checked)."""
    own = [finding for finding in findings or () if is_in(finding, project)]
    errors, warnings, hints = count(own).values()
    totals = totals or totals_of(project)
    return ProjectLine(
        department.path,
        department.name,
        department.year,
        project.sheet,
        project.code.text or None,
        project.name.value,
        project.kind,
        tuple([(project.kind.fields[at].name, project.values[at].value) for at in project.kind.source_places]),
        {
            "budget": project.budget.value,
            "fiscal": project.fiscal.value,
            "other": totals.amounts["other"] or other_sources(project),
        },
        tuple([project.kind.fields[at].key for at in project.kind.other_places]),
        tuple([(month, percent.value) for month, percent in project.plan]),
        # What counts as 0 in the totals may be blank in the form.
        totals.planned if all(amount for _, amount in totals.planned) else planned_amounts(project),
        _branches_of(project),
        _cells_of(project),
        totals,
        errors,
        warnings,
        hints,
        findings is not None,
        count_accepted(own),
    )


def _branches_of(project: Project) -> tuple[tuple[str, int], ...]:
    branches: dict[str, int] = {}
    for indicator in project.indicators:
        level1 = indicator.level1.value or ""
        branches[level1] = branches.get(level1, 0) + 1
    return tuple(branches.items())


_PLACE: Final = itemgetter(1, 4, 5)
"""Status, row and column of an entry."""


def _cells_of(project: Project) -> tuple[tuple[str, str | None], ...]:
    months = tuple([month for month, _ in project.plan])
    placed = *project.values, *[percent for _, percent in project.plan]
    return _cells(project.kind, months, tuple(map(_PLACE, placed)))


@lru_cache(maxsize=1024)
def _cells(
    kind: FormKind, months: tuple[int, ...], places: tuple[tuple[Status, int, int], ...]
) -> tuple[tuple[str, str | None], ...]:
    """The cells of a line by their keys: the same ones for all forms of one layout."""
    keys = (*(field.key for field in kind.fields), *(f"percent:{month}" for month in months))
    names = (None if status is Status.ABSENT else a1(row, column) for status, row, column in places)
    return tuple(zip(keys, names, strict=True))


def is_in(finding: Finding, project: Project) -> bool:
    """The finding is on a cell of the project's form, or on an amount that was found beside that and is its own."""
    if finding.sheet != project.sheet or finding.row is None or finding.column is None:
        return False
    top, left, bottom, right = project.area
    if top <= finding.row <= bottom and left <= finding.column <= right:
        return True
    own = (*project.beside, *project.unlabelled, *project.whole)
    return any((one.row, one.column) == (finding.row, finding.column) for _, one in own)


def titles_by_place(places: Iterable[tuple[str, int, int, str]]) -> dict[str, str]:
    """Titles of projects for `title_of`, from the sheet of each, its first and last row, and its title."""
    placed = list(places)
    several = {sheet for sheet, number in Counter(sheet for sheet, *_ in placed).items() if number > 1}
    found: dict[str, str] = {}
    for sheet, first, last, title in placed:
        keys = [f"{sheet}!{row}" for row in range(first, last + 1)] if sheet in several else [sheet]
        found |= dict.fromkeys(keys, title)
    return found


def title_of(finding: Finding, titles: Mapping[str, str | None]) -> str:
    """The title of the project that a finding is about, which may share its sheet with others; empty for none."""
    sheet = finding.sheet or ""
    return titles.get(sheet) or titles.get(f"{sheet}!{finding.row}") or ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Lines of projects in the order of their books, and what they add up to."""

    lines: tuple[ProjectLine, ...]
    months: tuple[int, ...]

    @property
    def totals(self) -> Totals:
        """Over all projects, in 万元."""
        return add_up(line.totals for line in self.lines)

    @property
    def by_department(self) -> dict[str, Totals]:
        """Totals per department, in the order met; books that do not name theirs go by their path."""
        parts: dict[str, list[Totals]] = {}
        names = Names()
        for line in self.lines:
            parts.setdefault(names.first(line.department) or line.path, []).append(line.totals)
        return {name: add_up(totals) for name, totals in parts.items()}

    def __add__(self, more: "Summary") -> "Summary":
        """Both together: the summary of the books of either."""
        months = tuple(sorted({*self.months, *more.months}))
        return Summary(self.lines + more.lines, months)

    def to_frame(self) -> "pd.DataFrame":
        """A frame with one row per project (amounts are `Decimal` in 万元, percents in %, None where blank).

        Columns: 文件, 部门, 年度, 工作表, 项目编码, 项目名称, 预算数, 财政资金, 其他资金, for every month
        ``6月底(%)`` and ``6月底(万元)``, 指标数, 错误, 警告, 提示, 已接受 (None where `summarise` got no findings).
        Needs pandas: imported here only. Raises `MissingPart` where it is not installed.
        """
        with needing_pandas():
            import pandas as pd

        return pd.DataFrame([self._row(line) for line in self.lines], columns=self.columns, dtype=object)

    @property
    def columns(self) -> list[str]:
        """The frame's column names."""
        percents = [f"{month}月底(%)" for month in self.months]
        planned = [f"{month}月底(万元)" for month in self.months]
        head = ["文件", "部门", "年度", "工作表", "项目编码", "项目名称", "预算数", "财政资金", "其他资金"]
        return [*head, *percents, *planned, "指标数", "错误", "警告", "提示", "已接受"]

    def _row(self, line: ProjectLine) -> Sequence[object]:
        percents, planned = dict(line.percents), dict(line.planned)
        counts = (line.errors, line.warnings, line.hints, line.accepted) if line.checked else (None,) * 4
        return [
            *(line.path, line.department, line.year, line.sheet, line.code, line.name),
            *(line.amounts[key] for key in MONEY),
            *(percents.get(month) for month in self.months),
            *(planned.get(month) for month in self.months),
            *(line.indicators, *counts),
        ]


def summarise(departments: Iterable[Department], findings: Sequence[Sequence[Finding]] | None = None) -> Summary:
    """The summary of some departments; with the findings of each, its projects' states are counted.

    Amounts are 万元. `findings` has one sequence per department, in the same order (ValueError otherwise).
    """
    books = list(departments)
    found: Sequence[Sequence[Finding] | None] = [None] * len(books) if findings is None else findings
    lines = tuple(line for book, of_book in zip(books, found, strict=True) for line in lines_of(book, of_book))
    months = tuple(sorted({month for line in lines for month, _ in line.percents}))
    return Summary(lines, months)


def folder_of(path: str) -> str:
    """The folder that a workbook lies in, as people see its path."""
    return path.replace("\\", "/").rpartition("/")[0] or "（当前文件夹）"

"""What a department plans, as it stands in its workbook.

Everything is immutable, and every value knows the cell it came from and what was typed there. Amounts are
`Decimal` in 万元, percentages `Decimal` in per cent. Monitoring (绩效运行监控), self-evaluation (绩效自评) and the task
plan (任务分解) refer to a project by `Project.key` and to an indicator by `Indicator.key`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Carried, a1
from xl_perf.core.model.findings import Accepted
from xl_perf.core.model.progress import Evaluation, Monitoring, SupervisionRecord, Task
from xl_perf.core.model.project import BlankForm, Project, said_budget


class SubGoalIndicator(NamedTuple):
    """A sub-goal's indicator: what is measured, and the value aimed at (both as typed)."""

    name: Entry[str]
    target: Entry[str]


class SubGoal(NamedTuple):
    """分项绩效目标, with the names of the projects that serve it."""

    title: Entry[str]
    goal: Entry[str]
    indicators: tuple[SubGoalIndicator, ...]
    projects: Entry[str]

    @property
    def project_names(self) -> tuple[str, ...]:
        """One name per line, or parted by semicolons (names may contain 、)."""
        text = (self.projects.value or "").replace("；", "\n").replace(";", "\n")
        return tuple(name.strip() for name in text.split("\n") if name.strip())


class Safeguard(NamedTuple):
    """工作保障措施: a short title and what is done."""

    title: Entry[str]
    text: Entry[str]


class OtherTable(NamedTuple):
    """A table that is no project: of another kind, or of a kind of projects that cannot be read yet.

    ``family`` is what it is for, ``title`` its own title or the kind's; ``cells`` counts the filled cells of its sheet.
    """

    sheet: str
    kind: str
    family: str
    title: str
    cells: int
    row: int
    column: int
    holds_projects: bool


WITHOUT_FORM: Final = "没有绩效目标表，没有计入合计"
"""How the reason ends where a sheet lists amounts of projects of which there is no form."""


class UnreadSheet(NamedTuple):
    """A sheet with content that is neither ours nor a form: why, in Chinese, and how many cells are filled.

    ``looks_like_form`` says that the money of a project is missing from the total because of it. ``unmatched`` is the
    money in 万元 of projects that the sheet lists beside those that were read, and of which there is no form.
    """

    sheet: str
    reason: str
    cells: int
    looks_like_form: bool
    row: int = 0
    column: int = 0
    unmatched: Decimal | None = None
    remedy: str = ""
    """What to do, where that is not what is said of every such sheet."""

    @property
    def lacks_money(self) -> bool:
        """Money on this sheet is in no total."""
        return self.looks_like_form or self.unmatched is not None


class StrangeCells(NamedTuple):
    """What somebody put into an office's own form that its 样表 does not have, and nobody reads.

    ``text`` is what the first cell reads, ``number`` how many cells there are; row and column are those of the first.
    ``is_read`` is of a column of the table that is read and that its form has no place for.
    """

    text: str
    number: int
    sheet: str
    row: int
    column: int
    is_read: bool = False


class MoneyText(NamedTuple):
    """A text beside or below a form that states an amount of money; it is in no total.

    ``said`` are its amounts for people: 500 万元、20 万元. ``packed_from`` is its place in the workbook that was packed
    without it; the manifest then tells no more of it than that, and ``text`` is empty.
    """

    text: str
    said: str
    sheet: str
    row: int
    column: int
    is_hidden: bool = False
    packed_from: str = ""

    @property
    def place(self) -> str:
        """Its sheet and cell."""
        return self.packed_from or f"{self.sheet}!{a1(self.row, self.column)}"


class StoredTotal(NamedTuple):
    """A total that the book itself shows: ``what`` is a key of `totals.Totals.figures`."""

    what: str
    label: str
    amount: Entry[Decimal]


class ListTotal(NamedTuple):
    """What the row 合计 of a list of projects says of an amount, and what its projects add up to, in 万元.

    ``unit`` is the name of the unit whose row it is; empty for a row that adds up the list.
    """

    label: str
    amount: Entry[Decimal]
    expected: Decimal
    unit: str = ""


class Listed(NamedTuple):
    """A row of 部门汇总 as stored in the book."""

    name: Entry[str]
    amounts: Mapping[str, Entry[Decimal]]
    """Budget, fiscal and other, in 万元."""


@dataclass(frozen=True, slots=True)
class Cover:
    """首页: who hands the workbook in, and the ceiling in 万元 that the finance bureau set (may be blank)."""

    department: Entry[str]
    year: Entry[int]
    contact: Entry[str]
    phone: Entry[str]
    ceiling: Entry[Decimal]


_SAID: Final = 5


class Packed(NamedTuple):
    """What the manifest says of a workbook that was packed to be handed in.

    ``version`` is None and ``time`` (UTC in ISO 8601) empty where nothing tells them. ``said`` are Chinese sentences on
    what was changed since, empty where ``is_same``.
    """

    version: int | None
    time: str
    said: tuple[str, ...]
    is_same: bool

    @property
    def briefly(self) -> str:
        """The first of what is said, and how many there are."""
        more = f"；等 {len(self.said)} 处" if len(self.said) > _SAID else ""
        return f"{'；'.join(self.said[:_SAID])}{more}"


@dataclass(frozen=True, repr=False)
class Department:
    """One department's workbook, whole. ``year`` is None where the book does not say it (never the clock)."""

    path: str
    sheets: tuple[str, ...]
    cover: Cover
    year: int | None
    overall_goal: Entry[str]
    sub_goals: tuple[SubGoal, ...]
    safeguards: tuple[Safeguard, ...]
    projects: tuple[Project, ...]
    own_targets: tuple[Project, ...] = ()
    """部门整体绩效目标表: what the department itself aims at, with its whole money. No project, and in no total."""
    blank_forms: tuple[BlankForm, ...] = ()
    tables: tuple[OtherTable, ...] = ()
    """Tables of other kinds: no projects, and in no total."""
    unread: tuple[UnreadSheet, ...] = ()
    """Sheets with content of which nothing was read."""
    stored_totals: tuple[StoredTotal, ...] = ()
    listed: tuple[Listed, ...] = ()
    sha256: str = ""
    kind: str = ""
    template_version: str = ""
    notes: tuple[str, ...] = ()
    sees_errors: bool = True
    accepted: tuple[Accepted, ...] = ()
    """Warnings that a person has accepted on 校验结果."""
    named_in_forms: str | None = None
    """The department as its forms name it (主管部门, 填报单位), without its code."""
    has_no_errors: bool = False
    """Known to hold no error values and no formulas without result."""
    profile_name: str = ""
    """The profile that a department workbook was made for; empty where nobody asked for one."""
    modified: str = ""
    """When the workbook was last saved, of a packed one what its manifest says; UTC in ISO 8601, empty if unknown."""
    carried: tuple[Carried, ...] = ()
    """What the file carries beside its cells."""
    money_texts: tuple[MoneyText, ...] = ()
    """Texts outside the forms that state amounts of money."""
    strange: tuple[StrangeCells, ...] = ()
    marks_left: tuple[StrangeCells, ...] = ()
    """Marks of a 样表 that nobody has filled in, on sheets with something filled in; they are read as blanks."""
    """Cells of offices' own forms that their 样表 do not have."""
    list_totals: tuple[ListTotal, ...] = ()
    """Those of lists of projects that differ from what their rows add up to."""
    named_by_file: str | None = None
    """The department as the name of its file or folder tells it, where nothing in the workbook does."""
    packed: Packed | None = None
    """What its manifest says, of a packed workbook."""
    monitoring: tuple[Monitoring, ...] = ()
    """Filled monitoring tables (绩效运行监控), of all months, sheet by sheet; in no total of the targets."""
    evaluations: tuple[Evaluation, ...] = ()
    """Filled self-evaluations (绩效自评), of projects and of the department itself; in no total of the targets."""
    tasks: tuple[Task, ...] = ()
    """Rows of 任务分解."""
    supervision: tuple[SupervisionRecord, ...] = ()
    """Rows of 监督记录."""

    @property
    def typed_name(self) -> str | None:
        """The department's name as it stands in the workbook: on 首页, else in its forms."""
        return self.cover.department.value or self.named_in_forms

    @property
    def name(self) -> str | None:
        """The department's name, wherever it was found; None where nothing says it."""
        return self.typed_name or self.named_by_file

    def __repr__(self) -> str:
        """A line: name, year, number of projects, their budgets in 万元."""
        year = f" {self.year}年" if self.year else ""
        return f"<Department {self.name or self.path}{year} {len(self.projects)}个项目 {said_budget(self.projects)}>"

    def _repr_html_(self) -> str:
        """In a notebook: a table of the projects."""
        from html import escape

        rows = "".join(
            f"<tr><td>{escape(one.sheet)}</td><td>{escape(one.name.text)}</td><td>{escape(said_budget([one]))}</td>"
            f"<td>{len(one.indicators)}</td></tr>"
            for one in self.projects
        )
        head = "<tr><th>工作表</th><th>项目名称</th><th>预算数</th><th>指标</th></tr>"
        return f"<p>{escape(repr(self)[1:-1])}</p><table>{head}{rows}</table>"

    def goal_texts(self) -> Iterator[Entry[str]]:
        """Every entry of the sub-goals and safeguards."""
        for sub in self.sub_goals:
            yield from (sub.title, sub.goal, sub.projects)
            for indicator in sub.indicators:
                yield from indicator
        for safeguard in self.safeguards:
            yield from safeguard

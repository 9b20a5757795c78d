"""What a department reports in the year after its targets: monitoring (绩效运行监控) and self-evaluation (绩效自评).

Reports refer to a project by `Project.key` and to an indicator by `Indicator.key`. Amounts are 万元, rates %, points of
100 in all. Blank, 0 and ``————`` stay three different things: what was not reported is no 0. Which fields the
national tables have: 财预〔2018〕136号, 财预〔2020〕10号, as printed by provinces.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.characters import name_key
from xl_perf.core.cells.entry import FLAWED, Entry, Status, absent
from xl_perf.core.cells.grid import Area
from xl_perf.core.cells.targets import Target
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.model.project import Levels, Project, SignOff, UnitConflict, UnitNote

_ABSENT: Final[Entry[Any]] = Entry(None, Status.ABSENT, None, "", 0, 0)

UNKNOWN: Final = FLAWED | {Status.UNREADABLE, Status.CONTRADICTED}
"""Of an amount: something stands there, and nobody can say how much it is."""
REASONS: Final = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
POSSIBILITIES: Final = ("确定能", "有可能", "完全不可能")


class FundLine(NamedTuple):
    """A row of the money: one source, or all of it.

    ``key`` is the key of the kind's field (``budget`` for all of it), empty for a label that the kind does not know.
    """

    key: str
    label: Entry[str]
    initial_budget: Entry[Decimal] = _ABSENT
    """年初预算数."""
    adjusted_budget: Entry[Decimal] = _ABSENT
    """调整后预算数, 全年预算数. Blank where nothing was changed."""
    outturn: Entry[Decimal] = _ABSENT
    """执行数, cumulative since January."""
    outturn_rate: Entry[Decimal] = _ABSENT
    """执行率 as printed, in %."""
    expected_outturn: Entry[Decimal] = _ABSENT
    """全年预计执行数."""
    weight: Entry[Decimal] = _ABSENT
    score: Entry[Decimal] = _ABSENT
    reason: Entry[str] = _ABSENT

    @property
    def name(self) -> str:
        """What to call the row in a message: its label without white space and the colon at its end."""
        return "".join(self.label.text.split()).rstrip("：:") or ("年度资金总额" if self.key == "budget" else "这一行")

    @property
    def budget(self) -> Entry[Decimal]:
        """What may be spent: the adjusted budget, else the initial one.

        One that was adjusted to something unreadable is not known: the initial one is not it.
        """
        own = self.adjusted_budget
        return own if own.value is not None or own.status in UNKNOWN else self.initial_budget


class MonitoredIndicator(NamedTuple):
    """A row of the indicators of a monitoring table. ``target`` is copied from the project's form."""

    level1: Entry[str]
    level2: Entry[str]
    level3: Entry[str]
    target: Entry[Target]
    reached: Entry[Target] = _ABSENT
    """1-N月执行情况."""
    expected: Entry[Target] = _ABSENT
    """全年预计完成情况."""
    funds_reason: Entry[bool] = _ABSENT
    rules_reason: Entry[bool] = _ABSENT
    staff_reason: Entry[bool] = _ABSENT
    equipment_reason: Entry[bool] = _ABSENT
    other_reason: Entry[bool] = _ABSENT
    explanation: Entry[str] = _ABSENT
    """原因说明."""
    certain: Entry[bool] = _ABSENT
    """完成目标可能性: 确定能."""
    possible: Entry[bool] = _ABSENT
    impossible: Entry[bool] = _ABSENT
    remark: Entry[str] = _ABSENT
    nature: Entry[str] = _ABSENT
    """累计 (counts up through the year) or 时点 (as it stands); outside the print area."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies the indicator within its project."""
        return self.level1.value or "", self.level2.value or "", self.level3.text

    @property
    def reasons(self) -> tuple[Entry[bool], ...]:
        """The ticks under 偏差原因分析."""
        return self.funds_reason, self.rules_reason, self.staff_reason, self.equipment_reason, self.other_reason

    @property
    def possibility(self) -> str:
        """What is ticked under 完成目标可能性, in its words; both of 有可能/完全不可能 where one cell is for both."""
        named = zip(POSSIBILITIES, self.possibilities, strict=True)
        return "/".join(name for name, entry in named if entry.value)

    @property
    def reason_names(self) -> tuple[str, ...]:
        """What is ticked under 偏差原因分析, in its words."""
        return tuple(name for name, entry in zip(REASONS, self.reasons, strict=True) if entry.value)

    @property
    def possibilities(self) -> tuple[Entry[bool], ...]:
        """The ticks under 完成目标可能性."""
        return self.certain, self.possible, self.impossible


class EvaluatedIndicator(NamedTuple):
    """A row of the indicators of a self-evaluation. ``weight`` are its points, ``score`` what was given of them."""

    level1: Entry[str]
    level2: Entry[str]
    level3: Entry[str]
    target: Entry[Target]
    actual: Entry[Target] = _ABSENT
    """实际完成值. Of a target in words one of the three bands: 达成预期指标 …"""
    weight: Entry[Decimal] = _ABSENT
    score: Entry[Decimal] = _ABSENT
    reason: Entry[str] = _ABSENT
    """偏差原因分析及改进措施."""
    method: Entry[str] = _ABSENT
    """计分方法, where it is not the usual one for such a target; outside the print area, as what follows."""
    evidence: Entry[str] = _ABSENT
    """佐证材料."""
    last_score: Entry[Decimal] = _ABSENT
    """上年自评值."""
    audit_score: Entry[Decimal] = _ABSENT
    """审核得分, of the reviewer."""
    audit_reason: Entry[str] = _ABSENT

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies the indicator within its project."""
        return self.level1.value or "", self.level2.value or "", self.level3.text


@dataclass(frozen=True, repr=False)
class Report:
    """What both tables have: which project, its money, where the table stands."""

    kind: FormKind
    sheet: str
    area: Area
    values: tuple[Entry[Any], ...]
    """Of the kind's fields, in their order; those of money are absent here, and stand in ``funds``."""
    funds: tuple[FundLine, ...]
    year: Entry[int] | None
    missing: tuple[str, ...]
    """Keys of the labels that were not found."""
    unread: tuple[tuple[str, Entry[Decimal]], ...]
    """Amounts that stand in the place of the money and belong to no known row and column, by their nearest label."""
    unfilled: tuple[Levels, ...]
    """The levels of those rows that say nothing else."""
    sign_off: SignOff | None
    is_hidden: bool
    table: tuple[int, int] | None
    """Row and column of the header of the indicators."""
    conflicts: tuple[UnitConflict, ...] = field(default=(), kw_only=True)
    """Amounts whose unit is stated in two ways: they have no value."""
    unit: UnitNote | None = field(default=None, kw_only=True)
    """What the amounts count in where it is not 万元, or where nothing says it."""
    says_unit: bool = field(default=True, kw_only=True)
    """The table says what its amounts count in, or has none."""

    def value(self, key: str) -> Entry[Any]:
        """The entry of a field; absent where the kind has no such field, or the form lacks its label."""
        at = self.kind.place.get(key)
        return absent(self.sheet) if at is None else self.values[at]

    @cached_property
    def code(self) -> Entry[str]:
        """项目编码."""
        return self.value("code")

    @cached_property
    def name(self) -> Entry[str]:
        """项目名称; of a department's own table the department."""
        return self.value("name")

    @property
    def key(self) -> str:
        """What identifies the project within its department: its code, else its name."""
        return self.code.value or self.name.value or ""

    def is_of(self, project: "Project | Report") -> bool:
        """It is a report on this project (or on that of this report): by the codes where both have one, else by name.

        Many tables print no code. Names may differ by blanks and punctuation.
        """
        own, its = self.code.value, project.code.value
        if own and its:
            return own == its
        name = name_key(self.name.value or "")
        return bool(name) and name == name_key(project.name.value or "")

    def names(self, project: Project) -> bool:
        """It is a report on this project, and the name is typed alike."""
        return self.is_of(project) and self.name.value == project.name.value

    @property
    def title(self) -> str:
        """What to call the project in a message."""
        return self.name.value or f"工作表{self.sheet}"

    def fund(self, key: str) -> FundLine | None:
        """The row of a source (``budget`` for all of the money); None where there is none."""
        return next((line for line in self.funds if line.key == key), None)

    def same_line(self, line: FundLine) -> FundLine | None:
        """The row of the same source as one of another table: by the key, among several of one key by the label."""
        found = [one for one in self.funds if one.key == line.key]
        if len(found) > 1 or not line.key:
            found = [one for one in found if one.label.text == line.label.text]
        return found[0] if len(found) == 1 else None

    @cached_property
    def sources(self) -> tuple[FundLine, ...]:
        """The rows of the single sources; several may have the same key: 一般公共预算 and 政府性基金."""
        return tuple(line for line in self.funds if line.key != "budget")

    @cached_property
    def whole(self) -> FundLine:
        """The row of all the money; absent entries where there is none."""
        return self.fund("budget") or FundLine("budget", absent(self.sheet))


@dataclass(frozen=True, repr=False)
class Monitoring(Report):
    """项目支出绩效目标执行监控表: what was reached by the end of a month."""

    month: Entry[int]
    """N of 1-N月; absent where nothing says it."""
    other_month: Entry[int] | None = field(default=None, kw_only=True)
    """Another month that a heading, or a line below the title, says."""
    goal: Entry[str]
    """年度总体目标."""
    goal_progress: Entry[str]
    """年度总体目标执行情况, where the form has a place for it."""
    indicators: tuple[MonitoredIndicator, ...]

    def __repr__(self) -> str:
        """A line: sheet, name, month."""
        return f"<Monitoring {self.sheet} {self.title} 1-{self.month.value}月>"


@dataclass(frozen=True, repr=False)
class Evaluation(Report):
    """项目支出绩效自评表: what was reached in the year, with scores."""

    goal: Entry[str]
    """预期目标."""
    goal_done: Entry[str]
    """实际完成情况."""
    indicators: tuple[EvaluatedIndicator, ...]
    total_weight: Entry[Decimal]
    """分值 in the row 总分."""
    total: Entry[Decimal]
    """得分 in the row 总分."""
    grade: Entry[str]
    """评价等级 as printed."""

    def __repr__(self) -> str:
        """A line: sheet, name, total."""
        return f"<Evaluation {self.sheet} {self.title} {self.total.text}>"


class Task(NamedTuple):
    """A row of 任务分解: one task of a project or of a sub-goal."""

    number: Entry[str]
    project: Entry[str]
    """项目 or 分项目标, by its name."""
    content: Entry[str]
    standard: Entry[str]
    leader: Entry[str]
    section: Entry[str]
    person: Entry[str]
    start: Entry[Target]
    due: Entry[Target]
    months: tuple[Entry[str], ...]
    """月度计划, January first; of quarters four."""
    done: Entry[str]
    """完成情况."""
    done_on: Entry[Target]
    progress: Entry[Decimal]
    """In %."""
    state: Entry[str]
    """未开始, 进行中, 已完成, 延期, 取消; other wordings of these are read as one of them."""
    note: Entry[str]
    reported_on: Entry[Target] = _ABSENT
    """填报日期 of the list: the day as of which a task may be overdue."""

    @property
    def as_of(self) -> datetime.date | None:
        """填报日期 as a day; None where nobody typed one, or no whole day."""
        said = None if self.reported_on.value is None else self.reported_on.value.deadline
        if said is None or not (said.year and said.month and said.day):
            return None
        try:
            return datetime.date(said.year, said.month, said.day)
        except ValueError:
            return None


class SupervisionRecord(NamedTuple):
    """A row of 监督记录."""

    number: Entry[str]
    date: Entry[Target]
    type: Entry[str]
    project: Entry[str]
    found: Entry[str]
    decision: Entry[str]
    responsible: Entry[str]
    due: Entry[Target]
    result: Entry[str]
    evidence: Entry[str]
    source: Entry[str]

"""One project's form as it was read: entries that know their cells, and what they are put together to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, reduce
from typing import Any, NamedTuple

from xl_perf.core.cells.entries import together
from xl_perf.core.cells.entry import FLAWED, Entry, Status, absent
from xl_perf.core.cells.grid import Area
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.forms.kind import FormKind


class UnitNote(NamedTuple):
    """The unit of a form's amounts where it is not 万元: which, and what says so (Chinese, such as 标签).

    Empty ``where``: nothing in the form says it, so the amounts are taken for the unit of its kind. ``against`` says in
    Chinese what names another unit, further away; then it may be 万元 too.
    """

    unit: str
    where: str
    row: int
    column: int
    against: str = ""


class UnitConflict(NamedTuple):
    """Two units for one amount of which nobody can know the right one: ``said`` names both in Chinese."""

    name: str
    amount: Entry[Decimal]
    said: str


class Checkpoint(NamedTuple):
    """The cumulative share of the budget, in per cent, to be spent by the end of a month."""

    month: int
    percent: Entry[Decimal]


class Indicator(NamedTuple):
    """One row of the indicator table. A merged 一级 or 二级 label stands for every row that it covers.

    ``weight`` (权重, in the unit of the profile's total) is absent in forms without that column.
    """

    level1: Entry[str]
    level2: Entry[str]
    level3: Entry[str]
    description: Entry[str]
    target: Entry[Target]
    basis: Entry[str]
    weight: Entry[Decimal] = Entry(None, Status.ABSENT, None, "", 0, 0)

    @property
    def texts(self) -> tuple[Entry[Any], ...]:
        """What people write about it: 三级指标, description, target, basis."""
        return self[2:6]

    def __repr__(self) -> str:
        """A line: levels, target."""
        return f"<Indicator {'/'.join(self.key)} {self.target.text}>"

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies the indicator within its project."""
        return self.level1.value or "", self.level2.value or "", self.level3.text


class CarriedCell(NamedTuple):
    """What was typed into a cell that an office's own form prints blank and does not read.

    ``place`` is its row and column on the 样表, ``label`` what people call it: 合计／项目总投资.
    """

    place: tuple[int, int]
    label: str
    entry: Entry[str]


class SignOff(NamedTuple):
    """Who has filled the form in, who has looked it over, and when: as typed."""

    filled_by: Entry[str]
    reviewed_by: Entry[str]
    date: Entry[str]


class OwnLine(NamedTuple):
    """What somebody typed into a line that an office's own form prints and that has no mark: 填表人：王芳.

    ``printed`` is what the form prints there, ``number`` counts lines that read alike, from 0; ``offset`` is 0 where
    label and text share a cell, else the text stands so many columns right of the label. The entry is the whole cell.
    """

    printed: str
    number: int
    offset: int
    entry: Entry[str]

    @property
    def is_signature(self) -> bool:
        """It says who has filled the form in, or when: next year it is somebody else, another day."""
        return any(word in self.printed for word in ("日期", "时间")) or "人" in self.label

    @property
    def label(self) -> str:
        """What people call it: 填表人."""
        return self.printed.replace("：", ":").split(":")[0].strip()


class LastResult(NamedTuple):
    """What became of an indicator in the year before, as its self-evaluation says; ``weight`` are its points."""

    actual: Entry[Target] = absent("")
    score: Entry[Decimal] = absent("")
    weight: Entry[Decimal] = absent("")


class LastYear(NamedTuple):
    """Figures of a year before, for whoever fills in the form.

    ``amounts`` are those that said something, parts of sources too, by their short names; ``targets`` those of the
    project's indicators, one each, in their order, and ``results`` what became of them, empty where the project was not
    evaluated. ``outturn`` is what was spent in the year in 万元, ``outturn_rate`` that in % of what might be.
    """

    amounts: tuple[tuple[str, Entry[Decimal]], ...]
    targets: tuple[Entry[Target], ...]
    results: tuple[LastResult, ...] = ()
    outturn: Entry[Decimal] = absent("")
    outturn_rate: Decimal | None = None

    def result(self, item: int) -> LastResult:
        """Of an indicator by its number from 0; empty where nothing is known."""
        return self.results[item] if item < len(self.results) else LastResult()


Levels = tuple[Entry[str], Entry[str]]
"""The first and second level that a row of the indicator table names."""


@dataclass(frozen=True, repr=False)
class Project:
    """One project's form, of whatever kind; ``values`` are the entries of the kind's fields, in their order."""

    kind: FormKind
    sheet: str
    area: Area
    """The rows and columns in which the form stands."""
    heading: Entry[str]
    values: tuple[Entry[Any], ...]
    plan: tuple[Checkpoint, ...]
    goals: tuple[Entry[str], ...]
    indicators: tuple[Indicator, ...]
    table: tuple[int, int] | None = None
    """Row and column of the header of the indicator table (of a list: its own first row); None where there is none."""
    other_tables: tuple[int, ...] = ()
    """Rows in which further tables of indicators begin: 年度绩效指标 below 长期绩效指标."""
    missing: tuple[str, ...] = ()
    """Keys of the labels that were not found."""
    repeated: tuple[Label, ...] = ()
    """Labels that stand a second time in the same form."""
    hidden: bool = False
    last_year: "LastYear | None" = None
    """What the form said a year before, to be shown for comparison; it belongs to no total."""
    unit: UnitNote | None = None
    """Of the amounts, where they were converted to 万元."""
    says_unit: bool = True
    """Something in or around the form says what its amounts count in."""
    bare_unit: str = "万元"
    """What a bare number counts in where the budget belongs."""
    conflicts: tuple[UnitConflict, ...] = ()
    added: tuple[Entry[Decimal], ...] = ()
    """The amounts of tasks or costs that the form itself adds up to the budget."""
    beside: tuple[tuple[str, Entry[Decimal]], ...] = ()
    """Amounts beside its own that were not read, by the nearest text left of them; they belong to no total."""
    unlabelled: tuple[tuple[str, Entry[Decimal]], ...] = ()
    """Amounts in the place of its own whose label is missing or unknown: what the totals lack because of that."""

    whole: tuple[tuple[str, Entry[Decimal]], ...] = ()
    """Amounts for the whole time, by their labels, of a form that has none for the year."""
    continues: bool = False
    """It has only indicators, and its title says that it goes on with the form on the sheet before."""
    unfilled: tuple[Levels, ...] = ()
    """The levels of those rows of the indicator table that say nothing else."""
    outturn_points: Entry[Decimal] | None = None
    """Of the 100 points those for spending the budget, 执行率分值（10）, where the form prints them."""
    year: Entry[int] | None = None
    """What its own title, or the line below it, says: （2023年度）."""
    sign_off: "SignOff | None" = None
    """Of a form of our own, which has a line for it."""
    void: Entry[str] | None = None
    """A note in it or below it that says that it is not to count: 注：本项目作废."""
    concealed: tuple[tuple[str, Entry[object]], ...] = ()
    """What stands in hidden rows or columns of its sheet, with its labels."""
    is_concealed: bool = False
    """All of it stands there."""
    hidden_lines: tuple[str, ...] = ()
    """These rows and columns, as people call them: 第 11 行, F 列."""
    own_columns: tuple[tuple[str, tuple[Entry[str], ...]], ...] = ()
    """Of an office's own form the columns of its table that no kind has (评分标准, 备注), by heading: a text for each
    indicator, in their order. They are carried, and nothing is made of them."""
    carried: tuple[CarriedCell, ...] = ()
    """Of an office's own form what stands in cells that it does not read: it is written again, and nothing is made of
    it."""
    goal_periods: tuple[str, ...] = ()
    """What each goal is for, where a form parts 实施期目标 from 年度目标: whole, year; else empty."""
    dated: tuple[Entry[int], ...] = ()
    """Years that labels of its amounts name, and headings over these: 2024年预算数."""
    in_other_columns: tuple[tuple[str, Entry[Decimal]], ...] = ()
    """Of an office's own form whose budget is blank the amounts in its row in columns that are not read, by their
    headings: 年初预算数. What they count in is not looked at."""
    own_lines: tuple[OwnLine, ...] = ()
    """Of an office's own form what stands in its lines without marks: who signs, what fills it in. They are carried."""

    def __repr__(self) -> str:
        """A line: sheet, name, budget in 万元."""
        return f"<Project {self.sheet} {self.name.text} {said_budget([self])}>"

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
        """项目名称."""
        return self.value("name")

    @cached_property
    def purpose(self) -> Entry[str]:
        """What the money is for."""
        return self.value("purpose")

    @cached_property
    def budget(self) -> Entry[Decimal]:
        """The whole amount, in 万元."""
        return self.value("budget")

    @property
    def budget_name(self) -> str:
        """What its form calls the whole amount: 预算数, 年度资金总额."""
        return self.kind.money[0].name

    @cached_property
    def fiscal(self) -> Entry[Decimal]:
        """Money of the treasury, in 万元: all of it, where the form parts it."""
        amounts = [self.values[at] for at in self.kind.fiscal_places]
        return reduce(together, amounts) if amounts else self.value("fiscal")

    @property
    def sources(self) -> tuple[Entry[Decimal], ...]:
        """Where the money comes from, in 万元, in the order of `FormKind.sources`: they are meant to be the budget."""
        return tuple([self.values[at] for at in self.kind.source_places])

    @property
    def amounts(self) -> tuple[tuple[str, Entry[Decimal]], ...]:
        """The budget and its sources with their short names."""
        return tuple([(name, self.values[at]) for name, at in self.kind.amount_places])

    @property
    def texts(self) -> tuple[Entry[str], ...]:
        """The fields that hold texts: its name, what the money is for."""
        return tuple([self.values[at] for at in self.kind.text_places])

    @property
    def key(self) -> str:
        """What identifies the project within its department: its code, else its name."""
        return self.code.value or self.name.value or ""

    @property
    def title(self) -> str:
        """What to call the project in a message: its name, else its heading, else its sheet."""
        return self.name.value or self.heading.value or f"工作表{self.sheet}"

    def percent(self, month: int) -> Entry[Decimal]:
        """The plan's entry for the end of a month; absent where the form has no such checkpoint."""
        for its_month, percent in self.plan:
            if its_month == month:
                return percent
        return absent(self.sheet)

    def entries(self) -> list[tuple[str, Entry[object]]]:
        """Every entry of the form with the label that people know it by, top to bottom."""
        kind = self.kind
        found: list[tuple[str, Entry[object]]] = [("标题", self.heading)]
        found += [(field.name, entry) for field, entry in zip(kind.fields, self.values, strict=True)]
        found += [(f"{checkpoint.month}月底", checkpoint.percent) for checkpoint in self.plan]
        found += [(f"目标{number}", goal) for number, goal in enumerate(self.goals, 1)]
        labels = [(column.label, column.key) for column in kind.columns if column.key in Indicator._fields]
        for indicator in self.indicators:
            found += [(label, getattr(indicator, key)) for label, key in labels]
        found += [(heading, entry) for heading, entries in self.own_columns for entry in entries]
        found += [(line.label, line.entry) for line in self.own_lines]
        return found

    def carried_in(self, key: str) -> Entry[str] | None:
        """What stands in a cell that its 样表 does not read, by its row and column there (8:3); None for nothing."""
        return next((one.entry for one in self.carried if "{}:{}".format(*one.place) == key), None)

    def own_text(self, heading: str, item: int) -> Entry[str] | None:
        """What one of its own columns says of an indicator, by its number from 0; None where it has no such column."""
        entries = dict(self.own_columns).get(heading)
        return entries[item] if entries is not None and item < len(entries) else None

    def column(self, key: str) -> list[Entry[Any]]:
        """What its indicators say in one column of the table, in their order: weight."""
        entries = (getattr(indicator, key) for indicator in self.indicators)
        return [entry for entry in entries if entry.text]

    @property
    def flawed(self) -> list[tuple[str, Entry[object]]]:
        """Entries that hold an error value or a formula without a result, each cell once, with their labels."""
        rows = (entry.status for indicator in self.indicators for entry in indicator)
        head = (self.heading, *self.values, *self.goals, *(point.percent for point in self.plan))
        if not any(status in FLAWED for status in rows) and not any(entry.status in FLAWED for entry in head):
            return []
        found = {(entry.row, entry.column): (label, entry) for label, entry in self.entries() if entry.status in FLAWED}
        return list(found.values())


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form in which nothing has been filled in yet: no project, but worth one finding."""

    sheet: str
    name: Entry[str]
    kind: FormKind


def said_budget(projects: Iterable[Project]) -> str:
    """What the budgets of projects add up to, for people; with a + behind it where one is not known."""
    amounts = [project.budget.value for project in projects]
    known = reduce(EXACT.add, (amount for amount in amounts if amount is not None), Decimal(0))
    return f"{plain(known)}{'+' if None in amounts else ''}万元"

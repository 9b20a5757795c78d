"""One project's form as it was read: entries that know their cells, and what they are put together to."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from xl_perf.core.cells.entry import FLAWED, Entry, Status, absent
from xl_perf.core.cells.grid import Area
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.targets import Target


class Budget(NamedTuple):
    """预算规模及资金用途: amounts in 万元; the total is meant to be 财政资金 + 其他资金."""

    total: Entry[Decimal]
    fiscal: Entry[Decimal]
    other: Entry[Decimal]
    purpose: Entry[str]

    @property
    def amounts(self) -> tuple[tuple[str, Entry[Decimal]], ...]:
        """The three amounts with their labels."""
        return ("预算数", self.total), ("财政资金", self.fiscal), ("其他资金", self.other)


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
    def key(self) -> tuple[str, str, str]:
        """What identifies the indicator within its project."""
        return self.level1.value or "", self.level2.value or "", self.level3.text


@dataclass(frozen=True, slots=True)
class Project:
    """One 项目绩效目标表."""

    sheet: str
    area: Area
    """The rows and columns in which the form stands."""
    heading: Entry[str]
    code: Entry[str]
    name: Entry[str]
    budget: Budget
    plan: tuple[Checkpoint, ...]
    goals: tuple[Entry[str], ...]
    indicators: tuple[Indicator, ...]
    table: tuple[int, int] | None = None
    """Row and column of the header of the indicator table; None where it was not found."""
    missing: tuple[str, ...] = ()
    """Keys of the labels that were not found."""
    repeated: tuple[Label, ...] = ()
    """Labels that stand a second time in the same form."""
    hidden: bool = False
    last_year: tuple[tuple[str, Entry[Any]], ...] = ()
    """Last year's amounts by their labels, to be shown for comparison; they belong to no total."""

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
        found: list[tuple[str, Entry[object]]] = [
            ("标题", self.heading),
            ("项目编码", self.code),
            ("项目名称", self.name),
            *self.budget.amounts,
            ("资金用途", self.budget.purpose),
        ]
        found += [(f"{checkpoint.month}月底", checkpoint.percent) for checkpoint in self.plan]
        found += [(f"目标{number}", goal) for number, goal in enumerate(self.goals, 1)]
        for indicator in self.indicators:
            found += zip(INDICATOR_LABELS, indicator, strict=True)
        return found

    @property
    def flawed(self) -> list[tuple[str, Entry[object]]]:
        """Entries that hold an error value or a formula without a result, each cell once, with their labels."""
        rows = (entry.status for indicator in self.indicators for entry in indicator)
        head = (self.heading, self.code, self.name, *self.budget, *self.goals, *(point.percent for point in self.plan))
        if not any(status in FLAWED for status in rows) and not any(entry.status in FLAWED for entry in head):
            return []
        found = {(entry.row, entry.column): (label, entry) for label, entry in self.entries() if entry.status in FLAWED}
        return list(found.values())


INDICATOR_LABELS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据", "权重")


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form in which nothing has been filled in yet: no project, but worth one finding."""

    sheet: str
    name: Entry[str]

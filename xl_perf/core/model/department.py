"""What a department plans, as it stands in its workbook.

Everything is immutable, and every value knows the cell it came from and what was typed there. Amounts are
`Decimal` in 万元, percentages `Decimal` in per cent. Monitoring (绩效运行监控), self-evaluation (绩效自评) and the task
plan (任务分解) come later: they refer to a project by `Project.key` and to an indicator by `Indicator.key`,
so they can be added beside this model without changing it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from xl_perf.core.cells.entry import FLAWED, Entry, Status
from xl_perf.core.checking.seen import Indicators, Plan, plan_of
from xl_perf.core.figures.totals import Totals, add_up, totals_of
from xl_perf.core.model.project import BlankForm, Project

if TYPE_CHECKING:
    from xl_perf.core.model.findings import Accepted


class Text(NamedTuple):
    """A text that people write freely, with the label that they know it by; a name is shorter than other texts."""

    label: str
    entry: Entry[Any]
    is_name: bool

    @property
    def typed(self) -> str:
        """What was typed, if that was a text."""
        typed = self.entry.typed
        return typed if isinstance(typed, str) else ""


def _texts_of(project: Project) -> Iterator[Text]:
    """The texts of a form, top to bottom."""
    if project.heading.row != project.name.row:
        yield Text("标题", project.heading, True)
    yield Text("项目名称", project.name, True)
    yield Text("资金用途", project.budget.purpose, False)
    for number, goal in enumerate(project.goals, 1):
        yield Text(f"目标{number}", goal, False)
    for _, _, name, description, target, basis, _ in project.indicators:
        yield Text("三级指标", name, True)
        yield Text("绩效指标描述", description, False)
        yield Text("指标值", target, True)
        yield Text("指标值确定依据", basis, False)


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


class StoredTotal(NamedTuple):
    """A total that the book itself shows: ``what`` is a key of `totals.Totals.figures`."""

    what: str
    label: str
    amount: Entry[Decimal]


class Listed(NamedTuple):
    """A row of 部门汇总 as stored in the book."""

    name: Entry[str]
    budget: Entry[Decimal]
    fiscal: Entry[Decimal]
    other: Entry[Decimal]


@dataclass(frozen=True, slots=True)
class Cover:
    """首页: who hands the workbook in, and the ceiling in 万元 that the finance bureau set (may be blank)."""

    department: Entry[str]
    year: Entry[int]
    contact: Entry[str]
    phone: Entry[str]
    ceiling: Entry[Decimal]


@dataclass(frozen=True)
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
    blank_forms: tuple[BlankForm, ...] = ()
    stored_totals: tuple[StoredTotal, ...] = ()
    listed: tuple[Listed, ...] = ()
    sha256: str = ""
    kind: str = ""
    template_version: str = ""
    notes: tuple[str, ...] = ()
    sees_errors: bool = True
    accepted: "tuple[Accepted, ...]" = ()
    """Warnings that a person has accepted on 校验结果."""
    sound: bool = False
    """Known to hold no error values and no formulas without result."""

    @property
    def name(self) -> str | None:
        """The department's name, or None where 首页 does not say it."""
        return self.cover.department.value

    @cached_property
    def flawed(self) -> list[tuple[str, Entry[object]]]:
        """Entries of the whole book that hold an error value or a formula without a result, with their labels."""
        if self.sound:
            return []
        cover, goals = self.cover, (self.overall_goal, *self.goal_texts())
        found: list[tuple[str, Entry[object]]] = [
            ("部门名称", cover.department),
            ("预算年度", cover.year),
            ("控制数", cover.ceiling),
            # A total that was not stored is no field: totals are recomputed anyway.
            *((one.label, one.amount) for one in self.stored_totals if one.amount.status is not Status.NO_VALUE),
            *(("整体绩效目标", entry) for entry in goals),
        ]
        own = [(label, entry) for label, entry in found if entry.status in FLAWED]
        return own + [pair for project in self.projects for pair in project.flawed]

    @cached_property
    def texts(self) -> list[Text]:
        """Every text of the book that people write freely: forms first, then 整体绩效目标."""
        found = [text for project in self.projects for text in _texts_of(project)]
        found.append(Text("总体绩效目标", self.overall_goal, False))
        for sub in self.sub_goals:
            found += Text("分项绩效目标", sub.title, True), Text("绩效目标", sub.goal, False)
            for name, target in sub.indicators:
                found += Text("绩效指标", name, True), Text("指标值", target, True)
        for safeguard in self.safeguards:
            found += Text("工作保障措施", safeguard.title, True), Text("具体内容", safeguard.text, False)
        return found

    @cached_property
    def strings(self) -> list[str]:
        """What was typed in all of `texts`, without places: to see fast that there is nothing to look for."""
        entries: list[Entry[Any]] = [self.overall_goal, *self.goal_texts()]
        for project in self.projects:
            entries += project.heading, project.name, project.budget.purpose, *project.goals
        for indicator in self.indicators.rows:
            entries += indicator[2:6]  # 三级指标 to 指标值确定依据
        return [typed for entry in entries if isinstance(typed := entry.typed, str)]

    @cached_property
    def whole_text(self) -> str:
        """All of `strings` in one: what does not stand in it stands in none of them."""
        return "\n".join(self.strings)

    def mentions(self, words: Iterable[str]) -> bool:
        """One of the words stands somewhere in `texts`."""
        whole = self.whole_text
        # A single character is found, or missed, ten times as fast as a word.
        return any(word[:1] in whole and word[-1:] in whole and word in whole for word in words)

    @cached_property
    def indicators(self) -> Indicators:
        """The indicators of all projects."""
        return Indicators(self.projects)

    @cached_property
    def amounts(self) -> list[tuple[str, Entry[Decimal]]]:
        """The three amounts of all projects, with their labels."""
        return [amount for project in self.projects for amount in project.budget.amounts]

    def plans(self, months: tuple[int, ...]) -> list[Plan]:
        """The plans of all projects at some months."""
        if months not in self._plans:
            self._plans[months] = [plan_of(project, months) for project in self.projects]
        return self._plans[months]

    @cached_property
    def _plans(self) -> dict[tuple[int, ...], list[Plan]]:
        return {}

    @cached_property
    def totals(self) -> tuple[Totals, ...]:
        """Every project's part in the totals, in 万元."""
        return tuple(map(totals_of, self.projects))

    @cached_property
    def total(self) -> Totals:
        """All of `totals` added up, in 万元."""
        return add_up(self.totals)

    @cached_property
    def levels(self) -> list[tuple[dict[str | None, set[str | None]], list[Project]]]:
        """The first levels that indicators name, each with their second levels; and the projects that name just these.

        Forms of one template name the same levels, so there are few of these.
        """
        alike: dict[frozenset[tuple[str | None, str | None]], list[Project]] = defaultdict(list)
        for project in self.projects:
            alike[frozenset([(one.level1.value, one.level2.value) for one in project.indicators])].append(project)
        found = []
        for pairs, projects in alike.items():
            levels: dict[str | None, set[str | None]] = defaultdict(set)
            for level1, level2 in pairs:
                levels[level1].add(level2)
            found.append((dict(levels), projects))
        return found

    def entries_with(self, status: Status) -> Iterator[tuple[str, Entry[object]]]:
        """Those of `flawed` that have one status."""
        return ((label, entry) for label, entry in self.flawed if entry.status is status)

    def goal_texts(self) -> Iterator[Entry[str]]:
        """Every entry of the sub-goals and safeguards."""
        for sub in self.sub_goals:
            yield from (sub.title, sub.goal, sub.projects)
            for indicator in sub.indicators:
                yield from indicator
        for safeguard in self.safeguards:
            yield from safeguard

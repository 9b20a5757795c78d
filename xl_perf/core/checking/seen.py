"""What many rules look at, laid out once for a whole workbook: its texts, amounts, indicators, plans, totals.

Rules that have something to say about a few indicators ask for these, instead of each walking through all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import FLAWED, Entry, Status, absent
from xl_perf.core.cells.targets import is_rate
from xl_perf.core.checking.delivered import ListedProject, listed
from xl_perf.core.checking.evaluated import EvaluatedTable, evaluated
from xl_perf.core.checking.monitored import MonitoredTable, monitored
from xl_perf.core.figures.totals import Totals, add_up, totals_of, with_doubts
from xl_perf.core.forms.kind import Value
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Checkpoint, Indicator, Project
from xl_perf.core.profile import Profile

_TYPED: Final = attrgetter("typed")


class Indicators:
    """The indicators of a workbook in the order of their rows, and those that have something in common.

    ``by_kind`` goes by the kind of the target value (None where it was not understood), ``by_unit`` by its unit (only
    numbers and ranges have one).
    """

    def __init__(self, projects: Sequence[Project]) -> None:
        level2: dict[str | None, list[tuple[Project, Indicator]]] = defaultdict(list)
        kind: dict[str | None, list[Indicator]] = defaultdict(list)
        unit: dict[str, list[Indicator]] = defaultdict(list)
        for project in projects:
            for row in project.indicators:
                level2[row.level2.value].append((project, row))
                target = row.target.value
                kind[None if target is None else target.kind].append(row)
                if target is not None and target.low is not None:
                    unit[target.unit].append(row)
        self.rows = list(chain.from_iterable([project.indicators for project in projects]))
        self.by_level2, self.by_kind, self.by_unit = level2, kind, unit
        self._projects = projects
        self._under: dict[Collection[str], list[tuple[Project, list[Indicator]]]] = {}

    @cached_property
    def names(self) -> list[str]:
        """The rows' 三级指标 as they are compared: without white space, in half-width forms."""
        return list(map(folded, [row.level3.value or "" for row in self.rows]))

    @cached_property
    def rates(self) -> list[Indicator]:
        """Those whose target value is in per cent or per mille."""
        return [one for unit, those in self.by_unit.items() if is_rate(unit) for one in those]

    def under(self, seconds: Collection[str]) -> list[tuple[Project, list[Indicator]]]:
        """Every project with its indicators under some second levels, in the order of their rows."""
        if seconds not in self._under:
            self._under[seconds] = [
                (project, [row for row in project.indicators if row.level2.value in seconds])
                for project in self._projects
            ]
        return self._under[seconds]


class Plan(NamedTuple):
    """A project's 资金支出计划 at the months of a profile.

    ``points`` are the months with their entries (absent where the form has no such month), ``percents`` what was
    understood there. A sound plan is one in which P401 to P404 find nothing: complete, rising from 0 or more to 100 %.
    """

    points: Sequence[Checkpoint]
    percents: list[Decimal]
    is_sound: bool


def plan_of(project: Project, months: Sequence[int]) -> Plan:
    """The project's plan at some months, in calendar order; at none where no plan is demanded and none was begun."""
    points: Sequence[Checkpoint] = project.plan
    if not project.kind.demands_plan and all(point.percent.typed is None for point in points):
        months = ()
    elif has_own_months(project, months):
        months = [point.month for point in points]
    if [point.month for point in points] != list(months):
        points = [Checkpoint(month, project.percent(month)) for month in months]
    percents = [value for point in points if (value := point.percent.value) is not None]
    is_whole = len(percents) == len(points) > 0
    is_sound = is_whole and percents[0] >= 0 and percents[-1] == 100 and percents == sorted(percents)
    return Plan(points, percents, is_sound)


_QUARTERS: Final = (3, 6, 9, 12)


def has_own_months(project: Project, months: Sequence[int]) -> bool:
    """The form plans at the ends of the quarters, and not at the months of the profile."""
    return tuple(point.month for point in project.plan) == _QUARTERS and not {*months} <= {*_QUARTERS}


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
    for field, entry in zip(project.kind.fields, project.values, strict=True):
        if field.value in {Value.TEXT, Value.LONG_TEXT}:
            yield Text(field.name, entry, field.value is Value.TEXT)
    for number, goal in enumerate(project.goals, 1):
        yield Text(f"目标{number}", goal, False)
    labels = project.kind.labels
    for one in project.indicators:
        yield Text(labels["level3"], one.level3, True)
        yield Text(labels.get("description", ""), one.description, False)
        yield Text(labels["target"], one.target, True)
        yield Text(labels.get("basis", ""), one.basis, False)


def percent_in_sheet(entry: Entry[Decimal], *, reads_texts: bool = False) -> Decimal | None:
    """What the formulas of our workbooks take a percentage for (`sheets.summary_formulas.share`).

    Those of 0.1 take a text for nothing; later ones are those that ``reads_texts``, with a %.
    """
    if entry.value is None:
        return None
    if isinstance(entry.typed, str):
        return entry.value if reads_texts and ("%" in entry.typed or "％" in entry.typed) else None
    typed = Decimal(str(entry.typed))
    return typed if typed > 1 else typed.scaleb(2)


def _as_summed_in_sheet(project: Project, *, reads_texts: bool) -> Project:
    """The project as sums and formulas of the book see it."""
    places = {at for _, at in project.kind.amount_places}
    nothing = absent(project.sheet)
    return replace(
        project,
        values=tuple(
            nothing if at in places and isinstance(entry.typed, str) else entry
            for at, entry in enumerate(project.values)
        ),
        plan=tuple(
            Checkpoint(month, entry._replace(value=percent_in_sheet(entry, reads_texts=reads_texts)))
            for month, entry in project.plan
        ),
    )


class Seen:
    """A department's book, and what several rules look at in it: each is worked out once, when the first rule asks."""

    def __init__(self, department: Department) -> None:
        self.department, self.projects = department, department.projects

    @cached_property
    def flawed(self) -> list[tuple[str, Entry[object]]]:
        """Entries of the whole book that hold an error value or a formula without a result, with their labels."""
        if self.department.has_no_errors:
            return []
        own, goals = self.department, (self.department.overall_goal, *self.department.goal_texts())
        cover = own.cover
        found: list[tuple[str, Entry[object]]] = [
            ("部门名称", cover.department),
            ("预算年度", cover.year),
            ("控制数", cover.ceiling),
            # A total that was not stored is no field: totals are recomputed anyway.
            *((one.label, one.amount) for one in own.stored_totals if one.amount.status is not Status.NO_VALUE),
            *(("整体绩效目标", entry) for entry in goals),
            *(
                (label, entry)
                for table in own.monitoring
                for row in table.indicators
                for label, entry in (("执行情况", row.reached), ("全年预计完成情况", row.expected))
            ),
        ]
        flawed = [(label, entry) for label, entry in found if entry.status in FLAWED]
        return flawed + [pair for project in self.projects for pair in project.flawed]

    @cached_property
    def texts(self) -> list[Text]:
        """Every text of the book that people write freely: forms first, then 整体绩效目标."""
        found = [text for project in self.projects for text in _texts_of(project)]
        found.append(Text("总体绩效目标", self.department.overall_goal, False))
        for sub in self.department.sub_goals:
            found += Text("分项绩效目标", sub.title, True), Text("绩效目标", sub.goal, False)
            for name, target in sub.indicators:
                found += Text("绩效指标", name, True), Text("指标值", target, True)
        for safeguard in self.department.safeguards:
            found += Text("工作保障措施", safeguard.title, True), Text("具体内容", safeguard.text, False)
        return found

    @cached_property
    def strings(self) -> list[str]:
        """What was typed in all of `texts`, without places: to see fast that there is nothing to look for."""
        own = self.department
        entries: list[Entry[Any]] = [own.overall_goal, *own.goal_texts()]
        for project in self.projects:
            entries += project.heading, *project.texts, *project.goals
        for indicator in self.indicators.rows:
            entries += indicator.texts
        return [typed for typed in map(_TYPED, entries) if isinstance(typed, str)]

    @cached_property
    def listed(self) -> tuple[ListedProject, ...]:
        """The projects as they are compared with each other, and with those of other books."""
        return tuple(listed(one, self.department.year) for one in self.projects)

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
        """All amounts of all projects, with their short names."""
        return [amount for project in self.projects for amount in project.amounts]

    @cached_property
    def all_amounts(self) -> list[tuple[str, Entry[Decimal]]]:
        """`amounts`, and those that are only part of a source."""
        parts = [(project, project.kind.amounts[len(project.kind.money) :]) for project in self.projects]
        return self.amounts + [(one.name, project.value(one.key)) for project, own in parts for one in own]

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
        """All of `totals` added up, in 万元, and what is missing from them."""
        return with_doubts(add_up(self.totals), self.department)

    @cached_property
    def text_amounts(self) -> list[tuple[str, Entry[Decimal]]]:
        """Amounts that were typed as text and are understood all the same, with their short names."""
        return [amount for amount in self.amounts if isinstance(amount[1].typed, str) and amount[1].value is not None]

    @cached_property
    def text_amounts_passed_over(self) -> list[tuple[str, Entry[Decimal]]]:
        """Those of ``text_amounts`` that totals of the book lack: B309 names them."""
        return self.text_amounts if self.text_amounts and self.is_summed_without() else []

    @cached_property
    def passed_over(self) -> Mapping[str, Decimal]:
        """The figures of `total` that a sheet's own formulas arrive at: they pass over text, and take 1 for 100 %.

        Empty where that makes no difference.
        """
        if not (self.text_amounts or self.misread_percents):
            return {}
        return self._summed_in_sheet(reads_texts=self._reads_percents_as_texts)

    def _summed_in_sheet(self, *, reads_texts: bool) -> Mapping[str, Decimal]:
        projects = (_as_summed_in_sheet(project, reads_texts=reads_texts) for project in self.projects)
        return add_up(map(totals_of, projects)).figures

    @cached_property
    def _reads_percents_as_texts(self) -> bool:
        """Whether the totals show that the book's formulas read 25% also where it is a text: those of 0.1 did not."""
        before, now = (self._summed_in_sheet(reads_texts=one) for one in (False, True))
        return any(
            now.get(one.what) == one.amount.value != before.get(one.what) for one in self.department.stored_totals
        )

    @cached_property
    def misread_percents(self) -> list[tuple[str, Entry[Decimal]]]:
        """Percentages of plans that a sheet's own formulas take for something else, with the months as labels."""
        return [
            (f"{month}月底", entry)
            for project in self.projects
            for month, entry in project.plan
            if entry.value is not None
            and percent_in_sheet(entry) != entry.value  # of most books that is all that is asked
            and percent_in_sheet(entry, reads_texts=self._reads_percents_as_texts) != entry.value
        ]

    def is_summed_without(self, figures_of: str = "") -> bool:
        """Totals that the book stores are wrong just because its formulas see amounts or percentages otherwise.

        ``figures_of``: only those whose key begins so, such as ``planned``.
        """
        seen, figures = self.passed_over, self.total.figures
        return any(
            seen.get(stored.what) == stored.amount.value != figures.get(stored.what)
            for stored in self.department.stored_totals
            if stored.what.startswith(figures_of)
        )

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

    def by_profile(self, profile: Profile) -> list[tuple[Profile, "Seen"]]:
        """The projects of each kind of form for which the profile has another, and those for which it holds itself."""
        if not self._by_profile:
            alike: dict[str, list[Project]] = defaultdict(list)
            for project in self.projects:
                name = project.kind.name
                alike[name if name in profile.by_kind else ""].append(project)
            self._by_profile += [
                (profile.by_kind.get(name, profile), Seen(replace(self.department, projects=tuple(projects))))
                for name, projects in alike.items()
            ]
        return self._by_profile

    @cached_property
    def _by_profile(self) -> list[tuple[Profile, "Seen"]]:
        return []

    def evaluated(self, profile: Profile) -> list[EvaluatedTable]:
        """The self-evaluations, each scored once."""
        if self._evaluated is None or self._evaluated[0] is not profile:
            self._evaluated = profile, evaluated(self.department, profile)
        return self._evaluated[1]

    _evaluated: tuple[Profile, list[EvaluatedTable]] | None = None

    def monitored(self, profile: Profile) -> list[MonitoredTable]:
        """The monitoring tables, each judged once."""
        if self._monitored is None or self._monitored[0] is not profile:
            self._monitored = profile, monitored(self.department, profile)
        return self._monitored[1]

    _monitored: tuple[Profile, list[MonitoredTable]] | None = None

    def entries_with(self, status: Status) -> Iterator[tuple[str, Entry[object]]]:
        """Those of `flawed` that have one status."""
        return ((label, entry) for label, entry in self.flawed if entry.status is status)

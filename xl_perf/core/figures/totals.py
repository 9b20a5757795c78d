"""Sums in exact Decimal, in 万元. A blank or a placeholder counts as 0; what is no amount is left out, and named."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce
from typing import Final, NamedTuple

from xl_perf.core.cells import values
from xl_perf.core.cells.entry import Status
from xl_perf.core.figures.missing import Incomplete, missing_from
from xl_perf.core.model.department import WITHOUT_FORM, Department
from xl_perf.core.model.project import Checkpoint, Project

ZERO = Decimal(0)
EXACT: Final = values.EXACT
"""For every sum of amounts: a result that had to be rounded would raise."""
MONEY: Final = ("budget", "fiscal", "other")
"""What is totalled whatever the kind of form; ``other`` is all that does not come from the treasury."""
OTHER: Final = "other"
_MOST_NAMED: Final = 5
"""Sheets that a remark names."""
_FEN: Final = Decimal("0.000001")
_WIDE: Final = Context(prec=120, rounding=ROUND_HALF_UP)


def to_fen(amount: Decimal) -> Decimal:
    """An amount in 万元 rounded to 1 分, halves away from zero as the sheet's ROUND does; of any size."""
    return _WIDE.quantize(amount, _FEN)


class Doubled(NamedTuple):
    """A project that may stand in a total more than once.

    ``amount`` is what may be too much, in 万元: all of its amounts but the largest. ``said`` names the project, the
    amount and the places, in Chinese; ``rules`` are the codes of the rules that found it; ``paths`` are those of the
    books, one for each place.
    """

    amount: Decimal
    said: str
    rules: tuple[str, ...]
    paths: tuple[str, ...] = ()


_NOTHING: Final[Mapping[str, Decimal]] = dict.fromkeys(MONEY, ZERO)
_NO_SOURCES: Final[Mapping[str, Decimal]] = {}


class Totals(NamedTuple):
    """Number of projects, amounts by `MONEY`, planned cumulative spending at the end of each month, what is missing.

    ``planning`` projects have a plan. ``undivided`` is the money of forms that do not say where it comes from;
    ``within_other`` what ``other`` is made of beside 其他资金 itself, by the forms' short names. ``undecided`` books
    are drafts of one department and year of which nobody can say which is the last: all count. ``doubled`` projects
    may stand in the amounts more than once; of ``doubtful`` books nobody knows whether they are drafts of each other.
    ``altered`` books were changed after they had been packed. ``money_texts`` texts outside forms state amounts.
    ``apart`` books have no project in common with the later ones, and count though drafts between them link them.
    ``unplanned`` are the sheets of the projects that have a percentage in their plan that could not be read, or none
    for its end: ``planned`` lacks its amount. ``drafts`` are books that all count, and may be drafts of each other:
    what of them may be too much. ``planners`` says how many of the ``planning`` projects have a month in their plan.
    """

    projects: int = 0
    amounts: Mapping[str, Decimal] = _NOTHING
    planned: tuple[tuple[int, Decimal], ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    planning: int = 0
    undivided: Decimal = ZERO
    within_other: Mapping[str, Decimal] = _NO_SOURCES
    undecided: int = 0
    doubled: tuple[Doubled, ...] = ()
    doubtful: int = 0
    altered: int = 0
    money_texts: int = 0
    apart: int = 0
    unplanned: tuple[str, ...] = ()
    drafts: tuple[Doubled, ...] = ()
    planners: tuple[tuple[int, int], ...] = ()

    def plus(self, more: "Totals") -> "Totals":
        """Both together. Months of either are kept, in calendar order."""
        return Totals(
            self.projects + more.projects,
            {key: EXACT.add(amount, more.amounts[key]) for key, amount in self.amounts.items()},
            _planned_together(self.planned, more.planned),
            self.incomplete + more.incomplete,
            self.planning + more.planning,
            EXACT.add(self.undivided, more.undivided),
            _within_other((self, more)),
            self.undecided + more.undecided,
            self.doubled + more.doubled,
            self.doubtful + more.doubtful,
            self.altered + more.altered,
            self.money_texts + more.money_texts,
            self.apart + more.apart,
            self.unplanned + more.unplanned,
            self.drafts + more.drafts,
            _planners((self, more)),
        )

    def doubted(self, more: "Totals") -> "Totals":
        """The totals, and what of more may be counted twice."""
        return self._replace(
            undecided=self.undecided + more.undecided,
            doubled=(*self.doubled, *more.doubled),
            doubtful=self.doubtful + more.doubtful,
            altered=self.altered + more.altered,
            apart=self.apart + more.apart,
            drafts=(*self.drafts, *more.drafts),
        )

    def lacking(self, missing: Incomplete) -> "Totals":
        """The totals, and something more that is missing from them."""
        return self._replace(incomplete=(*self.incomplete, missing))

    @property
    def budget(self) -> Decimal:
        """The projects' whole amounts."""
        return self.amounts["budget"]

    @property
    def note(self) -> str:
        """What is to be said beside the totals where something is missing from them; empty where nothing is."""
        if not self.incomplete:
            return ""
        files = sum(one.sheet is None for one in self.incomplete)
        sheets = len({(one.path, one.sheet) for one in self.incomplete if one.sheet is not None})
        is_listed = any(WITHOUT_FORM in one.reason for one in self.incomplete)
        unread = "读不出或没有计入" if is_listed else "读不出"
        parts = [f"{sheets} 张表里{unread}的金额"] * bool(sheets) + [f"{files} 个没有读入的文件"] * bool(files)
        return f"合计不含 {'、'.join(parts)}"

    @property
    def doubts(self) -> list[str]:
        """What may be counted twice or lack something, or is not what was packed; in Chinese, without full stop.

        `remarks` begin so.
        """
        said = []
        if self.undecided:
            said.append(f"{self.undecided} 本是同一部门同一年的几稿，分不出先后，都计入了，可能重复（X608）")
        if self.doubtful:
            said.append(f"{self.doubtful} 本没有都写明部门，项目名称相同、金额不同，都计入了，可能重复（X608）")
        if self.apart:
            said.append(
                f"{self.apart} 本与后来的没有相同的项目、中间一稿把它们连在一起，按分开报的都计入，请核对（X608）"
            )
        if self.drafts:
            amount = values.plain(_sum(one.amount for one in self.drafts))
            named = "；".join(one.said for one in self.drafts[:_MOST_NAMED]) + " 等" * (len(self.drafts) > _MOST_NAMED)
            remedy = "是几稿的只留定稿，把别的移走；确要都计入的用 --all-versions"
            said.append(f"如果是几稿，合计多算了 {amount} 万元：{named}；{remedy}")
        if self.altered:
            said.append(f"{self.altered} 本打包以后改过，与报送清单核对不上，合计按现在的内容（S114）")
        if self.money_texts:
            said.append(f"{self.money_texts} 处表外的文字写有金额，没有计入（S115）")
        if self.doubled:
            amount = values.plain(_sum(one.amount for one in self.doubled))
            rules = "、".join(sorted({rule for one in self.doubled for rule in one.rules}))
            said.append(f"{len(self.doubled)} 个项目可能重复，重复的共 {amount} 万元（{rules}）")
        return said

    @property
    def remarks(self) -> list[str]:
        """What is to be said of how the amounts are made up, in Chinese sentences without full stop."""
        said = self.doubts
        if self.within_other:
            parts = "、".join(f"{name} {values.plain(amount)}" for name, amount in self.within_other.items())
            said.append(f"其他资金含{parts} 万元")
        if self.undivided:
            said.append(f"{values.plain(self.undivided)} 万元没有写资金来源，财政资金和其他资金都不含")
        if 0 < self.planning < self.projects:
            said.append(f"{self.projects} 个项目中 {self.planning} 个有支出计划")
        some = [(month, number) for month, number in self.planners if number < self.planning]
        if some:
            parts = "、".join(f"{month}月底的计划只含 {number} 个项目" for month, number in some)
            said.append(f"{parts}：别的支出计划没有这个月")
        if self.unplanned:
            sheets = [sheet for sheet in dict.fromkeys(self.unplanned) if sheet]
            named = "、".join(sheets[:_MOST_NAMED]) + " 等" * (len(sheets) > _MOST_NAMED)
            where = f"（{named}）" if named else ""
            said.append(f"支出计划的合计不含 {len(self.unplanned)} 个项目{where}：计划没有填、读不出，或填的不是百分比")
        return said

    def months(self, checkpoints: Iterable[int]) -> tuple[int, ...]:
        """What to show planned spending at: the months that projects plan for; without projects the checkpoints.

        None where there are projects but none of their forms has a plan.
        """
        return tuple(sorted(dict(self.planned))) if self.projects else tuple(checkpoints)

    def planned_at(self, month: int) -> Decimal:
        """Planned cumulative spending by the end of the month; 0 where no project plans for it."""
        return dict(self.planned).get(month, ZERO)

    @property
    def figures(self) -> dict[str, Decimal]:
        """The amounts by the key under which a book stores them: budget, fiscal, other, ``planned:6`` …."""
        return {**self.amounts, **{f"planned:{month}": amount for month, amount in self.planned}}


_Planned = tuple[tuple[int, Decimal], ...]


def _planned_together(one: _Planned, other: _Planned) -> _Planned:
    if [month for month, _ in one] == [month for month, _ in other]:
        return tuple([(month, EXACT.add(a, b)) for (month, a), (_, b) in zip(one, other, strict=True)])
    planned = dict(one)
    for month, amount in other:
        planned[month] = EXACT.add(planned.get(month, ZERO), amount)
    return tuple(sorted(planned.items()))


def other_sources(project: Project) -> Decimal | None:
    """The project's money that does not come from the treasury, in 万元; None where no such source has an amount."""
    amounts = [project.values[at].value for at in project.kind.other_places]
    known = [amount for amount in amounts if amount is not None]
    return reduce(EXACT.add, known) if known else None


def planned_amount(project: Project, month: int) -> Decimal | None:
    """What the project plans to have spent by the end of the month; None where the form does not say."""
    return dict(planned_amounts(project)).get(month)


def planned_amounts(project: Project) -> tuple[tuple[int, Decimal | None], ...]:
    """Every month of the project's plan with its `planned_amount`."""
    total = project.budget.value
    if total is None:
        return tuple([(month, None) for month, _ in project.plan])
    one_percent = total.scaleb(-2, EXACT)
    percents = [(month, percent.value) for month, percent in project.plan]
    return tuple([(month, None if one is None else EXACT.multiply(one_percent, one)) for month, one in percents])


def totals_of(project: Project) -> Totals:
    """One project's part in every total."""
    total = project.budget.value or ZERO
    one_percent = total.scaleb(-2, EXACT)
    planned = [
        (point.month, EXACT.multiply(one_percent, point.percent.value or ZERO) or ZERO) for point in project.plan
    ]
    amounts = {"budget": total, "fiscal": project.fiscal.value or ZERO, "other": other_sources(project) or ZERO}
    is_undivided = all(source.status is Status.ABSENT for source in project.sources)
    return Totals(
        1,
        amounts,
        tuple(planned),
        (),
        int(bool(planned)),
        total if is_undivided else ZERO,
        _named_sources(project) if len(project.kind.other_places) > 1 else _NO_SOURCES,
        unplanned=(project.sheet,) if _lacks_plan(project) else (),
        planners=tuple([(month, 1) for month, _ in planned]),
    )


def _lacks_plan(project: Project) -> bool:
    """The plan has a percentage that cannot be read, or does not say where it ends: an earlier blank may be a 0."""
    if any(map(_is_unreadable, project.plan)):
        return True
    last = max(project.plan, key=lambda point: point.month, default=None)
    return last is not None and bool(project.budget.value) and last.percent.value is None


def _is_unreadable(point: Checkpoint) -> bool:
    return point.percent.value is None and not point.percent.is_empty


def _named_sources(project: Project) -> dict[str, Decimal]:
    """The amounts that count as other money under a name of their own."""
    kind = project.kind
    found = ((kind.fields[at], project.values[at].value) for at in kind.other_places)
    return {field.name: amount for field, amount in found if field.key != OTHER and amount}


def add_up(parts: Iterable[Totals]) -> Totals:
    """The sum of all parts, whatever their order."""
    all_parts = list(parts)
    planned: dict[int, list[Decimal]] = defaultdict(list)
    for part in all_parts:
        for month, amount in part.planned:
            planned[month].append(amount)
    return Totals(
        sum([part.projects for part in all_parts]),
        {key: _sum([part.amounts[key] for part in all_parts]) for key in MONEY},
        tuple([(month, _sum(planned[month])) for month in sorted(planned)]),
        tuple([missing for part in all_parts for missing in part.incomplete]),
        sum([part.planning for part in all_parts]),
        _sum([part.undivided for part in all_parts]),
        _within_other(all_parts),
        sum([part.undecided for part in all_parts]),
        tuple([doubled for part in all_parts for doubled in part.doubled]),
        sum([part.doubtful for part in all_parts]),
        sum([part.altered for part in all_parts]),
        sum([part.money_texts for part in all_parts]),
        sum([part.apart for part in all_parts]),
        tuple([sheet for part in all_parts for sheet in part.unplanned]),
        tuple([drafts for part in all_parts for drafts in part.drafts]),
        _planners(all_parts),
    )


def _planners(parts: Iterable[Totals]) -> tuple[tuple[int, int], ...]:
    found: Counter[int] = Counter()
    for part in parts:
        found.update(dict(part.planners))
    return tuple(sorted(found.items()))


def _within_other(parts: Iterable[Totals]) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    for part in parts:
        for name, amount in part.within_other.items():
            found[name] = EXACT.add(found.get(name, ZERO), amount)
    return found or _NO_SOURCES


def totals_of_department(department: Department) -> Totals:
    """The totals of a book, with what is missing from them."""
    return with_doubts(add_up(map(totals_of, department.projects)), department)


def with_doubts(totals: Totals, department: Department) -> Totals:
    """The sum of a book's projects, with what is missing from it."""
    return totals._replace(incomplete=missing_from(department), money_texts=len(department.money_texts))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return reduce(EXACT.add, amounts, ZERO)

"""Sums in exact Decimal, in 万元. A blank or a placeholder counts as 0; what is no amount is left out."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce
from typing import Final, NamedTuple

from xl_perf.core.cells import values
from xl_perf.core.model.project import Project

ZERO = Decimal(0)
EXACT: Final = values.EXACT
"""For every sum of amounts: a result that had to be rounded would raise."""
_FEN: Final = Decimal("0.000001")
_WIDE: Final = Context(prec=120, rounding=ROUND_HALF_UP)


def to_fen(amount: Decimal) -> Decimal:
    """An amount in 万元 rounded to 1 分, halves away from zero as the sheet's ROUND does; of any size."""
    return _WIDE.quantize(amount, _FEN)


class Totals(NamedTuple):
    """Number of projects, amounts, and planned cumulative spending at the end of each month."""

    projects: int = 0
    budget: Decimal = ZERO
    fiscal: Decimal = ZERO
    other: Decimal = ZERO
    planned: tuple[tuple[int, Decimal], ...] = ()

    def plus(self, more: "Totals") -> "Totals":
        """Both together. Months of either are kept, in calendar order."""
        return Totals(
            self.projects + more.projects,
            EXACT.add(self.budget, more.budget),
            EXACT.add(self.fiscal, more.fiscal),
            EXACT.add(self.other, more.other),
            _planned_together(self.planned, more.planned),
        )

    def planned_at(self, month: int) -> Decimal:
        """Planned cumulative spending by the end of the month; 0 where no project plans for it."""
        return dict(self.planned).get(month, ZERO)

    @property
    def figures(self) -> dict[str, Decimal]:
        """The amounts by the key under which a book stores them: budget, fiscal, other, ``planned:6`` …."""
        amounts = {"budget": self.budget, "fiscal": self.fiscal, "other": self.other}
        return amounts | {f"planned:{month}": amount for month, amount in self.planned}


_Planned = tuple[tuple[int, Decimal], ...]


def _planned_together(one: _Planned, other: _Planned) -> _Planned:
    if [month for month, _ in one] == [month for month, _ in other]:
        return tuple([(month, EXACT.add(a, b)) for (month, a), (_, b) in zip(one, other, strict=True)])
    planned = dict(one)
    for month, amount in other:
        planned[month] = EXACT.add(planned.get(month, ZERO), amount)
    return tuple(sorted(planned.items()))


def planned_amount(project: Project, month: int) -> Decimal | None:
    """What the project plans to have spent by the end of the month; None where the form does not say."""
    return dict(planned_amounts(project)).get(month)


def planned_amounts(project: Project) -> tuple[tuple[int, Decimal | None], ...]:
    """Every month of the project's plan with its `planned_amount`."""
    total = project.budget.total.value
    if total is None:
        return tuple([(month, None) for month, _ in project.plan])
    one_percent = total.scaleb(-2, EXACT)
    percents = [(month, percent.value) for month, percent in project.plan]
    return tuple([(month, None if one is None else EXACT.multiply(one_percent, one)) for month, one in percents])


def totals_of(project: Project) -> Totals:
    """One project's part in every total."""
    budget = project.budget
    total = budget.total.value or ZERO
    one_percent = total.scaleb(-2, EXACT)
    planned = [
        (point.month, EXACT.multiply(one_percent, point.percent.value or ZERO) or ZERO) for point in project.plan
    ]
    return Totals(1, total, budget.fiscal.value or ZERO, budget.other.value or ZERO, tuple(planned))


def add_up(parts: Iterable[Totals]) -> Totals:
    """The sum of all parts, whatever their order."""
    projects, budgets, fiscals, others, plans = zip(Totals(), *parts, strict=True)
    planned: dict[int, list[Decimal]] = defaultdict(list)
    for plan in plans:
        for month, amount in plan:
            planned[month].append(amount)
    return Totals(
        sum(projects),
        _sum(budgets),
        _sum(fiscals),
        _sum(others),
        tuple([(month, _sum(planned[month])) for month in sorted(planned)]),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return reduce(EXACT.add, amounts, ZERO)

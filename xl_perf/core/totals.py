"""Sums in exact Decimal, in 万元. A blank or a placeholder counts as 0; what is no amount is left out."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, NamedTuple

from xl_perf.core import values
from xl_perf.core.model import Project

ZERO = Decimal(0)
EXACT: Final = values.EXACT
"""For every sum of amounts: a result that had to be rounded would raise."""
_FEN: Final = Decimal("0.000001")
_WIDE: Final = Context(prec=120, rounding=ROUND_HALF_UP)


def to_fen(amount: Decimal) -> Decimal:
    """An amount in 万元 rounded to 1 分, halves away from zero as the sheet's ROUND does; of any size."""
    return amount.quantize(_FEN, context=_WIDE)


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
    if len(one) == len(other) and all(a[0] == b[0] for a, b in zip(one, other, strict=True)):
        return tuple((a[0], EXACT.add(a[1], b[1])) for a, b in zip(one, other, strict=True))
    planned = dict(one)
    for month, amount in other:
        planned[month] = EXACT.add(planned.get(month, ZERO), amount)
    return tuple(sorted(planned.items()))


def planned_amount(project: Project, month: int) -> Decimal | None:
    """What the project plans to have spent by the end of the month; None where the form does not say."""
    total, percent = project.budget.total.value, project.percent(month).value
    if total is None or percent is None:
        return None
    return EXACT.multiply(total, percent).scaleb(-2, EXACT)


def totals_of(project: Project) -> Totals:
    """One project's part in every total."""
    budget = project.budget
    planned = ((point.month, planned_amount(project, point.month) or ZERO) for point in project.plan)
    return Totals(
        1, budget.total.value or ZERO, budget.fiscal.value or ZERO, budget.other.value or ZERO, tuple(planned)
    )


def add_up(parts: Iterable[Totals]) -> Totals:
    """The sum of all parts, whatever their order."""
    total = Totals()
    for part in parts:
        total = total.plus(part)
    return total

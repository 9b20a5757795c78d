"""Plans of spending that are filled in with amounts: 支出计划（万元） 3月底 6月底 …. They are no percentages."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.labels import Label
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import to_amount
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.units import Statement

UNREAD_PLAN: Final = "支出计划按金额填写，还不能读：请选不读"
_OF_SHARES: Final = re.compile(r"[%％]|百分|比例|进度").search
_HUNDRED: Final = 100


def heads_amounts(
    kind: FormKind,
    labels: Mapping[str, Label],
    months: Sequence[Label],
    near: Iterable[Statement],
    texts: Iterable[str],
) -> bool:
    """A unit of money is in the label of the plan or of a month, or in a line at the plan, below the form's amounts.

    ``texts`` are what these labels read: one that speaks of shares is not about the line.
    """
    heads = heads_of(kind, labels, months)
    if not months or any(label.more for label in heads):
        return bool(months)
    if any(map(_OF_SHARES, texts)):
        return False
    first, last = min(one.row for one in heads), max(one.row for one in heads)
    amounts = {labels[field.key].row for field in kind.money if field.key in labels}
    top = max([first - 1, *(row + 1 for row in amounts if row < first)])
    is_below = bool(amounts) and max(amounts) < first
    rows = range(top if is_below else first, last + 2)
    return any(one.row in rows and one.row not in amounts and one.unit in UNITS for one in near)


def heads_of(kind: FormKind, labels: Mapping[str, Label], months: Sequence[Label]) -> list[Label]:
    """The label of the plan, where there is one, and those of its months."""
    part = None if kind.plan is None else labels.get(kind.plan.key)
    return [*months, *([] if part is None else [part])]


def is_amount_of_plan(typed: Scalar) -> bool:
    """A number without a per cent sign."""
    return to_amount(typed) is not None


def are_amounts(typed: Sequence[Scalar], budget: Entry[object] | None) -> bool:
    """The numbers of a plan are plainly money: the last is the budget as it is typed or in 万元, or several are beyond
    100, without a per cent sign.
    """
    numbers = [None if (amount := to_amount(one)) is None else amount.value for one in typed]
    beyond = [number for number in numbers if number is not None and number > _HUNDRED]
    last = numbers[-1] if numbers else None
    if len(beyond) > 1 or budget is None or last is None or last <= 1 or last == _HUNDRED:
        return len(beyond) > 1
    written = to_amount(budget.typed)
    return last in {budget.value, None if written is None else written.value}

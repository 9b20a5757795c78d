"""What rules on monitoring and on self-evaluation say alike of single amounts of the money, in 万元."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.grid import NoValue
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.checking.judged import Judged
from xl_perf.core.checking.report_reading import outcome_of_unknown, unit_conflict
from xl_perf.core.checking.unsaved import TO_SAVE, not_stored
from xl_perf.core.figures.totals import to_fen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.progress import UNKNOWN, FundLine

_TIMES: Final = Decimal(100)
"""An outturn of more than so many budgets counts in another unit."""
_YUAN: Final = UNITS["元"]
AS_YUAN: Final = "可能是按元填的，请核对单位，按万元填写"


class Fault(NamedTuple):
    """A finding on an amount of a row of the money, and what kind of fault it is."""

    line: FundLine
    kind: str
    finding: Finding


def without_repeats(faults: Iterable[Fault]) -> Iterator[Finding]:
    """The findings; one on all of the money only where no source has the same fault."""
    found = list(faults)
    of_sources = {one.kind for one in found if one.line.key != "budget"}
    yield from (one.finding for one in found if one.line.key != "budget" or one.kind not in of_sources)


def amounts(one: Judged, columns: Sequence[tuple[str, str]], code: str, yuan_from: Decimal) -> Iterator[Finding]:
    """One finding per amount that is none, is negative, is finer than 0.01 元 or is as large as one in 元."""
    faults = [
        fault
        for line in one.table.funds
        for column, label in columns
        for fault in _faults(one, line, column, label, code, yuan_from)
    ]
    yield from without_repeats(faults)
    summed = [
        (label, entry)
        for column, label in columns
        if isinstance((entry := getattr(one.table.whole, column)).typed, NoValue) and entry.value is not None
    ]
    if summed:
        said = "、".join(f"{label} {plain(entry.value)}" for label, entry in summed)
        message = f"{one.table.whole.name}的公式没有保存计算结果，按各项来源之和计入：{said} 万元"
        yield one.find(summed[0][1], code, summed[0][0], message, TO_SAVE, severity=Severity.HINT)


def remedy_of_excess(outturn: Decimal, budget: Decimal, usual: str) -> str:
    """What to do about an outturn above its budget; of one a hundred times as large its unit is asked first."""
    return f"执行数{AS_YUAN}" if budget > 0 and outturn > EXACT.multiply(budget, _TIMES) else usual


def _faults(one: Judged, line: FundLine, column: str, label: str, code: str, yuan_from: Decimal) -> Iterator[Fault]:
    entry: Entry[Decimal] = getattr(line, column)
    name, value = f"{line.name}的{label}", entry.value
    if entry.status is Status.CONTRADICTED:
        is_all = getattr(one.table.whole, column).status is Status.CONTRADICTED
        outcome = outcome_of_unknown("budget" if is_all else line.key)
        message = f"{name}“{entry.text}”不能确定（{unit_conflict(one.table, entry)}），{outcome}"
        remedy = "请写明单位，只留一种说法，最好按万元填写"
        yield Fault(line, f"{column} unit", one.find(entry, code, label, message, remedy))
    elif entry.status is Status.NO_VALUE:
        message = f"{name}是公式，{not_stored(entry)}"
        yield Fault(line, f"{column} formula", one.find(entry, code, label, message, TO_SAVE))
    elif entry.status in UNKNOWN:
        found = one.find(entry, code, label, f"{name}“{entry.text}”不是金额", "请填数，单位万元")
        yield Fault(line, f"{column} broken {line.key}", found)
    elif value is not None and value < 0:
        message = f"{name} {plain(value)} 小于 0"
        remedy = "请核对，金额不能是负数"
        found = one.find(entry, code, label, message, remedy, expected="≥0", difference=plain(value))
        yield Fault(line, f"{column} negative", found)
    elif value is not None and (fen := to_fen(value)) != value:
        found = one.find(
            entry,
            code,
            label,
            f"{name} {plain(value)} 万元比 1 分钱还细",
            f"请按分取整，如 {plain(fen)}",
            found=plain(value),
            expected=plain(fen),
            difference=plain(EXACT.subtract(value, fen)),
        )
        yield Fault(line, f"{column} fine", found)
    elif value is not None and value > yuan_from and one.table.unit is None and not isinstance(entry.typed, str):
        as_yuan = plain(EXACT.multiply(value, _YUAN))
        message = f"{name} {plain(value)} 万元，数目过大"
        remedy = f"{AS_YUAN}（若是元，填 {as_yuan}）"
        found = one.find(entry, code, label, message, remedy, found=plain(value), severity=Severity.WARNING)
        yield Fault(line, f"{column} large", found)

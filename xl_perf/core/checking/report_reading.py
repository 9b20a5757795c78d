"""What was not read of a monitoring or self-evaluation table, as both M819 and E925 say it, and its amounts' units."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeVar

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import NoValue
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.judged import Judged
from xl_perf.core.figures.report_money import unread_money
from xl_perf.core.figures.report_pairs import is_of_other_year
from xl_perf.core.forms.labels import label_text
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.model.progress import Report

J = TypeVar("J", bound=Judged)
_NAMES = frozenset({"name", "code"})


def not_read(one: Report, code: str) -> Iterator[Finding]:
    """One finding for missing labels of money, one for other labels, one per label of amounts, one on the unit."""
    yield from _missing(one, code)
    budget, outturn = one.whole.budget.value, one.whole.outturn.value
    is_known = budget is not None and outturn is not None
    for unread in unread_money(one):
        counted = (
            f"汇总里是预算数 {plain(budget)}、执行数 {plain(outturn)} 万元"
            if budget is not None and outturn is not None
            else "这张表不计入汇总"
        )
        remedy = "请用官方表样的标签写明它是哪种资金、哪一栏；不是金额的，移出项目资金部分"
        found = at(unread.amounts[0], code, "项目资金", f"{unread.said}没有读，{counted}", remedy)
        yield found.graded(Severity.WARNING) if is_known else found
    yield from _unit(one, code)


def by_year(department: Department, tables: Iterable[J]) -> tuple[list[J], list[J]]:
    """The tables of the book's year, and those of another one."""
    found: tuple[list[J], list[J]] = [], []
    for one in tables:
        found[is_of_other_year(department, one.table)].append(one)
    return found


def of_other_year(department: Department, one: Report, code: str, *, has_own: bool) -> Iterator[Finding]:
    """A table of another year than its book: it does not count. ``has_own``: there is one of the book's year too."""
    if one.year is None or not is_of_other_year(department, one):
        return
    message = f"“{one.title}”的这张表写的是 {one.year.value} 年度，工作簿是 {department.year} 年度，不计入汇总"
    remedy = "年度写错的请改正；是往年的表，请移出本工作簿"
    if not has_own:
        message, remedy = f"{message}，等于没有本年度的表", f"{remedy}，另填本年度的"
    found = at(one.year, code, "年度", message, remedy, expected=str(department.year))
    yield found.graded(Severity.WARNING) if has_own else found


def unit_conflict(one: Report, entry: Entry[object]) -> str:
    """Why nobody knows what an amount counts in, in Chinese."""
    place = entry.row, entry.column
    return next((its.said for its in one.conflicts if (its.amount.row, its.amount.column) == place), "单位写了两种")


def outcome_of_unknown(key: str) -> str:
    """What an amount that is not known does to the roll-up."""
    return "这张表不计入汇总" if key == "budget" else "没有与年度资金总额比"


def bare_rate(name: str, field: str, entry: Entry[Target]) -> tuple[str, str]:
    """Message and remedy for a number without % where a rate is wanted: it counts as one, and is to be confirmed."""
    return f"“{name}”的{field}“{entry.text}”没有写百分号，读作 {entry.text}%", f"请带上百分号，如 {entry.text}%"


def _missing(one: Report, code: str) -> Iterator[Finding]:
    kind = one.kind
    money = {"budget", *(column.key for column in kind.fund_columns)}
    of_money = [key for key in one.missing if key in money]
    others = [key for key in one.missing if key not in money]
    if of_money:
        yield _without(one, code, of_money, "这张表不计入汇总")
    if others:
        must = _NAMES | {column.key for column in kind.columns}
        outcome = "不知道是哪个项目的" if "name" in others else "读不出它的内容"
        found = _without(one, code, others, outcome)
        yield found if must.intersection(others) else found.graded(Severity.WARNING)


def _without(one: Report, code: str, keys: list[str], outcome: str) -> Finding:
    labels = "".join(f"“{label_text(one.kind, key)}”" for key in keys)
    row, column = one.area[:2]
    message = f"表中没有标签{labels}，{outcome}"
    remedy = f"请在原来的位置补上{labels}"
    return Finding(code, message, remedy, one.sheet, row, column, label_text(one.kind, keys[0]))


def _typed(budget: Entry[Decimal]) -> str:
    """What a person typed; nothing of a formula."""
    return "为" if isinstance(budget.typed, NoValue) else f" {budget.text} 读作"


def _unit(one: Report, code: str) -> Iterator[Finding]:
    unit = one.unit
    if unit is None or one.conflicts or not unit.where or unit.unit == "万元":
        return
    budget = one.whole.budget
    now = "" if budget.value is None else f"，预算数{_typed(budget)} {plain(budget.value)} 万元"
    message = (
        f"金额单位按“{unit.unit}”（见{unit.where}）计入，但{unit.against}{now}"
        if unit.against
        else f"金额单位是“{unit.unit}”（见{unit.where}），已换算成万元{now}"
    )
    found = Finding(
        code, message, "请核对单位是否写对", one.sheet, unit.row, unit.column, "金额单位", unit.unit, "万元"
    )
    yield found.graded(Severity.WARNING if unit.against else Severity.HINT)

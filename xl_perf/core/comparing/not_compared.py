"""What is not in the totals of a side, or was not read: where, why, and what that does to the difference."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from xl_perf.core.cells.grid import a1
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.counting import VERSIONS, Outcome
from xl_perf.core.comparing.records import NotCompared, SideName
from xl_perf.core.figures.missing import by_place, missing_from
from xl_perf.core.figures.totals import Doubled
from xl_perf.core.forms.kind import Family
from xl_perf.core.model.department import Department
from xl_perf.core.model.named_files import naming, renaming

CALLED: Final = {SideName.OLD: "原", SideName.NEW: "现"}
_TOO: Final = {SideName.OLD: "大", SideName.NEW: "小"}
"""How the difference comes out where money is missing from this side."""
_TWICE: Final = {SideName.OLD: "小", SideName.NEW: "大"}
"""The same where money may be in it twice."""
NONE: Final = "不影响差额"
_REPORTS: Final = frozenset({Family.MONITORING, Family.EVALUATION})


def missing(side: SideName) -> str:
    """The effect of an amount that nobody knows."""
    return f"{CALLED[side]}合计不含它的金额，差额可能偏{_TOO[side]}"


def _without(side: SideName, amount: Decimal) -> str:
    """The effect of an amount that is known."""
    return f"{CALLED[side]}合计不含这 {plain(amount)} 万元，差额因此偏{_TOO[side]} {plain(amount)} 万元"


def _twice(side: SideName, amount: Decimal) -> str:
    """The effect of an amount that may be counted twice."""
    return f"{CALLED[side]}合计可能重复计入 {plain(amount)} 万元，差额可能偏{_TWICE[side]}"


def book_left(side: SideName, path: str, outcome: Outcome, budget: Decimal) -> Iterator[NotCompared]:
    """A workbook that is in no total, or in it though it may be there twice."""
    left = outcome.left
    if left is not None and left.instead is not None:
        effect = naming(f"计入的是 {left.instead}，{NONE}", left.instead)
        yield NotCompared(side, path, None, None, left.reason, effect, budget, bears=False)
    elif left is not None:
        yield NotCompared(side, path, None, None, left.reason, _without(side, budget), budget)
    elif outcome.undecided:
        reason = "是同一部门同一年的几稿之一，修改时间相同，分不出先后，都计入了"
        yield NotCompared(side, path, None, None, reason, _twice(side, budget), budget)
    elif outcome.doubtful:
        others = next((finding.found for finding in outcome.findings if finding.code == VERSIONS), "")
        reason = f"与 {others} 的项目名称相同、金额不同，部门没有都写明，都计入了"
        yield NotCompared(side, path, None, None, reason, _twice(side, budget), budget)
    elif outcome.apart:
        reason = "与后来的没有相同的项目，中间一稿把它们连在一起，按分开报的都计入了"
        yield NotCompared(side, path, None, None, reason, _twice(side, budget), budget)


def project_doubled(side: SideName, path: str, doubled: Doubled) -> NotCompared:
    """A project that may stand in a total more than once."""
    reason = renaming(doubled.said, f"{doubled.said}可能是同一个项目（{'、'.join(doubled.rules)}）")
    return NotCompared(side, path, None, None, reason, _twice(side, doubled.amount), doubled.amount)


def file_unread(side: SideName, path: str, reason: str) -> NotCompared:
    """A file that could not be read."""
    return NotCompared(side, path, None, None, f"没有读入：{reason}", missing(side))


def file_skipped(side: SideName, path: str, reason: str) -> NotCompared:
    """A file that is no workbook to be read."""
    return NotCompared(side, path, None, None, f"略过：{reason}", "没有比，合计不含", bears=False)


def in_department(side: SideName, department: Department) -> Iterator[NotCompared]:
    """What a workbook holds that was not read or is in no total: money first, then other tables, sheets, amounts."""
    path = department.path
    for (_, sheet_name), reasons in by_place(missing_from(department)).items():
        yield NotCompared(side, path, sheet_name, None, reasons, missing(side))
    read = {one.sheet for one in (*department.monitoring, *department.evaluations) if not one.missing}
    for table in department.tables:
        if not table.holds_projects and not (table.family in _REPORTS and table.sheet in read):
            cell = a1(table.row, table.column)
            reason = f"“{table.title}”不是项目的表，没有比"
            yield NotCompared(side, path, table.sheet, cell, reason, NONE, bears=False)
    for sheet in department.unread:
        if not sheet.looks_like_form:
            effect = f"没有比；其中若有金额，{CALLED[side]}合计不含"
            yield NotCompared(side, path, sheet.sheet, None, sheet.reason, effect, bears=False)
    for blank in department.blank_forms:
        reason = f"“{blank.name.text}”的表还空着" if blank.name.text else "空白的表"
        yield NotCompared(side, path, blank.sheet, None, reason, f"不算项目，{NONE}", bears=False)
    yield from _beside(side, department)


def _beside(side: SideName, department: Department) -> Iterator[NotCompared]:
    for project in department.projects:
        for name, entry in (*project.beside, *project.whole):
            said = f"“{project.title}”旁边的数{f'（{name}）' if name else ''} {entry.text} 没有比"
            effect = f"不在{CALLED[side]}合计里，{NONE}"
            yield NotCompared(
                side, department.path, entry.sheet or project.sheet, entry.cell, said, effect, bears=False
            )


def both_sides(old: Sequence[NotCompared], new: Sequence[NotCompared]) -> tuple[NotCompared, ...]:
    """What bears on the difference comes first, files that were passed over last."""
    return tuple(sorted((*old, *new), key=lambda one: (not one.bears, one.sheet is None and one.amount is None)))

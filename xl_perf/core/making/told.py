"""What is said of a source whose forms are taken over: what stayed behind, and which amounts nobody knows."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import FLAWED, TO_BE_CHECKED, Entry, Status
from xl_perf.core.cells.grid import a1
from xl_perf.core.cells.units import UNITS, WAN
from xl_perf.core.figures.report_pairs import evaluations_of
from xl_perf.core.forms.kind import Family
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.unit_of_amount import MERGED_SAID
from xl_perf.core.model.department import Department, OtherTable, StrangeCells, UnreadSheet
from xl_perf.core.model.progress import Report
from xl_perf.core.model.project import Project, UnitConflict, UnitNote

_FAMILIES: Final = {
    Family.DEPARTMENT: "部门整体绩效目标表",
    Family.MONITORING: "绩效运行监控表",
    Family.EVALUATION: "绩效自评表",
}
_UNKNOWN: Final = frozenset({Status.UNREADABLE, *FLAWED})
_FILL_IN: Final = "请在新工作簿里另填一张"
_LOST: Final = "没有收进来"


class Told(NamedTuple):
    """Chinese sentences: what a person may want to know, and what changes the totals."""

    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def told_of(department: Department, place: Callable[[str], str], remedy: str, *, with_amounts: bool) -> Told:
    """What stayed behind of a source; ``place`` names a sheet, ``remedy`` says what to do where a form was not read.

    ``with_amounts``: the amounts are taken over, and it is told which were converted and which are unknown.
    """
    carried = _carried(department)
    said = Counter(
        f"{place(one.sheet)}的\0{_table_said(one)}"
        for one in department.tables
        if not one.holds_projects and (one.sheet, one.kind) not in carried
    )
    notes = [one.replace("\0", "" if times == 1 else f" {times} 张") for one, times in said.items()]
    notes += [_sheet_said(one, place) for one in department.unread if not one.looks_like_form]
    notes += [_mark_said(one, place) for one in department.marks_left]
    lost = [f"{place(one.sheet)}的{_table_said(one)}" for one in department.tables if one.holds_projects]
    lost += [_form_said(one, place, remedy) for one in department.unread if one.looks_like_form]
    if with_amounts:
        notes += _converted(department, place)
        lost += [said for project in department.projects for said in _amounts_said(project, place(project.sheet))]
    return Told(tuple(notes), tuple(lost))


def _carried(department: Department) -> set[tuple[str, str]]:
    """Sheets, each with the kind of its reports, of which every table was read and can be written anew.

    What becomes of those `rolling.roll` says.
    """
    reports: list[Report] = [one for one in department.monitoring if one.month.value is not None]
    read = Counter((one.sheet, one.kind.name) for one in (*reports, *evaluations_of(department)))
    there = Counter((one.sheet, one.kind) for one in department.tables)
    return {key for key, number in read.items() if number >= there[key]}


def kind_said(table: OtherTable) -> str:
    """The table's title and what kind it is, for people."""
    own = next((kind.title for kind in KINDS if kind.name == table.kind), table.kind)
    return f"“{table.title}”（{_FAMILIES.get(Family(table.family), own)}）"


def _table_said(table: OtherTable) -> str:
    """A table of another kind stayed behind."""
    if Family(table.family) is not Family.TARGETS:
        return f"{kind_said(table)}不是项目绩效目标表，{_LOST}"
    if table.holds_projects:
        return f"{kind_said(table)}是另一种项目表，还读不出来，它的金额{_LOST}。{_FILL_IN}"
    return f"{kind_said(table)}是另一种项目表，没有填写，{_LOST}"


def _sheet_said(sheet: UnreadSheet, place: Callable[[str], str]) -> str:
    cells = f"（有内容的单元格 {sheet.cells} 个）" if sheet.cells else ""
    return f"{place(sheet.sheet)}{_LOST}：{sheet.reason}{cells}"


def _mark_said(one: StrangeCells, place: Callable[[str], str]) -> str:
    """Marks of a 样表 that nobody has filled in."""
    more = f"等 {one.number} 格" if one.number > 1 else ""
    return f"{place(one.sheet)}的 {a1(one.row, one.column)} 还留着样表的标记“{one.text}”{more}，当作空格"


def _form_said(sheet: UnreadSheet, place: Callable[[str], str], remedy: str) -> str:
    lost = "" if _LOST in sheet.reason else f"，它的金额{_LOST}"
    return f"{place(sheet.sheet)}{sheet.reason}{lost}。{sheet.remedy or remedy}"


# --- amounts -------------------------------------------------------------------------------------------------------


def _converted(department: Department, place: Callable[[str], str]) -> Iterator[str]:
    """One line for all forms whose amounts counted in the same unit, for the same reason."""
    units = [(project.sheet, project.unit) for project in department.projects if project.unit is not None]
    for (unit, where), forms in Counter((unit.unit, unit.where) for _, unit in units).items():
        which = place(next(sheet for sheet, one in units if _is(one, unit, where))) if forms == 1 else f"{forms} 张表"
        is_shown = UNITS[unit] == WAN  # the number format divides what is stored
        by = f"按{where or '样表'}"
        is_own = any(project.kind.learned for project in department.projects if _is(project.unit, unit, where))
        counted = f"以{unit}计（{by}），{'合计按万元' if is_own else '已换算成万元'}"
        how = f"照{where}显示的数读成{unit}" if is_shown else counted
        yield f"{which}的金额{how}"


def _is(note: UnitNote | None, unit: str, where: str) -> bool:
    return note is not None and (note.unit, note.where) == (unit, where)


def _amounts_said(project: Project, place: str) -> Iterator[str]:
    """The amounts of a form that are in no total, though something stands there, or though they should be there."""
    name = project.name.value or project.heading.value
    form = f"{place}“{name}”" if name else place
    by_reason: dict[str, list[UnitConflict]] = {}
    for conflict in project.conflicts:
        by_reason.setdefault(conflict.said, []).append(conflict)
    for said, conflicts in by_reason.items():
        names = "、".join(one.name for one in conflicts)
        written = f"{conflicts[0].amount.text}{TO_BE_CHECKED}"
        remedy = "请核对后填上数字" if MERGED_SAID in said else "请核对后改成万元"
        yield f"{form}的{names}不能确定：{said}；已照“{written}”的样子写出，不在合计里。{remedy}"
    for name, entry in project.amounts:
        if entry.status in _UNKNOWN:
            yield f"{form}的{name}“{_shown(entry)}”读不出，不在合计里。请改成数字"
    if project.budget.status is Status.ABSENT:
        label = project.kind.labels.get("budget", "预算数")
        yield f"{form}没有标签“{label}”，它的金额{_LOST}。请在新工作簿里填上"


def _shown(entry: Entry[object]) -> str:
    return " ".join(entry.text.split())

"""任务分解 and 登记监督: lists of the year after the text, in the open book."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Scalar, a1
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.making.task_list import task_list
from xl_perf.core.model.progress import Task
from xl_perf.core.workbook.sheets import SUPERVISION_SHEET, TASKS_SHEET
from xl_perf.core.workbook.supervision import supervision_head
from xl_perf.core.workbook.tasks import task_head
from xl_perf.core.workbook.work_lists import Head
from xl_perf.live import log_sheet
from xl_perf.live.bringing_in import bring_in
from xl_perf.live.edits import put
from xl_perf.live.host import NotHere
from xl_perf.live.log_sheet import EDIT, REPORT_ADDED, Record
from xl_perf.live.projects import check_unlocked
from xl_perf.live.protection import Locked, unlocked
from xl_perf.live.reading import department_of, profile_of, values_of

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

BY_HAND: Final = "手工"
"""来源 of what a person records; what our own actions and received versions add names them."""
ACCEPTED: Final = "接受警告"
"""类型 and 来源 of the lines that the button of that name adds."""


class AcceptedWarning(NamedTuple):
    """A warning that a person has accepted: where it is, its rule and message."""

    sheet: str
    code: str
    message: str


class _List(NamedTuple):
    """A list on a sheet: its columns by what they hold, its last filled row, and the cells of the sheet."""

    columns: Mapping[str, int]
    last: int
    grid: Sequence[Sequence[Scalar]]

    def texts(self, key: str, header: int = 0) -> list[str]:
        """What stands in a column below the header."""
        at = self.columns.get(key, len(self.grid[0]) if self.grid else 0)
        return [text_of(row[at]) for row in self.grid[header:] if at < len(row) and not is_blank(row[at])]


def plan(host: "Host") -> str:
    """任务分解: makes the list where there is none, else adds the projects and sub-goals that it lacks."""
    department = department_of(host)
    profile = profile_of(host.book, department)
    wanted = task_list(department, profile)
    sheet = host.sheet(TASKS_SHEET)
    if sheet is None:
        if not wanted:
            raise NotHere("这本工作簿没有填写过的项目表，也没有分项目标", "请先填写，再按“任务分解”")
        check_unlocked(host)
        from xl_perf.written.report_books import write_tasks

        made = bring_in(host, partial(write_tasks, department=department, profile=profile), TASKS_SHEET)
        _log(host, made.name, "任务分解")
        return f"已建“{TASKS_SHEET}”：{len(wanted)} 项。请填分管领导、责任科室、责任人和各月计划。"
    found = _list_on(sheet, task_head, {"project", "content"})
    there = {folded(text) for text in found.texts("project")}
    missing = [task for task in wanted if folded(task.project.text) not in there]
    sheet.activate()
    if not missing:
        return f"“{TASKS_SHEET}”里各项目、分项目标都有了，没有改动。"
    _add_rows(host, sheet, found, [_row_of(task) for task in missing], "任务分解")
    names = "、".join(task.project.text for task in missing)
    return f"已在“{TASKS_SHEET}”末尾补上 {len(missing)} 项：{names}。"


def record_supervision(host: "Host") -> str:
    """登记监督: a further line with number, project and source; the rest is for the person to type."""
    department = department_of(host)
    front = host.active.name
    project = next((one.title for one in department.projects if one.sheet == front), "")
    sheet = host.sheet(SUPERVISION_SHEET)
    if sheet is None:
        check_unlocked(host)
        from xl_perf.written.report_books import write_supervision

        sheet = bring_in(host, partial(write_supervision, department=department), SUPERVISION_SHEET)
        _log(host, sheet.name, "登记监督")
    found = _list_on(sheet, supervision_head, {"found", "decision"})
    number = len([text for text in found.texts("number") if text.isdecimal()]) + 1
    line = {"number": str(number), "project": project, "source": BY_HAND}
    row = _add_rows(host, sheet, found, [line], "登记监督")
    sheet.activate()
    sheet.range((row + 1, found.columns.get("date", 0) + 1)).select()
    about = f"，项目是“{project}”" if project else ""
    return f"已在“{SUPERVISION_SHEET}”加上第 {number} 条{about}。请填日期、类型、发现的问题、处理决定和责任人。"


def record_accepted(host: "Host", warnings: Sequence[AcceptedWarning], reason: str, by: str) -> str:
    """A line on 监督记录 for each accepted warning, where there is such a sheet; says so, or why there is none.

    The day is that of the log. 撤销 takes the lines away; the acceptance itself stays on 校验结果.
    """
    sheet = host.sheet(SUPERVISION_SHEET)
    if sheet is None:
        return ""
    titles = {one.sheet: one.title for one in department_of(host).projects}
    day = log_sheet.now().partition(" ")[0]
    try:
        found = _list_on(sheet, supervision_head, {"found", "decision"})
        lines = [
            {
                "date": day,
                "type": ACCEPTED,
                "project": titles.get(one.sheet, ""),
                "found": f"{one.code} {one.message}",
                "decision": reason,
                "responsible": by,
                "source": ACCEPTED,
            }
            for one in warnings
        ]
        _add_rows(host, sheet, found, lines, ACCEPTED)
    except (NotHere, Locked) as problem:
        return f"“{SUPERVISION_SHEET}”没有登记：{problem}"
    return f"“{SUPERVISION_SHEET}”已登记 {len(lines)} 条，可用“撤销上次操作”去掉。"


def _row_of(task: Task) -> dict[str, str]:
    keys = ("project", "content", "standard", "due", "state")
    return {key: getattr(task, key).text for key in keys}


def _list_on(
    sheet: "Sheet", head_of: Callable[[Sequence[Sequence[Scalar]]], Head | None], needed: Collection[str]
) -> _List:
    """The list of a sheet, by its headings. Raises `NotHere` where they are not there any more."""
    grid = values_of(sheet)
    head = head_of(grid)
    if head is None or not head.columns.keys() >= set(needed):
        raise NotHere(f"“{sheet.name}”的表头改过了，认不出各栏", "请把表头改回来，或把这张表改名后再按一次")
    own = [column for key, column in head.columns.items() if key != "number"]
    rows = range(head.first, len(grid))
    filled = [row for row in rows if any(not is_blank(_at(grid, row, one)) for one in own)]
    return _List(head.columns, max(filled, default=head.first - 1), grid[head.first :])


def _at(grid: Sequence[Sequence[Scalar]], row: int, column: int) -> Scalar:
    return grid[row][column] if column < len(grid[row]) else None


def _add_rows(host: "Host", sheet: "Sheet", found: _List, rows: Sequence[Mapping[str, str]], action: str) -> int:
    """Writes rows below the last filled one, logged as one operation; gives the first row (from 0)."""
    records = log_sheet.read(host)
    number, when = log_sheet.next_number(records), log_sheet.now()
    fresh: list[Record] = []
    first = found.last + 1
    counted = len([text for text in found.texts("number") if text.isdecimal()])
    with unlocked(sheet):
        for at, row in enumerate(rows, first):
            values = {"number": str(counted + at - first + 1), **row}
            for key, text in values.items():
                column = found.columns.get(key)
                if column is None or not text:
                    continue
                cell = sheet.range((at + 1, column + 1))
                look = cell.number_format
                put(cell, text, look)
                place = a1(at, column)
                fresh.append(
                    Record(number, when, action, EDIT, sheet.name, place, "", log_sheet.coded(text), look or "")
                )
    log_sheet.write(host, [*records, *fresh])
    return first


def _log(host: "Host", name: str, action: str) -> None:
    records = log_sheet.read(host)
    log_sheet.write(
        host, [*records, Record(log_sheet.next_number(records), log_sheet.now(), action, REPORT_ADDED, name)]
    )
    host.book.sheets[name].activate()

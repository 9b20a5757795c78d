"""任务分解: who does what by when, month by month; A4 landscape, one page wide.

No official layout is known; the columns are those that such ledgers have (docs/年中年末.md).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.values import plain
from xl_perf.core.figures.tasks import OVERDUE, STATES, counts_of, due_of
from xl_perf.core.making.task_list import periods, plan_of
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import Task
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.sheets import TASKS_SHEET
from xl_perf.sheets.cells import Content, number
from xl_perf.sheets.lists import FIRST_ROW, HEADER_ROW, SUMMARY_ZOOM, Column
from xl_perf.sheets.looks import ERROR_FILL, TEXT, WARNING_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.list_head import write_list_head
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

_SPARE: Final = 10
"""Blank rows to go on with."""
_LEAST: Final = 30.0
_LEFT: Final = frozenset({"project", "content", "standard", "done", "note"})
REMINDER: Final = "期限提醒"


def task_columns(profile: Profile, tasks: Sequence[Task] = ()) -> list[Column]:
    """The columns, left to right; those of the plan as the tasks have it."""
    named = periods(profile, tasks)
    return [
        Column("序号", 5, "number"),
        Column("项目\n（或分项目标）", 18, "project"),
        Column("工作任务", 26, "content"),
        Column("工作标准\n/年度目标", 24, "standard"),
        Column("分管领导", 8.5, "leader"),
        Column("责任科室", 9.5, "section"),
        Column("责任人", 8.5, "person"),
        Column("启动时间", 10, "start"),
        Column("完成时限", 12, "due"),
        *(Column(name, 72 / len(named), f"month:{at}") for at, name in enumerate(named)),
        Column("完成情况", 14, "done"),
        Column("完成日期", 10, "done_on"),
        Column("进度%", 6.5, "progress"),
        Column("状态", 8, "state"),
        Column("备注", 10, "note"),
    ]


def write_tasks_sheet(
    sheet: Worksheet,
    styles: Styles,
    tasks: Sequence[Task],
    department: Department,
    profile: Profile,
    as_of: date | None = None,
) -> None:
    """The list, with blank rows to go on with. As of a day a column tells what is overdue (red) or near (yellow)."""
    columns = [*task_columns(profile, tasks), *([Column(REMINDER, 10, "reminder")] if as_of else [])]
    dues = [due_of(task, as_of, department.year, profile.tasks.soon_days) for task in tasks]
    counts = counts_of(tasks, dues)
    number_of_periods = sum(column.key.startswith("month:") for column in columns)
    said = f"填报单位：{department.name or ''}"
    if as_of is not None:
        told = "，".join(f"{name} {count} 项" for name, count in counts.items())
        said += f"    截至 {as_of.year}年{as_of.month}月{as_of.day}日：{told}"
    elif days := list(dict.fromkeys(task.reported_on.text for task in tasks if task.reported_on.text)):
        said += f"    填报日期：{days[0]}"
    else:
        said += "    填报日期："
    year = f"{department.year}年" if department.year else ""
    write_list_head(sheet, styles, f"{year}{TASKS_SHEET}表", said, columns)
    for at, (task, due) in enumerate(zip(tasks, dues, strict=True), FIRST_ROW):
        fill = {} if not due.mark else {"bg_color": ERROR_FILL if due.mark == OVERDUE else WARNING_FILL}
        _row(sheet, styles, at, columns, {**_contents(task, number_of_periods), "reminder": due.said or None}, fill)
    end = FIRST_ROW + len(tasks) + _SPARE
    for at in range(FIRST_ROW + len(tasks), end):
        _row(sheet, styles, at, columns, {}, {})
    state = next(at for at, column in enumerate(columns) if column.key == "state")
    sheet.data_validation(FIRST_ROW, state, end - 1, state, {"validate": "list", "source": list(STATES)})
    sheet.autofilter(HEADER_ROW, 0, end - 1, len(columns) - 1)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.set_zoom(SUMMARY_ZOOM)


def _contents(task: Task, number_of_periods: int) -> dict[str, Content]:
    texts: dict[str, Content] = {
        key: getattr(task, key).text or None
        for key in (
            *("number", "project", "content", "standard", "leader", "section", "person", "start", "due"),
            *("done", "done_on", "state", "note"),
        )
    }
    value = task.progress.value
    if value is not None:
        texts["progress"] = number(value) if value > 1 or not value else f"{plain(value)}%"  # 0.5 would be 50 %
    elif task.progress.text:
        texts["progress"] = task.progress.text
    plan = plan_of(task, number_of_periods)
    return {**texts, **{f"month:{at}": text or None for at, text in plan.items()}}


def _row(
    sheet: Worksheet,
    styles: Styles,
    row: int,
    columns: Sequence[Column],
    contents: Mapping[str, Content],
    fill: Mapping[str, str],
) -> None:
    texts = [(str(contents.get(column.key) or ""), column.width) for column in columns]
    sheet.set_row(row, row_height(texts, _LEAST))
    for at, column in enumerate(columns):
        look = {"num_format": "General" if column.key == "progress" else TEXT, "font_size": 9.5}
        look["align"] = "left" if column.key in _LEFT or column.key.startswith("month:") else "center"
        marked = dict(fill) if column.key in {"due", "reminder"} else {}
        name = "cell" if column.key == "reminder" else "input"
        put(sheet, (row, at, row, at), contents.get(column.key), styles(name, **look, **marked))

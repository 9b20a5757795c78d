"""Reads 任务分解: who does what by when. No official layout is known; headings are those that such ledgers have."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Final

from xl_perf.core.cells.entries import rate_entry, target_entry, text_entry
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Grid, Scalar
from xl_perf.core.cells.labels import Vocabulary
from xl_perf.core.cells.targets import Target
from xl_perf.core.cells.values import EXACT
from xl_perf.core.model.progress import Task
from xl_perf.core.workbook.sheets import SheetField
from xl_perf.core.workbook.work_lists import Head, Row, head_of, left_out, merged_word, reported_on, rows_of

_MONTHS: Final = 12
_QUARTERS: Final = 4
_NAMES: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_GOAL: Final = "goal"
"""What some call the task, and others what a task is measured by."""
TASK_FIELDS: Final = (
    SheetField("number", "序号", ("编号",)),
    SheetField(
        "project",
        "项目（或分项目标）",
        ("项目/分项目标", "项目名称", "支撑项目", "对应项目", "所属项目", "分项目标", "分项绩效目标"),
    ),
    SheetField(
        "content",
        "工作任务",
        (
            *("任务", "任务名称", "任务内容", "具体任务", "主要任务", "重点任务", "目标任务", "重点工作任务"),
            *("工作内容", "重点工作", "工作事项", "具体工作", "主要工作", "任务事项", "工作任务及内容"),
        ),
    ),
    SheetField(_GOAL, "工作目标", ("任务目标", "年度目标", "年度工作目标", "量化目标", "年度目标任务")),
    SheetField(
        "standard", "工作标准/年度目标", ("工作标准", "目标及要求", "工作要求", "完成标准", "质量标准", "目标要求")
    ),
    SheetField("leader", "分管领导", ("牵头领导", "责任领导", "包联领导", "主管领导", "分包领导", "分管负责人")),
    SheetField(
        "section",
        "责任科室",
        (
            *("责任单位", "牵头单位", "责任部门", "牵头科室", "牵头部门", "承办科室", "承办单位", "牵头单位/责任单位"),
            *("责任主体", "牵头/责任单位", "责任科室/责任人", "责任单位及责任人", "责任科室及责任人", "责任股室"),
        ),
    ),
    SheetField("person", "责任人", ("具体责任人", "直接责任人", "负责人", "经办人", "承办人", "责任人员")),
    SheetField("start", "启动时间", ("开始时间", "起始时间", "开工时间", "启动日期", "开始日期")),
    SheetField(
        "due",
        "完成时限",
        (
            "完成时间",
            "完成期限",
            "时限",
            "办结时限",
            "计划完成时间",
            "要求完成时间",
            "时间节点",
            "截止时间",
            "时限要求",
        ),
    ),
    *(
        SheetField(
            f"month:{at}",
            f"{at + 1}月",
            tuple(
                f"{named}月{more}"
                for named in (str(at + 1), name)
                for more in ("", "份", "底", "计划", "份计划", "工作计划", "进度")
            ),
        )
        for at, name in enumerate(_NAMES)
    ),
    *(
        SheetField(
            f"quarter:{at}",
            f"第{_NAMES[at]}季度",
            tuple(f"{named}季度{more}" for named in (_NAMES[at], str(at + 1), f"第{at + 1}") for more in ("", "计划")),
        )
        for at in range(_QUARTERS)
    ),
    SheetField("done", "完成情况", ("进展情况", "工作进展", "工作动态", "推进情况", "落实情况", "目前进展")),
    SheetField("done_on", "完成日期", ("实际完成时间", "实际完成日期", "办结时间", "办结日期")),
    SheetField("progress", "进度%", ("进度", "完成进度", "工作进度", "完成比例", "完成率", "完成百分比")),
    SheetField("state", "状态", ("任务状态", "工作状态", "完成状态", "办理状态")),
    SheetField("note", "备注", ("说明",)),
    SheetField("reminder", "期限提醒"),
)
"""What 期限提醒 says is computed and not read."""
_LABELS: Final = Vocabulary(TASK_FIELDS)
_WHO: Final = frozenset({"leader", "section", "person"})
_STATES: Final = {
    **dict.fromkeys(("完成", "办结", "已办结", "完结", "已完结", "全部完成"), "已完成"),
    **dict.fromkeys(("在办", "推进中", "正在推进", "正在办理", "正在进行", "进行"), "进行中"),
    **dict.fromkeys(("未启动", "尚未开始", "待启动", "没有开始"), "未开始"),
    **dict.fromkeys(("已延期", "延期中"), "延期"),
    **dict.fromkeys(("已取消", "撤销", "已撤销"), "取消"),
}


def task_head(rows: Sequence[Sequence[Scalar]]) -> Head | None:
    """The headings of 任务分解: the task, who does it, and when or how far; None where a sheet has no such list."""
    head = head_of(rows, _LABELS, _suffices)
    if head is None or _GOAL not in head.columns:
        return head
    columns = {key: at for key, at in head.columns.items() if key != _GOAL}
    free = next((key for key in ("content", "standard") if key not in columns), None)
    return head._replace(columns=columns if free is None else {**columns, free: head.columns[_GOAL]})


def _suffices(keys: Collection[str]) -> bool:
    is_planned = any(key in {"due", "done", "state"} or key.startswith(("month:", "quarter:")) for key in keys)
    return ("content" in keys or _GOAL in keys) and not _WHO.isdisjoint(keys) and is_planned


def read_tasks(grid: Grid) -> tuple[list[Task], list[str]] | None:
    """The rows of the list, and the headings of columns that are not read; None for a sheet without such a list.

    A share is read as per cent where all of a column are.
    """
    head = task_head(grid.rows)
    if head is None:
        return None
    date = reported_on(grid, head)
    rows = list(rows_of(grid, head, _LABELS, {"number", "reminder"}))
    return _with_shares([_task(row, head, date) for row in rows]), left_out(grid, head, rows)


def _task(row: Row, head: Head, date: Entry[Target]) -> Task:
    return Task(
        number=row.read("number", text_entry),
        project=row.read("project", text_entry),
        content=row.read("content", text_entry),
        standard=row.read("standard", text_entry),
        leader=row.read("leader", text_entry),
        section=row.read("section", text_entry),
        person=row.read("person", text_entry),
        start=row.read("start", target_entry),
        due=row.read("due", target_entry),
        months=tuple(row.read(key, text_entry) for key in _periods(head)),
        done=row.read("done", text_entry),
        done_on=row.read("done_on", target_entry),
        progress=row.read("progress", rate_entry),
        state=merged_word(row.read("state", text_entry), _STATES),
        note=row.read("note", text_entry),
        reported_on=date,
    )


def _periods(head: Head) -> list[str]:
    """The keys of the plan's columns: of twelve months, of four quarters, or none."""
    for name, number in (("month", _MONTHS), ("quarter", _QUARTERS)):
        keys = [f"{name}:{at}" for at in range(number)]
        if any(key in head.columns for key in keys):
            return keys
    return []


def _with_shares(tasks: list[Task]) -> list[Task]:
    """The tasks with their progress in per cent: 0.5 and 1 are what cells shown as 50 % and 100 % hold."""
    numbers = [task.progress for task in tasks if isinstance(task.progress.typed, int | float)]
    known = [entry.value for entry in numbers if entry.value is not None]
    if not known or max(known) > 1 or not any(known):
        return tasks
    return [
        task._replace(progress=task.progress._replace(value=EXACT.multiply(task.progress.value, Decimal(100))))
        if task.progress.value is not None and isinstance(task.progress.typed, int | float)
        else task
        for task in tasks
    ]

"""What stands in the tables of a year, value by value, with the label that people know it by: to compare and to digest.

A row of a table is named as people would: a source of the money by its label, an indicator by its name.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.entry import Entry
from xl_perf.core.forms.kind import Value
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import (
    EvaluatedIndicator,
    Evaluation,
    FundLine,
    MonitoredIndicator,
    Monitoring,
    Report,
    SupervisionRecord,
    Task,
)
from xl_perf.core.workbook.supervision import SUPERVISION_FIELDS
from xl_perf.core.workbook.tasks import TASK_FIELDS

Row = MonitoredIndicator | EvaluatedIndicator
_QUARTERS: Final = 4
_APART: Final = frozenset({"number", "months", "reported_on"})
COMPUTED: Final = frozenset({"outturn_rate"})
"""A formula, of which programs that calculate nothing save no result. It follows from the amounts."""


class Said(NamedTuple):
    """A value: the key of its field, its label, the cell's entry, and whether it is an amount in 万元."""

    key: str
    label: str
    entry: Entry[Any]
    is_money: bool = False


def rows_of(report: Report) -> Sequence[Row]:
    """The indicators of the table."""
    return report.indicators if isinstance(report, Monitoring | Evaluation) else ()


def said_at_head(report: Report) -> Iterator[Said]:
    """What stands outside the rows: names, goals, totals, 整改要求."""
    own: dict[str, Entry[Any]] = {}
    if isinstance(report, Monitoring):
        own = {"goal": report.goal, "goal_progress": report.goal_progress}
    elif isinstance(report, Evaluation):
        own = {"goal": report.goal, "goal_done": report.goal_done, "grade": report.grade}
    for field in report.kind.fields:
        if field.money is None:
            yield Said(field.key, field.name, own.pop(field.key, report.value(field.key)))
    labels = {"goal": "年度总体目标", "goal_progress": "目标执行情况", "goal_done": "实际完成情况", "grade": "评价等级"}
    yield from (Said(key, labels[key], entry) for key, entry in own.items())
    if isinstance(report, Monitoring):
        yield Said("month", "月份", report.month)
    elif isinstance(report, Evaluation):
        yield Said("total_weight", "总分值", report.total_weight)
        yield Said("total", "总分", report.total)


def said_of_money(report: Report, line: FundLine) -> Iterator[Said]:
    """The columns of a source."""
    for column in report.kind.fund_columns:
        yield Said(column.key, column.label, getattr(line, column.key), column.value is Value.AMOUNT)


def said_of_row(report: Report, row: Row) -> Iterator[Said]:
    """The columns of an indicator, its levels first."""
    for column in report.kind.columns:
        entry = getattr(row, column.key, None)
        if entry is not None:
            yield Said(column.key, column.label, entry)


def said_of_task(task: Task) -> Iterator[Said]:
    """The columns of 任务分解."""
    labels = {field.key: field.label for field in TASK_FIELDS}
    for key, entry in task._asdict().items():
        if key not in _APART:
            yield Said(key, labels[key], entry)
    kind = "quarter" if len(task.months) == _QUARTERS else "month"
    for at, entry in enumerate(task.months):
        yield Said(f"{kind}:{at}", labels[f"{kind}:{at}"], entry)


def said_of_record(record: SupervisionRecord) -> Iterator[Said]:
    """The columns of 监督记录."""
    labels = {field.key: field.label for field in SUPERVISION_FIELDS}
    for key, entry in record._asdict().items():
        if key not in _APART:
            yield Said(key, labels[key], entry)


def said_in_report(report: Report) -> Iterator[Said]:
    """All that a table says, in reading order of its parts."""
    yield from said_at_head(report)
    for line in report.funds:
        yield Said("label", "资金来源", line.label)
        yield from said_of_money(report, line)
    for row in rows_of(report):
        yield from said_of_row(report, row)


def said_of_the_year(department: Department) -> Iterator[Said]:
    """All that the reports and lists of a workbook say, but for what is computed."""
    for report in (*department.monitoring, *department.evaluations):
        yield from (one for one in said_in_report(report) if one.key not in COMPUTED)
    for task in department.tasks:
        yield from said_of_task(task)
    for record in department.supervision:
        yield from said_of_record(record)


def row_name(row: Row) -> str:
    """The indicator for people: second and third level."""
    first = row.level2.text or row.level1.text
    return " · ".join(filter(None, (first, row.level3.text))) or "（没有名称的指标）"

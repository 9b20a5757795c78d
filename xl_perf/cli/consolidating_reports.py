"""`xl-perf consolidate --kind monitoring|evaluation`: the roll-up of many workbooks."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.cli import left_out, options
from xl_perf.cli.options import COULD_NOT, DONE, ERRORS_FOUND
from xl_perf.cli.terminal import Column, complain, say, table
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.counting import Choice
from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.core.figures.rounding import rounded

if TYPE_CHECKING:
    from xl_perf.core.figures.delivery import Delivery
    from xl_perf.core.figures.evaluation_rollup import EvaluationPart, EvaluationRollup
    from xl_perf.core.figures.monitoring import Spending
    from xl_perf.core.figures.monitoring_rollup import MonitoringPart, MonitoringRollup
    from xl_perf.service.consolidating_reports import Counting

_UNKNOWN: Final = "—"
_MOST = 10


def refuse_month(arguments: Namespace) -> None:
    """Raises XlPerfError for a month that would do nothing."""
    if arguments.month is not None and arguments.kind != "monitoring":
        raise XlPerfError("--month 只与 --kind monitoring 一起用", "请加上 --kind monitoring，或去掉 --month")


def consolidate(arguments: Namespace) -> int:
    """1 where the tables have errors, 2 where an input could not be read."""
    from xl_perf.core.figures.monitoring_rollup import MonitoringRollup, said_total
    from xl_perf.core.figures.report_lines import GroupBy, said_incomplete, said_projects
    from xl_perf.files import inputs
    from xl_perf.files.output import check_target
    from xl_perf.saved.filled_guides import with_filled_guides
    from xl_perf.service import checking
    from xl_perf.service import consolidating_reports as reports

    found = with_filled_guides(inputs.find_books(arguments.inputs))
    check_target(Path(arguments.out), [path for path, _ in found.books], arguments.overwrite)
    left_out.skipped(found)
    failed: list[BookError] = list(found.errors)
    chosen = options.chosen(arguments)
    departments = [
        checking.named_by_file(one)[0]
        for one in checking.read_found(found, chosen, failed, options.limits(arguments), options.workers(arguments))
    ]
    for error in failed:
        complain(str(error))
    if not departments:
        complain(f"没有写出 {arguments.out}：没有一本读得出的工作簿。请先处理上面列出的文件。")
        return COULD_NOT
    choice = Choice(arguments.year, arguments.all_versions)
    counted = reports.counting(departments, arguments.kind, arguments.month, choice, chosen)
    by = GroupBy(arguments.group_by or GroupBy.DEPARTMENT)
    delivery = _delivery(arguments.expect, counted, len(failed)) if arguments.expect else None
    written, rollup, errors = reports.write(arguments.out, counted, failed, by, delivery)
    _show_parts(rollup)
    for note in counted.notes:
        say(note)
    if counted.without:
        what = f" {counted.month} 月的监控表" if counted.month else "自评表"
        more = f" 等 {len(counted.without)} 本" if len(counted.without) > _MOST else ""
        say(f"没有{what}的：{'、'.join(counted.without[:_MOST])}{more}。")
    departments_said = f"{len(counted.books)} 个部门"
    if isinstance(rollup, MonitoringRollup):
        who = f"{departments_said} {said_projects(rollup.lines, f'{rollup.month}月的监控表')}"
        say(f"{who}，1-{rollup.month}月：{said_total(rollup) or '没有可合计的'}。")
    else:
        score = "没有可合计的" if rollup.score is None else f"得分 {rollup.score:.2f}（{rollup.label}）"
        grades = "".join(f"，{name} {number} 个" for name, number in rollup.grades.items())
        who = f"{departments_said} {said_projects(rollup.lines, '自评表')}"
        say(f"{who}：{score}{grades}。")
    if rollup.incomplete:
        say(f"注意：{said_incomplete(rollup.incomplete)}。")
    left_out.departments(delivery)
    what = "监控表" if counted.month else "自评表"
    for (department, _), its in zip(counted.books, errors, strict=True):
        if its.total:
            say(f"{department.name or department.path}：{what}有 {its.total} 处错误（{department.path}）。")
    say(written.message("汇总"))
    return COULD_NOT if failed else ERRORS_FOUND if any(its.total for its in errors) else DONE


def _delivery(path: str, counted: "Counting", unread: int) -> "Delivery":
    """Who on the list sent tables of the kind."""
    from xl_perf.core.figures.delivery import Delivery
    from xl_perf.service.expecting import read_expected

    delivery = Delivery(read_expected(path))
    counted.deliver(delivery)
    delivery.unread = unread
    return delivery


def _show_parts(rollup: "MonitoringRollup | EvaluationRollup") -> None:
    """A line for each department, or folder, where there are several."""
    from xl_perf.core.figures.monitoring_rollup import MonitoringRollup

    if not rollup.parts:
        return
    columns = [
        Column(rollup.by.label),
        *(Column(name, figures=True) for name in ("项目数", "不计入", "预算数", "执行数")),
    ]
    columns.append(Column("执行率%", figures=True))
    if isinstance(rollup, MonitoringRollup):
        columns += [Column("计划%", figures=True), Column("差（万元）", figures=True), Column("资金灯")]
        table(columns, [[part.name, *_number(part), *_monitored(part.total)] for part in rollup.parts])
    else:
        columns += [Column(f"得分（{rollup.label}）", figures=True), Column("等级")]
        table(columns, [[part.name, *_number(part), *_evaluated(part)] for part in rollup.parts])


def _number(part: "MonitoringPart | EvaluationPart") -> list[str]:
    return [str(len(part.lines)), str(part.left_out) if part.left_out else ""]


def _monitored(total: "Spending | None") -> list[str]:
    if total is None:
        return [_UNKNOWN] * 6
    rates = [_UNKNOWN if one is None else f"{rounded(one)}" for one in (total.rate, total.plan)]
    gap = _UNKNOWN if total.plan is None else plain(total.gap_amount)
    return [plain(total.budget), plain(total.outturn), *rates, gap, total.light.label]


def _evaluated(part: "EvaluationPart") -> list[str]:
    if part.score is None:
        return [_UNKNOWN] * 4 + [""]
    grades = "、".join(f"{name} {number} 个" for name, number in part.grades.items())
    rate = _UNKNOWN if part.rate is None else f"{part.rate}"
    return [plain(part.budget), plain(part.outturn), rate, f"{part.score:.2f}", grades]

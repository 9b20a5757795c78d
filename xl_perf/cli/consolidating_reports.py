"""`xl-perf consolidate --kind monitoring|evaluation`: the roll-up of many workbooks."""

from argparse import Namespace
from pathlib import Path

from xl_perf.cli import left_out, options
from xl_perf.cli.options import COULD_NOT, DONE, ERRORS_FOUND
from xl_perf.cli.terminal import complain, say
from xl_perf.core.checking.counting import Choice
from xl_perf.core.errors import BookError, XlPerfError

_WITHOUT_EFFECT = {"expect": "--expect", "cluster": "--cluster", "group_by": "--group-by"}
_MOST = 10


def refuse_month(arguments: Namespace) -> None:
    """Raises XlPerfError for a month that would do nothing."""
    if arguments.month is not None and arguments.kind != "monitoring":
        raise XlPerfError("--month 只与 --kind monitoring 一起用", "请加上 --kind monitoring，或去掉 --month")


def consolidate(arguments: Namespace) -> int:
    """1 where the tables have errors, 2 where an input could not be read."""
    from xl_perf.core.figures.monitoring_rollup import MonitoringRollup, said_total
    from xl_perf.core.figures.report_lines import said_incomplete, said_projects
    from xl_perf.files import inputs
    from xl_perf.files.output import check_target
    from xl_perf.service import checking
    from xl_perf.service import consolidating_reports as reports

    for name, option in _WITHOUT_EFFECT.items():
        if getattr(arguments, name) is not None:
            raise XlPerfError(f"{option} 与 --kind {arguments.kind} 一起不起作用", f"请去掉 {option}")
    found = inputs.find_books(arguments.inputs)
    check_target(Path(arguments.out), [path for path, _ in found.books], arguments.overwrite)
    left_out.skipped(found)
    failed: list[BookError] = list(found.errors)
    chosen = options.chosen(arguments)
    departments = [
        checking.named_by_file(one)[0]
        for one in checking.read_found(found, chosen, failed, options.limits(arguments), arguments.workers)
    ]
    for error in failed:
        complain(str(error))
    if not departments:
        complain(f"没有写出 {arguments.out}：没有一本读得出的工作簿。请先处理上面列出的文件。")
        return COULD_NOT
    choice = Choice(arguments.year, arguments.all_versions)
    counted = reports.counting(departments, arguments.kind, arguments.month, choice, chosen)
    written, rollup, errors = reports.write(arguments.out, counted, failed)
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
    what = "监控表" if counted.month else "自评表"
    for (department, _), its in zip(counted.books, errors, strict=True):
        if its.total:
            say(f"{department.name or department.path}：{what}有 {its.total} 处错误（{department.path}）。")
    say(written.message("汇总"))
    return COULD_NOT if failed else ERRORS_FOUND if any(its.total for its in errors) else DONE

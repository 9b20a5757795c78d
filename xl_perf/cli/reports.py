"""`xl-perf monitor`, `evaluate`, `tasks`: what the year after the text comes to, on the screen or as files."""

import datetime
import json
import sys
from argparse import Namespace
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.cli import options
from xl_perf.cli.options import DONE, ERRORS_FOUND
from xl_perf.cli.terminal import Column, say, table
from xl_perf.core.cells.values import plain
from xl_perf.core.errors import XlPerfError
from xl_perf.core.figures.rounding import rounded

if TYPE_CHECKING:
    from xl_perf.core.figures.evaluation_rollup import EvaluationLine
    from xl_perf.core.figures.monitoring_rollup import MonitoringLine
    from xl_perf.core.model.progress import Report
    from xl_perf.service.reports import OpenBook

_TASK_CODES: Final = ("M85", "M86")
_UNKNOWN: Final = "—"


def monitor(arguments: Namespace) -> int:
    """1 where the monitoring of the book has errors."""
    from xl_perf.cli import json_rollups
    from xl_perf.core.checking.report_errors import MONITORING_CODES, other_months
    from xl_perf.core.figures.monitoring_rollup import monitoring_rollup
    from xl_perf.core.figures.report_pairs import monitoring_of
    from xl_perf.service import reports

    book = _book(arguments)
    month = reports.month_of(book.department, arguments.month)
    has_tables = bool(monitoring_of(book.department, month))
    if arguments.out:
        reports.check_out(arguments.out, book, arguments.overwrite)
    others = other_months(book.department, month)
    if arguments.json and has_tables:
        rollup = monitoring_rollup([(book.department, book.profile)], month)
        said = json_rollups.monitoring_rollup_object(rollup, monitoring_of(book.department, month))
        return _write_json(book, said, MONITORING_CODES, others)
    if has_tables:
        _show_monitoring(book, month)
    status = _errors(book, MONITORING_CODES, others) if has_tables else DONE
    if not arguments.out:
        if not has_tables:
            raise XlPerfError(
                f"{book.department.path} 里没有 {month} 月的监控表",
                f"要新建可以填写的表，请加 -o 监控-{month}月.xlsx",
            )
        return status
    _say_rates(monitoring_of(book.department, month))
    if Path(arguments.out).suffix.lower() == ".xlsx":
        written = reports.monitoring_workbook(arguments.out, book, month)
        say(written.message("监控表" if has_tables else f"监控表（{month}月，待填写）"))
        return status
    from xl_perf.service.publishing_reports import publish_monitoring_of

    say(publish_monitoring_of(book.department, arguments.out, month, book.profile).message("监控表"))
    return status


def _say_rates(tables: "Iterable[Report]") -> None:
    """Rates that were typed and come out otherwise."""
    from xl_perf.core.making.report_results import changed_rates

    if changed := changed_rates(tables):
        say(f"执行率按执行数和预算数计算，写出的表里改了：{'；'.join(changed)}。")


def _show_monitoring(book: "OpenBook", month: int) -> None:
    from xl_perf.core.figures.monitoring_rollup import monitoring_rollup, said_total
    from xl_perf.core.figures.report_lines import said_incomplete

    rollup = monitoring_rollup([(book.department, book.profile)], month)
    year = f"{book.department.year}年" if book.department.year else ""
    say(f"{book.department.path}：{book.department.name or '（没有写部门名称）'}，{year}1-{month}月运行监控")
    columns = [
        Column("项目名称"),
        Column("预算数", figures=True),
        Column("执行数", figures=True),
        Column("执行率%", figures=True),
        Column("计划%", figures=True),
        Column("差（百分点）", figures=True),
        Column("差（万元）", figures=True),
        Column("资金灯"),
        Column("指标 红/黄/绿/蓝/灰"),
    ]
    table(columns, [_monitored(line) for line in rollup.lines])
    if rollup.total is not None:
        say(f"合计：{said_total(rollup)}。")
    if rollup.incomplete:
        say(f"注意：{said_incomplete(rollup.incomplete)}。")


def _monitored(line: "MonitoringLine") -> list[str]:
    from xl_perf.core.figures.monitoring import Light

    spent = line.spent
    lights = "/".join(str(line.lights.get(light, 0)) for light in Light) if line.lights else _UNKNOWN
    money = [_amount(line.budget), _amount(line.outturn)]
    if spent is None:
        return [line.place.name, *money, *[_UNKNOWN] * 5, lights]
    gap = _UNKNOWN if spent.plan is None else plain(spent.gap_amount)
    light = spent.light.label
    return [line.place.name, *money, _rate(spent.rate), _rate(spent.plan), _rate(spent.gap), gap, light, lights]


def evaluate(arguments: Namespace) -> int:
    """1 where the self-evaluations of the book have errors."""
    from xl_perf.cli import json_rollups
    from xl_perf.core.checking.report_errors import EVALUATION_CODES
    from xl_perf.core.figures.evaluation_rollup import evaluation_rollup
    from xl_perf.core.figures.report_pairs import evaluations_of
    from xl_perf.core.making.report_results import changed_scores
    from xl_perf.service import reports

    if arguments.seed is not None and arguments.sample is None:
        raise XlPerfError("--seed 只与 --sample 一起用", "请加上 --sample，或去掉 --seed")
    if arguments.sample is not None and arguments.seed is None:
        raise XlPerfError(
            "--sample 要写明 --seed：用同样的文字，谁来抽结果都一样", "请加上 --seed，如 --seed 2023年度抽查"
        )
    book = _book(arguments)
    if arguments.out:
        reports.check_out(arguments.out, book, arguments.overwrite)
    drawn: dict[str, Any] = {}
    if arguments.sample is not None:
        keys, among = reports.sampled(book.department, arguments.sample, arguments.seed)
        book = book._replace(department=reports.only(book.department, keys))
        drawn = {"sample": {"number": len(keys), "among": among, "seed": arguments.seed}}
        if not arguments.json:
            say(f"从 {among} 个项目中抽取 {len(keys)} 个，种子“{arguments.seed}”。")
    has_tables = bool(evaluations_of(book.department))
    if arguments.json and has_tables:
        rollup = evaluation_rollup([(book.department, book.profile)])
        said = json_rollups.evaluation_rollup_object(rollup, evaluations_of(book.department))
        return _write_json(book, drawn | said, EVALUATION_CODES)
    if has_tables:
        _show_evaluation(book)
    status = _errors(book, EVALUATION_CODES) if has_tables else DONE
    if not arguments.out:
        if not has_tables:
            raise XlPerfError(f"{book.department.path} 里没有自评表", "要新建可以填写的表，请加 -o 自评.xlsx")
        return status
    if changed := changed_scores(book.department, book.profile):
        say(f"自评表里写的与各项得分不符，写出的表里改了：{'；'.join(changed)}。")
    _say_rates(evaluations_of(book.department))
    if Path(arguments.out).suffix.lower() == ".xlsx":
        say(reports.evaluation_workbook(arguments.out, book).message("自评表" if has_tables else "自评表（待填写）"))
        return status
    from xl_perf.service.publishing_reports import publish_evaluation_of

    say(publish_evaluation_of(book.department, arguments.out, book.profile).message("自评表"))
    return status


def _show_evaluation(book: "OpenBook") -> None:
    from xl_perf.core.figures.evaluation_rollup import evaluation_rollup
    from xl_perf.core.figures.report_lines import said_incomplete

    rollup = evaluation_rollup([(book.department, book.profile)])
    year = f"{book.department.year}年" if book.department.year else ""
    say(f"{book.department.path}：{book.department.name or '（没有写部门名称）'}，{year}绩效自评")
    columns = [
        Column("项目名称"),
        Column("预算数", figures=True),
        Column("执行数", figures=True),
        Column("执行率%", figures=True),
        *(Column(name, figures=True) for name in rollup.branches),
        Column("总分", figures=True),
        Column("等级"),
        Column("扣分主要原因"),
    ]
    table(columns, [_evaluated(line, rollup.branches) for line in rollup.lines])
    if rollup.score is not None:
        grades = "、".join(f"{name} {count} 个" for name, count in rollup.grades.items())
        money = f"预算 {plain(rollup.budget)} 万元，执行 {plain(rollup.outturn)} 万元"
        rate = "" if rollup.rate is None else f"，执行率 {rollup.rate}%"
        say(f"合计：{money}{rate}；得分 {rollup.score:.2f}（{rollup.label}）；{grades}。")
    elif any(line.total is not None for line in rollup.lines):
        say("没有合计：计入的项目预算数合计是 0，不能按预算加权平均。")
    if rollup.incomplete:
        say(f"注意：{said_incomplete(rollup.incomplete)}。")


def _evaluated(line: "EvaluationLine", branches: Sequence[str]) -> list[str]:
    rate = None if line.result is None else line.result.rate
    scores = [_UNKNOWN if name not in line.scores else f"{line.scores[name]:.2f}" for name in branches]
    total = _UNKNOWN if line.total is None else f"{line.total:.2f}"
    grade = "" if line.total is None or line.result is None else line.result.grade
    reasons = line.reasons.replace("\n", "；")
    return [line.place.name, _amount(line.budget), _amount(line.outturn), _rate(rate), *scores, total, grade, reasons]


def tasks(arguments: Namespace) -> int:
    """1 where the tasks of the book have errors."""
    from xl_perf.service import reports

    book = _book(arguments)
    if arguments.out:
        reports.check_out(arguments.out, book, arguments.overwrite, (".xlsx",))
    typed = next((one.as_of for one in book.department.tasks if one.as_of), None)
    if arguments.json and book.department.tasks:
        return _write_json(book, _tasks_object(book, arguments.as_of or typed), _TASK_CODES)
    if book.department.tasks:
        _show_tasks(book, arguments.as_of or typed)
    elif arguments.as_of:
        message = f"{book.department.path} 里没有任务分解，--as-of 不起作用"
        raise XlPerfError(message, "请去掉 --as-of，先用 -o 新建任务分解")
    elif not arguments.out:
        message = f"{book.department.path} 里没有任务分解"
        raise XlPerfError(message, "要由项目和分项目标新建，请加 -o 任务分解.xlsx")
    status = _errors(book, _TASK_CODES) if book.department.tasks else DONE
    if arguments.out:
        written = reports.tasks_workbook(arguments.out, book, arguments.as_of)
        say(written.message("任务分解" if book.department.tasks else "任务分解（待填写）"))
    return status


def _tasks_object(book: "OpenBook", as_of: datetime.date | None) -> dict[str, Any]:
    from xl_perf.cli.json_rollups import record_object, task_object
    from xl_perf.core.figures.tasks import due_of

    year, soon = book.department.year, book.profile.tasks.soon_days
    return {
        "as_of": as_of.isoformat() if as_of else None,
        "tasks": [task_object(one, due_of(one, as_of, year, soon)) for one in book.department.tasks],
        "supervision": list(map(record_object, book.department.supervision)),
    }


def _show_tasks(book: "OpenBook", as_of: datetime.date | None) -> None:
    from xl_perf.core.figures.tasks import counts_of, due_of

    found = book.department.tasks
    dues = [due_of(one, as_of, book.department.year, book.profile.tasks.soon_days) for one in found]
    counts = "，".join(f"{name} {count} 项" for name, count in counts_of(found, dues).items())
    day = f"截至 {as_of.year}年{as_of.month}月{as_of.day}日，" if as_of else ""
    undated = "" if as_of or not found else "没有写填报日期，没有算逾期；可以加 --as-of，如 --as-of 2023-06-30。"
    say(f"{book.department.path}：{day}任务 {len(found)} 项：{counts}。{undated}")
    marked = [(one, due) for one, due in zip(found, dues, strict=True) if due.mark]
    if marked:
        columns = [
            Column("项目"),
            Column("工作任务"),
            Column("责任科室"),
            Column("责任人"),
            Column("完成时限"),
            Column("提醒"),
        ]
        rows = [
            [one.project.text, one.content.text, one.section.text, one.person.text, one.due.text, due.said]
            for one, due in marked
        ]
        table(columns, rows)


# --- what they share ----------------------------------------------------------------------------------------------


def _book(arguments: Namespace) -> "OpenBook":
    from xl_perf.files.candidates import the_one_book
    from xl_perf.service import reports

    if arguments.overwrite and not arguments.out:
        raise XlPerfError("--overwrite 在这里不起作用：没有要写出的文件", "请加上 -o，或去掉它")
    if arguments.json and arguments.out:
        raise XlPerfError("--json 列在屏幕上，与 -o 不能一起用", "请去掉其中一个")
    places = [the_one_book(one) for one in arguments.books]
    return reports.read_department(places, options.chosen(arguments), options.limits(arguments))


def _write_json(book: "OpenBook", said: dict[str, Any], codes: tuple[str, ...], apart: Collection[str] = ()) -> int:
    """One document, with the findings of the command's own rules; the exit status."""
    from xl_perf.cli.json_output import finding_object
    from xl_perf.cli.json_rollups import head_object
    from xl_perf.core.checking.report_errors import findings_of
    from xl_perf.core.model.findings import Severity

    found = findings_of(book.department, book.profile, codes, apart)
    document = head_object(book.department, book.profile) | said | {"findings": list(map(finding_object, found))}
    # A lone surrogate, which a damaged file may hold, has no UTF-8: it goes out as a question mark.
    sys.stdout.buffer.write(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
    return ERRORS_FOUND if any(one.severity is Severity.ERROR for one in found) else DONE


def _errors(book: "OpenBook", codes: tuple[str, ...], apart: Collection[str] = ()) -> int:
    """The findings of the command's own rules, errors and warnings, but on sheets ``apart``; the exit status."""
    from xl_perf.cli import printing
    from xl_perf.core.checking.report_errors import findings_of
    from xl_perf.core.model.findings import Severity

    found = findings_of(book.department, book.profile, codes, apart)
    shown = [one for one in found if one.severity in {Severity.ERROR, Severity.WARNING}]
    if shown:
        printing.table_of(shown)
    return ERRORS_FOUND if any(one.severity is Severity.ERROR for one in shown) else DONE


def _amount(value: Decimal | None) -> str:
    return _UNKNOWN if value is None else plain(value)


def _rate(value: Fraction | None) -> str:
    return _UNKNOWN if value is None else f"{rounded(value)}"

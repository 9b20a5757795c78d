"""The arguments of the commands for the year after the text: monitor, evaluate, tasks."""

import argparse
from datetime import date

from xl_perf.cli.argument_parts import Add, add_limits, add_profile, given, whole_number
from xl_perf.cli.usage import Parser


def month(text: str) -> int:
    """A month by its number."""
    return whole_number(text, 1, 12, "应为 1 到 12 的月份，如 6")


def _number(text: str) -> int:
    return whole_number(text, 1, 10_000, "应为 1 到 10000 的整数")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("应为日期，如 2023-06-30") from None


def monitor(add: Add) -> None:
    command = add(
        "monitor",
        help="绩效运行监控：执行率、进度差、红黄灯；或写出监控表",
        description="绩效运行监控：到某月为止各项目的执行数、执行率，对照支出计划或时间进度亮灯。"
        "没有那个月的监控表时，用 -o 写出可以填写的表，带上目标、预算和上一期的文字。",
    )
    _books(command, "监控表另存的，写在后面")
    command.add_argument("--month", metavar="M", type=month, help="到几月为止；默认是最后一期有监控表的")
    _out(command, "监控-6月.xlsx")


def evaluate(add: Add) -> None:
    command = add(
        "evaluate",
        help="绩效自评：计算得分、总分、等级并说明怎样算出；或写出自评表",
        description="绩效自评：按口径计算各指标得分、执行得分、总分和等级，说明怎样算出。"
        "没有自评表时，用 -o 写出可以填写的表，分值已分好，最后一期监控的数作为参考。",
    )
    _books(command, "自评表、监控表另存的，写在后面")
    command.add_argument("--sample", metavar="N", type=_number, help="抽取 N 个项目复核，要写明 --seed")
    command.add_argument("--seed", metavar="TEXT", type=given, help="抽取用的文字：同样的文字抽出同样的项目")
    _out(command, "自评.xlsx")


def tasks(add: Add) -> None:
    command = add(
        "tasks",
        help="任务分解：由项目和分项目标列出任务；到某日为止哪些逾期",
        description="任务分解到月、到人。没有任务分解时，用 -o 由项目和分项目标列出一张；已有的，列出逾期和临近的。",
    )
    _books(command, "任务分解另存的，写在后面")
    command.add_argument(
        "--as-of",
        metavar="DATE",
        type=_day,
        help="到哪一天为止，如 2023-06-30；不写就用表上的填报日期，都没有就不算逾期",
    )
    _out(command, "任务分解.xlsx", texts=False)


def _books(command: Parser, more: str) -> None:
    command.add_argument("books", metavar="BOOK", type=given, nargs="+", help=f"部门工作簿；{more}")


def _out(command: Parser, example: str, *, texts: bool = True) -> None:
    what = "要写出的 .xlsx（表和汇总），或 .docx、.pdf" if texts else "要写出的 .xlsx（任务分解和监督记录）"
    command.add_argument("-o", "--out", metavar="OUT", type=given, help=f"{what}，如 {example}；默认只列在屏幕上")
    command.add_argument("--json", action="store_true", help="写成一个 JSON 文档，给别的程序用")
    command.add_argument(
        "--overwrite", action="store_true", help="允许覆盖别人的文件，以及 xl-perf 写出后有人改过的文件"
    )
    add_limits(command)
    add_profile(command)

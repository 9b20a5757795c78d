"""The arguments of the commands for what goes upward and what comes in: pack, receive, inbox."""

import argparse
from datetime import datetime

from xl_perf.cli.argument_parts import Add, add_inputs, add_limits, add_profile, given, whole_number, year
from xl_perf.cli.usage import Parser


def pack(add: Add) -> None:
    command = add(
        "pack",
        help="打包上报：不含宏的工作簿、清单和邮件草稿",
        description="把一本部门工作簿打包上报：另写不含宏的 .xlsx（带校验结果和报送清单）、清单 .json、邮件草稿 .eml。"
        "原工作簿不动；有错误的不打包。",
    )
    command.too_many = "pack 一次只打包一本"
    command.add_argument("book", metavar="BOOK", type=given, help="要打包的工作簿")
    command.add_argument("-o", "--out", metavar="DIR", type=given, required=True, help="写到哪个文件夹，没有就新建")
    command.add_argument("--force", action="store_true", help="有错误也打包，要用 --reason 写明理由")
    command.add_argument("--reason", metavar="TEXT", type=given, help="带错报送的理由，写进清单和邮件")
    command.add_argument(
        "--version", dest="version_number", metavar="N", type=_version, help="第几次报送，从 1 起（默认 1）"
    )
    command.add_argument(
        "--time", metavar="T", type=_time, help="报送时间，如 2022-11-02 或 2022-11-02T17:30；默认用工作簿的修改时间"
    )
    command.add_argument("--overwrite", action="store_true", help="允许替换同名而内容不同的文件")
    add_limits(command)
    add_profile(command)


def receive(add: Add) -> None:
    command = add(
        "receive",
        help="收件：收下各部门报来的工作簿，核对、校验，留下每一版",
        description="把各部门报来的工作簿（也可以是文件夹、压缩包、邮件）收进收件箱：原件照存，核对报送清单，校验，"
        "每部门、每年度、每种表计最后一版，写出回执和收件汇总。同样的文件再收一次，什么都不变。",
    )
    add_inputs(command)
    command.add_argument("-o", "--out", metavar="INBOX", type=given, required=True, help="收件箱，没有就建立")
    command.add_argument(
        "--expect",
        metavar="LIST.xlsx",
        type=given,
        help="应交的部门：第一张工作表“部门”一栏；会记住，下次不用再给",
    )
    command.add_argument(
        "--year", metavar="Y", type=year, help="只合计这个预算年度的；会记住，默认是工作簿最多的那一年"
    )
    _add_time(command, "收到的时间，如 2024-03-05 09:30；默认是邮件的日期，没有则是文件的修改时间")
    add_profile(command, "会记住；默认按表样选自带的，随工作簿来的口径文件不用")


def inbox(add: Add) -> None:
    """`inbox` has commands of its own."""
    text = "收件箱：谁报了什么，退回、批复、选定一版"
    command = add("inbox", help=text, description=f"{text}。每一步都记下时间和理由。不写后面的命令，就是 list。")
    command.add_argument("inbox", metavar="INBOX", type=given, help="收件箱（receive 写出的文件夹）")
    command.add_argument("--year", metavar="Y", type=year, help="看哪个预算年度；默认是收件时的那一年")
    parts = command.add_subparsers(title="命令", dest="step", metavar="命令", parser_class=Parser)
    text = "列出各部门：状态、金额、问题、还缺谁"
    parts.add_parser("list", help=text, description=f"{text}。")
    text = "一个部门的各版和经过"
    _add_departments(parts.add_parser("history", help=text, description=f"{text}。"), None)
    text = "退回：写出退回通知、校验结果、标注副本"
    back = parts.add_parser("return", help=text, description=f"{text}，放在收件箱的“退回”文件夹，另列退回清单。")
    _add_departments(back, "*")
    back.add_argument("--all-with-errors", action="store_true", help="退回所有有错误的部门")
    _add_why(back, "退回的理由，写进通知")
    add_limits(back)
    text = "批复：现在计入的一版定下来，以后收到的不再替换它"
    approve = parts.add_parser("approve", help=text, description=f"{text}。")
    _add_departments(approve, "+")
    _add_why(approve, "批复的说明；有错误的、可能重复计入的必须写")
    text = "写出计入的工作簿，部门/文件名"
    counted = parts.add_parser(
        "counted", help=text, description=f"{text}，供 consolidate、export、publish、diff 使用；原件不动。"
    )
    counted.add_argument("-o", "--out", metavar="FOLDER", type=given, required=True, help="要写到的文件夹，新的或空的")
    text = "选定：只计这一本（或几本），同一部门的别的不计；已批复的重新打开"
    keep = parts.add_parser("keep", help=text, description=f"{text}。")
    keep.add_argument(
        "numbers",
        metavar="VERSION",
        type=_number,
        nargs="+",
        help="编号，如 12 或 12号（见 inbox list、history）；分科室报的写几个",
    )
    _add_why(keep, "选定的理由，必须写")
    text = "不计：没有读入的不再等，或者某一本不该计入"
    dismiss = parts.add_parser("dismiss", help=text, description=f"{text}。原件和记录都留着。")
    dismiss.add_argument(
        "files", metavar="FILE", type=given, nargs="+", help="编号，如 12号；没有编号的，写“没有读入”后面的整个文件名"
    )
    _add_why(dismiss, "不计的理由，必须写")


def _add_departments(command: argparse.ArgumentParser, number: str | None) -> None:
    command.add_argument(
        "departments", metavar="DEPARTMENT", type=given, nargs=number, help="部门名称，或其中一本的编号，如 12号"
    )


def _add_why(command: argparse.ArgumentParser, why: str) -> None:
    command.add_argument("--reason", metavar="R", type=given, help=why)
    _add_time(command, "时间，如 2024-03-05 09:30；默认是现在")


def _add_time(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("--time", metavar="T", type=_when, default=None, help=what)


def _version(text: str) -> int:
    return whole_number(text, 1, 9999, "应为 1 到 9999 的整数")


def _time(text: str) -> str:
    """As UTC in ISO 8601."""
    from xl_perf.files.last_saved import as_utc

    said = as_utc(text.strip().replace("/", "-"))
    if not said:
        raise argparse.ArgumentTypeError("应为日期或时间，如 2022-11-02 或 2022-11-02T17:30")
    return said


def _when(text: str) -> str:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None).isoformat(" ", "seconds")
    except ValueError:
        raise argparse.ArgumentTypeError("应为日期和时间，如 2024-03-05 或 2024-03-05 09:30") from None


def _number(text: str) -> int:
    return whole_number(text.removesuffix("号").removeprefix("#"), 1, 999_999_999, "应为编号，如 12 或 12号")

"""The command line's arguments: `xl-perf COMMAND …`."""

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import datetime

from xl_perf.cli.usage import Parser
from xl_perf.core.actions import ACTIONS

_OVERWRITE = "允许覆盖别人的文件，以及 xl-perf 写出后有人改过的文件（没有改过的不用加）"
_NOT_KEPT = "允许覆盖别人的文件；xl-perf 写出后有人改过的汇总、报告，不再另留原件（填写的内容总会带过来）"
Add = Callable[..., Parser]
"""argparse's ``add_parser``: gives the parser of one more command."""


def _given(text: str) -> str:
    """Refuses what an empty variable in a script leaves: `Path` would take it for the folder one is in."""
    if not text.strip():
        raise argparse.ArgumentTypeError("不能是空的")
    return text


def _pipe(text: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,60}", text, re.ASCII):
        raise argparse.ArgumentTypeError("应为字母、数字、. - _，不超过 60 个")
    return text


def _workers(text: str) -> int:
    return _whole_number(text, 1, 64, "应为 1 到 64 的整数")


def _seconds(text: str) -> int:
    return _whole_number(text, 1, 86400, "应为 1 到 86400 的整数，单位是秒")


def _mebibytes(text: str) -> int:
    return _whole_number(text, 64, 1048576, "应为 64 到 1048576 的整数，单位是 MB")


def _version(text: str) -> int:
    return _whole_number(text, 1, 9999, "应为 1 到 9999 的整数")


def _time(text: str) -> str:
    """As UTC in ISO 8601."""
    from xl_perf.files.last_saved import as_utc

    said = as_utc(text.strip().replace("/", "-"))
    if not said:
        raise argparse.ArgumentTypeError("应为日期或时间，如 2022-11-02 或 2022-11-02T17:30")
    return said


def _year(text: str) -> int:
    return _whole_number(text, 1990, 2199, "应为四位年份，如 2024")


def _whole_number(text: str, least: int, most: int, wanted: str) -> int:
    # Longer figures Python would not even convert.
    if not text.isdecimal() or len(text) > len(str(most)) or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(wanted)
    return int(text)


def parser(only: str | None = None) -> Parser:
    """The parser of the whole command line, or of one command, which takes a third of the time to make."""
    top = Parser(prog="xl-perf", description="部门预算绩效文本与项目绩效目标表：在 Excel 中填报，一键校验、汇总。")
    top.add_argument("--version", action="store_true", help="显示版本")
    commands = top.add_subparsers(title="命令", dest="command", metavar="命令", parser_class=Parser)
    for name, add in _commands().items():
        if only in {None, name}:
            add(commands.add_parser)
    return top


def _commands() -> dict[str, Callable[[Add], None]]:
    """What adds the arguments of each command, in the order of the help."""
    return {
        "new": _new,
        "check": _check,
        "consolidate": _consolidate,
        "publish": _publish,
        "diff": _diff,
        "export": _export,
        "pack": _pack,
        "receive": _receive,
        "inbox": _inbox,
        "rules": _rules,
        "template": _template,
        "excel": _excel,
        "office": _office,
        "button": _button,
    }


def _new(add: Add) -> None:
    new = add("new", help="新建部门工作簿（空白，或由已有工作簿合成）", description="新建部门工作簿。")
    new.add_argument(
        "out", metavar="OUT", type=_given, help="要写出的工作簿：.xlsm 带按钮，.xlsx 不含宏；已有同名文件时不覆盖"
    )
    new.add_argument(
        "--from",
        dest="sources",
        metavar="SOURCE",
        type=_given,
        nargs="+",
        default=[],
        help="来源：去年的绩效文本（.docx .doc .odt .txt）、工作簿、文件夹或 .zip 压缩包，其中的表都收进来",
    )
    new.add_argument("--department", metavar="D", type=_given, help="部门名称")
    new.add_argument("--year", metavar="Y", type=_year, help="预算年度；来源是往年的，时限和标题里的年份随之后移")
    new.add_argument(
        "--amounts",
        choices=("keep", "clear", "last-year"),
        help="来源的金额：keep 保留（默认），clear 清空，last-year 清空并在表旁注明上年数",
    )
    _add_limits(new)
    _add_form(new, "空白表用哪种表样；默认用来源中最多的，没有来源的用口径的第一种")
    _add_profile(new)


def _check(add: Add) -> None:
    check = add("check", help="校验工作簿，列出问题", description="校验一本或许多工作簿。")
    _add_inputs(check)
    how = check.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="以 JSON 输出（UTF-8）")
    how.add_argument("--report", metavar="OUT.xlsx", type=_given, help="把结果写成工作簿")
    listed = check.add_mutually_exclusive_group()
    listed.add_argument(
        "--level", choices=("error", "warning", "hint"), help="逐条列出这一级和更重的问题；多本的默认只列一屏"
    )
    listed.add_argument("--summary", action="store_true", help="只列各本和合计，不列问题")
    check.add_argument("--details", action="store_true", help="与 --json 一起用：每个项目另列目标和指标")
    check.add_argument(
        "--marked", metavar="DIR", type=_given, help="在文件夹中写出标注副本：问题写成单元格上的批注，原件不动"
    )
    check.add_argument("--clean-too", action="store_true", help="与 --marked 一起用：没有问题的工作簿也写副本")
    check.add_argument("--overwrite", action="store_true", help=_NOT_KEPT)
    _add_choice(check)
    _add_profile(check)


def _consolidate(add: Add) -> None:
    consolidate = add("consolidate", help="汇总：一本出部门汇总，多本出合并汇总", description="汇总一本或许多工作簿。")
    _add_inputs(consolidate)
    consolidate.add_argument("-o", "--out", metavar="OUT.xlsx", type=_given, required=True, help="要写出的汇总工作簿")
    consolidate.add_argument("--overwrite", action="store_true", help=_NOT_KEPT)
    consolidate.add_argument(
        "--group-by", choices=("department", "folder"), help="多本的小计：按部门（默认），或按所在文件夹"
    )
    _add_choice(consolidate)
    _add_profile(consolidate)


def _publish(add: Add) -> None:
    publish = add(
        "publish",
        help="写出绩效文本（Word 或 PDF）：一本，或许多本到一个文件夹",
        description="由部门工作簿写出绩效文本：一本写成一个文件，许多本各写一份到文件夹，按部门取名。",
    )
    _add_inputs(publish)
    publish.add_argument(
        "-o",
        "--out",
        metavar="OUT",
        type=_given,
        required=True,
        help="要写出的文本（.docx 或 .pdf）；许多本的写文件夹，如 文本/",
    )
    publish.add_argument(
        "--format", choices=("docx", "pdf"), help="写到文件夹时用哪种格式（默认 docx）；写一份时看 OUT 的扩展名"
    )
    publish.add_argument("--overwrite", action="store_true", help=_OVERWRITE)
    _add_profile(publish)


def _diff(add: Add) -> None:
    diff = add(
        "diff",
        help="比较两稿、两个文件夹或两个年度，逐栏列出变化",
        description="比较两稿、两个文件夹或两个年度：项目增减、改名、移到别的部门，每一栏的原值、现值和差额（万元）。",
    )
    diff.too_many = "diff 只比较两边，OLD 和 NEW 各给一个：许多本的请给文件夹，通配符请加引号"
    what = "工作簿、文件夹、通配符（加引号）、.zip 压缩包或邮件"
    diff.add_argument("old", metavar="OLD", type=_given, help=f"原来的：{what}")
    diff.add_argument("new", metavar="NEW", type=_given, help="现在的：同上")
    diff.add_argument("-o", "--out", metavar="OUT.xlsx", type=_given, help="另把变化写成工作簿：变动总览、项目、明细")
    diff.add_argument("--json", action="store_true", help="以 JSON 输出（UTF-8）")
    diff.add_argument("--overwrite", action="store_true", help=_OVERWRITE)
    _add_reading(diff)
    _add_profile(diff)


def _export(add: Add) -> None:
    export = add(
        "export",
        help="导出数据表，给别的工具用：Excel、CSV、Parquet、SQLite、DuckDB",
        description="把工作簿里的部门、项目、资金来源、支出计划、目标、指标、问题导出成数据表，各栏见其中的“数据说明”。",
    )
    _add_inputs(export)
    export.add_argument(
        "-o",
        "--out",
        metavar="OUT",
        type=_given,
        required=True,
        help="要写出的 .xlsx、.sqlite、.duckdb；或文件夹，如 数据/，每张表一个文件",
    )
    export.add_argument(
        "--format",
        choices=("csv", "parquet"),
        help="写到文件夹时用哪种格式（默认 csv）；写一个文件时看 OUT 的扩展名",
    )
    export.add_argument("--overwrite", action="store_true", help=_OVERWRITE)
    _add_choice(export, with_list=False)
    _add_profile(export)


def _pack(add: Add) -> None:
    pack = add(
        "pack",
        help="打包上报：不含宏的工作簿、清单和邮件草稿",
        description="把一本部门工作簿打包上报：另写不含宏的 .xlsx（带校验结果和报送清单）、清单 .json、邮件草稿 .eml。"
        "原工作簿不动；有错误的不打包。",
    )
    pack.too_many = "pack 一次只打包一本"
    pack.add_argument("book", metavar="BOOK", type=_given, help="要打包的工作簿")
    pack.add_argument("-o", "--out", metavar="DIR", type=_given, required=True, help="写到哪个文件夹，没有就新建")
    pack.add_argument("--force", action="store_true", help="有错误也打包，要用 --reason 写明理由")
    pack.add_argument("--reason", metavar="TEXT", type=_given, help="带错报送的理由，写进清单和邮件")
    pack.add_argument(
        "--version", dest="version_number", metavar="N", type=_version, help="第几次报送，从 1 起（默认 1）"
    )
    pack.add_argument(
        "--time", metavar="T", type=_time, help="报送时间，如 2022-11-02 或 2022-11-02T17:30；默认用工作簿的修改时间"
    )
    pack.add_argument("--overwrite", action="store_true", help="允许替换同名而内容不同的文件")
    _add_limits(pack)
    _add_profile(pack)


def _receive(add: Add) -> None:
    receive = add(
        "receive",
        help="收件：收下各部门报来的工作簿，核对、校验，留下每一版",
        description="把各部门报来的工作簿（也可以是文件夹、压缩包、邮件）收进收件箱：原件照存，核对报送清单，校验，"
        "每部门、每年度、每种表计最后一版，写出回执和收件汇总。同样的文件再收一次，什么都不变。",
    )
    _add_inputs(receive)
    receive.add_argument("-o", "--out", metavar="INBOX", type=_given, required=True, help="收件箱，没有就建立")
    receive.add_argument(
        "--expect",
        metavar="LIST.xlsx",
        type=_given,
        help="应交的部门：第一张工作表“部门”一栏；会记住，下次不用再给",
    )
    receive.add_argument(
        "--year", metavar="Y", type=_year, help="只合计这个预算年度的；会记住，默认是工作簿最多的那一年"
    )
    _add_time(receive, "收到的时间，如 2024-03-05 09:30；默认是邮件的日期，没有则是文件的修改时间")
    _add_profile(receive, "会记住；默认按表样选自带的，随工作簿来的口径文件不用")


def _inbox(add: Add) -> None:
    """`inbox` has commands of its own."""
    text = "收件箱：谁报了什么，退回、批复、选定一版"
    inbox = add("inbox", help=text, description=f"{text}。每一步都记下时间和理由。不写后面的命令，就是 list。")
    inbox.add_argument("inbox", metavar="INBOX", type=_given, help="收件箱（receive 写出的文件夹）")
    inbox.add_argument("--year", metavar="Y", type=_year, help="看哪个预算年度；默认是收件时的那一年")
    parts = inbox.add_subparsers(title="命令", dest="step", metavar="命令", parser_class=Parser)
    text = "列出各部门：状态、金额、问题、还缺谁"
    parts.add_parser("list", help=text, description=f"{text}。")
    text = "一个部门的各版和经过"
    _add_departments(parts.add_parser("history", help=text, description=f"{text}。"), None)
    text = "退回：写出退回通知、校验结果、标注副本"
    back = parts.add_parser("return", help=text, description=f"{text}，放在收件箱的“退回”文件夹，另列退回清单。")
    _add_departments(back, "*")
    back.add_argument("--all-with-errors", action="store_true", help="退回所有有错误的部门")
    _add_why(back, "退回的理由，写进通知")
    _add_limits(back)
    text = "批复：现在计入的一版定下来，以后收到的不再替换它"
    approve = parts.add_parser("approve", help=text, description=f"{text}。")
    _add_departments(approve, "+")
    _add_why(approve, "批复的说明；有错误的必须写")
    text = "选定一版：不论先后，计入这一版；已批复的重新打开"
    keep = parts.add_parser("keep", help=text, description=f"{text}。")
    keep.add_argument("number", metavar="VERSION", type=_number, help="编号，如 12 或 12号（见 inbox list、history）")
    _add_why(keep, "选定的理由，必须写")


def _add_departments(command: argparse.ArgumentParser, number: str | None) -> None:
    command.add_argument(
        "departments", metavar="DEPARTMENT", type=_given, nargs=number, help="部门名称，或其中一本的编号，如 12号"
    )


def _add_why(command: argparse.ArgumentParser, why: str) -> None:
    command.add_argument("--reason", metavar="R", type=_given, help=why)
    _add_time(command, "时间，如 2024-03-05 09:30；默认是现在")


def _add_time(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("--time", metavar="T", type=_when, default=None, help=what)


def _when(text: str) -> str:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None).isoformat(" ", "seconds")
    except ValueError:
        raise argparse.ArgumentTypeError("应为日期和时间，如 2024-03-05 或 2024-03-05 09:30") from None


def _number(text: str) -> int:
    return _whole_number(text.removesuffix("号").removeprefix("#"), 1, 999_999_999, "应为编号，如 12 或 12号")


def _rules(add: Add) -> None:
    rules = add("rules", help="列出校验规则，或显示一条规则", description="校验规则。")
    rules.add_argument("code", metavar="CODE", nargs="?", help="规则编号，如 B303")
    _add_profile(rules)


def _button(add: Add) -> None:
    button = add(
        "button",
        help="工作簿里的按钮所调用的命令，不必手工输入",
        description="由工作簿里的按钮调用，处理当前打开的工作簿。",
    )
    button.add_argument("name", metavar="NAME", choices=[action.name for action in ACTIONS], help="按钮的名称")


def _template(add: Add) -> None:
    template = add("template", help="写出空白模板", description="写出空白的部门工作簿模板，或加载项。")
    template.add_argument(
        "out", metavar="OUT", type=_given, help="要写出的模板：.xlsm 带按钮，.xlsx 不含宏；.xlam 是 Excel 加载项"
    )
    template.add_argument("--overwrite", action="store_true", help=_OVERWRITE)
    _add_form(template, "用哪种表样；默认用口径的第一种")
    _add_profile(template)


def _office(add: Add) -> None:
    office = add(
        "office", help="用 LibreOffice 打开工作簿，按钮可用（Linux 桌面）", description="用 LibreOffice 打开工作簿。"
    )
    office.add_argument("book", metavar="BOOK", type=_given, help="要打开的工作簿")
    office.add_argument("--headless", action="store_true", help="不显示窗口（供程序使用）")
    office.add_argument("--pipe", metavar="NAME", type=_pipe, help="管道名称（默认每次不同）")


def _excel(add: Add) -> None:
    """`excel` has commands of its own."""
    text = "在本机 Excel 中安装、卸载按钮，或检查按钮为什么不能用"
    excel = add("excel", help=text, description=f"{text}。只动当前用户的文件，不需要管理员权限。")
    parts = excel.add_subparsers(title="命令", dest="excel", metavar="命令", parser_class=Parser, required=True)
    install = parts.add_parser(
        "install", help="安装加载项、模板、设置和右键“发送到”", description="为当前用户安装加载项、模板和设置。"
    )
    _add_profile(install)
    parts.add_parser("uninstall", help="卸载 install 安装的东西，别的不动", description="卸载 install 安装的东西。")
    doctor = parts.add_parser(
        "doctor", help="检查有什么妨碍按钮，并说明怎样处理", description="检查有什么妨碍按钮，并说明怎样处理。"
    )
    doctor.add_argument("books", metavar="BOOK", type=_given, nargs="*", help="另外要检查的工作簿")


def _add_inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "inputs",
        metavar="INPUT",
        type=_given,
        nargs="+",
        help="工作簿、文件夹、通配符（*.xlsx）、.zip 压缩包或邮件（.eml .msg），可以混用",
    )
    _add_reading(command)


def _add_reading(command: argparse.ArgumentParser) -> None:
    """How workbooks are read."""
    where = command.add_mutually_exclusive_group()
    where.add_argument("--workers", metavar="N", type=_workers, help="同时处理的个数（默认按本数和处理器自动）")
    where.add_argument(
        "--cluster",
        metavar="ADDRESS",
        type=_given,
        default=None,
        help="在 Dask 集群上读，如 tcp://10.0.0.5:8786；各台电脑要能按同样的路径打开这些文件",
    )
    _add_limits(command)


def _add_limits(command: argparse.ArgumentParser) -> None:
    """What one file may take; see `saved.limits`."""
    command.add_argument(
        "--limit-seconds", metavar="N", type=_seconds, help="一个文件最多读多少秒，超过的不读（默认 20）"
    )
    command.add_argument(
        "--limit-memory", metavar="N", type=_mebibytes, help="读一个文件最多用多少 MB 内存，超过的不读（默认 2048）"
    )


def _add_form(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument(
        "--form", metavar="F", type=_given, default=None, help=f"{what}：project_targets 或 national_targets"
    )


def _add_choice(command: argparse.ArgumentParser, *, with_list: bool = True) -> None:
    """Which of several books count in the totals; ``with_list``: and who was to deliver."""
    command.add_argument(
        "--year", metavar="Y", type=_year, help="只合计这个预算年度的；默认是工作簿最多的那一年，别的年度不计入"
    )
    if with_list:
        command.add_argument(
            "--expect", metavar="LIST.xlsx", type=_given, help="应交的部门：第一张工作表“部门”一栏；说明哪些没有交"
        )
    which = command.add_mutually_exclusive_group()
    which.add_argument("--latest", action="store_true", help="同一部门同一年有几稿的，只计最后一稿（默认就是）")
    which.add_argument("--all-versions", action="store_true", help="同一部门同一年的几稿都计入合计")


def _add_profile(
    command: argparse.ArgumentParser, default: str = "默认用工作簿旁边的 口径.toml，没有则按表样选自带的"
) -> None:
    command.add_argument("--profile", metavar="P", type=_given, default=None, help=f"口径名称或口径文件（{default}）")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments understood. Raises `UsageError` in Chinese; ``--help`` prints and exits with 0."""
    first = arguments[0] if arguments else None
    return parser(first if first in _commands() else None).parse_args(arguments)

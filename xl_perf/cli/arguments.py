"""The command line's arguments: `xl-perf COMMAND …`."""

import argparse
from collections.abc import Callable, Sequence

from xl_perf.cli.argument_parts import (
    Add,
    add_choice,
    add_form,
    add_inputs,
    add_limits,
    add_profile,
    add_reading,
    given,
    pipe,
    year,
)
from xl_perf.cli.form_arguments import form
from xl_perf.cli.report_arguments import evaluate, monitor, month, tasks
from xl_perf.cli.upward_arguments import inbox, pack, receive
from xl_perf.cli.usage import Parser
from xl_perf.core.actions import ACTIONS

_OVERWRITE = "允许覆盖别人的文件，以及 xl-perf 写出后有人改过的文件（没有改过的不用加）"
_NOT_KEPT = "允许覆盖别人的文件；xl-perf 写出后有人改过的汇总、报告，不再另留原件（填写的内容总会带过来）"


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
        "monitor": monitor,
        "evaluate": evaluate,
        "tasks": tasks,
        "diff": _diff,
        "export": _export,
        "pack": pack,
        "receive": receive,
        "inbox": inbox,
        "form": form,
        "rules": _rules,
        "template": _template,
        "excel": _excel,
        "office": _office,
        "button": _button,
    }


def _new(add: Add) -> None:
    new = add("new", help="新建部门工作簿（空白，或由已有工作簿合成）", description="新建部门工作簿。")
    new.add_argument(
        "out", metavar="OUT", type=given, help="要写出的工作簿：.xlsm 带按钮，.xlsx 不含宏；已有同名文件时不覆盖"
    )
    new.add_argument(
        "--from",
        dest="sources",
        metavar="SOURCE",
        type=given,
        nargs="+",
        default=[],
        help="来源：去年的绩效文本（.docx .doc .odt .txt）、工作簿、文件夹或 .zip 压缩包，其中的表都收进来",
    )
    new.add_argument("--department", metavar="D", type=given, help="部门名称")
    new.add_argument("--year", metavar="Y", type=year, help="预算年度；来源是往年的，时限和标题里的年份随之后移")
    new.add_argument(
        "--amounts",
        choices=("keep", "clear", "last-year"),
        help="来源的金额：keep 保留（默认），clear 清空，last-year 清空并在表旁注明上年数",
    )
    add_limits(new)
    add_form(new, "空白表用哪种表样；默认用旁边的样表，没有样表的用来源中最多的，没有来源的用口径的第一种")
    add_profile(new)


def _check(add: Add) -> None:
    check = add("check", help="校验工作簿，列出问题", description="校验一本或许多工作簿。")
    add_inputs(check)
    how = check.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="以 JSON 输出（UTF-8）")
    how.add_argument("--report", metavar="OUT.xlsx", type=given, help="把结果写成工作簿")
    listed = check.add_mutually_exclusive_group()
    listed.add_argument(
        "--level", choices=("error", "warning", "hint"), help="逐条列出这一级和更重的问题；多本的默认只列一屏"
    )
    listed.add_argument("--summary", action="store_true", help="只列各本和合计，不列问题")
    check.add_argument("--details", action="store_true", help="与 --json 一起用：每个项目另列目标和指标")
    check.add_argument(
        "--marked", metavar="DIR", type=given, help="在文件夹中写出标注副本：问题写成单元格上的批注，原件不动"
    )
    check.add_argument("--clean-too", action="store_true", help="与 --marked 一起用：没有问题的工作簿也写副本")
    check.add_argument("--overwrite", action="store_true", help=_NOT_KEPT)
    add_choice(check)
    add_profile(check)


def _consolidate(add: Add) -> None:
    consolidate = add("consolidate", help="汇总：一本出部门汇总，多本出合并汇总", description="汇总一本或许多工作簿。")
    add_inputs(consolidate)
    consolidate.add_argument("-o", "--out", metavar="OUT.xlsx", type=given, required=True, help="要写出的汇总工作簿")
    consolidate.add_argument("--overwrite", action="store_true", help=_NOT_KEPT)
    consolidate.add_argument(
        "--kind",
        choices=("targets", "monitoring", "evaluation"),
        default="targets",
        help="汇总什么：targets 绩效目标（默认），monitoring 运行监控，evaluation 绩效自评",
    )
    consolidate.add_argument(
        "--month", metavar="M", type=month, help="与 --kind monitoring 一起用：汇总到几月为止；默认是最后一期"
    )
    consolidate.add_argument(
        "--group-by", choices=("department", "folder"), help="多本的小计：按部门（默认），或按所在文件夹"
    )
    add_choice(consolidate)
    add_profile(consolidate)


def _publish(add: Add) -> None:
    publish = add(
        "publish",
        help="写出绩效文本（Word 或 PDF）：一本，或许多本到一个文件夹",
        description="由部门工作簿写出绩效文本：一本写成一个文件，许多本各写一份到文件夹，按部门取名。",
    )
    add_inputs(publish)
    publish.add_argument(
        "-o",
        "--out",
        metavar="OUT",
        type=given,
        required=True,
        help="要写出的文本（.docx 或 .pdf）；许多本的写文件夹，如 文本/",
    )
    publish.add_argument(
        "--format", choices=("docx", "pdf"), help="写到文件夹时用哪种格式（默认 docx）；写一份时看 OUT 的扩展名"
    )
    publish.add_argument(
        "--all-versions", action="store_true", help="许多本的：前一稿的文本也写（默认只写后一稿的，没有写的逐本说明）"
    )
    publish.add_argument("--overwrite", action="store_true", help=_OVERWRITE)
    add_profile(publish)


def _diff(add: Add) -> None:
    diff = add(
        "diff",
        help="比较两稿、两个文件夹或两个年度，逐栏列出变化",
        description="比较两稿、两个文件夹或两个年度：项目增减、改名、移到别的部门，每一栏的原值、现值和差额（万元）。",
    )
    diff.too_many = "diff 只比较两边，OLD 和 NEW 各给一个：许多本的请给文件夹，通配符请加引号"
    what = "工作簿、文件夹、通配符（加引号）、.zip 压缩包或邮件"
    diff.add_argument("old", metavar="OLD", type=given, help=f"原来的：{what}")
    diff.add_argument("new", metavar="NEW", type=given, help="现在的：同上")
    diff.add_argument("-o", "--out", metavar="OUT.xlsx", type=given, help="另把变化写成工作簿：变动总览、项目、明细")
    diff.add_argument("--json", action="store_true", help="以 JSON 输出（UTF-8）")
    diff.add_argument("--overwrite", action="store_true", help=_OVERWRITE)
    add_reading(diff)
    add_profile(diff)


def _export(add: Add) -> None:
    export = add(
        "export",
        help="导出数据表，给别的工具用：Excel、CSV、Parquet、SQLite、DuckDB",
        description="把工作簿里的部门、项目、资金来源、支出计划、目标、指标、问题导出成数据表，各栏见其中的“数据说明”。",
    )
    add_inputs(export)
    export.add_argument(
        "-o",
        "--out",
        metavar="OUT",
        type=given,
        required=True,
        help="要写出的 .xlsx、.sqlite、.duckdb；或文件夹，如 数据/，每张表一个文件",
    )
    export.add_argument(
        "--format",
        choices=("csv", "parquet"),
        help="写到文件夹时用哪种格式（默认 csv）；写一个文件时看 OUT 的扩展名",
    )
    export.add_argument("--overwrite", action="store_true", help=_OVERWRITE)
    add_choice(export, with_list=False)
    add_profile(export)


def _rules(add: Add) -> None:
    rules = add("rules", help="列出校验规则，或显示一条规则", description="校验规则。")
    rules.add_argument("code", metavar="CODE", nargs="?", help="规则编号，如 B303")
    add_profile(rules)


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
        "out", metavar="OUT", type=given, help="要写出的模板：.xlsm 带按钮，.xlsx 不含宏；.xlam 是 Excel 加载项"
    )
    template.add_argument("--overwrite", action="store_true", help=_OVERWRITE)
    add_form(template, "用哪种表样；默认用旁边的样表，没有样表的用口径的第一种")
    add_profile(template)


def _office(add: Add) -> None:
    office = add(
        "office", help="用 LibreOffice 打开工作簿，按钮可用（Linux 桌面）", description="用 LibreOffice 打开工作簿。"
    )
    office.add_argument("book", metavar="BOOK", type=given, help="要打开的工作簿")
    office.add_argument("--headless", action="store_true", help="不显示窗口（供程序使用）")
    office.add_argument("--pipe", metavar="NAME", type=pipe, help="管道名称（默认每次不同）")


def _excel(add: Add) -> None:
    """`excel` has commands of its own."""
    text = "在本机 Excel 中安装、卸载按钮，或检查按钮为什么不能用"
    excel = add("excel", help=text, description=f"{text}。只动当前用户的文件，不需要管理员权限。")
    parts = excel.add_subparsers(title="命令", dest="excel", metavar="命令", parser_class=Parser, required=True)
    install = parts.add_parser(
        "install", help="安装加载项、模板、设置和右键“发送到”", description="为当前用户安装加载项、模板和设置。"
    )
    add_profile(install)
    parts.add_parser("uninstall", help="卸载 install 安装的东西，别的不动", description="卸载 install 安装的东西。")
    doctor = parts.add_parser(
        "doctor", help="检查有什么妨碍按钮，并说明怎样处理", description="检查有什么妨碍按钮，并说明怎样处理。"
    )
    doctor.add_argument("books", metavar="BOOK", type=given, nargs="*", help="另外要检查的工作簿")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments understood. Raises `UsageError` in Chinese; ``--help`` prints and exits with 0."""
    first = arguments[0] if arguments else None
    return parser(first if first in _commands() else None).parse_args(arguments)

"""The arguments of `xl-perf form`, which has commands of its own: learn, check, show."""

from xl_perf.cli.argument_parts import Add, add_limits, given
from xl_perf.cli.usage import Parser

_OVERWRITE = "允许覆盖已有的文件"


def form(add: Add) -> None:
    text = "样表：让 xl-perf 认得本单位自己的表"
    command = add("form", help=text, description=f"{text}。样表放在工作簿旁边，同一文件夹的工作簿就按它读、按它写。")
    parts = command.add_subparsers(title="命令", dest="form", metavar="命令", parser_class=Parser, required=True)
    learn = parts.add_parser(
        "learn",
        help="由空白表（或填好的表）写出样表，待人核对",
        description="认出一张表的每一栏，写出样表：同样的表，要填的格子里写着标记；“对照”里一栏一行，可以改。",
    )
    learn.add_argument(
        "source", metavar="FORM", type=given, help="空白的项目绩效目标表：.xlsx .xls .et .ods .docx .doc"
    )
    _out(learn, "要写出的样表，如 样表.xlsx；或文件夹，如 我的口径/")
    check = parts.add_parser(
        "check",
        help="核对样表：缺什么、哪里矛盾；并用填好的表试读",
        description="核对样表；另给填好的工作簿，就只按这份样表试读，列出读到的项目、金额和指标数。",
    )
    check.add_argument("guide", metavar="GUIDE.xlsx", type=given, help="样表")
    check.add_argument("filled", metavar="FILLED", type=given, nargs="*", help="填好的工作簿或文本，用来试读")
    add_limits(check)
    show = parts.add_parser(
        "show",
        help="把自带的表样写成样表，改一改就是本单位的",
        description="把自带的表样（如 national_targets）写成样表，作为本单位样表的起点。",
    )
    show.add_argument("kind", metavar="KIND", type=given, help="表样的名称，如 project_targets、项目支出绩效目标表")
    _out(show, "要写出的样表，如 样表.xlsx；或文件夹")


def _out(command: Parser, what: str) -> None:
    command.add_argument("-o", "--out", metavar="OUT", type=given, required=True, help=what)
    command.add_argument("--overwrite", action="store_true", help=_OVERWRITE)
    add_limits(command)

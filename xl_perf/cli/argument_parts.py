"""What the arguments of several commands are made of: kinds of values, and groups of options."""

import argparse
import re
from collections.abc import Callable

from xl_perf.cli.usage import Parser

Add = Callable[..., Parser]
"""argparse's ``add_parser``: gives the parser of one more command."""


def given(text: str) -> str:
    """Refuses what an empty variable in a script leaves: `Path` would take it for the folder one is in."""
    if not text.strip():
        raise argparse.ArgumentTypeError("不能是空的")
    return text


def pipe(text: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,60}", text, re.ASCII):
        raise argparse.ArgumentTypeError("应为字母、数字、. - _，不超过 60 个")
    return text


def workers(text: str) -> int:
    return whole_number(text, 1, 64, "应为 1 到 64 的整数")


def seconds(text: str) -> int:
    return whole_number(text, 1, 86400, "应为 1 到 86400 的整数，单位是秒")


def mebibytes(text: str) -> int:
    return whole_number(text, 64, 1048576, "应为 64 到 1048576 的整数，单位是 MB")


def year(text: str) -> int:
    return whole_number(text, 1990, 2199, "应为四位年份，如 2024")


def whole_number(text: str, least: int, most: int, wanted: str) -> int:
    # Longer figures Python would not even convert.
    if not text.isdecimal() or len(text) > len(str(most)) or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(wanted)
    return int(text)


def add_inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "inputs",
        metavar="INPUT",
        type=given,
        nargs="+",
        help="工作簿、文件夹、通配符（*.xlsx）、.zip 压缩包或邮件（.eml .msg），可以混用",
    )
    add_reading(command)


def add_reading(command: argparse.ArgumentParser) -> None:
    """How workbooks are read."""
    where = command.add_mutually_exclusive_group()
    where.add_argument("--workers", metavar="N", type=workers, help="同时处理的个数（默认按本数和处理器自动）")
    where.add_argument(
        "--cluster",
        metavar="ADDRESS",
        type=given,
        default=None,
        help="在 Dask 集群上读，如 tcp://10.0.0.5:8786；各台电脑要能按同样的路径打开这些文件",
    )
    add_limits(command)


def add_limits(command: argparse.ArgumentParser) -> None:
    """What one file may take; see `saved.limits`."""
    command.add_argument(
        "--limit-seconds", metavar="N", type=seconds, help="一个文件最多读多少秒，超过的不读（默认 20）"
    )
    command.add_argument(
        "--limit-memory", metavar="N", type=mebibytes, help="读一个文件最多用多少 MB 内存，超过的不读（默认 2048）"
    )


def add_form(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument(
        "--form",
        metavar="F",
        type=given,
        default=None,
        help=f"{what}：project_targets、national_targets，或样表的路径（样表.xlsx）",
    )


def add_choice(command: argparse.ArgumentParser, *, with_list: bool = True) -> None:
    """Which of several books count in the totals; ``with_list``: and who was to deliver."""
    command.add_argument(
        "--year", metavar="Y", type=year, help="只合计这个预算年度的；默认是工作簿最多的那一年，别的年度不计入"
    )
    if with_list:
        command.add_argument(
            "--expect", metavar="LIST.xlsx", type=given, help="应交的部门：第一张工作表“部门”一栏；说明哪些没有交"
        )
    which = command.add_mutually_exclusive_group()
    which.add_argument("--latest", action="store_true", help="同一部门同一年有几稿的，只计最后一稿（默认就是）")
    which.add_argument("--all-versions", action="store_true", help="同一部门同一年的几稿都计入合计")


def add_profile(
    command: argparse.ArgumentParser, default: str = "默认用工作簿旁边的 口径.toml，没有则按表样选自带的"
) -> None:
    command.add_argument("--profile", metavar="P", type=given, default=None, help=f"口径名称或口径文件（{default}）")

"""The command line: arguments -> service -> output. Exit status: 0 done, 1 errors found, 2 could not do it."""

import errno
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Final

from xl_perf.cli import terminal
from xl_perf.cli.ending import Ended, ended_by_signals
from xl_perf.core.errors import XlPerfError

DONE: Final = 0
COULD_NOT: Final = 2
_INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status; never leaves a traceback."""
    terminal.prepare_streams()
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["button"] and given[1:2] and not given[1].startswith("-"):
        # Before everything else: a person waits, and what VBA adds to the command line is for xlwings.
        from xl_perf import buttons

        return buttons.run(given[1], given[2:])
    try:
        with ended_by_signals():
            status = _carried_out(given)
            sys.stdout.flush()
            return status
    except (KeyboardInterrupt, Ended) as error:
        terminal.complain("已中断。没有写完的文件已删去。")
        return error.status if isinstance(error, Ended) else _INTERRUPTED
    except Exception as error:
        return _failed(error)


def _carried_out(given: Sequence[str]) -> int:
    try:
        from xl_perf.cli.arguments import parse

        return _run(parse(given))
    except XlPerfError as error:
        terminal.complain(str(error))
        return COULD_NOT
    except SystemExit as ended:  # argparse, after --help
        return ended.code if isinstance(ended.code, int) else DONE


def _failed(error: Exception) -> int:
    """What is said of what nobody foresaw, unless it is only that nobody takes what we print."""
    if isinstance(error, OSError):
        if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):
            # Whoever read our output has closed it (`… | head`): nothing more to say, also not at exit.
            terminal.give_up(sys.stdout)
            return DONE
        reason = terminal.why_stdout_fails()
        if reason is not None:
            terminal.give_up(sys.stdout)
            terminal.complain(f"结果没有显示完：标准输出{reason}。请换一个输出位置再试。")
            return COULD_NOT
        from xl_perf.files.temporary import CLEAN_UP, FULL, why_full

        if error.errno in FULL:
            terminal.complain(f"没有做完：{why_full(error)}。{CLEAN_UP}。")
            return COULD_NOT
    from xl_perf.files.crash_log import sentence_on

    terminal.complain(sentence_on(error))
    return COULD_NOT


def _run(arguments: Namespace) -> int:
    if arguments.version:
        if arguments.command is not None:
            raise XlPerfError("--version 要单独用，后面不写命令", "请去掉 --version，或只写 xl-perf --version")
        from xl_perf import __version__

        terminal.say(f"xl-perf {__version__}")
        return DONE
    if arguments.command is None:
        from xl_perf.cli.arguments import parser

        parser().print_help()
        return DONE
    from xl_perf.cli import options

    options.collect_seldom()  # before the imports, of which there are hundreds
    from xl_perf.cli.commands import COMMANDS

    return COMMANDS[arguments.command](arguments)

"""The command line: arguments -> service -> output. Exit status: 0 done, 1 errors found, 2 could not do it."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Final

from xl_perf.cli import terminal
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
        from xl_perf.cli.arguments import parse

        return _run(parse(arguments))
    except XlPerfError as error:
        terminal.complain(str(error))
        return COULD_NOT
    except KeyboardInterrupt:
        terminal.complain("已中断。没有写完的文件已删去。")
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has closed it (`… | head`): nothing more to say, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        from xl_perf.files.crash_log import sentence_on

        terminal.complain(sentence_on(error))
        return COULD_NOT


def _run(arguments: Namespace) -> int:
    if arguments.version:
        from xl_perf import __version__

        terminal.say(f"xl-perf {__version__}")
        return DONE
    if arguments.command is None:
        from xl_perf.cli.arguments import parser

        parser().print_help()
        return DONE
    from xl_perf.cli.commands import COMMANDS

    return COMMANDS[arguments.command](arguments)

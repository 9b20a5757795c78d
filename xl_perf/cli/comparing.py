"""`xl-perf diff`: what changed between two versions, folders or years."""

import sys
from argparse import Namespace
from functools import partial

from xl_perf.cli import options, terminal
from xl_perf.cli.options import COULD_NOT, DONE
from xl_perf.core.errors import XlPerfError


def diff(arguments: Namespace) -> int:
    """Differences are no errors: the status is 0, and 2 where a file could not be read."""
    from xl_perf.cli import diff_json, diff_output
    from xl_perf.service import comparing

    if arguments.overwrite and not arguments.out:
        message = "--overwrite 在这里不起作用：只在屏幕上列出变化，不写文件"
        raise XlPerfError(message, "请加上 -o，或去掉它")
    options.collect_seldom()
    profile = options.chosen(arguments)
    sides = comparing.given(arguments.old, arguments.new)
    if arguments.out:
        comparing.check_changes_target(arguments.out, sides, arguments.overwrite)
    number = sum(len(side.found.books) for side in sides)
    passing = partial(terminal.progress, total=number, what="读取")
    compared = comparing.compare(sides, profile, options.workers(arguments), options.limits(arguments), passing)
    for error in compared.errors:
        terminal.complain(str(error))
    if arguments.json:
        diff_json.write(sys.stdout.buffer, compared.difference, sides)
    else:
        diff_output.show(compared.difference, sides, arguments.out)
    if arguments.out:
        written = comparing.write_changes(arguments.out, compared.difference, sides)
        # With --json stdout holds the document and nothing else.
        say = terminal.complain if arguments.json else terminal.say
        say(written.message("变动表"))
    return COULD_NOT if compared.errors else DONE

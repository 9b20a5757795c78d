"""The command line: arguments -> service -> output. Exit status: 0 done, 1 errors found, 2 could not do it."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from xl_perf import terminal
from xl_perf.arguments import parse, parser
from xl_perf.core.errors import XlPerfError
from xl_perf.core.totals import Totals

if TYPE_CHECKING:
    from xl_perf.core.profile import Profile
    from xl_perf.service import BookResult

DONE: Final = 0
ERRORS_FOUND: Final = 1
COULD_NOT: Final = 2
_INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status; never leaves a traceback."""
    terminal.prepare_streams()
    try:
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
        terminal.complain(_unforeseen(error))
        return COULD_NOT


def _unforeseen(error: Exception) -> str:
    """One line for what nobody foresaw; the traceback goes into a file that can be sent on."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="xl-perf-", suffix=".log", delete=False) as log:
        traceback.print_exception(error, file=log)
    return f"程序内部出错（{error.__class__.__name__}）。详情已写入 {log.name}，请把这个文件交给维护人员。"


def _run(arguments: Namespace) -> int:
    if arguments.version:
        from xl_perf import __version__

        terminal.say(f"xl-perf {__version__}")
        return DONE
    commands = {
        "new": _new,
        "check": _check,
        "consolidate": _consolidate,
        "publish": _publish,
        "rules": _rules,
        "template": _template,
    }
    if arguments.command is None:
        parser().print_help()
        return DONE
    return commands[arguments.command](arguments)


def _collect_seldom() -> None:
    """Lets the garbage collector rest: the model has no cycles, and looking for some costs a tenth of the time."""
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def _profile(arguments: Namespace) -> "Profile":
    from xl_perf.profiles import load

    return load(arguments.profile) if arguments.profile else load()


# --- check -----------------------------------------------------------------------------------------------------


class _Tally:
    """What went by: how many books, findings and errors, and the totals; decides the exit status."""

    def __init__(self) -> None:
        self.books = 0
        self.counts = [0, 0, 0]
        self.totals = Totals()
        self.failed = 0

    def watch(self, results: Iterable["BookResult"]) -> Iterator["BookResult"]:
        """The results, counted; errors are said on stderr as they come."""
        for result in results:
            if result.error is not None:
                self.failed += 1
                terminal.complain(str(result.error))
            else:
                self.books += 1
                self.totals = self.totals.plus(result.totals)
                for finding in result.findings:
                    if finding.severity is not None:
                        self.counts[finding.severity.rank] += 1
            yield result

    @property
    def status(self) -> int:
        """The exit status of the command."""
        return COULD_NOT if self.failed else ERRORS_FOUND if self.counts[0] else DONE


def _check(arguments: Namespace) -> int:
    from xl_perf import service

    _collect_seldom()
    profile = _profile(arguments)
    found = service.find(arguments.inputs)
    if arguments.report:
        service.check_output(arguments.report, found, arguments.overwrite)
    tally = _Tally()
    many = len(found.books) > 1
    results = terminal.progress(
        tally.watch(service.examine_all(found, profile, arguments.workers)), len(found.books), "校验"
    )
    if arguments.json:
        _check_as_json(results, profile, tally)
    elif arguments.report:
        written = service.write_report(arguments.report, results)
        _say_outcome(tally, profile, found.passed_over)
        terminal.say(written.message("校验报告"))
    else:
        from xl_perf import printing

        for result in results:
            printing.book(result, profile, with_projects=not many)
        _say_outcome(tally, profile, found.passed_over)
    return tally.status


def _check_as_json(results: Iterable["BookResult"], profile: "Profile", tally: _Tally) -> None:
    from xl_perf.json_output import Document

    document = Document(sys.stdout.buffer, profile.checkpoints)
    for result in results:
        document.add(result)
    document.close(tally.totals)


def _say_outcome(tally: _Tally, profile: "Profile", passed_over: int) -> None:
    from xl_perf import printing

    printing.outcome(tally.books, tally.failed, passed_over, tally.counts)
    if tally.books:
        printing.totals(tally.totals, profile)


# --- consolidate -------------------------------------------------------------------------------------------------


def _consolidate(arguments: Namespace) -> int:
    from xl_perf import printing, service

    _collect_seldom()
    profile = _profile(arguments)
    found = service.find(arguments.inputs)
    service.check_output(arguments.out, found, arguments.overwrite)
    tally = _Tally()
    table = printing.SummaryTable(by_project=len(found.books) == 1)
    results = terminal.progress(
        table.watch(tally.watch(service.examine_all(found, profile, arguments.workers))), len(found.books), "汇总"
    )
    written = service.consolidate(arguments.out, found, profile, results)
    table.show(tally.totals, profile)
    _say_outcome(tally, profile, found.passed_over)
    if written is not None:
        terminal.say(written.message("汇总"))
    return tally.status


# --- the others ----------------------------------------------------------------------------------------------------


def _new(arguments: Namespace) -> int:
    from xl_perf import printing, service
    from xl_perf.core.rolling import Amounts

    made = service.new_workbook(
        arguments.out,
        arguments.sources,
        arguments.department,
        arguments.year,
        _profile(arguments),
        Amounts(arguments.amounts),
    )
    for error in made.errors:
        terminal.complain(str(error))
    for note in made.notes:
        terminal.say(note)
    terminal.say(made.written.message("部门工作簿"))
    if made.totals.projects:
        printing.totals(made.totals, _profile(arguments))
    return COULD_NOT if made.errors else DONE


def _publish(arguments: Namespace) -> int:
    """Errors in the workbook come first, so that nobody overlooks them; the text is written all the same."""
    from xl_perf import printing, service
    from xl_perf.core.findings import Severity

    profile = _profile(arguments)
    found = service.find([arguments.input])
    if not found.books:
        raise found.errors[0]
    if len(found.books) > 1:
        raise XlPerfError(f"{arguments.input} 里有 {len(found.books)} 本工作簿，文本一次只写一本", "请给出其中一本")
    service.check_text_output(arguments.out, found, arguments.overwrite)
    department = service.read(found.books[0][1])
    result = service.result_of(department, service.check(department, profile))
    errors = [one for one in result.findings if one.severity is Severity.ERROR]
    if errors:
        terminal.say(f"{result.path} 有 {len(errors)} 个错误，文本照样写出，请改正后重新发布：")
        printing.table_of(errors)
    if not department.projects:
        terminal.complain(f"{result.path} 里没有填写的项目绩效目标表，文本里也就没有。")
    written = service.publish(arguments.out, department, profile)
    terminal.say(written.message("绩效文本"))
    return ERRORS_FOUND if errors else DONE


def _rules(arguments: Namespace) -> int:
    from xl_perf import printing

    printing.rules(arguments.code, _profile(arguments))
    return DONE


def _template(arguments: Namespace) -> int:
    from xl_perf import service

    written = service.write_template(arguments.out, _profile(arguments), arguments.overwrite)
    terminal.say(written.message("模板"))
    return DONE

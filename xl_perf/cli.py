"""The command line: arguments -> service -> output. Exit status: 0 done, 1 errors found, 2 could not do it."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf import terminal
from xl_perf.core.errors import XlPerfError
from xl_perf.core.totals import Totals

if TYPE_CHECKING:
    from xl_perf.books.inputs import Found
    from xl_perf.core.profile import Profile
    from xl_perf.marking import Marker
    from xl_perf.service import BookResult

DONE: Final = 0
ERRORS_FOUND: Final = 1
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
        from xl_perf.arguments import parse

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
        from xl_perf.unforeseen import sentence_on

        terminal.complain(sentence_on(error))
        return COULD_NOT


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
        "excel": _excel,
        "office": _office,
    }
    if arguments.command is None:
        from xl_perf.arguments import parser

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


def _chosen(arguments: Namespace) -> "Profile | None":
    """The profile that was asked for; None where each department may have its own."""
    return _profile(arguments) if arguments.profile else None


# --- check -----------------------------------------------------------------------------------------------------


class _Tally:
    """What went by: how many books, findings and errors, and the totals; decides the exit status."""

    def __init__(self) -> None:
        self.books = 0
        self.counts = [0, 0, 0]
        self.accepted = 0
        self.totals = Totals()
        self.failed = 0
        self.own: dict[str, int] = {}
        self._profiles: list[Profile] = []

    def watch(self, results: Iterable["BookResult"]) -> Iterator["BookResult"]:
        """The results, counted; errors are said on stderr as they come."""
        for result in results:
            if result.error is not None:
                self.failed += 1
                terminal.complain(str(result.error))
            else:
                self.books += 1
                self.totals = self.totals.plus(result.totals)
                if result.own is not None:
                    self.own[result.own.path] = self.own.get(result.own.path, 0) + 1
                    self._profiles = [result.own.profile]
                for finding in result.findings:
                    if finding.accepted is not None:
                        self.accepted += 1
                    elif finding.severity is not None:
                        self.counts[finding.severity.rank] += 1
            yield result

    def profile(self, default: "Profile") -> "Profile":
        """What the sums are shown by: the departments' own profile, if all of them used the same."""
        return self._profiles[0] if list(self.own.values()) == [self.books] else default

    def said_profiles(self, default: "Profile") -> str:
        """Which profiles were used, for people."""
        said = [f"{path}（{number} 本）" for path, number in self.own.items()]
        others = self.books - sum(self.own.values())
        said += [f"{default.name}（{others} 本）" if said else default.name] if others else []
        return f"口径：{'、'.join(said)}" if said else ""

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
    marker = _marker(arguments, found)
    tally = _Tally()
    many = len(found.books) > 1
    examined = tally.watch(service.examine_all(found, _chosen(arguments), arguments.workers))
    results = terminal.progress(marker.watch(examined) if marker else examined, len(found.books), "校验")
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
    if marker is not None:
        _say_marked(marker, arguments)
        return COULD_NOT if marker.problems else tally.status
    return tally.status


def _marker(arguments: Namespace, found: "Found") -> "Marker | None":
    if not arguments.marked:
        return None
    from xl_perf.marking import Marker

    return Marker(arguments.marked, found, arguments.overwrite)


def _say_marked(marker: "Marker", arguments: Namespace) -> None:
    for error in (*marker.unmarkable, *marker.problems):
        terminal.complain(str(error))
    # With --json stdout holds the document and nothing else.
    say = terminal.complain if arguments.json else terminal.say
    for notice in marker.notices:
        say(notice)
    if marker.written:
        say(f"已写出标注副本 {marker.written} 本：{arguments.marked}")


def _check_as_json(results: Iterable["BookResult"], profile: "Profile", tally: _Tally) -> None:
    from xl_perf.json_output import Document

    document = Document(sys.stdout.buffer, profile.checkpoints)
    for result in results:
        document.add(result)
    document.close(tally.totals, tally.profile(profile).checkpoints)


def _say_outcome(tally: _Tally, profile: "Profile", passed_over: int) -> None:
    from xl_perf import printing

    printing.outcome(tally.books, tally.failed, passed_over, tally.counts, tally.accepted)
    if tally.books:
        printing.totals(tally.totals, tally.profile(profile))
        terminal.say(tally.said_profiles(profile))


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
        table.watch(tally.watch(service.examine_all(found, _chosen(arguments), arguments.workers))),
        len(found.books),
        "汇总",
    )
    written = service.consolidate(arguments.out, found, profile, results)
    table.show(tally.totals, tally.profile(profile))
    _say_outcome(tally, profile, found.passed_over)
    if written is not None:
        terminal.say(written.message("汇总"))
    return tally.status


# --- the others ----------------------------------------------------------------------------------------------------


def _new(arguments: Namespace) -> int:
    from xl_perf import printing, service
    from xl_perf.core.rolling import Amounts

    own = None if arguments.profile else service.own_profile(Path(arguments.out))
    profile = own.profile if own else _profile(arguments)
    made = service.new_workbook(
        arguments.out,
        arguments.sources,
        arguments.department,
        arguments.year,
        profile,
        Amounts(arguments.amounts),
    )
    for error in made.errors:
        terminal.complain(str(error))
    for note in made.notes:
        terminal.say(note)
    terminal.say(made.written.message("部门工作簿"))
    if made.totals.projects:
        printing.totals(made.totals, profile)
    terminal.say(f"口径：{own.path if own else profile.name}")
    return COULD_NOT if made.errors else DONE


def _publish(arguments: Namespace) -> int:
    """Errors in the workbook come first, so that nobody overlooks them; the text is written all the same."""
    from xl_perf import printing, service
    from xl_perf.core.findings import Severity

    found = service.find([arguments.input])
    if not found.books:
        raise found.errors[0]
    if len(found.books) > 1:
        raise XlPerfError(f"{arguments.input} 里有 {len(found.books)} 本工作簿，文本一次只写一本", "请给出其中一本")
    path, shown = found.books[0]
    own = None if arguments.profile else service.own_profile(path)
    profile = own.profile if own else _profile(arguments)
    service.check_text_output(arguments.out, path, arguments.overwrite)
    department = service.read(shown)
    result = service.result_of(department, service.check(department, profile), own)
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


def _office(arguments: Namespace) -> int:
    from xl_perf import service

    def say_at_once(text: str) -> None:
        terminal.say(text)
        sys.stdout.flush()  # whoever started us waits for the line; we go on for hours

    service.open_in_office(arguments.book, arguments.headless, arguments.pipe, say_at_once)
    return DONE


# --- Excel --------------------------------------------------------------------------------------------------------


def _excel(arguments: Namespace) -> int:
    from xl_perf import excel_setup, printing

    if arguments.excel == "install":
        printing.steps(excel_setup.install(_profile(arguments)))
        printing.after_install()
        return DONE
    if arguments.excel == "uninstall":
        printing.steps(excel_setup.uninstall())
        return DONE
    items = excel_setup.diagnose(arguments.books)
    printing.items(items)
    return DONE if all(item.fine for item in items) else ERRORS_FOUND

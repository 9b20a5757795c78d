"""The commands: each takes its arguments, has the service do the work, says what came of it, gives the exit status."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.cli import (
    comparing,
    consolidating_reports,
    forms,
    options,
    packing,
    publishing,
    receiving,
    reports,
    terminal,
)
from xl_perf.cli.options import COULD_NOT, DONE, ERRORS_FOUND
from xl_perf.cli.screen import FULL, Room, fitted
from xl_perf.cli.tally import Tally
from xl_perf.core.errors import XlPerfError
from xl_perf.core.workbook.sheets import FINDINGS_SHEET

if TYPE_CHECKING:
    from xl_perf.cli.overview import Overview
    from xl_perf.core.checking.counting import Choice
    from xl_perf.core.figures.delivery import Delivery
    from xl_perf.core.profile import Profile
    from xl_perf.files.inputs import Found
    from xl_perf.service.checking import Passing, Wanted
    from xl_perf.service.marking import Marker
    from xl_perf.service.results import BookResult


def _examined(arguments: Namespace, found: "Found", wanted: "Wanted", passing: "Passing") -> "Iterator[BookResult]":
    from xl_perf.service import checking

    chosen, limits = options.chosen(arguments), options.limits(arguments)
    return checking.examine_all(found, chosen, options.workers(arguments), wanted, _choice(arguments), passing, limits)


def _status(tally: Tally) -> int:
    return COULD_NOT if tally.failed else ERRORS_FOUND if tally.has_errors else DONE


# --- check ---------------------------------------------------------------------------------------------------------


def check(arguments: Namespace) -> int:
    from xl_perf.files import inputs
    from xl_perf.saved.filled_guides import with_filled_guides
    from xl_perf.service import checking

    _refuse_without_effect(arguments)
    options.collect_seldom()
    profile = options.profile(arguments)
    found = with_filled_guides(inputs.find_books(arguments.inputs))
    before = None
    if arguments.report:
        from xl_perf.files.own_files import REPORT
        from xl_perf.service import carrying

        limits = options.limits(arguments)
        before = carrying.earlier_output(arguments.report, found, REPORT, arguments.overwrite, limits)
    marker = _marker(arguments, found)
    tally = Tally()
    many = len(found.books) > 1
    wanted = checking.Wanted(projects=arguments.details)
    passing = partial(terminal.progress, total=len(found.books), what="校验")
    results = tally.watch(_examined(arguments, found, wanted, passing))
    results = marker.watch(results) if marker else results
    delivery = _delivery(arguments)
    results = _compared(results, delivery) if delivery else results
    if arguments.json:
        _check_as_json(results, profile, tally, found, delivery)
    elif arguments.report:
        from xl_perf.service import reporting

        skipped = found.skipped_for_people()
        written = reporting.write_report(arguments.report, results, tally.profiles_note, delivery, before, skipped)
        said = written.message("校验报告")
        fitted(partial(_say_all, None, tally, profile, found, delivery, said))
    else:
        overview = _findings(results, arguments, profile, many=many)
        fitted(partial(_say_all, overview, tally, profile, found, delivery, ""))
    if marker is not None:
        _say_marked(marker, arguments)
        return COULD_NOT if marker.problems else _status(tally)
    return _status(tally)


def _refuse_without_effect(arguments: Namespace) -> None:
    """Raises XlPerfError for an option that would do nothing here."""
    if arguments.details and not arguments.json:
        raise XlPerfError("--details 只与 --json 一起用", "请加上 --json，或去掉 --details")
    if arguments.overwrite and not (arguments.report or arguments.marked):
        message = "--overwrite 在这里不起作用：只在屏幕上列出问题，不写文件"
        raise XlPerfError(message, "请加上 --report 或 --marked，或去掉它")
    if arguments.clean_too and not arguments.marked:
        raise XlPerfError("--clean-too 只与 --marked 一起用", "请加上 --marked，或去掉 --clean-too")
    listing = "--level" if arguments.level else "--summary" if arguments.summary else ""
    if listing and (arguments.json or arguments.report):
        other = "--json" if arguments.json else "--report"
        raise XlPerfError(f"{listing} 只管屏幕上列出什么，与 {other} 不能一起用", f"请去掉 {listing}")


def _findings(
    results: Iterable["BookResult"], arguments: Namespace, profile: "Profile", *, many: bool
) -> "Overview | None":
    """On the terminal: one book with its projects and findings; of many what shows them, the worst first."""
    from xl_perf.cli import printing
    from xl_perf.core.model.findings import Severity

    level = Severity(arguments.level) if arguments.level else None
    if not many:
        for result in results:
            printing.book(result, profile, level, only_projects=arguments.summary)
        return None
    from xl_perf.cli.overview import Overview

    overview = Overview(level, only_books=arguments.summary)
    for _ in overview.watch(results):
        pass
    return overview


def _choice(arguments: Namespace) -> "Choice":
    """Which of several books a person wants to count."""
    from xl_perf.core.checking.counting import Choice

    return Choice(arguments.year, arguments.all_versions)


def _delivery(arguments: Namespace) -> "Delivery | None":
    """The departments that are to deliver, if there is a list."""
    if not arguments.expect:
        return None
    from xl_perf.core.figures.delivery import Delivery
    from xl_perf.service.expecting import read_expected

    return Delivery(read_expected(arguments.expect))


def _compared(results: "Iterable[BookResult]", delivery: "Delivery") -> "Iterator[BookResult]":
    """The results, compared with the list of departments that are to deliver."""
    from xl_perf.service import expecting

    return expecting.watched(results, delivery)


def _marker(arguments: Namespace, found: "Found") -> "Marker | None":
    if not arguments.marked:
        return None
    from xl_perf.service.marking import Marker

    return Marker(
        arguments.marked,
        found,
        arguments.inputs,
        arguments.overwrite,
        clean_too=arguments.clean_too,
        limits=options.limits(arguments),
    )


def _say_marked(marker: "Marker", arguments: Namespace) -> None:
    from xl_perf.cli import left_out

    for sentence in (*left_out.unmarkable(marker.unmarkable), *map(str, marker.problems)):
        terminal.complain(sentence)
    # With --json stdout holds the document and nothing else.
    say = terminal.complain if arguments.json else terminal.say
    for notice in marker.notices:
        say(notice)
    if marker.written:
        say(f"已写出标注副本 {marker.written} 本：{arguments.marked}")
    if marker.clean:
        say(f"没有问题的 {marker.clean} 本没有写标注副本；也要的，加 --clean-too")


def _check_as_json(
    results: Iterable["BookResult"], profile: "Profile", tally: Tally, found: "Found", delivery: "Delivery | None"
) -> None:
    from xl_perf.cli.json_output import Document

    document = Document(sys.stdout.buffer, profile.checkpoints)
    for result in results:
        document.add(result)
    document.close(found.skipped, tally.totals, tally.profile(profile).checkpoints, delivery)


def _say_all(
    overview: "Overview | None",
    tally: Tally,
    profile: "Profile",
    found: "Found",
    delivery: "Delivery | None",
    written: str,
    room: Room,
) -> None:
    """What `check` says at the end; ``written`` is what it wrote."""
    if overview is not None:
        overview.show(room)
    _say_outcome(tally, profile, found, delivery, room)
    if written:
        terminal.say(written)


def _say_outcome(
    tally: Tally, profile: "Profile", found: "Found", delivery: "Delivery | None", room: Room = FULL
) -> None:
    from xl_perf.cli import left_out, printing

    printing.outcome(tally.books, tally.failed, found, tally.counts, tally.accepted, room)
    if tally.books:
        printing.totals(tally.totals, tally.profile(profile), room)
        left_out.totals(tally.totals, room, many=tally.books + tally.failed > 1)
        left_out.books(tally.left, room)
        left_out.departments(delivery, room)
        terminal.say(tally.profiles_note())


# --- consolidate ---------------------------------------------------------------------------------------------------


def consolidate(arguments: Namespace) -> int:
    from xl_perf.cli import printing
    from xl_perf.files import inputs
    from xl_perf.files.own_files import SUMMARY
    from xl_perf.saved.filled_guides import with_filled_guides
    from xl_perf.service import carrying, checking, consolidating

    consolidating_reports.refuse_month(arguments)
    if arguments.kind != "targets":
        return consolidating_reports.consolidate(arguments)
    options.collect_seldom()
    profile = options.profile(arguments)
    found = with_filled_guides(inputs.find_books(arguments.inputs))
    before = carrying.earlier_output(arguments.out, found, SUMMARY, arguments.overwrite, options.limits(arguments))
    tally = Tally()
    by_folder = arguments.group_by == "folder"
    table = printing.SummaryTable(by_project=len(found.books) == 1, by_folder=by_folder)
    wanted = checking.Wanted(fingerprints=False)
    passing = partial(terminal.progress, total=len(found.books), what="汇总")
    examined = tally.watch(_examined(arguments, found, wanted, passing))
    delivery = _delivery(arguments)
    results = table.watch(_compared(examined, delivery) if delivery else examined)
    written = consolidating.consolidate(
        arguments.out, found, profile, results, tally.profiles_note, delivery, by_folder=by_folder, before=before
    )

    def say(room: Room) -> None:
        table.show(tally.totals, tally.profile(profile), room)
        _say_outcome(tally, profile, found, delivery, room)
        if written is not None:
            terminal.say(written.message("汇总"))
            if any(tally.counts):
                terminal.say(f"发现的问题逐条列在其中的“{FINDINGS_SHEET}”工作表。")

    fitted(say)
    return _status(tally)


# --- export --------------------------------------------------------------------------------------------------------


def export(arguments: Namespace) -> int:
    from xl_perf.files import inputs
    from xl_perf.saved.filled_guides import with_filled_guides
    from xl_perf.service import checking, exporting

    options.collect_seldom()
    profile = options.profile(arguments)
    found = with_filled_guides(inputs.find_books(arguments.inputs))
    target = exporting.target(arguments.out, arguments.format, found, arguments.overwrite)
    tally = Tally()
    passing = partial(terminal.progress, total=len(found.books), what="导出")
    results = tally.watch(_examined(arguments, found, checking.Wanted(projects=True), passing))
    written = exporting.export(target, found, results, lambda: tally.totals, tally.profiles_note)
    _say_outcome(tally, profile, found, None)
    terminal.say(written.message("数据表"))
    return _status(tally)


# --- the others ----------------------------------------------------------------------------------------------------


def new(arguments: Namespace) -> int:
    from xl_perf.cli import left_out, printing
    from xl_perf.core.making.rolling import Amounts
    from xl_perf.service import making, results

    if arguments.amounts and not arguments.sources:
        raise XlPerfError("--amounts 只与 --from 一起用：新建空白的没有金额", "请加上 --from，或去掉 --amounts")
    own = None if arguments.profile else results.own_profile(Path(arguments.out))
    profile = own.profile if own else options.chosen(arguments)
    made = making.new_workbook(
        arguments.out,
        arguments.sources,
        arguments.department,
        arguments.year,
        profile,
        Amounts(arguments.amounts or Amounts.KEEP),
        was_given=bool(arguments.profile),
        form=arguments.form,
        limits=options.limits(arguments),
    )
    for error in made.errors:
        terminal.complain(str(error))
    for note in made.notes:
        terminal.say(note)
    left_out.skipped(made.skipped)
    if made.texts_in_folders:
        named = "、".join(made.texts_in_folders)
        terminal.say(f"文件夹、压缩包里的绩效文本没有收进来，要收的请把文件名逐个写出（压缩包先解压）：{named}")
    for warning in made.warnings:
        terminal.say(f"注意：{warning}。")
    terminal.say(made.written.message("部门工作簿"))
    if arguments.sources:
        terminal.say(made.came_in)
    if made.totals.projects:
        printing.totals(made.totals, made.profile)
        left_out.totals(made.totals, many=len(made.taken) > 1)
    terminal.say(f"口径：{own.path if own else made.profile.name}；表样：{made.form}")
    return COULD_NOT if made.errors else DONE


def rules(arguments: Namespace) -> int:
    from xl_perf.cli import printing

    printing.rules(arguments.code, options.profile(arguments))
    return DONE


def template(arguments: Namespace) -> int:
    from xl_perf.service import making

    if Path(arguments.out).suffix.lower() == ".xlam" and (arguments.form or arguments.profile):
        option = "--form" if arguments.form else "--profile"
        raise XlPerfError(f"{option} 对加载项（.xlam）不起作用，里面只有按钮", f"请去掉 {option}，或写出 .xlsm、.xlsx")
    written = making.write_template(arguments.out, options.chosen(arguments), arguments.overwrite, arguments.form)
    terminal.say(written.message("模板"))
    return DONE


def office(arguments: Namespace) -> int:
    from xl_perf.service import office

    def say_at_once(text: str) -> None:
        terminal.say(text)
        sys.stdout.flush()  # whoever started us waits for the line; we go on for hours

    office.open_in_office(arguments.book, arguments.headless, arguments.pipe, say_at_once)
    return DONE


# --- Excel --------------------------------------------------------------------------------------------------------


def excel(arguments: Namespace) -> int:
    from xl_perf.cli import excel_output
    from xl_perf.service import excel as excel_setup

    if arguments.excel == "install":
        excel_output.steps(excel_setup.install(options.profile(arguments)))
        excel_output.after_install()
        return DONE
    if arguments.excel == "uninstall":
        excel_output.steps(excel_setup.uninstall())
        return DONE
    items = excel_setup.diagnose(arguments.books)
    excel_output.items(items)
    return DONE if all(item.fine for item in items) else ERRORS_FOUND


COMMANDS: Final = {
    "new": new,
    "check": check,
    "consolidate": consolidate,
    "publish": publishing.publish,
    "monitor": reports.monitor,
    "evaluate": reports.evaluate,
    "tasks": reports.tasks,
    "diff": comparing.diff,
    "export": export,
    "pack": packing.pack,
    "receive": receiving.receive,
    "inbox": receiving.inbox,
    "form": forms.form,
    "rules": rules,
    "template": template,
    "excel": excel,
    "office": office,
}

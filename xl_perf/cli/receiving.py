"""`xl-perf receive` and `xl-perf inbox`: what was mailed, and what a bureau does with it."""

from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xl_perf.cli import options, terminal
from xl_perf.cli.options import COULD_NOT, DONE, ERRORS_FOUND
from xl_perf.core.errors import XlPerfError

if TYPE_CHECKING:
    from xl_perf.submission.items import View
    from xl_perf.submission.moving import Why
    from xl_perf.submission.receiving import Reading, Recorded
    from xl_perf.submission.store import Store


def receive(arguments: Namespace) -> int:
    """2 where something could not be read or kept, 1 where what counts has errors."""
    from xl_perf.cli import inbox_output
    from xl_perf.files.inboxes import RECORD
    from xl_perf.files.output import check_folder
    from xl_perf.service.expecting import read_expected
    from xl_perf.submission import overviews, receipts
    from xl_perf.submission.arriving import arrived
    from xl_perf.submission.items import PROFILE, YEAR
    from xl_perf.submission.receiving import Taken, take_in
    from xl_perf.submission.store import Store

    options.collect_seldom()
    options.profile(arguments)  # before anything is written
    folder = Path(arguments.out)
    check_folder(folder)
    _check_new(folder)
    expected = read_expected(arguments.expect) if arguments.expect else ()
    came = arrived(arguments.inputs, folder, arguments.time)
    taken = Taken()
    for error in came.errors:
        terminal.complain(str(error))
    if not (came.books or came.containers or came.passed_over or (folder / RECORD).exists()):
        return COULD_NOT  # nothing came: no inbox is made of it
    with Store(folder, create=True) as store:
        if expected:
            store.expect(expected)
        if arguments.year:
            store.set(YEAR, str(arguments.year))
        if arguments.profile:
            store.set(PROFILE, _lasting(arguments.profile))
        reading = _reading(store, arguments)
        passing = partial(terminal.progress, total=len(came.books), what="收件")
        _write_findings(store, take_in(store, came, reading, taken, passing))
        receipts.write_replies(store, _view(store, arguments.year), reading, set(taken.new))
        look, said = overviews.write_overviews(store, partial(_view, year=arguments.year))
    for problem in taken.problems:
        terminal.complain(str(problem))
    inbox_output.received(came, taken, look, folder, reading.profile or options.profile(arguments))
    for sentence in said:
        terminal.say(sentence)
    return COULD_NOT if came.errors or taken.problems else _status(look)


def _check_new(folder: Path) -> None:
    """Raises `XlPerfError` for a folder with files in it that is no inbox: these would not be read any more."""
    from xl_perf.files.inboxes import RECORD

    is_inbox = (folder / RECORD).exists()
    if folder.is_dir() and not is_inbox and any(not one.name.startswith(".") for one in folder.iterdir()):
        raise XlPerfError(f"{folder} 里已经有文件，又不是收件箱，没有收", "请给出一个新的或空的文件夹")


def _write_findings(store: "Store", recorded: "Iterator[Recorded]") -> None:
    from xl_perf.submission.receipts import write_findings

    for row, result in recorded:
        if row.error:
            terminal.complain(str(result.error))
        write_findings(store, row, result)


def _lasting(profile: str) -> str:
    """A profile as it is found from any folder."""
    path = Path(profile)
    return str(path.absolute()) if path.is_file() else profile


def _reading(store: "Store", arguments: Namespace) -> "Reading":
    """How workbooks are read; by the profile that was given, now or when workbooks were received before."""
    from xl_perf.saved.guides import load
    from xl_perf.submission.items import PROFILE
    from xl_perf.submission.receiving import Reading

    known = store.settings().get(PROFILE)
    workers = options.workers(arguments) if arguments.command == "receive" else None
    return Reading(load(known) if known else None, workers, options.limits(arguments))


def _view(store: "Store", year: int | None = None) -> "View":
    from xl_perf.submission.items import view

    return view(store, year)


def _status(look: "View") -> int:
    """2 where something could not be read and nobody has settled it."""
    if look.is_incomplete:
        return COULD_NOT
    return ERRORS_FOUND if any(item.errors for item in look.items) else DONE


# --- inbox ---------------------------------------------------------------------------------------------------------


def inbox(arguments: Namespace) -> int:
    """What the command behind the folder says; without one the list."""
    from xl_perf.cli import inbox_output
    from xl_perf.submission.moving import chosen
    from xl_perf.submission.store import Store

    with Store(Path(arguments.inbox)) as store:
        look = _view(store, arguments.year)
        if arguments.step in {None, "list"}:
            inbox_output.listed(look)
            return _status(look)
        if arguments.step == "history":
            inbox_output.history(look, chosen(look, [arguments.departments])[0])
            return DONE
        if arguments.step == "counted":
            return _counted(arguments, store, look)
        return _MOVES[arguments.step](arguments, store, look)


def _counted(arguments: Namespace, store: "Store", look: "View") -> int:
    """2 where something is missing from what counts."""
    from xl_perf.cli import inbox_output
    from xl_perf.submission.items import PROFILE
    from xl_perf.submission.writing_out import write_counted

    folder = Path(arguments.out)
    written = write_counted(store, look, folder)
    inbox_output.counted(look, folder, len(written), store.settings().get(PROFILE))
    return COULD_NOT if look.is_incomplete else DONE


def _why(arguments: Namespace) -> "Why":
    from xl_perf.submission.moving import Why

    return Why(arguments.time or "", " ".join((arguments.reason or "").split()))


def _return(arguments: Namespace, store: "Store", look: "View") -> int:
    from xl_perf.submission.decisions import said_numbers
    from xl_perf.submission.moving import chosen, send_back

    if bool(arguments.departments) == arguments.all_with_errors:
        raise XlPerfError("退回哪些部门，没有说清", "请写出部门名称，或只写 --all-with-errors")
    items = chosen(look, arguments.departments) if arguments.departments else look.with_errors()
    if not items:
        terminal.say("没有要退回的：已收的部门都没有错误。")
        return DONE
    reading = _reading(store, arguments)
    failed = 0
    for item in items:
        try:
            done = send_back(store, look, item, _why(arguments), reading)
        except XlPerfError as error:
            failed += 1
            terminal.complain(str(error))
            continue
        numbers = said_numbers(one.row.id for one in item.current)
        terminal.say(f"已退回 {item.name}（{numbers}）：{done.folder}")
        for note in done.notes:
            terminal.complain(note)
    _update(store, arguments)
    if failed < len(items):
        terminal.say(f"退回 {len(items) - failed} 个部门" + (f"，{failed} 个没有退回" if failed else "") + "。")
    return COULD_NOT if failed else DONE


def _approve(arguments: Namespace, store: "Store", look: "View") -> int:
    from xl_perf.submission.moving import approve, chosen

    failed = 0
    for item in chosen(look, arguments.departments):
        try:
            numbers = approve(store, look, item, _why(arguments))
        except XlPerfError as error:
            failed += 1
            terminal.complain(str(error))
        else:
            terminal.say(f"已批复 {item.name}：{'、'.join(f'{number}号' for number in numbers)}")
    _update(store, arguments)
    return COULD_NOT if failed else DONE


def _keep(arguments: Namespace, store: "Store", look: "View") -> int:
    from xl_perf.submission.decisions import said_numbers
    from xl_perf.submission.moving import keep

    item = keep(store, look, arguments.numbers, _why(arguments))
    out = [one.row.id for one in item.versions if not one.counts]
    left = f"；不计入 {said_numbers(out)}" if out else ""
    terminal.say(f"已选定 {item.name} 的 {said_numbers(arguments.numbers)}{left}。")
    _update(store, arguments)
    return DONE


def _dismiss(arguments: Namespace, store: "Store", look: "View") -> int:
    from xl_perf.submission.decisions import said_numbers
    from xl_perf.submission.moving import dismiss

    failed = 0
    for which in arguments.files:
        try:
            name = dismiss(store, look, which, _why(arguments))
        except XlPerfError as error:
            failed += 1
            terminal.complain(str(error))
            continue
        look = _view(store, arguments.year)
        item = next((item for item in look.items for one in item.versions if one.label == name), None)
        now = said_numbers(one.row.id for one in item.current) if item else ""
        counts = f"；{item.name} 现在计入{f' {now}' if now else '的没有了'}" if item else ""
        terminal.say(f"已记下不计：{name}{counts}。")
    _update(store, arguments)
    return COULD_NOT if failed else DONE


def _update(store: "Store", arguments: Namespace) -> None:
    """The overviews show what has been done."""
    from xl_perf.submission import overviews

    _, said = overviews.write_overviews(store, partial(_view, year=arguments.year))
    for sentence in said:
        terminal.say(sentence)


_MOVES = {"return": _return, "approve": _approve, "keep": _keep, "dismiss": _dismiss}

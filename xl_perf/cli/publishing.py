"""`xl-perf publish`: the text of one workbook, or a folder of texts of many."""

import os
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.cli import options, terminal
from xl_perf.cli.options import COULD_NOT, DONE, ERRORS_FOUND
from xl_perf.core.checking.check import check_seen
from xl_perf.core.checking.seen import Seen
from xl_perf.core.errors import XlPerfError

if TYPE_CHECKING:
    from xl_perf.files.inputs import Found
    from xl_perf.service.publishing_many import Publisher

_MOST: Final = 10
"""Workbooks that a line names one by one."""


def publish(arguments: Namespace) -> int:
    """Errors in a workbook come first, so that nobody overlooks them; the text is written all the same."""
    from xl_perf.cli import left_out
    from xl_perf.files import inputs
    from xl_perf.saved.filled_guides import with_filled_guides

    into_folder = _is_folder(arguments)
    if arguments.format and not into_folder:
        raise XlPerfError("--format 只与文件夹一起用：写一份文本时看 OUT 的扩展名", "请去掉 --format，或给出文件夹")
    if arguments.all_versions and not into_folder:
        raise XlPerfError("--all-versions 只与文件夹一起用", "请去掉 --all-versions，或给出文件夹")
    found = with_filled_guides(inputs.find_books(arguments.inputs))
    left_out.skipped(found)
    if into_folder:
        return _publish_many(arguments, found)
    if not found.books:
        raise found.errors[0]
    if len(found.books) + len(found.errors) > 1:
        where = f"{arguments.inputs[0]} 里" if len(arguments.inputs) == 1 else "这里"
        message = f"{where}有 {len(found.books) + len(found.errors)} 本工作簿，一个文件只写一本的文本"
        raise XlPerfError(message, "请给出其中一本，或用 -o 给出一个文件夹，如 -o 文本/")
    return _publish_one(arguments, *found.books[0])


def _is_folder(arguments: Namespace) -> bool:
    """OUT is a folder: it is there, or ends like one, or has no extension while not one workbook alone is given."""
    from xl_perf.files.candidates import is_one_workbook
    from xl_perf.files.output import TEXT

    out: str = arguments.out
    if Path(out).suffix.lower() in TEXT and not out.endswith(("/", os.sep)):
        return False
    if os.path.isdir(out) or out.endswith(("/", os.sep)):  # noqa: PTH112  # never raises
        return True
    is_one = len(arguments.inputs) == 1 and is_one_workbook(arguments.inputs[0])
    return not Path(out).suffix and not is_one and not os.path.isfile(out)  # noqa: PTH113


def _publish_one(arguments: Namespace, path: Path, shown: str) -> int:
    from xl_perf.cli import printing
    from xl_perf.core.model.findings import Severity
    from xl_perf.profiles import fitting
    from xl_perf.saved.guarded import guarded
    from xl_perf.service import checking, publishing, results
    from xl_perf.service.publishing_many import ALTERED

    own = None if arguments.profile else results.own_profile(path)
    chosen = own.profile if own else options.chosen(arguments)
    publishing.check_text_output(arguments.out, path, arguments.overwrite)
    limits = options.limits(arguments)
    department, left = guarded(checking.read_with_left, shown, path, chosen, shown, limits=limits)
    profile = chosen or fitting(department)
    seen = Seen(department)
    result = results.result_of(seen, check_seen(seen, profile), profile, own)
    errors = [one for one in result.findings if one.severity is Severity.ERROR]
    if errors:
        terminal.say(f"{result.path} 有 {len(errors)} 个错误，文本照样写出，请改正后重新发布：")
        printing.table_of(errors)
    if result.totals.altered:
        terminal.say(f"{result.path} {ALTERED}。")
    if not department.projects:
        terminal.complain(f"{result.path} 里没有填写的项目绩效目标表，文本里也就没有。")
    written = publishing.publish(arguments.out, department, profile)
    terminal.say(written.message("绩效文本"))
    if left:
        terminal.say(f"{result.path} {publishing.not_printed(left)}。")
    return ERRORS_FOUND if errors else DONE


def _publish_many(arguments: Namespace, found: "Found") -> int:
    """A line for each workbook whose text was not written; the others are counted."""
    from xl_perf.core.checking.counting import Choice
    from xl_perf.service import checking
    from xl_perf.service.publishing_many import Publisher

    options.collect_seldom()
    suffix = f".{arguments.format or 'docx'}"
    publisher = Publisher(arguments.out, found, arguments.inputs, suffix, arguments.overwrite)
    chosen, limits, wanted = options.chosen(arguments), options.limits(arguments), checking.Wanted(fingerprints=False)
    passing = partial(terminal.progress, total=len(found.books), what="校验")
    books = publisher.sort(
        checking.examine_all(found, chosen, options.workers(arguments), wanted, Choice(), passing, limits),
        all_versions=arguments.all_versions,
    )
    for _ in terminal.progress(publisher.publish(books, limits), total=len(books), what="发布"):
        pass
    _say_published(publisher, arguments.out)
    if publisher.problems:
        return COULD_NOT
    return ERRORS_FOUND if publisher.with_errors else DONE


def _say_published(publisher: "Publisher", folder: str) -> None:
    for problem in publisher.problems:
        terminal.complain(str(problem))
    for notice in publisher.notices:
        terminal.say(notice)
    if publisher.empty:
        terminal.say(f"{_named(publisher.empty)} 里没有填写的项目绩效目标表，文本里也就没有。")
    if publisher.with_errors:
        named = [f"{shown}（{number} 个）" for shown, number in publisher.with_errors.items()]
        said = f"{len(named)} 本有错误，文本照样写出，请改正后重新发布：{_named(named)}"
        terminal.say(f"{said}。逐条列出用 xl-perf check。")
    if publisher.written:
        terminal.say(f"已写出绩效文本 {publisher.written} 份：{folder}")
    if publisher.problems:
        terminal.say(f"没有写出 {len(publisher.problems)} 本，原因见上。")


def _named(names: list[str]) -> str:
    more = f"等 {len(names)} 本" if len(names) > _MOST else ""
    return f"{'、'.join(names[:_MOST])}{more}"

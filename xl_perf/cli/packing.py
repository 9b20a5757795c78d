"""`xl-perf pack`: what is mailed upward."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.cli import options, terminal
from xl_perf.cli.options import DONE, ERRORS_FOUND
from xl_perf.core.errors import XlPerfError

if TYPE_CHECKING:
    from xl_perf.submission.pack import Package, Wish

_MOST: Final = 20
"""Sentences of a kind that are listed; 报送清单 has all."""


def pack(arguments: Namespace) -> int:
    """Errors are listed and stop it, unless it is forced; 1 as well where it was forced."""
    from xl_perf.cli import printing
    from xl_perf.core.forms.kinds import KINDS
    from xl_perf.files.candidates import the_one_book
    from xl_perf.saved.guarded import guarded
    from xl_perf.saved.guides import kinds_beside
    from xl_perf.service import results
    from xl_perf.submission import pack as packing

    wish = _wish(arguments)
    path, shown = the_one_book(arguments.book)
    own = None if arguments.profile else results.own_profile(path)
    chosen = own.profile if own else options.chosen(arguments)
    kinds = kinds_beside(path, chosen.kinds if chosen else KINDS)
    source = guarded(packing.read_source, shown, path, shown, kinds, limits=options.limits(arguments))
    try:
        package = packing.packed(source, chosen, wish)
    except packing.HasErrors as refused:
        printing.table_of(list(refused.findings))
        remedy = f"{refused.remedy}；确要带错报送，加 --force --reason 并写明理由"
        terminal.complain(str(XlPerfError(refused.message, remedy)))
        return ERRORS_FOUND
    written = packing.write_package(package, Path(arguments.out), path, overwrite=arguments.overwrite)
    _say(package)
    for one, what in zip(written, ("报送的工作簿", "清单", "邮件草稿"), strict=True):
        terminal.say(one.message(what))
    return ERRORS_FOUND if package.manifest.errors else DONE


def _wish(arguments: Namespace) -> "Wish":
    """Raises XlPerfError for --force without a reason, and for a reason without --force."""
    from xl_perf.submission.pack import FIRST_VERSION, Wish

    if arguments.force and not arguments.reason:
        raise XlPerfError("--force 要写明理由", "请加 --reason 并写出理由，它会写进清单和邮件")
    if arguments.reason and not arguments.force:
        raise XlPerfError("--reason 只与 --force 一起用", "请加上 --force，或去掉 --reason")
    return Wish(arguments.version_number or FIRST_VERSION, arguments.time or "", arguments.reason or "")


def _say(package: "Package") -> None:
    """What is sent, in a few lines; what did not come along last."""
    manifest = package.manifest
    totals = manifest.totals
    money = f"其中财政资金 {totals['fiscal']} 万元，其他资金 {totals['other']} 万元"
    terminal.say(f"{manifest.projects} 个项目，预算数合计 {totals['budget']} 万元，{money}。")
    accepted = f"，已接受 {len(manifest.accepted)}" if manifest.accepted else ""
    terminal.say(f"错误 {manifest.errors}，警告 {manifest.warnings}，提示 {manifest.hints}{accepted}。")
    if manifest.forced:
        terminal.say(f"带错打包，理由已写进清单和邮件：{manifest.forced}")
    for head, sentences in (("合计不含", manifest.incomplete), ("没有带上，或与原来样子不同", manifest.taken_out)):
        if sentences:
            terminal.say(f"{head}：")
            for one in sentences[:_MOST]:
                terminal.say(f"  {one}")
            if len(sentences) > _MOST:
                terminal.say(f"  另有 {len(sentences) - _MOST} 条，见“报送清单”")

"""打包上报: what is mailed upward, from the open workbook as it is now, saved or not."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.core.checking.check import check
from xl_perf.core.errors import BookError, OutputError
from xl_perf.core.reading import read_department
from xl_perf.desktop.opening import open_mail
from xl_perf.files.guard import load
from xl_perf.live import validation
from xl_perf.live.host import NotHere
from xl_perf.live.protection import Locked
from xl_perf.live.reading import profile_of
from xl_perf.live.typed_percents import read_corrected
from xl_perf.profiles import DEFAULT, beside
from xl_perf.saved.besides import besides
from xl_perf.saved.workbook import open_book
from xl_perf.service.checking import named_by_file
from xl_perf.submission import pack as packing
from xl_perf.submission.pack import HasErrors, Package, Source, Wish

if TYPE_CHECKING:
    from xl_perf.core.cells.grid import Book
    from xl_perf.core.model.department import Department
    from xl_perf.core.profile import Profile
    from xl_perf.live.host import Host

FOLDER: Final = "打包上报"
_MOST: Final = 5
_UP_TO_DATE: Final = "“首页”“部门汇总”的状态和“校验结果”已按打包时的校验更新。"
_AS_BEFORE: Final = "警告和提示是打包时校验的；“首页”和“校验结果”还是上次校验的样子，未按最新内容校验。"
"""Nothing can be written into a read-only book, nor into a list with a password of somebody's own."""


def pack(host: "Host") -> str:
    """Writes workbook, manifest and draft into a folder beside the book; gives what the person is told.

    The version is the first that is free; what was packed before with the same content is left as it is. Raises
    `NotHere`, `OutputError`, `BookError`, as `submission.pack` does, and `Stopped`. The check that goes with it is
    shown in the book as 校验全部 shows it, also where errors refuse; that is no failure, which would be taken back.
    """
    path = _place(host.book.fullname)
    book, corrected = read_corrected(host)
    states = _show_check(host, book)
    source = _source(host, book, path)
    chosen = _chosen(host, source.department, path)
    try:
        package = _next_version(source, chosen, path.parent / FOLDER)
    except HasErrors as refused:
        return "\n".join(filter(None, (f"{_refused(refused)}。请按“校验结果”改正后再打包。", states, corrected)))
    except BookError as error:
        raise NotHere(error.message.removeprefix(f"{error.path}："), error.remedy) from None
    written = packing.write_package(package, path.parent / FOLDER, path)
    mail = written[-1].path
    lines = [f"已打包：{written[0].path.name}", f"放在：{written[0].path.parent}", *_said(package)]
    lines += [one.notice for one in written if one.notice]
    lines.append("邮件草稿已在邮件程序里打开，请填收件人后发送。" if open_mail(mail) else f"邮件草稿：{mail.name}")
    lines.append(states)
    lines += [corrected] if corrected else []
    return "\n".join(lines)


def _place(fullname: str) -> Path:
    if "://" in fullname:
        raise OutputError("这本工作簿在云端，打包的文件不能放在它旁边", "请把工作簿另存到本机，再按“打包上报”")
    path = Path(fullname)
    if not path.is_absolute():
        raise OutputError("这本工作簿还没有保存过，不知道打包的文件该放在哪里", "请先保存工作簿，再按“打包上报”")
    return path


def _show_check(host: "Host", book: "Book") -> str:
    """Lists and marks what the check finds; what the person is told of it."""
    if host.is_read_only:
        return _AS_BEFORE
    department = read_department(book, host.kinds)
    if not department.projects:
        return ""  # refused
    try:
        validation.show(host, department, check(department, profile_of(host.book, department)))
    except Locked:
        return _AS_BEFORE
    return _UP_TO_DATE


def _source(host: "Host", book: "Book", path: Path) -> Source:
    """The book as it is open; what its file holds beside cells, and when it was saved, as it was saved last."""
    department, _ = named_by_file(read_department(book, host.kinds))
    try:
        saved, found = open_book(path, path.name).source, besides(load(path, path.name))
    except BookError:
        found = ["批注、链接、宏等（文件正被占用，没有逐项列出）"]
    else:
        department = replace(department, modified=saved.modified, carried=tuple(saved.carried))
    return packing.source_of(book, department, host.kinds, found)


def _chosen(host: "Host", department: "Department", path: Path) -> "Profile | None":
    """The profile that lies beside the book, or that it was made for."""
    if beside(path) is not None or department.profile_name not in {"", DEFAULT}:
        return profile_of(host.book, department)
    return None


def _next_version(source: Source, chosen: "Profile | None", folder: Path) -> Package:
    """Packed as the latest version that is there if that says the same, else as the next one."""
    last = packing.last_version(source.department, folder)
    package = packing.packed(source, chosen, Wish(max(last, packing.FIRST_VERSION)))
    if last and not packing.is_written(package.workbook, folder):
        package = packing.packed(source, chosen, Wish(last + 1))
    return package


def _refused(refused: HasErrors) -> str:
    """The first errors, with their places."""
    errors = refused.findings
    named = [f"{one.place} {one.message}" for one in errors[:_MOST]]
    more = f"\n……等 {len(errors)} 个" if len(errors) > _MOST else ""
    return f"有 {len(errors)} 个错误，没有打包：\n{chr(10).join(named)}{more}"


def _said(package: Package) -> list[str]:
    manifest = package.manifest
    accepted = f"，已接受 {len(manifest.accepted)}" if manifest.accepted else ""
    lines = [
        f"{manifest.projects} 个项目，预算数合计 {manifest.totals['budget']} 万元。",
        f"警告 {manifest.warnings}，提示 {manifest.hints}{accepted}。",
    ]
    for head, sentences in (("合计不含", manifest.incomplete), ("没有带上或样子不同", manifest.taken_out)):
        if sentences:
            lines.append(f"{head} {len(sentences)} 项，列在“报送清单”：{_shown(sentences)}")
    return lines


def _shown(sentences: Sequence[str]) -> str:
    return "；".join(sentences[:_MOST]) + ("……" if len(sentences) > _MOST else "")

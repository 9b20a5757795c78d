"""Writing a summary or a report once more: what people typed into the one before is carried over.

Nothing that somebody typed is lost. Texts go into the rows of the same things; where people changed what xl-perf wrote,
or have edited the file at all, that file is kept beside the new one.
"""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xl_perf.core.errors import BookError, OutputError
from xl_perf.core.workbook.typed import FORMER_SHEET, Earlier, typed_in
from xl_perf.files.inputs import Found
from xl_perf.files.output import Output, Replaced, check_target, sha256_of
from xl_perf.files.untouched import known, what_it_is
from xl_perf.saved.workbook import read_book
from xl_perf.service.placing import Written

if TYPE_CHECKING:
    from xl_perf.saved.limits import Limits


class Before(NamedTuple):
    """The output that is to be replaced: what people typed into it, and whether it is kept."""

    typed: Earlier
    replaced: Replaced | None = None
    is_edited: bool = False
    unread: str = ""
    """Why what was typed could not be taken over, though it is to be overwritten."""

    def written(self, output: Output) -> Written:
        """Where the new one landed, and what came of the earlier one."""
        return Written(output.path, output.notice, self._said(output))

    def _said(self, output: Output) -> list[str]:
        said = []
        if self.unread:
            said.append(f"原来的文件里填写的没有带过来：{self.unread}")
        if self.typed.carried:
            said.append(f"原来填写的 {self.typed.carried} 处已经带过来")
        if left := len(self.typed.left()):
            said.append(f"原来填写的 {left} 处没有对应的行了，列在“{FORMER_SHEET}”工作表")
        if self.typed.changed:
            where = "；".join(self.typed.changed)
            said.append(f"原来的文件里 xl-perf 写的内容有 {self.typed.places} 处被改过，改动没有带过来：{where}")
        if output.original is not None:
            said.append(f"改过的原件留作 {output.original}")
        return [f"{one}。" for one in said]


def earlier_output(
    out: str, found: Found, kind: str, overwrite: bool = False, limits: "Limits | None" = None
) -> Before:
    """What stands where a summary or a report (``kind``) is to be written. Raises `OutputError` if it must not be.

    That is somebody else's file, or one whose texts cannot be read, without ``overwrite``. With it nothing is kept of
    the file but what people typed. The file is read in a process that is held to ``limits``.
    """
    path, inputs = Path(out), [path for path, _ in found.books]
    state = known(path)
    is_ours = state.kind == kind and state.is_sealed
    if not is_ours or (state.is_untouched and not state.holds_typed):
        check_target(path, inputs, overwrite)
        return Before(Earlier())
    check_target(path, inputs, overwrite=True)
    is_edited = not state.is_untouched
    try:
        sha256, typed = _read(path, limits)
    except BookError as error:
        reason = error.message.removeprefix(f"{error.path}：")
        if overwrite:
            return Before(Earlier(), unread=reason)
        said = what_it_is(path) if is_edited else "里面有以前填写的内容"
        remedy = "确要覆盖请加 --overwrite，否则换一个文件名"
        raise OutputError(f"{path} 已经存在，没有覆盖：{said}，又读不出来（{reason}）", remedy) from error
    return Before(typed, Replaced(sha256, keep=is_edited and not overwrite), is_edited)


def _read(path: Path, limits: "Limits | None") -> tuple[str, Earlier]:
    """The fingerprint of a file, and what people typed into it. Raises `BookError`."""
    from xl_perf.saved.guarded import guarded

    before = sha256_of(path)
    return before, guarded(read_typed, str(path), path, limits=limits)


def read_typed(path: Path) -> Earlier:
    """What people typed into an output of ours. Raises `BookError` where that cannot be told."""
    try:
        return typed_in(read_book(path))
    except ValueError as error:
        message = "xl-perf 在里面留的记号不见了，分不清哪些是后来填的"
        raise BookError("unreadable", str(path), message, "请换一个文件名") from error

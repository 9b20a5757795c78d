"""Writing with care: nothing is overwritten by surprise, and a file is there whole or not at all.

``check_target`` says early what cannot be written; ``replacing`` gives a file beside the target to write into and
moves it into place at the end. Everything that goes wrong is an `OutputError` in Chinese with the next step.
"""

import errno
import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.core.errors import OutputError
from xl_perf.files.temporary import CLEAN_UP, FULL, TEMPORARY_START, new_name, sweep, why_full
from xl_perf.files.untouched import is_untouched, seal, what_it_is

_REASONS: Final = {
    errno.ENOSPC: ("磁盘空间不足", "请清理磁盘，或换一个保存位置"),
    errno.EDQUOT: ("磁盘配额已用完", "请清理磁盘，或换一个保存位置"),
    errno.EACCES: ("没有写入权限", "请换一个可以写入的文件夹"),
    errno.EPERM: ("没有写入权限", "请换一个可以写入的文件夹"),
    errno.EROFS: ("所在的磁盘是只读的", "请换一个可以写入的文件夹"),
    errno.ENAMETOOLONG: ("文件名太长（超过 255 字节，一个汉字是 3 字节）", "请换一个短一些的文件名"),
    errno.ELOOP: ("路径中的链接绕成了圈", "请检查输出路径"),
    errno.EEXIST: ("路径中有一段不是文件夹", "请检查输出路径"),
    errno.ENOTDIR: ("路径中有一段不是文件夹", "请检查输出路径"),
    errno.ENOENT: ("文件夹不存在，也无法创建", "请检查输出路径"),
}
_UNKNOWN: Final = ("写入时出错", "请检查磁盘和文件夹，或换一个保存位置")


@dataclass(slots=True)
class Output:
    """A file being written. ``temp`` is what to write into; afterwards ``path`` is where it landed.

    ``notice`` is a Chinese sentence if that is not where it was meant to, else None.
    """

    path: Path
    temp: Path
    notice: str | None = None
    original: Path | None = None
    """Where the file that was replaced is kept, if it is."""


class Replaced(NamedTuple):
    """A file that people have edited, which may be replaced as long as it is the same; ``keep``: under another name."""

    sha256: str
    keep: bool


PLAIN: Final = (".xlsx",)
WITH_MACROS: Final = (".xlsx", ".xlsm")
"""What may be written as which file: only workbooks that people go on working in have macros."""
TEXT: Final = (".docx", ".pdf")


def check_target(
    path: Path, inputs: Iterable[Path] = (), overwrite: bool = False, suffixes: tuple[str, ...] = PLAIN
) -> None:
    """Raises `OutputError` if ``path`` must not be written: wrong extension, a folder, an input, somebody's file.

    A file that xl-perf wrote as summary, report, text, receipt or marked copy may be replaced until somebody edits it,
    any other only with ``overwrite`` (a department workbook is xl-perf's too, but holds what people typed; so does an
    output of which that is carried over); an input or a read-only file never.
    """
    _check_place(path, suffixes)
    _check_free(path, inputs, overwrite)


def check_copy(path: Path, inputs: Iterable[Path] = (), overwrite: bool = False) -> None:
    """As `check_target`, for the copy of a workbook, which keeps its extension."""
    _check_folder(path)
    _check_free(path, inputs, overwrite)


def check_folder(path: Path) -> None:
    """Raises `OutputError` for a folder into which nothing can be written; it may come into being."""
    found = _looked_at(path)
    if found is not None and not stat.S_ISDIR(found.st_mode):
        raise OutputError(f"{path} 是文件，不是文件夹", "请给出一个文件夹")
    _check_folder(path / "_")


def _looked_at(path: Path) -> os.stat_result | None:
    """What stands there; None where nothing does, not even a link that leads nowhere. Raises `OutputError`."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _not_written(path, error) from error
    except ValueError:
        raise OutputError(f"{str(path)!r} 不能做文件名", "请换一个文件名") from None


def _check_free(path: Path, inputs: Iterable[Path], overwrite: bool) -> None:
    found = _looked_at(path)
    if found is None:
        return
    for one in inputs:
        try:
            same = os.path.samestat(found, one.stat())
        except OSError:
            continue
        if same:
            raise OutputError(f"{path} 同时是输入文件，不能覆盖", "请把结果写到另一个文件")
    if not stat.S_ISREG(found.st_mode):
        raise OutputError(f"{path} 不是普通文件，不能写出", "请换一个文件名")
    # The mode too: an administrator may write everything.
    if not found.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise OutputError(f"{path} 是只读的，没有覆盖", "请去掉它的只读属性，或换一个文件名")
    if not overwrite and not is_untouched(path):
        remedy = "确要覆盖请加 --overwrite，否则换一个文件名"
        raise OutputError(f"{path} 已经存在，没有覆盖：{what_it_is(path)}", remedy)


def check_new(path: Path, suffixes: tuple[str, ...] = PLAIN) -> None:
    """For a file that must not exist yet; the `OutputError` offers a free name."""
    _check_place(path, suffixes)
    if os.path.lexists(path):
        raise OutputError(f"{path} 已经存在，不会被覆盖", f"请换一个文件名，例如 {free_name(path).name}")


def _check_place(path: Path, suffixes: tuple[str, ...]) -> None:
    found = _looked_at(path)
    if found is not None and stat.S_ISDIR(found.st_mode):
        example = path / ("绩效文本.docx" if suffixes == TEXT else "汇总.xlsx")
        raise OutputError(f"{path} 是文件夹，不是文件", f"请写出文件名，例如 {example}")
    if path.suffix.lower() not in suffixes:
        offered = " 或 ".join(path.with_suffix(suffix).name for suffix in suffixes)
        raise OutputError(f"{path}：这里只能写出 {' 或 '.join(suffixes)}", f"请改用 {offered}")
    _check_folder(path)


def _check_folder(path: Path) -> None:
    # `exists` of a folder below one that may not be entered is false: the closed one is what is said.
    folder = next(parent for parent in path.absolute().parents if os.path.exists(parent))  # noqa: PTH110
    if not folder.is_dir():
        raise OutputError(f"{folder} 不是文件夹，无法在其中写入", "请检查输出路径")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"没有写入文件夹 {folder} 的权限", "请换一个可以写入的文件夹")


_LONGEST: Final = 255
"""Bytes that a file's name may have."""


def name_of(stem: str, tail: str) -> str:
    """A file's name from what is cut where it would be too long, and what is kept."""
    room = _LONGEST - len(os.fsencode(tail))
    raw = os.fsencode(stem)
    return (stem if len(raw) <= room else raw[: max(room, 0)].decode("utf-8", "ignore")) + tail


def is_disk_full(error: BaseException) -> bool:
    """An output was not written because the disk takes no more."""
    cause = error.__cause__
    return isinstance(cause, Exception) and (found := _disk_error(cause)) is not None and found.errno in FULL


def free_name(path: Path) -> Path:
    """The first of ``汇总 (2).xlsx``, ``汇总 (3).xlsx`` … that does not exist."""
    number = 2
    while os.path.lexists(free := path.with_name(name_of(path.stem, f" ({number}){path.suffix}"))):
        number += 1
    return free


def is_open_elsewhere(path: Path) -> bool:
    """A lock file beside the file says so: ``~$名`` of Excel and WPS, ``.~lock.名#`` of LibreOffice."""
    names = (f"~${path.name}", f".~lock.{path.name}#")
    # Not `Path.exists`, which fails on a name that is too long: then there is no lock file of that name either.
    return any(os.path.lexists(path.with_name(name)) for name in names)


@contextmanager
def replacing(
    path: Path, *, new: bool = False, source: Path | None = None, replaced: Replaced | None = None
) -> Iterator[Output]:
    """Gives an `Output` to write; what was written comes into place at the end, or not at all after an exception.

    A target that another program holds open is left alone: the result gets a second name, and ``notice`` says so.
    With ``new`` a file that has come into being meanwhile is not replaced either, with ``replaced`` none that has been
    edited meanwhile. Missing folders are created. What
    replaces a file keeps its mode and group; the copy of a ``source`` may be read by nobody who may not read that.
    """
    target = Path(os.path.realpath(path))
    temp = target.with_name(new_name(TEMPORARY_START, target.suffix))
    output = Output(path, temp)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        temp.touch(exist_ok=False)
        wanted = _mode_of(temp, target, source)
        yield output
        seal(temp)
        _give_mode(temp, wanted)
        _land(output, target, new, replaced)
    except Exception as error:
        reason = _disk_error(error)
        if reason is None:
            raise
        raise _not_written(path, reason) from error
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


class _Mode(NamedTuple):
    """What an output may be done with, and by which group."""

    bits: int
    group: int | None


def _mode_of(temp: Path, target: Path, source: Path | None) -> _Mode:
    """What ``temp``, just made, is to have at the end; until then nobody else may read it."""
    bits, group = stat.S_IMODE(temp.stat().st_mode), None
    with suppress(OSError):
        there = target.stat()
        bits, group = there.st_mode & 0o777, there.st_gid
    if source is not None:
        origin = source.stat()
        group = origin.st_gid if group is None else group
        bits &= origin.st_mode
        if group != origin.st_gid:
            bits = _without_group(bits)
    with suppress(OSError):
        temp.chmod(0o600)
    return _Mode(bits, group)


def _without_group(bits: int) -> int:
    """The group may do no more than everybody may."""
    return bits & (~0o070 | (bits & 0o007) << 3)


def _give_mode(temp: Path, wanted: _Mode) -> None:
    """The group first: whoever changes it loses bits. Where it cannot be given, the others get nothing by it."""
    bits = wanted.bits
    if sys.platform != "win32" and wanted.group is not None and temp.stat().st_gid != wanted.group:
        try:
            os.chown(temp, -1, wanted.group)
        except OSError:
            bits = _without_group(bits)
    with suppress(OSError):
        temp.chmod(bits)


def _land(output: Output, target: Path, new: bool, replaced: Replaced | None) -> None:
    if new and os.path.lexists(target):
        _land_beside(output, f"{output.path.name} 刚刚已由别的程序写出，没有覆盖")
    elif replaced is not None and target.exists() and sha256_of(target) != replaced.sha256:
        _land_beside(output, f"{output.path.name} 刚刚又被改过，没有覆盖")
    elif is_open_elsewhere(target):
        _land_beside(output, f"{output.path.name} 正被其他程序打开，没有覆盖")
    else:
        if replaced is not None and replaced.keep and target.exists():
            output.original = _kept(target, output.path)
        try:
            output.temp.replace(target)
        except PermissionError:
            if output.original is not None:
                output.original.unlink()
                output.original = None
            _land_beside(output, f"{output.path.name} 正被其他程序占用，没有覆盖")


def sha256_of(path: Path) -> str:
    """By which it is known whether a file is still the same."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _kept(target: Path, path: Path) -> Path:
    """Gives a file a second name, beside it."""
    name = path.with_name(name_of(path.stem, f"（改过的原件）{path.suffix}"))
    kept = free_name(name) if os.path.lexists(name) else name
    try:
        os.link(target, kept)
    except FileExistsError:
        return _kept(target, path)
    except OSError:  # a file system without such links
        try:
            shutil.copy2(target, kept)
        except OSError:
            kept.unlink(missing_ok=True)
            raise
    return kept


def _land_beside(output: Output, reason: str) -> None:
    output.path = free_name(output.path)
    output.temp.replace(output.path)
    output.notice = f"{reason}，结果已另存为 {output.path.name}。请关闭原文件后重做，或直接使用另存的文件。"


def _is_temporary_fuller(path: Path) -> bool:
    """Parts of a workbook are kept in the temporary folder while it is written: that may be what is full."""
    try:
        free = shutil.disk_usage(tempfile.gettempdir()).free
        return free < shutil.disk_usage(os.path.realpath(path.parent)).free
    except OSError:
        return False


def _disk_error(error: Exception) -> OSError | None:
    """What the disk said, also where XlsxWriter wraps it (which is not imported here: `check` does not need it)."""
    wrapped = getattr(sys.modules.get("xlsxwriter.exceptions"), "XlsxFileError", ())
    if isinstance(error, wrapped):
        cause = error.args[0] if error.args else None
        return cause if isinstance(cause, OSError) else OSError(str(error))
    return error if isinstance(error, OSError) else None


def _not_written(path: Path, error: OSError) -> OutputError:
    reason, remedy = _REASONS.get(error.errno or 0, _UNKNOWN)
    if error.errno in FULL and _is_temporary_fuller(path):
        return OutputError(f"{path} 没有写成：{why_full(error)}", CLEAN_UP)
    detail = "" if error.errno in _REASONS else f"（{error.strerror or error.__class__.__name__}）"
    return OutputError(f"{path} 没有写成：{reason}{detail}", remedy)

"""Writing with care: nothing is overwritten by surprise, and a file is there whole or not at all.

``check_target`` says early what cannot be written; ``replacing`` gives a file beside the target to write into and
moves it into place at the end. Everything that goes wrong is an `OutputError` in Chinese with the next step.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xl_perf.core.errors import OutputError
from xl_perf.files.inputs import TEMPORARY_START, own_kind
from xl_perf.files.own_files import OWN_OUTPUTS

_REASONS: Final = {
    errno.ENOSPC: ("磁盘空间不足", "请清理磁盘，或换一个保存位置"),
    errno.EDQUOT: ("磁盘配额已用完", "请清理磁盘，或换一个保存位置"),
    errno.EACCES: ("没有写入权限", "请换一个可以写入的文件夹"),
    errno.EPERM: ("没有写入权限", "请换一个可以写入的文件夹"),
    errno.EROFS: ("所在的磁盘是只读的", "请换一个可以写入的文件夹"),
    errno.ENAMETOOLONG: ("文件名太长", "请换一个短一些的文件名"),
    errno.EEXIST: ("路径中有一段不是文件夹", "请检查输出路径"),
    errno.ENOTDIR: ("路径中有一段不是文件夹", "请检查输出路径"),
    errno.ENOENT: ("文件夹不存在，也无法创建", "请检查输出路径"),
}
_UNKNOWN: Final = ("写入时出错", "请检查磁盘和文件夹，或换一个保存位置")


def is_own_output(path: Path) -> bool:
    """The file is one that xl-perf wrote and nobody has typed into; false for anything that cannot be read."""
    return own_kind(path) in OWN_OUTPUTS


@dataclass(slots=True)
class Output:
    """A file being written. ``temp`` is what to write into; afterwards ``path`` is where it landed.

    ``notice`` is a Chinese sentence if that is not where it was meant to, else None.
    """

    path: Path
    temp: Path
    notice: str | None = None


PLAIN: Final = (".xlsx",)
WITH_MACROS: Final = (".xlsx", ".xlsm")
"""What may be written as which file: only workbooks that people go on working in have macros."""
TEXT: Final = (".docx", ".pdf")


def check_target(
    path: Path,
    inputs: Iterable[Path] = (),
    overwrite: bool = False,
    suffixes: tuple[str, ...] = PLAIN,
    is_own: Callable[[Path], bool] = is_own_output,
) -> None:
    """Raises `OutputError` if ``path`` must not be written: wrong extension, a folder, an input, somebody's file.

    A file that xl-perf wrote as summary, report, receipt or marked copy may be replaced, any other only with
    ``overwrite`` (a department workbook is xl-perf's too, but holds what people typed); an input never. ``is_own``
    knows our own files.
    """
    _check_place(path, suffixes)
    _check_free(path, inputs, overwrite, is_own)


def check_copy(path: Path, inputs: Iterable[Path] = (), overwrite: bool = False) -> None:
    """As `check_target`, for the copy of a workbook, which keeps its extension."""
    _check_folder(path)
    _check_free(path, inputs, overwrite, is_own_output)


def _check_free(path: Path, inputs: Iterable[Path], overwrite: bool, is_own: Callable[[Path], bool]) -> None:
    if not path.exists():
        return
    found = path.stat()
    for one in inputs:
        try:
            same = os.path.samestat(found, one.stat())
        except OSError:
            continue
        if same:
            raise OutputError(f"{path} 同时是输入文件，不能覆盖", "请把结果写到另一个文件")
    if not overwrite and not is_own(path):
        ours = "文本" if path.suffix.lower() in TEXT else "汇总或报告，或者写出后有人改过"
        raise OutputError(
            f"{path} 已经存在，而且不是 xl-perf 写出的{ours}", "确要覆盖请加 --overwrite，否则换一个文件名"
        )


def check_new(path: Path, suffixes: tuple[str, ...] = PLAIN) -> None:
    """For a file that must not exist yet; the `OutputError` offers a free name."""
    _check_place(path, suffixes)
    if os.path.lexists(path):
        raise OutputError(f"{path} 已经存在，不会被覆盖", f"请换一个文件名，例如 {free_name(path).name}")


def _check_place(path: Path, suffixes: tuple[str, ...]) -> None:
    if path.is_dir():
        example = path / ("绩效文本.docx" if suffixes == TEXT else "汇总.xlsx")
        raise OutputError(f"{path} 是文件夹，不是文件", f"请写出文件名，例如 {example}")
    if path.suffix.lower() not in suffixes:
        offered = " 或 ".join(path.with_suffix(suffix).name for suffix in suffixes)
        raise OutputError(f"{path}：这里只能写出 {' 或 '.join(suffixes)}", f"请改用 {offered}")
    _check_folder(path)


def _check_folder(path: Path) -> None:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if not folder.is_dir():
        raise OutputError(f"{folder} 不是文件夹，无法在其中写入", "请检查输出路径")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"没有写入文件夹 {folder} 的权限", "请换一个可以写入的文件夹")


def free_name(path: Path) -> Path:
    """The first of ``汇总 (2).xlsx``, ``汇总 (3).xlsx`` … that does not exist."""
    number = 2
    while os.path.lexists(free := path.with_name(f"{path.stem} ({number}){path.suffix}")):
        number += 1
    return free


def is_open_elsewhere(path: Path) -> bool:
    """A lock file beside the file says so: ``~$名`` of Excel and WPS, ``.~lock.名#`` of LibreOffice."""
    return any(path.with_name(name).exists() for name in (f"~${path.name}", f".~lock.{path.name}#"))


@contextmanager
def replacing(path: Path, *, new: bool = False) -> Iterator[Output]:
    """Gives an `Output` to write; what was written comes into place at the end, or not at all after an exception.

    A target that another program holds open is left alone: the result gets a second name, and ``notice`` says so.
    With ``new`` a file that has come into being meanwhile is not replaced either. Missing folders are created.
    """
    import secrets  # brings half a dozen modules that `check` does without

    target = Path(os.path.realpath(path))
    temp = target.with_name(f"{TEMPORARY_START}{secrets.token_hex(6)}{target.suffix}")
    output = Output(path, temp)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temp.touch(exist_ok=False)
        yield output
        _land(output, target, new)
    except Exception as error:
        reason = _disk_error(error)
        if reason is None:
            raise
        raise _not_written(path, reason) from error
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def _land(output: Output, target: Path, new: bool) -> None:
    if new and os.path.lexists(target):
        _land_beside(output, f"{output.path.name} 刚刚已由别的程序写出，没有覆盖")
    elif is_open_elsewhere(target):
        _land_beside(output, f"{output.path.name} 正被其他程序打开，没有覆盖")
    else:
        try:
            output.temp.replace(target)
        except PermissionError:
            _land_beside(output, f"{output.path.name} 正被其他程序占用，没有覆盖")


def _land_beside(output: Output, reason: str) -> None:
    output.path = free_name(output.path)
    output.temp.replace(output.path)
    output.notice = f"{reason}，结果已另存为 {output.path.name}。请关闭原文件后重做，或直接使用另存的文件。"


def _disk_error(error: Exception) -> OSError | None:
    """What the disk said, also where XlsxWriter wraps it (which is not imported here: `check` does not need it)."""
    wrapped = getattr(sys.modules.get("xlsxwriter.exceptions"), "XlsxFileError", ())
    if isinstance(error, wrapped):
        cause = error.args[0] if error.args else None
        return cause if isinstance(cause, OSError) else OSError(str(error))
    return error if isinstance(error, OSError) else None


def _not_written(path: Path, error: OSError) -> OutputError:
    reason, remedy = _REASONS.get(error.errno or 0, _UNKNOWN)
    detail = "" if error.errno in _REASONS else f"（{error.strerror or error.__class__.__name__}）"
    return OutputError(f"{path} 没有写成：{reason}{detail}", remedy)

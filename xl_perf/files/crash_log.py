"""What nobody foresaw, in one line for the person; the traceback goes into a file that can be sent on."""

import tempfile
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Final

_START, _END = "xl-perf-", ".log"
_KEPT: Final = 20
"""So many logs stay; older ones are taken away when a new one is written."""


def sentence_on(error: BaseException) -> str:
    """One Chinese sentence with the path of a log file that holds the traceback, where one can be written."""
    what = f"程序内部出错（{error.__class__.__name__}）"
    try:
        return f"{what}。详情已写入 {logged(error)}，请把这个文件交给维护人员。"
    except OSError:
        return f"{what}，详情也没有写成（临时文件夹写不下）。请清理磁盘后再试；还是这样，请告诉维护人员。"


def logged(error: BaseException) -> str:
    """The path of a new log file (UTF-8) with the traceback. Raises OSError where none can be written."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix=_START, suffix=_END, delete=False) as log:
        traceback.print_exception(error, file=log)
    _prune(Path(log.name).parent)
    return log.name


def _prune(folder: Path) -> None:
    """Only the latest logs stay; other people's cannot be taken away, which is right."""
    with suppress(OSError):
        logs = sorted(folder.glob(f"{_START}*{_END}"), key=lambda log: log.lstat().st_mtime)
        for log in logs[:-_KEPT]:
            with suppress(OSError):
                log.unlink()

"""What nobody foresaw, in one line for the person; the traceback goes into a file that can be sent on."""

import tempfile
import traceback


def sentence_on(error: BaseException) -> str:
    """One Chinese sentence with the path of a log file that holds the traceback."""
    return f"程序内部出错（{error.__class__.__name__}）。详情已写入 {logged(error)}，请把这个文件交给维护人员。"


def logged(error: BaseException) -> str:
    """The path of a new log file (UTF-8) with the traceback."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="xl-perf-", suffix=".log", delete=False) as log:
        traceback.print_exception(error, file=log)
    return log.name

"""What cannot be done, said in Chinese to the person who asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager


class XlPerfError(Exception):
    """Something could not be done. ``str()`` gives one line in Chinese: the reason and the next step."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}。{self.remedy}。"


class BookError(XlPerfError):
    """A workbook that cannot be read.

    ``kind`` is one of ``missing``, ``no-workbooks``, ``not-a-workbook``, ``wrong-extension``, ``encrypted``,
    ``damaged``, ``empty-file``, ``own-output``, ``unreadable``, ``profile`` (the department's
    own cannot be used), ``expected`` (a list that names no department) and is what ``check --json`` prints.
    """

    def __init__(self, kind: str, path: str, message: str, remedy: str) -> None:
        super().__init__(f"{path}：{message}", remedy)
        self.kind = kind
        self.path = path

    def __reduce__(self) -> tuple[type["BookError"], tuple[str, str, str, str]]:
        reason = self.message.removeprefix(f"{self.path}：")
        return BookError, (self.kind, self.path, reason, self.remedy)


class FormError(XlPerfError):
    """A kind of form that cannot be written, or that nobody knows."""


class OutputError(XlPerfError):
    """An output that cannot be written."""


class MissingPart(XlPerfError):
    """A package that is not part of this installation is needed."""


@contextmanager
def needing_pandas(what: str = "把结果变成 pandas 的表") -> Iterator[None]:
    """Around the import of pandas, which the small installation for buttons lacks. Raises `MissingPart` there.

    ``what`` cannot be done without it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingPart(
            f"这里装的 xl-perf 没有 {error.name}，不能{what}",
            "请改装完整的一份，按钮和别的命令不受影响",
        ) from error

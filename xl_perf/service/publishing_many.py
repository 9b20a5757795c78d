"""Publishing many workbooks into a folder: a text for each, named after its department."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.errors import BookError, OutputError, XlPerfError
from xl_perf.core.model.findings import Severity
from xl_perf.core.profile import Profile
from xl_perf.files.crash_log import logged
from xl_perf.files.guard import ASK_AGAIN
from xl_perf.files.inputs import Found
from xl_perf.files.names import file_name
from xl_perf.files.output import check_folder, is_disk_full, name_of
from xl_perf.service.checking import read_with_left
from xl_perf.service.placing import Places
from xl_perf.service.publishing import check_text_output, not_printed, publish
from xl_perf.service.results import BookResult

if TYPE_CHECKING:
    from xl_perf.saved.guarded import Readers
    from xl_perf.saved.limits import Limits

FORMATS: Final = ("docx", "pdf")
ALTERED: Final = "打包以后改过，与报送清单不符，文本写的是改过的内容（S114）"


class ToPublish(NamedTuple):
    """A workbook that was read and checked once; it is read again when its turn comes.

    ``year`` is one that the name of the text is to say: not that of the others.
    """

    path: Path
    shown: str
    name: str
    profile: Profile
    errors: int
    year: int | None = None


class Publisher:
    """Writes the texts; what cannot be written is kept in ``problems`` (in Chinese) and does not stop the others."""

    def __init__(self, folder: str, found: Found, inputs: Sequence[str], suffix: str, overwrite: bool = False) -> None:
        """``suffix`` is .docx or .pdf. Raises `OutputError` for a folder into which nothing can be written."""
        check_folder(Path(folder))
        self._places, self._suffix, self._overwrite = Places(folder, inputs), suffix, overwrite
        self._paths = {shown: path for path, shown in found.books}
        self._is_full = False
        self.written = 0
        self.with_errors: dict[str, int] = {}
        """Workbooks whose texts were written although there are errors, and how many."""
        self.empty: list[str] = []
        """Workbooks without projects."""
        self.problems: list[XlPerfError] = []
        self.notices: list[str] = []

    def sort(self, results: Iterable[BookResult], *, all_versions: bool = False) -> list[ToPublish]:
        """The workbooks to publish, those that count first: the names are theirs. Others are among the problems.

        Copies are left out, and former versions unless all are wanted; which ones is among the notices.
        """
        good: list[ToPublish] = []
        further: list[ToPublish] = []
        for result in results:
            if result.error is not None or result.settings is None:
                self.problems += [result.error] if result.error else []
                continue
            left = result.left
            if left is not None and left.instead is not None and (left.is_copy or not all_versions):
                more = "" if left.is_copy else "；也要写的，用 --all-versions"
                self.notices.append(f"{result.path} {left.reason}，没有写它的文本{more}。")
                continue
            if left is not None:
                self.notices.append(f"{result.path} {left.reason}，它的文本也写了一份。")
            if result.totals.altered:
                self.notices.append(f"{result.path} {ALTERED}。")
            path = self._paths[result.path]
            errors = sum(one.severity is Severity.ERROR for one in result.findings)
            year = result.year if left is not None and left.instead is None else None
            book = ToPublish(path, result.path, result.department or path.stem, result.settings, errors, year)
            (good if left is None else further).append(book)
        return good + further

    def publish(self, books: Sequence[ToPublish], limits: "Limits | None" = None) -> Iterator[ToPublish]:
        """Writes text after text; each workbook is given when it is done with.

        The process that reads them starts at once: while there are no threads yet.
        """
        from xl_perf.saved.guarded import Readers

        return self._each(books, Readers(limits))

    def _each(self, books: Sequence[ToPublish], readers: "Readers") -> Iterator[ToPublish]:
        with readers:
            for book, target in zip(books, self._targets(books), strict=True):
                if not self._is_full:
                    self._publish(book, target, readers)
                yield book

    def _targets(self, books: Sequence[ToPublish]) -> list[Path]:
        """Departments of one name keep the folders of their workbooks."""
        names = [_text_name(book) for book in books]
        times = Counter(name.lower() for name in names)
        folders = [
            self._places.below(book.shown).parent if times[name.lower()] > 1 else Path()
            for book, name in zip(books, names, strict=True)
        ]
        return [self._places.target(folder, name, self._suffix) for folder, name in zip(folders, names, strict=True)]

    def _publish(self, book: ToPublish, target: Path, readers: "Readers") -> None:
        try:
            check_text_output(str(target), book.path, self._overwrite)
            department, left = readers.read(read_with_left, book.shown, book.path, book.profile, book.shown)
            written = publish(str(target), department, book.profile, laid_out=False)
        except XlPerfError as error:
            self._is_full = is_disk_full(error)
            if self._is_full:
                error = OutputError(f"{error.message}，后面的文本也没有写", error.remedy)
            self.problems.append(error if isinstance(error, BookError) else _at(book.shown, error))
        except Exception as error:  # one workbook's fault, and the others are to be written
            said = f"写文本时程序内部出错（{type(error).__name__}），详情已写入 {logged(error)}"
            self.problems.append(BookError("unreadable", book.shown, said, ASK_AGAIN))
        else:
            self.written += 1
            if target.name != name_of(_text_name(book), self._suffix):
                self.notices.append(f"{book.shown} 的文本写成 {target.name}：同名的不止一份。")
            self.notices += [written.notice] if written.notice else []
            self.notices += [f"{target}：{one}" for one in written.more]
            if left:
                self.notices.append(f"{book.shown} {not_printed(left)}。")
            if book.errors:
                self.with_errors[book.shown] = book.errors
            if not department.projects:
                self.empty.append(book.shown)


def _at(shown: str, error: XlPerfError) -> XlPerfError:
    return OutputError(f"{shown} 的文本没有写：{error.message}", error.remedy)


def _text_name(book: ToPublish) -> str:
    year = f"-{book.year}年" if book.year else ""
    return f"{file_name(book.name, '部门')}{year}-绩效文本"

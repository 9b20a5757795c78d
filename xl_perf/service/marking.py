"""``check --marked DIR``: marked copies of the workbooks, written while their results go by."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xl_perf.core.errors import BookError, OutputError, XlPerfError
from xl_perf.core.model.findings import Finding
from xl_perf.files.guard import ASK_AGAIN, Refused
from xl_perf.files.inputs import Found
from xl_perf.files.output import check_copy, check_folder, is_disk_full, replacing
from xl_perf.service.placing import Places
from xl_perf.service.results import BookResult

if TYPE_CHECKING:
    from xl_perf.saved.children import At
    from xl_perf.saved.limits import Limits


class ToMark(NamedTuple):
    """A workbook that has been checked, and what was found in it."""

    path: Path
    shown: str
    sha256: str | None
    findings: tuple[Finding, ...]


class Marker:
    """Writes a copy of each workbook with findings into a folder, with notes on its cells; originals are only read.

    The copies lie as the workbooks do below the folders that were given as ``inputs``. Those without findings have none
    unless ``clean_too`` says so; ``clean`` counts them. Those whose format takes no notes are kept in ``unmarkable``;
    what could not be written is kept in ``problems`` (in Chinese) and does not stop the others.
    """

    def __init__(
        self,
        folder: str,
        found: Found,
        inputs: Sequence[str],
        overwrite: bool = False,
        *,
        clean_too: bool = False,
        limits: "Limits | None" = None,
    ) -> None:
        """Copies are made in a process of their own, held to ``limits``.

        Raises OutputError before anything is written where a copy would land on an input or somebody's file.
        """
        check_folder(Path(folder))
        self.written = self.clean = 0
        self._clean_too = clean_too
        self._is_full = False
        self.unmarkable: list[str] = []
        self.problems: list[XlPerfError] = []
        self.notices: list[str] = []
        places = Places(folder, inputs)
        self._targets = {
            shown: (path, places.target(places.below(shown).parent, path.stem, path.suffix))
            for path, shown in found.books
        }
        for path, target in self._targets.values():
            if _can_be_marked(path):
                check_copy(target, [one for one, _ in found.books], overwrite)
        from xl_perf.saved.guarded import Guarded
        from xl_perf.saved.limits import Limits

        self._copies = Guarded(_copies, _no_copy, limits or Limits(), 1)

    def watch(self, results: Iterable[BookResult]) -> Iterator[BookResult]:
        """The results, each marked as it passes."""
        for result in results:
            if result.error is None and not result.findings and not self._clean_too:
                self.clean += 1
            elif result.error is None:
                self._mark(result)
            yield result

    def _mark(self, result: BookResult) -> None:
        path, target = self._targets[result.path]
        if self._is_full:
            return
        if not _can_be_marked(path):
            self.unmarkable.append(result.path)
            return
        try:
            copy = self._copies.one(ToMark(path, result.path, result.sha256, result.findings))
            if isinstance(copy, BookError):
                raise copy
            target.parent.mkdir(parents=True, exist_ok=True)
            with replacing(target, source=path) as output:
                output.temp.write_bytes(copy)
        except OSError as error:
            self.problems.append(_not_written(result.path, error))
        except XlPerfError as error:
            self._is_full = is_disk_full(error)
            if self._is_full:
                error = OutputError(f"{error.message}，后面的标注副本也没有写", error.remedy)
            self.problems.append(error)
        else:
            self.written += 1
            if output.notice:
                self.notices.append(output.notice)


def marked_copy(book: ToMark, limits: "Limits | None" = None) -> bytes | None:
    """The marked copy of one workbook; None where its format takes no notes. Raises `BookError`."""
    if not _can_be_marked(book.path):
        return None
    from xl_perf.saved.guarded import Guarded
    from xl_perf.saved.limits import Limits

    copies = Guarded(_copies, _no_copy, limits or Limits(), 1)
    try:
        copy = copies.one(book)
    finally:
        copies.close()
    if isinstance(copy, BookError):
        raise copy
    return copy


def _copies(books: Sequence[ToMark], at: "At") -> list[bytes | BookError]:
    """The marked copies of some workbooks, or why there is none."""
    copies: list[bytes | BookError] = []
    for number, book in enumerate(books):
        at(number)
        try:
            copies.append(_copy(book))
        except BookError as error:
            copies.append(error)
    return copies


def _copy(book: ToMark) -> bytes:
    from xl_perf.written.marked_copy import marked

    try:
        data = book.path.read_bytes()
    except OSError as error:
        raise _not_written(book.shown, error) from error
    if hashlib.sha256(data).hexdigest() != book.sha256:
        message = "校验之后被别的程序改动，没有写出标注副本"
        raise BookError("unreadable", book.shown, message, "请关闭打开它的程序后再试")
    try:
        return marked(data, book.findings, book.shown)
    except (BookError, MemoryError):
        raise
    except Exception as error:  # parts of others that contradict themselves do so in countless ways
        raise BookError("damaged", book.shown, "批注或图形部分有错，没有写出标注副本", ASK_AGAIN) from error


def _no_copy(book: ToMark, refused: Refused) -> BookError:
    return Refused(refused.kind, f"没有写出标注副本：{refused.message}", refused.remedy).at(book.shown)


def _not_written(shown: str, error: OSError) -> BookError:
    message = f"没有写出标注副本（{error.__class__.__name__}）"
    return BookError("unreadable", shown, message, "请检查文件和文件夹")


def _can_be_marked(path: Path) -> bool:
    from xl_perf.written.marked_copy import SUFFIXES

    return path.suffix.lower() in SUFFIXES

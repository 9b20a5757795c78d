"""What a new workbook is made from: performance texts, workbooks, and folders of workbooks."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.core.errors import BookError
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.making.told import Told, told_of
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.library import LibraryRow, read_library
from xl_perf.core.workbook.sheets import LIBRARY_SHEET
from xl_perf.files.candidates import DOCUMENTS
from xl_perf.files.guard import GIVE_A_WORKBOOK
from xl_perf.files.inputs import Found, find_books
from xl_perf.saved.guarded import Readers
from xl_perf.saved.limits import Limits
from xl_perf.saved.workbook import read_book

CONVERTED: Final = frozenset({".doc", ".odt"})
_COMPLETE: Final = "请把标签补全，标签和内容分写在两格；或在新工作簿里另填一张"


class Source(NamedTuple):
    """A source that was read: its department, the lines on what found no place, warnings on what may be missing.

    ``remedy`` is what to do where a form was not read.
    """

    department: Department
    unplaced: tuple[str, ...]
    warnings: tuple[str, ...]
    remedy: str
    is_text: bool = False
    library: tuple[LibraryRow, ...] = ()
    """What its 指标库 offers."""

    def place(self, sheet: str) -> str:
        """A sheet for people; what is called a sheet of a text names its place already."""
        return sheet if self.is_text else f"工作表“{sheet}”"

    def told(self, *, with_amounts: bool) -> Told:
        """Everything to be said of the source, each with its path; ``with_amounts``: they are taken over."""
        path, said = self.department.path, told_of(self.department, self.place, self.remedy, with_amounts=with_amounts)
        notes = [f"{path} {line}" for line in (*self.unplaced, *said.notes)]
        return Told(tuple(notes), tuple(f"{path} {line}" for line in (*said.warnings, *self.warnings)))


class Sources(NamedTuple):
    """The sources that were read, what could not be read, and the workbooks as they were found."""

    read: tuple[Source, ...]
    errors: tuple[BookError, ...]
    found: Found


KindsOf = Callable[[Path], Kinds]
"""The kinds of form that are known in a workbook or text."""


def read_sources(given: Sequence[str], kinds_of: KindsOf = lambda _: KINDS, limits: Limits | None = None) -> Sources:
    """Reads all sources, texts before workbooks; nothing is raised for a bad one, it is in ``errors``.

    They are read in a process that is held to ``limits``; only for what LibreOffice
    converts there are others.
    """
    read: list[Source] = []
    errors: list[BookError] = []
    texts = [one for one in given if Path(one).suffix.lower() in DOCUMENTS and not os.path.isdir(one)]  # noqa: PTH112  # never raises
    found = find_books([one for one in given if one not in texts])
    if not given:
        return Sources((), (), found)
    with Readers(limits) as readers:
        for shown in texts:
            try:
                path = Path(shown)
                if path.suffix.lower() in CONVERTED:
                    read.append(_text(path, shown, kinds_of(path)))
                else:
                    read.append(readers.read(_text, shown, path, shown, kinds_of(path)))
            except BookError as error:
                errors.append(error)
        errors += [_for_sources(error, found) for error in found.errors]
        for path, shown in found.books:
            try:
                read.append(readers.read(_workbook, shown, path, shown, kinds_of(path)))
            except BookError as error:
                errors.append(error)
    return Sources(tuple(read), tuple(errors), found)


def _text(path: Path, shown: str, kinds: Kinds) -> Source:
    from xl_perf.text.reader import read_text
    from xl_perf.text.understanding import RESTORE

    text = read_text(path, shown, kinds)
    return Source(text.department, tuple(map(str, text.unplaced)), text.warnings, RESTORE, is_text=True)


def _workbook(path: Path, shown: str, kinds: Kinds) -> Source:
    from xl_perf.sheets.last_year import with_last_year
    from xl_perf.text.book_left import left_in_book

    book = read_book(path, shown, with_library=True)
    department = with_last_year(book, read_department(book, kinds))
    library = next((grid.rows for grid in book.grids if book.kind and grid.sheet == LIBRARY_SHEET), ())
    rows = tuple(one.indicator for one in read_library(library) if one.indicator.level3)
    return Source(department, tuple(left_in_book(book, department, kinds)), (), _COMPLETE, library=rows)


def _for_sources(error: BookError, found: Found) -> BookError:
    """The error with what else can be given here."""
    if error.remedy == GIVE_A_WORKBOOK:
        texts = " ".join(sorted(DOCUMENTS))
        remedy = f"来源可以是绩效文本（{texts}）或工作簿；别的格式请用原来的程序另存为 .docx"
    elif error.kind == "no-workbooks" and any(one.is_document for one in found.skipped):
        remedy = "其中的绩效文本请逐个写出文件名（压缩包先解压）"
    else:
        return error
    return BookError(error.kind, error.path, error.message.removeprefix(f"{error.path}："), remedy)

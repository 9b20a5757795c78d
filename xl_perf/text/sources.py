"""What a new workbook is made from: performance texts, workbooks, and folders of workbooks."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from xl_perf.core.errors import BookError
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department
from xl_perf.files.guard import GIVE_A_WORKBOOK
from xl_perf.files.inputs import find_books
from xl_perf.saved.workbook import read_book
from xl_perf.text import TEXT_SUFFIXES


class Sources(NamedTuple):
    """The departments that were read, the texts that found no place in them, and what could not be read."""

    departments: tuple[Department, ...]
    unplaced: tuple[str, ...]
    errors: tuple[BookError, ...]


def read_sources(given: Sequence[str]) -> Sources:
    """Reads all sources, texts before workbooks; nothing is raised for a bad one, it is in ``errors``."""
    departments: list[Department] = []
    unplaced: list[str] = []
    errors: list[BookError] = []
    texts = [one for one in given if Path(one).suffix.lower() in TEXT_SUFFIXES and not Path(one).is_dir()]
    for shown in texts:
        from xl_perf.text.reader import read_text

        try:
            text = read_text(Path(shown), shown)
        except BookError as error:
            errors.append(error)
        else:
            departments.append(text.department)
            unplaced += (f"{shown} {left}" for left in text.unplaced)
    found = find_books([one for one in given if one not in texts])
    errors += map(_for_sources, found.errors)
    if found.passed_over:
        unplaced.append(f"略过 {found.passed_over} 个不是部门工作簿的文件；文件夹里的绩效文本，请把文件名逐个写出")
    for path, shown in found.books:
        try:
            departments.append(read_department(read_book(path, shown)))
        except BookError as error:
            errors.append(error)
    return Sources(tuple(departments), tuple(unplaced), tuple(errors))


def _for_sources(error: BookError) -> BookError:
    """The error with what else can be given here."""
    if error.remedy != GIVE_A_WORKBOOK:
        return error
    texts = " ".join(sorted(TEXT_SUFFIXES))
    remedy = f"来源可以是绩效文本（{texts}）或工作簿；别的格式请用原来的程序另存为 .docx"
    return BookError(error.kind, error.path, error.message.removeprefix(f"{error.path}："), remedy)
